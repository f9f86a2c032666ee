/*
 * known.c - all entries of all releases, and when each of them changed
 */
#include "record/internal.h"

#include "base/limits.h"

#include <stdlib.h>

struct knowing {
	struct record *r;
	const struct layout **layouts; /* one a release */
	struct map *out;
	struct buf key;
	bool paths; /* are kept */
	struct arena *arena;
};

struct str known_key(struct buf *key, struct str collection, struct str id)
{
	buf_reset(key);
	buf_add(key, collection);
	buf_addc(key, '/');
	buf_add(key, id);
	return buf_str(key);
}

static struct known *known_of(struct knowing *k, struct str collection, struct str id)
{
	struct str key = known_key(&k->key, collection, id);
	struct known *known = map_get(k->out, key);

	if (known)
		return known;
	known = arena_new(k->arena, struct known);
	key = arena_str(k->arena, key);
	known->collection = str_sub(key, 0, collection.n);
	known->id = str_sub(key, collection.n + 1, id.n);
	map_set(k->out, key, known);
	return known;
}

/* An entry whose file moved is taken away at one path and put at another in one release. */
static int by_release(const void *a, const void *b)
{
	const struct release_step *x = a, *y = b;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return oid_is_zero(&y->blob) - oid_is_zero(&x->blob);
}

static void settle(struct known *known)
{
	size_t n = 0;

	qsort(known->steps, known->n, sizeof(*known->steps), by_release);
	for (size_t i = 0; i < known->n; i++) {
		struct release_step s = known->steps[i];

		if (n && known->steps[n - 1].index == s.index)
			n--;
		if (!n || !oid_eq(&known->steps[n - 1].blob, &s.blob))
			known->steps[n++] = s;
	}
	known->n = n;
}

static bool take(void *ctx, struct str path, const struct repo_step *steps, size_t n)
{
	struct knowing *k = ctx;
	const struct layout *layout = NULL;
	struct known *known = NULL;
	size_t c;

	for (size_t i = 0; i < n; i++) {
		const struct layout *l = k->layouts[steps[i].index];

		if (l != layout) { /* which collection it is of may change with them */
			struct known *before = known;

			layout = l;
			known = layout_collection(&c, l, path)
			                ? known_of(k, l->dataset->collections[c].name,
			                           file_stem(path))
			                : NULL;
			if (known && known != before)
				known->paths++;
		}
		if (known && !known->cap) { /* most entries have one path */
			known->cap = n - i;
			known->steps = arena_array(k->arena, struct release_step, n - i);
		}
		if (known)
			*arena_push(k->arena, known->steps, known->n, known->cap) =
			        (struct release_step){steps[i].index, steps[i].id};
	}
	if (known && k->paths && !oid_is_zero(&steps[n - 1].id))
		known->path = arena_str(k->arena, path);
	return true;
}

bool known_read(struct map *out, struct record *r, bool paths, struct arena *arena,
                struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	struct knowing k = {.r = r, .out = out, .key = BUF_INIT(LIMIT_FILE_BYTES)};
	struct oid *trees = arena_array(&own, struct oid, r->n);
	bool ok;

	k.arena = arena;
	k.paths = paths;
	k.layouts = arena_array(&own, const struct layout *, r->n);
	map_init(out, arena);
	for (size_t i = 0; i < r->n; i++) {
		trees[i] = r->releases[i].tree;
		k.layouts[i] = release_layout(r, &r->releases[i], err);
		if (!k.layouts[i])
			return false;
	}
	ok = repo_steps(r->repo, trees, r->n, take, &k, err);
	buf_release(&k.key);
	for (size_t i = 0; i < out->n && ok; i++) {
		struct known *known = out->items[i].value;

		if (known->paths > 1)
			settle(known);
	}
	return ok;
}

bool known_read_one(struct map *out, struct record *r, struct str collection,
                    struct str id, struct arena *arena, struct err *err)
{
	struct knowing k = {
	        .r = r, .out = out, .key = BUF_INIT(LIMIT_FILE_BYTES), .arena = arena};
	struct entry_record e;
	struct known *known;

	if (!record_entry(&e, r, collection, id, arena, err))
		return false;
	if (e.n && e.newest.path.s) {
		known = known_of(&k, collection, id);
		known->n = 1;
		known->steps = arena_new(arena, struct release_step);
		known->steps[0] =
		        (struct release_step){e.versions[e.n - 1].first, e.newest.blob};
	}
	buf_release(&k.key);
	return true;
}
