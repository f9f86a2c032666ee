#include "merge/internal.h"

#include "base/limits.h"

/* What tells the members or items of one side apart. */
struct names {
	struct str *items;
	size_t n;
	struct map index; /* name -> 1 + index */
};

bool same_value(const struct doc_node *a, const struct doc_node *b)
{
	return a && b ? doc_equal(a, b) : a == b;
}

bool same_kind(const struct doc_node *const nodes[SIDES])
{
	return nodes[BASE] && nodes[OURS] && nodes[THEIRS] &&
	       nodes[BASE]->kind == nodes[OURS]->kind &&
	       nodes[BASE]->kind == nodes[THEIRS]->kind;
}

static bool is_scalar(const struct doc_node *node)
{
	return node && node->kind != DOC_LIST && node->kind != DOC_MAP;
}

/* Equal scalars have equal names; the first letter keeps kinds apart. */
static struct str scalar_name(const struct doc_node *node, struct arena *arena)
{
	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		return STR("0");
	case DOC_BOOL:
		return node->truth ? STR("t") : STR("f");
	case DOC_NUMBER:
		if (node->fits)
			return arena_fmt(arena, "n%lld", (long long)node->integer);
		return arena_fmt(arena, "n" STR_FMT, STR_ARG(node->text));
	default:
		return arena_fmt(arena, "s" STR_FMT, STR_ARG(node->text));
	}
}

static uint32_t count(const struct doc_node *node)
{
	return node ? node->n : 0;
}

/* What names item I of a list: its member KEY, or (KEY absent) itself. NULL: nothing does. */
static const struct doc_node *namer(const struct doc_node *list, uint32_t i,
                                    struct str key)
{
	const struct doc_node *item = &list->items[i];
	const struct doc_member *member;

	if (!key.s)
		return is_scalar(item) ? item : NULL;
	member = doc_member(item, key);
	return member && is_scalar(&member->value) ? &member->value : NULL;
}

/* Whether all items of all sides have a name by KEY. */
static bool all_named(const struct doc_node *const nodes[SIDES], struct str key)
{
	for (int s = BASE; s < SIDES; s++)
		for (uint32_t i = 0; i < count(nodes[s]); i++)
			if (!namer(nodes[s], i, key))
				return false;
	return true;
}

static void names_init(struct names *n, size_t size, struct arena *arena)
{
	*n = (struct names){.items = arena_array(arena, struct str, size)};
	map_init(&n->index, arena);
	map_reserve(&n->index, size);
}

/* False: it is there already. */
static bool names_add(struct names *n, struct str name)
{
	bool added;
	void **at = map_at(&n->index, name, &added);

	n->items[n->n++] = name;
	*at = (void *)(uintptr_t)n->n;
	return added;
}

static uint32_t names_at(const struct names *n, struct str name)
{
	uintptr_t at = (uintptr_t)map_get(&n->index, name);

	return at ? (uint32_t)(at - 1) : NOT_THERE;
}

/* False: two items of one side have the same name. */
static bool name_items(struct names out[SIDES], const struct doc_node *const nodes[SIDES],
                       struct str key, struct arena *arena)
{
	bool distinct = true;

	for (int s = BASE; s < SIDES; s++) {
		names_init(&out[s], count(nodes[s]), arena);
		for (uint32_t i = 0; i < count(nodes[s]); i++)
			distinct = names_add(&out[s], scalar_name(namer(nodes[s], i, key),
			                                          arena)) &&
			           distinct;
	}
	return distinct;
}

/* The keys that may name an item, in the order in which they are tried. */
static const char *const item_keys[] = {"id", "key", "name", "text"};
#define STRICT_KEYS 2 /* of the first two, one that is there twice is a mistake */

static const char *name_list(struct names out[SIDES], const struct merging *m,
                             const struct doc_node *const nodes[SIDES])
{
	if (nodes[OURS] == m->sources[OURS] && m->source_key.s &&
	    all_named(nodes, m->source_key))
		return name_items(out, nodes, m->source_key, m->arena)
		               ? NULL
		               : "two sources have the same key";
	if (all_named(nodes, STR_NONE))
		return name_items(out, nodes, STR_NONE, m->arena)
		               ? NULL
		               : "the list was changed on both sides and has an item twice";
	for (size_t k = 0; k < ARRAY_LEN(item_keys); k++) {
		struct str key = str_of(item_keys[k]);

		if (!all_named(nodes, key))
			continue;
		if (name_items(out, nodes, key, m->arena))
			return NULL;
		if (k < STRICT_KEYS)
			return "two items of the list have the same key";
	}
	return "the list was changed on both sides and nothing tells its items apart";
}

static void name_members(struct names out[SIDES],
                         const struct doc_node *const nodes[SIDES], struct arena *arena)
{
	for (int s = BASE; s < SIDES; s++) {
		names_init(&out[s], count(nodes[s]), arena);
		for (uint32_t i = 0; i < count(nodes[s]); i++)
			(void)names_add(&out[s], nodes[s]->members[i].key);
	}
}

/* Whether names that are on all sides stand in another order in A than in B. */
static bool reordered(const struct names n[SIDES], enum side a, enum side b)
{
	uint32_t last = 0;

	for (size_t i = 0; i < n[a].n; i++) {
		struct str name = n[a].items[i];
		uint32_t at = names_at(&n[b], name);

		if (at == NOT_THERE ||
		    !map_has(&n[BASE + OURS + THEIRS - a - b].index, name))
			continue;
		if (at < last)
			return true;
		last = at;
	}
	return false;
}

