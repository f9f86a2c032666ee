/*
 * cache_internal.h - the file of kept pieces; private to this folder
 */
#pragma once

#include "export/cache.h"

#include <stdint.h>
#include <sys/uio.h>

#define CACHE_MAGIC "stemma pieces 3\n"
#define CACHE_SUM_BYTES 16 /* of an entry's sum: enough that no two are the same */

/* Where a record is: the lengths of its pieces in four bytes each, then the pieces. */
struct place {
	unsigned char sum[CACHE_SUM_BYTES];
	uint64_t offset, check;
	uint32_t bytes, unused;
};

/* At the front of the file. The records follow, then places, sorted by sum; then older ones. */
struct head {
	char magic[16];
	unsigned char digest[32];
	uint64_t places_at, places_n;
	uint64_t live; /* bytes of records that places tell of */
	uint64_t check; /* of the places */
};

struct cache {
	size_t n;
	const char *path;
	const char *temp; /* the new file beside it; NULL: the old one grows */
	int old, new; /* taken from and written to; -1: none, or another run writes */
	struct head head; /* of the new one */
	struct place *known; /* of the old file, by sum */
	size_t known_n;
	struct place *kept; /* of the new one, as they came */
	size_t kept_n, kept_cap;
	uint64_t begin, end; /* of what this run writes */
	int trouble; /* errno of a write that failed */
	uint32_t *lengths; /* n of them: of the record being written */
	struct iovec *parts; /* n + 1 */
};

static inline struct str bytes_of(const void *p, size_t n)
{
	return (struct str){p, n};
}

/* cache.c: where the old file has SUM, or NULL. */
const struct place *cache_find(const struct cache *c, const unsigned char sum[32]);
/* Orders struct place by sum, for qsort(). */
int cache_by_sum(const void *a, const void *b);
/*
 * The sum of a record: of its LENGTHS, then of each of its N pieces. It tells damage, not malice:
 * whoever can write the file can write the snapshot as well.
 */
uint64_t cache_check_record(struct str lengths, const struct str *pieces, size_t n);
