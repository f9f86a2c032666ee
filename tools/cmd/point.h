/*
 * point.h - what a user names to be compared: a revision, a release, a version of an entry
 */
#pragma once

#include "cmd/internal.h"
#include "diff/diff.h"

struct point {
	bool is_entry; /* ID@vN: `entry` is set, else `side` */
	struct diff_side side;
	struct oid commit; /* of a side that is one */
	struct diff_entry entry;
	struct entry_name named; /* what an entry's point was found by */
};

/* Where points are looked for. {0} can be released. */
struct field {
	struct workplace place;
	struct err why; /* why there is no record; ERR_NONE: there is one */
	struct dataset **opened; /* opened_n of them, beside the workplace's */
	size_t opened_n, opened_cap;
};

/* Returns STATUS_OK, or tells what is wrong, as all functions here. */
enum status field_open(struct field *f, struct run *r);
void field_release(struct field *f);

/* The point that TEXT names. Lives as long as F and the run. */
enum status point_named(struct point *out, struct field *f, struct run *r,
                        struct str text);
enum status point_work_tree(struct point *out, struct field *f, struct run *r);
enum status point_index(struct point *out, struct field *f, struct run *r);
/* The entry of the point VERSION as the side OF has it: of the same kind as VERSION then. */
enum status point_entry(struct point *out, const struct point *of,
                        const struct point *version, struct field *f, struct run *r);
/*
 * Where the side OF has an entry: its collection, with the PATH as the side's tree names it; NULL
 * when it does not have it. HINT: a path that is tried first, or absent
 */
const struct collection *point_locate(struct str *path, const struct point *of,
                                      struct str collection, struct str id,
                                      struct str hint, struct run *r);
