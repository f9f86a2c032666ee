/*
 * record.h - the record of what was published: releases on one branch, versions of entries
 *
 * Each commit of the branch (by configuration: `published`) is one release, linear, made by
 * stemma; its tree holds what readers get. Its message ends with lines that say which release
 * it is:
 *
 *     Release: 2026.06
 *     Date: 2026-06-20
 *     Source: <commit it was made from>
 *     Config: dataset/stemma.yaml
 *
 * An entry is known by its collection and id; its file may move from release to release.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/macro.h"
#include "base/map.h"
#include "dataset/dataset.h"
#include "repo/repo.h"
#include "version/version.h"

struct release {
	struct str name; /* "2026.06" */
	struct str date; /* YYYY-MM-DD */
	struct str config; /* where stemma.yaml is in its tree */
	struct oid commit, tree;
	struct oid
	        source; /* the commit it was made from; zero: its message does not say */
	size_t index; /* 0 is the first one */
	bool preview; /* it is none yet: what a commit (`source` and `commit`) would give */
	struct str notes; /* of a preview, which has no tag that tells them */
};

struct layout;

struct record {
	struct repo *repo;
	const struct dataset *dataset; /* as it is now: names of branch, tag, remote */
	struct arena *arena;
	struct str
	        ref; /* what was read: "refs/heads/published"; absent: no release yet */
	struct str local, remote; /* names of the two references it can stand in */
	const struct release *releases; /* n of them, oldest first */
	size_t n;
	/* Private: stemma.yaml of releases, all that were read, and by index of the release. */
	struct layout *layouts;
	const struct layout **layout_of;
};

/*
 * Read the releases of D from REPO: from the local branch or the remote's, whichever is
 * further. Lives as long as ARENA, REPO and D.
 * Fails: ERR_REPO when the two have diverged, when the clone is too shallow to reach the first
 *        release, or when a commit on the branch is no release
 */
bool record_open(struct record *out, struct repo *repo, const struct dataset *d,
                 struct arena *arena, struct err *err) MUST_CHECK;
/*
 * The same for a branch of releases that no reference leads to yet: it ends with the commit TIP.
 * Fails: ERR_REPO as there
 */
bool record_open_at(struct record *out, struct repo *repo, const struct dataset *d,
                    const struct oid *tip, struct arena *arena,
                    struct err *err) MUST_CHECK;
/* R with LAST behind its releases, which no branch has: only its tree is read. Lives as R. */
struct record record_ahead(const struct record *r, const struct release *last);
/* The release NAME, with or without the tag's prefix, or NULL. */
const struct release *record_find(const struct record *r, struct str name);
/*
 * Whether releases that are not here may be elsewhere: the clone is shallow, or has the remote
 * of the record, or stemma.yaml names one that it has not got.
 */
bool record_may_be_elsewhere(const struct record *r);
/* Whether this repository has the remote that releases are pushed to. */
bool record_has_remote(const struct record *r);
/* The command that brings them, in ARENA: "git fetch origin published:refs/..." */
struct str record_fetch_advice(const struct record *r, struct arena *arena);
/* The name of the tag of release NAME: "v2026.06", in ARENA. */
struct str record_tag(const struct record *r, struct str name, struct arena *arena);
/* What the lines at the end of a release's commit message say; false when it is none. */
bool release_parse(struct release *out, const struct commit *c, struct arena *arena);
/* Append these lines. */
void release_trailer(struct buf *out, const struct release *release);

/*
 * The dataset as RELEASE has it: its stemma.yaml, vocabularies and schemas (not loaded yet).
 * Fails: as dataset_open()
 */
bool release_dataset(struct dataset **out, const struct record *r,
                     const struct release *release, struct arena *arena,
                     struct err *err) MUST_CHECK;

/* ---- entries in releases ---- */

/* A file in a release. */
struct release_file {
	struct str path; /* of the repository */
	struct oid blob;
};

/*
 * Where RELEASE has the entry ID of the collection named COLLECTION.
 * Returns false when it has none, or with ERR set.
 */
bool release_locate(struct release_file *out, struct record *r,
                    const struct release *release, struct str collection, struct str id,
                    struct arena *arena, struct err *err);

