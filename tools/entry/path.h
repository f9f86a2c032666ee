/*
 * path.h - paths into an entry: JSON pointers in which a star stands for every item
 *
 * The steps "sources", star, "doi" lead to the DOIs of all sources. A star steps into each
 * item of a list or each value of a map; a literal key "*" is written "~2". The rest is
 * RFC 6901.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "doc/doc.h"

#define PATH_STEPS 16

struct path_step {
	bool each;
	struct str key;
	uint64_t hash;
};

/* A compiled path. {0} is the path "", which is the node itself. */
struct path {
	struct str text;
	size_t n;
	struct path_step steps[PATH_STEPS];
};

/*
 * Compile TEXT ("" or starting with "/"). The steps live in ARENA, TEXT is kept.
 * Fails: ERR_CONFIG when it is no pointer or has more than PATH_STEPS steps
 */
bool path_compile(struct path *out, struct str text, struct arena *arena,
                  struct err *err) MUST_CHECK;

/* Whether P may lead to several nodes. */
bool path_many(const struct path *p);

/* Walks the nodes a path leads to, in the order of the document. */
struct path_iter {
	const struct path *path;
	const struct doc_node *stack[PATH_STEPS + 1]; /* stack[0] is the root */
	uint32_t at[PATH_STEPS]; /* item or member taken at each step */
	const struct doc_node *node; /* where it stands now */
	bool started;
};

struct path_iter path_iter(const struct path *path, const struct doc_node *root);
/* Go to the next node; false when there is none. */
bool path_next(struct path_iter *it);
/* The key in front of the node, or NULL when it is an item of a list or the root. */
const struct doc_member *path_key(const struct path_iter *it);
/*
 * The JSON pointer of the node it stands on, in ARENA; of what it lies in when it would be
 * longer than LIMIT_POINTER_BYTES.
 */
struct str path_pointer(const struct path_iter *it, struct arena *arena);
/* The first node of a path, or NULL; PATH may be NULL. */
const struct doc_node *path_first(const struct path *path, const struct doc_node *root);
