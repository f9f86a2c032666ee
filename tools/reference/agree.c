/*
 * agree.c - a source and the registry's record side by side
 */
#include "reference/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

/* Of a hundred: titles at or above are the same, below the second they are not. */
#define TITLE_SAME 90
#define TITLE_NEAR 60
/* Years further apart than this are not those of one work. */
#define YEARS_NEAR 1

struct remark *remark_add(struct remarks *out, const struct rule *rule,
                          enum severity severity, enum remark_part part, struct str text)
{
	struct remark *r = &out->items[out->n < REMARKS_MAX ? out->n++ : REMARKS_MAX - 1];

	*r = (struct remark){rule, severity, part, text, STR_NONE};
	return r;
}

struct str show_text(struct arena *arena, struct str text)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(10 * LIMIT_REFERENCE_SUGGEST);

	for (size_t at = 0; at < text.n && at < LIMIT_REFERENCE_SUGGEST;)
		text_add_visible(&out, text, &at);
	if (text.n > LIMIT_REFERENCE_SUGGEST)
		buf_addz(&out, "...");
	return arena_str(arena, buf_str(&out));
}

/* ---- titles ---- */

static struct str joined(struct arena *arena, struct str a, struct str b)
{
	return arena_fmt(arena, STR_FMT ": " STR_FMT, STR_ARG(a), STR_ARG(b));
}

/* TITLE up to its colon, when at least two words stand before it; else absent. */
static struct str main_part(struct arena *arena, struct str title)
{
	struct str part = str_sub(title, 0, str_find(title, ':'));

	return part.n < title.n && count_words(fold_words(arena, part)) >= 2 ? part
	                                                                     : STR_NONE;
}

/* Registries leave subtitles out, and so do curators: the main part alone has to be the same. */
static bool same_main_part(struct arena *arena, struct str a, struct str b)
{
	struct str x = main_part(arena, a), y = main_part(arena, b);

	return (x.n && reference_title_ratio(x, b) == 100) ||
	       (y.n && reference_title_ratio(a, y) == 100);
}

static int title_ratio(struct str title, const struct reference *r, struct arena *arena)
{
	const struct str others[] = {
	        r->title,
	        r->subtitle.n ? joined(arena, r->title, r->subtitle) : STR_NONE,
	        r->original_title,
	        r->subtitle.n && r->original_title.n
	                ? joined(arena, r->original_title, r->subtitle)
	                : STR_NONE,
	};
	int best = 0;

	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		int ratio = others[i].n ? reference_title_ratio(title, others[i]) : 0;

		if (others[i].n && same_main_part(arena, title, others[i]))
			ratio = 100;
		best = ratio > best ? ratio : best;
	}
	return best;
}

static void agree_title(struct remarks *out, const struct cited_work *work,
                        const struct reference *r, struct arena *arena)
{
	int ratio;
	bool near;

	if (!work->title.n || !(r->title.n || r->original_title.n))
		return;
	ratio = title_ratio(work->title, r, arena);
	near = ratio >= TITLE_NEAR;
	if (ratio >= TITLE_SAME)
		return;
	remark_add(out, &rule_citation_title, near ? SEVERITY_WARNING : SEVERITY_ERROR,
	           REMARK_TITLE,
	           arena_fmt(arena,
	                     "the title \"" STR_FMT "\" %s \"" STR_FMT
	                     "\", which " STR_FMT " has for " STR_FMT,
	                     STR_ARG(diag_quote(arena, work->title)),
	                     near ? "differs from" : "is another than",
	                     STR_ARG(diag_quote(arena, r->title)),
	                     STR_ARG(diag_quote(arena, r->source)),
	                     STR_ARG(diag_quote(arena, r->doi))))
	        ->suggestion =
	        arena_fmt(arena,
	                  near ? "write \"" STR_FMT "\""
	                       : "look the DOI up; if it is right, write \"" STR_FMT "\"",
	                  STR_ARG(show_text(arena, r->title)));
}

/* ---- authors ---- */

static bool is_first_editor(const struct reference *r, const struct reference_name *name)
{
	size_t at;

	return find_name(&at, r->editors, r->editors_n, name);
}

