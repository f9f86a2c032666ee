/*
 * publish.h - releases: what the next one carries, and how it is made
 *
 * A release is made from a commit: entries at their highest approved version, shared files as
 * they are there. It becomes one commit on the branch of releases, whose tree is that of the
 * release before with what differs, and one annotated tag. Objects are written first, then the
 * tag (from then on the release is made), then the branch.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/macro.h"
#include "change/change.h"
#include "dataset/dataset.h"
#include "record/record.h"
#include "repo/repo.h"
#include "version/version.h"

/* ---- names ---- */

/* How much a release changes, for names by semantic versioning. */
enum release_level { LEVEL_PATCH, LEVEL_MINOR, LEVEL_MAJOR };

/* "patch", "minor", "major". */
const char *release_level_name(enum release_level level);
/*
 * The numbers of the release name TEXT: year, month and count, or major, minor and patch.
 * Returns false when it is none: 2026.06, 2026.06.1; SEMVER: 1.2.0.
 */
bool release_name_parse(int out[3], bool semver, struct str text);
/* <0, 0, >0. */
int release_name_cmp(const int a[3], const int b[3]);
/*
 * The least name that may follow LAST (NULL: it is the first) on the day DATE, in ARENA.
 * Returns false when DATE's month is before that of LAST, which OUT then continues.
 */
bool release_name_next(struct str *out, bool semver, const int *last,
                       enum release_level level, struct str date, struct arena *arena);
/*
 * What a schema's change means for data that was valid: MAJOR when a keyword is gone or is
 * another one, MINOR when properties, definitions or values were added, else PATCH.
 * OLD, NEW  NULL: there is none
 */
enum release_level schema_level(const struct doc_node *old, const struct doc_node *new);

/* ---- what a release carries ---- */

/* PLANNED(symbol, name): what happens to an entry, told as one thing. */
#define PLANNED_CHANGES(PLANNED) \
	PLANNED(PLANNED_ADDED, added) \
	PLANNED(PLANNED_REVISED, revised) \
	PLANNED(PLANNED_DEPRECATED, deprecated) \
	PLANNED(PLANNED_WITHDRAWN, withdrawn) \
	PLANNED(PLANNED_REINSTATED, reinstated) \
	PLANNED(PLANNED_MOVED, moved) /* only its file */

#define PLANNED(symbol, name) symbol,
enum planned_change { PLANNED_CHANGES(PLANNED) PLANNED_KINDS };
#undef PLANNED

/* "added", ... */
const char *planned_change_name(enum planned_change c);

/* An entry as one release has it. */
struct planned_side {
	struct release_file file; /* path absent: not there */
	const struct doc *doc; /* NULL when there is no old one to compare it with */
	const struct collection *collection;
	int version; /* 0: not there */
	enum state state;
	size_t sources;
};

/* An entry that differs from the release before. */
struct planned_entry {
	struct str collection, id;
	enum planned_change change;
	struct planned_side old, new;
	struct str content; /* the fingerprint of the new one */
	struct str name; /* in the default language; absent: it has none */
	/* lines_n that the release before lacks; none when `added` without public events */
	const struct history_line *lines;
	size_t lines_n;
};

/* A shared file that differs. */
struct planned_file {
	struct file_change change;
	struct oid old, new; /* zero: not there */
};

/* How often a value stands at PATH, which is bound to a vocabulary. */
struct tally_term {
	struct str collection, path, term;
	size_t before, now;
};

/* What the release before counts, and this one. */
struct tally {
	size_t entries, sources, states[STATES_N];
};

/* Something that stands in the way of the release, and what to do about it. */
struct obstacle {
	struct str where; /* "lora-peft", or a file */
	struct str text; /* may have several lines */
};

struct release_options {
	struct oid source; /* the commit it is made from */
	struct str config; /* where stemma.yaml is in it */
	struct str version; /* the name asked for; absent: the next one */
	struct str date; /* YYYY-MM-DD */
	int64_t time; /* seconds since 1970, for the commit and the tag */
	bool first; /* the user says that there is no release yet */
	const struct str *hold; /* hold_n ids that stay at their public version */
	size_t hold_n;
	/*
	 * Entries that stay as they are published may be related to what is withdrawn: the
	 * findings are warnings then.
	 */
	bool allow_related;
	bool sign; /* as git's configuration says */
	bool preview; /* it will not be made: `version` is its name, of any form */
};

struct release_plan {
	struct record *record;
	const struct dataset *dataset; /* of the source */
	const struct release_options *options;
	const struct release *previous; /* NULL: this is the first */
	struct str name, tag; /* "2026.06", "v2026.06"; absent when nothing differs */
	enum release_level level;
	struct planned_entry *entries; /* entries_n of them, by collection and id */
	struct planned_file *files; /* files_n of them, by path */
	struct obstacle *obstacles; /* obstacles_n of them */
	size_t entries_n, files_n, obstacles_n, entries_cap, files_cap, obstacles_cap;
	size_t changes[PLANNED_KINDS]; /* how many entries */
	struct tally before, now;
	struct tally_term *terms; /* terms_n of them, sorted */
	size_t terms_n;
	const struct str *contributors; /* of the new lines, sorted; contributors_n */
	size_t contributors_n;
	struct oid
	        tree; /* of the release; zero when there are obstacles or no differences */
	struct check_result findings; /* of the files of that tree */
	const struct tree *findings_tree; /* that these files are read from */
	bool refused; /* obstacles, or findings that are errors */
	struct tallying *tallying; /* private, and so are the following */
	struct map people;
	struct repo_edit *edits; /* edits_n files that differ */
	size_t edits_n, edits_cap;
	struct dataset *old_dataset; /* of the release before */
	struct arena *arena;
};

