/* reply.c - what a call came to: read it, make it again, in halves, or give up */
#include "registry/ask.h"

enum verdict {
	READ, /* its items are dealt with */
	AGAIN, /* an accident, maybe */
	SLOWER, /* we were told to wait */
	SMALLER, /* too much was asked at once */
	GIVE_UP,
	STOP, /* the service wants no more */
};

static bool is_slower(const struct http_reply *reply)
{
	return reply->status == 429 ||
	       (reply->status == 503 && reply->retry_after_s >= 0);
}

/* Another agency's server that doi.org led to says nothing about doi.org. */
static bool is_foreign(const struct call *c, const struct http_reply *reply)
{
	return c->kind == &kind_negotiate && reply->hops_n;
}

static enum verdict verdict_of(struct call *c, const struct http_reply *reply)
{
	if (reply->outcome != HTTP_REPLIED)
		return reply->outcome == HTTP_BLOCKED || reply->outcome == HTTP_BAD_URL ||
		                       reply->outcome == HTTP_TLS
		               ? GIVE_UP
		               : AGAIN;
	if (is_slower(reply))
		return reply->retry_after_s > c->r->opt.retry_after_cap_s ? STOP : SLOWER;
	if (reply->truncated || reply->status == 400 || reply->status == 413 ||
	    reply->status == 414 || reply->status == 431)
		return SMALLER;
	if (reply->status == 403 && !is_foreign(c, reply))
		return STOP;
	if (reply->status >= 500)
		return AGAIN;
	return c->kind->read(c, reply) ? READ : AGAIN;
}

/* What happened, as a part of a sentence that lives as long as the registry. */
static struct str reason_of(const struct call *c, const struct http_reply *reply)
{
	const char *name = c->r->services[c->kind->service].name;
	struct str type = http_header_get(reply, "content-type");
	struct arena *a = &c->r->arena;

	if (reply->outcome != HTTP_REPLIED)
		return arena_fmt(
		        a, "%s cannot be reached: " STR_FMT, name,
		        STR_ARG(reply->reason.n ? reply->reason : STR("no answer")));
	if (reply->truncated)
		return arena_fmt(a, "the answer of %s is too long", name);
	if (is_slower(reply) && reply->retry_after_s > c->r->opt.retry_after_cap_s)
		return arena_fmt(a, "%s asks to wait for %ld seconds (HTTP %d)", name,
		                 reply->retry_after_s, reply->status);
	if (reply->status == 429)
		return arena_fmt(a, "%s asks to wait (HTTP 429)", name);
	if (reply->status >= 400 && reply->status != 404)
		return arena_fmt(a, "%s answers HTTP %d", name, reply->status);
	return arena_fmt(a, "the answer of %s cannot be read (HTTP %d, " STR_FMT ")",
	                 name, reply->status,
	                 STR_ARG(type.n ? diag_quote(a, type) : STR("no type")));
}

void item_fail(struct registry *r, const struct kind *kind, struct item *item,
               struct str reason)
{
	if (kind->failed)
		kind->failed(r, item, reason);
	else
		item_answer(r, item, REGISTRY_UNKNOWN, NULL, reason);
}

static void give_up(struct call *c, struct str reason)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->items[i]->moved)
			item_fail(c->r, c->kind, c->items[i], reason);
	call_end(c);
}

/* A service in trouble is left alone: by its own wish, or because nothing works. */
static void count_failure(struct call *c, enum verdict verdict, struct str reason)
{
	struct service *s = &c->r->services[c->kind->service];

	if (verdict == READ) {
		s->in_a_row = 0;
		return;
	}
	s->failures++;
	s->in_a_row++;
	if (s->stopped.n)
		return;
	if (verdict == STOP)
		s->stopped = reason;
	else if (s->in_a_row >= LIMIT_REGISTRY_FAILURES ||
	         (s->requests >= LIMIT_REGISTRY_SAMPLE &&
	          s->failures * 100 >= s->requests * LIMIT_REGISTRY_FAILED_PERCENT))
		s->stopped =
		        arena_fmt(&c->r->arena,
		                  STR_FMT "; left alone after %u of %u requests failed",
		                  STR_ARG(reason), s->failures, s->requests);
}

