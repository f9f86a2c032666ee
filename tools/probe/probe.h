/*
 * probe.h - is a web page still there? Asked politely, judged honestly
 *
 * Three kinds of answers: alive and dead are proved, everything else is unknown, or a warning
 * when the page answers and something is wrong with it. A robot wall, a server out of order and
 * a slow network prove nothing.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "http/http.h"

#include <stddef.h>

enum probe_verdict {
	PROBE_ALIVE,
	PROBE_REDIRECTED, /* permanently, to final_url */
	PROBE_DEAD, /* proved: not found, gone, no such host */
	PROBE_UNKNOWN,
	PROBE_WARNING, /* it answers, but something is wrong */
	PROBE_BLOCKED, /* not asked: scheme, port or address are not allowed */
	PROBE_INVALID, /* no URL */
	PROBE_NOT_CHECKED, /* the run was stopped */
};

/*
 * Classes, by verdict
 *   dead      not-found gone no-host
 *   unknown   robot-wall throttled login forbidden legal client-error server-error
 *             no-connection timeout reset protocol tls redirect dns network
 *   warning   soft-404 parked tls too-many-redirects bad-redirect fragment
 *   blocked   private-address port scheme
 *   invalid   url
 */
struct probe_answer {
	enum probe_verdict verdict;
	int status; /* 0: there was none */
	const char *class; /* "" for alive, redirected and not checked */
	struct str reason; /* for people; may be absent */
	struct str final_url; /* where redirects led, if elsewhere; or absent */
	struct str archived; /* a copy in the archive; or absent */
	struct str etag, modified; /* for If-None-Match, If-Modified-Since; or absent */
};

struct probe_url {
	struct str url;
	const struct str *fragments; /* to be looked for in the page, without "#" */
	size_t fragments_n;
	struct str etag, modified; /* of an earlier answer that was alive; or absent */
};

struct probe_options {
	int jobs, per_host; /* as the client was opened with */
	int redirects; /* followed at most */
	long again_ms; /* between a failure and the second try; at least */
	bool pages; /* look into every page for soft 404s, not only where there is a reason */
	struct str archive; /* "https://web.archive.org": look there for the dead ones */
	long archive_interval_ms; /* between two requests to it */
	/* Whether a name is none; NULL: http_lookup(). */
	enum http_name (*lookup)(const char *host);
	int usual_failures; /* of the last run, in thousandths of the links; -1: not known */
	/* Called once for each of the URLs, in any order; ANSWER is good during the call. */
	void (*told)(void *ctx, size_t index, const struct probe_answer *answer);
	void *ctx;
};

/* What failed, for the question whether it is the network. Hosts are counted once. */
struct probe_tally {
	size_t asked, dead, unreachable;
	size_t hosts, failed_hosts; /* with a failure at least */
	int usual_failures;
};

/*
 * Ask all URLS (N of them) and tell what is with each. What fails is asked a second time when
 * the others are through. Failures in masses are taken for trouble with the network: then they
 * are unknown, of class "network", and TALLY.dead is 0.
 * TALLY  may be NULL
 * Lives: URLS until it returns
 * Fails: ERR_IO
 */
bool probe_run(struct http *http, const struct probe_options *opt,
               const struct probe_url *urls, size_t n, struct probe_tally *tally,
               struct err *err) MUST_CHECK;

/* ---- the pieces, which decide and do nothing else ---- */

enum probe_step {
	PROBE_TELL, /* the answer stands */
	PROBE_GET, /* ask by GET: HEAD proves nothing here */
	PROBE_AGAIN, /* ask again later; if there is no later the answer stands */
};

struct probe_question {
	struct str url; /* as it was asked */
	const char *method;
	const struct str *fragments;
	size_t fragments_n;
	bool pages;
};

/*
 * Judge REPLY to Q.
 * Lives: ANSWER as long as REPLY and A
 */
enum probe_step probe_judge(struct probe_answer *answer, const struct probe_question *q,
                            const struct http_reply *reply, struct arena *a);
/* Whether so much failed that it is the network and not the links. */
bool probe_network_down(const struct probe_tally *t);
