#include "http/internal.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"

#define POLL_MS 200 /* how soon a signal is noticed */

/* ---- open and close ---- */

static const char *terminated(struct http *h, struct str s)
{
	return s.s ? arena_str(&h->arena, s).s : NULL;
}

static bool set_up(struct http *h)
{
	long hosts = h->opt.per_host, kept = 2L * h->opt.jobs;

	/* The library is for programs of one thread at this point; a second call is counted. */
	if (curl()->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return false;
	h->multi = curl()->multi_init();
	h->share = curl()->share_init();
	if (!h->multi || !h->share)
		return false;
	curl()->share_setopt(h->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
	curl()->multi_setopt(h->multi, CURLMOPT_MAX_HOST_CONNECTIONS, hosts);
	curl()->multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, kept);
	return true;
}

static int between(int n, int max)
{
	return n < 1 ? 1 : n > max ? max : n;
}

bool http_open(struct http **out, const struct http_options *opt, struct err *err)
{
	struct http *h = mem_alloc(sizeof(*h));

	*h = (struct http){.opt = *opt};
	h->opt.jobs = between(opt->jobs, LIMIT_HTTP_JOBS);
	h->opt.per_host = between(opt->per_host, LIMIT_HTTP_JOBS);
	h->ca_file = terminated(h, opt->ca_file);
	h->user_agent = terminated(h, opt->user_agent);
	h->proxy = opt->proxy.n ? terminated(h, opt->proxy) : NULL;
	map_init(&h->lanes, &h->arena);
	if (!set_up(h)) {
		http_close(h);
		return err_set(err, ERR_IO, "libcurl cannot be used");
	}
	if (h->ca_file && access(h->ca_file, R_OK) != 0) {
		err_set(err, ERR_USAGE, "the file of certificates %s cannot be read",
		        h->ca_file);
		http_close(h);
		return false;
	}
	*out = h;
	return true;
}

void http_close(struct http *h)
{
	if (!h)
		return;
	jobs_release(h);
	curl()->multi_cleanup(h->multi);
	curl()->share_cleanup(h->share);
	curl()->global_cleanup();
	free(h->open);
	free(h->timers.heap);
	arena_release(&h->scratch);
	arena_release(&h->arena);
	free(h);
}

/* ---- what there is to do ---- */

/* The URL's lane, or NULL when it is not going to be asked. */
static struct http_lane *find_lane(struct http *h, struct http_request *r)
{
	struct http_job check = {.http = h};
	struct http_url url;
	const char *why;

	arena_reset(&h->scratch);
	if (h->stopping || !http_url_parse(&url, &h->scratch, r->url, &why) ||
	    !bar_url(&check, &url))
		return NULL;
	return lane_of(h, r, url.host);
}

void http_add(struct http *h, struct http_request *r)
{
	r->job = NULL;
	h->waiting++;
	r->lane = find_lane(h, r);
	if (!r->lane)
		queue_push(&h->unusable, r);
	else if (r->not_before_ms > http_now_ms())
		timers_push(&h->timers,
		            (struct timer){.at = r->not_before_ms, .request = r});
	else
		lane_push(h, r);
}

static void refuse(struct http *h, struct http_request *r)
{
	struct http_job *job = job_open(h, r);
	const char *why;

	job->url.text = http_url_shown(&job->arena, r->url);
	if (h->stopping)
		job_fail(job, HTTP_STOPPED, HTTP_BAR_NONE, "it was not asked any more");
	else if (http_url_is_foreign(r->url))
		job_fail(job, HTTP_BLOCKED, HTTP_BAR_SCHEME,
		         "only http and https are asked");
	else if (!http_url_parse(&job->first, &job->arena, r->url, &why))
		job_fail(job, HTTP_BAD_URL, HTTP_BAR_NONE, why);
	else if (!bar_url(job, &job->first))
		job_fail(job, HTTP_BLOCKED, job->bar, bar_reason(job));
}

static void refuse_all(struct http *h)
{
	struct http_request *r;

	while ((r = queue_pop(&h->unusable)))
		refuse(h, r);
}

static void wake(struct http *h)
{
	long now = http_now_ms();
	struct timer t;

	while (timers_due(&h->timers, now, &t)) {
		if (t.request) {
			lane_push(h, t.request);
			continue;
		}
		t.lane->state = LANE_IDLE;
		lane_settle(h, t.lane);
	}
}

/* ---- the end before the end ---- */

static void stop_job(struct http *h, struct http_job *job)
{
	if (job->in_multi)
		curl()->multi_remove_handle(h->multi, job->easy);
	job_fail(job, HTTP_STOPPED, HTTP_BAR_NONE, "it was not waited for any longer");
}

static void drop_lane(struct http *h, struct http_lane *lane)
{
	while (lane->first) {
		struct http_request *r = lane->first;

		lane->first = r->next;
		if (!r->job)
			queue_push(&h->unusable, r);
	}
	lane->last = NULL;
}

/* Nothing is waiting anywhere afterwards, and what is added from now on is told at once. */
static void stop(struct http *h)
{
	struct timer t;

	h->stopping = true;
	for (size_t i = 0; i < h->lanes.n; i++)
		drop_lane(h, h->lanes.items[i].value);
	for (struct http_lane *lane = h->paced; lane; lane = lane->next_paced)
		drop_lane(h, lane);
	while (timers_due(&h->timers, LONG_MAX, &t))
		if (t.request)
			queue_push(&h->unusable, t.request);
	while (h->open_n)
		stop_job(h, h->open[h->open_n - 1]);
	refuse_all(h);
}

/* ---- the loop ---- */

static bool read_messages(struct http *h)
{
	bool any = false;
	struct CURLMsg *m;
	int left;

	while ((m = curl()->multi_info_read(h->multi, &left))) {
		struct http_job *job = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl()->easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &job);
		finish(job, m->data.result);
		any = true;
	}
	return any;
}

static int poll_ms(const struct http *h)
{
	long wait = h->timers.n ? h->timers.heap[0].at - http_now_ms() : POLL_MS;

	return wait < 0 ? 0 : wait > POLL_MS ? POLL_MS : (int)wait;
}

static bool step(struct http *h, struct err *err)
{
	int running;
	CURLMcode rc;

	refuse_all(h);
	wake(h);
	lanes_start(h);
	rc = curl()->multi_perform(h->multi, &running);
	if (rc == CURLM_OK && !read_messages(h) && h->waiting)
		rc = curl()->multi_poll(h->multi, NULL, 0, poll_ms(h), NULL);
	if (rc == CURLM_OUT_OF_MEMORY)
		out_of_memory();
	return rc == CURLM_OK ||
	       err_set(err, ERR_IO, "the network: %s", curl()->multi_strerror(rc));
}

static bool must_stop(const struct http *h)
{
	return (h->opt.stop && *h->opt.stop) ||
	       (h->opt.deadline_ms && http_now_ms() >= h->opt.deadline_ms);
}

bool http_run(struct http *h, struct err *err)
{
	while (h->waiting) {
		if (must_stop(h)) {
			stop(h);
			break;
		}
		if (!step(h, err))
			return false;
	}
	return true;
}
