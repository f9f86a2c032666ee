#include "base/text.h"
#include "doc/internal.h"

#include <string.h>

#define FINDINGS_MAX \
	10 /* places told of one kind: the rest follows from the first ones */
#define BLOCK 32 /* bytes looked at together */

size_t bom_length(struct str s)
{
	return str_starts(s, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

/* The line and column of byte AT; a byte order mark takes no column. */
static void place(struct str s, size_t at, int *line, int *column)
{
	size_t start = bom_length(s);

	*line = *column = 1;
	for (size_t i = start; i < at && i < s.n; i++) {
		bool crlf = s.s[i] == '\r' && i + 1 < s.n && s.s[i + 1] == '\n';

		if (s.s[i] == '\n' || (s.s[i] == '\r' && !crlf)) {
			++*line;
			*column = 1;
		} else {
			*column += ((unsigned char)s.s[i] & 0xC0) != 0x80;
		}
	}
}

struct span doc_byte_span(struct str s, size_t from, size_t to)
{
	struct span span;

	place(s, from, &span.line, &span.column);
	place(s, to, &span.end_line, &span.end_column);
	return span;
}

static const char *foreign_encoding(struct str s)
{
	static const struct {
		struct str start;
		const char *name;
	} marks[] = {
	        {{"\xFF\xFE\0\0", 4}, "UTF-32 (little-endian)"},
	        {{"\0\0\xFE\xFF", 4}, "UTF-32 (big-endian)"},
	        {{"\xFF\xFE", 2}, "UTF-16 (little-endian)"},
	        {{"\xFE\xFF", 2}, "UTF-16 (big-endian)"},
	};
	unsigned zeros = 0;

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_starts(s, marks[i].start))
			return marks[i].name;
	if (s.n < 4)
		return NULL;
	for (size_t i = 0; i < 4; i++)
		zeros = zeros * 2 + (s.s[i] == '\0');
	/*
	 * Without a mark the first characters tell: they are ASCII in any sensible
	 * file.
	 */
	switch (zeros) {
	case 0x5:
		return "UTF-16 (little-endian)";
	case 0xA:
		return "UTF-16 (big-endian)";
	case 0x7:
		return "UTF-32 (little-endian)";
	case 0xE:
		return "UTF-32 (big-endian)";
	default:
		return NULL;
	}
}

static bool is_plain(unsigned char c)
{
	return (c >= 0x20 && c <= 0x7E) || c == '\n' || c == '\t' || c == '\r';
}

/* Whether BLOCK bytes are plain. Without a branch, so that the compiler uses vectors. */
static bool block_is_plain(const unsigned char *p)
{
	unsigned char odd = 0;

	for (size_t i = 0; i < BLOCK; i++)
		odd |= ((p[i] < 0x20) & (p[i] != '\n')) | (p[i] > 0x7E);
	return !odd;
}

/* Skip printable ASCII, tabs and line ends from AT on. */
static size_t skip_plain(const char *s, size_t at, size_t to)
{
	while (at < to) {
		size_t end = to - at > BLOCK ? at + BLOCK : to;

		if (end - at == BLOCK && block_is_plain((const unsigned char *)s + at)) {
			at = end;
			continue;
		}
		for (; at < end; at++)
			if (!is_plain((unsigned char)s[at]))
				return at;
	}
	return at;
}

static const char *separator_name(uint32_t c)
{
	switch (c) {
	case 0x85:
		return "next line (NEL, U+0085)";
	case 0x2028:
		return "line separator (LS, U+2028)";
	case 0x2029:
		return "paragraph separator (PS, U+2029)";
	default:
		return NULL;
	}
}

static bool is_control(uint32_t c, int flags)
{
	if (c < 0x20)
		return true;
	if (!(flags & SCAN_C1))
		return false;
	return c == 0x7F || (c >= 0x80 && c <= 0x9F) || c == 0xFFFE || c == 0xFFFF;
}

static void report_invalid(const struct source *source, size_t at,
                           struct diag_list *diags)
{
	struct span span = doc_byte_span(source->bytes, at, at + 1);
	const char *name = foreign_encoding(source->bytes);

	if (name) {
		diag_add(diags, &rule_syntax_encoding, (struct span){1, 1, 1, 1},
		         "this file is %s, but UTF-8 is expected", name)
		        ->suggestion = STR("save it as UTF-8");
		return;
	}
	diag_add(diags, &rule_syntax_encoding, span, "byte %zu (\\x%02x) is not UTF-8",
	         at, (unsigned)(unsigned char)source->bytes.s[at])
	        ->suggestion = STR("save the file as UTF-8");
}

static void report_nul(const struct source *source, size_t at, struct diag_list *diags)
{
	if (foreign_encoding(source->bytes)) {
		report_invalid(source, at, diags);
		return;
	}
	diag_add(diags, &rule_syntax_binary, doc_byte_span(source->bytes, at, at + 1),
	         "byte %zu is a NUL: this is not a text file, or it is damaged", at);
}

/* Character C from AT to END; true when it may stand there. */
static bool check_character(const struct source *source, uint32_t c, size_t at,
                            size_t end, int flags, struct diag_list *diags)
{
	const char *name = separator_name(c);

	if (name && (flags & SCAN_SEPARATORS)) {
		diag_add(diags, &rule_syntax_line_separator,
		         doc_byte_span(source->bytes, at, end),
		         "a %s stands here; programs disagree whether it ends the line",
		         name)
		        ->suggestion = STR("replace it by a space or a line end");
		return false;
	}
	if (name || !is_control(c, flags))
		return true;
	diag_add(diags, &rule_syntax_control, doc_byte_span(source->bytes, at, end),
	         "the control character U+%04X, which cannot be seen, stands here",
	         (unsigned)c)
	        ->suggestion = STR("remove it");
	return false;
}

bool scan_bytes(const struct source *source, size_t from, size_t to, int flags,
                bool *ascii, struct diag_list *diags)
{
	struct str s = {source->bytes.s, to};
	int found = 0;

	*ascii = true;
	for (size_t at = from; (at = skip_plain(s.s, at, to)) < to;) {
		size_t start = at;
		uint32_t c = text_next(s, &at);

		if (c == 0 || c == TEXT_BAD) {
			(c ? report_invalid : report_nul)(source, start, diags);
			return false;
		}
		*ascii &= c < 0x80;
		found += !check_character(source, c, start, at, flags, diags);
		if (found == FINDINGS_MAX)
			return false;
	}
	return !found;
}
