/*
 * deposit.h - a release in a repository that speaks the API of InvenioRDM, such as Zenodo
 *
 * A draft, its reserved DOI, the files with their sums, then publication. Each step looks first
 * at what the service has already, so that a run after a failure goes on where the last one
 * stopped, and nothing is made twice.
 * Source: InvenioRDM REST API, "Drafts and records", "Draft files", "Versions"
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "http/http.h"

struct deposit_file {
	struct str key; /* its name in the record: no '/' in it */
	struct str path; /* where it is (terminated) */
	uint64_t bytes;
};

struct deposit_options {
	struct str api; /* "https://zenodo.org/api" */
	struct str token; /* sent to that host only, never told */
	struct str metadata; /* of the record, as JSON: see describe/imprint.h */
	struct str title, version; /* those in it: a draft left over is known by them */
	/* A record that this is the next version of, or the draft to go on with; or absent. */
	struct str record;
	const struct deposit_file *files; /* files_n of them */
	size_t files_n;
	bool publish; /* else the draft is left for people to look at */
	/* Told as soon as the draft is known, so that the caller can note it; may be NULL. */
	void (*draft)(void *ctx, struct str record);
	/* Told before a file is sent; may be NULL. */
	void (*sending)(void *ctx, const struct deposit_file *file);
	void *ctx;
};

struct deposited {
	struct str record, doi,
	        page; /* doi, page: absent when the service does not say */
	struct str all_doi; /* of all versions together; or absent */
	bool published; /* readers see it */
	bool found; /* it was published before: nothing was done */
	bool resumed; /* the draft was there already */
	size_t sent,
	        kept; /* files sent now, and those that were there with the same sum */
};

/*
 * Take the release to the service with the client H. Waits that the service asks for are kept,
 * up to the client's cap; what fails for a moment is tried LIMIT_DEPOSIT_TRIES times.
 * Lives: OUT as long as ARENA
 * Fails: ERR_CONFIG when the token or the metadata is refused, ERR_IO for all else, in words
 *        that say what the service has by now. ERR_IO when the client was stopped
 */
bool deposit(struct deposited *out, struct http *h, const struct deposit_options *opt,
             struct arena *arena, struct err *err) MUST_CHECK;