/* The result's order as a chain: items and the one that follows each, by index. */
struct chain {
	struct str *names;
	uint32_t *next;
	uint32_t n, first;
};

static uint32_t *chain_link(struct chain *c, uint32_t at)
{
	return at == NOT_THERE ? &c->first : &c->next[at];
}

/*
 * Put the names that only SECOND has behind the one that stands before them there; what
 * FIRST added at the same place comes before.
 */
static void chain_insert(struct chain *c, const struct names n[SIDES], enum side first,
                         enum side second)
{
	uint32_t before = NOT_THERE;

	for (size_t i = 0; i < n[second].n; i++) {
		struct str name = n[second].items[i];
		uint32_t at = names_at(&n[first], name), *link;

		if (at != NOT_THERE) {
			before = at;
			continue;
		}
		link = chain_link(c, before);
		while (*link != NOT_THERE && *link < n[first].n &&
		       !map_has(&n[second].index, c->names[*link]) &&
		       !map_has(&n[BASE].index, c->names[*link]))
			link = &c->next[*link];
		c->names[c->n] = name;
		c->next[c->n] = *link;
		*link = before = c->n++;
	}
}

static void lay_out(struct plan *out, const struct names n[SIDES], enum side first,
                    struct arena *arena)
{
	enum side second = first == OURS ? THEIRS : OURS;
	size_t most = n[OURS].n + n[THEIRS].n;
	struct chain c = {.names = arena_array(arena, struct str, most),
	                  .next = arena_array(arena, uint32_t, most),
	                  .first = n[first].n ? 0 : NOT_THERE,
	                  .n = (uint32_t)n[first].n};

	for (uint32_t i = 0; i < c.n; i++) {
		c.names[i] = n[first].items[i];
		c.next[i] = i + 1 < c.n ? i + 1 : NOT_THERE;
	}
	chain_insert(&c, n, first, second);
	*out = (struct plan){.items = arena_array(arena, struct plan_item, c.n)};
	for (uint32_t i = c.first; i != NOT_THERE; i = c.next[i]) {
		struct plan_item *item = &out->items[out->n++];

		for (int s = BASE; s < SIDES; s++)
			item->at[s] = names_at(&n[s], c.names[i]);
	}
}

/* The index of the item KEY; plan->n when there is none. */
static size_t find_member(const struct plan *plan, const struct names n[SIDES],
                          struct str key)
{
	uint32_t ours = names_at(&n[OURS], key), theirs = names_at(&n[THEIRS], key);
	size_t at = 0;

	while (at < plan->n &&
	       (plan->items[at].at[OURS] != ours || plan->items[at].at[THEIRS] != theirs))
		at++;
	return at;
}

/* The history stays the file's last key: what theirs alone puts behind it goes before it. */
static void history_last(struct plan *plan, const struct names n[SIDES], struct str key)
{
	size_t at = find_member(plan, n, key);

	for (; at + 1 < plan->n; at++) {
		struct plan_item history = plan->items[at];

		if (history.at[OURS] != NOT_THERE &&
		    plan->items[at + 1].at[OURS] != NOT_THERE)
			return;
		plan->items[at] = plan->items[at + 1];
		plan->items[at + 1] = history;
	}
}

const char *plan_make(struct plan *out, struct merging *m,
                      const struct doc_node *const nodes[SIDES])
{
	struct names n[SIDES];
	bool ours, theirs;
	const char *why;

	if (nodes[OURS]->kind == DOC_MAP) {
		name_members(n, nodes, m->arena);
		lay_out(out, n, OURS, m->arena);
		if (nodes[OURS] == m->root[OURS] && m->history_key.s)
			history_last(out, n, m->history_key);
		return NULL;
	}
	why = name_list(n, m, nodes);
	if (why)
		return why;
	ours = reordered(n, OURS, BASE);
	theirs = reordered(n, THEIRS, BASE);
	if (ours && theirs && reordered(n, OURS, THEIRS))
		return "the items were put in another order on both sides";
	lay_out(out, n, theirs && !ours ? THEIRS : OURS, m->arena);
	return NULL;
}

void plan_nodes(const struct doc_node *out[SIDES], const struct plan_item *item,
                const struct doc_node *const nodes[SIDES])
{
	for (int s = BASE; s < SIDES; s++) {
		uint32_t at = item->at[s];

		if (at == NOT_THERE)
			out[s] = NULL;
		else if (nodes[s]->kind == DOC_MAP)
			out[s] = &nodes[s]->members[at].value;
		else
			out[s] = &nodes[s]->items[at];
	}
}

struct str item_name(const struct merging *m, const struct doc_node *list, uint32_t at,
                     struct arena *arena)
{
	const struct doc_node *name = namer(list, at, STR_NONE);

	if (!name && m->source_key.s &&
	    (list == m->sources[OURS] || list == m->sources[THEIRS]))
		name = namer(list, at, m->source_key);
	for (size_t k = 0; !name && k < ARRAY_LEN(item_keys); k++)
		name = namer(list, at, str_of(item_keys[k]));
	if (name && (name->kind == DOC_STRING || name->kind == DOC_NUMBER))
		return name->text;
	return arena_fmt(arena, "%u", at);
}
