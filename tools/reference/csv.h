/*
 * csv.h - rows of comma-separated values; private to this folder
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct csv {
	struct str rest; /* what is not read yet */
	size_t line; /* of the next row, from 1 */
	const char *why; /* set when a row cannot be read */
};

/*
 * Read the next row into FIELDS, at most MAX of them (more are passed over); N is how many
 * there were. A field in quotes that holds a quote is unescaped into ARENA, others are slices.
 * Returns false at the end, or when a quote is not closed: then c->why says so.
 * Source: RFC 4180; line ends may be LF alone
 */
bool csv_row(struct csv *c, struct str *fields, size_t max, size_t *n,
             struct arena *arena);
