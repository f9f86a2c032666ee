/*
 * status.h - where all entries stand, as text and JSON
 */
#pragma once

#include "base/buf.h"
#include "record/record.h"

struct status_style {
	bool known; /* what is published could be read */
	bool part; /* only some entries were asked for */
	bool all; /* also what is published and unchanged (text only) */
	bool colour; /* escape sequences are welcome (text only) */
	int width; /* columns of a line (text only) */
};

/* How many there are of each kind. */
struct status_counts {
	size_t total, unreadable, stale, unpublished;
	size_t states[STATES_N]; /* of the work tree */
	size_t published[STATES_N]; /* in the last release */
	size_t due, added, revised, deprecated, withdrawn, reinstated; /* in the next */
};

struct status_counts status_count(const struct table *table);
/* Unsafe characters of the data are made visible. */
void status_text(struct buf *out, const struct table *table,
                 const struct status_style *style);
/* The object of schema/status.schema.json; KNOWN: what is published could be read. */
void status_json(struct buf *out, const struct table *table, bool known);
