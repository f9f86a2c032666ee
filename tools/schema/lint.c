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

/* What other drafts and neighbouring languages have, and what stands for it. */
static const struct {
	const char *name;
	unsigned drafts; /* that lack it */
	const char *advice;
} elsewhere[] = {
        {"additionalItems", DRAFT_2020_12, "\"items\" after \"prefixItems\" does that"},
        {"prefixItems", BEFORE(DRAFT_2020_12), "a list in \"items\" does that"},
        {"$dynamicRef", DRAFT_2019_09, "\"$recursiveRef\" does that"},
        {"$dynamicAnchor", DRAFT_2019_09, "\"$recursiveAnchor\" does that"},
        {"$defs", BEFORE(DRAFT_2019_09), "\"definitions\" does that"},
        {"$anchor", DRAFT_06 | DRAFT_07, "\"$id\" with \"#\" and the name does that"},
        {"$anchor", DRAFT_04, "\"id\" with \"#\" and the name does that"},
        {"dependentRequired", BEFORE(DRAFT_2019_09), "\"dependencies\" does that"},
        {"dependentSchemas", BEFORE(DRAFT_2019_09), "\"dependencies\" does that"},
        {"const", DRAFT_04, "\"enum\" with one value does that"},
        {"$id", DRAFT_04, "\"id\" does that"},
        {"id", SINCE(DRAFT_06), "\"$id\" does that"},
        {"divisibleBy", DRAFT_ANY, "\"multipleOf\" does that"},
        {"disallow", DRAFT_ANY, "\"not\" does that"},
        {"extends", DRAFT_ANY, "\"allOf\" does that"},
        {"nullable", DRAFT_ANY, "add \"null\" to the types of \"type\""},
        {"optional", DRAFT_ANY, "a key is optional unless \"required\" names it"},
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

static const char *replacement(struct str name, const struct draft *draft)
{
	for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
		if (elsewhere[i].drafts & draft->bit && str_eqz(name, elsewhere[i].name))
			return elsewhere[i].advice;
	return NULL;
}

/* Only told to readers, never to a validator. */
static bool annotates(const struct keyword *k)
{
	return k && !k->compile && !k->shape && !k->rule;
}

static bool ignorable(struct str name, const struct draft *draft)
{
	if (str_starts(name, STR("x-")) || str_find(name, ':') < name.n)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(editors); i++)
		if (str_eqz(name, editors[i]))
			return true;
	if (str_eqz(name, "$defs")) /* a place to refer to, in whatever draft */
		return true;
	/* Of a vocabulary that the meta-schema does not list, or of another draft. */
	return vocabulary_keyword(name, draft->bit) ||
	       (!replacement(name, draft) &&
	        annotates(vocabulary_keyword(name, DRAFT_ANY)));
}

/* The oldest draft after DRAFT that has the keyword NAME, or NULL. */
static const struct draft *later_draft(struct str name, const struct draft *draft)
{
	const struct draft *found = NULL, *other;

	for (size_t i = 0; (other = draft_at(i)) && other != draft; i++)
		if (vocabulary_keyword(name, other->bit))
			found = other;
	return found;
}

static struct str advice(struct loader *l, const struct subschema *s, struct str name)
{
	const struct dialect *dialect = s->resource->dialect;
	const struct map *known = &dialect->keywords;
	const struct draft *later = later_draft(name, dialect->draft);
	const char *instead = replacement(name, dialect->draft);
	struct str *names, near;

	if (instead)
		return str_of(instead);
	if (later)
		return arena_fmt(l->arena, "%s has it: name that draft in \"$schema\"",
		                 later->name);
	names = arena_array(l->arena, struct str, known->n);
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
	const struct draft *draft = s->resource->dialect->draft;
	struct str name = diag_quote(l->arena, m->key);
	bool other = vocabulary_keyword(m->key, DRAFT_ANY);

	struct diag *d;
	bool added;

	if (ignorable(m->key, draft))
		return;
	map_at(&l->unknown, m->key, &added);
	if (!added) /* a schema with a word of its own uses it in many places */
		return;
	d = note(l, &rule_lint_unknown_keyword, s, m,
	         arena_fmt(l->arena,
	                   "\"" STR_FMT "\" is no keyword%s%s and has no effect",
	                   STR_ARG(name), other ? " of " : "", other ? draft->name : ""));
	d->suggestion = advice(l, s, m->key);
	if (!d->suggestion.n) /* a word for other programs rather than a slip */
		d->severity = SEVERITY_NOTE;
}

