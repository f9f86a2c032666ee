/*
 * changes.c - what differs between two releases, by entry
 */
#include "record/internal.h"

#include <stdlib.h>

/* One entry on both sides; its key is "collection/id". */
struct pair {
	struct str collection, id;
	struct release_file files[2]; /* path absent: not there */
};

struct gathering {
	const struct layout *layouts[2]; /* of the old and the new release */
	struct map pairs; /* key -> struct pair * */
	struct arena *arena;
};

static void note(struct gathering *g, size_t side, struct str path,
                 const struct oid *blob)
{
	const struct layout *l = g->layouts[side];
	struct str id = file_stem(path), name;
	struct pair *p;
	size_t c;
	bool added;
	void **at;

	if (!l || !blob || !layout_collection(&c, l, path))
		return;
	name = l->dataset->collections[c].name;
	at = map_at(&g->pairs,
	            arena_fmt(g->arena, STR_FMT "/" STR_FMT, STR_ARG(name), STR_ARG(id)),
	            &added);
	if (added) {
		p = arena_new(g->arena, struct pair);
		p->collection = name;
		p->id = arena_str(g->arena, id);
		*at = p;
	}
	p = *at;
	p->files[side] = (struct release_file){arena_str(g->arena, path), *blob};
}

static bool gather(void *ctx, const struct repo_change *c)
{
	note(ctx, 0, c->path, c->old_link ? NULL : c->old);
	note(ctx, 1, c->path, c->new_link ? NULL : c->new);
	return true;
}

static struct str sort_path(const struct pair *p)
{
	return p->files[1].path.s ? p->files[1].path : p->files[0].path;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(sort_path(*(const struct pair *const *)a),
	               sort_path(*(const struct pair *const *)b));
}

static bool tell_all(struct gathering *g, release_change_fn *fn, void *ctx,
                     struct err *err)
{
	const struct pair **sorted =
	        arena_array(g->arena, const struct pair *, g->pairs.n);

	for (size_t i = 0; i < g->pairs.n; i++)
		sorted[i] = g->pairs.items[i].value;
	if (g->pairs.n)
		qsort(sorted, g->pairs.n, sizeof(*sorted), by_path);
	for (size_t i = 0; i < g->pairs.n; i++) {
		const struct pair *p = sorted[i];
		struct release_change c = {p->collection, p->id,
		                           p->files[0].path.s ? &p->files[0] : NULL,
		                           p->files[1].path.s ? &p->files[1] : NULL};

		if (!fn(ctx, &c, err))
			return err->code == ERR_NONE;
	}
	return true;
}

bool release_changes(struct record *r, const struct release *old,
                     const struct release *new, release_change_fn *fn, void *ctx,
                     struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct gathering g = {.arena = &arena};

	map_init(&g.pairs, &arena);
	g.layouts[0] = old ? release_layout(r, old, err) : NULL;
	g.layouts[1] = release_layout(r, new, err);
	if (err->code)
		return false;
	return repo_diff(r->repo, old ? &old->tree : NULL, &new->tree, STR(""), gather,
	                 &g, err) &&
	       tell_all(&g, fn, ctx, err);
}
