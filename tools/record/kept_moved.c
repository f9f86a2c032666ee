/*
 * kept_moved.c - what was kept of an older release, brought up to the last one
 */
#include "record/kept.h"

#include "base/limits.h"

struct moving {
	struct map *known;
	struct arena *arena;
	struct buf key;
	size_t index; /* of the release */
};

static struct known *known_at(struct moving *m, struct str collection, struct str id)
{
	struct str key = known_key(&m->key, collection, id);
	struct known *known = map_get(m->known, key);

	if (known)
		return known;
	key = arena_str(m->arena, key);
	known = arena_new(m->arena, struct known);
	known->collection = str_sub(key, 0, collection.n);
	known->id = str_sub(key, collection.n + 1, id.n);
	map_set(m->known, key, known);
	return known;
}

static void add_step(struct moving *m, struct known *known, size_t index,
                     const struct oid *blob)
{
	*arena_push(m->arena, known->steps, known->n, known->cap) =
	        (struct release_step){index, *blob};
}

static void take_rows(struct moving *m, const struct kept *k)
{
	for (size_t i = 0; i < k->head->rows; i++) {
		const struct kept_row *r = &k->rows[i];
		const struct collection *c = &k->dataset->collections[r->collection];
		struct known *known;

		if (oid_is_zero(&r->last))
			continue;
		known = known_at(m, c->name, file_stem(kept_str(k, r->path)));
		if (!known->n)
			add_step(m, known, r->release, &r->last);
	}
}

static void take_gone(struct moving *m, const struct kept *k)
{
	for (size_t i = 0; i < k->head->gone; i++) {
		const struct kept_gone *g = &k->gone[i];
		struct str key = kept_str(k, g->key);
		size_t slash = str_find(key, '/');
		struct known *known = known_at(m, str_sub(key, 0, slash),
		                               str_sub(key, slash + 1, key.n));

		known->unsure = g->release == KEPT_UNKNOWN;
		add_step(m, known, known->unsure ? 0 : g->release, &g->last);
	}
}

static bool note_change(void *ctx, const struct release_change *c, struct err *err)
{
	static const struct oid none;
	struct moving *m = ctx;
	struct known *known = known_at(m, c->collection, c->id);
	const struct oid *blob = c->new ? &c->new->blob : &none;

	(void)err;
	if (known->n && oid_eq(&known->steps[known->n - 1].blob, blob))
		return true;
	known->moved = true;
	add_step(m, known, m->index, blob);
	return true;
}

/* Whether what was kept is about a release of this record, all later ones laid out like it. */
static bool may_follow(const struct kept *k)
{
	struct record *r = k->record;
	size_t last = k->head->releases;
	const struct layout *layout;
	struct err ignored = {0};

	if (!last || last > r->n || !oid_eq(&r->releases[last - 1].commit, &k->head->tip))
		return false;
	layout = release_layout(r, &r->releases[last - 1], &ignored);
	for (size_t i = last; i < r->n && layout; i++)
		if (release_layout(r, &r->releases[i], &ignored) != layout)
			return false;
	return layout != NULL;
}

static bool follow(struct moving *m, const struct kept *k)
{
	struct record *r = k->record;
	struct err ignored = {0};

	if (kept_is_current(k))
		return true;
	if (!may_follow(k))
		return false;
	for (m->index = k->head->releases; m->index < r->n; m->index++)
		if (!release_changes(r, &r->releases[m->index - 1],
		                     &r->releases[m->index], note_change, m, &ignored))
			return false;
	return true;
}

bool kept_known_all(struct map *out, struct kept *k, struct arena *arena)
{
	struct moving m = {
	        .known = out, .arena = arena, .key = BUF_INIT(LIMIT_FILE_BYTES)};
	bool ok;

	map_init(out, arena);
	map_reserve(out, k->head->rows + k->head->gone);
	take_rows(&m, k);
	take_gone(&m, k);
	ok = follow(&m, k);
	buf_release(&m.key);
	return ok;
}
