#include "render/compare_internal.h"

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

/* Text in a table cell: one line, and nothing in it is markup. */
static void add_escaped(struct buf *out, struct str s)
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

/*
 * An address inside ( ): blanks and brackets would end it, backticks would open code. What is
 * not ASCII is written as RFC 3987, 3.1 maps it, so that nothing in it is invisible.
 */
static void add_address(struct buf *out, struct str s)
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

static void add_link(struct buf *out, const struct link *link)
{
	buf_addc(out, '[');
	add_escaped(out, link->label);
	buf_addz(out, "](");
	add_address(out, link->href);
	buf_addc(out, ')');
}

/* TEXT; where it ends with the label of the next link, that becomes the link. */
static void add_linked(struct buf *out, struct str text, const struct cell *cell,
                       size_t *link)
{
	const struct link *l = *link < cell->links_n ? &cell->links[*link] : NULL;

	if (!l || !str_ends(text, l->label)) {
		add_escaped(out, text);
		return;
	}
	add_escaped(out, str_sub(text, 0, text.n - l->label.n));
	add_link(out, l);
	++*link;
}

static void add_cell(struct buf *out, const struct comparison *c, const struct cell *cell)
{
	size_t link = 0;

	if (cell->kind != VALUE_WORKS) {
		add_linked(out, cell_text(c, cell), cell, &link);
		return;
	}
	for (size_t i = 0; i < cell->items_n; i++) {
		buf_addz(out, i ? "<br>" : "");
		add_linked(out, cell->items[i].text, cell, &link);
	}
}

/* A line of its own: how it starts must not make it a heading, a list or a quotation. */
static void add_paragraph(struct buf *out, struct str s)
{
	s = str_trim(s);
	if (s.n && strchr("#>-+=", s.s[0]))
		buf_addc(out, '\\');
	add_escaped(out, s);
	buf_addz(out, "\n");
}

static void add_head(struct buf *out, const struct comparison *c)
{
	buf_addz(out, "| ");
	add_escaped(out, c->corner.text);
	for (size_t i = 0; i < c->columns_n; i++) {
		buf_addz(out, " | ");
		add_escaped(out, c->columns[i].name.text);
	}
	buf_addz(out, " |\n| ---");
	for (size_t i = 0; i < c->columns_n; i++)
		buf_addz(out, " | ---");
	buf_addz(out, " |\n");
}

void compare_md(struct buf *out, const struct comparison *c,
                const struct compare_style *s)
{
	CLEANUP(buf_release) struct buf note = BUF_INIT(1 << 24);

	(void)s;
	buf_addz(out, "# ");
	add_paragraph(out, c->title.text);
	buf_addz(out, "\n");
	add_paragraph(out, c->lead.text);
	buf_addz(out, "\n");
	add_head(out, c);
	for (size_t r = 0; r < c->rows_n; r++) {
		const struct row *row = &c->rows[r];

		buf_addz(out, row->difference != DIFFERS_NOT ? "| " DIFFERS_MARK " **"
		                                             : "| **");
		add_escaped(out, row->label.text);
		buf_addz(out, "**");
		for (size_t i = 0; i < c->columns_n; i++) {
			buf_addz(out, " | ");
			add_cell(out, c, &row->cells[i]);
		}
		buf_addz(out, " |\n");
	}
	if (note_differs(&note, c)) {
		buf_addz(out, "\n");
		add_paragraph(out, buf_str(&note));
	}
	buf_reset(&note);
	if (note_language(&note, c)) {
		buf_addz(out, "\n");
		add_paragraph(out, buf_str(&note));
	}
	buf_addz(out, "\n");
	add_paragraph(out, c->citation_line);
}
