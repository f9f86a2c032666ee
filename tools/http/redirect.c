#include "http/internal.h"

#include <string.h>

static bool is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 ||
	       status == 308;
}

static bool may_follow(const struct http_request *r)
{
	return r->redirects > 0 &&
	       (!strcmp(r->method, "HEAD") || !strcmp(r->method, "GET"));
}

static void add_hop(struct http_job *job, int status)
{
	struct http_hop *hop =
	        arena_push(&job->arena, job->hops, job->hops_n, job->hops_cap);

	*hop = (struct http_hop){status, job->url.text, job->url.fragment};
}

static void go(struct http_job *job, int status, const struct http_url *to)
{
	struct http_request *r = job->request;

	job->url = *to;
	add_hop(job, status);
	if (!bar_url(job, to)) {
		job_fail(job, HTTP_BLOCKED, job->bar, bar_reason(job));
		return;
	}
	r->lane = lane_of(job->http, r, to->host);
	lane_push_front(job->http, r);
}

bool redirect_follow(struct http_job *job, int status)
{
	struct str location = header_find(job->headers, job->headers_n, "location");
	struct http_url to;
	const char *why;

	if (!is_redirect(status) || !location.n || !may_follow(job->request))
		return false;
	if (job->hops_n >= (size_t)job->request->redirects) {
		job_fail(job, HTTP_REDIRECTS, HTTP_BAR_NONE,
		         arena_fmt(&job->arena, "more than %d redirects",
		                   job->request->redirects)
		                 .s);
		return true;
	}
	if (http_url_is_foreign(location))
		job_fail(job, HTTP_BLOCKED, HTTP_BAR_SCHEME,
		         "it redirects to what is neither http nor https");
	else if (!http_url_resolve(&to, &job->arena, &job->url, location, &why))
		job_fail(job, HTTP_BAD_URL, HTTP_BAR_NONE,
		         arena_fmt(&job->arena, "it redirects to what is no URL: %s", why)
		                 .s);
	else
		go(job, status, &to);
	return true;
}
