#include "schema/internal.h"

#define ALIAS_HOPS 100 /* references to references */

struct subschema *compile_queue(struct loader *l, struct subschema *s)
{
	if (s->queued)
		return s;
	s->queued = true;
	*l->queue_end = s;
	l->queue_end = &s->next;
	return s;
}

struct subschema *compile_child(struct loader *l, const struct subschema *s,
                                const struct keyword *k, const struct doc_node *node)
{
	struct subschema *child = scan_find(l, node);

	if (child)
		return compile_queue(l, child);
	load_fail(l, s, node, "\"%s\" has no schema here, but %s", k->name,
	          doc_kind_name(node));
	return NULL;
}

struct keyword_at compile_at(const struct subschema *s, const struct keyword *k)
{
	return (struct keyword_at){k->rule, str_of(k->name), s};
}

struct instr *compile_emit(struct loader *l, struct subschema *s, const struct keyword *k,
                           bool (*check)(struct eval *, const struct instr *,
                                         const struct place *, struct seen *))
{
	size_t n = s->instrs_n;
	struct instr *in = arena_push(l->arena, s->instrs, n, s->instrs_cap);

	s->instrs_n = (uint32_t)n;

	*in = (struct instr){.check = check,
	                     .kinds = k->applies,
	                     .phase = k->phase,
	                     .at = compile_at(s, k)};
	return in;
}

const struct doc_node *compile_sibling(const struct subschema *s, const char *name,
                                       const struct keyword **k)
{
	*k = dialect_keyword(s->resource->dialect, str_of(name));
	return *k ? doc_get(s->node, name) : NULL;
}

const struct pattern *compile_pattern(struct loader *l, const struct subschema *s,
                                      const struct doc_node *node, struct str text)
{
	struct pattern *p = map_get(&l->patterns, text);
	struct err err = {0};

	if (p)
		return p;
	if (!pattern_compile(&p, text, l->arena, &err)) {
		load_fail(l, s, node, "%s", err.text);
		return NULL;
	}
	map_set(&l->patterns, text, p);
	return p;
}

uint64_t compile_count(const struct doc_node *node)
{
	if (!node->fits)
		return UINT64_MAX;
	return node->integer < 0 ? 0 : (uint64_t)node->integer;
}

bool compile_text_list(struct loader *l, const struct subschema *s,
                       const struct keyword *k, const struct doc_node *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].kind != DOC_STRING)
			return load_fail(l, s, &list->items[i],
			                 "\"%s\" is a list of texts, but here is %s",
			                 k->name, doc_kind_name(&list->items[i]));
	return true;
}

/* The meta-schema has looked at most values before; a custom one may have looked at less. */
static bool compile_keyword(struct loader *l, struct subschema *s,
                            const struct doc_member *m)
{
	const struct keyword *k = dialect_keyword(s->resource->dialect, m->key);

	if (!k || !k->compile || !scan_reads(s, k))
		return true;
	if (!(kind_bits(&m->value) & k->value))
		return load_fail(l, s, &m->value, "the value of \"%s\" is of no use: %s",
		                 k->name, doc_kind_name(&m->value));
	return k->compile(l, s, k, &m->value);
}

/* By phase, otherwise in the order of the file: insertion sort, the rows are short. */
static void order(struct instr *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct instr in = items[i];
		size_t j = i;

		for (; j && items[j - 1].phase > in.phase; j--)
			items[j] = items[j - 1];
		items[j] = in;
	}
}

static bool compile_subschema(struct loader *l, struct subschema *s)
{
	if (s->node->kind == DOC_BOOL)
		return true;
	if (s->node->kind != DOC_MAP)
		return load_fail(l, s, NULL,
		                 "a schema is a map, true or false, but here is %s",
		                 doc_kind_name(s->node));
	for (size_t i = 0; i < s->node->n; i++)
		if (!compile_keyword(l, s, &s->node->members[i]))
			return false;
	order(s->instrs, s->instrs_n);
	return true;
}

/*
 * What S only refers to. A hop may not leave a resource with dynamic anchors unnoticed,
 * because entering it changes the dynamic scope.
 */
static const struct subschema *alias_of(const struct subschema *s)
{
	const struct instr *in = s->instrs;

	if (s->instrs_n != 1 || s->types != KIND_ANY || !str_eqz(in->at.keyword, "$ref"))
		return NULL;
	if (s->resource->dynamic && in->schema->resource != s->resource)
		return NULL;
	return in->schema;
}

static void set_alias(struct subschema *s)
{
	const struct subschema *to = alias_of(s), *next = to;

	for (int i = 0; next; i++) {
		if (i == ALIAS_HOPS)
			return;
		to = next;
		next = alias_of(to);
	}
	s->alias = to;
}

static struct schema *finish(struct loader *l, const struct subschema *root)
{
	struct schema *schema = arena_new(l->arena, struct schema);

	schema->root = root;
	schema->patterns = arena_array(l->arena, struct pattern *, l->patterns.n);
	for (size_t i = 0; i < l->patterns.n; i++)
		schema->patterns[i] = l->patterns.items[i].value;
	schema->patterns_n = l->patterns.n;
	l->patterns.n = 0;
	schema->files = arena_array(l->arena, struct str, l->loaded.n);
	for (size_t i = 0; i < l->loaded.n; i++)
		schema->files[i] = l->loaded.items[i].key;
	schema->files_n = l->loaded.n;
	return schema;
}

bool compile_all(struct loader *l, struct schema **out, struct subschema *root)
{
	struct subschema *first;

	compile_queue(l, root);
	first = l->queue;
	/* Compiling appends to the list while it is walked. */
	for (struct subschema *s = first; s; s = s->next)
		if (!compile_subschema(l, s))
			return false;
	for (struct subschema *s = first; s; s = s->next) {
		s->scoped = s->unevaluated || s->resource->dynamic;
		set_alias(s);
	}
	for (struct subschema *s = first; s && l->notes; s = s->next)
		lint_subschema(l, s);
	*out = finish(l, root);
	return true;
}
