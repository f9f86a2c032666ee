/*
 * standing.c - what became of a work after it was published
 *
 * Source: Crossref, Crossmark: update types; Retraction Watch: natures of notices
 */
#include "reference/internal.h"

#include <string.h>

enum severity reference_severity(struct str type)
{
	static const struct {
		const char *type;
		enum severity severity;
	} rows[] = {
	        {"retraction", SEVERITY_ERROR},
	        {"withdrawal", SEVERITY_ERROR},
	        {"removal", SEVERITY_ERROR},
	        {"partial_retraction", SEVERITY_WARNING},
	        {"expression_of_concern", SEVERITY_WARNING},
	        {"reinstatement", SEVERITY_OFF},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_eqz(type, rows[i].type))
			return rows[i].severity;
	return SEVERITY_NOTE;
}

/* The day of the last reinstatement; -1: there is none. */
static int lifted_on(const struct reference_update *updates, size_t n)
{
	int day = -1;

	for (size_t i = 0; i < n; i++)
		if (str_eqz(updates[i].type, "reinstatement") && updates[i].date > day)
			day = updates[i].date;
	return day;
}

static bool is_lifted(const struct reference_update *u, int lifted)
{
	return lifted >= 0 && reference_severity(u->type) > SEVERITY_NOTE &&
	       (u->date <= lifted || !lifted);
}

/* The latest update of SEVERITY that stands, and how many there are. */
static const struct reference_update *latest(const struct reference_update *updates,
                                             size_t n, enum severity severity,
                                             size_t *count)
{
	const struct reference_update *out = NULL;
	int lifted = lifted_on(updates, n);

	*count = 0;
	for (size_t i = 0; i < n; i++) {
		if (reference_severity(updates[i].type) != severity ||
		    is_lifted(&updates[i], lifted))
			continue;
		(*count)++;
		if (!out || updates[i].date > out->date)
			out = &updates[i];
	}
	return out;
}

/* " on 2010-02-06", " in 2010", or nothing. */
static struct str show_date(struct arena *arena, int date)
{
	int year = date / 10000, month = date / 100 % 100, day = date % 100;

	if (!year)
		return STR("");
	if (!month)
		return arena_fmt(arena, " in %d", year);
	if (!day)
		return arena_fmt(arena, " in %d-%02d", year, month);
	return arena_fmt(arena, " on %d-%02d-%02d", year, month, day);
}

/* "expression_of_concern" with blanks. */
static struct str show_type(struct arena *arena, struct str type)
{
	char *p = arena_alloc(arena, type.n + 1, 1);

	for (size_t i = 0; i < type.n; i++)
		p[i] = (char)(type.s[i] == '_' ? ' ' : type.s[i]);
	return diag_quote(arena, (struct str){p, type.n});
}

/* "a retraction", "an expression of concern". */
static const char *article(struct str type)
{
	return type.n && strchr("aeiou", type.s[0]) ? "an" : "a";
}

static struct str show_notice(struct arena *arena, const struct reference_update *u)
{
	struct str notice = u->doi.n ? arena_fmt(arena, ": " STR_FMT,
	                                         STR_ARG(diag_quote(arena, u->doi)))
	                             : STR("");

	if (!u->source.n)
		return notice;
	return arena_fmt(arena, STR_FMT " (%s" STR_FMT ")", STR_ARG(notice),
	                 "source: ", STR_ARG(diag_quote(arena, u->source)));
}

static void tell_retracted(struct remarks *out, struct str doi,
                           const struct reference_update *u, struct arena *arena)
{
	const char *done = str_eqz(u->type, "withdrawal") ? "withdrawn"
	                   : str_eqz(u->type, "removal")  ? "removed"
	                                                  : "retracted";

	remark_add(out, &rule_citation_retracted, SEVERITY_ERROR, REMARK_DOI,
	           arena_fmt(arena, STR_FMT " was %s" STR_FMT STR_FMT,
	                     STR_ARG(diag_quote(arena, doi)), done,
	                     STR_ARG(show_date(arena, u->date)),
	                     STR_ARG(show_notice(arena, u))))
	        ->suggestion = STR("cite another work, or say of this source that it is "
	                           "retracted");
}

