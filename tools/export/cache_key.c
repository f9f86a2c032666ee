#include "export/cache_key.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

bool cache_key_is_known(const struct cache_key *k)
{
	static const struct cache_key unknown = {{0}};

	return !cache_key_eq(k, &unknown);
}

bool cache_key_eq(const struct cache_key *a, const struct cache_key *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

void cache_key_add(struct sha256 *s, struct str word)
{
	/* Its end is told: "ab" and "c" are not "a" and "bc". */
	sha256_add(s, word);
	sha256_add(s, (struct str){"", 1});
}

void cache_key_close(struct cache_key *out, struct sha256 *s)
{
	unsigned char sum[32];

	sha256_close(sum, s);
	memcpy(out->bytes, sum, sizeof(out->bytes));
}

struct cache_key cache_key_of_file(struct str path, const struct cache_key *keys,
                                   size_t n)
{
	struct cache_key key = {{0}};
	struct sha256 *s;

	if (!keys || !cache_key_is_known(keys))
		return key;
	s = sha256_open();
	cache_key_add(s, path);
	sha256_add(s, (struct str){(const char *)keys, n * sizeof(*keys)});
	cache_key_close(&key, s);
	return key;
}

/* ---- tables ---- */

/* Where KEY would be: its bytes are as good as random. */
static size_t first_slot(const struct cache_table *t, const struct cache_key *key)
{
	uint64_t h;

	memcpy(&h, key->bytes, sizeof(h));
	return h & t->mask;
}

/* The slot of KEY, or the free one where it would go. */
static uint32_t *slot_of(const struct cache_table *t, const struct cache_key *key)
{
	size_t at = first_slot(t, key);

	for (; t->slots[at]; at = (at + 1) & t->mask) {
		const char *item = t->items + (t->slots[at] - 1) * t->size;

		if (cache_key_eq((const struct cache_key *)item, key))
			break;
	}
	return &t->slots[at];
}

void cache_table_open(struct cache_table *t, const void *items, size_t size, size_t n)
{
	size_t slots = 16;

	while (slots < 2 * n)
		slots *= 2;
	*t = (struct cache_table){.items = items, .size = size, .mask = slots - 1};
	t->slots = mem_alloc(slots * sizeof(*t->slots));
	memset(t->slots, 0, slots * sizeof(*t->slots));
	for (size_t i = 0; i < n; i++) {
		uint32_t *slot = slot_of(t, (const void *)(t->items + i * size));

		if (!*slot)
			*slot = (uint32_t)i + 1;
	}
}

const void *cache_table_find(const struct cache_table *t, const struct cache_key *key)
{
	uint32_t found = t->slots ? *slot_of(t, key) : 0;

	return found ? t->items + (found - 1) * t->size : NULL;
}

void cache_table_release(struct cache_table *t)
{
	free(t->slots);
	*t = (struct cache_table){0};
}
