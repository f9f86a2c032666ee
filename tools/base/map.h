/*
 * map.h - a table from byte strings to pointers, in an arena
 *
 * Keys are not copied: they must live as long as the map. Iteration order is the order of
 * insertion (`items`), so output made from a map is the same every time.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct map_item {
	struct str key;
	uint64_t hash;
	void *value;
};

struct map {
	struct arena *arena;
	struct map_item *items; /* n of them, in order of insertion */
	uint32_t *slots; /* item index + 1, 0 when free; mask + 1 slots */
	size_t n, cap, mask;
};

void map_init(struct map *m, struct arena *a);
/* Make room for N items at once, so that an arena keeps no outgrown tables. */
void map_reserve(struct map *m, size_t n);
/* The value of KEY, or NULL. */
void *map_get(const struct map *m, struct str key);
bool map_has(const struct map *m, struct str key);
/* The same as map_get for a key whose str_hash() is known. */
void *map_get_hashed(const struct map *m, struct str key, uint64_t hash);
/*
 * The place of KEY's value, made (with NULL in it) when new. Good until the next map_at.
 * ADDED may be NULL.
 */
void **map_at(struct map *m, struct str key, bool *added);
void map_set(struct map *m, struct str key, void *value);
/* Put the items in the byte order of their keys. */
void map_sort(struct map *m);
/* Leave the items that KEEP is true for; they stay in their order. */
void map_filter(struct map *m, bool (*keep)(const struct map_item *item, void *ctx),
                void *ctx);
