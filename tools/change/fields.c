#include "change/internal.h"

#include "base/limits.h"

#define FEW 8 /* members up to which looking through them is faster than a table */

static const char *const kind_names[] = {"added", "removed", "changed", "moved"};

const char *change_kind_name(enum change_kind k)
{
	return kind_names[k];
}

struct str change_history_key(const struct roles *roles)
{
	const struct path *p = roles ? roles->history : NULL;

	return p && p->n == 1 && !p->steps[0].each ? p->steps[0].key : STR_NONE;
}

void walk_add(struct walk *w, enum change_kind kind, const struct doc_node *old,
              const struct doc_node *new, bool named)
{
	struct str pointer = buf_str(kind == CHANGE_REMOVED ? &w->old_at : &w->new_at);
	struct str place = buf_str(&w->place);
	size_t bytes = pointer.n + place.n;

	if (w->out->n >= LIMIT_CHANGES || bytes > LIMIT_CHANGE_BYTES - w->bytes) {
		w->out->dropped++;
		return;
	}
	w->bytes += bytes;
	*arena_push(w->arena, w->out->items, w->out->n, w->out->cap) =
	        (struct field_change){.kind = kind,
	                              .pointer = arena_str(w->arena, pointer),
	                              .place = arena_str(w->arena, place),
	                              .named = named,
	                              .old = old,
	                              .new = new};
}

static int follow(const struct path *path, int at, struct str key)
{
	const struct path_step *step;

	if (!path || at < 0 || (size_t)at >= path->n)
		return -1;
	step = &path->steps[at];
	return step->each || (key.s && str_eq(step->key, key)) ? at + 1 : -1;
}

struct trail walk_step(const struct walk *w, struct trail t, struct str key)
{
	if (!w->roles)
		return t;
	return (struct trail){.sources = follow(w->roles->sources, t.sources, key),
	                      .aliases = follow(w->roles->aliases, t.aliases, key)};
}

/* ---- maps ---- */

/* The members of a map by key: looked through, or in a table when they are many. */
struct members {
	const struct doc_node *map;
	struct map table;
};

static void members_init(struct members *m, const struct doc_node *map, struct arena *a)
{
	m->map = map;
	map_init(&m->table, a);
	if (map->n <= FEW)
		return;
	map_reserve(&m->table, map->n);
	for (uint32_t i = 0; i < map->n; i++)
		map_set(&m->table, map->members[i].key, &map->members[i]);
}

static const struct doc_member *members_get(const struct members *m, struct str key)
{
	return m->map->n <= FEW ? doc_member(m->map, key) : map_get(&m->table, key);
}

/* Where the walk is, to come back to after a step. */
struct position {
	size_t old_at, new_at, place;
};

static struct position go_to(struct walk *w, struct str key)
{
	struct position p = {w->old_at.n, w->new_at.n, w->place.n};

	doc_pointer_key(&w->old_at, key);
	doc_pointer_key(&w->new_at, key);
	place_member(&w->place, key);
	return p;
}

static void go_back(struct walk *w, const struct position *p)
{
	buf_truncate(&w->old_at, p->old_at);
	buf_truncate(&w->new_at, p->new_at);
	buf_truncate(&w->place, p->place);
}

/* OLD or NEW: NULL when the member is not there. */
static void walk_member(struct walk *w, struct trail t, struct str key,
                        const struct doc_node *old, const struct doc_node *new)
{
	struct position back = go_to(w, key);

	if (!old)
		walk_add(w, CHANGE_ADDED, NULL, new, false);
	else if (!new)
		walk_add(w, CHANGE_REMOVED, old, NULL, false);
	else
		walk_node(w, walk_step(w, t, key), old, new);
	go_back(w, &back);
}

/* The members of OLD from *AT on that are gone in NEW, up to member STOP. */
static void walk_removed(struct walk *w, struct trail t, const struct members *old,
                         const struct members *new, struct str skip, uint32_t *at,
                         uint32_t stop)
{
	for (; *at < stop; ++*at) {
		const struct doc_member *m = &old->map->members[*at];

		if (!(skip.s && str_eq(m->key, skip)) && !members_get(new, m->key))
			walk_member(w, t, m->key, &m->value, NULL);
	}
}

