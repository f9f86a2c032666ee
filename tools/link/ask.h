/*
 * ask.h - ask the network about a set
 */
#pragma once

#include "http/http.h"
#include "link/link.h"
#include "link/memory.h"

struct link_ask_options {
	struct http_options http;
	const struct link_policy *policy;
	struct link_memory *memory; /* NULL: there is none */
	int64_t now; /* seconds since 1970 */
	struct str today; /* the same as a day */
	long arxiv_interval_ms,
	        retry_ms; /* as in struct registry_options; 0: the usual */
	bool fragments; /* look for them in pages */
	bool wayback; /* look for copies of dead links */
	/* After each answer: how many there are, of how many. May be NULL. */
	void (*progress)(void *ctx, size_t done, size_t total);
	/*
	 * For each record that a registry gave: the DOI (canonical) it is of, canonical CSL-JSON,
	 * the agency, and the day of the answer. All of it is good during the call. May be NULL.
	 */
	void (*record)(void *ctx, struct str doi, struct str csl, struct str agency,
	               struct str day);
	void *ctx;
};

/*
 * Fill in the verdicts of SET: from the memory, and of what that does not know by asking. What
 * has no good form is left as it is. After a stop, or when the time was up, SET->interrupted is
 * true, and what was not answered is not checked.
 * Fails: ERR_IO, ERR_USAGE when the network cannot be used at all
 */
bool link_ask(struct link_set *set, const struct link_ask_options *opt,
              struct err *err) MUST_CHECK;
