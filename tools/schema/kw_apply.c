#include "schema/eval.h"

/* ---- $ref, $dynamicRef, $defs ---- */

static bool check_ref(struct eval *e, const struct instr *in, const struct place *p,
                      struct seen *seen)
{
	return eval_schema(e, in->schema, p, seen);
}

bool compile_ref(struct loader *l, struct subschema *s, const struct keyword *k,
                 const struct doc_node *value)
{
	const struct anchor *anchor;
	struct subschema *target = resolve_ref(l, s, value, &anchor);

	if (target)
		compile_emit(l, s, k, check_ref)->schema = compile_queue(l, target);
	return target;
}

/* Core, section 8.2.3.2: the outermost resource in scope that has the anchor decides. */
static bool check_dynamic_ref(struct eval *e, const struct instr *in,
                              const struct place *p, struct seen *seen)
{
	const struct anchor *found = in->anchor;

	for (const struct scope *scope = e->scope; scope; scope = scope->up) {
		const struct anchor *a = scan_dynamic(scope->resource, in->anchor->name);

		found = a ? a : found;
	}
	return eval_schema(e, found->schema, p, seen);
}

bool compile_dynamic_ref(struct loader *l, struct subschema *s, const struct keyword *k,
                         const struct doc_node *value)
{
	const struct anchor *anchor;
	struct subschema *target = resolve_ref(l, s, value, &anchor);

	if (!target)
		return false;
	compile_queue(l, target);
	if (anchor && anchor->dynamic)
		compile_emit(l, s, k, check_dynamic_ref)->anchor = anchor;
	else
		compile_emit(l, s, k, check_ref)->schema = target;
	return true;
}

/*
 * 2019-09, Core, section 8.2.4.2.2: $dynamicRef to the roots of resources, all of one name.
 */
bool compile_recursive_ref(struct loader *l, struct subschema *s, const struct keyword *k,
                           const struct doc_node *value)
{
	const struct anchor *anchor;
	struct subschema *target = resolve_ref(l, s, value, &anchor);

	if (!target)
		return false;
	compile_queue(l, target);
	if (target->resource->root == target)
		anchor = scan_dynamic(target->resource, STR(""));
	if (anchor)
		compile_emit(l, s, k, check_dynamic_ref)->anchor = anchor;
	else
		compile_emit(l, s, k, check_ref)->schema = target;
	return true;
}

bool compile_defs(struct loader *l, struct subschema *s, const struct keyword *k,
                  const struct doc_node *value)
{
	for (size_t i = 0; i < value->n; i++)
		if (!compile_child(l, s, k, &value->members[i].value))
			return false;
	return true;
}

/* ---- allOf, anyOf, oneOf, not ---- */

static bool check_all_of(struct eval *e, const struct instr *in, const struct place *p,
                         struct seen *seen)
{
	bool ok = true;

	for (size_t i = 0; i < in->branches->n && (ok || e->out); i++)
		ok = eval_schema(e, in->branches->items[i], p, seen) && ok;
	return ok;
}

static bool check_any_of(struct eval *e, const struct instr *in, const struct place *p,
                         struct seen *seen)
{
	bool ok = false;

	/* Every branch that fits may describe keys: with SEEN, all are asked. */
	for (size_t i = 0; i < in->branches->n && (!ok || seen); i++)
		ok = eval_probe(e, in->branches->items[i], p, seen) || ok;
	return ok || (e->out && !e->stopped && branch_none(e, in, p, seen));
}

static bool tell_both(struct eval *e, const struct instr *in, const struct place *p,
                      size_t first, size_t second)
{
	if (e->out)
		tell(e, &in->at, p, "fits both %s and %s, but must fit only one",
		     describe_branch(e, in->branches->items[first], first),
		     describe_branch(e, in->branches->items[second], second));
	return false;
}

static bool check_one_of(struct eval *e, const struct instr *in, const struct place *p,
                         struct seen *seen)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < in->branches->n; i++) {
		if (!eval_probe(e, in->branches->items[i], p, seen))
			continue;
		if (first != SIZE_MAX)
			return tell_both(e, in, p, first, i);
		first = i;
	}
	return first != SIZE_MAX ||
	       (e->out && !e->stopped && branch_none(e, in, p, seen));
}

static bool compile_branches(struct loader *l, struct subschema *s,
                             const struct keyword *k, const struct doc_node *value,
                             bool (*check)(struct eval *, const struct instr *,
                                           const struct place *, struct seen *))
{
	struct schemas *branches = arena_new(l->arena, struct schemas);

	branches->items = arena_array(l->arena, const struct subschema *, value->n);
	for (size_t i = 0; i < value->n; i++) {
		branches->items[i] = compile_child(l, s, k, &value->items[i]);
		if (!branches->items[i])
			return false;
	}
	branches->n = value->n;
	compile_emit(l, s, k, check)->branches = branches;
	return true;
}

bool compile_all_of(struct loader *l, struct subschema *s, const struct keyword *k,
                    const struct doc_node *value)
{
	return compile_branches(l, s, k, value, check_all_of);
}

bool compile_any_of(struct loader *l, struct subschema *s, const struct keyword *k,
                    const struct doc_node *value)
{
	return compile_branches(l, s, k, value, check_any_of);
}

