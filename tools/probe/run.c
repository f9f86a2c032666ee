#include "probe/internal.h"

#include <string.h>

#include "base/limits.h"

#define WINDOW_MIN 1024 /* URLs handed to the client at the same time */
#define THROTTLED_MAX 3 /* replies of 429 after which a host is left alone, in a pass */

#define SILENT_MAX 5 /* requests in a row without an answer after which it is, too ... */
#define SILENT_AGAIN_MAX 2 /* ... and in the second pass; */
#define ANSWERED_PATIENCE 8 /* ... so many times more when it has answered before */

/* A URL being asked. */
struct slot {
	struct http_request request;
	struct http_header headers[3];
	struct probe *probe;
	uint32_t index;
	struct slot *next; /* in the list of free ones */
};

struct probe {
	struct http *http;
	struct probe_options opt;
	const struct probe_url *urls;
	struct arena arena, scratch;
	struct feed feed;
	struct slot *spare;
	size_t out, window;
	struct held_list held;
	uint32_t *held_of; /* in the second pass: URL -> index in held */
	bool second, stopped;
	struct probe_tally tally;
};

/* ---- answers ---- */

static struct str copy(struct arena *a, struct str s)
{
	return s.s ? arena_str(a, s) : STR_NONE;
}

static struct probe_answer copy_answer(struct arena *a, const struct probe_answer *from)
{
	struct probe_answer to = *from;

	to.reason = copy(a, from->reason);
	to.final_url = copy(a, from->final_url);
	to.archived = copy(a, from->archived);
	to.etag = copy(a, from->etag);
	to.modified = copy(a, from->modified);
	return to;
}

static void hold(struct probe *p, uint32_t index, const struct probe_answer *answer,
                 bool again)
{
	struct held *held;

	if (p->second)
		held = &p->held.items[p->held_of[index]];
	else
		held = arena_push(&p->arena, p->held.items, p->held.n, p->held.cap);
	*held = (struct held){index, again && !p->second, http_now_ms(),
	                      copy_answer(&p->arena, answer)};
}

static void give(struct probe *p, uint32_t index, const struct probe_answer *answer)
{
	p->opt.told(p->opt.ctx, index, answer);
}

static bool is_good(const struct probe_answer *answer)
{
	return answer->verdict == PROBE_ALIVE || answer->verdict == PROBE_REDIRECTED;
}

/* ---- asking ---- */

static void answered(struct http *h, struct http_request *r,
                     const struct http_reply *reply);

static struct slot *take_slot(struct probe *p)
{
	struct slot *slot = p->spare;

	if (slot)
		p->spare = slot->next;
	else
		slot = arena_new(&p->arena, struct slot);
	p->out++;
	return slot;
}

static void add_header(struct slot *slot, struct str name, struct str value)
{
	if (value.n)
		slot->headers[slot->request.headers_n++] =
		        (struct http_header){name, value};
}

static size_t to_keep(const struct probe_url *url, const char *method)
{
	if (!strcmp(method, "HEAD"))
		return 0;
	return url->fragments_n ? LIMIT_PAGE_BYTES : LIMIT_PAGE_START_BYTES;
}

static void ask(struct slot *slot, const char *method, long not_before)
{
	struct probe *p = slot->probe;
	const struct probe_url *url = &p->urls[slot->index];

	slot->request = (struct http_request){
	        .method = method,
	        .url = url->url,
	        .headers = slot->headers,
	        .keep = to_keep(url, method),
	        .redirects = p->opt.redirects,
	        .not_before_ms = not_before,
	        .done = answered,
	        .ctx = slot,
	};
	add_header(slot, STR("Accept"), STR("text/html,application/xhtml+xml,*/*;q=0.8"));
	if (!url->fragments_n) {
		add_header(slot, STR("If-None-Match"), url->etag);
		add_header(slot, STR("If-Modified-Since"), url->modified);
	}
	http_add(p->http, &slot->request);
}

static void start(struct probe *p, uint32_t index)
{
	struct slot *slot = take_slot(p);
	bool get = p->second || p->opt.pages || p->urls[index].fragments_n;

	slot->probe = p;
	slot->index = index;
	ask(slot, get ? "GET" : "HEAD",
	    p->second ? p->held.items[p->held_of[index]].since + p->opt.again_ms : 0);
}

/* The host said often enough that it has had enough, or nothing at all. */
static bool is_hopeless(const struct probe *p, const struct feed_host *host)
{
	int patience = p->second ? SILENT_AGAIN_MAX : SILENT_MAX;

	if (host->answered)
		patience *= ANSWERED_PATIENCE;
	return host->throttled >= THROTTLED_MAX || host->silent >= patience;
}

static void pass_over(struct probe *p, uint32_t index)
{
	const struct feed_host *host = p->feed.host_of[index];
	struct probe_answer answer = {
	        .verdict = PROBE_UNKNOWN,
	        .class = "throttled",
	        .reason = STR("its host asks for fewer requests; it was not asked"),
	};

	if (host->throttled < THROTTLED_MAX) {
		answer.verdict = host->verdict;
		answer.class = host->class;
		answer.reason =
		        STR("its host did not answer to others; it was not asked");
	}
	if (!p->second) { /* or the first answer stands */
		p->tally.asked++;
		hold(p, index, &answer, true);
	}
	feed_done(&p->feed, index);
}