/* ---- keywords without an effect where they stand ---- */

static const struct {
	const char *name, *needs;
	unsigned kinds; /* of the value that is needed */
	const char *words;
} companions[] = {
        {"then", "if", KIND_ANY, "\"if\""},
        {"else", "if", KIND_ANY, "\"if\""},
        {"minContains", "contains", KIND_ANY, "\"contains\""},
        {"maxContains", "contains", KIND_ANY, "\"contains\""},
        {"additionalItems", "items", KIND(DOC_LIST), "a list in \"items\""},
};

static void lint_companion(struct loader *l, const struct subschema *s,
                           const struct doc_member *m)
{
	for (size_t i = 0; i < ARRAY_LEN(companions); i++) {
		const struct doc_node *beside;

		if (!str_eqz(m->key, companions[i].name))
			continue;
		beside = doc_get(s->node, companions[i].needs);
		if (beside && kind_bits(beside) & companions[i].kinds)
			continue;
		note(l, &rule_lint_dead_keyword, s, m,
		     arena_fmt(l->arena, "\"%s\" has no effect without %s",
		               companions[i].name, companions[i].words));
	}
}

static void lint_hidden(struct loader *l, const struct subschema *s,
                        const struct keyword *k, const struct doc_member *m)
{
	if (k->compile || str_eqz(m->key, s->resource->dialect->draft->id))
		note(l, &rule_lint_dead_keyword, s, m,
		     arena_fmt(l->arena, "\"%s\" has no effect beside \"$ref\" in %s",
		               k->name, s->resource->dialect->draft->name))
		        ->suggestion = STR("move the \"$ref\" into an \"allOf\"");
}

static void lint_type(struct loader *l, const struct subschema *s,
                      const struct keyword *k, const struct doc_member *m)
{
	unsigned types = s->types;
	const struct doc_node *type = doc_get(s->node, "type");
	struct str text;

	if (types & KIND_INTEGER)
		types |= KIND(DOC_NUMBER);
	if (!type || types & k->applies)
		return;
	if (type->kind == DOC_STRING)
		text = arena_fmt(l->arena, "\"%s\" has no effect: the type is " STR_FMT,
		                 k->name, STR_ARG(type->text));
	else
		text = arena_fmt(l->arena,
		                 "\"%s\" has no effect on the types listed here",
		                 k->name);
	note(l, &rule_lint_dead_keyword, s, m, text);
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
	if (!scan_reads(s, k)) {
		lint_hidden(l, s, k, m);
		return;
	}
	lint_companion(l, s, m);
	lint_type(l, s, k, m);
	if (str_eqz(m->key, "required") && m->value.kind == DOC_LIST)
		lint_required(l, s, m);
	if (str_eqz(m->key, "format"))
		lint_format(l, s, m);
}

/* The resource S names no draft: it is said which one was taken. */
static void lint_draft(struct loader *l, const struct subschema *s)
{
	const struct doc_member *m = doc_member(s->node, STR("$schema"));
	const struct draft *draft = s->resource->dialect->draft;

	if (m && draft_unnamed(doc_text(&m->value)))
		note(l, &rule_lint_dialect, s, m,
		     arena_fmt(l->arena, "\"$schema\" names no draft; %s is taken",
		               draft->name))
		        ->suggestion =
		        arena_fmt(l->arena, "write \"$schema\": \"%s\"", draft->uri);
	else if (!m && l->main && s == l->main->root->root)
		note(l, &rule_lint_dialect, s, NULL,
		     arena_fmt(l->arena,
		               "the schema does not name its dialect; %s is taken",
		               draft->name))
		        ->suggestion =
		        arena_fmt(l->arena, "add \"$schema\": \"%s\"", draft->uri);
}

void lint_subschema(struct loader *l, const struct subschema *s)
{
	if (s->resource->document->builtin || s->node->kind != DOC_MAP)
		return;
	if (s->resource->root == s)
		lint_draft(l, s);
	for (size_t i = 0; i < s->node->n; i++) {
		const struct doc_member *m = &s->node->members[i];
		const struct keyword *k = dialect_keyword(s->resource->dialect, m->key);

		if (k)
			lint_keyword(l, s, k, m);
		else
			lint_unknown(l, s, m);
	}
}
