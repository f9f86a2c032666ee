/*
 * internal.h - the command frame's private parts
 */
#pragma once

#include "cmd/cmd.h"
#include "dataset/dataset.h"
#include "record/record.h"

/* COMMAND(symbol): every command, in the order of the overview. */
/* clang-format off */
#define COMMANDS(COMMAND) \
	COMMAND(validate) \
	COMMAND(submit) \
	COMMAND(return) \
	COMMAND(approve) \
	COMMAND(deprecate) \
	COMMAND(withdraw) \
	COMMAND(reinstate) \
	COMMAND(status) \
	COMMAND(log) \
	COMMAND(show) \
	COMMAND(blame) \
	COMMAND(diff) \
	COMMAND(compare) \
	COMMAND(doi) \
	COMMAND(links) \
	COMMAND(report) \
	COMMAND(release) \
	COMMAND(snapshot) \
	COMMAND(deposit) \
	COMMAND(verify) \
	COMMAND(merge_driver) \
	COMMAND(hooks) \
	COMMAND(help) \
	COMMAND(version)
/* clang-format on */

#define COMMAND(name) extern const struct command command_##name;
COMMANDS(COMMAND)
#undef COMMAND

/* table.c */
extern const struct command *const commands[];
extern const size_t commands_n;
/* The command NAME, or NULL. */
const struct command *command_find(struct str name);
/* The names of all commands, commands_n of them. */
const struct str *command_names(struct arena *a);

/* run.c: the options that stand before or after any command. */
extern const struct opt global_options[];
extern const size_t global_options_n;

/* Subjects of `stemma help` that are not commands. */
struct topic {
	const char *name, *usage, *summary;
	enum status (*print)(struct run *r, const struct opt_list *operands);
};

/* help.c */
extern const struct topic topics[];
extern const size_t topics_n;
void help_overview(struct buf *out);
void help_command(struct buf *out, const struct command *c);

/* layout.c: text in columns of 80 */
#define LAYOUT_WIDTH 80u
/* Columns of the terminal; a fixed number when the output is none, so that files are alike. */
int layout_terminal(void);
/* Append TEXT with line breaks; the first line starts at column AT, others at INDENT. */
void layout_wrap(struct buf *out, struct str text, size_t indent, size_t at);
/* Append "  TERM   text", the text wrapped behind the terms, which take WIDTH columns. */
void layout_item(struct buf *out, struct str term, size_t width, struct str text);
/* "-f, --format FORMAT" */
void layout_option(struct buf *out, const struct opt *row);
/* The help text of ROW and the values it takes, where they are listed or bounded. */
void layout_option_text(struct buf *out, const struct opt *row);
/* A list of all rows with their help. */
void layout_options(struct buf *out, const struct opt *rows, size_t n);
/*
 * PREFIX and "stemma NAME [--format FORMAT] ... [PATH...]"; C NULL: the program itself.
 */
void layout_usage(struct buf *out, const char *prefix, const struct command *c);

/* rules.c */
enum status rules_print(struct run *r, const struct opt_list *operands);

/*
 * open.c: open the dataset that --dataset names or that is found upwards.
 * OTHERWISE  what else a user can do when there is none, for the end of the message
 * Fails:     ERR_USAGE when there is none; as dataset_open()
 */
bool run_open_dataset(struct dataset **out, struct run *r, const char *otherwise,
                      struct diag_list *diags, struct err *err) MUST_CHECK;
/* The dataset as the revision REV has it. Fails: as repo_resolve(), dataset_open() */
bool run_open_revision(struct dataset **out, struct repo *repo, struct str rev,
                       struct run *r, struct diag_list *diags,
                       struct err *err) MUST_CHECK;

/* What commands about versions work with. {0} can be released. */
struct workplace {
	struct dataset *dataset; /* of the disk; in a bare repository that of HEAD */
	struct repo *repo; /* NULL: none */
	struct record record;
	struct str unknown; /* why there is no record; absent: there is one */
	struct str rev; /* that the dataset is of; absent: the work tree */
	const struct release *release; /* that it is of; NULL: none */
};

/* Fails: as run_open_dataset(), repo_open(), record_open() */
bool run_open_record(struct workplace *out, struct run *r, struct diag_list *diags,
                     struct err *err) MUST_CHECK;
/* The same without repository and record. Fails: as run_open_dataset() */
bool run_open_files(struct workplace *out, struct run *r, struct diag_list *diags,
                    struct err *err) MUST_CHECK;
/* The same with both if they are to be had; else OUT says why not. */
bool run_open_known(struct workplace *out, struct run *r, struct diag_list *diags,
                    struct err *err) MUST_CHECK;
/*
 * The dataset as REV has it, a release's name or a revision, and the record if it is to be had.
 * Fails: as run_open_dataset(), repo_open(), run_open_revision()
 */
