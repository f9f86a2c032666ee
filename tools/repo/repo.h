/*
 * repo.h - one git repository: commits, trees, blobs, references [libgit2]
 *
 * Objects are named by struct oid (SHA-1). Paths inside of trees are those of the repository,
 * with '/', without a slash in front or behind. Nothing here knows what an entry is.
 *
 * Reading is safe from several threads at once: each call borrows a handle of its own from a
 * pool (a shared object database is slower with two threads than with one). Writing is for
 * one thread. Hash checking is off for reading unless repo_check_hashes(true) was called.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/macro.h"
#include "base/str.h"
#include "base/tree.h"

struct repo;

struct oid {
	unsigned char id[20];
};

#define OID_HEX 40

bool oid_eq(const struct oid *a, const struct oid *b);
bool oid_is_zero(const struct oid *a);
/* Forty hexadecimal digits in ARENA; the first N of them. */
struct str oid_hex(const struct oid *a, size_t n, struct arena *arena);
/* Returns false when TEXT is not forty hexadecimal digits. */
bool oid_parse(struct oid *out, struct str text);

/* ---- the repository ---- */

/*
 * Open the repository that the folder DIR lies in (a linked work tree counts; GIT_DIR and
 * GIT_WORK_TREE of the environment are obeyed as git does, so hooks work).
 * Fails: ERR_REPO, in a curator's words, with what to do: no repository; SHA-256 or reftable
 *        repository; another owner's (with the `git config --global --add safe.directory`
 *        line); cannot be read
 */
bool repo_open(struct repo **out, struct str dir, struct arena *arena,
               struct err *err) MUST_CHECK;
void repo_close(struct repo *r); /* R may be NULL */
/* Read a repository with (true) or without hash checking; process-wide. */
void repo_check_hashes(bool on);
bool repo_is_bare(const struct repo *r);
bool repo_is_shallow(const struct repo *r);
/* The .git folder (of the main work tree: where refs and kept files live), no slash behind. */
struct str repo_folder(const struct repo *r);
/* That of this work tree, which for a linked one is a folder of its own. */
struct str repo_own_folder(const struct repo *r);
/* The top of the work tree as a real path without a slash behind; absent when bare. */
struct str repo_top(const struct repo *r);
/*
 * PATH, as a user in the current folder types it, as a path of the repository in ARENA ("" is
 * the top). Works without the file being there. Absent when it leads out of the work tree. In
 * a bare repository PATH counts from the top.
 */
struct str repo_path(const struct repo *r, struct str path, struct arena *arena);
/* The value of a configuration key, or absent. */
struct str repo_config(const struct repo *r, const char *key, struct arena *arena);
/*
 * "Name <address>" as git would write into a commit made now: environment
 * (GIT_COMMITTER_NAME, ...), then configuration.
 * Fails: ERR_REPO with the two `git config` lines that set it
 */
bool repo_identity(struct str *out, const struct repo *r, struct arena *arena,
                   struct err *err) MUST_CHECK;

/* ---- commits and references ---- */

struct commit {
	struct oid id, tree;
	const struct oid *parents; /* parents_n of them */
	size_t parents_n;
	struct str author, author_mail, message;
	int64_t time; /* of the author, seconds since 1970 */
	int64_t committed; /* the same of the committer */
	int offset; /* minutes east of UTC */
};

/*
 * The commit that REV names (a branch, a tag, a hash, HEAD~2).
 * Fails: ERR_USAGE when there is none, with the nearest branch or tag; ERR_REPO (unborn
 *        branch, object missing: shallow or partial clone, with the command that fetches it)
 */
bool repo_resolve(struct oid *out, struct repo *r, struct str rev, struct arena *arena,
                  struct err *err) MUST_CHECK;
/* The object the reference NAME ("refs/heads/x") points at, tags not peeled; false: none. */
bool repo_ref(struct oid *out, struct repo *r, const char *name);
/* Peel a tag (or leave a commit) to its commit; false when it is none. */
bool repo_peel(struct oid *commit, struct repo *r, const struct oid *object);
/* The message of the annotated tag NAME, in ARENA; false when there is no such tag. */
bool repo_tag_message(struct str *out, struct repo *r, struct str name,
                      struct arena *arena);
/* Call FN for each reference whose name matches GLOB ("refs/tags/v*"), sorted by name. */
typedef bool repo_ref_fn(void *ctx, struct str name, const struct oid *target);
bool repo_refs(struct repo *r, const char *glob, repo_ref_fn *fn, void *ctx,
               struct err *err) MUST_CHECK;
