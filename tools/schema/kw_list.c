#include "schema/eval.h"

#include <stdlib.h>

#define FEW 8 /* items up to which every pair is compared */

/* ---- prefixItems, items, additionalItems ---- */

static bool check_rest(struct eval *e, const struct list_rules *rules,
                       const struct place *item)
{
	uint64_t most = rules->prefix.n;

	if (!rules->rest->never)
		return eval_child(e, rules->rest, item);
	if (e->out)
		tell(e, &rules->rest_at, item, "is one too many: at most %s allowed",
		     tell_plural(e, most, "item is", "items are"));
	return false;
}

static bool check_list(struct eval *e, const struct instr *in, const struct place *p,
                       struct seen *seen)
{
	const struct list_rules *rules = in->list;
	bool ok = true;

	e->steps += p->node->n;
	for (size_t i = 0; i < p->node->n; i++) {
		const struct place item = {&p->node->items[i], p, NULL, i};

		if (i < rules->prefix.n)
			ok = eval_child(e, rules->prefix.items[i], &item) && ok;
		else if (rules->rest)
			ok = check_rest(e, rules, &item) && ok;
		else
			break;
		if (!ok && !e->out)
			return false;
		if (seen)
			seen_add(seen, i);
	}
	return ok;
}

static struct list_rules *list_rules(struct loader *l, struct subschema *s,
                                     const struct keyword *k)
{
	if (s->list)
		return s->list;
	s->list = arena_new(l->arena, struct list_rules);
	compile_emit(l, s, k, check_list)->list = s->list;
	return s->list;
}

bool compile_prefix_items(struct loader *l, struct subschema *s, const struct keyword *k,
                          const struct doc_node *value)
{
	struct schemas *prefix = &list_rules(l, s, k)->prefix;

	prefix->items = arena_array(l->arena, const struct subschema *, value->n);
	for (size_t i = 0; i < value->n; i++) {
		prefix->items[i] = compile_child(l, s, k, &value->items[i]);
		if (!prefix->items[i])
			return false;
	}
	prefix->n = value->n;
	return true;
}

bool compile_items(struct loader *l, struct subschema *s, const struct keyword *k,
                   const struct doc_node *value)
{
	struct list_rules *rules = list_rules(l, s, k);

	rules->rest = compile_child(l, s, k, value);
	rules->rest_at = compile_at(s, k);
	return rules->rest;
}

/* Before 2020-12: as a list, "items" is what "prefixItems" became. */
bool compile_items_or_list(struct loader *l, struct subschema *s, const struct keyword *k,
                           const struct doc_node *value)
{
	if (value->kind == DOC_LIST)
		return compile_prefix_items(l, s, k, value);
	return compile_items(l, s, k, value);
}

/* ... and "additionalItems", which counts only beside such a list, is what "items" became. */
bool compile_additional_items(struct loader *l, struct subschema *s,
                              const struct keyword *k, const struct doc_node *value)
{
	const struct keyword *items;
	const struct doc_node *list = compile_sibling(s, "items", &items);

	if (!list || list->kind != DOC_LIST)
		return true;
	return compile_items(l, s, k, value);
}

/* ---- contains, minContains, maxContains ---- */

static void tell_few(struct eval *e, const struct instr *in, const struct place *p,
                     uint64_t found)
{
	const struct contains_rules *c = in->contains;

	if (c->min == 1 || !c->min_at.rule)
		tell(e, &in->at, p, "has no item of the kind asked for");
	else
		tell(e, &c->min_at, p,
		     "has %s of the kind asked for, but at least %llu are expected",
		     tell_plural(e, found, "item", "items"), (unsigned long long)c->min);
}

static bool check_contains(struct eval *e, const struct instr *in, const struct place *p,
                           struct seen *seen)
{
	const struct contains_rules *c = in->contains;
	bool describes = seen && c->describes;
	uint64_t found = 0;

	for (size_t i = 0; i < p->node->n; i++) {
		const struct place item = {&p->node->items[i], p, NULL, i};

		if (!eval_probe(e, c->schema, &item, NULL))
			continue;
		found++;
		if (describes)
			seen_add(seen, i);
		if (!describes && found >= c->min && c->max == UINT64_MAX)
			return true;
	}
	if (e->stopped)
		return false;
	if (found < c->min && e->out)
		tell_few(e, in, p, found);
	if (found > c->max && e->out)
		tell(e, &c->max_at, p,
		     "has %s of the kind asked for, but at most %llu %s allowed",
		     tell_plural(e, found, "item", "items"), (unsigned long long)c->max,
		     c->max == 1 ? "is" : "are");
	return found >= c->min && found <= c->max;
}

static bool bound(struct loader *l, const struct subschema *s, const char *name,
                  uint64_t *count, struct keyword_at *at)
{
	const struct keyword *k;
	const struct doc_node *value = compile_sibling(s, name, &k);

	if (!value)
		return true;
	if (!(kind_bits(value) & k->value))
		return load_fail(l, s, value, "\"%s\" must be a whole number", name);
	*count = compile_count(value);
	*at = compile_at(s, k);
	return true;
}

