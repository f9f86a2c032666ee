/*
 * status.c - where all entries stand, for people: a line an entry, and totals
 */
#include "render/status.h"

#include "base/limits.h"
#include "base/text.h"
#include "render/internal.h"

#include <string.h>

#define COLUMNS 4 /* before the last one, which takes what is left */
#define SHOWN 4 /* pointers of an entry */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static const char *const inks[STATES_N] = {
        [STATE_DRAFT] = "\033[33m",      [STATE_REVIEW] = "\033[36m",
        [STATE_APPROVED] = "\033[32m",   [STATE_PUBLISHED] = "",
        [STATE_DEPRECATED] = "\033[35m", [STATE_WITHDRAWN] = "\033[31m",
};

struct sheet {
	struct buf *out;
	const struct table *table;
	const struct status_style *style;
	bool collections; /* ids are unique within one only */
	size_t hidden; /* rows that are left out */
	size_t width[COLUMNS];
	struct buf cells[COLUMNS + 1];
};

struct status_counts status_count(const struct table *table)
{
	struct status_counts c = {.total = table->n};

	for (size_t i = 0; i < table->n; i++) {
		const struct table_row *row = &table->rows[i];

		if (row->unreadable) {
			c.unreadable++;
			continue;
		}
		c.states[row->state]++;
		c.stale += row->stale;
		if (row->published.version)
			c.published[row->published.state]++;
		else
			c.unpublished++;
		c.due += row->due != 0;
		c.added += (row->due & DUE_ADDED) != 0;
		c.revised += (row->due & DUE_REVISED) != 0;
		if (!(row->due & DUE_EVENT))
			continue;
		c.deprecated += row->next == STATE_DEPRECATED;
		c.withdrawn += row->next == STATE_WITHDRAWN;
		c.reinstated += row->next == STATE_PUBLISHED;
	}
	return c;
}

/* Whether there is nothing to say of it. */
static bool is_plain(const struct table_row *row)
{
	return !row->unreadable && row->published.version && !row->due && !row->stale &&
	       !row->changed_n && row->version == row->published.version &&
	       row->state == row->published.state;
}

static void put_pointers(struct buf *out, const struct table_row *row)
{
	size_t n = row->changed_n > SHOWN + 1 ? SHOWN : row->changed_n;

	for (size_t i = 0; i < n; i++) {
		buf_addz(out, i ? ", " : "");
		add_visible(out, row->changed[i].n ? row->changed[i] : STR("all of it"));
	}
	if (n < row->changed_n)
		buf_addf(out, " and %zu more", row->changed_n - n);
}

static void add_remark(struct buf *out, const char *text)
{
	buf_addz(out, out->n ? "; " : "");
	buf_addz(out, text);
}

static void put_remarks(struct buf *out, const struct table_row *row, bool known)
{
	if (row->unreadable) {
		add_remark(out, "cannot be read; `stemma validate` tells why");
		return;
	}
	put_pointers(out, row);
	if (!known) /* all below depends on it */
		return;
	if (row->due & DUE_ADDED)
		add_remark(out, "new in the next release");
	if (row->due & DUE_REVISED)
		add_remark(out, "in the next release");
	if (row->due & DUE_EVENT)
		add_remark(out, row->next == STATE_PUBLISHED
		                        ? "reinstated in the next release"
		                : row->next == STATE_WITHDRAWN
		                        ? "withdrawn in the next release"
		                        : "deprecated in the next release");
	if (row->stale)
		add_remark(out, "edited after it was approved");
}

static void make_cells(struct sheet *s, const struct table_row *row)
{
	const struct table_published *p = &row->published;

	for (int i = 0; i <= COLUMNS; i++)
		buf_reset(&s->cells[i]);
	if (s->collections) {
		add_visible(&s->cells[0], row->collection);
		buf_addc(&s->cells[0], '/');
	}
	add_visible(&s->cells[0], row->id);
	put_remarks(&s->cells[COLUMNS], row, s->style->known);
	if (row->unreadable)
		return;
	buf_addf(&s->cells[1], "v%d %s", row->version, state_name(row->state));
	if (p->version) {
		buf_addf(&s->cells[2], "v%d ", p->version);
		if (p->state != STATE_PUBLISHED)
			buf_addf(&s->cells[2], "%s ", state_name(p->state));
		add_visible(&s->cells[2], p->release->name);
	} else {
		buf_addc(&s->cells[2], '-');
	}
	if (p->version && p->sources != row->sources)
		buf_addf(&s->cells[3], "%zu -> ", p->sources);
	buf_addf(&s->cells[3], "%zu", row->sources);
}

static bool shows(const struct sheet *s, const struct table_row *row)
{
	return s->style->all || !is_plain(row);
}

static const char *const titles[COLUMNS + 1] = {"entry", "here", "published", "sources",
                                                ""};

static void measure(struct sheet *s)
{
	for (int k = 0; k < COLUMNS; k++)
		s->width[k] = strlen(titles[k]);
	for (size_t i = 0; i < s->table->n; i++) {
		if (!shows(s, &s->table->rows[i])) {
			s->hidden++;
			continue;
		}
		make_cells(s, &s->table->rows[i]);
		for (int k = 0; k < COLUMNS; k++) {
			size_t w = text_width(buf_str(&s->cells[k]));

			s->width[k] = w > s->width[k] ? w : s->width[k];
		}
	}
}

