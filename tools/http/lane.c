#include "http/internal.h"

#define HTTP_OPEN_PER_JOB 4 /* jobs that may be held open for one in flight */

void queue_push(struct queue *q, struct http_request *r)
{
	r->next = NULL;
	if (q->last)
		q->last->next = r;
	else
		q->first = r;
	q->last = r;
}

struct http_request *queue_pop(struct queue *q)
{
	struct http_request *r = q->first;

	if (!r)
		return NULL;
	q->first = r->next;
	if (!q->first)
		q->last = NULL;
	return r;
}

/* ---- which lane ---- */

static struct http_lane *lane_new(struct http *h, struct http_pace *pace)
{
	struct http_lane *lane = arena_new(&h->arena, struct http_lane);

	lane->pace = pace ? pace : &lane->own;
	if (pace) {
		lane->next_paced = h->paced;
		h->paced = lane;
		return lane;
	}
	lane->own = (struct http_pace){.concurrent = h->opt.per_host,
	                               .per_interval = h->opt.interval_ms > 0,
	                               .interval_ms = h->opt.interval_ms};
	return lane;
}

struct http_lane *lane_of(struct http *h, struct http_request *r, struct str host)
{
	void **at;
	bool added;

	if (r->pace && !r->pace->lane)
		r->pace->lane = lane_new(h, r->pace);
	/* A redirect may have left the service for another host. */
	if (r->pace && (!r->job || http_url_same_origin(&r->job->first, &r->job->url)))
		return r->pace->lane;
	if (!map_has(&h->lanes, host))
		host = arena_str(&h->arena, host);
	at = map_at(&h->lanes, host, &added);
	if (added)
		*at = lane_new(h, NULL);
	return *at;
}

/* ---- states ---- */

static bool lane_full(const struct http_lane *lane)
{
	return lane->pace->concurrent > 0 && lane->in_flight >= lane->pace->concurrent;
}

static void make_ready(struct http *h, struct http_lane *lane)
{
	lane->state = LANE_READY;
	lane->next = NULL;
	if (h->ready_last)
		h->ready_last->next = lane;
	else
		h->ready_first = lane;
	h->ready_last = lane;
}

void lane_settle(struct http *h, struct http_lane *lane)
{
	long at;

	if (lane->state != LANE_IDLE || !lane->first || lane_full(lane))
		return;
	at = pace_ready(lane);
	if (at <= http_now_ms()) {
		make_ready(h, lane);
		return;
	}
	lane->state = LANE_TIMED;
	timers_push(&h->timers, (struct timer){.at = at, .lane = lane});
}

void lane_push(struct http *h, struct http_request *r)
{
	struct http_lane *lane = r->lane;
	struct queue q = {lane->first, lane->last};

	queue_push(&q, r);
	lane->first = q.first;
	lane->last = q.last;
	lane_settle(h, lane);
}

void lane_push_front(struct http *h, struct http_request *r)
{
	struct http_lane *lane = r->lane;

	r->next = lane->first;
	lane->first = r;
	if (!lane->last)
		lane->last = r;
	lane_settle(h, lane);
}

/* ---- starting ---- */

static struct http_lane *pop_ready(struct http *h)
{
	struct http_lane *lane = h->ready_first;

	h->ready_first = lane->next;
	if (!h->ready_first)
		h->ready_last = NULL;
	lane->state = LANE_IDLE;
	return lane;
}

/* Redirects that wait for their host hold memory: new requests wait for them in turn. */
static bool too_many_open(const struct http *h, const struct http_request *r)
{
	return !r->job && h->open_n >= (size_t)h->opt.jobs * HTTP_OPEN_PER_JOB;
}

static void start_first(struct http *h, struct http_lane *lane)
{
	struct queue q = {lane->first, lane->last};
	struct http_request *r = queue_pop(&q);

	lane->first = q.first;
	lane->last = q.last;
	pace_started(lane, http_now_ms());
	lane->in_flight++;
	h->in_flight++;
	job_start(r->job ? r->job : job_open(h, r));
}

void lanes_start(struct http *h)
{
	struct http_lane *held = NULL, *lane;

	while (h->ready_first && h->in_flight < h->opt.jobs) {
		lane = pop_ready(h);
		if (lane_full(lane) || pace_ready(lane) > http_now_ms()) {
			lane_settle(h, lane);
			continue;
		}
		if (too_many_open(h, lane->first)) {
			lane->next = held;
			held = lane;
			continue;
		}
		start_first(h, lane);
		lane_settle(h, lane);
	}
	while (held) {
		lane = held;
		held = lane->next;
		lane_settle(h, lane);
	}
}
