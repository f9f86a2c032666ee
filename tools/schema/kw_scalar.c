#include "schema/eval.h"

#include "base/text.h"

/* ---- type, enum, const ---- */

static const struct {
	const char *name;
	unsigned kinds;
} types[] = {
        {"string", KIND(DOC_STRING)}, {"integer", KIND_INTEGER},
        {"number", KIND(DOC_NUMBER)}, {"object", KIND(DOC_MAP)},
        {"array", KIND(DOC_LIST)},    {"boolean", KIND(DOC_BOOL)},
        {"null", KIND(DOC_NULL)},
};

static bool add_type(struct loader *l, struct subschema *s, const struct doc_node *name)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (name->kind == DOC_STRING && str_eqz(name->text, types[i].name)) {
			s->types |= (uint8_t)types[i].kinds;
			return true;
		}
	}
	return load_fail(l, s, name,
	                 "\"type\" names a type that JSON Schema does not have");
}

bool compile_type(struct loader *l, struct subschema *s, const struct keyword *k,
                  const struct doc_node *value)
{
	(void)k;
	s->types = 0;
	if (value->kind == DOC_STRING)
		return add_type(l, s, value);
	for (size_t i = 0; i < value->n; i++)
		if (!add_type(l, s, &value->items[i]))
			return false;
	return true;
}

static bool check_enum(struct eval *e, const struct instr *in, const struct place *p,
                       struct seen *seen)
{
	const struct doc_node *list = in->set->list, **values;
	CLEANUP(arena_release) struct arena own = {0};

	(void)seen;
	if (value_set_has(in->set, p->node))
		return true;
	if (!e->out || tell_drops(e))
		return false;
	values = arena_array(&own, const struct doc_node *, list->n);
	for (size_t i = 0; i < list->n; i++)
		values[i] = &list->items[i];
	tell_choice(e, &in->at, p, values, list->n);
	return false;
}

bool compile_enum(struct loader *l, struct subschema *s, const struct keyword *k,
                  const struct doc_node *value)
{
	compile_emit(l, s, k, check_enum)->set = value_set_new(value, l->arena);
	return true;
}

static bool check_const(struct eval *e, const struct instr *in, const struct place *p,
                        struct seen *seen)
{
	(void)seen;
	if (doc_equal(in->value, p->node))
		return true;
	if (e->out)
		tell(e, &in->at, p, "is %s, but %s is expected", tell_value(e, p->node),
		     tell_value(e, in->value));
	return false;
}

bool compile_const(struct loader *l, struct subschema *s, const struct keyword *k,
                   const struct doc_node *value)
{
	compile_emit(l, s, k, check_const)->value = value;
	return true;
}

/* ---- numbers ---- */

static int compare(const struct doc_node *a, const struct doc_node *b)
{
	if (a->fits && b->fits)
		return a->integer < b->integer ? -1 : a->integer > b->integer;
	return doc_number_cmp(a, b);
}

static bool tell_bound(struct eval *e, const struct instr *in, const struct place *p,
                       const char *what)
{
	if (e->out)
		tell(e, &in->at, p, "is %s, %s %s", tell_value(e, p->node), what,
		     tell_value(e, in->value));
	return false;
}

#define BOUND(name, holds, words) \
	static bool check_##name(struct eval *e, const struct instr *in, \
	                         const struct place *p, struct seen *seen) \
	{ \
		(void)seen; \
		return compare(p->node, in->value) holds || tell_bound(e, in, p, words); \
	} \
