#include "render/compare_internal.h"

#include "base/text.h"

#define LABEL_MAX 24
#define CELL_MIN 16
#define GAP 2

#define BOLD "\033[1m"
#define MARKED "\033[1;33m"
#define PLAIN "\033[0m"

/* The table's columns: the first for labels, then one an entry. */
struct grid {
	struct buf *out;
	const struct compare_style *style;
	const struct comparison *c;
	int label, cell;
};

/* S made safe for a terminal, on one line. */
static struct str safe(struct buf *b, struct str s)
{
	buf_reset(b);
	for (size_t at = 0; at < s.n;) {
		if (s.s[at] == '\r' && at + 1 < s.n && s.s[at + 1] == '\n')
			at++;
		if (s.s[at] == '\n' || s.s[at] == '\t' || s.s[at] == '\r') {
			buf_addc(b, ' ');
			at++;
		} else {
			text_add_visible(b, s, &at);
		}
	}
	return buf_str(b);
}

static void measure(struct grid *g)
{
	int room, n = (int)g->c->columns_n;

	g->label = (int)text_width(g->c->corner.text);
	for (size_t i = 0; i < g->c->rows_n; i++) {
		int w = (int)text_width(g->c->rows[i].label.text);

		g->label = w > g->label ? w : g->label;
	}
	g->label = (g->label > LABEL_MAX ? LABEL_MAX : g->label) + 2;
	room = g->style->width - g->label - GAP * n;
	g->cell = n && room / n > CELL_MIN ? room / n : CELL_MIN;
}

/* Write the next line of *REST in a field of WIDTH; the last field is not padded. */
static void put(struct grid *g, struct str *rest, int width, bool last)
{
	size_t n = rest->n ? text_line(*rest, width) : 0;
	struct str line = str_sub(*rest, 0, n);
	int used;

	while (line.n && line.s[line.n - 1] == ' ')
		line.n--;
	used = (int)text_width(line);
	buf_add(g->out, line);
	if (!last)
		buf_fill(g->out, ' ',
		         used < width + GAP ? (size_t)(width + GAP - used) : 0);
	*rest = str_sub(*rest, n, rest->n);
}

static bool any_left(const struct str *rest, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rest[i].n)
			return true;
	return false;
}

/* Drop the blanks that padding left at the end of the line. */
static void end_line(struct grid *g)
{
	struct buf *b = g->out;
	size_t n = b->n;

	while (n && b->s[n - 1] == ' ')
		n--;
	buf_truncate(b, n);
	buf_addc(b, '\n');
}

/*
 * One row of the table: TEXTS[0] is the label, the others the cells; as many lines as it
 * takes, and an empty one when it took several.
 */
static void put_row(struct grid *g, struct str *texts, const char *mark,
                    const char *paint_with)
{
	size_t n = g->c->columns_n + 1;
	bool first = true, several = false;

	while (first || any_left(texts, n)) {
		buf_addz(g->out, g->style->colour ? paint_with : "");
		buf_addz(g->out, first ? mark : "  ");
		put(g, &texts[0], g->label - 2, false);
		buf_addz(g->out, g->style->colour && *paint_with ? PLAIN : "");
		for (size_t i = 1; i < n; i++)
			put(g, &texts[i], g->cell, i + 1 == n);
		end_line(g);
		several = !first;
		first = false;
	}
	if (several)
		buf_addc(g->out, '\n');
}

static void put_rule(struct grid *g)
{
	int width = g->label + (int)g->c->columns_n * (g->cell + GAP);

	buf_fill(g->out, '-', (size_t)width);
	buf_addc(g->out, '\n');
}

static void put_paragraph(struct grid *g, struct str text)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1 << 24);
	struct str rest = safe(&b, text);

	while (rest.n) {
		put(g, &rest, g->style->width, true);
		buf_addc(g->out, '\n');
	}
}

struct texts {
	struct buf *bufs;
	struct str *texts;
	size_t n;
};

static void put_table(struct grid *g, struct texts *t)
{
	const struct comparison *c = g->c;

	t->texts[0] = safe(&t->bufs[0], c->corner.text);
	for (size_t i = 0; i < c->columns_n; i++)
		t->texts[i + 1] = safe(&t->bufs[i + 1], c->columns[i].name.text);
	put_row(g, t->texts, "  ", BOLD);
	put_rule(g);
	for (size_t r = 0; r < c->rows_n; r++) {
		const struct row *row = &c->rows[r];
		bool differs = row->difference != DIFFERS_NOT;

		t->texts[0] = safe(&t->bufs[0], row->label.text);
		for (size_t i = 0; i < c->columns_n; i++)
			t->texts[i + 1] =
			        safe(&t->bufs[i + 1], cell_text(c, &row->cells[i]));
		put_row(g, t->texts, differs ? DIFFERS_MARK " " : "  ",
		        differs ? MARKED : "");
	}
	put_rule(g);
}

/* Where the links of the table lead: a table of text cannot hold them. */
static void put_links(struct grid *g)
{
	CLEANUP(buf_release) struct buf line = BUF_INIT(1 << 24);
	bool first = true;

	for (size_t i = 0; i < g->c->columns_n; i++) {
		for (size_t r = 0; r < g->c->rows_n; r++) {
			const struct cell *cell = &g->c->rows[r].cells[i];

			for (size_t k = 0; k < cell->links_n; k++) {
				buf_addz(g->out, first ? "\n" : "");
				first = false;
				buf_reset(&line);
				buf_add(&line, g->c->columns[i].short_name.text);
				buf_addz(&line, ": ");
				buf_add(&line, cell->links[k].href);
				put_paragraph(g, buf_str(&line));
			}
		}
	}
}

void compare_text(struct buf *out, const struct comparison *c,
                  const struct compare_style *s)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(buf_release) struct buf note = BUF_INIT(1 << 24);
	struct grid g = {.out = out, .style = s, .c = c};
	struct texts t = {.n = c->columns_n + 1};

	t.bufs = arena_array(&arena, struct buf, t.n);
	t.texts = arena_array(&arena, struct str, t.n);
	for (size_t i = 0; i < t.n; i++)
		t.bufs[i] = BUF_INIT(1 << 24);
	measure(&g);
	put_paragraph(&g, c->title.text);
	put_paragraph(&g, c->lead.text);
	buf_addc(out, '\n');
	put_table(&g, &t);
	if (note_differs(&note, c))
		put_paragraph(&g, buf_str(&note));
	buf_reset(&note);
	if (note_language(&note, c))
		put_paragraph(&g, buf_str(&note));
	put_links(&g);
	buf_addc(out, '\n');
	put_paragraph(&g, c->citation_line);
	for (size_t i = 0; i < t.n; i++)
		buf_release(&t.bufs[i]);
}
