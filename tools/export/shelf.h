/*
 * shelf.h - a snapshot that lies on the disk: what it is, its entries, whether it is whole
 *
 * Only its own files are read; no repository is needed.
 */
#pragma once

#include "base/diag.h"
#include "export/form.h"

/*
 * Whether the folder DIR may be replaced: OUT is true when it is a snapshot, false when nothing
 * is there. Fails: ERR_USAGE when something else is
 */
bool shelf_may_replace(bool *out, struct str dir, struct err *err) MUST_CHECK;

/* Whether the folder DIR is a snapshot, by its mark. */
bool shelf_is_one(struct str dir);

/* What is wrong with DIR, which is no snapshot, and how one is made. Returns false. */
bool shelf_none(struct str dir, struct err *err);

/* A snapshot in one language. */
struct shelf;

/*
 * Open the snapshot in DIR. LANG absent: its default language.
 * Lives: OUT and all that comes from it as long as ARENA
 * Fails: ERR_USAGE when it is none, or has not this language (with those it has); ERR_IO
 */
bool shelf_open(struct shelf **out, struct str dir, struct str lang, struct arena *arena,
                struct err *err) MUST_CHECK;

/* The release that S is of. */
struct str shelf_release(const struct shelf *s);
struct str shelf_date(const struct shelf *s);
struct str shelf_commit(const struct shelf *s);

/* An entry of a snapshot, as one column of a comparison. */
struct shelf_entry {
	const struct shelf *shelf;
	struct entry_view
	        view; /* the comparators of its rows are those its own value suggests */
};

/*
 * Find the entry ID (COLLECTION absent: any), at VERSION as it was published (0: as the release
 * has it).
 * Fails: ERR_USAGE when there is none, with the nearest id, the collections it is in or the
 *        versions it has; ERR_IO when a file of the snapshot is damaged
 */
bool shelf_find(struct shelf_entry *out, struct shelf *s, struct str collection,
                struct str id, int version, struct err *err) MUST_CHECK;
/*
 * Set N entries side by side, with the rows and words of the first one's snapshot.
 * Lives: as long as ARENA and the shelves
 */
void shelf_compare(struct comparison *out, const struct shelf_entry *entries, size_t n,
                   const struct compare_options *opt, struct arena *arena);
