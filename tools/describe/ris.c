/*
 * ris.c - cited works as RIS
 */
#include "describe/internal.h"
#include "describe/works.h"

static void tag(struct buf *out, const char *name, struct str text)
{
	size_t from = out->n, start;

	buf_addz(out, name);
	buf_addz(out, "  - ");
	start = out->n;
	add_line(out, text);
	if (out->n == start)
		buf_truncate(out, from);
	else
		buf_addz(out, "\r\n");
}

/* A part of a name: a comma in it would begin the next part. */
static void add_part(struct buf *out, struct str part)
{
	struct str piece;

	for (bool any = false; str_split(&part, ',', &piece); any = true) {
		buf_addz(out, any && str_trim(piece).n ? " " : "");
		add_line(out, piece);
	}
}

static void author(struct buf *out, const struct cited_author *a)
{
	size_t from = out->n, start;

	if (!a->family.n) {
		tag(out, "AU", a->literal.n ? a->literal : a->given);
		return;
	}
	buf_addz(out, "AU  - ");
	start = out->n;
	add_part(out, a->family);
	if (out->n == start) {
		buf_truncate(out, from);
		return;
	}
	if (a->given.n) {
		buf_addz(out, ", ");
		add_part(out, a->given);
	}
	buf_addz(out, "\r\n");
}

void work_ris(struct buf *out, struct str label, const struct cited_work *w)
{
	const struct work_kind *kind = work_kind(w);

	tag(out, "TY", str_of(kind->ris));
	tag(out, "ID", label);
	for (size_t i = 0; i < w->authors_n; i++)
		author(out, &w->authors[i]);
	tag(out, "TI", w->title);
	tag(out, kind->published_by ? "PB" : "T2", w->venue);
	tag(out, "PY", w->year);
	tag(out, "DO", w->doi);
	tag(out, "UR", w->url);
	if (w->authors_more)
		tag(out, "N1", STR("The work has more authors than are listed."));
	buf_addz(out, "ER  - \r\n\r\n");
}
