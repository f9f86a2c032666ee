/*
 * transition.h - the commands that take entries through their states; private to this folder
 *
 * submit, return, approve, deprecate, withdraw and reinstate do the same: choose entries,
 * decide for each one which history line the event makes, and, when none is refused, write
 * all of them.
 */
#pragma once

#include "cmd/internal.h"

#include "base/map.h"
#include "version/version.h"

struct transition_args {
	struct opt_list fields, successors;
	struct str reason, note, by, date, duplicate_of;
	int format;
	bool all, commit, dry_run;
};

/* One entry and what the event makes of it. All texts live in the run's arena. */
struct step {
	struct file file;
	struct str id, name; /* name: what people call it, the id or collection/id */
	struct history_line line;
	enum state from, to;
	char digest[65]; /* sha256_text() of the file */
	bool possible; /* else it was refused, or is left out */
};

struct transition {
	struct run *run;
	struct transition_args args; /* texts without white space around them */
	enum event event;
	struct dataset *dataset;
	struct repo *repo; /* NULL: not needed, and maybe not there */
	struct record record; /* for submit and approve without releases if need be */
	struct library library;
	struct str by, date;
	struct step *steps; /* n of them, in the order they were named in */
	size_t n, cap;
	bool choosing; /* by --all or --field: what is not possible is left out */
	struct diag_list found; /* by the configuration and the listing of files */
	struct map seen; /* paths of the steps */
	struct map stems; /* stem -> the collection, or what is no collection: several */
	struct map broken; /* paths of files with errors that stand in the way */
	struct map others; /* "collection/id" of --successor and so on -> why not */
	size_t refused, left_out;
};

/* An entry as it lies on the disk now. */
struct reading {
	struct doc doc;
	char digest[65];
	struct history history;
	struct standing standing;
	struct str content; /* fingerprint; absent: it has none */
};

/*
 * Read the file of STEP into ARENA. Returns false with findings in DIAGS when it is no document.
 */
bool transition_read(struct reading *out, const struct transition *t,
                     const struct step *step, struct arena *arena,
                     struct diag_list *diags);
/* Tell findings on stderr as `validate` does. */
void transition_tell(const struct transition *t, const struct diag_list *diags,
                     size_t files);
/* Say that STEP is refused, and why; with --all and --field that it is left out. */
void transition_refuse(struct transition *t, struct step *step, const char *fmt, ...)
        PRINTF_FORMAT(3, 4);

/*
 * transition_select.c: the entries that OPERANDS, --all and --field name.
 * Returns STATUS_OK, or the status of what was told.
 */
enum status transition_select(struct transition *t, const struct opt_list *operands);

/*
 * transition_decide.c: fill the line of each step, or refuse it.
 * Fails: ERR_REPO, ERR_IO: the record cannot be read
 */
bool transition_decide(struct transition *t, struct err *err) MUST_CHECK;

/* ---- transition_public.c: events about what readers get ---- */

/* Fails: ERR_REPO: no repository, no branch of releases */
bool transition_open_record(struct transition *t, struct err *err) MUST_CHECK;
/* The same for what needs no record, but looks at it where it is to be had. */
void transition_look_at_record(struct transition *t);
/*
 * Whether the version that STEP, read as R, is to become is above what releases have of it. A
 * history that lost their lines would number a second thing alike: that is refused (and told).
 */
bool transition_is_new(struct transition *t, struct step *step, const struct reading *r);
/*
 * Set version and content of STEP's line to those of the published version of the entry that was
 * read as R. Returns false when that is refused (and told), or with ERR set.
 */
bool transition_published(struct transition *t, struct step *step,
                          const struct reading *r, struct err *err);
/* Take over --successor and --duplicate-of; false when one cannot be named (and that is told). */
bool transition_others(struct transition *t, struct step *step);

/*
 * transition_commit.c: whether there is a branch to commit to.
 * Fails: ERR_REPO: a bare repository; on the branch of releases, where each commit is one
 */
bool transition_may_commit(struct transition *t, struct err *err) MUST_CHECK;
/*
 * Commit the files of the steps and nothing else.
 * Fails: ERR_REPO; what git says of it is on stderr then
 */
bool transition_commit(struct transition *t, struct err *err) MUST_CHECK;

/* transition.c: the whole command */
enum status transition_run(struct run *r, const void *values,
                           const struct opt_list *operands);
