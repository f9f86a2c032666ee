#include "base/map.h"
#include "doc/internal.h"

struct merge {
	struct map seen;
	struct doc_member *members;
	size_t n, cap;
};

static void take(struct merge *m, struct arena *a, const struct doc_node *map)
{
	for (uint32_t i = 0; i < map->n; i++) {
		bool added;

		map_at(&m->seen, map->members[i].key, &added);
		if (added)
			*(struct doc_member *)arena_push(a, m->members, m->n, m->cap) =
			        map->members[i];
	}
}

static void refuse(struct build *b, const struct doc_node *value)
{
	build_fail(b, &rule_syntax_merge_key, doc_span(value),
	           "`<<` merges a map or a list of maps, but this is a %s",
	           doc_kind_name(value));
}

static void take_list(struct build *b, struct merge *m, const struct doc_node *list)
{
	for (uint32_t i = 0; i < list->n; i++) {
		if (list->items[i].kind == DOC_MAP)
			take(m, b->arena, &list->items[i]);
		else
			refuse(b, &list->items[i]);
	}
}

/*
 * Own keys first, then those of the merged maps in their order; who comes first wins.
 * Source: https://yaml.org/type/merge.html
 */
void merge_members(struct build *b, struct doc_node *map, size_t at)
{
	const struct doc_node *value = &map->members[at].value;
	struct doc_node own = *map;
	struct merge m = {0};

	map_init(&m.seen, b->arena);
	own.n = (uint32_t)at;
	take(&m, b->arena, &own);
	own.members = map->members + at + 1;
	own.n = map->n - (uint32_t)at - 1;
	take(&m, b->arena, &own);
	if (value->kind == DOC_MAP)
		take(&m, b->arena, value);
	else if (value->kind == DOC_LIST)
		take_list(b, &m, value);
	else
		refuse(b, value);
	map->members = m.members;
	map->n = (uint32_t)m.n;
}
