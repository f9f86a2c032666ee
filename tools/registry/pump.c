/* pump.c - queues of items, and the calls made of them */
#include "registry/ask.h"

#include <stdlib.h>

static const struct kind *const kinds[KINDS] = {
        [KIND_SHORT] = &kind_short,
        [KIND_AGENCY] = &kind_agency,
        [KIND_ARXIV] = &kind_arxiv,
        [KIND_CROSSREF] = &kind_crossref,
        [KIND_DATACITE] = &kind_datacite,
        [KIND_NEGOTIATE] = &kind_negotiate,
        [KIND_CROSSREF_ONE] = &kind_crossref_one,
        [KIND_DATACITE_ONE] = &kind_datacite_one,
        [KIND_HANDLE] = &kind_handle,
        [KIND_AGENCY_AGAIN] = &kind_agency_again,
};

void item_queue(struct registry *r, int kind, struct item *item)
{
	struct queue *q = &r->queues[kind];

	item->moved = true;
	if (q->n == q->cap) {
		q->cap = q->cap ? 2 * q->cap : 64;
		q->items = mem_realloc(q->items, q->cap * sizeof(*q->items));
	}
	q->items[q->n++] = item;
}

static size_t waiting(const struct registry *r, int kind)
{
	return r->queues[kind].n - r->queues[kind].from;
}

static struct http_pace *pace_of(struct registry *r, const struct kind *kind)
{
	struct service *s = &r->services[kind->service];

	return kind->list && s->list.concurrent ? &s->list : &s->single;
}

static struct call *call_new(struct registry *r, const struct kind *kind,
                             struct item *const *items, size_t n)
{
	struct call *c = mem_alloc(sizeof(*c)), **end = &r->calls;

	*c = (struct call){.r = r,
	                   .kind = kind,
	                   .n = n,
	                   .plain = r->plain_lists,
	                   .items = mem_alloc(n * sizeof(struct item *)),
	                   .accept = {STR("Accept"), str_of(kind->accept)},
	                   .url = BUF_INIT(1 << 20)};
	for (size_t i = 0; i < n; i++)
		c->items[i] = items[i];
	kind->url(&c->url, r, items, n);
	c->request = (struct http_request){
	        .method = "GET",
	        .url = buf_str(&c->url),
	        .headers = &c->accept,
	        .headers_n = kind->accept ? 1 : 0,
	        .pace = pace_of(r, kind),
	        .keep = LIMIT_REGISTRY_REPLY_BYTES,
	        .redirects = 5,
	        .total_ms = kind->max > 1 ? LIMIT_REGISTRY_CALL_MS : 0,
	        .done = call_done,
	        .ctx = c,
	};
	while (*end)
		end = &(*end)->next;
	*end = c;
	r->open[kind->id]++;
	return c;
}

void call_halve(struct call *c)
{
	size_t half = c->n / 2;

	call_new(c->r, c->kind, c->items, half)->tries = c->tries;
	call_new(c->r, c->kind, c->items + half, c->n - half)->tries = c->tries;
	call_end(c);
}

void call_anew(struct call *c)
{
	call_new(c->r, c->kind, c->items, c->n);
	call_end(c);
}

void call_end(struct call *c)
{
	c->state = CALL_OVER;
	c->r->open[c->kind->id]--;
}

void calls_free(struct registry *r, bool all)
{
	for (struct call **at = &r->calls; *at;) {
		struct call *c = *at;

		if (!all && c->state != CALL_OVER) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		buf_release(&c->url);
		arena_release(&c->arena);
		free(c->items);
		free(c);
	}
}

/* How many of the waiting items go into one call; *FULL: no more would go. */
static size_t fitting(const struct registry *r, const struct kind *kind, bool *full)
{
	CLEANUP(buf_release) struct buf url = BUF_INIT(1 << 20);
	const struct queue *q = &r->queues[kind->id];
	size_t n = 1, left = q->n - q->from;

	*full = true;
	if (kind->max == 1)
		return 1;
	kind->url(&url, r, q->items + q->from, 1);
	for (; n < left && n < kind->max; n++) {
		const struct item *i = q->items[q->from + n];

		buf_fill(&url, ' ', kind->between);
		buf_fill(&url, ' ',
		         i->arxiv.base.n ? i->arxiv.base.n + i->arxiv.version.n
		                         : i->wire.n);
		if (url.n > LIMIT_REGISTRY_URL_BYTES)
			return n;
	}
	*full = n == kind->max;
	return n;
}

/* Whether nothing can come any more that would go into the same call. */
static bool is_last(const struct registry *r, const struct kind *kind)
{
	if (kind->alone)
		return !r->open[kind->id];
	for (int i = 0; i < KINDS; i++)
		if (kinds[i]->stage < kind->stage && (r->open[i] || waiting(r, i)))
			return false;
	return true;
}

static unsigned sent(const struct registry *r, int service, bool lists)
{
	unsigned n = 0;

	for (const struct call *c = r->calls; c; c = c->next)
		n += c->state == CALL_SENT && c->kind->service == service &&
		     c->kind->list == lists;
	return n;
}

/* A service's limit of calls at once holds for its lists and single records together. */
static bool may_send(const struct registry *r, const struct kind *kind)
{
	return !sent(r, kind->service, !kind->list);
}

static struct call *next_call(struct registry *r, int service)
{
	for (struct call *c = r->calls; c; c = c->next)
		if (c->state == CALL_WAITING && c->kind->service == service &&
		    may_send(r, c->kind))
			return c;
	for (int i = 0; i < KINDS; i++) {
		struct queue *q = &r->queues[i];
		bool full;
		size_t n;

		if (kinds[i]->service != service || !waiting(r, i) ||
		    !may_send(r, kinds[i]) || (kinds[i]->alone && r->open[i]))
			continue;
		n = fitting(r, kinds[i], &full);
		if (!full && !is_last(r, kinds[i]))
			continue;
		q->from += n;
		return call_new(r, kinds[i], q->items + q->from - n, n);
	}
	return NULL;
}

/* What waits for a service that is left alone has failed. */
static void fail_waiting(struct registry *r, int service)
{
	struct str why = r->services[service].stopped;

	for (struct call *c = r->calls; c; c = c->next) {
		if (c->state != CALL_WAITING || c->kind->service != service)
			continue;
		for (size_t i = 0; i < c->n; i++)
			item_fail(r, c->kind, c->items[i], why);
		call_end(c);
	}
	for (int i = 0; i < KINDS; i++)
		while (kinds[i]->service == service && waiting(r, i))
			item_fail(r, kinds[i], r->queues[i].items[r->queues[i].from++],
			          why);
}

static bool send_next(struct registry *r, int service)
{
	struct service *s = &r->services[service];
	struct call *c;

	if (s->stopped.n) {
		fail_waiting(r, service);
		return false;
	}
	/* No more than can be in flight: what is with the client cannot be called back. */
	if (s->open >= (unsigned)s->single.concurrent)
		return false;
	c = next_call(r, service);
	if (!c)
		return false;
	c->state = CALL_SENT;
	c->tries++;
	s->open++;
	http_add(r->opt.http, &c->request);
	return true;
}

void pump(struct registry *r)
{
	bool more = true;

	/* What fails at one service may have to be asked at another. */
	while (more) {
		more = false;
		for (int i = 0; i < SERVICES; i++)
			more |= send_next(r, i);
	}
}
