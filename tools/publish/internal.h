/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "publish/publish.h"

/* ---- plan.c ---- */

/* Something stands in the way; TEXT is formatted into the plan's arena. */
void plan_obstacle(struct release_plan *p, struct str where, const char *fmt, ...)
        PRINTF_FORMAT(3, 4);
/* The file PATH becomes BLOB (NULL: it goes away). */
void plan_edit(struct release_plan *p, struct str path, const struct oid *blob);
/*
 * Read the blob of PATH as a document in ARENA. OUT is NULL when it is none.
 * Fails: as repo_blob()
 */
bool plan_read(const struct doc **out, struct release_plan *p, struct str path,
               const struct oid *blob, const struct doc_options *opt, struct arena *arena,
               struct err *err) MUST_CHECK;

/* ---- roster.c ---- */

/* An entry in the release before and in the source; path absent: not there. */
struct roster_item {
	struct str collection, id;
	struct release_file old, new;
	const struct collection *old_collection, *new_collection;
	struct str twin; /* another file of the source with this id; absent: none */
};

struct roster {
	struct map by_key;
	struct roster_item **items; /* n of them, by collection and id */
	size_t n;
};

/* List the versioned entries of the trees OLD (NULL: none) and NEW. Fails: as repo_diff() */
bool roster_read(struct roster *out, struct release_plan *p, const struct oid *old,
                 const struct oid *new, struct err *err) MUST_CHECK;
/* Whether both sides are the same file. */
bool roster_same(const struct roster_item *item);

/* ---- decide.c ---- */

/*
 * What the release does with ITEM: an entry of the plan with its edits, an obstacle, or
 * nothing. The file that the release will have is put into *OUT; path absent: none.
 */
bool plan_entry(struct release_file *out, struct release_plan *p,
                const struct roster_item *item, struct err *err) MUST_CHECK;

/* ---- shared.c ---- */

/*
 * Shared files: edits, changes, obstacles. D and OLD: the datasets of the source and of the
 * release before (NULL: none); SOURCE: the tree of the source.
 */
bool plan_shared(struct release_plan *p, struct dataset *d, struct dataset *old,
                 const struct oid *source, struct err *err) MUST_CHECK;

/* ---- tally.c ---- */

/*
 * Begin to count: from what the release before says of itself, when SAME_CONFIG, else from its
 * entries, of which those that stay as they are must be told by tally_unchanged().
 */
bool tally_begin(struct release_plan *p, bool same_config, struct err *err) MUST_CHECK;
bool tally_unchanged(struct release_plan *p, const struct roster_item *item,
                     struct err *err) MUST_CHECK;
/* OLD and NEW are the contents of both sides; OLD NULL: it was not there. */
void tally_planned(struct release_plan *p, const struct planned_entry *e,
                   const struct doc_node *old, const struct doc_node *new);
void tally_end(struct release_plan *p);

/* ---- manifest.c ---- */

/* One entry of the delta as JSON. */
void manifest_entry(struct buf *out, const struct planned_entry *e);

/* ---- check.c ---- */

/* Check the files of the tree that the plan makes. */
bool plan_check(struct release_plan *p, const struct release_file *files, size_t n,
                struct err *err) MUST_CHECK;

/* ---- sign.c ---- */

/* What git said, for the end of a sentence. */
struct str git_words(struct str talk);
/* A signed commit; a signed tag with its reference. Fails: ERR_REPO in git's words */
bool sign_commit(struct oid *out, struct repo *r, const struct oid *tree,
                 const struct oid *parent, int64_t time, struct str message,
                 struct arena *arena, struct err *err) MUST_CHECK;
bool sign_tag(struct repo *r, struct str tag, const struct oid *commit, int64_t time,
              struct str notes, struct arena *arena, struct err *err) MUST_CHECK;