bool compile_contains(struct loader *l, struct subschema *s, const struct keyword *k,
                      const struct doc_node *value)
{
	struct contains_rules *c = arena_new(l->arena, struct contains_rules);

	c->schema = compile_child(l, s, k, value);
	c->min = 1;
	c->max = UINT64_MAX;
	c->describes = s->resource->dialect->draft->contains_describes;
	if (!c->schema || !bound(l, s, "minContains", &c->min, &c->min_at) ||
	    !bound(l, s, "maxContains", &c->max, &c->max_at))
		return false;
	compile_emit(l, s, k, check_contains)->contains = c;
	return true;
}

/* ---- minItems, maxItems ---- */

static bool check_max_items(struct eval *e, const struct instr *in, const struct place *p,
                            struct seen *seen)
{
	(void)seen;
	if (p->node->n <= in->count)
		return true;
	if (e->out)
		tell(e, &in->at, p, "has %s, but at most %llu %s allowed",
		     tell_plural(e, p->node->n, "item", "items"),
		     (unsigned long long)in->count, in->count == 1 ? "is" : "are");
	return false;
}

static bool check_min_items(struct eval *e, const struct instr *in, const struct place *p,
                            struct seen *seen)
{
	(void)seen;
	if (p->node->n >= in->count)
		return true;
	if (e->out)
		tell(e, &in->at, p, "has %s, but at least %llu %s expected",
		     tell_plural(e, p->node->n, "item", "items"),
		     (unsigned long long)in->count, in->count == 1 ? "is" : "are");
	return false;
}

bool compile_max_items(struct loader *l, struct subschema *s, const struct keyword *k,
                       const struct doc_node *value)
{
	compile_emit(l, s, k, check_max_items)->count = compile_count(value);
	return true;
}

bool compile_min_items(struct loader *l, struct subschema *s, const struct keyword *k,
                       const struct doc_node *value)
{
	compile_emit(l, s, k, check_min_items)->count = compile_count(value);
	return true;
}

/* ---- uniqueItems ---- */

struct hashed {
	uint64_t hash;
	size_t index;
};

static void free_hashed(struct hashed **h)
{
	free(*h);
}

static int by_hash(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static bool tell_repeated(struct eval *e, const struct instr *in, const struct place *p,
                          size_t first, size_t again)
{
	const struct doc_node *node = &p->node->items[again];
	const struct place item = {node, p, NULL, again};

	if (e->out)
		tell(e, &in->at, &item, "repeats item %zu: %s", first + 1,
		     tell_value(e, node));
	return false;
}

static bool unique_few(struct eval *e, const struct instr *in, const struct place *p)
{
	const struct doc_node *items = p->node->items;
	bool ok = true;

	for (size_t i = 1; i < p->node->n && (ok || e->out); i++) {
		for (size_t j = 0; j < i; j++) {
			if (!doc_equal(&items[i], &items[j]))
				continue;
			ok = tell_repeated(e, in, p, j, i);
			break;
		}
	}
	return ok;
}

/* Each item of a run of equal hashes against those before it in the run. */
static bool unique_run(struct eval *e, const struct instr *in, const struct place *p,
                       const struct hashed *run, size_t n)
{
	const struct doc_node *items = p->node->items;
	bool ok = true;

	for (size_t i = 1; i < n && (ok || e->out); i++) {
		for (size_t j = 0; j < i; j++) {
			if (!eval_charge(e, p, 1))
				return false;
			if (!doc_equal(&items[run[i].index], &items[run[j].index]))
				continue;
			ok = tell_repeated(e, in, p, run[j].index, run[i].index);
			break;
		}
	}
	return ok;
}

static bool unique_many(struct eval *e, const struct instr *in, const struct place *p)
{
	size_t n = p->node->n;
	CLEANUP(free_hashed) struct hashed *all = mem_alloc(n * sizeof(*all));
	uint64_t nodes = 0;
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		all[i] = (struct hashed){value_hash(&p->node->items[i], &nodes), i};
	if (!eval_charge(e, p, nodes))
		return false;
	qsort(all, n, sizeof(*all), by_hash);
	for (size_t from = 0, to; from < n && (ok || e->out); from = to) {
		for (to = from + 1; to < n && all[to].hash == all[from].hash;)
			to++;
		ok = unique_run(e, in, p, all + from, to - from) && ok;
	}
	return ok;
}

static bool check_unique(struct eval *e, const struct instr *in, const struct place *p,
                         struct seen *seen)
{
	(void)seen;
	return p->node->n <= FEW ? unique_few(e, in, p) : unique_many(e, in, p);
}

bool compile_unique_items(struct loader *l, struct subschema *s, const struct keyword *k,
                          const struct doc_node *value)
{
	if (value->truth)
		compile_emit(l, s, k, check_unique);
	return true;
}
