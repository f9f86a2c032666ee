/*
 * trees.c - what differs between two states of a dataset
 */
#include "diff/internal.h"

#include <stdlib.h>

/* ---- what is asked for ---- */

static bool is_asked_id(const struct diff_filter *only, const struct pair *p)
{
	for (size_t i = 0; p->id.s && i < only->ids_n; i++) {
		struct str name = only->ids[i];
		size_t n = p->collection.n;

		if (str_eq(name, p->id) ||
		    (name.n > n && name.s[n] == '/' && str_starts(name, p->collection) &&
		     str_eq(str_sub(name, n + 1, name.n), p->id)))
			return true;
	}
	return false;
}

static bool is_asked_path(const struct diff_filter *only, const struct pair *p)
{
	for (int side = 0; side < 2; side++)
		for (const struct sight *s = p->sights[side]; s; s = s->next)
			for (size_t i = 0; i < only->paths_n; i++)
				if (!only->paths[i].n ||
				    path_below(only->paths[i], s->path))
					return true;
	return false;
}

static bool is_asked(const struct diff_filter *only, const struct pair *p)
{
	if (!only || (!only->ids_n && !only->paths_n))
		return true;
	return is_asked_id(only, p) || is_asked_path(only, p);
}

/* ---- one difference ---- */

struct telling {
	struct gathering *g;
	struct change_set *out;
};

static bool is_same_file(const struct sight *old, const struct sight *new)
{
	return old && new &&oid_eq(&old->blob, &new->blob) &&
	       str_eq(old->path, new->path);
}

/* Whether both are read in the same way. */
static bool reads_alike(const struct collection *a, const struct collection *b)
{
	return a == b || (a && b && a->read.format == b->read.format &&
	                  a->read.merge_keys == b->read.merge_keys);
}

/* Read both; what has the same bytes is read once. */
static bool read_both(struct gathering *g, struct sight *old, struct sight *new)
{
	if (old && !sight_read(g, 0, old))
		return false;
	if (!new || new->read)
		return true;
	if (!old || !oid_eq(&old->blob, &new->blob) ||
	    !reads_alike(old->collection, new->collection))
		return sight_read(g, 1, new);
	new->read = true;
	new->bytes = old->bytes;
	new->root = old->root;
	return true;
}

static const struct doc_node *root_of(const struct sight *s)
{
	return s ? s->root : NULL;
}

static struct str bytes_of(const struct sight *s)
{
	return s ? s->bytes : STR_NONE;
}

static void put_side(const struct gathering *g, int side, const struct sight *s,
                     struct str *path, int *version, const char **state)
{
	if (!s)
		return;
	*path = s->path;
	diff_standing(version, state, s->collection, s->root,
	              g->sides[side].side->released);
}

/* Fill C and set *DIFFERS; what is read lives in the arena of G. */
static bool classify(struct entry_change *c, bool *differs, struct gathering *g,
                     struct sight *old, struct sight *new)
{
	const struct roles *roles = &(new ? new : old)->collection->roles;

	*differs = false;
	if (old && new &&is_same_file(old, new) && !old->part && !new->part)
		return true;
	if (!read_both(g, old, new))
		return false;
	/* The rest of the file says nothing about one of several entries in it. */
	if (old && new && (old->part || new->part) && str_eq(old->path, new->path) &&
	    !change_any(roles, old->root, new->root))
		return true;
	put_side(g, 0, old, &c->old_path, &c->old_version, &c->old_state);
	put_side(g, 1, new, &c->new_path, &c->new_version, &c->new_state);
	*differs = change_classify(c, roles, root_of(old), root_of(new), bytes_of(old),
	                           bytes_of(new), g->arena);
	return true;
}

static void keep(struct str *s, struct arena *arena)
{
	if (s->s)
		*s = arena_str(arena, *s);
}

/* Let go of the content: what C says besides fields is copied into ARENA. */
static void shorten(struct entry_change *c, struct arena *arena)
{
	struct change_event *events =
	        arena_array(arena, struct change_event, c->events_n);

	for (size_t i = 0; i < c->events_n; i++) {
		events[i] = c->events[i];
		keep(&events[i].event, arena);
		keep(&events[i].date, arena);
		keep(&events[i].by, arena);
		keep(&events[i].reason, arena);
	}
	c->events = events;
	c->fields = (struct change_list){0};
}