\
	bool compile_##name(struct loader *l, struct subschema *s, \
	                    const struct keyword *k, const struct doc_node *value) \
	{ \
		compile_emit(l, s, k, check_##name)->value = value; \
		return true; \
	}

BOUND(maximum, <= 0, "above the maximum")
BOUND(minimum, >= 0, "below the minimum")
BOUND(exclusive_maximum, < 0, "but must be below")
BOUND(exclusive_minimum, > 0, "but must be above")

/* draft-04: whether the bound itself is out is said by true or false beside it. */
static bool is_exclusive(const struct subschema *s, const char *name,
                         const struct keyword **k)
{
	const struct keyword *beside;
	const struct doc_node *value = compile_sibling(s, name, &beside);

	if (!value || value->kind != DOC_BOOL || !value->truth)
		return false;
	*k = beside;
	return true;
}

bool compile_maximum_or_below(struct loader *l, struct subschema *s,
                              const struct keyword *k, const struct doc_node *value)
{
	if (is_exclusive(s, "exclusiveMaximum", &k))
		return compile_exclusive_maximum(l, s, k, value);
	return compile_maximum(l, s, k, value);
}

bool compile_minimum_or_above(struct loader *l, struct subschema *s,
                              const struct keyword *k, const struct doc_node *value)
{
	if (is_exclusive(s, "exclusiveMinimum", &k))
		return compile_exclusive_minimum(l, s, k, value);
	return compile_minimum(l, s, k, value);
}

static bool tell_too_long(struct eval *e, const struct instr *in, const struct place *p)
{
	struct keyword_at at = in->at;
	struct diag_list *out = e->out;

	at.rule = &rule_schema_number_limit;
	e->undecided = true;
	e->out = e->caller;
	tell(e, &at, p, "is %s, which is too long to be checked against %s",
	     tell_value(e, p->node), tell_value(e, in->value));
	e->out = out;
	return false;
}

static bool check_multiple_of(struct eval *e, const struct instr *in,
                              const struct place *p, struct seen *seen)
{
	bool too_long = false;

	(void)seen;
	if (doc_number_multiple_of(p->node, in->value, &too_long))
		return true;
	if (too_long)
		return tell_too_long(e, in, p);
	return tell_bound(e, in, p, "not a multiple of");
}

bool compile_multiple_of(struct loader *l, struct subschema *s, const struct keyword *k,
                         const struct doc_node *value)
{
	struct doc_node zero = {0};

	doc_number_set(&zero, STR("0"));
	if (doc_number_cmp(value, &zero) <= 0)
		return load_fail(l, s, value, "\"multipleOf\" must be above 0");
	compile_emit(l, s, k, check_multiple_of)->value = value;
	return true;
}

/* ---- texts ---- */

static bool check_max_length(struct eval *e, const struct instr *in,
                             const struct place *p, struct seen *seen)
{
	uint64_t n = p->node->text.n;

	(void)seen;
	/* A character has at least one byte. */
	if (n <= in->count || (n = text_length(p->node->text)) <= in->count)
		return true;
	if (e->out)
		tell(e, &in->at, p, "has %llu characters, but at most %llu %s allowed",
		     (unsigned long long)n, (unsigned long long)in->count,
		     in->count == 1 ? "is" : "are");
	return false;
}

static bool check_min_length(struct eval *e, const struct instr *in,
                             const struct place *p, struct seen *seen)
{
	uint64_t n = text_length(p->node->text);

	(void)seen;
	if (n >= in->count)
		return true;
	if (!e->out)
		return false;
	if (n == 0)
		tell(e, &in->at, p, "is empty, but at least %s expected",
		     tell_plural(e, in->count, "character is", "characters are"));
	else
		tell(e, &in->at, p, "has %s, but at least %llu %s expected",
		     tell_plural(e, n, "character", "characters"),
		     (unsigned long long)in->count, in->count == 1 ? "is" : "are");
	return false;
}

bool compile_max_length(struct loader *l, struct subschema *s, const struct keyword *k,
                        const struct doc_node *value)
{
	compile_emit(l, s, k, check_max_length)->count = compile_count(value);
	return true;
}

bool compile_min_length(struct loader *l, struct subschema *s, const struct keyword *k,
                        const struct doc_node *value)
{
	compile_emit(l, s, k, check_min_length)->count = compile_count(value);
	return true;
}

static bool check_pattern(struct eval *e, const struct instr *in, const struct place *p,
                          struct seen *seen)
{
	enum pattern_result result;
	struct str text;

	(void)seen;
	result = eval_match(e, &in->at, p, in->pattern, p->node->text);
	if (result == PATTERN_YES)
		return true;
	if (!e->out || result == PATTERN_EXPLODED)
		return false;
	text = doc_text(doc_get(in->at.owner->node, "pattern"));
	tell(e, &in->at, p, "is %s, which does not match the pattern %s",
	     tell_value(e, p->node), diag_quote(&e->scratch->arena, text).s);
	return false;
}

bool compile_pattern_keyword(struct loader *l, struct subschema *s,
                             const struct keyword *k, const struct doc_node *value)
{
	const struct pattern *pattern = compile_pattern(l, s, value, value->text);

	if (pattern)
		compile_emit(l, s, k, check_pattern)->pattern = pattern;
	return pattern;
}

static bool check_format(struct eval *e, const struct instr *in, const struct place *p,
                         struct seen *seen)
{
	(void)seen;
	if (in->format->valid(p->node->text))
		return true;
	if (e->out)
		tell(e, &in->at, p, "is %s, which is not of the format \"%s\"",
		     tell_value(e, p->node), in->format->name);
	return false;
}

/* Validation, section 7.2: an annotation, unless the dialect or our options assert it. */
bool compile_format(struct loader *l, struct subschema *s, const struct keyword *k,
                    const struct doc_node *value)
{
	bool required = s->resource->dialect->asserts_format;
	const struct format *format = format_find(value->text);

	if (l->no_format && !required)
		return true;
	if (format)
		compile_emit(l, s, k, check_format)->format = format;
	else if (required)
		return load_fail(l, s, value, "the format \"" STR_FMT "\" is not known",
		                 STR_ARG(value->text));
	return true;
}