bool run_open_at(struct workplace *out, struct run *r, struct str rev,
                 struct diag_list *diags, struct err *err) MUST_CHECK;
void workplace_release(struct workplace *w);
/*
 * Where TREE, a commit's from its top, has the stemma.yaml of W: where it is now, or where it is
 * found. Returns false when it has none.
 */
bool run_find_config(struct str *out, const struct workplace *w, struct run *r,
                     const struct tree *tree);

/*
 * tell.c: findings about what the command works with, on stderr.
 * TREE  that the files are in, for code frames; NULL: the disk
 * Returns STATUS_FAILED when a file could not be read, else STATUS_FINDINGS.
 */
enum status run_tell_findings(struct run *r, const struct diag_list *diags,
                              const struct tree *tree);

/* An operand ID, COLLECTION/ID, ID@vN. */
struct entry_name {
	struct str text; /* without the version */
	struct str collection, id; /* collection absent: any */
	int version; /* 0: none is named */
};

/* Returns STATUS_OK, or tells what is wrong. */
enum status entry_name_parse(struct entry_name *out, struct run *r, struct str text);

/* Fill text, collection and id from COLLECTION/ID or ID. */
void entry_name_split(struct entry_name *out, struct str text);
/* Whether TEXT ends with @v and digits: an id may hold any other @. */
bool run_names_version(struct str text);

/* An entry of a versioned collection. */
struct found {
	const struct collection *collection;
	struct str path; /* of its file in the dataset; absent: it is not there */
	struct entry_record known; /* by releases */
};

/* Whether D has a versioned collection. Fails: ERR_USAGE, with what it takes to have one */
bool run_need_versions(const struct dataset *d, struct err *err) MUST_CHECK;
/* Why entries of C, which is not versioned, have no versions: "it has no role ...". */
const char *run_why_unversioned(const struct collection *c);
/*
 * Find the entry NAME, which the dataset, a release or both have.
 * Returns STATUS_OK, or tells why not: no such entry, with the nearest id; several.
 */
enum status run_find(struct found *out, struct run *r, struct workplace *w,
                     const struct entry_name *name);
/* Read F's file in D; false: DIAGS has findings. Lives to the end of the run. */
bool found_read(const struct doc **out, const struct found *f, struct run *r,
                const struct dataset *d, struct diag_list *diags);
/* The version of LOG, or NULL. */
const struct log_version *log_find(const struct entry_log *log, int version);
/*
 * columns.c: the entries that ID and ID@vN name, with what releases say of them, into OUT (one
 * an operand). Returns STATUS_OK, or tells which is not to be had.
 */
enum status run_columns(struct entry *out, struct run *r, struct workplace *w,
                        const struct library *l, const struct opt_list *operands);
/* Tell why the version of NAME is not to be had: no such one, or in no release. */
enum status run_no_version(struct run *r, const struct entry_name *name,
                           const struct entry_log *log);

/* tell.c: findings, and what goes with them. */
struct told {
	int format; /* enum findings_format */
	const struct tree *tree; /* for code frames; NULL: the disk */
	const struct dataset *dataset; /* for severities; may be NULL */
	const struct diag_list *before; /* found before any file was read, or NULL */
	const struct diag_list *found; /* or NULL */
	size_t files, dropped;
	bool trouble; /* a file could not be read */
};
/* Print findings to OUT. Returns STATUS_OK, STATUS_FINDINGS or STATUS_FAILED. */
enum status run_tell(struct output *out, const struct told *t);

/* validate_change.c */
struct change_args {
	struct str rev, since; /* absent: not given */
	bool staged;
	int format, jobs;
};
/* Tell what a change causes: the index or work tree since a commit, a commit since another. */
enum status run_check_change(struct run *r, const struct change_args *args);

/*
 * day.c: the day that is written into things: GIVEN (--date) when there, else that of
 * SOURCE_DATE_EPOCH, else today, in UTC. Fails: ERR_USAGE
 */
bool run_day(struct str *out, struct str given, struct run *r,
             struct err *err) MUST_CHECK;
/* The same as seconds since 1970: now, or midnight of GIVEN. Fails: ERR_USAGE */
bool run_now(int64_t *out, struct str given, struct run *r, struct err *err) MUST_CHECK;
/* The day, in UTC, of SECONDS since 1970; absent past all calendars. */
struct str day_of(int64_t seconds, struct arena *arena);

/* configuration.c */
enum status configuration_print(struct run *r, const struct opt_list *operands);

/* exit_status: lines "N meaning" that hold for every command. */
extern const char exit_status_text[];

/* man.c: the manual page of C in roff (man macros); NULL: the program's own. */
void man_page(struct buf *out, const struct command *c);

/* completion.c */
extern const char *const completion_shells[]; /* NULL at the end */
void completion_script(struct buf *out, int shell);
