/*
 * table.h - how a row of the table is made; private to this folder
 */
#pragma once

#include "record/internal.h"

#include <stdatomic.h>

struct tabling {
	struct record *r;
	const struct dataset *dataset;
	const struct layout *last; /* of the last release; NULL: there is none */
	struct table_row *rows; /* n of them */
	const struct known **known; /* one a row; NULL: no release has it */
	size_t n;
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
/*
 * The index of the first release that carries the version of K that the last one carries.
 * BYTES  of the last one
 */
bool first_release(size_t *out, struct tabler *w, const struct known *k,
                   const struct roles *roles, const struct doc_options *read,
                   struct str bytes, int version);
