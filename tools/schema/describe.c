#include "schema/eval.h"

#define FOLLOW 8 /* references and allOf looked through for what a schema asks for */
#define VISITS 20000 /* subschemas and properties looked at for their names */

static const struct subschema *behind(const struct subschema *s)
{
	return s->alias ? s->alias : s;
}

/* ---- what a schema asks for, seen from outside ---- */

static bool is(const struct instr *in, const char *keyword)
{
	return str_eqz(in->at.keyword, keyword);
}

/* The values that const or enum leave to S: N in a row, or NULL. */
const struct doc_node *describe_choices(const struct subschema *s, size_t *n)
{
	s = behind(s);
	for (size_t i = 0; i < s->instrs_n; i++) {
		const struct instr *in = &s->instrs[i];

		*n = is(in, "const") ? 1 : is(in, "enum") ? in->set->list->n : 0;
		if (*n)
			return is(in, "const") ? in->value : in->set->list->items;
	}
	return NULL;
}

unsigned describe_kinds(const struct subschema *s, int depth)
{
	const struct doc_node *values;
	unsigned kinds = 0;
	size_t n;

	s = behind(s);
	if (s->never)
		return 0;
	values = describe_choices(s, &n);
	for (size_t i = 0; values && i < n; i++)
		kinds |= kind_bits(&values[i]);
	kinds = values ? kinds & s->types : s->types;
	for (size_t i = 0; i < s->instrs_n && depth < FOLLOW; i++) {
		const struct instr *in = &s->instrs[i];

		if (is(in, "$ref"))
			kinds &= describe_kinds(in->schema, depth + 1);
		for (size_t j = 0; is(in, "allOf") && j < in->branches->n; j++)
			kinds &= describe_kinds(in->branches->items[j], depth + 1);
	}
	return kinds;
}

/* The schema that S gives to the property KEY, or NULL. */
const struct subschema *describe_property(const struct subschema *s,
                                          const struct doc_member *key, int depth)
{
	const struct property *property = NULL;
	const struct subschema *found = NULL;

	s = behind(s);
	if (s->object)
		property = map_get_hashed(&s->object->properties, key->key, key->hash);
	if (property && property->schema)
		return property->schema;
	for (size_t i = 0; i < s->instrs_n && depth < FOLLOW && !found; i++) {
		const struct instr *in = &s->instrs[i];

		if (is(in, "$ref"))
			found = describe_property(in->schema, key, depth + 1);
		for (size_t j = 0; is(in, "allOf") && j < in->branches->n && !found; j++)
			found = describe_property(in->branches->items[j], key, depth + 1);
	}
	return found;
}

static void names_of(struct names *out, const struct subschema *s);

static void names_of_all(struct names *out, const struct schemas *branches)
{
	for (size_t i = 0; i < branches->n; i++)
		names_of(out, branches->items[i]);
}

static void names_of_instr(struct names *out, const struct instr *in)
{
	if (is(in, "$ref"))
		names_of(out, in->schema);
	if (is(in, "allOf") || is(in, "anyOf") || is(in, "oneOf"))
		names_of_all(out, in->branches);
	if (is(in, "if")) {
		const struct schemas all = {
		        (const struct subschema *[]){in->condition->test,
		                                     in->condition->yes,
		                                     in->condition->no},
		        3};

		names_of_all(out, &all);
	}
	for (size_t i = 0; is(in, "dependentSchemas") && i < in->dependents->n; i++)
		names_of(out, in->dependents->items[i].schema);
}

static void names_of(struct names *out, const struct subschema *s)
{
	if (!s || out->cut)
		return;
	s = behind(s);
	out->visits += 1 + (s->object ? s->object->properties.n : 0);
	out->cut = out->visits > VISITS;
	for (size_t i = 0; s->object && i < s->object->properties.n; i++) {
		const struct property *p = s->object->properties.items[i].value;

		if (p->schema)
			*arena_push(out->arena, out->items, out->n, out->cap) = p->name;
	}
	for (size_t i = 0; i < s->instrs_n; i++)
		names_of_instr(out, &s->instrs[i]);
}

void describe_names(struct names *out, const struct subschema *s)
{
	names_of(out, s);
}

void describe_add_choices(struct eval *e, struct choice_list *out,
                          const struct subschema *s)
{
	size_t n = 0;
	const struct doc_node *values = describe_choices(s, &n);

	for (size_t i = 0; values && i < n; i++)
		*arena_push(&e->scratch->arena, out->items, out->n, out->cap) =
		        &values[i];
}

/* ---- what alternatives are called ---- */

const char *describe_branch(struct eval *e, const struct subschema *s, size_t index)
{
	struct arena *a = &e->scratch->arena;
	struct str title = doc_text(doc_get(s->node, "title"));
	const struct subschema *target = behind(s);

	if (!title.n)
		title = doc_text(doc_get(target->node, "title"));
	if (!title.n && target != s)
		title = str_sub(target->step, str_rfind(target->step, '/') + 1,
		                target->step.n);
	if (!title.n)
		return arena_fmt(a, "alternative %zu", index + 1).s;
	title = diag_quote(a, title);
	return arena_fmt(a, "alternative %zu (" STR_FMT ")", index + 1, STR_ARG(title)).s;
}

static const char *excluded_keys(struct eval *e, const struct subschema *s)
{
	const struct doc_node *list = doc_get(s->node, "required");

	if (!list || list->n != 1 || s->instrs_n != 1)
		return NULL;
	return arena_fmt(&e->scratch->arena, "must not have the key %s",
	                 tell_text(e, list->items[0].text))
	        .s;
}

const char *describe_excluded(struct eval *e, const struct subschema *s)
{
	struct choice_list values = {0};
	struct arena *a = &e->scratch->arena;
	struct str title;
	const char *keys;

	s = behind(s);
	describe_add_choices(e, &values, s);
	if (values.n)
		return arena_fmt(a, "must not be %s",
		                 tell_values(e, values.items, values.n))
		        .s;
	if (s->node->kind == DOC_BOOL || (!s->instrs_n && s->types == KIND_ANY))
		return "is not allowed here";
	if (!s->instrs_n)
		return arena_fmt(a, "must not be %s", tell_kinds(e, s->types)).s;
	keys = excluded_keys(e, s);
	if (keys)
		return keys;
	title = doc_text(doc_get(s->node, "title"));
	if (!title.n)
		return "is of the kind that the schema excludes here";
	title = diag_quote(a, title);
	return arena_fmt(a, "is what the schema excludes here: " STR_FMT, STR_ARG(title))
	        .s;
}
