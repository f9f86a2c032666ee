/*
 * cache_key.h - what something is made of: two of the same key are the same; private to this folder
 */
#pragma once

#include "digest/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CACHE_KEY_BYTES \
	16 /* so many that no two are the same by accident, or can be made so */

struct cache_key {
	unsigned char bytes[CACHE_KEY_BYTES]; /* all zeros: unknown */
};

bool cache_key_is_known(const struct cache_key *k);
bool cache_key_eq(const struct cache_key *a, const struct cache_key *b);
/* Add WORD to what a key is the sum of. */
void cache_key_add(struct sha256 *s, struct str word);
/* The key of all that was added to S, which is gone afterwards. */
void cache_key_close(struct cache_key *out, struct sha256 *s);
/*
 * The key of the file PATH that is made of N things in order, by their KEYS; unknown when KEYS is
 * NULL or the first of them is.
 */
struct cache_key cache_key_of_file(struct str path, const struct cache_key *keys,
                                   size_t n);

/*
 * Items that begin with their keys, to be found by them: N of SIZE bytes each, which stay where
 * they are and in their order.
 */
struct cache_table {
	const char *items;
	size_t size;
	uint32_t *slots; /* index + 1, 0: free; mask + 1 of them */
	size_t mask;
};

/* Of equal keys the first item is found. Lives: as long as the items, until released */
void cache_table_open(struct cache_table *t, const void *items, size_t size, size_t n);
/* The item of KEY, or NULL. From any thread. */
const void *cache_table_find(const struct cache_table *t, const struct cache_key *key);
void cache_table_release(struct cache_table *t);
