/*
 * table.h - how a row of the table is made; private to this folder
 */
#pragma once

#include "record/internal.h"

#include <stdatomic.h>

struct kept;
struct fresh;

struct tabling {
	struct record *r;
	const struct dataset *dataset;
	const struct layout *last; /* of the last release; NULL: there is none */
	const struct file *files; /* one a row, for as long as rows are not sorted */
	struct table_row *rows; /* n of them */
	const struct known **known; /* one a row; NULL: no release has it */
	const size_t *todo; /* todo_n rows that are to be filled */
	size_t n, todo_n;
	struct kept *kept; /* NULL: nothing is kept */
	struct fresh *fresh; /* with it: one a row */
};

/* One thread. */
struct tabler {
	const struct tabling *t;
	atomic_size_t *next;
	struct arena entry; /* reset after each row */
	struct arena keep; /* what rows point to */
	struct buf bytes, old; /* of the file here, of one in a release */
	struct err err;
};

/* Fill row I. False: W's err is set. */
bool row_fill(struct tabler *w, size_t i);
/* Fill the rows that are to be, by JOBS threads; what they point to lives in ARENA. */
bool table_fill(struct tabling *t, int jobs, struct arena *arena, struct err *err);
/* What releases know of the entries of the rows, from the table KNOWN of all. */
void table_know(struct tabling *t, const struct map *known);
/* Entries of KNOWN that the last release has and no row. */
void table_gone(struct table *out, const struct map *known, struct arena *arena);
/* In the order of a table. */
void table_sort(struct table *out);
/* The same as record_table() with what was kept; rows say which entries they are. */
bool kept_fill(struct table *out, struct tabling *t, int jobs, struct arena *arena,
               struct err *err);
/*
 * The index of the first release that carries the version of K that the last one carries.
 * BYTES  of the last one
 */
bool first_release(size_t *out, struct tabler *w, const struct known *k,
                   const struct roles *roles, const struct doc_options *read,
                   struct str bytes, int version);
