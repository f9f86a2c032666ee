/*
 * internal.h - the command frame's private parts
 */
#pragma once

#include "cmd/cmd.h"

/* table.c: every command, in the order of the overview. */
extern const struct command *const commands[];
extern const size_t commands_n;
/* The command NAME, or NULL. */
const struct command *command_find(struct str name);
/* The names of all commands, commands_n of them. */
const struct str *command_names(struct arena *a);

/* The rows themselves, each in its own file. */
extern const struct command command_compare, command_help, command_validate,
        command_version;

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
struct dataset;
struct diag_list;
bool run_open_dataset(struct dataset **out, struct run *r, const char *otherwise,
                      struct diag_list *diags, struct err *err) MUST_CHECK;

/* configuration.c */
enum status configuration_print(struct run *r, const struct opt_list *operands);

/* exit_status: lines "N meaning" that hold for every command. */
extern const char exit_status_text[];

/* man.c: the manual page of C in roff (man macros); NULL: the program's own. */
void man_page(struct buf *out, const struct command *c);

/* completion.c */
extern const char *const completion_shells[]; /* NULL at the end */
void completion_script(struct buf *out, int shell);
