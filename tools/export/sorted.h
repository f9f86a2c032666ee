/*
 * sorted.h - records that many entries bring, each once, in order; private to this folder
 *
 * Works are cited by several entries. This takes the packed records of one entry after the
 * other, keeps of equal ones the first, and at last gives them in the order of their labels. They
 * wait in a file: what stays in memory is some tens of bytes each.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "export/folder.h"

struct record_text {
	struct str identity; /* equal for equal records */
	struct str label; /* what it is sorted by, at most LIMIT_LABEL_BYTES */
	struct str text;
};

/* Append R to what an entry brings. */
void sorted_pack(struct buf *out, const struct record_text *r);

struct sorted;

/*
 * The records wait in a file of FOLDER that has no name. KEYED: sorted_key() is wanted.
 * Lives: as long as ARENA, until sorted_release(). Fails: ERR_IO
 */
bool sorted_open(struct sorted **out, struct folder *folder, bool keyed,
                 struct arena *arena, struct err *err) MUST_CHECK;
/* Take the records packed in BYTES. Fails: ERR_IO */
bool sorted_take(struct sorted *g, struct str bytes, struct err *err) MUST_CHECK;

/* A record when all are known; its strings are good during the call. */
struct sorted_record {
	size_t n; /* of those before it */
	size_t same; /* of these, how many have its label */
	struct str label, text;
};

/* Call EACH for all records in order, once; it says false to end with ERR. Fails: ERR_IO */
bool sorted_each(struct sorted *g,
                 bool (*each)(void *ctx, const struct sorted_record *r, struct err *err),
                 void *ctx, struct err *err) MUST_CHECK;
/* Of all that was taken, in its order; unknown when G has none. Once, before sorted_each(). */
void sorted_key(struct cache_key *out, struct sorted *g);
/* G may be NULL. */
void sorted_release(struct sorted *g);
