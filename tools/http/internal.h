/*
 * internal.h - the client's insides: lanes, jobs, timers
 *
 * A lane is the queue of one host or pace. A job is a request under way, through all of its
 * redirects; between two of them it waits in the lane of the next host.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "http/curl.h"
#include "http/http.h"
#include "http/url.h"

enum lane_state {
	LANE_IDLE, /* empty or full: a push or the end of a job wakes it up */
	LANE_READY,
	LANE_TIMED, /* in the timers */
};

struct http_lane {
	struct http_pace *pace; /* the caller's or `own` */
	struct http_pace own;
	struct http_request *first, *last;
	struct http_lane *next; /* in the list of ready lanes */
	struct http_lane *next_paced; /* in the list of those with a pace of a caller */
	enum lane_state state;
	int in_flight;
	long next_start; /* monotonic ms */
};

struct queue {
	struct http_request *first, *last;
};

/* Of a lane, or of a request that waits outside of its lane. */
struct timer {
	long at;
	struct http_lane *lane;
	struct http_request *request;
};

struct timers {
	struct timer *heap;
	size_t n, cap;
};

struct http_job {
	struct http *http;
	struct http_request *request;
	size_t index; /* in http.open */
	struct http_job *next; /* in the list of spare ones */
	CURL *easy;
	bool in_multi;
	struct curl_slist *header_list;
	struct arena arena; /* for the request with all its redirects */
	struct http_url first, url; /* asked for; asked now */
	struct http_hop *hops;
	size_t hops_n, hops_cap;
	struct http_header *headers;
	size_t headers_n, headers_cap;
	struct buf body;
	size_t header_bytes;
	bool header_whole, header_too_big, truncated;
	int status; /* of the last reply; 0: none yet */
	int sockets; /* opened */
	enum http_bar bar; /* why a socket was not */
	char barred[HTTP_ADDRESS_TEXT];
	int barred_port;
	bool http1; /* HTTP/2 made trouble */
	off_t sent;
	long started, spent; /* monotonic ms; ms of earlier hops */
	char error[CURL_ERROR_SIZE];
};

struct http {
	struct http_options opt;
	const char *ca_file, *user_agent, *proxy; /* terminated */
	struct arena arena; /* lives as long as the client */
	struct arena scratch;
	CURLM *multi;
	CURLSH *share;
	struct map lanes; /* host -> struct http_lane */
	struct http_lane *paced;
	struct http_lane *ready_first, *ready_last;
	struct timers timers;
	struct queue unusable; /* URLs that go to no lane */
	size_t waiting; /* requests added and not done */
	struct http_job **open; /* jobs from start to done */
	size_t open_n, open_cap;
	struct http_job *spare;
	int in_flight;
	bool stopping;
};

/* ---- timer.c ---- */

void timers_push(struct timers *t, struct timer item);
/* Take the earliest one if it is due at NOW. */
bool timers_due(struct timers *t, long now, struct timer *out);

/* ---- lane.c ---- */

struct http_lane *lane_of(struct http *h, struct http_request *r, struct str host);
void lane_push(struct http *h, struct http_request *r);
/* A job goes on before others begin. */
void lane_push_front(struct http *h, struct http_request *r);
/* Put LANE where it belongs: ready, timed or idle. */
void lane_settle(struct http *h, struct http_lane *lane);
/* Start what may start now. */
void lanes_start(struct http *h);
void queue_push(struct queue *q, struct http_request *r);
struct http_request *queue_pop(struct queue *q);

/* ---- job.c ---- */

struct http_job *job_open(struct http *h, struct http_request *r);
void job_close(struct http_job *job);
/* Hand the job's next hop to libcurl. */
void job_start(struct http_job *job);
/* The job is not going to start: tell why. */
void job_fail(struct http_job *job, enum http_outcome outcome, enum http_bar bar,
              const char *reason);
/* Free what was kept for reuse. */
void jobs_release(struct http *h);

/* ---- easy.c ---- */

/* Set what stays the same through all redirects of the job. */
void easy_set(struct http_job *job);
/* Set what its next URL asks for. */
void easy_aim(struct http_job *job);
/* Make the handle ready for another job. */
void easy_clean(struct http_job *job);

/* ---- bar.c ---- */

/* Whether the URL may be asked at all, as far as can be told without its address. */
bool bar_url(struct http_job *job, const struct http_url *url);
/* libcurl's CURLOPT_OPENSOCKETFUNCTION; DATA is the job. */
curl_socket_t bar_socket(void *data, curlsocktype purpose, struct curl_sockaddr *a);
const char *bar_reason(struct http_job *job);

/* ---- header.c ---- */

/* libcurl's CURLOPT_HEADERFUNCTION; DATA is the job. */
size_t header_line(char *bytes, size_t size, size_t n, void *data);
struct str header_find(const struct http_header *headers, size_t n, const char *name);

/* ---- pace.c ---- */

/* When LANE may start its next request. */
long pace_ready(const struct http_lane *lane);
void pace_started(struct http_lane *lane, long now);
/* Take over what the reply's headers say. Returns Retry-After, or -1. */
long pace_learn(struct http_job *job, int status);

/* ---- redirect.c ---- */

/* Whether the reply leads elsewhere: then the job has been queued or failed. */
bool redirect_follow(struct http_job *job, int status);

/* ---- finish.c ---- */

/* libcurl is through with the job's hop. */
void finish(struct http_job *job, CURLcode rc);
void job_tell(struct http_job *job, struct http_reply *reply);

/* ---- tls.c ---- */

enum http_tls tls_kind(struct http_job *job);
const char *tls_words(enum http_tls kind);
