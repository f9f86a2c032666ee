/*
 * feed.h - what releases changed, as an Atom feed
 *
 *     feed_begin(&out, &feed);
 *     for each release, newest first: feed_release(&out, &feed, &r);
 *     feed_end(&out);
 */
#pragma once

#include "base/buf.h"
#include "dataset/about.h"

struct feed {
	const struct about *about;
	struct str default_language;
	/*
	 * Of the commits (git, forty digits or more): that of the first release makes the id of
	 * the feed, which therefore stays, whatever else changes.
	 */
	struct str first_commit;
	struct str date; /* of the newest release, YYYY-MM-DD */
};

/* Entries that a release did one thing to. */
struct feed_change {
	const char *what; /* "added", "revised", ... */
	size_t n; /* how many entries */
	const struct str *ids; /* the first ids_n of them */
	const int *versions; /* theirs */
	size_t ids_n;
};

struct feed_release {
	struct str name, date, commit;
	const struct feed_change
	        *changes; /* changes_n of them; those of none are left out */
	size_t changes_n;
};

/* Source: RFC 4287 */
void feed_begin(struct buf *out, const struct feed *f);
void feed_release(struct buf *out, const struct feed *f, const struct feed_release *r);
void feed_end(struct buf *out);
