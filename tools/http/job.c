#include "http/internal.h"

#include <stdlib.h>

static struct http_job *job_new(struct http *h)
{
	struct http_job *job = h->spare;

	if (job) {
		h->spare = job->next;
		return job;
	}
	job = mem_alloc(sizeof(*job));
	*job = (struct http_job){.http = h, .easy = curl()->easy_init()};
	if (!job->easy)
		out_of_memory();
	return job;
}

struct http_job *job_open(struct http *h, struct http_request *r)
{
	struct http_job *job = job_new(h);

	if (h->open_n == h->open_cap) {
		h->open_cap = h->open_cap ? 2 * h->open_cap : 64;
		h->open = mem_realloc(h->open, h->open_cap * sizeof(struct http_job *));
	}
	job->index = h->open_n;
	h->open[h->open_n++] = job;
	job->request = r;
	job->body = BUF_INIT(r->keep);
	job->http1 = r->http1;
	r->job = job;
	return job;
}

/* The handle keeps its memory for the next job, and nothing else. */
static void job_clean(struct http_job *job)
{
	struct http *h = job->http;
	CURL *easy = job->easy;
	struct arena arena = job->arena;

	easy_clean(job);
	curl()->slist_free_all(job->header_list);
	buf_release(&job->body);
	arena_reset(&arena);
	*job = (struct http_job){.http = h, .easy = easy, .arena = arena};
}

void job_close(struct http_job *job)
{
	struct http *h = job->http;
	struct http_job *last = h->open[--h->open_n];

	h->open[job->index] = last;
	last->index = job->index;
	job_clean(job);
	job->next = h->spare;
	h->spare = job;
}

void jobs_release(struct http *h)
{
	while (h->spare) {
		struct http_job *job = h->spare;

		h->spare = job->next;
		curl()->easy_cleanup(job->easy);
		arena_release(&job->arena);
		free(job);
	}
}

/* The URL was read when it was added: it can be read again. */
static void first_hop(struct http_job *job)
{
	const char *why;

	if (http_url_parse(&job->first, &job->arena, job->request->url, &why))
		job->url = job->first;
	easy_set(job);
}

void job_start(struct http_job *job)
{
	if (!job->first.text.s)
		first_hop(job);
	job->headers_n = 0;
	job->header_bytes = 0;
	job->header_whole = job->truncated = false;
	job->sockets = 0;
	job->bar = HTTP_BAR_NONE;
	job->sent = 0;
	job->error[0] = '\0';
	buf_reset(&job->body);
	job->started = http_now_ms();
	easy_aim(job);
	job->in_multi = true;
	if (curl()->multi_add_handle(job->http->multi, job->easy) != CURLM_OK)
		out_of_memory();
}

void job_fail(struct http_job *job, enum http_outcome outcome, enum http_bar bar,
              const char *reason)
{
	struct http_reply reply = {
	        .outcome = outcome,
	        .bar = bar,
	        .status = job->status,
	        .reason = str_of(reason),
	};

	job_tell(job, &reply);
}