static void tell_other(struct remarks *out, const struct rule *rule,
                       enum severity severity, struct str doi,
                       const struct reference_update *u, size_t n, struct arena *arena)
{
	struct str more =
	        n > 1 ? arena_fmt(arena, "; %zu more before it", n - 1) : STR("");

	remark_add(out, rule, severity, REMARK_DOI,
	           arena_fmt(arena,
	                     "%s " STR_FMT
	                     " was published about " STR_FMT STR_FMT STR_FMT STR_FMT,
	                     article(u->type), STR_ARG(show_type(arena, u->type)),
	                     STR_ARG(diag_quote(arena, doi)),
	                     STR_ARG(show_date(arena, u->date)),
	                     STR_ARG(show_notice(arena, u)), STR_ARG(more)))
	        ->suggestion = severity == SEVERITY_WARNING
	                               ? STR("read it, and decide whether the work can "
	                                     "still be cited")
	                               : STR("read it along with the work");
}

void reference_standing_of(struct remarks *out, const struct cited_work *work,
                           struct str doi, const struct reference_update *updates,
                           size_t n, struct arena *arena)
{
	size_t count;
	const struct reference_update *u = latest(updates, n, SEVERITY_ERROR, &count);

	if (u) {
		if (!work || !str_eqz(work->status, "retracted"))
			tell_retracted(out, doi, u, arena);
		return; /* the rest is no news then */
	}
	u = latest(updates, n, SEVERITY_WARNING, &count);
	if (u)
		tell_other(out, &rule_citation_concern, SEVERITY_WARNING, doi, u, count,
		           arena);
	u = latest(updates, n, SEVERITY_NOTE, &count);
	if (u)
		tell_other(out, &rule_citation_corrected, SEVERITY_NOTE, doi, u, count,
		           arena);
}

/* New versions and editions are works of their own. */
static const struct reference_update *notice_of(const struct reference *r)
{
	for (size_t i = 0; i < r->update_to_n; i++)
		if (!str_starts(r->update_to[i].type, STR("new_")))
			return &r->update_to[i];
	return NULL;
}

static void tell_notice(struct remarks *out, const struct reference *r,
                        const struct reference_update *u, struct arena *arena)
{
	struct str about = u->doi.n ? diag_quote(arena, u->doi) : STR("another work");

	remark_add(out, &rule_citation_notice, SEVERITY_WARNING, REMARK_DOI,
	           arena_fmt(arena,
	                     STR_FMT " is the notice of %s " STR_FMT " of " STR_FMT
	                             ", not that work",
	                     STR_ARG(diag_quote(arena, r->doi)), article(u->type),
	                     STR_ARG(show_type(arena, u->type)), STR_ARG(about)))
	        ->suggestion =
	        arena_fmt(arena, "if the work is meant, cite " STR_FMT, STR_ARG(about));
}

/* A title may say what no registry has as data. */
static bool is_marked(const struct reference *r)
{
	return r->title.n && without_retracted(r->title).s != r->title.s;
}

void reference_standing(struct remarks *out, const struct cited_work *work,
                        const struct reference *r, struct arena *arena)
{
	const struct reference_update *notice = notice_of(r);
	size_t before = out->n;

	reference_standing_of(out, work, r->doi, r->updated_by, r->updated_by_n, arena);
	if (notice)
		tell_notice(out, r, notice, arena);
	else if (out->n == before && is_marked(r) && !r->updated_by_n &&
	         !(work && str_eqz(work->status, "retracted")))
		remark_add(
		        out, &rule_citation_retracted, SEVERITY_WARNING, REMARK_DOI,
		        arena_fmt(arena,
		                  "the title of " STR_FMT " at " STR_FMT
		                  " begins \"" STR_FMT "\", but no notice is registered",
		                  STR_ARG(diag_quote(arena, r->doi)),
		                  STR_ARG(diag_quote(arena, r->source)),
		                  STR_ARG(diag_quote(arena, str_sub(r->title, 0, 20)))))
		        ->suggestion =
		        STR("look the work up before it is cited any longer");
}
