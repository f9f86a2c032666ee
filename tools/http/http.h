/*
 * http.h - one client for everything that is asked of the network [libcurl]
 *
 * An event loop in one thread. URLs may come from strangers: only http and https, only public
 * addresses (looked at in the moment of connecting, at every redirect again), only the ports
 * of the web; replies are bounded in header, body, inflated body, redirects and time. Nothing
 * is taken from the environment; cookies live as long as one request. Politeness is part of
 * it: requests in flight and intervals are limited for each host, or by a pace.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "http/address.h"

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

struct http; /* the client */
struct http_job;
struct http_lane;
struct http_reply;

struct http_options {
	struct str user_agent;
	struct str ca_file; /* certificates trusted instead of the system's; or absent */
	struct str proxy; /* absent: none. Behind one, names are resolved by the proxy */
	const struct http_range
	        *allow; /* reachable beside public addresses, on any port */
	size_t allow_n;
	int jobs, per_host; /* requests in flight at most; 1 to LIMIT_HTTP_JOBS */
	long connect_ms, total_ms; /* of one request, its redirects included */
	long interval_ms; /* between two starts on one host; 0: none */
	long retry_after_cap_s; /* pauses that services ask for are cut to this */
	long deadline_ms; /* a http_now_ms() after which it is as after `stop`; 0: none */
	/* Becomes nonzero (in a signal handler): http_run() ends soon. May be NULL. */
	const volatile sig_atomic_t *stop;
};

/*
 * What one service allows, shared by all requests to it. The caller fills it; the client
 * follows the service's rate headers and Retry-After from then on. Belongs to one client and
 * outlives it. Starts are spread evenly, a twentieth wider than asked for.
 */
struct http_pace {
	int concurrent; /* requests in flight; 0: no limit of its own */
	int per_interval; /* starts in each interval_ms; 0: no limit */
	long interval_ms;
	long pause_until; /* monotonic ms; set by Retry-After */
	struct http_lane *lane; /* the client's */
};

struct http_header {
	struct str name, value;
};

struct http_request {
	const char *method; /* "HEAD", "GET", "POST", "PUT", "DELETE" */
	struct str url;
	/*
	 * Sent to the scheme, host and port of `url` only: after a redirect elsewhere all but
	 * Accept and Accept-Language are left out. One with a line end in it is never sent.
	 */
	const struct http_header *headers;
	size_t headers_n;
	struct str body; /* absent: none */
	int body_fd; /* with body_size > 0: this much of the file from its start instead */
	off_t body_size;
	struct http_pace *pace; /* NULL: as the options say for each host */
	size_t keep; /* bytes of the body kept; where more comes the transfer ends */
	int redirects; /* followed by HEAD and GET; 0: a redirect is a reply like others */
	bool http1; /* no HTTP/2 */
	long total_ms; /* 0: as the options say */
	long not_before_ms; /* a http_now_ms(), 0: at once */
	/* Called once. May add requests, this one too. */
	void (*done)(struct http *h, struct http_request *r,
	             const struct http_reply *reply);
	void *ctx; /* the caller's */
	/* the client's */
	struct http_request *next;
	struct http_lane *lane;
	struct http_job *job;
};

enum http_outcome {
	HTTP_REPLIED, /* a whole header, and as much of the body as was asked for */
	HTTP_NO_HOST, /* the name has no address, or the resolver does not answer */
	HTTP_REFUSED, /* no connection */
	HTTP_TIMEOUT,
	HTTP_TLS, /* see http_reply.tls */
	HTTP_RESET, /* the connection broke, or the answer is cut */
	HTTP_PROTOCOL, /* what came is not HTTP */
	HTTP_BLOCKED, /* not allowed by us: see http_reply.bar */
	HTTP_TOO_BIG, /* the header */
	HTTP_REDIRECTS, /* too many */
	HTTP_BAD_URL, /* the URL, or that of a redirect */
	HTTP_STOPPED,
};

enum http_tls {
	HTTP_TLS_NONE,
	HTTP_TLS_EXPIRED,
	HTTP_TLS_NOT_YET, /* valid only from some later day on */
	HTTP_TLS_SELF_SIGNED,
	HTTP_TLS_UNKNOWN_CA,
	HTTP_TLS_WRONG_HOST,
	HTTP_TLS_OTHER,
};

enum http_bar {
	HTTP_BAR_NONE,
	HTTP_BAR_SCHEME,
	HTTP_BAR_PORT,
	HTTP_BAR_ADDRESS,
};

struct http_hop {
	int status;
	struct str url; /* where it led, resolved; without fragment */
	struct str fragment; /* or absent */
};

/* All of it is good during done() only. */
struct http_reply {
	enum http_outcome outcome;
	enum http_tls tls;
	enum http_bar bar;
	int status; /* of the last reply; 0: there was none */
	struct str url; /* that was asked last */
	struct str body;
	bool truncated; /* there was more than `keep` */
	const struct http_header *headers; /* of the last reply, names in lower case */
	size_t headers_n;
	const struct http_hop *hops; /* redirects followed */
	size_t hops_n;
	long retry_after_s; /* not cut to the cap; -1: none */
	struct str reason; /* half a sentence: "the certificate has expired"; or absent */
};

/*
 * Lives: OPT's `allow` and `stop` as long as the client
 * Fails: ERR_IO when libcurl cannot be used, ERR_USAGE for a CA file that cannot be read
 */
bool http_open(struct http **out, const struct http_options *opt,
               struct err *err) MUST_CHECK;
void http_close(struct http *h);
/* Queue R, which stays where it is until its done() has been called. */
void http_add(struct http *h, struct http_request *r);
/*
 * Ask everything that was added, until nothing is left. After `stop` what is left is told
 * HTTP_STOPPED. Replies of 429 and 503 are not repeated: the host or pace is paused, and the
 * caller adds the request again when it wants to.
 * Fails: ERR_IO
 */
bool http_run(struct http *h, struct err *err) MUST_CHECK;
/* The value of header NAME (lower case), the first one; or absent. */
struct str http_header_get(const struct http_reply *r, const char *name);
/* The clock of not_before_ms and pause_until. */
long http_now_ms(void);
/*
 * Seconds to wait by the value of Retry-After, which is a number or a date; -1: neither.
 * now  seconds since 1970
 * Source: RFC 9110, section 10.2.3
 */
long http_retry_after(struct str value, long now);

enum http_name {
	HTTP_NAME_KNOWN,
	HTTP_NAME_NONE, /* there is no such name, say those who must know */
	HTTP_NAME_UNCERTAIN, /* nobody could be asked */
};

/*
 * What the resolver says of HOST, a name in ASCII. HTTP_NO_HOST does not tell a name that is
 * none from a resolver that is silent. Blocks, for some seconds in the worst case.
 */
enum http_name http_lookup(const char *host);
