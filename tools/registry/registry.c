/* registry.c - ids into items, and answers out of them */
#include "entry/doi.h"
#include "registry/ask.h"

#include <stdlib.h>

const char *registry_answer_name(enum registry_answer a)
{
	static const char *const names[] = {"unknown", "registered", "not-registered",
	                                    "alias", "deleted"};

	return names[a];
}

static struct str or_public(struct str base, struct str public)
{
	return base.n ? base : public;
}

/*
 * What the services allow.
 * Source: Crossref, limits in force since 2025-12-01; DataCite, 1,000 requests in five minutes
 */
static void set_paces(struct registry *r)
{
	static const char *const names[SERVICES] = {"doi.org", "Crossref", "DataCite",
	                                            "arXiv"};
	bool polite = r->opt.mailto.n;
	struct service *s = r->services;

	for (int i = 0; i < SERVICES; i++)
		s[i].name = names[i];
	s[SERVICE_DOI].single = (struct http_pace){
	        .concurrent = 4, .per_interval = 10, .interval_ms = 1000};
	s[SERVICE_CROSSREF].single =
	        (struct http_pace){.concurrent = polite ? 3 : 1,
	                           .per_interval = polite ? 10 : 5,
	                           .interval_ms = 1000 + REGISTRY_SLACK_MS};
	s[SERVICE_CROSSREF].list =
	        (struct http_pace){.concurrent = polite ? 3 : 1,
	                           .per_interval = polite ? 3 : 1,
	                           .interval_ms = 1000 + REGISTRY_SLACK_MS};
	s[SERVICE_DATACITE].single = (struct http_pace){
	        .concurrent = 2, .per_interval = polite ? 3 : 1, .interval_ms = 1000};
	s[SERVICE_ARXIV].single =
	        (struct http_pace){.concurrent = 1,
	                           .per_interval = 1,
	                           .interval_ms = r->opt.arxiv_interval_ms};
	for (int i = 0; i < SERVICES; i++) {
		s[i].single_ms = s[i].single.interval_ms;
		s[i].list_ms = s[i].list.interval_ms;
	}
}

bool registry_open(struct registry **out, const struct registry_options *opt,
                   struct err *err)
{
	struct registry *r;

	if (!opt->http || !opt->told)
		return err_set(err, ERR_USAGE,
		               "a registry needs a client and a listener");
	r = mem_alloc(sizeof(*r));
	*r = (struct registry){.opt = *opt};
	r->opt.doi = or_public(opt->doi, STR("https://doi.org"));
	r->opt.handle = or_public(opt->handle, STR("https://doi.org/api/handles"));
	r->opt.crossref = or_public(opt->crossref, STR("https://api.crossref.org"));
	r->opt.datacite = or_public(opt->datacite, STR("https://api.datacite.org"));
	r->opt.arxiv = or_public(opt->arxiv, STR("https://export.arxiv.org"));
	if (!r->opt.arxiv_interval_ms)
		r->opt.arxiv_interval_ms = REGISTRY_ARXIV_MS;
	if (!r->opt.retry_ms)
		r->opt.retry_ms = REGISTRY_RETRY_MS;
	if (!r->opt.retry_after_cap_s)
		r->opt.retry_after_cap_s = REGISTRY_WAIT_S;
	map_init(&r->items, &r->arena);
	map_init(&r->agencies, &r->arena);
	set_paces(r);
	*out = r;
	return true;
}

void registry_close(struct registry *r)
{
	if (!r)
		return;
	calls_free(r, true);
	for (int i = 0; i < KINDS; i++)
		free(r->queues[i].items);
	arena_release(&r->arena);
	free(r);
}

struct str agency_name(struct registry *r, struct str name)
{
	struct str *known = map_get(&r->agencies, name);

	if (!known) {
		known = arena_new(&r->arena, struct str);
		*known = arena_str(&r->arena, name);
		map_set(&r->agencies, *known, known);
	}
	return *known;
}

