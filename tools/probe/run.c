#include "probe/internal.h"

#include <string.h>

#include "base/limits.h"

#define WINDOW_MIN 1024 /* URLs handed to the client at the same time */
#define THROTTLED_MAX 3 /* replies of 429 after which a host is left alone, in a pass */

/* A URL being asked. */
struct slot {
	struct http_request request;
	struct http_header headers[3];
	struct probe *probe;
	uint32_t index;
	struct slot *next; /* in the list of free ones */
};

/* An answer that is not given yet. */
struct held {
	uint32_t index;
	bool again; /* to be asked a second time */
	long since; /* monotonic ms of the failure */
	struct probe_answer answer;
};

struct probe {
	struct http *http;
	struct probe_options opt;
	const struct probe_url *urls;
	struct arena arena, scratch;
	struct feed feed;
	struct slot *spare;
	size_t out, window;
	struct held *held;
	size_t held_n, held_cap;
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
		held = &p->held[p->held_of[index]];
	else
		held = arena_push(&p->arena, p->held, p->held_n, p->held_cap);
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
	    p->second ? p->held[p->held_of[index]].since + p->opt.again_ms : 0);
}

/* The host said often enough that it has had enough. */
static void pass_over(struct probe *p, uint32_t index)
{
	struct probe_answer answer = {
	        .verdict = PROBE_UNKNOWN,
	        .class = "throttled",
	        .reason = STR("its host asks for fewer requests; it was not asked"),
	};

	hold(p, index, &answer, true);
	feed_done(&p->feed, index);
}

static void go_on(struct probe *p)
{
	while (p->out < p->window) {
		uint32_t index = feed_take(&p->feed);

		if (index == FEED_NONE)
			return;
		if (p->feed.host_of[index]->throttled >= THROTTLED_MAX)
			pass_over(p, index);
		else
			start(p, index);
	}
}

static void note_host(struct feed_host *host, const struct http_reply *reply)
{
	if (reply->outcome == HTTP_REPLIED && reply->status == 429)
		host->throttled++;
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
	note_host(p->feed.host_of[slot->index], reply);
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
	size_t first = p->held_n;

	p->second = true;
	p->held_of = arena_array(&p->arena, uint32_t, n);
	for (size_t i = 0; i < p->feed.hosts.n; i++)
		((struct feed_host *)p->feed.hosts.items[i].value)->throttled = 0;
	for (size_t i = 0; i < first; i++) {
		p->held_of[p->held[i].index] = (uint32_t)i;
		if (p->held[i].again)
			feed_add(&p->feed, p->held[i].index);
	}
	go_on(p);
	return http_run(p->http, err);
}

/* ---- is it the resolver? ---- */

/* A name is dead when somebody says that there is none, not when nobody says anything. */
static void check_names(struct probe *p)
{
	struct names names;

	names_init(&names, &p->arena, p->opt.lookup);
	for (size_t i = 0; i < p->held_n; i++) {
		struct probe_answer *a = &p->held[i].answer;
		struct str url =
		        a->final_url.s ? a->final_url : p->urls[p->held[i].index].url;

		if (strcmp(a->class, "no-host") != 0 ||
		    (!p->stopped && names_is_none(&names, &p->arena, url)))
			continue;
		a->verdict = PROBE_UNKNOWN;
		a->class = "dns";
		a->reason = STR("its name could not be looked up");
	}
}

/* ---- is it the network? ---- */

static bool is_unreachable(const struct probe_answer *a)
{
	static const char *const classes[] = {"no-host", "dns",   "no-connection",
	                                      "timeout", "reset", "protocol"};

	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (!strcmp(a->class, classes[i]))
			return true;
	/* Somebody between here and everywhere signs for all hosts. */
	return !strcmp(a->class, "tls") && !a->status;
}

static bool is_failure(const struct probe_answer *a)
{
	return a->verdict == PROBE_DEAD || is_unreachable(a);
}

static void count(struct probe *p)
{
	p->tally.hosts = p->feed.hosts.n;
	p->tally.usual_failures = p->opt.usual_failures;
	for (size_t i = 0; i < p->held_n; i++) {
		const struct held *held = &p->held[i];
		struct feed_host *host = p->feed.host_of[held->index];

		if (!is_failure(&held->answer))
			continue;
		if (is_unreachable(&held->answer))
			p->tally.unreachable++;
		else
			p->tally.dead++;
		p->tally.failed_hosts += !host->failed;
		host->failed = true;
	}
}

static void blame_network(struct probe *p)
{
	struct probe_tally *t = &p->tally;
	struct str reason = arena_fmt(&p->arena,
	                              "%zu of %zu links failed at once, which looks like "
	                              "the network here; run it again",
	                              t->dead + t->unreachable, t->asked);

	for (size_t i = 0; i < p->held_n; i++) {
		struct probe_answer *a = &p->held[i].answer;

		if (!is_failure(a))
			continue;
		a->verdict = PROBE_UNKNOWN;
		a->class = "network";
		a->reason = reason;
	}
	t->unreachable += t->dead;
	t->dead = 0;
}

/* ---- the archive ---- */

static bool find_copies(struct probe *p, struct err *err)
{
	struct archive_item items[LIMIT_ARCHIVE_QUESTIONS];
	struct held *dead[LIMIT_ARCHIVE_QUESTIONS];
	size_t n = 0;

	for (size_t i = 0; i < p->held_n && n < LIMIT_ARCHIVE_QUESTIONS; i++) {
		if (p->held[i].answer.verdict != PROBE_DEAD)
			continue;
		dead[n] = &p->held[i];
		items[n++] =
		        (struct archive_item){p->urls[p->held[i].index].url, STR_NONE};
	}
	if (!n)
		return true;
	if (!archive_ask(p->http, &p->opt, items, n, &p->arena, err))
		return false;
	for (size_t i = 0; i < n; i++)
		dead[i]->answer.archived = items[i].copy;
	return true;
}

/* ---- all together ---- */

static bool run(struct probe *p, size_t n, struct err *err)
{
	if (!first_pass(p, n, err) || !second_pass(p, n, err))
		return false;
	check_names(p);
	count(p);
	if (probe_network_down(&p->tally))
		blame_network(p);
	if (p->opt.archive.n && !find_copies(p, err))
		return false;
	for (size_t i = 0; i < p->held_n; i++)
		give(p, p->held[i].index, &p->held[i].answer);
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
