#include "render/md.h"

#include "base/text.h"

#include <string.h>

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Whether "&" at AT begins what HTML would take for a character reference. */
static bool is_reference(struct str s, size_t at)
{
	size_t i = at + 1;

	while (i < s.n &&
	       ((is_word(s.s[i]) && (unsigned char)s.s[i] < 0x80) || s.s[i] == '#'))
		i++;
	return i > at + 1 && i < s.n && s.s[i] == ';';
}

/* Whether the character at AT could be read as markup. */
static bool needs_backslash(struct str s, size_t at)
{
	switch (s.s[at]) {
	case '|':
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
	case '~':
		return true;
	case '&':
		return is_reference(s, at);
	case '_': /* emphasis only at the edge of a word */
		return at == 0 || at + 1 == s.n || !is_word(s.s[at - 1]) ||
		       !is_word(s.s[at + 1]);
	default:
		return false;
	}
}

void md_text(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		if (s.s[at] == '\n' || s.s[at] == '\r') {
			bool crlf =
			        s.s[at] == '\r' && at + 1 < s.n && s.s[at + 1] == '\n';

			buf_addz(out, "<br>");
			at += crlf ? 2 : 1;
			continue;
		}
		if (needs_backslash(s, at))
			buf_addc(out, '\\');
		text_add_visible(out, s, &at);
	}
}

void md_address(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.s[i];

		if (ch <= ' ' || ch == '(' || ch == ')' || ch == '<' || ch == '>' ||
		    ch == '|' || ch == '\\' || ch == '`' || ch >= 0x7f)
			buf_addf(out, "%%%02X", ch);
		else
			buf_addc(out, (char)ch);
	}
}

void md_line(struct buf *out, struct str s)
{
	s = str_trim(s);
	if (s.n && strchr("#>-+=", s.s[0]))
		buf_addc(out, '\\');
	md_text(out, s);
	buf_addz(out, "\n");
}