/* How many members of OLD stand at AT in a row that NEW does not have. */
static uint32_t gone_in_a_row(const struct members *old, const struct members *new,
                              uint32_t at)
{
	uint32_t end = at;

	while (end < old->map->n && !members_get(new, old->map->members[end].key))
		end++;
	return end - at;
}

/* SKIP: a member to leave out, or absent. */
static void walk_maps(struct walk *w, struct trail t, const struct doc_node *old,
                      const struct doc_node *new, struct str skip)
{
	struct members olds, news;
	uint32_t at = 0;

	members_init(&olds, old, &w->scratch);
	members_init(&news, new, &w->scratch);
	for (uint32_t i = 0; i < new->n; i++) {
		const struct doc_member *n = &new->members[i];
		const struct doc_member *o = members_get(&olds, n->key);
		uint32_t stop = o ? (uint32_t)(o - old->members)
		                  : at + gone_in_a_row(&olds, &news, at);

		walk_removed(w, t, &olds, &news, skip, &at, stop);
		if (!(skip.s && str_eq(n->key, skip)))
			walk_member(w, t, n->key, o ? &o->value : NULL, &n->value);
		at += o && at == stop;
	}
	walk_removed(w, t, &olds, &news, skip, &at, old->n);
}

void walk_node(struct walk *w, struct trail t, const struct doc_node *old,
               const struct doc_node *new)
{
	bool parts = old->kind == new->kind && w->depth < LIMIT_CHANGE_DEPTH;

	w->depth++;
	if (parts && old->kind == DOC_MAP)
		walk_maps(w, t, old, new,
		          w->depth == 1 ? change_history_key(w->roles) : STR_NONE);
	else if (parts && old->kind == DOC_LIST)
		walk_lists(w, t, old, new);
	else if (!doc_equal(old, new))
		walk_add(w, CHANGE_CHANGED, old, new, false);
	w->depth--;
}

void change_fields(struct change_list *out, const struct roles *roles,
                   const struct doc_node *old, const struct doc_node *new,
                   struct arena *arena)
{
	static const struct doc_node nothing = {.kind = DOC_MAP};
	struct walk w = {.out = out,
	                 .roles = roles,
	                 .arena = arena,
	                 .old_at = BUF_INIT(LIMIT_CHANGE_BYTES),
	                 .new_at = BUF_INIT(LIMIT_CHANGE_BYTES),
	                 .place = BUF_INIT(LIMIT_CHANGE_BYTES)};
	const struct doc_node *one = old ? old : new;

	if (one && !(old && new) && one->kind != DOC_MAP)
		walk_add(&w, old ? CHANGE_REMOVED : CHANGE_ADDED, old, new, false);
	else if (one)
		walk_node(&w, TRAIL_START, old ? old : &nothing, new ? new : &nothing);
	buf_release(&w.old_at);
	buf_release(&w.new_at);
	buf_release(&w.place);
	arena_release(&w.scratch);
}

/* Whether the maps differ in a member that is not SKIP. */
static bool maps_differ(const struct doc_node *old, const struct doc_node *new,
                        struct str skip, struct arena *scratch)
{
	uint32_t n = 0, counted = 0;
	struct members olds;

	members_init(&olds, old, scratch);
	for (uint32_t i = 0; i < new->n; i++) {
		const struct doc_member *m = &new->members[i], *o;

		if (skip.s && str_eq(m->key, skip))
			continue;
		o = members_get(&olds, m->key);
		if (!o || !doc_equal(&o->value, &m->value))
			return true;
		n++;
	}
	for (uint32_t i = 0; i < old->n; i++)
		counted += !(skip.s && str_eq(old->members[i].key, skip));
	return counted != n;
}

bool change_any(const struct roles *roles, const struct doc_node *old,
                const struct doc_node *new)
{
	static const struct doc_node nothing = {.kind = DOC_MAP};
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct doc_node *one = old ? old : new;

	if (!one)
		return false;
	if (!(old && new) && one->kind != DOC_MAP)
		return true;
	old = old ? old : &nothing;
	new = new ? new : &nothing;
	if (old->kind == DOC_MAP && new->kind == DOC_MAP)
		return maps_differ(old, new, change_history_key(roles), &scratch);
	return !doc_equal(old, new);
}
