/*
 * imprint.c - what the descriptions of a release share
 */
#include "describe/imprint.h"

#include "describe/imprint_internal.h"
#include "describe/jot.h"
#include "describe/works.h"

static unsigned facts_of(const struct about *a)
{
	return (a->title.n ? NEEDS_TITLE : 0) | (a->license.n ? NEEDS_LICENSE : 0) |
	       (a->description.n ? NEEDS_DESCRIPTION : 0) |
	       (a->creators_n ? NEEDS_CREATORS : 0) |
	       (a->publisher.n ? NEEDS_PUBLISHER : 0) |
	       (a->homepage.n || a->doi.n ? NEEDS_ADDRESS : 0);
}

bool imprint_lacks(struct buf *out, const struct imprint_form *f,
                   const struct about *about)
{
	static const struct {
		unsigned fact;
		const char *text;
	} facts[] = {
#define FACT(symbol, key, what) {symbol, "`" key "` (" what ")"},
	        IMPRINT_FACTS(FACT)
#undef FACT
	};
	unsigned missing = f->needs & ~facts_of(about);
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
		if (!(missing & facts[i].fact))
			continue;
		buf_addz(out, any ? ", " : "");
		buf_addz(out, facts[i].text);
		any = true;
	}
	return any;
}

struct str doi_address(struct str doi, struct arena *arena)
{
	struct doi parsed;

	if (!doi.n || doi_parse(&parsed, doi, arena) == DOI_INVALID)
		return STR_NONE;
	return doi_url(&parsed, arena);
}

struct str imprint_doi(const struct imprint *e)
{
	return e->doi.n ? e->doi : e->about->doi;
}

struct str imprint_address(const struct imprint *e, struct arena *arena)
{
	return e->about->homepage.n ? e->about->homepage
	                            : doi_address(imprint_doi(e), arena);
}

struct str imprint_swhid(const struct imprint *e, struct arena *arena)
{
	if (!e->commit.n)
		return STR_NONE;
	return arena_fmt(arena, "swh:1:rev:" STR_FMT, STR_ARG(e->commit));
}

struct str orcid_url(const struct creator *c, struct arena *arena)
{
	if (!c->orcid.n)
		return STR_NONE;
	return arena_fmt(arena, "https://orcid.org/" STR_FMT, STR_ARG(c->orcid));
}

struct str creator_sorted(const struct creator *c, struct arena *arena)
{
	if (!c->family.n)
		return c->name;
	if (!c->given.n)
		return c->family;
	return arena_fmt(arena, STR_FMT ", " STR_FMT, STR_ARG(c->family),
	                 STR_ARG(c->given));
}

void imprint_cite(struct buf *out, const struct imprint *e, struct arena *arena)
{
	const struct about *a = e->about;
	struct cited_author *authors =
	        arena_array(arena, struct cited_author, a->creators_n);
	struct cited_work w = {
	        .type = STR("dataset"),
	        .title = a->title,
	        .venue = a->publisher,
	        .year = str_sub(e->date, 0, 4),
	        .doi = imprint_doi(e),
	        .url = a->homepage,
	        .authors = authors,
	        .authors_n = a->creators_n,
	};

	for (size_t i = 0; i < a->creators_n; i++)
		authors[i] = (struct cited_author){
		        a->creators[i].family, a->creators[i].given, a->creators[i].name};
	work_bibtex(out, work_label(&w, e->version, arena), &w);
}

void imprint_subjects(struct jot *j, const struct about *a)
{
	if (!a->keywords_n)
		return;
	jot_open(j, "subjects", '[');
	for (size_t i = 0; i < a->keywords_n; i++) {
		jot_open(j, NULL, '{');
		jot_text(j, "subject", a->keywords[i]);
		jot_close(j, '}');
	}
	jot_close(j, ']');
}
