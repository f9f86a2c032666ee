/*
 * cmd.h - the command frame: what a command is, what it is given, how the run ends
 *
 * A command is one file that ends with its `const struct command` row; table.c lists the
 * rows. The frame parses the options into the command's struct before it runs it.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/opt.h"

/* What the program ends with; 128 + N stands for signal N. */
enum status {
	STATUS_OK,
	STATUS_FINDINGS, /* findings of severity error, or a refusal */
	STATUS_USAGE, /* wrong usage or configuration */
	STATUS_FAILED, /* the job could not be done; wins over STATUS_FINDINGS */
	STATUS_UNKNOWN, /* only unknown answers */
	STATUS_SIGNAL = 128,
};

/*
 * A stream. What is to be written is appended to `buf` and goes out at output_flush(),
 * or at output_drain() once enough has gathered. The first failure is kept in `error`
 * (an errno value); nothing is written after it.
 */
struct output {
	int fd;
	struct buf buf;
	int error;
	bool colour; /* escape sequences are welcome */
};

/*
 * Write out what has gathered. False when the stream has failed: producing more is in
 * vain.
 */
bool output_flush(struct output *o);
/* The same once there is much; for use after each piece of a long result. */
bool output_drain(struct output *o);

struct command;

/* What a command is given besides its options. */
struct run {
	struct arena *arena; /* lives to the end of the run */
	struct output out; /* stdout: the result */
	struct output err; /* stderr: talk */
	struct str dataset; /* --dataset DIR, or absent */
	const struct command *command;
};

/*
 * One line of talk on stderr, "stemma: " before it; unsafe characters are made visible.
 */
void run_say(struct run *r, const char *fmt, ...) PRINTF_FORMAT(2, 3);
/* Tell E (which is set) on stderr and return the status that goes with its code. */
enum status run_fail(struct run *r, const struct err *e);
/* Tell what is wrong with the command line and where help is; STATUS_USAGE. */
enum status run_usage(struct run *r, const char *fmt, ...) PRINTF_FORMAT(2, 3);

struct command_example {
	const char *command; /* without the leading "stemma " */
	const char *does;
};

struct command {
	const char *name;
	const char *summary; /* a few words for the overview; no full stop */
	const char *operands; /* for the usage line: "[PATH...]", or "" */
	const char *text; /* what it does; paragraphs separated by an empty line */
	const char *status; /* "0 ...\n1 ...": what this command's exit statuses mean */
	const struct opt *options; /* options_n rows */
	size_t options_n;
	const struct command_example *examples; /* examples_n of them */
	size_t examples_n;
	const void *defaults; /* the options' struct before parsing, of size bytes */
	size_t size;
	int operands_min, operands_max; /* how many operands; max -1: any number */
	/* VALUES is the options' struct, filled. */
	enum status (*run)(struct run *r, const void *values,
	                   const struct opt_list *operands);
};

/*
 * The whole run: options before the command, the command, the stream's last write.
 * Returns the exit status. Descriptors 0 to 2 are open or stand-ins (main.c).
 */
enum status cmd_main(int argc, char **argv);
