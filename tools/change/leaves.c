/*
 * leaves.c - the single values of a content, and those that two contents share
 */
#include "change/internal.h"

#include "base/limits.h"

static bool has_parts(const struct doc_node *node, int depth)
{
	return (node->kind == DOC_LIST || node->kind == DOC_MAP) && node->n &&
	       depth < LIMIT_CHANGE_DEPTH;
}

/* ---- of one content ---- */

struct gathering {
	struct walk w;
	struct leaf_list *out;
};

static void add_leaf(struct gathering *g, const struct doc_node *node)
{
	struct str pointer = buf_str(&g->w.new_at), place = buf_str(&g->w.place);
	size_t bytes = pointer.n + place.n;

	if (g->out->n >= LIMIT_CHANGES || bytes > LIMIT_CHANGE_BYTES - g->w.bytes) {
		g->out->dropped++;
		return;
	}
	g->w.bytes += bytes;
	*arena_push(g->w.arena, g->out->items, g->out->n, g->out->cap) = (struct leaf){
	        arena_str(g->w.arena, pointer), arena_str(g->w.arena, place), node};
}

static void gather(struct gathering *g, struct trail t, const struct doc_node *node);

static void gather_map(struct gathering *g, struct trail t, const struct doc_node *map)
{
	struct walk *w = &g->w;
	struct str skip = w->depth == 1 ? change_history_key(w->roles) : STR_NONE;

	for (uint32_t i = 0; i < map->n; i++) {
		const struct doc_member *m = &map->members[i];
		size_t at = w->new_at.n, place = w->place.n;

		if (skip.s && str_eq(m->key, skip))
			continue;
		doc_pointer_key(&w->new_at, m->key);
		place_member(&w->place, m->key);
		gather(g, walk_step(w, t, m->key), &m->value);
		buf_truncate(&w->new_at, at);
		buf_truncate(&w->place, place);
	}
}

static void gather_list(struct gathering *g, struct trail t, const struct doc_node *list)
{
	struct walk *w = &g->w;
	struct alignment a;

	align_lists(&a, list, list, walk_role_key(w, t), &w->scratch);
	for (uint32_t i = 0; i < list->n; i++) {
		const struct doc_node *item = &list->items[i];
		size_t at = w->new_at.n, place = w->place.n;
		bool whole;

		doc_pointer_index(&w->new_at, i);
		place_item(&w->place, align_name(&a, item), i, &whole);
		gather(g, walk_step(w, t, STR_NONE), item);
		buf_truncate(&w->new_at, at);
		buf_truncate(&w->place, place);
	}
}

static void gather(struct gathering *g, struct trail t, const struct doc_node *node)
{
	bool parts = has_parts(node, g->w.depth);

	g->w.depth++;
	if (!parts)
		add_leaf(g, node);
	else if (node->kind == DOC_MAP)
		gather_map(g, t, node);
	else
		gather_list(g, t, node);
	g->w.depth--;
}

void change_leaves(struct leaf_list *out, const struct roles *roles,
                   const struct doc_node *root, struct arena *arena)
{
	struct gathering g = {.w = {.roles = roles,
	                            .arena = arena,
	                            .new_at = BUF_INIT(LIMIT_CHANGE_BYTES),
	                            .place = BUF_INIT(LIMIT_CHANGE_BYTES)},
	                      .out = out};

	gather(&g, TRAIL_START, root);
	buf_release(&g.w.new_at);
	buf_release(&g.w.place);
	arena_release(&g.w.scratch);
}

/* ---- of two contents ---- */

struct matching {
	struct walk w;
	change_same_fn *fn;
	void *ctx;
};

static void match(struct matching *m, struct trail t, const struct doc_node *old,
                  const struct doc_node *new);

static void match_maps(struct matching *m, struct trail t, const struct doc_node *old,
                       const struct doc_node *new)
{
	struct str skip = m->w.depth == 1 ? change_history_key(m->w.roles) : STR_NONE;
	struct map table;

	map_init(&table, &m->w.scratch);
	map_reserve(&table, old->n);
	for (uint32_t i = 0; i < old->n; i++)
		map_set(&table, old->members[i].key, &old->members[i].value);
	for (uint32_t i = 0; i < new->n; i++) {
		const struct doc_member *n = &new->members[i];
		const struct doc_node *o = map_get(&table, n->key);

		if (o && !(skip.s && str_eq(n->key, skip)))
			match(m, walk_step(&m->w, t, n->key), o, &n->value);
	}
}

static void match_lists(struct matching *m, struct trail t, const struct doc_node *old,
                        const struct doc_node *new)
{
	struct alignment a;

	align_lists(&a, old, new, walk_role_key(&m->w, t), &m->w.scratch);
	for (uint32_t i = 0; i < new->n; i++)
		if (a.to_old[i] != NOWHERE)
			match(m, walk_step(&m->w, t, STR_NONE), &old->items[a.to_old[i]],
			      &new->items[i]);
}

static void match(struct matching *m, struct trail t, const struct doc_node *old,
                  const struct doc_node *new)
{
	bool parts = has_parts(new, m->w.depth);

	if (old->kind != new->kind)
		return;
	m->w.depth++;
	if (parts && new->kind == DOC_MAP)
		match_maps(m, t, old, new);
	else if (parts)
		match_lists(m, t, old, new);
	else if (doc_equal(old, new))
		m->fn(m->ctx, old, new);
	m->w.depth--;
}

void change_same(const struct roles *roles, const struct doc_node *old,
                 const struct doc_node *new, change_same_fn *fn, void *ctx)
{
	struct matching m = {.w = {.roles = roles}, .fn = fn, .ctx = ctx};

	match(&m, TRAIL_START, old, new);
	arena_release(&m.w.scratch);
}
