/*
 * internal.h - what the files of this room share
 */
#pragma once

#include "repo/repo.h"

#include <git2.h>
#include <pthread.h>

#define PATH_BYTES 4096

/* A step from a tree by a name that was looked up in it (at.c). */
struct tree_step {
	struct oid tree, id; /* ID is of the object there */
	enum tree_kind kind; /* TREE_NONE: the tree has no such name */
	size_t name_n; /* 0: an empty place */
	char name[80]; /* longer ones are not kept */
};

#define STEPS_KEPT 64

/* A handle of libgit2 for one thread at a time. It knows no work tree and writes nothing. */
struct handle {
	struct handle *next;
	struct repo *repo;
	git_repository *git;
	git_odb *odb;
	struct tree_step steps[STEPS_KEPT];
};

struct repo {
	git_repository *main; /* for writing and configuration, under main_lock */
	pthread_mutex_t main_lock, pool_lock;
	struct handle *idle; /* those that nobody has borrowed */
	struct str git_dir; /* of this work tree, terminated, no slash behind */
	struct str folder, top, cwd;
	bool shallow, partial;
	struct apart *apart; /* NULL: what is written goes into the repository */
};

static inline const git_oid *oid_git(const struct oid *id)
{
	_Static_assert(sizeof(struct oid) == sizeof(git_oid), "both are SHA-1");
	return (const git_oid *)(const void *)id;
}

static inline struct oid oid_of(const git_oid *id)
{
	struct oid out;

	__builtin_memcpy(out.id, id->id, sizeof(out.id));
	return out;
}

/* ---- init.c ---- */

/* Start libgit2, once in a process: it takes milliseconds, so nothing but a door does it. */
void init_git(void);
/* Whether the user trusts the repositories of anybody (safe.directory is "*"). */
bool trusts_everybody(void);

/* ---- handle.c ---- */

/* NULL when no handle can be opened. Given back by handle_return(). */
struct handle *handle_borrow(struct repo *r, struct err *err);
void handle_return(struct handle **h);
/* Add the object folders that the environment names: a server's hook needs the newest. */
void add_object_folders(git_repository *git);
void handles_close(struct repo *r);

/* ---- apart.c ---- */

/* Let ODB see A, which gets what is written to ODB; A NULL: nothing. Returns what libgit2 does. */
int apart_join(struct apart *a, git_odb *odb);
/* After all that joined it are closed; A may be NULL. */
void apart_free(struct apart *a);

/* ---- fail.c: foreign words into ours ---- */

/* What libgit2 said last, or "for an unknown reason". */
const char *git_said(void);
/* An object that should be there is not; always returns false. */
bool fail_missing(const struct repo *r, const git_oid *id, struct err *err);
/* The same for a file's content, as the reason why it cannot be read. */
const char *why_missing(const struct repo *r);
/*
 * libgit2 answered CODE when it was to DO something ("read the history"); ID is the object in
 * question or NULL. Always returns false.
 */
bool fail_git(const struct repo *r, int code, const git_oid *id, struct err *err,
              const char *action);
bool fail_open(int code, struct str dir, struct arena *arena, struct err *err);

/* ---- place.c ---- */

/* A path of the repository, in a place of its own. */
struct place {
	char s[PATH_BYTES];
	size_t n;
};

/* As repo_path(), without an arena. */
bool place_of(struct place *out, const struct repo *r, struct str path);
/* PATH is the repository's already: only "." and ".." are folded. */
bool place_at_top(struct place *out, struct str path);

/* ---- raw.c ---- */

/* The entries of a tree's bytes. */
struct raw {
	struct str rest; /* what is left of the bytes */
	struct str name;
	enum tree_kind kind;
	struct oid id;
};

/*
 * Read TREE, whose bytes live in OUT (to be freed). Returns what libgit2 does; GIT_EPEEL when
 * the object is no tree.
 */
int raw_open(git_odb_object **out, struct raw *r, struct handle *h,
             const struct oid *tree);
/*
 * The next entry: "100644 name\0" and twenty bytes. False at the end, or (with BAD set) where it
 * is none.
 */
bool raw_next(struct raw *r, bool *bad);

/* ---- files.c ---- */

enum tree_kind kind_of_mode(unsigned mode);
/* Why a file of KIND cannot be read; NULL when it can. */
const char *why_unreadable(enum tree_kind kind);
void items_sort(struct tree_items *items);
/* Read the blob ID as a source. */
enum source_status read_blob(struct repo *r, struct source *out, struct buf *buf,
                             struct str path, const git_oid *id, const char **why);

/* ---- index.c ---- */

/* The index that git would use now: GIT_INDEX_FILE, else the work tree's own. */
bool index_open(git_index **out, struct repo *r, struct arena *arena, struct err *err);

/* ---- free functions for CLEANUP ---- */

#define FREE_FUNCTION(name, type, call) \
	static inline void name(type **p) \
	{ \
		if (*p) \
			call(*p); \
	}

FREE_FUNCTION(free_object, git_object, git_object_free)
FREE_FUNCTION(free_commit, git_commit, git_commit_free)
FREE_FUNCTION(free_tree, git_tree, git_tree_free)
FREE_FUNCTION(free_entry, git_tree_entry, git_tree_entry_free)
FREE_FUNCTION(free_reference, git_reference, git_reference_free)
FREE_FUNCTION(free_signature, git_signature, git_signature_free)
FREE_FUNCTION(free_raw, git_odb_object, git_odb_object_free)
FREE_FUNCTION(free_index, git_index, git_index_free)
FREE_FUNCTION(free_config, git_config, git_config_free)
FREE_FUNCTION(free_builder, git_treebuilder, git_treebuilder_free)

#undef FREE_FUNCTION

static inline void unlock(pthread_mutex_t **lock)
{
	(void)pthread_mutex_unlock(*lock);
}

/* Hold LOCK until the block ends. */
#define HOLD(lock) \
	CLEANUP(unlock) pthread_mutex_t *held = (lock); \
	(void)pthread_mutex_lock(held)
