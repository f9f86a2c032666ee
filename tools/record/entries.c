/*
 * entries.c - all entries of one release, with their files in the releases so far
 */
#include "record/internal.h"

#include <stdlib.h>
#include <string.h>

static int by_entry(const void *a, const void *b)
{
	const struct release_entry *x = a, *y = b;
	int order = str_cmp(x->collection, y->collection);

	return order ? order : str_cmp(x->id, y->id);
}

/* What is in ENTRIES is copied to ARENA, entry after entry; few collections have all of them. */
static void settle(struct release_entry *entries, size_t n, struct arena *arena)
{
	for (size_t i = 0; i < n; i++) {
		struct release_entry *e = &entries[i];
		struct release_step *steps =
		        arena_array(arena, struct release_step, e->n);

		memcpy(steps, e->steps, e->n * sizeof(*steps));
		e->steps = steps;
		e->collection = i && str_eq(e[-1].collection, e->collection)
		                        ? e[-1].collection
		                        : arena_str(arena, e->collection);
		e->id = arena_str(arena, e->id);
		e->path = arena_str(arena, e->path);
	}
}

bool record_entries(const struct release_entry **out, size_t *n, struct record *r,
                    struct arena *arena, struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0}; /* twice as large as what stays */
	struct release_entry *entries;
	struct map known;

	*n = 0;
	if (!known_read(&known, r, true, &own, err))
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
	settle(entries, *n, arena);
	*out = entries;
	return true;
}
