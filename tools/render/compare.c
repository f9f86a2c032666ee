#include "render/compare_internal.h"

#define FORMAT(symbol, name) #name,
const char *const compare_format_names[] = {COMPARE_FORMATS(FORMAT) NULL};
#undef FORMAT

#define FORMAT(symbol, name) compare_##name,
static void (*const renderers[])(struct buf *, const struct comparison *,
                                 const struct compare_style *) = {
        COMPARE_FORMATS(FORMAT)};
#undef FORMAT

void compare_render(struct buf *out, const struct comparison *c,
                    enum compare_format format, const struct compare_style *style)
{
	renderers[format](out, c, style);
}

struct str cell_text(const struct comparison *c, const struct cell *cell)
{
	return cell->kind == VALUE_NONE ? c->missing.text : cell->words.text;
}

/* Fill the one place of a note's template: everything before it, VALUE, everything after. */
static void fill_note(struct buf *out, struct str text, struct str value)
{
	size_t open = str_find(text, '{'), close = str_find(text, '}');

	buf_add(out, str_sub(text, 0, open));
	if (close <= open || close >= text.n)
		return;
	buf_add(out, value);
	buf_add(out, str_sub(text, close + 1, text.n));
}

bool note_differs(struct buf *out, const struct comparison *c)
{
	if (c->columns_n < 2)
		return false;
	if (c->differing)
		fill_note(out, c->note_differs, STR(DIFFERS_MARK));
	else
		buf_add(out, c->note_same);
	return true;
}

/* The language of the cells of ROW that were not to be had as asked; absent when none. */
static struct str row_fallback(const struct comparison *c, const struct row *row)
{
	for (size_t i = 0; i < c->columns_n; i++)
		if (row->cells[i].words.fallback)
			return row->cells[i].words.lang;
	return STR_NONE;
}

bool note_language(struct buf *out, const struct comparison *c)
{
	CLEANUP(buf_release) struct buf rows = BUF_INIT(1 << 20);

	for (size_t i = 0; i < c->rows_n; i++) {
		struct str lang = row_fallback(c, &c->rows[i]);

		if (!lang.n)
			continue;
		if (rows.n)
			buf_addz(&rows, ", ");
		buf_addf(&rows, STR_FMT " (" STR_FMT ")", STR_ARG(c->rows[i].label.text),
		         STR_ARG(lang));
	}
	for (size_t i = 0; i < c->columns_n; i++) {
		const struct words *name = &c->columns[i].name;

		if (!name->fallback)
			continue;
		if (rows.n)
			buf_addz(&rows, ", ");
		buf_addf(&rows, STR_FMT " (" STR_FMT ")", STR_ARG(name->text),
		         STR_ARG(name->lang));
	}
	if (!rows.n)
		return false;
	fill_note(out, c->note_language, buf_str(&rows));
	return true;
}