bool compile_one_of(struct loader *l, struct subschema *s, const struct keyword *k,
                    const struct doc_node *value)
{
	return compile_branches(l, s, k, value, check_one_of);
}

static bool check_not(struct eval *e, const struct instr *in, const struct place *p,
                      struct seen *seen)
{
	(void)seen;
	if (!eval_probe(e, in->schema, p, NULL))
		return !e->stopped;
	if (e->out)
		tell(e, &in->at, p, "%s", describe_excluded(e, in->schema));
	return false;
}

bool compile_not(struct loader *l, struct subschema *s, const struct keyword *k,
                 const struct doc_node *value)
{
	const struct subschema *child = compile_child(l, s, k, value);

	if (child)
		compile_emit(l, s, k, check_not)->schema = child;
	return child;
}

/* ---- if, then, else ---- */

static bool check_if(struct eval *e, const struct instr *in, const struct place *p,
                     struct seen *seen)
{
	const struct condition *c = in->condition;
	const struct subschema *branch = eval_probe(e, c->test, p, seen) ? c->yes : c->no;

	return branch ? eval_schema(e, branch, p, seen) : !e->stopped;
}

static bool compile_then(struct loader *l, struct subschema *s, const char *name,
                         const struct subschema **out)
{
	const struct keyword *k;
	const struct doc_node *value = compile_sibling(s, name, &k);

	*out = value ? compile_child(l, s, k, value) : NULL;
	return !value || *out;
}

bool compile_if(struct loader *l, struct subschema *s, const struct keyword *k,
                const struct doc_node *value)
{
	struct condition *c = arena_new(l->arena, struct condition);

	c->test = compile_child(l, s, k, value);
	if (!c->test || !compile_then(l, s, "then", &c->yes) ||
	    !compile_then(l, s, "else", &c->no))
		return false;
	compile_emit(l, s, k, check_if)->condition = c;
	return true;
}

/* ---- dependentRequired, dependentSchemas, dependencies ---- */

static bool check_dependent_keys(struct eval *e, const struct instr *in,
                                 const struct place *p, const struct doc_member *m,
                                 const struct doc_node *list)
{
	bool ok = true;

	for (size_t i = 0; i < list->n; i++) {
		struct str key = list->items[i].text;

		if (eval_member(p->node, key, str_hash(key)))
			continue;
		ok = false;
		if (!e->out)
			return false;
		tell_at(e, &in->at, p, tell_first_key_span(p),
		        "the key %s needs the key %s beside it, which is missing",
		        tell_text(e, m->key), tell_text(e, key))
		        ->suggestion = tell_keep(e, "add the key %s", tell_text(e, key));
	}
	return ok;
}

static bool check_dependents(struct eval *e, const struct instr *in,
                             const struct place *p, struct seen *seen)
{
	bool ok = true;

	for (size_t i = 0; i < in->dependents->n && (ok || e->out); i++) {
		const struct dependent *d = &in->dependents->items[i];
		const struct doc_member *m = eval_member(p->node, d->key, d->hash);

		if (!m)
			continue;
		if (d->required)
			ok = check_dependent_keys(e, in, p, m, d->required) && ok;
		else
			ok = eval_schema(e, d->schema, p, seen) && ok;
	}
	return ok;
}

bool compile_dependents(struct loader *l, struct subschema *s, const struct keyword *k,
                        const struct doc_node *value)
{
	struct dependents *all = arena_new(l->arena, struct dependents);

	for (size_t i = 0; i < value->n; i++) {
		const struct doc_member *m = &value->members[i];
		struct dependent *d = arena_push(l->arena, all->items, all->n, all->cap);

		*d = (struct dependent){.key = m->key, .hash = m->hash};
		if (m->value.kind == DOC_LIST && k->rule) {
			d->required = &m->value;
			if (!compile_text_list(l, s, k, &m->value))
				return false;
			continue;
		}
		d->schema = compile_child(l, s, k, &m->value);
		if (!d->schema)
			return false;
	}
	compile_emit(l, s, k, check_dependents)->dependents = all;
	return true;
}

/* ---- unevaluatedProperties, unevaluatedItems ---- */

/* The Ith member or item of the map or list P. */
static struct place child_of(const struct place *p, size_t i)
{
	const struct doc_member *m =
	        p->node->kind == DOC_MAP ? &p->node->members[i] : NULL;

	return (struct place){m ? &m->value : &p->node->items[i], p, m, i};
}

static bool check_unevaluated(struct eval *e, const struct instr *in,
                              const struct place *p, struct seen *seen)
{
	bool ok = true;

	for (size_t i = 0; i < p->node->n && (ok || e->out); i++) {
		const struct place child = child_of(p, i);

		if (seen_has(seen, i))
			continue;
		if (!in->schema->never) {
			ok = eval_schema(e, in->schema, &child, NULL) && ok;
			continue;
		}
		ok = false;
		if (e->out && child.member)
			tell_unknown_key(e, &in->at, &child);
		else if (e->out)
			tell(e, &in->at, &child, "is not described by the schema");
	}
	seen->all = true;
	return ok;
}

bool compile_unevaluated(struct loader *l, struct subschema *s, const struct keyword *k,
                         const struct doc_node *value)
{
	const struct subschema *child = compile_child(l, s, k, value);

	s->unevaluated = true;
	if (child)
		compile_emit(l, s, k, check_unevaluated)->schema = child;
	return child;
}
