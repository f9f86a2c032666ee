/*
 * opt.h - command-line options: one table for parsing, help, man page and completion
 *
 * A row names a field of the caller's struct; parsing fills that field:
 *
 *     struct args { int format; struct opt_list rules; bool quiet; };
 *     static const struct opt options[] = {
 *             OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format, "..."),
 *             OPT_LIST(0, "rule", "RULE", struct args, rules, "..."),
 *             OPT_FLAG('q', "quiet", struct args, quiet, "..."),
 *     };
 *
 * Syntax: -f x, -fx, --format x, --format=x, -qv (grouped flags), --no-quiet, "--" (the
 * rest are operands), "-" (an operand). Options may follow operands. Names are never
 * abbreviated; the last of repeated options counts, except in lists.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

enum opt_kind {
	OPT_KIND_FLAG,
	OPT_KIND_OFF,
	OPT_KIND_STRING,
	OPT_KIND_LIST,
	OPT_KIND_CHOICE,
	OPT_KIND_INT,
};

struct opt {
	enum opt_kind kind;
	char letter; /* 0: no short form */
	const char *name; /* without dashes, and without "no-" */
	const char *argument; /* what help calls the value; NULL: takes none */
	const char *help; /* one or more sentences; the first one stands in completions */
	size_t offset; /* of the field */
	const char *const *choices; /* the values allowed, NULL at the end */
	int min, max; /* whole numbers allowed */
};

/* The values of a repeated option, or the operands. Each is followed by a NUL. */
struct opt_list {
	struct str *items;
	size_t n, cap;
	size_t rest; /* of operands: how many of the n stand behind "--" */
};

/* The offset of FIELD; a field that is not of TYPE does not compile. */
#define OPT_FIELD(args, field, type) \
	_Generic(((args *)NULL)->field, type : offsetof(args, field))

/* A bool; --no-NAME clears it. */
#define OPT_FLAG(letter, name, args, field, help) \
	{ \
		OPT_KIND_FLAG, letter, name, NULL, help, OPT_FIELD(args, field, bool), \
		        NULL, 0, 0 \
	}
/* A bool that is usually on: help shows --no-NAME, and the letter stands for that. */
#define OPT_OFF(letter, name, args, field, help) \
	{ \
		OPT_KIND_OFF, letter, name, NULL, help, OPT_FIELD(args, field, bool), \
		        NULL, 0, 0 \
	}
/* A struct str, absent unless given; --no-NAME makes it absent. */
#define OPT_STRING(letter, name, argument, args, field, help) \
	{ \
		OPT_KIND_STRING, letter, name, argument, help, \
		        OPT_FIELD(args, field, struct str), NULL, 0, 0 \
	}
/* A struct opt_list, one item each time; --no-NAME empties it. */
#define OPT_LIST(letter, name, argument, args, field, help) \
	{ \
		OPT_KIND_LIST, letter, name, argument, help, \
		        OPT_FIELD(args, field, struct opt_list), NULL, 0, 0 \
	}
/* An int: the index of the value in CHOICES. */
#define OPT_CHOICE(letter, name, argument, choices, args, field, help) \
	{ \
		OPT_KIND_CHOICE, letter, name, argument, help, \
		        OPT_FIELD(args, field, int), choices, 0, 0 \
	}
/* An int from MIN to MAX. */
#define OPT_INT(letter, name, argument, min, max, args, field, help) \
	{ \
		OPT_KIND_INT, letter, name, argument, help, OPT_FIELD(args, field, int), \
		        NULL, min, max \
	}

/* Rows and the struct they fill (NULL when nothing is parsed, only shown). */
struct opt_table {
	const struct opt *rows;
	size_t n;
	void *values;
};

/*
 * Parse ARGV (ARGC strings, the command's name not among them).
 * operands  what is no option, in order, in ARENA; NULL: stop at the first operand
 * tables    tables_n of them, looked through in order; their values hold the defaults
 * used      when not NULL, how many strings were consumed
 * Lives:    values are slices of ARGV
 * Fails:    ERR_USAGE: unknown option (with the nearest name), missing or unwanted value,
 *           a value that is no choice or out of range
 */
bool opt_parse(struct opt_list *operands, const struct opt_table *tables, size_t tables_n,
               int argc, char **argv, int *used, struct arena *arena,
               struct err *err) MUST_CHECK;

/* The choices of ROW as "a, b or c". */
struct str opt_choices(const struct opt *row, struct arena *arena);
/* The nearest of N names, as "; did you mean 'NAME'?" with PREFIX before it, or "". */
struct str opt_suggest(struct arena *arena, struct str word, const char *prefix,
                       const struct str *names, size_t n);