static void again(struct call *c, long pause)
{
	long at = http_now_ms() + pause;

	c->state = CALL_WAITING;
	c->request.not_before_ms = at;
	arena_release(&c->arena);
	c->arena = (struct arena){0};
}

/* Wait as long as we were told; else longer each time, and let the others wait, too. */
static void slower(struct call *c, const struct http_reply *reply)
{
	long pause = c->r->opt.retry_ms << c->tries;
	long until = http_now_ms() + pause;

	if (reply->retry_after_s >= 0) {
		again(c, 0);
		return;
	}
	if (c->request.pace->pause_until < until)
		c->request.pace->pause_until = until;
	again(c, pause);
}

/* Crossref refuses a whole list for one field that it does not know any more. */
static bool without_selection(struct call *c, const struct http_reply *reply)
{
	if (reply->status != 400 || c->kind != &kind_crossref || c->plain)
		return false;
	c->r->plain_lists = true;
	call_anew(c);
	return true;
}

static void smaller(struct call *c, const struct http_reply *reply, struct str reason)
{
	if (without_selection(c, reply))
		return;
	if (c->n > 1) {
		call_halve(c);
		return;
	}
	if (!c->kind->single) {
		give_up(c, reason);
		return;
	}
	item_queue(c->r, c->kind->single, c->items[0]);
	call_end(c);
}

static void finish(struct call *c, enum verdict verdict, const struct http_reply *reply,
                   struct str reason)
{
	switch (verdict) {
	case READ:
		for (size_t i = 0; i < c->n; i++)
			if (!c->items[i]->moved)
				c->kind->missing(c->r, c->items[i]);
		call_end(c);
		return;
	case AGAIN:
		if (c->tries < LIMIT_REGISTRY_TRIES)
			again(c, c->r->opt.retry_ms);
		else if (reply->outcome == HTTP_REPLIED && reply->status < 500 &&
		         c->n > 1)
			call_halve(c);
		else
			give_up(c, reason);
		return;
	case SLOWER:
		if (c->tries < LIMIT_REGISTRY_THROTTLED)
			slower(c, reply);
		else
			give_up(c, reason);
		return;
	case SMALLER:
		smaller(c, reply, reason);
		return;
	case GIVE_UP:
	case STOP:
		give_up(c, reason);
		return;
	}
}

static void stop_all(struct call *c)
{
	for (int i = 0; i < SERVICES; i++)
		if (!c->r->services[i].stopped.n)
			c->r->services[i].stopped = STR("the run was stopped");
	give_up(c, STR("the run was stopped"));
}

/* The client has taken the interval from the reply, if that told one. */
static void keep_slack(struct service *s, struct http_pace *pace)
{
	long *known = pace == &s->list ? &s->list_ms : &s->single_ms;

	if (pace->interval_ms == *known)
		return;
	pace->interval_ms += REGISTRY_SLACK_MS;
	*known = pace->interval_ms;
}

void call_done(struct http *h, struct http_request *request,
               const struct http_reply *reply)
{
	struct call *c = request->ctx;
	struct registry *r = c->r;
	struct service *s = &r->services[c->kind->service];
	struct str reason = STR_NONE;
	enum verdict verdict;

	(void)h;
	calls_free(r, false);
	s->open--;
	for (size_t i = 0; i < c->n; i++)
		c->items[i]->moved = false;
	if (reply->outcome == HTTP_STOPPED) {
		stop_all(c);
		pump(r);
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		c->items[i]->requests++;
	s->requests++;
	r->throttled += reply->outcome == HTTP_REPLIED && reply->status == 429;
	verdict = verdict_of(c, reply);
	keep_slack(s, request->pace);
	if (verdict != READ)
		reason = reason_of(c, reply);
	if (!is_foreign(c, reply))
		count_failure(c, verdict, reason);
	finish(c, verdict, reply, reason);
	pump(r);
}
