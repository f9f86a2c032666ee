/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "base/map.h"
#include "diff/diff.h"

/* ---- outline.c: what the paths of one side are to its dataset ---- */

struct outline {
	const struct diff_side *side;
	struct repo *repo;
	struct map
	        shared; /* path -> const enum shared_kind *: files named by stemma.yaml */
	struct str references; /* folder, with a slash behind */
	struct str *schema_folders; /* schema_folders_n of them, with a slash behind */
	size_t schema_folders_n;
};

/* Lives as long as ARENA and SIDE. */
void outline_init(struct outline *out, struct repo *repo, const struct diff_side *side,
                  struct arena *arena);
/* Whether the file PATH (of the repository) is shared, and what it is. */
bool outline_shared(enum shared_kind *out, const struct outline *o, struct str path);

/* A file on one side. */
struct sight {
	struct sight *next; /* of the same entry on the same side */
	struct str path; /* of the repository */
	struct str opened; /* as the side's tree names it */
	struct oid blob;
	const struct collection *collection; /* NULL: a shared file */
	enum shared_kind what;

	/* Set by sight_read(). */
	bool read;
	bool part; /* one of several documents of its file */
	struct str bytes;
	const struct doc_node *root; /* NULL: it is no document */
};

/* ---- list.c: the files of a side that are neither in a commit nor known ---- */

/*
 * Call FN for each file of the dataset on a side that is no commit, hashed; links are left out.
 * Fails: ERR_IO, ERR_LIMIT
 */
typedef void list_fn(void *ctx, struct str path, struct str opened,
                     const struct collection *c, const struct oid *blob);
bool list_files(const struct outline *o, list_fn *fn, void *ctx,
                struct err *err) MUST_CHECK;

/* ---- gather.c: which files differ, by entry ---- */

/* One entry, or one shared file, on both sides. */
struct pair {
	struct str collection, id; /* absent: a shared file */
	struct sight *sights[2]; /* n[] of them; more than one: the id is there twice */
	size_t n[2];
};

struct gathering {
	struct repo *repo;
	struct outline sides[2];
	const struct diff_filter *only;
	struct map entries; /* "collection/id" -> struct pair * */
	struct map files; /* path -> struct pair *, of shared files */
	/* Path -> struct pair *, of files that do not tell by their names what is in them. */
	struct map bundles;
	struct arena *scratch; /* for what is found */
	struct arena *arena; /* for what is read and handed out */
	struct err *err;
};

bool gather(struct gathering *g);
/* The pair that KEY (in the arena of M) names in M, made when it is new. */
struct pair *gather_pair(struct map *m, struct str key);
void pair_add(struct pair *p, int side, struct sight *s);
/* "collection/id" in the scratch arena. */
struct str gather_key(struct gathering *g, struct str collection, struct str id);

/* ---- read.c ---- */

/* Read S of side SIDE once. Fails: ERR_REPO; what is no document is no failure */
bool sight_read(struct gathering *g, int side, struct sight *s) MUST_CHECK;
/* Read all documents of S, a file of several ones, and add each to the pair of its id. */
bool sight_spread(struct gathering *g, int side, struct sight *s) MUST_CHECK;

/* ---- entry.c ---- */

/* The version and state of an entry; left alone when it has none. */
void diff_standing(int *version, const char **state, const struct collection *c,
                   const struct doc_node *root, bool released);
