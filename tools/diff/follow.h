/*
 * follow.h - the file of an entry in one commit after the other
 */
#pragma once

#include "base/map.h"
#include "diff/blame.h"

/* The entry's file in a commit. */
struct spot {
	struct str path; /* absent: it is not there */
	struct oid blob;
};

/* What a file of the entry says. */
struct content {
	const struct doc_node *root; /* NULL: it cannot be read */
};

struct follower {
	struct repo *repo;
	const struct collection *collection;
	struct str id;
	struct map contents; /* blob -> struct content * */
	struct arena *arena;
	struct err *err;
};

/*
 * Find the entry in the tree PARENT, whose child CHILD has it at FROM.
 * False: ERR is set.
 */
bool follow(struct spot *out, struct follower *f, const struct oid *parent,
            const struct oid *child, struct str from) MUST_CHECK;
/* The content of BLOB, read when it is asked for first. False: ERR is set. */
bool follow_read(const struct content **out, struct follower *f,
                 const struct oid *blob) MUST_CHECK;
