#include "schema/eval.h"

#include "base/text.h"

#define LINT_SUBSCHEMAS 20000 /* schemas with more are not looked at for required names */

/* The finding is about the keyword M of S; about S, at its start, when M is NULL. */
static struct diag *note(struct loader *l, const struct rule *rule,
                         const struct subschema *s, const struct doc_member *m,
                         struct str text)
{
	const struct document *d = s->resource->document;
	struct span span = m ? doc_key_span(m) : doc_span(s->node);
	struct str file = l->notes->file;
	struct diag *found;

	if (!m) { /* all of S need not be underlined */
		span.end_line = span.line;
		span.end_column = span.column;
	}
	l->notes->file = d->shown;
	found = diag_add(l->notes, rule, span, STR_FMT, STR_ARG(text));
	l->notes->file = file;
	buf_reset(&l->text);
	buf_add(&l->text, scan_pointer(s, true, l->arena));
	if (m)
		doc_pointer_key(&l->text, m->key);
	found->pointer = arena_str(l->arena, buf_str(&l->text));
	found->schema_location = scan_location(s, l->arena);
	found->keyword = m ? m->key : STR_NONE;
	return found;
}

/* ---- keywords nobody reads ---- */

/* What older drafts and neighbouring languages have, and what stands for it. */
static const struct {
	const char *name, *advice;
} elsewhere[] = {
        {"additionalItems", "\"items\" after \"prefixItems\" does that"},
        {"id", "\"$id\" does that"},
        {"divisibleBy", "\"multipleOf\" does that"},
        {"disallow", "\"not\" does that"},
        {"extends", "\"allOf\" does that"},
        {"nullable", "add \"null\" to the types of \"type\""},
        {"optional", "a key is optional unless \"required\" names it"},
};

/* What editors and generators read; nothing is wrong with it. */
static const char *const editors[] = {
        "markdownDescription",
        "markdownEnumDescriptions",
        "enumDescriptions",
        "defaultSnippets",
        "errorMessage",
        "patternErrorMessage",
        "deprecationMessage",
        "doNotSuggest",
        "suggestSortText",
        "allowComments",
        "allowTrailingCommas",
        "tsType",
        "example",
        "discriminator",
        "externalDocs",
        "xml",
};

static bool ignorable(struct str name)
{
	if (str_starts(name, STR("x-")) || str_find(name, ':') < name.n)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(editors); i++)
		if (str_eqz(name, editors[i]))
			return true;
	return vocabulary_knows(name);
}

static struct str advice(struct loader *l, const struct subschema *s, struct str name)
{
	const struct map *known = &s->resource->dialect->keywords;
	struct str *names = arena_array(l->arena, struct str, known->n), near;

	for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
		if (str_eqz(name, elsewhere[i].name))
			return str_of(elsewhere[i].advice);
	for (size_t i = 0; i < known->n; i++)
		names[i] = known->items[i].key;
	near = text_nearest(name, names, known->n);
	return near.n ? arena_fmt(l->arena, "did you mean \"" STR_FMT "\"?",
	                          STR_ARG(near))
	              : STR_NONE;
}

static void lint_unknown(struct loader *l, const struct subschema *s,
                         const struct doc_member *m)
{
	struct str name = diag_quote(l->arena, m->key);

	if (!ignorable(m->key))
		note(l, &rule_lint_unknown_keyword, s, m,
		     arena_fmt(l->arena,
		               "\"" STR_FMT "\" is no keyword and has no effect",
		               STR_ARG(name)))
		        ->suggestion = advice(l, s, m->key);
}

/* ---- keywords without an effect where they stand ---- */

static const struct {
	const char *name, *needs;
} companions[] = {
        {"then", "if"},
        {"else", "if"},
        {"minContains", "contains"},
        {"maxContains", "contains"},
};

static void lint_companion(struct loader *l, const struct subschema *s,
                           const struct doc_member *m)
{
	for (size_t i = 0; i < ARRAY_LEN(companions); i++)
		if (str_eqz(m->key, companions[i].name) &&
		    !doc_get(s->node, companions[i].needs))
			note(l, &rule_lint_dead_keyword, s, m,
			     arena_fmt(l->arena, "\"%s\" has no effect without \"%s\"",
			               companions[i].name, companions[i].needs));
}