static void go_on(struct probe *p)
{
	while (p->out < p->window) {
		uint32_t index = feed_take(&p->feed);

		if (index == FEED_NONE)
			return;
		if (is_hopeless(p, p->feed.host_of[index]))
			pass_over(p, index);
		else
			start(p, index);
	}
}

static bool is_silence(const struct http_reply *reply)
{
	/* What is behind a redirect is another host. */
	return !reply->hops_n &&
	       (reply->outcome == HTTP_NO_HOST || reply->outcome == HTTP_REFUSED ||
	        reply->outcome == HTTP_TIMEOUT || reply->outcome == HTTP_RESET);
}

static void note_host(struct feed_host *host, const struct http_reply *reply,
                      const struct probe_answer *answer)
{
	if (reply->outcome == HTTP_REPLIED && reply->status == 429)
		host->throttled++;
	if (!is_silence(reply)) {
		host->silent = 0;
		host->answered = true;
		return;
	}
	host->silent++;
	host->verdict = answer->verdict;
	host->class = answer->class;
}

static void conclude(struct probe *p, uint32_t index, const struct probe_answer *answer,
                     bool again)
{
	bool checked = answer->verdict != PROBE_NOT_CHECKED;

	p->stopped = p->stopped || !checked;
	if (!p->second && checked)
		p->tally.asked++;
	if (!p->second && is_good(answer))
		give(p, index, answer);
	else if (!p->second || checked) /* or the first answer stands */
		hold(p, index, answer, again);
}

static void answered(struct http *h, struct http_request *r,
                     const struct http_reply *reply)
{
	struct slot *slot = r->ctx;
	struct probe *p = slot->probe;
	const struct probe_url *url = &p->urls[slot->index];
	struct probe_question q = {url->url, r->method, url->fragments, url->fragments_n,
	                           p->opt.pages};
	struct probe_answer answer;
	enum probe_step step;

	(void)h;
	arena_reset(&p->scratch);
	step = probe_judge(&answer, &q, reply, &p->scratch);
	if (step == PROBE_GET) {
		ask(slot, "GET", 0);
		return;
	}
	note_host(p->feed.host_of[slot->index], reply, &answer);
	conclude(p, slot->index, &answer, step == PROBE_AGAIN);
	feed_done(&p->feed, slot->index);
	slot->next = p->spare;
	p->spare = slot;
	p->out--;
	go_on(p);
}

/* ---- passes ---- */

static bool first_pass(struct probe *p, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		feed_add(&p->feed, (uint32_t)i);
	go_on(p);
	return http_run(p->http, err);
}

static bool second_pass(struct probe *p, size_t n, struct err *err)
{
	size_t first = p->held.n;

	p->second = true;
	p->held_of = arena_array(&p->arena, uint32_t, n);
	for (size_t i = 0; i < p->feed.hosts.n; i++) {
		struct feed_host *host = p->feed.hosts.items[i].value;

		host->throttled = host->silent = 0;
	}
	for (size_t i = 0; i < first; i++) {
		p->held_of[p->held.items[i].index] = (uint32_t)i;
		if (p->held.items[i].again)
			feed_add(&p->feed, p->held.items[i].index);
	}
	go_on(p);
	return http_run(p->http, err);
}

/* ---- all together ---- */

/* After a signal no name is waited for. */
static enum http_name nobody(const char *host)
{
	(void)host;
	return HTTP_NAME_UNCERTAIN;
}

static bool run(struct probe *p, size_t n, struct err *err)
{
	if (!first_pass(p, n, err) || !second_pass(p, n, err))
		return false;
	held_sort(&p->held);
	held_check_names(&p->held, p->urls, p->stopped ? nobody : p->opt.lookup,
	                 &p->arena);
	p->tally.usual_failures = p->opt.usual_failures;
	held_count(&p->held, &p->feed, &p->tally);
	if (probe_network_down(&p->tally))
		held_blame_network(&p->held, &p->tally, &p->arena);
	if (p->opt.archive.n &&
	    !held_find_copies(&p->held, p->urls, p->http, &p->opt, &p->arena, err))
		return false;
	for (size_t i = 0; i < p->held.n; i++)
		give(p, p->held.items[i].index, &p->held.items[i].answer);
	return true;
}

bool probe_run(struct http *http, const struct probe_options *opt,
               const struct probe_url *urls, size_t n, struct probe_tally *tally,
               struct err *err)
{
	struct probe p = {.http = http, .opt = *opt, .urls = urls};
	int per_host = opt->per_host > 0 ? opt->per_host : 1;
	bool ok;

	p.window = opt->jobs > WINDOW_MIN / 4 ? 4 * (size_t)opt->jobs : WINDOW_MIN;
	feed_init(&p.feed, &p.arena, urls, n, 2 * per_host);
	ok = run(&p, n, err);
	if (tally)
		*tally = p.tally;
	arena_release(&p.scratch);
	arena_release(&p.arena);
	return ok;
}
