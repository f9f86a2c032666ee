#include "merge/internal.h"

static bool take(struct doc_node *out, const struct doc_node *node)
{
	if (node)
		*out = *node;
	return node != NULL;
}

struct str clash_key(struct merging *m, const struct doc_node *const nodes[SIDES])
{
	const struct doc_node **copy =
	        arena_array(m->arena, const struct doc_node *, SIDES);

	for (int s = BASE; s < SIDES; s++)
		copy[s] = nodes[s];
	return (struct str){(const char *)copy, SIDES * sizeof(*copy)};
}

/* The result's key is that of the side that has it. */
static struct doc_member *member_of(const struct plan_item *item,
                                    const struct doc_node *const nodes[SIDES])
{
	enum side s = item->at[OURS] != NOT_THERE ? OURS : THEIRS;

	return &nodes[s]->members[item->at[s]];
}

static void collect(struct doc_node *out, struct merging *m, const struct plan *plan,
                    const struct doc_node *const nodes[SIDES])
{
	bool map = out->kind == DOC_MAP;
	struct doc_member *members = NULL;
	struct doc_node *items = NULL;

	if (map)
		members = arena_array(m->arena, struct doc_member, plan->n);
	else
		items = arena_array(m->arena, struct doc_node, plan->n);
	out->n = 0;
	for (size_t i = 0; i < plan->n; i++) {
		const struct doc_node *n[SIDES];

		plan_nodes(n, &plan->items[i], nodes);
		if (!map) {
			out->n += value_merge(&items[out->n], m, n);
			continue;
		}
		members[out->n] = *member_of(&plan->items[i], nodes);
		out->n += value_merge(&members[out->n].value, m, n);
	}
	if (map)
		out->members = members;
	else
		out->items = items;
}

static bool is_collection(const struct doc_node *node)
{
	return node && (node->kind == DOC_LIST || node->kind == DOC_MAP);
}

static bool merge_lines(struct doc_node *out, struct merging *m,
                        const struct doc_node *const nodes[SIDES])
{
	struct plan plan;

	if (same_value(nodes[BASE], nodes[OURS]) &&
	    same_value(nodes[BASE], nodes[THEIRS]))
		return take(out, nodes[OURS]);
	if (!nodes[OURS] || !nodes[THEIRS]) {
		m->astray = m->astray || nodes[BASE];
		return take(out, nodes[OURS] ? nodes[OURS] : nodes[THEIRS]);
	}
	if (plan_history(&plan, m, nodes)) {
		m->astray = true;
		return take(out, nodes[OURS]);
	}
	*out = *nodes[OURS];
	collect(out, m, &plan, nodes);
	return true;
}

/* The side whose value stands as a whole. False: both changed it. */
static bool shortcut(enum side *out, const struct doc_node *const nodes[SIDES])
{
	*out = OURS;
	if (same_value(nodes[OURS], nodes[THEIRS]) ||
	    same_value(nodes[THEIRS], nodes[BASE]))
		return true;
	if (!same_value(nodes[OURS], nodes[BASE]))
		return false;
	*out = THEIRS;
	return true;
}

bool value_merge(struct doc_node *out, struct merging *m,
                 const struct doc_node *const nodes[SIDES])
{
	struct plan plan;
	enum side from = OURS;
	bool collections;

	if (m->n && map_has(&m->clash_of, clash_key(m, nodes)))
		return take(out, nodes[m->take]);
	if (is_history(m, nodes))
		return merge_lines(out, m, nodes);
	collections = same_kind(nodes) && is_collection(nodes[OURS]);
	/* A clash may lie deeper: then only the merge of the parts tells. */
	if ((m->n && collections) || !shortcut(&from, nodes)) {
		if (collections && !plan_make(&plan, m, nodes)) {
			*out = *nodes[OURS];
			collect(out, m, &plan, nodes);
			return true;
		}
		m->astray = !shortcut(&from, nodes) || m->astray;
	}
	return take(out, nodes[from]);
}
