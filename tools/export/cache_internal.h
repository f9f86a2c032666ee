/*
 * cache_internal.h - the file of kept pieces; private to this folder
 */
#pragma once

#include "export/cache.h"

#include <stdint.h>

#define CACHE_MAGIC "stemma pieces 4\n"

/*
 * Where a record is: the lengths of its pieces in four bytes each, then the pieces, the first one
 * last, which often nobody reads. The sums tell damage, not malice: whoever can write the file can
 * write the snapshot as well.
 */
struct place {
	struct cache_key key; /* first: they are found by it */
	uint64_t offset;
	uint32_t bytes, first; /* of all, and of the first piece */
	uint64_t check, check_first; /* of all before the first piece, and of it */
};

/*
 * At the front of the file. The records follow, then the index: places and files, and the name
 * of the folder; then older ones.
 */
struct head {
	char magic[16];
	unsigned char digest[32];
	uint64_t index_at, places_n, files_n, dir_n;
	uint64_t live; /* bytes of records that places tell of */
	uint64_t check; /* of the index */
};

/* What the index has. */
struct cache_index {
	const struct place *places; /* places_n of them */
	size_t places_n;
	struct cache_made made;
};

struct cache {
	size_t n;
	const char *path;
	const char *temp; /* the new file beside it; NULL: the old one grows */
	int old, new; /* taken from and written to; -1: none, or another run writes */
	struct head head; /* of the new one */
	char *bytes; /* of the index of the old file */
	struct cache_index index;
	uint64_t records_end; /* where the index is */
	struct cache_table places; /* of that */
	struct place *kept; /* of the new one, as they came */
	size_t kept_n, kept_cap;
	uint64_t begin, end; /* of what this run writes */
	int trouble; /* errno of a write that failed */
	struct buf record; /* being written */
};

static inline struct str bytes_of(const void *p, size_t n)
{
	return (struct str){p, n};
}

/* cache.c: where the old file has KEY, or NULL. */
const struct place *cache_find(const struct cache *c, const struct cache_key *key);
/* How many bytes the index of H has, if a file of SIZE bytes can have it; else 0. */
size_t cache_index_bytes(const struct head *h, uint64_t size);
/* The parts of the index of H, which BYTES are. */
void cache_index_of(struct cache_index *out, const struct head *h, const char *bytes);
/* The sum of an index. */
uint64_t cache_check_index(const struct cache_index *index);
