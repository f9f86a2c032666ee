/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "record/record.h"

/* Where a release keeps its collections; the same for all releases with this stemma.yaml. */
struct layout {
	struct layout *next;
	struct oid config; /* the blob of stemma.yaml */
	struct str path; /* of stemma.yaml: folders count from there */
	struct dataset *dataset; /* for folders, patterns and roles only */
};

/* The layout of RELEASE, read when it is asked for first. NULL: ERR is set. */
const struct layout *release_layout(struct record *r, const struct release *release,
                                    struct err *err);
/* The index of the versioned collection of L that the file PATH (of the repository) is of. */
bool layout_collection(size_t *out, const struct layout *l, struct str path);
/* The index of the collection NAME; false when L has none of that name that is versioned. */
bool layout_find(size_t *out, const struct layout *l, struct str name);
/* release_locate(), with a path that is tried first (absent: none). */
bool locate_near(struct release_file *out, struct record *r,
                 const struct release *release, struct str collection, struct str id,
                 struct str hint, struct arena *arena, struct err *err);
/* published_read() of a file whose history and fingerprint were read. */
void published_from(struct published *out, const struct roles *roles,
                    const struct doc_node *root, const struct history *history,
                    struct str content);

/* ---- known.c: all entries of all releases ---- */

struct known {
	struct str collection, id;
	struct release_step *steps; /* n of them, by release */
	size_t n, cap;
	size_t paths; /* how many it had */
	struct str path; /* in the last release, when asked for; absent: not there */
	bool here; /* for the table: the dataset has a file of it */
	bool moved; /* kept from another run, and another one since */
	bool unsure; /* kept: since when is not known */
};

/*
 * Fill OUT with "collection/id" -> struct known * for every versioned entry that a release has,
 * in the order of paths.
 * PATHS  also where its file is in the last release
 */
bool known_read(struct map *out, struct record *r, bool paths, struct arena *arena,
                struct err *err) MUST_CHECK;
/*
 * Add one entry to OUT (initialised), as it is in the last release: its only step is the first
 * release of the version there.
 */
bool known_read_one(struct map *out, struct record *r, struct str collection,
                    struct str id, struct arena *arena, struct err *err) MUST_CHECK;
/* The key of an entry, in KEY (reset first). */
struct str known_key(struct buf *key, struct str collection, struct str id);