static void agree_author(struct remarks *out, const struct cited_work *work,
                         const struct reference *r, struct arena *arena)
{
	struct reference_name name;
	size_t at;

	if (!work->authors_n || !r->authors_n)
		return;
	name = (struct reference_name){work->authors[0].family, work->authors[0].given,
	                               work->authors[0].literal};
	if (!name.family.n && !name.given.n && !name.literal.n)
		return;
	if (find_name(&at, r->authors, r->authors_n, &name)) {
		if (at == 0)
			return;
		remark_add(out, &rule_citation_author, SEVERITY_NOTE, REMARK_AUTHOR,
		           arena_fmt(arena,
		                     "\"" STR_FMT "\" stands first, but is author %zu "
		                     "of " STR_FMT " at " STR_FMT
		                     "; the first is \"" STR_FMT "\"",
		                     STR_ARG(show_name(arena, &name)), at + 1,
		                     STR_ARG(diag_quote(arena, r->doi)),
		                     STR_ARG(diag_quote(arena, r->source)),
		                     STR_ARG(show_name(arena, &r->authors[0]))))
		        ->suggestion = STR("write the authors in their order");
		return;
	}
	if (is_first_editor(r, &name))
		return;
	remark_add(out, &rule_citation_author, SEVERITY_ERROR, REMARK_AUTHOR,
	           arena_fmt(arena,
	                     "\"" STR_FMT "\" is no author of " STR_FMT " at " STR_FMT
	                     "; the first is \"" STR_FMT "\"",
	                     STR_ARG(show_name(arena, &name)),
	                     STR_ARG(diag_quote(arena, r->doi)),
	                     STR_ARG(diag_quote(arena, r->source)),
	                     STR_ARG(show_name(arena, &r->authors[0]))))
	        ->suggestion =
	        arena_fmt(arena, "look the DOI up; if it is right, write \"" STR_FMT "\"",
	                  STR_ARG(show_name(arena, &r->authors[0])));
}

/* ---- years and types ---- */

/* "2020", "2020a", "c. 2020": the first four digits in a row; 0: there are none. */
static int year_in(struct str text)
{
	int year = 0;

	for (size_t i = 0, digits = 0; i < text.n && digits < 4; i++) {
		bool digit = text.s[i] >= '0' && text.s[i] <= '9';

		digits = digit ? digits + 1 : 0;
		year = digit ? year * 10 + text.s[i] - '0' : 0;
		if (digits == 4)
			return year;
	}
	return 0;
}

/* How far YEAR is from the nearest one of R; -1 when R has none. */
static int distance(const struct reference *r, int year)
{
	int best = -1;

	for (size_t i = 0; i < YEARS_N; i++) {
		int far = abs(r->years[i] - year);

		if (r->years[i] && (best < 0 || far < best))
			best = far;
	}
	return best;
}

/* The year that people cite: the issue's, else the first that is known. */
static int told_year(const struct reference *r)
{
	for (size_t i = 0; i < YEARS_N; i++)
		if (r->years[i])
			return r->years[i];
	return 0;
}

static void agree_year(struct remarks *out, const struct cited_work *work,
                       const struct reference *r, struct arena *arena)
{
	int year = year_in(work->year), far = year ? distance(r, year) : -1;

	if (far <= 0)
		return;
	remark_add(out, &rule_citation_year,
	           far <= YEARS_NEAR ? SEVERITY_NOTE : SEVERITY_WARNING, REMARK_YEAR,
	           arena_fmt(arena,
	                     "the year is " STR_FMT ", but " STR_FMT
	                     " has %d for " STR_FMT,
	                     STR_ARG(diag_quote(arena, work->year)),
	                     STR_ARG(diag_quote(arena, r->source)), told_year(r),
	                     STR_ARG(diag_quote(arena, r->doi))))
	        ->suggestion =
	        arena_fmt(arena, "if it is this work, write %d", told_year(r));
}

static void agree_type(struct remarks *out, const struct cited_work *work,
                       const struct reference *r, struct arena *arena)
{
	const char *here = kind_of_cited(work->type), *there = kind_of_csl(r->type);

	if (!here || !there || kinds_agree(here, there))
		return;
	remark_add(out, &rule_citation_type, SEVERITY_NOTE, REMARK_TYPE,
	           arena_fmt(arena,
	                     "the type \"" STR_FMT "\" is that of %s, but " STR_FMT
	                     " has " STR_FMT " as %s",
	                     STR_ARG(diag_quote(arena, work->type)), here,
	                     STR_ARG(diag_quote(arena, r->source)),
	                     STR_ARG(diag_quote(arena, r->doi)), there))
	        ->suggestion = STR("check which of the two it is");
}

void reference_agree(struct remarks *out, const struct cited_work *work,
                     const struct reference *r, struct arena *arena)
{
	agree_title(out, work, r, arena);
	agree_author(out, work, r, arena);
	agree_year(out, work, r, arena);
	agree_type(out, work, r, arena);
}