static void lint_type(struct loader *l, const struct subschema *s,
                      const struct keyword *k, const struct doc_member *m)
{
	unsigned types = s->types;
	const struct doc_node *type = doc_get(s->node, "type");
	struct str only;

	if (types & KIND_INTEGER)
		types |= KIND(DOC_NUMBER);
	if (!type || types & k->applies)
		return;
	only = type->kind == DOC_STRING ? type->text : STR("other kinds");
	note(l, &rule_lint_dead_keyword, s, m,
	     arena_fmt(l->arena, "\"%s\" has no effect: the type is " STR_FMT, k->name,
	               STR_ARG(only)));
}

/* ---- required ---- */

static bool matches_pattern(const struct object_rules *o, struct str name)
{
	CLEANUP(pattern_match_release) void *match = NULL;

	for (size_t i = 0; i < o->patterns_n; i++)
		if (pattern_match(o->patterns[i].pattern, name, &match) != PATTERN_NO)
			return true;
	return false;
}

static bool declares_some(const struct object_rules *o)
{
	for (size_t i = 0; o && i < o->properties.n; i++)
		if (((const struct property *)o->properties.items[i].value)->schema)
			return true;
	return false;
}

/* All names that S and whatever applies to the same value declare. */
static struct names declared(struct loader *l, const struct subschema *s)
{
	struct names names = {.arena = l->arena};
	const struct subschema *top = s;

	while (top->outer)
		top = top->outer;
	describe_names(&names, s);
	if (top != s)
		describe_names(&names, top);
	return names;
}

static bool has_name(const struct names *names, struct str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->items[i], name))
			return true;
	return false;
}

static void lint_required(struct loader *l, const struct subschema *s,
                          const struct doc_member *m)
{
	const struct object_rules *o = s->object;
	struct names names;

	/* Where other keys are described by a schema, a required one may be any of them. */
	if (!declares_some(o) || l->places.n > LINT_SUBSCHEMAS ||
	    (o->additional && o->additional->node->kind == DOC_MAP))
		return;
	names = declared(l, s);
	for (size_t i = 0; i < m->value.n && !names.cut; i++) {
		struct str name = m->value.items[i].text, near, shown;

		if (has_name(&names, name) || matches_pattern(o, name))
			continue;
		near = text_nearest(name, names.items,
		                    names.n < SUGGEST_NAMES ? names.n : SUGGEST_NAMES);
		shown = diag_quote(l->arena, name);
		note(l, &rule_lint_required_undeclared, s, m,
		     arena_fmt(l->arena,
		               "the required key \"" STR_FMT
		               "\" is not among the properties",
		               STR_ARG(shown)))
		        ->suggestion =
		        near.n ? arena_fmt(l->arena, "did you mean \"" STR_FMT "\"?",
		                           STR_ARG(near))
		               : STR_NONE;
	}
}

/* ---- the rest ---- */

static void lint_format(struct loader *l, const struct subschema *s,
                        const struct doc_member *m)
{
	struct str name = diag_quote(l->arena, doc_text(&m->value));

	if (!schema_format_known(doc_text(&m->value)))
		note(l, &rule_lint_unknown_format, s, m,
		     arena_fmt(l->arena,
		               "the format \"" STR_FMT
		               "\" is not known: it is not checked",
		               STR_ARG(name)));
}

static void lint_keyword(struct loader *l, const struct subschema *s,
                         const struct keyword *k, const struct doc_member *m)
{
	lint_companion(l, s, m);
	lint_type(l, s, k, m);
	if (str_eqz(m->key, "required") && m->value.kind == DOC_LIST)
		lint_required(l, s, m);
	if (str_eqz(m->key, "format"))
		lint_format(l, s, m);
}

void lint_subschema(struct loader *l, const struct subschema *s)
{
	if (s->resource->document->builtin || s->node->kind != DOC_MAP)
		return;
	if (l->main && s == l->main->root->root && !doc_get(s->node, "$schema"))
		note(l, &rule_lint_dialect, s, NULL,
		     STR("it does not name its dialect; 2020-12 is taken"))
		        ->suggestion =
		        arena_fmt(l->arena, "add \"$schema\": \"" STR_FMT "\"",
		                  STR_ARG(s->resource->dialect->uri));
	for (size_t i = 0; i < s->node->n; i++) {
		const struct doc_member *m = &s->node->members[i];
		const struct keyword *k = dialect_keyword(s->resource->dialect, m->key);

		if (k)
			lint_keyword(l, s, k, m);
		else
			lint_unknown(l, s, m);
	}
}
