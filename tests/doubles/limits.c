/*
 * limits.c - the limits that the services enforce
 *
 * Source: Crossref, in force since 2025-12-01; DataCite, per five minutes; arXiv, API manual
 */
#include "double.h"

#define TIMES 4096

/* When the last requests came: a ring. */
struct meter {
	long times[TIMES];
	unsigned n;
};

static struct meter single, list, datacite;
static long arxiv_last = -1000000;

static bool over(struct meter *m, long now, unsigned limit, long interval)
{
	bool full = m->n >= limit && now - m->times[(m->n - limit) % TIMES] < interval;

	m->times[m->n++ % TIMES] = now;
	return full;
}

static bool refuse(struct answer *a, const char *type, const char *body)
{
	a->status = 429;
	a->type = type;
	buf_addz(&a->body, body);
	return true;
}

static bool crossref_over(struct answer *a, const struct request *q)
{
	bool polite = query_get(q, "mailto").n, one = str_starts(q->path, STR("/works/"));
	unsigned limit = one ? (polite ? 10 : 5) : (polite ? 3 : 1);
	unsigned at_once = polite ? 3 : 1;
	long given = setting(q, "pool", -1);

	if (given > 0)
		limit = at_once = (unsigned)given;
	buf_addf(&a->headers,
	         "x-rate-limit-limit: %u\r\nx-rate-limit-interval: 1s\r\n"
	         "x-concurrency-limit: %u\r\nx-api-pool: %s-%s\r\n",
	         limit, at_once, polite ? "polite" : "public", one ? "single" : "array");
	if (over(one ? &single : &list, q->now_ms, limit, 1000) || q->open > at_once)
		return refuse(a, "text/plain", "Too many requests");
	return false;
}

static bool arxiv_over(struct answer *a, const struct request *q)
{
	long interval = setting(q, "interval", 3000), last = arxiv_last;

	arxiv_last = q->now_ms;
	if (q->now_ms - last < interval || q->open > 1)
		return refuse(a, "text/plain", "Rate exceeded.");
	return false;
}

bool too_many(struct answer *a, const struct request *q)
{
	if (setting_is(q, "free"))
		return false;
	if (q->service == CROSSREF)
		return crossref_over(a, q);
	if (q->service == ARXIV)
		return arxiv_over(a, q);
	if (q->service == DATACITE)
		return over(&datacite, q->now_ms, query_get(q, "mailto").n ? 1000 : 500,
		            300000) &&
		       refuse(a, "application/vnd.api+json",
		              "{\"errors\":[{\"status\":\"429\",\"title\":\"Too many "
		              "requests.\"}]}");
	return false;
}