/* What differs between a release and the one before it, by entry: a moved file is one change. */
struct release_change {
	struct str collection, id;
	const struct release_file *old, *new; /* NULL on the side that has none */
};
typedef bool release_change_fn(void *ctx, const struct release_change *c,
                               struct err *err);
/*
 * Call FN for each versioned entry that differs between the releases OLD (NULL: nothing) and
 * NEW, sorted by the new path (the old one where there is none). False from FN ends it.
 */
bool release_changes(struct record *r, const struct release *old,
                     const struct release *new, release_change_fn *fn, void *ctx,
                     struct err *err) MUST_CHECK;

/* The same over several releases, entry by entry. */
struct entry_step {
	const struct entry_step *next; /* in a later release */
	const struct release *release; /* what differs between it and the one before */
	const struct release_file *old, *new; /* NULL on the side that has none */
};
struct entry_chain {
	struct str collection, id;
	const struct entry_step *first;
};
struct chains {
	struct entry_chain *items; /* n of them, in no special order */
	size_t n;
	struct arena *arenas; /* one a thread; arenas_n */
	size_t arenas_n;
};
/*
 * Fill OUT with all that differs between each of the releases FROM to TO (indices, TO included)
 * and the one before it. What release_changes() reads once for each pair is read once in all.
 * JOBS   threads; 0: one a core
 * Lives: until chains_release(), and as long as R
 * Fails: as release_changes() for any of them
 */
bool record_chains(struct chains *out, struct record *r, size_t from, size_t to, int jobs,
                   struct err *err) MUST_CHECK;
void chains_release(struct chains *c);
/*
 * The collection that RELEASE itself calls NAME; NULL when it has none, or with ERR set.
 */
const struct collection *release_collection(struct record *r,
                                            const struct release *release,
                                            struct str name, struct err *err);

/* A published file, read: what it says of itself. */
struct published {
	int version; /* whose content it has; 0: none of its lines is about it */
	enum state state; /* published, deprecated or withdrawn */
	size_t sources; /* frozen in the approved line; counted where that has none */
	struct str content; /* the fingerprint */
	struct history history;
};

/* Read DOC, a file of a release, with the roles of its collection. */
void published_read(struct published *out, const struct roles *roles,
                    const struct doc_node *root, struct arena *arena);
/* The same when its fingerprint is known: CONTENT. */
void published_read_as(struct published *out, const struct roles *roles,
                       const struct doc_node *root, struct str content,
                       struct arena *arena);

/*
 * The last line about readers' view of VERSION, which they see in STATE, else its approval; NULL
 * when no line says it.
 */
const struct history_line *published_line(const struct history *h, int version,
                                          enum state state);
/* The day of that line; absent when there is none. */
struct str published_date(const struct history *h, int version, enum state state);

/* One version of one entry, as releases have it. */
struct entry_version {
	int version;
	size_t first, last; /* releases (indices) that carry it as the highest one */
	struct release_file file; /* in the first of them: the bytes as published */
};

struct entry_record {
	struct str collection, id;
	const struct entry_version *versions; /* n of them, ascending */
	size_t n;
	struct release_file newest; /* in the last release; path absent: not there */
};

/*
 * All versions of one entry that any release carries, by bisection: cost goes with the number of
 * versions. OUT has no versions when no release has it.
 */
bool record_entry(struct entry_record *out, struct record *r, struct str collection,
                  struct str id, struct arena *arena, struct err *err) MUST_CHECK;
/* The same; HINT is a path of the repository that is tried first, or absent. */
bool record_entry_near(struct entry_record *out, struct record *r, struct str collection,
                       struct str id, struct str hint, struct arena *arena,
                       struct err *err) MUST_CHECK;
/* What E has of VERSION, or NULL. */
const struct entry_version *entry_version_find(const struct entry_record *e, int version);
/*
 * Read FILE of RELEASE as a document in ARENA; COLLECTION is set to the release's own one.
 * Fails: ERR_REPO, ERR_IO when it is no document
 */
bool release_read(struct doc **out, const struct collection **collection,
                  struct record *r, const struct release *release,
                  struct str collection_name, const struct release_file *file,
                  struct arena *arena, struct err *err) MUST_CHECK;

/* ---- all entries of one release ---- */

/* What an entry is from release INDEX on; the blob is zero where it is not there. */
struct release_step {
	size_t index;
	struct oid blob;
};

