/*
 * ask_doi.c - citations, asked of the registries
 */
#include "link/asking.h"

#include "link/cite.h"
#include "registry/registry.h"

#include <stdlib.h>
#include <time.h>

struct ask_doi {
	struct asking *asking;
	struct registry *registry;
	struct str *ids; /* n of them, as they are asked */
	struct link_citation **of; /* the citation of each */
	size_t n;
};

/* What the record CSL says, held against those who cite it. */
static void compare(struct asking *a, struct link_citation *c, struct str csl,
                    struct str agency, struct str day)
{
	struct reference r;
	struct err unused = {0};

	if (!csl.n || !reference_make(&r, c->doi, csl, agency, day, &a->scratch, &unused))
		return;
	cite_record(a->set, c, &r);
	if (a->opt->record)
		a->opt->record(a->opt->ctx, c->doi, csl, agency, day);
}

static struct str kept(struct asking *a, struct str s)
{
	return s.s ? arena_str(a->set->arena, s) : s;
}

static void take(struct asking *a, struct link_citation *c,
                 const struct link_answer *answer, struct str day)
{
	const struct link_result *r = &answer->result;

	c->result = (struct link_result){.verdict = r->verdict,
	                                 .class = kept(a, r->class),
	                                 .reason = kept(a, r->reason),
	                                 .final_url = kept(a, r->final_url)};
	c->agency = kept(a, answer->agency);
	compare(a, c, answer->csl, answer->agency, day);
	arena_reset(&a->scratch);
}

static struct link_result result_of(const struct registry_result *r)
{
	switch (r->answer) {
	case REGISTRY_REGISTERED:
		return (struct link_result){.verdict = LINK_ALIVE, .reason = r->reason};
	case REGISTRY_NOT_REGISTERED:
		return (struct link_result){.verdict = LINK_DEAD,
		                            .class = STR("not-registered"),
		                            .reason = r->reason};
	case REGISTRY_ALIAS:
		return (struct link_result){.verdict = LINK_REDIRECTED,
		                            .class = STR("alias"),
		                            .reason = r->reason,
		                            .final_url = r->target};
	case REGISTRY_DELETED:
		return (struct link_result){.verdict = LINK_WARNING,
		                            .class = STR("deleted"),
		                            .reason = r->reason};
	case REGISTRY_UNKNOWN:
		break;
	}
	return (struct link_result){
	        .verdict = LINK_UNKNOWN, .class = STR("registry"), .reason = r->reason};
}

static void told(void *ctx, size_t index, const struct registry_result *result)
{
	struct ask_doi *x = ctx;
	struct asking *a = x->asking;
	const struct link_answer answer = {
	        .result = result_of(result),
	        .agency = result->agency,
	        .csl = result->record ? result->record->csl : STR_NONE,
	};

	if (result->answer == REGISTRY_UNKNOWN && asking_is_over(a))
		return;
	link_memory_note_doi(a->opt->memory, x->of[index]->doi, &answer);
	take(a, x->of[index], &answer, a->opt->today);
	asking_told(a);
}

static struct str day_of(int64_t seconds, struct arena *arena)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (!gmtime_r(&t, &tm))
		return STR_NONE;
	return arena_fmt(arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	                 tm.tm_mday);
}

/* What the memory does not know is to be asked. */
static void recall(struct ask_doi *x)
{
	struct asking *a = x->asking;
	const struct map *all = &a->set->citations;

	for (size_t i = 0; i < all->n; i++) {
		struct link_citation *c = all->items[i].value;
		struct link_answer answer;

		if (!c->wire.n)
			continue;
		if (link_memory_doi(a->opt->memory, c->doi, &answer, &a->scratch)) {
			take(a, c, &answer, day_of(answer.checked, a->set->arena));
			continue;
		}
		x->ids[x->n] = c->doi;
		x->of[x->n++] = c;
	}
	a->total += x->n;
}

/* The Handle API of a mirror is its own, unless it is told apart. */
static struct str handle_of(const struct asking *a)
{
	const struct str *services = a->opt->policy->services;

	if (services[SERVICE_HANDLE].n || !services[SERVICE_DOI].n)
		return services[SERVICE_HANDLE];
	return arena_fmt(a->set->arena, STR_FMT "/api/handles",
	                 STR_ARG(services[SERVICE_DOI]));
}

bool ask_doi_open(struct ask_doi **out, struct asking *a, struct err *err)
{
	size_t n = a->set->citations.n;
	const struct link_policy *p = a->opt->policy;
	struct ask_doi *x = mem_alloc(sizeof(*x));
	const struct registry_options opt = {
	        .http = a->http,
	        .doi = p->services[SERVICE_DOI],
	        .handle = handle_of(a),
	        .crossref = p->services[SERVICE_CROSSREF],
	        .datacite = p->services[SERVICE_DATACITE],
	        .arxiv = p->services[SERVICE_ARXIV],
	        .mailto = p->mailto,
	        .arxiv_interval_ms = a->opt->arxiv_interval_ms,
	        .retry_ms = a->opt->retry_ms,
	        .told = told,
	        .ctx = x,
	};

	*x = (struct ask_doi){.asking = a};
	*out = x;
	x->ids = mem_alloc((n + 1) * sizeof(*x->ids));
	x->of = mem_alloc((n + 1) * sizeof(*x->of));
	recall(x);
	if (!x->n)
		return true;
	if (!registry_open(&x->registry, &opt, err))
		return false;
	registry_ask(x->registry, x->ids, x->n);
	return true;
}

void ask_doi_close(struct ask_doi *x)
{
	if (!x)
		return;
	if (x->registry) {
		registry_finish(x->registry);
		registry_close(x->registry);
	}
	free(x->ids);
	free(x->of);
	free(x);
}