/* Whether a release may be made in this clone. Fails: ERR_REPO when it is shallow */
bool publish_check_clone(const struct repo *r, struct err *err) MUST_CHECK;
/*
 * Whether a release may be made from the source at all: it descends from the source of the last
 * release, or from that release itself (an emergency).
 * Fails: ERR_REPO with what to do; ERR_USAGE when `first` says the opposite of the record
 */
bool publish_check_source(const struct record *record, const struct release_options *opt,
                          struct err *err) MUST_CHECK;
/*
 * How many of the releases of RECORD the commit FROM comes after: the last of them is in its
 * history, or its source is; emergencies that followed count with it. All: a release may be made
 * from it.
 * Fails: ERR_REPO
 */
bool publish_before(size_t *n, const struct record *record, const struct oid *from,
                    struct err *err) MUST_CHECK;
/*
 * Whether that number can be told: the sources of the releases behind the first N are here.
 * Fails: ERR_REPO when one is not
 */
bool publish_check_before(const struct record *record, size_t n,
                          struct err *err) MUST_CHECK;
/*
 * Find out what the release of D, the dataset of the source, would carry: entries, shared files,
 * its name, its tree (written, but nothing refers to it) and what stands in the way.
 * Lives: OUT as long as ARENA, RECORD, D and OPT
 * Fails: ERR_USAGE (a name that cannot be, an unknown id to hold), ERR_REPO, ERR_SCHEMA, ERR_IO.
 *        What is wrong with the data are obstacles and findings
 */
bool publish_plan(struct release_plan *out, struct record *record, struct dataset *d,
                  const struct release_options *opt, struct arena *arena,
                  struct err *err) MUST_CHECK;
/* Give back what PLAN holds beside its arena. */
void release_plan_release(struct release_plan *plan);
/* Whether the release would be the same as the one before. */
bool release_plan_is_empty(const struct release_plan *plan);
/* Whether the release has at PATH an entry with the content that readers have already. */
bool release_plan_carries_over(const struct release_plan *plan, struct str path);
/* "3 added, 1 revised, 1 shared file" */
void release_plan_summary(struct buf *out, const struct release_plan *plan);
/*
 * The file release.json of the release: counts, and the delta, with which the release before
 * becomes this one.
 */
void release_manifest(struct buf *out, const struct release_plan *plan);
/* {"release", "tag", "commit", ...}; COMMIT NULL: it is not made. */
void release_summary_json(struct buf *out, const struct release_plan *plan,
                          const struct oid *commit);

/* Whether the file PATH (terminated) is an entry, or a shared file but for schemas, of D. */
bool publish_is_of_dataset(const struct dataset *d, struct str path);

/* ---- a release that is only looked at ---- */

#define PREVIEW_NAME "preview-" /* and the first digits of its commit */

struct preview_source {
	struct oid commit;
	struct str config; /* where stemma.yaml is in it */
	struct str date; /* its day, YYYY-MM-DD */
};

struct preview {
	struct record known; /* the releases before it */
	struct release_options options;
	struct release_plan plan;
};

/*
 * Plan the release of SOURCE, whose dataset is D, behind the first N releases of R. All follows
 * from these: neither the clock nor the user is asked. From now on R's repository is written to
 * in memory only (repo_write_apart()).
 * Lives: OUT as long as R, D and SOURCE; then release_plan_release() for its plan. It holds
 *        pointers into itself
 * Fails: as publish_plan()
 */
bool publish_preview(struct preview *out, const struct record *r, size_t n,
                     struct dataset *d, const struct preview_source *source,
                     struct err *err) MUST_CHECK;
/*
 * The record that ends with P, which is not refused and has NOTES; with the release before it
 * when nothing differs from that. Lives as long as P and NOTES.
 */
struct record preview_record(const struct preview *p, struct str notes);

/* ---- making it ---- */

/* Held while a release is made in this repository. {-1} holds nothing. Lives as long as its arena. */
struct release_lock {
	int fd;
	struct str path, folder;
};

/* Fails: ERR_MOVED when another release is being made, ERR_IO when it cannot be written */
bool release_lock(struct release_lock *out, const struct repo *r, struct arena *arena,
                  struct err *err) MUST_CHECK;
void release_unlock(struct release_lock *l);

/*
 * Complete releases whose tag is there, but not on the branch: the run that made them was ended
 * before its last step. DONE is the name of the last one, or absent.
 * DRY   only look
 * Fails: as repo_move_ref()
 */
bool publish_complete(struct str *done, struct repo *r, const struct dataset *d,
                      struct str config, bool dry, struct arena *arena,
                      struct err *err) MUST_CHECK;
/*
 * Make the release: commit, tag with NOTES as its message, branch. Another branch or tag is left
 * as it is.
 * Fails: ERR_MOVED, ERR_REPO; then nothing that was there is changed
 */
bool publish_make(struct oid *commit, const struct release_plan *plan, struct str notes,
                  struct err *err) MUST_CHECK;

/* ---- remotes ---- */

/*
 * Fetch the branch and the tags of releases from the remote of the record, when there is such a
 * remote and (ALWAYS) or its branch was fetched before. PREFIX is what refs/remotes/ it goes to.
 * Fails: ERR_REPO when it cannot be reached
 */
bool publish_fetch(struct repo *r, const struct dataset *d, bool always,
                   struct arena *arena, struct err *err) MUST_CHECK;
/*
 * Push the branch and those tags of releases that REMOTE has not got, all or nothing, and read
 * them back. PUSHED is how many references were sent; 0: all was there.
 * Fails: ERR_REPO with the names of the references, and how to push again
 */
bool publish_push(size_t *pushed, const struct record *record, struct str remote,
                  struct arena *arena, struct err *err) MUST_CHECK;
