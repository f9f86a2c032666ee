#include "base/map.h"

#include <stdlib.h>
#include <string.h>

void map_init(struct map *m, struct arena *a)
{
	*m = (struct map){.arena = a};
}

static struct map_item *find(const struct map *m, struct str key, uint64_t hash)
{
	if (!m->n)
		return NULL;
	for (size_t i = hash & m->mask; m->slots[i]; i = (i + 1) & m->mask) {
		struct map_item *it = &m->items[m->slots[i] - 1];

		if (it->hash == hash && str_eq(it->key, key))
			return it;
	}
	return NULL;
}

void *map_get_hashed(const struct map *m, struct str key, uint64_t hash)
{
	struct map_item *it = find(m, key, hash);

	return it ? it->value : NULL;
}

void *map_get(const struct map *m, struct str key)
{
	return m->n ? map_get_hashed(m, key, str_hash(key)) : NULL;
}

bool map_has(const struct map *m, struct str key)
{
	return m->n && find(m, key, str_hash(key));
}

static void slot_put(struct map *m, uint32_t item)
{
	size_t i = m->items[item].hash & m->mask;

	while (m->slots[i])
		i = (i + 1) & m->mask;
	m->slots[i] = item + 1;
}

static void rehash(struct map *m, size_t slots)
{
	m->mask = slots - 1;
	m->slots = arena_array(m->arena, uint32_t, slots);
	for (size_t i = 0; i < m->n; i++)
		slot_put(m, (uint32_t)i);
}

void map_reserve(struct map *m, size_t n)
{
	struct map_item *items = m->items;
	size_t slots = 16;

	if (n <= m->cap)
		return;
	m->items = arena_array(m->arena, struct map_item, n);
	m->cap = n;
	for (size_t i = 0; i < m->n; i++)
		m->items[i] = items[i];
	while (slots <= n * 2)
		slots *= 2;
	rehash(m, slots);
}

void **map_at(struct map *m, struct str key, bool *added)
{
	uint64_t hash = str_hash(key);
	struct map_item *it = find(m, key, hash);

	if (added)
		*added = !it;
	if (it)
		return &it->value;
	if (m->n >= UINT32_MAX - 1)
		out_of_memory();
	if (!m->mask || m->n * 2 >= m->mask)
		rehash(m, m->mask ? (m->mask + 1) * 2 : 16);
	it = arena_push(m->arena, m->items, m->n, m->cap);
	*it = (struct map_item){.key = key, .hash = hash};
	slot_put(m, (uint32_t)(m->n - 1));
	return &it->value;
}

void map_set(struct map *m, struct str key, void *value)
{
	*map_at(m, key, NULL) = value;
}

/* The slots anew, for items that have moved. */
static void fill_slots(struct map *m)
{
	memset(m->slots, 0, (m->mask + 1) * sizeof(*m->slots));
	for (size_t i = 0; i < m->n; i++)
		slot_put(m, (uint32_t)i);
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct map_item *)a)->key,
	               ((const struct map_item *)b)->key);
}

void map_sort(struct map *m)
{
	if (!m->n)
		return;
	qsort(m->items, m->n, sizeof(*m->items), by_key);
	fill_slots(m);
}

void map_filter(struct map *m, bool (*keep)(const struct map_item *item, void *ctx),
                void *ctx)
{
	size_t n = 0;

	if (!m->n)
		return;
	for (size_t i = 0; i < m->n; i++)
		if (keep(&m->items[i], ctx))
			m->items[n++] = m->items[i];
	m->n = n;
	fill_slots(m);
}
