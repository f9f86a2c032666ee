#include "schema/eval.h"

#include "base/text.h"

const struct keyword *dialect_keyword(const struct dialect *d, struct str name)
{
	const struct keyword *const *cell = map_get(&d->keywords, name);

	return cell ? *cell : NULL;
}

/* ---- putting a dialect together ---- */

static void add_vocabulary(struct loader *l, struct dialect *d,
                           const struct vocabulary *v, unsigned drafts)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct keyword **cell;

		if (!(v->keywords[i].drafts & v->drafts & drafts))
			continue;
		cell = arena_new(l->arena, const struct keyword *);
		*cell = &v->keywords[i];
		map_set(&d->keywords, str_of(v->keywords[i].name), cell);
	}
}

static struct dialect *new_dialect(struct loader *l, struct str uri)
{
	struct dialect *d = arena_new(l->arena, struct dialect);

	d->uri = uri;
	map_init(&d->keywords, l->arena);
	map_set(&l->dialects, uri, d);
	return d;
}

/* All keywords of DRAFT. */
static void add_draft(struct loader *l, struct dialect *d, const struct draft *draft)
{
	const struct vocabulary *v;

	d->draft = draft;
	for (size_t i = 0; (v = vocabulary_at(i)); i++)
		if (v->drafts & draft->bit && v->format != FORMAT_ALWAYS)
			add_vocabulary(l, d, v, draft->bit);
}

/* The vocabularies with this URI. False when there is none. */
static bool add_named(struct loader *l, struct dialect *d, struct str uri, bool required)
{
	const struct vocabulary *v;
	bool found = false;

	for (size_t i = 0; (v = vocabulary_at(i)); i++) {
		if (!v->uri || !str_eqz(uri, v->uri))
			continue;
		found = true;
		add_vocabulary(l, d, v, v->drafts);
		d->asserts_format |= v->format == FORMAT_ALWAYS ||
		                     (v->format == FORMAT_WHEN_REQUIRED && required);
	}
	return found;
}

/* The core vocabulary of DRAFT, which is always there: the first of its rows. */
static const struct vocabulary *core_of(const struct draft *draft)
{
	size_t i = 0;

	while (!(vocabulary_at(i)->drafts & draft->bit))
		i++;
	return vocabulary_at(i);
}

/* Core, section 8.1.2: a vocabulary that is required and not known refuses the schema. */
static bool add_listed(struct loader *l, struct dialect *d, const struct doc_node *list,
                       const struct subschema *at)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct doc_member *m = &list->members[i];
		bool required = m->value.kind != DOC_BOOL || m->value.truth;

		if (!add_named(l, d, m->key, required) && required)
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

/* "2020-12, 2019-09, ...; did you mean ...?": what $schema can be instead of URI. */
static struct str known_drafts(struct loader *l, struct str uri)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct str uris[8], near;
	const struct draft *draft;
	size_t n = 0;

	for (; n < ARRAY_LEN(uris) && (draft = draft_at(n)); n++) {
		uris[n] = str_of(draft->uri);
		buf_addf(&b, "%s%s", n ? ", " : "", draft->name);
	}
	buf_addz(&b, " and meta-schemas whose prefix is mapped to a folder");
	near = text_nearest(uri, uris, n);
	if (near.n)
		buf_addf(&b, "; did you mean " STR_FMT "?", STR_ARG(near));
	return arena_str(l->arena, buf_str(&b));
}

static struct document *meta_document(struct loader *l, struct str uri,
                                      const struct subschema *at,
                                      const struct doc_node *node)
{
	struct err *err = l->err, why = {0};
	struct document *d = NULL;
	struct str shown = diag_quote(l->arena, uri), known;

	l->err = &why;
	if (schema_uri_absolute(uri))
		d = load_document(l, uri, at);
	l->err = err;
	if (d)
		return d;
	known = known_drafts(l, uri);
	load_fail(l, at, node, "$schema is \"" STR_FMT "\"; known are " STR_FMT,
	          STR_ARG(shown), STR_ARG(known));
	return NULL;
}