/* One line of TEXT behind the columns; more of them below each other. */
static void put_last(struct sheet *s, struct str text, size_t used)
{
	int room = s->style->width - (int)used;

	while (text.n) {
		size_t n = text_line(text, room > 20 ? room : 20), end = n;

		while (end && text.s[end - 1] == ' ')
			end--;
		buf_add(s->out, str_sub(text, 0, end));
		text = str_sub(text, n, text.n);
		if (!text.n)
			break;
		buf_addc(s->out, '\n');
		buf_fill(s->out, ' ', used);
	}
}

static void put_cells(struct sheet *s, const char *ink)
{
	size_t gap = 0, used = 0;

	for (int k = 0; k < COLUMNS; k++) {
		struct str text = buf_str(&s->cells[k]);

		if (text.n) { /* blanks are owed until something follows */
			buf_fill(s->out, ' ', gap);
			gap = 0;
			buf_addz(s->out, k == 1 ? ink : "");
			buf_add(s->out, text);
			buf_addz(s->out, k == 1 && *ink ? PLAIN : "");
		}
		gap += s->width[k] - text_width(text) + 2;
		used += s->width[k] + 2;
	}
	if (s->cells[COLUMNS].n) {
		buf_fill(s->out, ' ', gap);
		put_last(s, buf_str(&s->cells[COLUMNS]), used);
	}
	buf_addc(s->out, '\n');
}

static void put_rows(struct sheet *s)
{
	bool any = false;

	for (size_t i = 0; i < s->table->n; i++) {
		const struct table_row *row = &s->table->rows[i];

		if (!shows(s, row))
			continue;
		if (!any) {
			for (int k = 0; k <= COLUMNS; k++) {
				buf_reset(&s->cells[k]);
				buf_addz(&s->cells[k], titles[k]);
			}
			buf_addz(s->out, s->style->colour ? BOLD : "");
			put_cells(s, "");
			buf_addz(s->out, s->style->colour ? PLAIN : "");
		}
		any = true;
		make_cells(s, row);
		put_cells(s,
		          s->style->colour && !row->unreadable ? inks[row->state] : "");
	}
	if (any)
		buf_addc(s->out, '\n');
}

/* "3 added, 1 revised": N of NAME, when there are any. */
static void add_part(struct buf *out, size_t *parts, size_t n, const char *name)
{
	if (n)
		buf_addf(out, "%s%zu %s", (*parts)++ ? ", " : "", n, name);
}

static void put_totals(struct sheet *s, const struct status_counts *c)
{
	size_t parts = 0;

	buf_addf(s->out, "%zu %s", c->total, c->total == 1 ? "entry" : "entries");
	buf_addz(s->out, c->total ? ": " : "");
	for (int i = 0; i < STATES_N; i++)
		add_part(s->out, &parts, c->states[i], state_name((enum state)i));
	add_part(s->out, &parts, c->unreadable, "unreadable");
	if (s->hidden)
		buf_addf(s->out, "; %zu %s as published", s->hidden,
		         s->hidden == 1 ? "is" : "are");
	buf_addc(s->out, '\n');
}

static void put_due(struct sheet *s, const struct status_counts *c)
{
	const struct release *last = s->table->last;
	size_t parts = 0;

	if (!s->style->known)
		return;
	if (last) {
		buf_addz(s->out, "last release ");
		add_visible(s->out, last->name);
		buf_addz(s->out, " of ");
		add_visible(s->out, last->date);
		buf_addz(s->out, "; the next one would carry ");
	} else {
		buf_addz(s->out, "no release yet; the first one would carry ");
	}
	buf_addz(s->out, s->style->part ? "of these " : "");
	if (!c->due) {
		buf_addz(s->out, "nothing new\n");
		return;
	}
	buf_addf(s->out, "%zu %s: ", c->due, c->due == 1 ? "entry" : "entries");
	add_part(s->out, &parts, c->added, "added");
	add_part(s->out, &parts, c->revised, "revised");
	add_part(s->out, &parts, c->deprecated, "deprecated");
	add_part(s->out, &parts, c->withdrawn, "withdrawn");
	add_part(s->out, &parts, c->reinstated, "reinstated");
	buf_addc(s->out, '\n');
}

static void put_warnings(struct sheet *s, const struct status_counts *c)
{
	const struct table *t = s->table;

	if (c->stale && s->style->known)
		buf_addf(s->out,
		         "%zu edited after approval: submit and approve again, or hold "
		         "back in the release\n",
		         c->stale);
	for (size_t i = 0; i < t->gone_n; i++) {
		add_visible(s->out, t->gone[i]);
		buf_addz(s->out,
		         " is published, but its file is gone: bring it back with "
		         "`stemma show`, and withdraw it if it must go\n");
	}
}

void status_text(struct buf *out, const struct table *table,
                 const struct status_style *style)
{
	struct sheet s = {.out = out, .table = table, .style = style};
	struct status_counts c = status_count(table);

	for (int i = 0; i <= COLUMNS; i++)
		s.cells[i] = BUF_INIT(LIMIT_OUTPUT_BYTES);
	if (table->n)
		s.collections = !str_eq(table->rows[0].collection,
		                        table->rows[table->n - 1].collection);
	measure(&s);
	put_rows(&s);
	put_totals(&s, &c);
	put_due(&s, &c);
	put_warnings(&s, &c);
	for (int i = 0; i <= COLUMNS; i++)
		buf_release(&s.cells[i]);
}
