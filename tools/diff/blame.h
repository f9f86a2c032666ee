/*
 * blame.h - since when each value of an entry is what it is
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/macro.h"
#include "change/change.h"
#include "dataset/dataset.h"
#include "repo/repo.h"

/* A commit in which the entry got some of its values. */
struct blame_origin {
	struct oid commit; /* zero: not committed */
	struct str author, mail; /* absent when not committed */
	int64_t time; /* seconds since 1970 */
	int offset; /* minutes east of UTC */
	/* Of the entry as the commit has it; 0 and NULL: not versioned. */
	int version;
	const char *state;
	bool older; /* the value may be older: history from there on was not looked at */
};

struct blame_field {
	struct leaf leaf;
	const struct blame_origin *origin;
};

struct blame {
	const struct blame_field *fields; /* n of them, in the order of the content */
	size_t n;
	size_t dropped; /* values past a limit, which are not listed */
};

/* The content whose values are asked for. */
struct blame_start {
	const struct collection *collection;
	struct str id;
	struct str path; /* of its file in COMMIT; absent: it is not there */
	const struct doc *doc;
	const struct oid *commit; /* that history is followed from; NULL: none yet */
	bool committed; /* DOC is what COMMIT has; else it lies in the work tree */
	bool released; /* commits are releases: versions are published ones */
};

/*
 * Find for each value (change_leaves()) of an entry the commit that it came in with: from the
 * first on in which it is there and then never differs. The file is followed when it moves with
 * its id, also to other folders. At a merge a value comes from the first parent that has it. A
 * version that cannot be read is passed over.
 * Lives:  OUT as long as ARENA and START's document
 * Cost:   with the commits looked through, at most LIMIT_BLAME_COMMITS; each different content
 *         is read once
 * Fails:  ERR_REPO. Where a shallow clone ends, and past the limit, values are `older`
 */
bool blame_entry(struct blame *out, struct repo *repo, const struct blame_start *start,
                 struct arena *arena, struct err *err) MUST_CHECK;
