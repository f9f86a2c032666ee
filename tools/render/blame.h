/*
 * blame.h - since when each value of an entry is what it is, as text and JSON
 */
#pragma once

#include "base/buf.h"
#include "diff/blame.h"

struct blame_style {
	int width; /* columns of a line; longer values are cut (text only) */
	bool colour; /* escape sequences are welcome (text only) */
};

/* What is asked about. */
struct blame_subject {
	struct str collection, id, path; /* of the repository */
	struct str rev; /* absent: the work tree */
};

/* A table: place, version, commit, date, author, value. */
void blame_text(struct buf *out, const struct blame *b, const struct blame_style *style);
/* Source: the shape is schema/blame.schema.json */
void blame_json(struct buf *out, const struct blame *b, const struct blame_subject *of);