bool repo_commit(struct commit *out, struct repo *r, const struct oid *id,
                 struct arena *arena, struct err *err) MUST_CHECK;
/* Whether A is B or one of its ancestors. Fails: ERR_REPO (a shallow clone cannot tell) */
bool repo_is_ancestor(bool *out, struct repo *r, const struct oid *a, const struct oid *b,
                      struct err *err) MUST_CHECK;
/* The best common ancestor of A and B; FOUND is false when there is none. Fails: ERR_REPO */
bool repo_merge_base(struct oid *out, bool *found, struct repo *r, const struct oid *a,
                     const struct oid *b, struct err *err) MUST_CHECK;
/* Whether the object is here: all of it may be elsewhere. */
bool repo_has(struct repo *r, const struct oid *id);
/*
 * Call FN for FROM and all its ancestors that are not ancestors of (or) HIDE (may be NULL),
 * children before parents, newest first; false from FN ends the walk.
 */
typedef bool repo_commit_fn(void *ctx, const struct oid *id);
bool repo_walk(struct repo *r, const struct oid *from, const struct oid *hide,
               repo_commit_fn *fn, void *ctx, struct err *err) MUST_CHECK;

/* ---- trees and blobs ---- */

/* What TREE holds at PATH, and its object; TREE_NONE when nothing. "" is TREE itself. */
enum tree_kind repo_at(struct oid *out, struct repo *r, const struct oid *tree,
                       struct str path);
/* The blob's bytes into OUT (reset first). Fails: ERR_REPO; ERR_LIMIT past OUT's maximum */
bool repo_blob(struct buf *out, struct repo *r, const struct oid *blob,
               struct err *err) MUST_CHECK;
/*
 * Call FN for every file below the folder BELOW ("" is all) whose blob or mode differs between
 * two trees (NULL: the empty tree), in the order of paths. Equal subtrees are not read. False
 * from FN ends it.
 * old, new  NULL on the side that has no such file
 */
struct repo_change {
	struct str path; /* of the repository; good during the call */
	const struct oid *old, *new;
	bool old_link, new_link; /* a symbolic link or submodule, no regular file */
};
typedef bool repo_change_fn(void *ctx, const struct repo_change *c);
bool repo_diff(struct repo *r, const struct oid *old_tree, const struct oid *new_tree,
               struct str below, repo_change_fn *fn, void *ctx,
               struct err *err) MUST_CHECK;

/*
 * The same between OLD_TREE and what is staged, or what lies in the work tree (with files that
 * are not tracked, without those that are ignored). `new` says that there is something; its id
 * may be unknown.
 */
bool repo_diff_index(struct repo *r, const struct oid *old_tree, repo_change_fn *fn,
                     void *ctx, struct err *err) MUST_CHECK;
bool repo_diff_work(struct repo *r, const struct oid *old_tree, repo_change_fn *fn,
                    void *ctx, struct err *err) MUST_CHECK;
/* The commits that are being merged into HEAD, in ARENA; returns how many (0: no merge). */
size_t repo_merge_heads(struct oid **out, struct repo *r, struct arena *arena);

/*
 * What a path is over many trees: from tree INDEX on, ID (zero: no regular file is there),
 * until the next step.
 */
struct repo_step {
	size_t index;
	struct oid id;
};
/*
 * Call FN for every path that is a regular file in one of N TREES, with its steps, in the order
 * of paths. Folders that are the same in trees next to each other are read once. False from FN
 * ends it.
 */
typedef bool repo_steps_fn(void *ctx, struct str path, const struct repo_step *steps,
                           size_t n);
bool repo_steps(struct repo *r, const struct oid *trees, size_t n, repo_steps_fn *fn,
                void *ctx, struct err *err) MUST_CHECK;
/*
 * The same for the part PART of PARTS: where many folders lie in one, they are dealt out. All
 * parts together tell each path once; threads can share the work.
 */
bool repo_steps_part(struct repo *r, const struct oid *trees, size_t n, size_t part,
                     size_t parts, repo_steps_fn *fn, void *ctx,
                     struct err *err) MUST_CHECK;

/*
 * The files of TREE, and those of the index, as a struct tree for base/tree.h. Paths are a
 * user's, as for repo_path(). Symbolic links and submodules are TREE_LINK and TREE_OTHER.
 * Lives: as long as ARENA and R
 */
