#include "change/internal.h"

/* Members that name the items of a list, the better ones first. */
static const char *const key_names[] = {"id", "key", "name", "text"};

const struct doc_node *align_key(const struct alignment *a, const struct doc_node *item)
{
	const struct doc_member *m;

	if (a->path)
		return path_first(a->path, item);
	m = doc_member(item, a->key);
	return m ? &m->value : NULL;
}

/* The text that stands for an item; absent when its key is none or no short scalar. */
static struct str key_text(const struct alignment *a, const struct doc_node *item)
{
	const struct doc_node *key = align_key(a, item);

	if (key && (key->kind == DOC_STRING || (key->kind == DOC_NUMBER && key->fits)))
		return key->text;
	return STR_NONE;
}

/* Put the items by key into TABLE; false when a key is missing or stands there twice. */
static bool all_distinct(const struct alignment *a, const struct doc_node *list,
                         struct map *table)
{
	bool added = true;

	for (uint32_t i = 0; added && i < list->n; i++) {
		struct str key = key_text(a, &list->items[i]);

		if (!key.s)
			return false;
		*map_at(table, key, &added) = &list->items[i];
	}
	return added;
}

static bool pair_by_key(struct alignment *a, const struct doc_node *old,
                        const struct doc_node *new, struct arena *scratch)
{
	struct map olds, news;

	map_init(&olds, scratch);
	map_init(&news, scratch);
	if (!all_distinct(a, old, &olds) || !all_distinct(a, new, &news))
		return false;
	a->keyed = true;
	for (uint32_t i = 0; i < new->n; i++) {
		const struct doc_node *o = map_get(&olds, key_text(a, &new->items[i]));

		if (!o)
			continue;
		a->to_old[i] = (uint32_t)(o - old->items);
		a->found[a->to_old[i]] = true;
	}
	return true;
}

static bool all_maps(const struct doc_node *list)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (list->items[i].kind != DOC_MAP)
			return false;
	return true;
}

static bool pair_by_keys(struct alignment *a, const struct doc_node *old,
                         const struct doc_node *new, const struct path *path,
                         struct arena *scratch)
{
	if (!all_maps(old) || !all_maps(new))
		return false;
	a->path = path;
	if (path && pair_by_key(a, old, new, scratch))
		return true;
	a->path = NULL;
	for (size_t i = 0; i < ARRAY_LEN(key_names); i++) {
		a->key = str_of(key_names[i]);
		if (pair_by_key(a, old, new, scratch))
			return true;
	}
	return false;
}

/* Old items of one hash that have no pair yet, the first one in front. */
struct queue {
	uint64_t hash;
	uint32_t first;
};

static void pair_equal(struct alignment *a, const struct doc_node *old,
                       const struct doc_node *new, struct arena *scratch)
{
	uint32_t *next = arena_array(scratch, uint32_t, old->n);
	struct queue *queues = arena_array(scratch, struct queue, old->n), *q;
	struct map table;

	map_init(&table, scratch);
	for (uint32_t i = old->n; i-- > 0;) {
		void **at;

		queues[i].hash = doc_hash(&old->items[i]);
		at = map_at(&table, (struct str){(char *)&queues[i].hash, 8}, NULL);
		if (!*at) {
			queues[i].first = NOWHERE;
			*at = &queues[i];
		}
		q = *at;
		next[i] = q->first;
		q->first = i;
	}
	for (uint32_t i = 0; i < new->n; i++) {
		uint64_t hash = doc_hash(&new->items[i]);

		q = map_get(&table, (struct str){(char *)&hash, 8});
		if (!q || q->first == NOWHERE ||
		    !doc_equal(&old->items[q->first], &new->items[i]))
			continue;
		a->to_old[i] = q->first;
		a->found[q->first] = true;
		q->first = next[q->first];
	}
}

/* Pair new item N with old item O when both have none and have parts to compare. */
static void pair_parts(struct alignment *a, const struct doc_node *old, uint32_t o,
                       const struct doc_node *new, uint32_t n)
{
	uint8_t kind = new->items[n].kind;

	if (a->to_old[n] != NOWHERE || o >= old->n || a->found[o] ||
	    old->items[o].kind != kind || (kind != DOC_LIST && kind != DOC_MAP))
		return;
	a->to_old[n] = o;
	a->found[o] = true;
}

/* Lists and maps that stand behind or before a pair are one with a difference inside. */
static void pair_neighbours(struct alignment *a, const struct doc_node *old,
                            const struct doc_node *new)
{
	for (uint32_t i = 0; i < new->n; i++)
		if (!i || a->to_old[i - 1] != NOWHERE)
			pair_parts(a, old, i ? a->to_old[i - 1] + 1 : 0, new, i);
	for (uint32_t i = new->n; i-- > 0;) {
		bool last = i + 1 == new->n;
		uint32_t behind = last ? old->n : a->to_old[i + 1];

		if (behind != NOWHERE && behind > 0)
			pair_parts(a, old, behind - 1, new, i);
	}
}

static bool in_another_order(const struct alignment *a, uint32_t n)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (a->to_old[i] == NOWHERE)
			continue;
		if (a->to_old[i] < last)
			return true;
		last = a->to_old[i];
	}
	return false;
}

void align_lists(struct alignment *out, const struct doc_node *old,
                 const struct doc_node *new, const struct path *path,
                 struct arena *scratch)
{
	*out = (struct alignment){.to_old = arena_array(scratch, uint32_t, new->n),
	                          .found = arena_array(scratch, bool, old->n)};
	for (uint32_t i = 0; i < new->n; i++)
		out->to_old[i] = NOWHERE;
	if (!pair_by_keys(out, old, new, path, scratch)) {
		pair_equal(out, old, new, scratch);
		pair_neighbours(out, old, new);
	}
	out->moved = in_another_order(out, new->n);
}