/* A DOI that stands for another one is an alias, whatever the other one is. */
static void set_alias(struct registry_result *result, const struct item *item)
{
	static const char *const why[] = {
	        [REGISTRY_NOT_REGISTERED] =
	                "the DOI that it stands for is not registered",
	        [REGISTRY_DELETED] = "the DOI that it stands for was deleted",
	};
	enum registry_answer target = result->answer;

	if (item->arxiv.base.n || str_eq(item->now, item->doi))
		return;
	result->answer = REGISTRY_ALIAS;
	result->target = item->now;
	if (target == REGISTRY_NOT_REGISTERED || target == REGISTRY_DELETED)
		result->reason = str_of(why[target]);
}

void item_answer(struct registry *r, struct item *item, enum registry_answer answer,
                 struct registry_record *record, struct str reason)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct registry_result result = {.doi = item->doi,
	                                 .answer = answer,
	                                 .agency = item->agency,
	                                 .reason = reason,
	                                 .record = record,
	                                 .requests = item->requests};

	if (item->told)
		return;
	if (record)
		record->csl = registry_csl(record, &scratch);
	set_alias(&result, item);
	item->moved = true;
	for (struct item *i = item; i; i = i->same) {
		i->told = true;
		result.id = i->id;
		r->opt.told(r->opt.ctx, i->index, &result);
	}
}

static void set_doi(struct registry *r, struct item *item, const struct doi *doi)
{
	item->doi = item->now = arena_str(&r->arena, doi->canonical);
	item->wire = str_eq(doi->wire, doi->canonical) ? item->now
	                                               : arena_str(&r->arena, doi->wire);
}

/* What makes two ids the same question; absent: it is none. */
static struct str item_key(struct registry *r, struct item *item, enum doi_class *class)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct doi doi;

	*class = DOI_INVALID;
	if (arxiv_id_parse(&item->arxiv, item->id))
		return arena_fmt(&r->arena, "arxiv:" STR_FMT STR_FMT,
		                 STR_ARG(item->arxiv.base), STR_ARG(item->arxiv.version));
	item->arxiv = (struct arxiv_id){0};
	*class = doi_parse(&doi, item->id, &scratch);
	if (*class != DOI_INVALID)
		set_doi(r, item, &doi);
	return item->doi;
}

static void ask_one(struct registry *r, struct str id, size_t index)
{
	struct item *item = arena_new(&r->arena, struct item);
	enum doi_class class;
	struct str key;
	void **first;
	bool added;

	*item = (struct item){.id = id, .index = index};
	key = item_key(r, item, &class);
	if (!key.n) {
		item_answer(r, item, REGISTRY_UNKNOWN, NULL,
		            STR("it is neither a DOI nor an arXiv id"));
		return;
	}
	first = map_at(&r->items, key, &added);
	if (!added && !((struct item *)*first)->told) {
		item->same = ((struct item *)*first)->same;
		((struct item *)*first)->same = item;
		return;
	}
	*first = item;
	item_queue(r,
	           item->arxiv.base.n   ? KIND_ARXIV
	           : class == DOI_SHORT ? KIND_SHORT
	                                : KIND_AGENCY,
	           item);
}

void registry_ask(struct registry *r, const struct str *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ask_one(r, ids[i], i);
	pump(r);
}

void registry_finish(struct registry *r)
{
	for (size_t i = 0; i < r->items.n; i++)
		item_answer(r, r->items.items[i].value, REGISTRY_UNKNOWN, NULL,
		            STR("the run was stopped before it was asked"));
}

struct registry_stats registry_stats(const struct registry *r)
{
	struct registry_stats out = {
	        .throttled = r->throttled,
	        .doi = r->services[SERVICE_DOI].requests,
	        .crossref = r->services[SERVICE_CROSSREF].requests,
	        .datacite = r->services[SERVICE_DATACITE].requests,
	        .arxiv = r->services[SERVICE_ARXIV].requests,
	};

	out.requests = out.doi + out.crossref + out.datacite + out.arxiv;
	return out;
}