const struct tree *repo_tree(struct repo *r, const struct oid *tree, struct arena *arena);
/* The same with paths of the repository: "dataset/stemma.yaml" wherever the user stands. */
const struct tree *repo_tree_at_top(struct repo *r, const struct oid *tree,
                                    struct arena *arena);
/*
 * The index may come from GIT_INDEX_FILE, as in `git commit -a`. An unmerged path is unreadable
 * ("has merge conflicts"). Fails: ERR_REPO
 */
bool repo_index(const struct tree **out, struct repo *r, struct arena *arena,
                struct err *err) MUST_CHECK;
/* The tree object that the index would be committed as, written. Fails: ERR_REPO (conflicts) */
bool repo_index_write_tree(struct oid *out, struct repo *r, struct err *err) MUST_CHECK;
/* The id BYTES would have as a blob; nothing is written. */
struct oid repo_hash(struct str bytes);

/* ---- writing: objects first, references last ---- */

/*
 * From now on objects that are written through R are kept in memory, seen by R only, and gone
 * with it: the repository gets nothing, and may be read-only. To be called while nobody else
 * reads from R.
 * Fails: ERR_REPO
 */
bool repo_write_apart(struct repo *r, struct err *err) MUST_CHECK;

/*
 * Call EACH for every file of the work tree that differs from HEAD or is not tracked, as
 * git-status(1) has it: STATE is its two letters ("Porcelain Format Version 1"), PATH from the top.
 * Both are good during the call; false from EACH, which has set ERR, ends it.
 * Fails: ERR_REPO when git does not say it
 */
bool repo_changed(struct repo *r,
                  bool (*each)(void *ctx, struct str state, struct str path), void *ctx,
                  struct err *err) MUST_CHECK;
/*
 * The commit that would hold the files on the disk: HEAD's with all that `git status` names,
 * untracked files too, written apart (which R does from now on). HEAD itself when nothing
 * differs. The same whoever asks, and whenever: its day is that of HEAD. What lies in the folder
 * EXCEPT, a path as for repo_path(), stays as HEAD has it. R is not bare.
 * Fails: ERR_REPO (no commit yet, merge conflicts, git is not installed), ERR_IO, ERR_LIMIT
 */
bool repo_work_commit(struct oid *out, struct repo *r, struct str except,
                      struct err *err) MUST_CHECK;

bool repo_write_blob(struct oid *out, struct repo *r, struct str bytes,
                     struct err *err) MUST_CHECK;
/* One file of a tree to be made; REMOVED: it is taken away. */
struct repo_edit {
	struct str path;
	struct oid blob;
	bool removed;
};
/*
 * Write the tree that BASE (NULL: empty) becomes by N EDITS, which are sorted by path (byte
 * order) and without repetition. Folders come and go as needed.
 */
bool repo_write_tree(struct oid *out, struct repo *r, const struct oid *base,
                     const struct repo_edit *edits, size_t n, struct err *err) MUST_CHECK;
/* WHO: "Name <address>"; committer and author; TIME in seconds since 1970, UTC. */
bool repo_write_commit(struct oid *out, struct repo *r, const struct oid *tree,
                       const struct oid *parent, struct str who, int64_t time,
                       struct str message, struct err *err) MUST_CHECK;
/* An annotated tag object that no reference names yet. NAME without "refs/tags/". */
bool repo_write_tag(struct oid *out, struct repo *r, struct str name,
                    const struct oid *commit, struct str who, int64_t time,
                    struct str message, struct err *err) MUST_CHECK;
/*
 * Point reference NAME at TO if it points at FROM now (NULL: if it does not exist now); LOG for
 * the reflog. Fails: ERR_MOVED when it does not; ERR_REPO, with the name of a left-over .lock
 */
bool repo_move_ref(struct repo *r, const char *name, const struct oid *from,
                   const struct oid *to, const char *log, struct err *err) MUST_CHECK;

/* ---- git itself, for what libgit2 does not do: signing, atomic push, transport ---- */

/*
 * Run `git ARGS...` (NULL at the end) in the repository, INPUT on its stdin. STATUS is its exit
 * status; stdout goes to OUT (may be NULL) and stderr to TALK (may be NULL), both reset first.
 * Fails: ERR_REPO when git is not installed or cannot be run; a status other than 0 is none
 */
bool repo_git(struct repo *r, const char *const *args, struct str input, struct buf *out,
              struct buf *talk, int *status, struct err *err) MUST_CHECK;
