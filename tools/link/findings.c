/*
 * findings.c - what a set tells: a finding for every place
 */
#include "link/link.h"

#include "base/limits.h"

const struct rule *link_rule(enum link_verdict v, bool cited)
{
	static const struct rule *const rules[LINK_VERDICTS_N][2] = {
	        [LINK_REDIRECTED] = {&rule_link_redirected, &rule_citation_replaced},
	        [LINK_DEAD] = {&rule_link_dead, &rule_citation_unregistered},
	        [LINK_UNKNOWN] = {&rule_link_unknown, &rule_citation_unknown},
	        [LINK_WARNING] = {&rule_link_warning, &rule_citation_replaced},
	        [LINK_BLOCKED] = {&rule_link_blocked, &rule_citation_unknown},
	        [LINK_INVALID] = {&rule_link_invalid, &rule_citation_invalid},
	};

	return rules[v][cited];
}

/* What a verdict says of a link, before the reason. */
static const char *const says[LINK_VERDICTS_N] = {
        [LINK_REDIRECTED] = "has moved for good",
        [LINK_DEAD] = "is dead",
        [LINK_UNKNOWN] = "could not be judged",
        [LINK_WARNING] = "answers, but not as it should",
        [LINK_BLOCKED] = "was not asked",
        [LINK_INVALID] = "is no address",
};

static const char *const says_of_doi[LINK_VERDICTS_N] = {
        [LINK_REDIRECTED] = "is another name",
        [LINK_DEAD] = "is not registered",
        [LINK_UNKNOWN] = "could not be looked up",
        [LINK_WARNING] = "is registered, but not as it should be",
        [LINK_BLOCKED] = "was not looked up",
        [LINK_INVALID] = "cannot be looked up",
};

static struct str advice(const struct link_result *r, const struct link_place *p,
                         struct arena *arena)
{
	if (r->verdict == LINK_REDIRECTED && r->final_url.n)
		return arena_fmt(arena, "write " STR_FMT "%s", STR_ARG(r->final_url),
		                 p->pointer.s ? "; `stemma links --fix` does it" : "");
	if (r->archived.n)
		return arena_fmt(arena, "there is a copy at " STR_FMT,
		                 STR_ARG(r->archived));
	return STR_NONE;
}

/* Of a link that has moved the verdict says it all. */
static struct str reason_of(const struct link_result *r, bool cited)
{
	return r->verdict == LINK_REDIRECTED && !cited ? STR("") : r->reason;
}

static void tell(struct diag_list *out, const struct rule *rule, enum severity severity,
                 const struct link_place *place, struct str text, struct str suggestion)
{
	struct diag *d;

	/* Each time, so that the limit for one file does not count: a list is one file. */
	diag_file(out, place->file);
	out->document = place->document;
	d = diag_add(out, rule, place->span, "%s", "");
	d->severity = severity;
	d->text = text;
	d->pointer = place->pointer.s ? place->pointer : STR("");
	d->suggestion = suggestion;
}

/* NAME, unless nobody would read all of it. */
static struct str shown(struct arena *arena, struct str name)
{
	return name.n <= LIMIT_EXCERPT_BYTES ? name : diag_quote(arena, name);
}

static void tell_places(struct diag_list *out, const struct link_place *p,
                        const struct link_result *r, struct str name, bool cited)
{
	const struct rule *rule = link_rule(r->verdict, cited);
	struct str reason = reason_of(r, cited), text, suggestion;

	if (!rule || !p)
		return;
	text = arena_fmt(out->arena, STR_FMT " %s%s" STR_FMT,
	                 STR_ARG(shown(out->arena, name)),
	                 (cited ? says_of_doi : says)[r->verdict], reason.n ? ": " : "",
	                 STR_ARG(reason));
	suggestion = advice(r, p, out->arena);
	for (; p; p = p->next)
		tell(out, rule, rule->severity, p, text, suggestion);
}

static void tell_notes(struct diag_list *out, const struct link_citation *c)
{
	for (const struct link_finding *f = c->findings; f; f = f->next)
		for (const struct link_place *p = f->place ? f->place : c->places; p;
		     p = f->place ? NULL : p->next)
			tell(out, f->rule, f->severity, p, f->text, f->suggestion);
}

void link_findings(struct diag_list *out, const struct link_set *set)
{
	size_t from = out->n;

	for (size_t i = 0; i < set->urls.n; i++) {
		const struct link_url *u = set->urls.items[i].value;

		tell_places(out, u->places, &u->result, u->url, false);
	}
	for (size_t i = 0; i < set->citations.n; i++) {
		const struct link_citation *c = set->citations.items[i].value;

		tell_places(out, c->places, &c->result, c->doi, true);
		tell_notes(out, c);
	}
	diag_sort(out, from);
}
