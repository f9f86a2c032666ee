#include "schema/eval.h"

#include "base/text.h"

/* ---- properties, patternProperties, additionalProperties, required ---- */

static bool check_patterns(struct eval *e, const struct object_rules *o,
                           const struct keyword_at *at, const struct place *child,
                           bool *known)
{
	bool ok = true;

	for (size_t i = 0; i < o->patterns_n; i++) {
		const struct pattern_property *pp = &o->patterns[i];
		enum pattern_result result =
		        eval_match(e, at, child, pp->pattern, child->member->key);

		if (result == PATTERN_EXPLODED)
			ok = false;
		if (result != PATTERN_YES)
			continue;
		*known = true;
		ok = eval_child(e, pp->schema, child) && ok;
	}
	return ok;
}

static bool check_additional(struct eval *e, const struct object_rules *o,
                             const struct place *child)
{
	if (!o->additional->never)
		return eval_child(e, o->additional, child);
	if (e->out)
		tell_unknown_key(e, &o->additional_at, child);
	return false;
}

static bool check_member(struct eval *e, const struct instr *in,
                         const struct place *child, size_t *required, bool *known)
{
	const struct object_rules *o = in->object;
	const struct doc_member *m = child->member;
	const struct property *property = map_get_hashed(&o->properties, m->key, m->hash);
	bool ok = true;

	if (property) {
		*required += property->required;
		*known = property->schema;
		if (property->schema)
			ok = eval_child(e, property->schema, child);
	}
	if (o->patterns_n)
		ok = check_patterns(e, o, &in->at, child, known) && ok;
	if (!*known && o->additional) {
		*known = true;
		ok = check_additional(e, o, child) && ok;
	}
	return ok;
}

/* The key among those of the map at P, but not of the schema, that NAME may stand for. */
static struct str misspelt(struct eval *e, const struct object_rules *o,
                           const struct place *p, struct str name)
{
	struct str keys[SUGGEST_NAMES], near;
	size_t n = 0;

	for (size_t i = 0; i < p->node->n && n < SUGGEST_NAMES; i++) {
		const struct doc_member *m = &p->node->members[i];

		if (!map_get_hashed(&o->properties, m->key, m->hash))
			keys[n++] = m->key;
	}
	near = text_nearest(name, keys, n);
	if (!near.n)
		return tell_keep(e, "add the key %s", tell_text(e, name));
	return tell_keep(e, "did you mean it by the key %s?", tell_text(e, near));
}

static bool tell_missing(struct eval *e, const struct object_rules *o,
                         const struct place *p)
{
	for (size_t i = 0; e->out && i < o->properties.n; i++) {
		const struct map_item *it = &o->properties.items[i];
		const struct property *property = it->value;

		if (!property->required || eval_member(p->node, it->key, it->hash))
			continue;
		tell_at(e, &o->required_at, p, tell_first_key_span(p),
		        "the required key %s is missing", tell_text(e, it->key))
		        ->suggestion = misspelt(e, o, p, it->key);
	}
	return false;
}

static bool check_object(struct eval *e, const struct instr *in, const struct place *p,
                         struct seen *seen)
{
	const struct object_rules *o = in->object;
	const struct doc_node *map = p->node;
	size_t required = 0;
	bool ok = true;

	if (!e->out && map->n < o->required)
		return false;
	e->steps += map->n;
	for (size_t i = 0; i < map->n; i++) {
		struct place child = {&map->members[i].value, p, &map->members[i], i};
		bool known = false;

		ok = check_member(e, in, &child, &required, &known) && ok;
		if (!ok && !e->out)
			return false;
		if (known && seen)
			seen_add(seen, i);
	}
	if (required < o->required)
		return tell_missing(e, o, p);
	return ok;
}

/* The rules that the keywords of S about keys share; the first of them makes them. */
static struct object_rules *object_rules(struct loader *l, struct subschema *s,
                                         const struct keyword *k)
{
	struct instr *in;

	if (s->object)
		return s->object;
	s->object = arena_new(l->arena, struct object_rules);
	map_init(&s->object->properties, l->arena);
	in = compile_emit(l, s, k, check_object);
	in->object = s->object;
	in->phase = PHASE_CHILD;
	return s->object;
}

static struct property *property_of(struct loader *l, struct object_rules *o,
                                    struct str name)
{
	bool added;
	void **at = map_at(&o->properties, name, &added);
	struct property *property;

	if (!added)
		return *at;
	*at = property = arena_new(l->arena, struct property);
	property->name = name;
	return property;
}