/* An entry that a release has, with what releases up to it have of it. */
struct release_entry {
	struct str collection, id;
	struct str path; /* in that release */
	const struct release_step
	        *steps; /* n of them, by release; the last one is there */
	size_t n;
};
/*
 * All versioned entries of the release that R ends with, by collection, then id.
 * Afterwards release_read() may be called from several threads at once.
 * Lives: as long as ARENA
 */
bool record_entries(const struct release_entry **out, size_t *n, struct record *r,
                    struct arena *arena, struct err *err) MUST_CHECK;

/* ---- the versions of one entry, with what its history says of them ---- */

struct log_version {
	int version;
	enum state state;
	struct str date, by, reason, content; /* absent: not known */
	size_t sources; /* frozen where it was approved, else counted now */
	const struct release *release; /* the first that carries it; NULL: none yet */
	const struct history_line *const *events; /* events_n, in order */
	size_t events_n;
};

struct entry_log {
	struct str collection, id;
	const struct log_version *versions; /* n of them, newest first */
	size_t n;
};

/*
 * Fill OUT from ROOT, what the work tree has of the entry (NULL: no such file), and KNOWN, what
 * releases have. The state of a published version is as the history of the work tree has it, so
 * that a withdrawal yet to be released is seen.
 * ROLES  of the collection in the work tree
 * Lives: as long as ARENA, ROOT and R
 * Fails: as release_read()
 */
bool record_log(struct entry_log *out, struct record *r, const struct roles *roles,
                const struct doc_node *root, const struct entry_record *known,
                struct arena *arena, struct err *err) MUST_CHECK;

/* ---- the table of all entries ---- */

/* What the next release carries of an entry; several may hold. */
enum due {
	DUE_ADDED = 1, /* its first version */
	DUE_REVISED = 2, /* a later version */
	DUE_EVENT = 4, /* deprecated, withdrawn or reinstated */
};

struct table_published {
	int version; /* 0: no release has the entry */
	enum state state;
	size_t sources; /* frozen */
	const struct release *release; /* the first that carries this version */
};

struct table_row {
	const struct file *file;
	struct str collection, id;
	bool unreadable; /* no document: all below is empty */
	int version;
	/*
	 * Of the work tree; the public one (published, deprecated, withdrawn), as its history
	 * has it, when its content is what is published.
	 */
	enum state state;
	size_t sources; /* counted now */
	struct table_published published;
	const struct str *changed; /* JSON pointers of what differs from it; changed_n */
	size_t changed_n;
	unsigned due; /* of enum due */
	enum state next; /* DUE_EVENT: how readers see it from the next release on */
	bool stale; /* a version was approved, not released, and edited since */
};

struct table {
	struct table_row *rows; /* n of them, by collection, then id */
	size_t n;
	const struct release *last; /* NULL: there is none */
	const struct str
	        *gone; /* "collection/id" of what it has and the files have not, sorted */
	size_t gone_n;
	size_t read; /* how many files had to be read */
};

/*
 * What the last run found out about all entries of a dataset on the disk, kept in a file of the
 * repository's own folder: files that are as they were need not be read again. It decides how
 * fast a table is made, never what is in it.
 */
struct kept;
/*
 * Lives as long as ARENA, R and D. NULL when nothing can be kept. What is damaged, or about
 * something else, counts as nothing.
 */
struct kept *kept_open(struct record *r, const struct dataset *d, struct arena *arena);
void kept_close(struct kept **k); /* *K may be NULL */
/*
 * Append the entries of all versioned collections, as dataset_files() finds them. Folders that
 * are as they were are not listed again.
 * Fails: as dataset_files()
 */
bool kept_files(struct file_list *out, struct kept *k, struct diag_list *diags,
                struct err *err) MUST_CHECK;

struct table_options {
	bool whole; /* the files are all there are: what is gone is looked for */
	int jobs; /* threads; 0: one a core */
	struct kept *kept; /* that listed the files (`whole`); NULL: all is read */
};

/*
 * Fill OUT with a row for each of FILES, all of them entries of versioned collections of D.
 * Lives: as long as ARENA, R and FILES
 * Fails: ERR_REPO, ERR_IO, ERR_LIMIT
 */
bool record_table(struct table *out, struct record *r, const struct dataset *d,
                  const struct file_list *files, const struct table_options *opt,
                  struct arena *arena, struct err *err) MUST_CHECK;
