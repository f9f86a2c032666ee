#include "change/internal.h"

const struct path *walk_role_key(const struct walk *w, struct trail t)
{
	const struct roles *r = w->roles;

	if (!r)
		return NULL;
	if (r->sources && t.sources >= 0 && (size_t)t.sources + 1 == r->sources->n &&
	    r->sources->steps[t.sources].each)
		return r->source_key;
	if (r->aliases && t.aliases >= 0 && (size_t)t.aliases + 1 == r->aliases->n &&
	    r->aliases->steps[t.aliases].each)
		return r->alias_text;
	return NULL;
}

static bool is_container(const struct doc_node *node)
{
	return node->kind == DOC_LIST || node->kind == DOC_MAP;
}

const struct doc_node *align_name(const struct alignment *a, const struct doc_node *item)
{
	if (a->keyed)
		return align_key(a, item);
	return is_container(item) ? NULL : item;
}

/* O and N: where the item stands; NOWHERE on the side that does not have it. */
static void walk_item(struct walk *w, struct trail t, const struct alignment *a,
                      const struct doc_node *old, uint32_t o, const struct doc_node *new,
                      uint32_t n)
{
	bool gone = n == NOWHERE, whole;
	const struct doc_node *item = gone ? &old->items[o] : &new->items[n];
	size_t old_at = w->old_at.n, new_at = w->new_at.n, place = w->place.n;

	if (o != NOWHERE)
		doc_pointer_index(&w->old_at, o);
	if (!gone)
		doc_pointer_index(&w->new_at, n);
	place_item(&w->place, align_name(a, item), gone ? o : n, &whole);
	whole = whole && item->kind == DOC_STRING;
	if (o == NOWHERE)
		walk_add(w, CHANGE_ADDED, NULL, item, whole);
	else if (gone)
		walk_add(w, CHANGE_REMOVED, item, NULL, whole);
	else
		walk_node(w, walk_step(w, t, STR_NONE), &old->items[o], item);
	buf_truncate(&w->old_at, old_at);
	buf_truncate(&w->new_at, new_at);
	buf_truncate(&w->place, place);
}

/* The items of OLD from *AT on that are gone, up to STOP. */
static void walk_removed(struct walk *w, struct trail t, const struct alignment *a,
                         const struct doc_node *old, uint32_t *at, uint32_t stop)
{
	for (; *at < stop; ++*at)
		if (!a->found[*at])
			walk_item(w, t, a, old, *at, NULL, NOWHERE);
}

void walk_lists(struct walk *w, struct trail t, const struct doc_node *old,
                const struct doc_node *new)
{
	struct alignment a;
	uint32_t at = 0;

	align_lists(&a, old, new, walk_role_key(w, t), &w->scratch);
	if (a.moved)
		walk_add(w, CHANGE_MOVED, old, new, false);
	for (uint32_t i = 0; i < new->n; i++) {
		uint32_t stop = a.to_old[i];

		if (stop == NOWHERE)
			for (stop = at; stop < old->n && !a.found[stop];)
				stop++;
		walk_removed(w, t, &a, old, &at, stop);
		walk_item(w, t, &a, old, a.to_old[i], new, i);
		at += a.to_old[i] == at;
	}
	walk_removed(w, t, &a, old, &at, old->n);
}
