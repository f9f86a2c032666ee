#include "render/compare_internal.h"
#include "render/md.h"

static void add_link(struct buf *out, const struct link *link)
{
	buf_addc(out, '[');
	md_text(out, link->label);
	buf_addz(out, "](");
	md_address(out, link->href);
	buf_addc(out, ')');
}

/* TEXT; where it ends with the label of the next link, that becomes the link. */
static void add_linked(struct buf *out, struct str text, const struct cell *cell,
                       size_t *link)
{
	const struct link *l = *link < cell->links_n ? &cell->links[*link] : NULL;

	if (!l || !str_ends(text, l->label)) {
		md_text(out, text);
		return;
	}
	md_text(out, str_sub(text, 0, text.n - l->label.n));
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

static void add_head(struct buf *out, const struct comparison *c)
{
	buf_addz(out, "| ");
	md_text(out, c->corner.text);
	for (size_t i = 0; i < c->columns_n; i++) {
		buf_addz(out, " | ");
		md_text(out, c->columns[i].name.text);
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
	md_line(out, c->title.text);
	buf_addz(out, "\n");
	md_line(out, c->lead.text);
	buf_addz(out, "\n");
	add_head(out, c);
	for (size_t r = 0; r < c->rows_n; r++) {
		const struct row *row = &c->rows[r];

		buf_addz(out, row->difference != DIFFERS_NOT ? "| " DIFFERS_MARK " **"
		                                             : "| **");
		md_text(out, row->label.text);
		buf_addz(out, "**");
		for (size_t i = 0; i < c->columns_n; i++) {
			buf_addz(out, " | ");
			add_cell(out, c, &row->cells[i]);
		}
		buf_addz(out, " |\n");
	}
	if (note_differs(&note, c)) {
		buf_addz(out, "\n");
		md_line(out, buf_str(&note));
	}
	buf_reset(&note);
	if (note_language(&note, c)) {
		buf_addz(out, "\n");
		md_line(out, buf_str(&note));
	}
	buf_addz(out, "\n");
	md_line(out, c->citation_line);
}
