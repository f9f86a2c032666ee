/*
 * entries.c - all entries of one release, with their files in the releases so far
 */
#include "record/internal.h"

#include <stdlib.h>

static int by_entry(const void *a, const void *b)
{
	const struct release_entry *x = a, *y = b;
	int order = str_cmp(x->collection, y->collection);

	return order ? order : str_cmp(x->id, y->id);
}

bool record_entries(const struct release_entry **out, size_t *n, struct record *r,
                    struct arena *arena, struct err *err)
{
	struct release_entry *entries;
	struct map known;

	*n = 0;
	if (!known_read(&known, r, true, arena, err))
		return false;
	entries = arena_array(arena, struct release_entry, known.n);
	for (size_t i = 0; i < known.n; i++) {
		const struct known *k = known.items[i].value;

		if (oid_is_zero(&k->steps[k->n - 1].blob) || !k->path.s)
			continue;
		entries[(*n)++] = (struct release_entry){k->collection, k->id, k->path,
		                                         k->steps, k->n};
	}
	if (*n)
		qsort(entries, *n, sizeof(*entries), by_entry);
	*out = entries;
	return true;
}