static bool tell_entry(struct telling *t, const struct pair *p, struct sight *old,
                       struct sight *new)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct entry_change c = {.collection = p->collection, .id = p->id};
	bool brief = t->g->only && t->g->only->brief && !(old && new);
	struct gathering g = *t->g;
	bool differs;

	if (brief)
		g.arena = &scratch;
	if (!classify(&c, &differs, &g, old, new))
		return false;
	if (differs && brief)
		shorten(&c, t->g->arena);
	if (differs)
		*arena_push(t->g->arena, t->out->entries, t->out->entries_n,
		            t->out->entries_cap) = c;
	return true;
}

static bool tell_file(struct telling *t, struct sight *old, struct sight *new)
{
	struct file_change f = {.path = (new ? new : old)->path,
	                        .what = (new ? new : old)->what};

	if (is_same_file(old, new))
		return true;
	if (!read_both(t->g, old, new))
		return false;
	if (change_classify_file(&f, root_of(old), root_of(new), bytes_of(old),
	                         bytes_of(new), t->g->arena))
		*arena_push(t->g->arena, t->out->files, t->out->files_n,
		            t->out->files_cap) = f;
	return true;
}

/* ---- an id that several files have ---- */

static int by_path(const void *a, const void *b)
{
	return str_cmp((*(struct sight *const *)a)->path,
	               (*(struct sight *const *)b)->path);
}

static struct sight **sorted(const struct pair *p, int side, struct arena *arena)
{
	struct sight **all = arena_array(arena, struct sight *, p->n[side]);
	size_t n = 0;

	for (struct sight *s = p->sights[side]; s; s = s->next)
		all[n++] = s;
	if (n)
		qsort(all, n, sizeof(struct sight *), by_path);
	return all;
}

/* Those at the same path are one; the others are paired as they come, by path. */
static bool tell_several(struct telling *t, const struct pair *p)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct sight **old = sorted(p, 0, &scratch), **new = sorted(p, 1, &scratch);
	size_t rest[2] = {0, 0}, i = 0, k = 0;

	while (i < p->n[0] || k < p->n[1]) {
		int order = i == p->n[0]   ? 1
		            : k == p->n[1] ? -1
		                           : by_path(&old[i], &new[k]);

		if (order < 0)
			old[rest[0]++] = old[i++];
		else if (order > 0)
			new[rest[1]++] = new[k++];
		else if (!tell_entry(t, p, old[i++], new[k++]))
			return false;
	}
	for (i = 0; i < rest[0] || i < rest[1]; i++)
		if (!tell_entry(t, p, i < rest[0] ? old[i] : NULL,
		                i < rest[1] ? new[i] : NULL))
			return false;
	return true;
}

static bool tell_pair(struct telling *t, const struct pair *p)
{
	if (!is_asked(t->g->only, p))
		return true;
	if (!p->id.s)
		return tell_file(t, p->sights[0], p->sights[1]);
	if (p->n[0] > 1 || p->n[1] > 1)
		return tell_several(t, p);
	return tell_entry(t, p, p->sights[0], p->sights[1]);
}

static bool tell_all(struct telling *t, const struct map *pairs)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (!tell_pair(t, pairs->items[i].value))
			return false;
	return true;
}

/* The entries in files that are named otherwise, when the files differ. */
static bool spread_bundles(struct gathering *g)
{
	for (size_t i = 0; i < g->bundles.n; i++) {
		const struct pair *p = g->bundles.items[i].value;

		if (is_same_file(p->sights[0], p->sights[1]) &&
		    str_eq(p->sights[0]->collection->name,
		           p->sights[1]->collection->name))
			continue;
		for (int side = 0; side < 2; side++)
			if (p->sights[side] && !sight_spread(g, side, p->sights[side]))
				return false;
	}
	return true;
}

bool diff_trees(struct change_set *out, struct repo *repo, const struct diff_side *old,
                const struct diff_side *new, const struct diff_filter *only,
                struct arena *arena, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct gathering g = {.repo = repo,
	                      .only = only,
	                      .scratch = &scratch,
	                      .arena = arena,
	                      .err = err};
	struct telling t = {&g, out};

	*out = (struct change_set){.old_name = old->name, .new_name = new->name};
	outline_init(&g.sides[0], repo, old, &scratch);
	outline_init(&g.sides[1], repo, new, &scratch);
	map_init(&g.entries, &scratch);
	map_init(&g.files, &scratch);
	map_init(&g.bundles, &scratch);
	if (!gather(&g) || !spread_bundles(&g) || !tell_all(&t, &g.entries) ||
	    !tell_all(&t, &g.files))
		return false;
	change_set_finish(out);
	return true;
}
