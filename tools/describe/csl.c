/*
 * csl.c - cited works as CSL-JSON
 */
#include "describe/internal.h"
#include "describe/works.h"

#include "doc/doc.h"

static void member(struct buf *out, const char *key, struct str text)
{
	if (!text.n)
		return;
	buf_addz(out, ", \"");
	buf_addz(out, key);
	buf_addz(out, "\": ");
	doc_json_string(out, text);
}

static void author(struct buf *out, const struct cited_author *a)
{
	if (!a->family.n) {
		buf_addz(out, "{\"literal\": ");
		doc_json_string(out, a->literal.n ? a->literal : a->given);
	} else {
		buf_addz(out, "{\"family\": ");
		doc_json_string(out, a->family);
		member(out, "given", a->given);
	}
	buf_addc(out, '}');
}

static void authors(struct buf *out, const struct cited_work *w)
{
	bool any = false;

	for (size_t i = 0; i < w->authors_n; i++) {
		if (!author_has_name(&w->authors[i]))
			continue;
		buf_addz(out, any ? ", " : ", \"author\": [");
		author(out, &w->authors[i]);
		any = true;
	}
	if (any)
		buf_addz(out, w->authors_more ? ", {\"literal\": \"others\"}]" : "]");
}

static void issued(struct buf *out, const struct cited_work *w)
{
	int year = work_year(w);

	if (!w->year.n)
		return;
	if (year > 0) {
		buf_addz(out, ", \"issued\": {\"date-parts\": [[");
		buf_addn(out, (uint64_t)year);
		buf_addz(out, "]]}");
		return;
	}
	buf_addz(out, ", \"issued\": {\"literal\": ");
	doc_json_string(out, w->year);
	buf_addc(out, '}');
}

void work_csl(struct buf *out, struct str label, const struct cited_work *w)
{
	const struct work_kind *kind = work_kind(w);

	buf_addz(out, "{\"id\": ");
	doc_json_string(out, label);
	member(out, "type", str_of(kind->csl));
	authors(out, w);
	member(out, "title", w->title);
	member(out, kind->published_by ? "publisher" : "container-title", w->venue);
	issued(out, w);
	member(out, "DOI", w->doi);
	member(out, "URL", w->url);
	buf_addc(out, '}');
}