/* The dialect that the meta-schema URI describes, by its $vocabulary and its own dialect. */
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
	d = new_dialect(l, uri);
	of = without_fragment(doc_text(doc_get(&meta->doc.root, "$schema")));
	base = of.n ? dialect_get(l, of, at, node) : dialect_default(l);
	if (!base)
		return NULL;
	/* Meta-schemas that describe each other in a circle have none. */
	if (!base->draft) {
		add_draft(l, d, draft_at(0));
		base = d;
	}
	d->draft = base->draft;
	list = doc_get(&meta->doc.root, "$vocabulary");
	if (list && list->kind == DOC_MAP && dialect_keyword(base, STR("$vocabulary"))) {
		map_init(&d->keywords, l->arena);
		add_vocabulary(l, d, core_of(d->draft), d->draft->bit);
		return add_listed(l, d, list, at) ? d : NULL;
	}
	d->keywords = base->keywords;
	d->asserts_format = base->asserts_format;
	return d;
}

const struct dialect *dialect_get(struct loader *l, struct str uri,
                                  const struct subschema *at, const struct doc_node *node)
{
	const struct draft *draft = draft_find(uri);
	struct dialect *d;

	uri = draft ? str_of(draft->uri) : without_fragment(uri);
	d = map_get(&l->dialects, uri);
	if (d)
		return d;
	if (!draft)
		return custom_dialect(l, uri, at, node);
	d = new_dialect(l, uri);
	add_draft(l, d, draft);
	return d;
}

const struct dialect *dialect_default(struct loader *l)
{
	if (l->opt && l->opt->dialect.n)
		return dialect_get(l, l->opt->dialect, NULL, NULL);
	return dialect_get(l, str_of(draft_at(0)->uri), NULL, NULL);
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
	sub.relative = l->relative;
	document = load_document(&sub, d->uri, NULL);
	if (!document || !scan_document(&sub, document, NULL) ||
	    !compile_all(&sub, &meta, document->root->root))
		return false;
	for (size_t i = 0; i < meta->files_n; i++)
		map_at(&l->loaded, meta->files[i], NULL);
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

/*
 * A copy of NODE inside S, in which resources of other dialects are empty schemas: they answer
 * to their own meta-schemas.
 */
static struct doc_node without_others(struct loader *l, const struct subschema *s,
                                      const struct doc_node *node)
{
	const struct subschema *inner = scan_find(l, node);
	struct doc_node copy = *node;

	if (inner && inner->resource->dialect != s->resource->dialect) {
		copy.kind = DOC_MAP;
		copy.members = NULL;
		copy.n = 0;
		return copy;
	}
	if (node->kind == DOC_LIST) {
		copy.items = arena_array(l->arena, struct doc_node, node->n);
		for (size_t i = 0; i < node->n; i++)
			copy.items[i] = without_others(l, s, &node->items[i]);
	}
	if (node->kind == DOC_MAP) {
		copy.members = arena_array(l->arena, struct doc_member, node->n);
		for (size_t i = 0; i < node->n; i++) {
			copy.members[i] = node->members[i];
			copy.members[i].value =
			        without_others(l, s, &node->members[i].value);
		}
	}
	return copy;
}

bool dialect_check(struct loader *l, const struct subschema *s)
{
	CLEANUP(schema_scratch_release) struct schema_scratch scratch = {0};
	struct dialect *d = map_get(&l->dialects, s->resource->dialect->uri);
	struct doc_node node;
	struct diag_list found;

	/* A meta-schema that describes itself is taken at its word. */
	if (str_eq(d->uri, s->resource->document->uri))
		return true;
	if (!d->meta && !compile_meta(l, d))
		return false;
	diag_init(&found, l->arena);
	node = s->resource->document->mixed ? without_others(l, s, s->node) : *s->node;
	if (eval_root(d->meta, &node, "the schema", &scratch, &found))
		return true;
	if (found.n)
		return refuse(l, s, &found);
	return load_fail(l, s, NULL, "it is no schema");
}
