#include "http/internal.h"

#include <string.h>

void job_tell(struct http_job *job, struct http_reply *reply)
{
	struct http *h = job->http;
	struct http_request *r = job->request;

	reply->url = job->url.text;
	reply->hops = job->hops;
	reply->hops_n = job->hops_n;
	if (reply->outcome != HTTP_REPLIED)
		reply->retry_after_s = -1;
	h->waiting--;
	r->job = NULL;
	r->lane = NULL;
	r->done(h, r, reply);
	/* R may be gone now, or have been added again. */
	job_close(job);
}

/* ---- failures ---- */

static const char *late_reason(struct http_job *job)
{
	curl_off_t connected = 0;

	curl()->easy_getinfo(job->easy, CURLINFO_CONNECT_TIME_T, &connected);
	if (!connected)
		return "no connection came about in time";
	if (!job->header_whole)
		return "no answer came in time";
	return "the answer did not end in time";
}

static enum http_outcome outcome_of(struct http_job *job, CURLcode rc)
{
	if (job->header_too_big)
		return HTTP_TOO_BIG;
	switch (rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return HTTP_NO_HOST;
	case CURLE_COULDNT_RESOLVE_PROXY: /* which says nothing about the host */
	case CURLE_PROXY:
		return HTTP_REFUSED;
	case CURLE_COULDNT_CONNECT:
		return job->bar && !job->sockets ? HTTP_BLOCKED : HTTP_REFUSED;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TIMEOUT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_CACERT_BADFILE:
		return HTTP_TLS;
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
		return HTTP_RESET;
	case CURLE_ABORTED_BY_CALLBACK:
	case CURLE_READ_ERROR:
		return HTTP_RESET;
	case CURLE_URL_MALFORMAT:
		return HTTP_BAD_URL;
	case CURLE_OUT_OF_MEMORY: /* what libcurl calls a line of 2 MB in a header */
		return HTTP_TOO_BIG;
	default:
		return HTTP_PROTOCOL;
	}
}

static const char *reset_reason(const struct http_job *job, CURLcode rc)
{
	if (rc == CURLE_ABORTED_BY_CALLBACK || rc == CURLE_READ_ERROR)
		return "the file that is to be sent cannot be read";
	if (rc == CURLE_GOT_NOTHING)
		return "the connection was closed without an answer";
	if (job->header_whole)
		return "the answer broke off";
	return "the connection broke";
}

static const char *reason_of(struct http_job *job, enum http_outcome outcome, CURLcode rc)
{
	switch (outcome) {
	case HTTP_NO_HOST:
		return "its name leads to no address";
	case HTTP_BLOCKED:
		return bar_reason(job);
	case HTTP_REFUSED:
		return job->http->proxy ? "the proxy does not lead there"
		                        : "it takes no connections";
	case HTTP_TIMEOUT:
		return late_reason(job);
	case HTTP_TLS:
		if (rc == CURLE_SSL_CACERT_BADFILE)
			return "the file of trusted certificates cannot be used";
		return tls_words(tls_kind(job));
	case HTTP_RESET:
		return reset_reason(job, rc);
	case HTTP_TOO_BIG:
		return "the header of its answer is too large";
	case HTTP_BAD_URL:
		return "it is not formed like a URL";
	default:
		return "what it answers is not HTTP";
	}
}

static void fail(struct http_job *job, CURLcode rc)
{
	struct http_reply reply = {.outcome = outcome_of(job, rc), .status = job->status};

	if (reply.outcome == HTTP_BLOCKED)
		reply.bar = job->bar;
	if (reply.outcome == HTTP_TLS)
		reply.tls = tls_kind(job);
	reply.reason = str_of(reason_of(job, reply.outcome, rc));
	job_tell(job, &reply);
}

/* ---- replies ---- */

static void reply_with(struct http_job *job, int status, long retry_after)
{
	struct http_reply reply = {
	        .outcome = HTTP_REPLIED,
	        .status = status,
	        .body = buf_str(&job->body),
	        .truncated = job->truncated,
	        .headers = job->headers,
	        .headers_n = job->headers_n,
	        .retry_after_s = retry_after,
	};

	job_tell(job, &reply);
}

static bool is_broken(CURLcode rc)
{
	return rc == CURLE_RECV_ERROR || rc == CURLE_SEND_ERROR ||
	       rc == CURLE_GOT_NOTHING || rc == CURLE_PARTIAL_FILE;
}

/*
 * Servers that break off over HTTP/2 often do better over HTTP/1.1. libcurl does not tell
 * which of them was spoken when no reply came, so any break over TLS is tried once more.
 */
static bool http2_trouble(struct http_job *job, CURLcode rc)
{
	const char *method = job->request->method;
	long version = 0;

	if (job->http1 || (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0))
		return false;
	if (rc == CURLE_HTTP2 || rc == CURLE_HTTP2_STREAM)
		return true;
	curl()->easy_getinfo(job->easy, CURLINFO_HTTP_VERSION, &version);
	return str_eqz(job->url.scheme, "https") && version != CURL_HTTP_VERSION_1_1 &&
	       is_broken(rc);
}

/* The job leaves its lane's and the client's count of what is in flight. */
static void land(struct http_job *job)
{
	struct http *h = job->http;

	curl()->multi_remove_handle(h->multi, job->easy);
	job->in_multi = false;
	job->spent += http_now_ms() - job->started;
	h->in_flight--;
	job->request->lane->in_flight--;
}

static void conclude(struct http_job *job, CURLcode rc)
{
	long status = 0, retry_after;

	if (job->truncated)
		rc = CURLE_OK;
	if (http2_trouble(job, rc)) {
		job->http1 = true;
		lane_push_front(job->http, job->request);
		return;
	}
	/* libcurl takes a status line followed by nothing for a reply. */
	if (rc == CURLE_OK && !job->header_whole)
		rc = CURLE_RECV_ERROR;
	curl()->easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
	if (rc == CURLE_OK && !status)
		rc = CURLE_WEIRD_SERVER_REPLY;
	if (rc != CURLE_OK) {
		fail(job, rc);
		return;
	}
	job->status = (int)status;
	retry_after = pace_learn(job, job->status);
	if (!redirect_follow(job, job->status))
		reply_with(job, job->status, retry_after);
}

void finish(struct http_job *job, CURLcode rc)
{
	struct http *h = job->http;
	struct http_lane *lane = job->request->lane;

	land(job);
	conclude(job, rc);
	lane_settle(h, lane);
}