bool compile_properties(struct loader *l, struct subschema *s, const struct keyword *k,
                        const struct doc_node *value)
{
	struct object_rules *o = object_rules(l, s, k);

	for (size_t i = 0; i < value->n; i++) {
		const struct doc_member *m = &value->members[i];
		const struct subschema *child = compile_child(l, s, k, &m->value);

		if (!child)
			return false;
		property_of(l, o, m->key)->schema = child;
	}
	return true;
}

bool compile_pattern_properties(struct loader *l, struct subschema *s,
                                const struct keyword *k, const struct doc_node *value)
{
	struct object_rules *o = object_rules(l, s, k);

	for (size_t i = 0; i < value->n; i++) {
		const struct doc_member *m = &value->members[i];
		struct pattern_property *pp =
		        arena_push(l->arena, o->patterns, o->patterns_n, o->patterns_cap);

		pp->pattern = compile_pattern(l, s, &m->value, m->key);
		pp->schema = compile_child(l, s, k, &m->value);
		if (!pp->pattern || !pp->schema)
			return false;
	}
	return true;
}

bool compile_additional_properties(struct loader *l, struct subschema *s,
                                   const struct keyword *k, const struct doc_node *value)
{
	struct object_rules *o = object_rules(l, s, k);

	o->additional = compile_child(l, s, k, value);
	o->additional_at = compile_at(s, k);
	return o->additional;
}

bool compile_required(struct loader *l, struct subschema *s, const struct keyword *k,
                      const struct doc_node *value)
{
	struct object_rules *o = object_rules(l, s, k);

	if (!compile_text_list(l, s, k, value))
		return false;
	o->required_at = compile_at(s, k);
	for (size_t i = 0; i < value->n; i++) {
		struct property *property = property_of(l, o, value->items[i].text);

		o->required += !property->required;
		property->required = true;
	}
	return true;
}

/* ---- propertyNames ---- */

/* The reason is told once a key, with the rule of propertyNames. */
static void tell_name(struct eval *e, const struct instr *in, const struct place *key)
{
	struct diag_list *out = e->out,
	                 why = {.arena = &e->scratch->arena, .document = 1};
	struct diag *d;

	e->out = &why;
	eval_schema(e, in->schema, key, NULL);
	e->out = out;
	d = tell_at(e, &in->at, key, tell_key_span(key), STR_FMT,
	            STR_ARG(why.n ? why.items[0].text : STR("the key is not allowed")));
	if (why.n && why.items[0].suggestion.n)
		d->suggestion = tell_keep(e, STR_FMT, STR_ARG(why.items[0].suggestion));
}

static bool check_names(struct eval *e, const struct instr *in, const struct place *p,
                        struct seen *seen)
{
	bool ok = true;

	(void)seen;
	for (size_t i = 0; i < p->node->n; i++) {
		const struct doc_member *m = &p->node->members[i];
		const struct doc_node name = {.kind = DOC_STRING,
		                              .quoted = true,
		                              .start = m->start,
		                              .end = m->end,
		                              .text = m->key};
		const struct place key = {&name, p, m, i};

		if (eval_probe(e, in->schema, &key, NULL))
			continue;
		if (!e->out || e->stopped)
			return false;
		ok = false;
		tell_name(e, in, &key);
	}
	return ok;
}

bool compile_property_names(struct loader *l, struct subschema *s,
                            const struct keyword *k, const struct doc_node *value)
{
	const struct subschema *child = compile_child(l, s, k, value);

	if (child)
		compile_emit(l, s, k, check_names)->schema = child;
	return child;
}

/* ---- minProperties, maxProperties ---- */

static bool check_max_properties(struct eval *e, const struct instr *in,
                                 const struct place *p, struct seen *seen)
{
	(void)seen;
	if (p->node->n <= in->count)
		return true;
	if (e->out)
		tell(e, &in->at, p, "has %s, but at most %llu %s allowed",
		     tell_plural(e, p->node->n, "key", "keys"),
		     (unsigned long long)in->count, in->count == 1 ? "is" : "are");
	return false;
}

static bool check_min_properties(struct eval *e, const struct instr *in,
                                 const struct place *p, struct seen *seen)
{
	(void)seen;
	if (p->node->n >= in->count)
		return true;
	if (e->out)
		tell(e, &in->at, p, "has %s, but at least %llu %s expected",
		     tell_plural(e, p->node->n, "key", "keys"),
		     (unsigned long long)in->count, in->count == 1 ? "is" : "are");
	return false;
}

bool compile_max_properties(struct loader *l, struct subschema *s,
                            const struct keyword *k, const struct doc_node *value)
{
	compile_emit(l, s, k, check_max_properties)->count = compile_count(value);
	return true;
}

bool compile_min_properties(struct loader *l, struct subschema *s,
                            const struct keyword *k, const struct doc_node *value)
{
	compile_emit(l, s, k, check_min_properties)->count = compile_count(value);
	return true;
}
