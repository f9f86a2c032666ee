#include "schema/eval.h"

#include "base/text.h"

#define DRAFT "https://json-schema.org/draft/2020-12/"

/* A dialect is a run of rows in the table of vocabularies. */
static const struct standard {
	const char *uri;
	size_t from, to;
} standards[] = {
        {DRAFT "schema", 0, 7},
};

const struct keyword *dialect_keyword(const struct dialect *d, struct str name)
{
	const struct keyword *const *cell = map_get(&d->keywords, name);

	return cell ? *cell : NULL;
}

/* ---- putting a dialect together ---- */

static void add_vocabulary(struct loader *l, struct dialect *d,
                           const struct vocabulary *v)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct keyword **cell = arena_new(l->arena, const struct keyword *);

		*cell = &v->keywords[i];
		map_set(&d->keywords, str_of(v->keywords[i].name), cell);
	}
	d->asserts_format |= v->asserts_format;
}

static struct dialect *new_dialect(struct loader *l, struct str uri)
{
	struct dialect *d = arena_new(l->arena, struct dialect);

	d->uri = uri;
	map_init(&d->keywords, l->arena);
	map_set(&l->dialects, uri, d);
	return d;
}

static const struct standard *find_standard(struct str uri)
{
	for (size_t i = 0; i < ARRAY_LEN(standards); i++)
		if (str_eqz(uri, standards[i].uri))
			return &standards[i];
	return NULL;
}

static void add_standard(struct loader *l, struct dialect *d, const struct standard *row)
{
	for (size_t i = row->from; i < row->to; i++)
		add_vocabulary(l, d, vocabulary_at(i));
}

/* Core, section 8.1.2: a vocabulary that is required and not known refuses the schema. */
static bool add_listed(struct loader *l, struct dialect *d, const struct doc_node *list,
                       const struct subschema *at)
{
	add_vocabulary(l, d, vocabulary_at(0));
	for (size_t i = 0; i < list->n; i++) {
		const struct doc_member *m = &list->members[i];
		const struct vocabulary *v = vocabulary_find(m->key);

		if (v)
			add_vocabulary(l, d, v);
		else if (m->value.kind != DOC_BOOL || m->value.truth)
			return load_fail(
			        l, at, NULL,
			        "its meta-schema requires the vocabulary " STR_FMT
			        ", which this program does not know",
			        STR_ARG(m->key));
	}
	return true;
}

static struct str without_fragment(struct str uri)
{
	return str_ends(uri, STR("#")) ? str_sub(uri, 0, uri.n - 1) : uri;
}

static struct document *meta_document(struct loader *l, struct str uri,
                                      const struct subschema *at,
                                      const struct doc_node *node)
{
	struct err *err = l->err, why = {0};
	struct document *d = NULL;
	struct str shown = diag_quote(l->arena, uri);

	l->err = &why;
	if (schema_uri_absolute(uri))
		d = load_document(l, uri, at);
	l->err = err;
	if (!d)
		load_fail(l, at, node,
		          "$schema is \"" STR_FMT "\"; known are %s and meta-schemas "
		          "whose prefix is mapped to a folder",
		          STR_ARG(shown), standards[0].uri);
	return d;
}

static const struct dialect *custom_dialect(struct loader *l, struct str uri,
                                            const struct subschema *at,
                                            const struct doc_node *node)
{
	struct document *meta = meta_document(l, uri, at, node);
	const struct doc_node *list;
	const struct dialect *base;
	struct dialect *d;
	struct str of;

	if (!meta)
		return NULL;
	list = doc_get(&meta->doc.root, "$vocabulary");
	d = new_dialect(l, uri);
	if (list && list->kind == DOC_MAP)
		return add_listed(l, d, list, at) ? d : NULL;
	of = without_fragment(doc_text(doc_get(&meta->doc.root, "$schema")));
	base = of.n ? dialect_get(l, of, at, node) : dialect_default(l);
	if (!base)
		return NULL;
	d->keywords = base->keywords;
	d->asserts_format = base->asserts_format;
	if (!d->keywords.n)
		add_standard(l, d, &standards[0]);
	return d;
}

const struct dialect *dialect_get(struct loader *l, struct str uri,
                                  const struct subschema *at, const struct doc_node *node)
{
	const struct standard *row;
	struct dialect *d;

	uri = without_fragment(uri);
	d = map_get(&l->dialects, uri);
	if (d)
		return d;
	row = find_standard(uri);
	if (!row)
		return custom_dialect(l, uri, at, node);
	d = new_dialect(l, uri);
	add_standard(l, d, row);
	return d;
}

const struct dialect *dialect_default(struct loader *l)
{
	return dialect_get(l, str_of(standards[0].uri), NULL, NULL);
}

/* ---- a schema is checked against its meta-schema ---- */

#define META_DEPTH 8 /* meta-schemas of meta-schemas */

static bool compile_meta(struct loader *l, struct dialect *d)
{
	CLEANUP(load_release) struct loader sub;
	struct document *document;
	struct schema *meta;

	load_init(&sub, l->opt, l->arena, l->err);
	if (l->depth == META_DEPTH)
		return err_set(l->err, ERR_SCHEMA,
		               "the meta-schema " STR_FMT
		               " is described by more than %d others",
		               STR_ARG(d->uri), META_DEPTH);
	sub.depth = l->depth + 1;
	sub.no_format = true;
	document = load_document(&sub, d->uri, NULL);
	if (!document || !scan_document(&sub, document, NULL) ||
	    !compile_all(&sub, &meta, document->root->root))
		return false;
	d->meta = meta;
	return true;
}

static const struct diag *first_in_file(const struct diag_list *found)
{
	const struct diag *best = &found->items[0];

	for (size_t i = 1; i < found->n; i++) {
		const struct span a = found->items[i].span, b = best->span;

		if (a.line < b.line || (a.line == b.line && a.column < b.column))
			best = &found->items[i];
	}
	return best;
}

static bool refuse(struct loader *l, const struct subschema *s,
                   const struct diag_list *found)
{
	const struct diag *d = first_in_file(found);
	struct str base = scan_pointer(s, true, l->arena), more = STR("");
	struct str pointer =
	        arena_fmt(l->arena, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(d->pointer));

	if (found->n > 1)
		more = arena_fmt(l->arena, " (and %zu more)", found->n - 1);
	return err_set(l->err, ERR_SCHEMA,
	               STR_FMT ":%d:%d: " STR_FMT "%s" STR_FMT "%s" STR_FMT STR_FMT,
	               STR_ARG(s->resource->document->shown), d->span.line,
	               d->span.column, STR_ARG(pointer), pointer.n ? ": " : "",
	               STR_ARG(d->text), d->suggestion.n ? "; " : "",
	               STR_ARG(d->suggestion), STR_ARG(more));
}

bool dialect_check(struct loader *l, const struct subschema *s)
{
	CLEANUP(schema_scratch_release) struct schema_scratch scratch = {0};
	struct dialect *d = map_get(&l->dialects, s->resource->dialect->uri);
	struct diag_list found;

	/* A meta-schema that describes itself is taken at its word. */
	if (str_eq(d->uri, s->resource->document->uri))
		return true;
	if (!d->meta && !compile_meta(l, d))
		return false;
	diag_init(&found, l->arena);
	if (eval_root(d->meta, s->node, "the schema", &scratch, &found))
		return true;
	if (found.n)
		return refuse(l, s, &found);
	return load_fail(l, s, NULL, "it is no schema");
}
