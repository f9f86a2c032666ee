#include "schema/internal.h"

#include "base/text.h"

static struct str address(const struct doc_node *const *node)
{
	return (struct str){(const char *)node, sizeof(*node)};
}

struct subschema *scan_find(const struct loader *l, const struct doc_node *node)
{
	return map_get(&l->places, address(&node));
}

const struct anchor *scan_dynamic(const struct resource *r, struct str name)
{
	for (const struct anchor *a = r->anchors; a; a = a->next)
		if (a->dynamic && str_eq(a->name, name))
			return a;
	return NULL;
}

struct str scan_pointer(const struct subschema *s, bool of_document, struct arena *a)
{
	size_t n = 0;
	char *text;

	for (const struct subschema *t = s; t; t = t->up) {
		if (!of_document && t->resource->root == t)
			break;
		n += t->step.n;
	}
	text = arena_array(a, char, n + 1);
	for (const struct subschema *t = s; n; t = t->up) {
		n -= t->step.n;
		for (size_t i = 0; i < t->step.n; i++)
			text[n + i] = t->step.s[i];
	}
	return str_of(text);
}

struct str scan_location(const struct subschema *s, struct arena *a)
{
	const struct document *d = s->resource->document;
	struct str pointer = scan_pointer(s, d->local, a);

	return arena_fmt(a, STR_FMT "#" STR_FMT,
	                 STR_ARG(d->local ? d->shown : s->resource->uri),
	                 STR_ARG(pointer));
}

/* ---- finding resources, anchors and subschemas ---- */

static struct subschema *scan_node(struct loader *l, const struct subschema *up,
                                   const struct doc_node *node, struct str step,
                                   struct resource *resource);

static bool add_anchor(struct loader *l, struct subschema *s, const struct doc_node *node,
                       struct str name, bool dynamic)
{
	struct anchor *a;

	for (a = s->resource->anchors; a; a = a->next)
		if (str_eq(a->name, name) && a->schema != s)
			return load_fail(l, s, node,
			                 "the anchor \"" STR_FMT "\" is there twice",
			                 STR_ARG(name));
	a = arena_new(l->arena, struct anchor);
	*a = (struct anchor){name, s, dynamic, s->resource->anchors};
	s->resource->anchors = a;
	if (dynamic) {
		s->resource->dynamic = true;
		compile_queue(l, s);
	}
	return true;
}

/* 2019-09, Core, section 8.2.4.2: only the root of a resource can be such an anchor. */
static bool scan_anchor(struct loader *l, struct subschema *s, const struct keyword *k,
                        const struct doc_node *value)
{
	if (!(kind_bits(value) & k->value))
		return true;
	if (k->shape != SHAPE_RECURSIVE)
		return add_anchor(l, s, value, value->text, k->shape == SHAPE_DYNAMIC);
	return !value->truth || s->resource->root != s ||
	       add_anchor(l, s, value, STR(""), true);
}

static struct resource *new_resource(struct loader *l, struct document *d,
                                     struct subschema *root)
{
	struct resource *r = arena_new(l->arena, struct resource);

	r->document = d;
	r->uri = d->uri;
	r->root = root;
	root->resource = r;
	return r;
}

/* Two documents may carry one URI (a file reached in two ways): the first is meant. */
static bool register_uri(struct loader *l, struct resource *r)
{
	struct resource *other = map_get(&l->resources, r->uri);

	if (!other)
		map_set(&l->resources, r->uri, r);
	if (!other || other == r || other->document != r->document)
		return true;
	return load_fail(l, r->root, doc_get(r->root->node, r->dialect->draft->id),
	                 "two schemas in this file have the same %s, " STR_FMT,
	                 r->dialect->draft->id, STR_ARG(r->uri));
}

/* The dialect that the embedded schema S names, or that of what is around it. */
static const struct dialect *own_dialect(struct loader *l, const struct subschema *s)
{
	const struct doc_node *dialect = doc_get(s->node, "$schema");

	if (!doc_text(dialect).s || s->resource->root == s ||
	    !(doc_get(s->node, "$id") || doc_get(s->node, "id")))
		return s->resource->dialect;
	return dialect_get(l, doc_text(dialect), s, dialect);
}

static void enter_resource(struct loader *l, struct subschema *s, const struct dialect *d)
{
	const struct resource *parent = s->resource;
	struct resource *r;

	if (parent->root == s)
		return;
	r = new_resource(l, parent->document, s);
	r->dialect = d;
	if (d == parent->dialect)
		return;
	r->next = r->document->unchecked;
	r->document->unchecked = r;
	r->document->mixed = true;
}

/* S has an id: it starts a resource of its own, names that of its document, or is an anchor. */
static bool scan_id(struct loader *l, struct subschema *s, const struct dialect *d)
{
	const struct doc_node *id = doc_get(s->node, d->draft->id);
	struct str fragment, text, uri, base = s->resource->uri;

	/* Where another draft is embedded, its own id tells so, or the one used around it. */
	if (!id && d != s->resource->dialect)
		id = doc_get(s->node, s->resource->dialect->draft->id);
	if (!doc_text(id).s)
		return true;
	text = schema_uri_split(doc_text(id), &fragment);
	if (fragment.n && !d->draft->id_anchors)
		return load_fail(l, s, id, "%s has a fragment; use $anchor for it",
		                 d->draft->id);
	if (!schema_uri_resolve(&uri, base, text, l->arena))
		return load_fail(l, s, id, "%s is not a URI reference: " STR_FMT,
		                 d->draft->id, STR_ARG(text));
	if (!d->draft->id_anchors || !str_eq(uri, base)) {
		enter_resource(l, s, d);
		s->resource->uri = uri;
		if (!register_uri(l, s->resource))
			return false;
	}
	/* Generators write pointers ("#/properties/x"), which name what they name anyway. */
	if (!fragment.n || fragment.s[0] == '/')
		return true;
	return add_anchor(l, s, id, schema_uri_decode(fragment, l->arena), false);
}

/* A $ref hides the id of the document's root S: no base, but others may know it by that. */
static void register_hidden(struct loader *l, const struct subschema *s)
{
	const char *name = s->resource->dialect->draft->id;
	struct str fragment, id = doc_text(doc_get(s->node, name)), uri;

	id = schema_uri_split(id, &fragment);
	if (!id.n || !schema_uri_resolve(&uri, s->resource->uri, id, l->arena))
		return;
	if (!map_get(&l->resources, uri))
		map_set(&l->resources, uri, s->resource);
}

bool scan_reads(const struct subschema *s, const struct keyword *k)
{
	return !s->ref_alone || k->compile == compile_ref || k->compile == compile_defs;
}

static bool has_lone_ref(const struct subschema *s, const struct dialect *d)
{
	return d->draft->ref_alone && doc_text(doc_get(s->node, "$ref")).s;
}

/* Settle which resource and dialect S belongs to. */
static bool enter(struct loader *l, struct subschema *s)
{
	const struct dialect *d = own_dialect(l, s);

	if (!d)
		return false;
	/* Where the dialect changes, only the id can say so: a $ref does not hide it. */
	if (d != s->resource->dialect || !has_lone_ref(s, d)) {
		if (!scan_id(l, s, d))
			return false;
	} else if (!s->up) {
		register_hidden(l, s);
	}
	s->ref_alone = has_lone_ref(s, s->resource->dialect);
	return true;
}

static struct str step_of(struct loader *l, const char *keyword, const struct str *key,
                          size_t index)
{
	buf_reset(&l->text);
	doc_pointer_key(&l->text, str_of(keyword));
	if (key)
		doc_pointer_key(&l->text, *key);
	else if (index != SIZE_MAX)
		doc_pointer_index(&l->text, index);
	return arena_str(l->arena, buf_str(&l->text));
}

static bool scan_child(struct loader *l, const struct subschema *s,
                       const struct keyword *k, const struct doc_node *node,
                       const struct str *key, size_t index)
{
	struct subschema *child;

	if (!(kind_bits(node) & KIND_SCHEMA))
		return true;
	child = scan_node(l, s, node, step_of(l, k->name, key, index), s->resource);
	if (child && k->in_place)
		child->outer = s;
	return child;
}

static bool scan_keyword(struct loader *l, struct subschema *s, const struct keyword *k,
                         const struct doc_node *value)
{
	if (k->shape & (SHAPE_ANCHOR | SHAPE_DYNAMIC | SHAPE_RECURSIVE))
		return scan_anchor(l, s, k, value);
	if (k->shape & SHAPE_SCHEMA && kind_bits(value) & KIND_SCHEMA)
		return scan_child(l, s, k, value, NULL, SIZE_MAX);
	if (k->shape & SHAPE_LIST && value->kind == DOC_LIST)
		for (size_t i = 0; i < value->n; i++)
			if (!scan_child(l, s, k, &value->items[i], NULL, i))
				return false;
	if (k->shape & SHAPE_MAP && value->kind == DOC_MAP)
		for (size_t i = 0; i < value->n; i++)
			if (!scan_child(l, s, k, &value->members[i].value,
			                &value->members[i].key, 0))
				return false;
	return true;
}

static bool scan_members(struct loader *l, struct subschema *s)
{
	const struct doc_node *node = s->node;

	if (!enter(l, s))
		return false;
	for (size_t i = 0; i < node->n; i++) {
		const struct doc_member *m = &node->members[i];
		const struct keyword *k = dialect_keyword(s->resource->dialect, m->key);

		if (k && k->shape && !scan_keyword(l, s, k, &m->value))
			return false;
	}
	return true;
}

static struct subschema *new_subschema(struct loader *l, const struct subschema *up,
                                       const struct doc_node *node, struct str step)
{
	struct subschema *s = arena_new(l->arena, struct subschema);

	s->node = node;
	s->up = up;
	s->step = step;
	s->never = node->kind == DOC_BOOL && !node->truth;
	s->types = s->never ? 0 : KIND_ANY;
	map_set(&l->places, address(&s->node), s);
	return s;
}

static struct subschema *scan_node(struct loader *l, const struct subschema *up,
                                   const struct doc_node *node, struct str step,
                                   struct resource *resource)
{
	struct subschema *s = scan_find(l, node);

	if (s)
		return s;
	s = new_subschema(l, up, node, step);
	s->resource = resource;
	if (node->kind == DOC_MAP && !scan_members(l, s))
		return NULL;
	return s;
}

/* Check S, and the resources of other dialects inside, against their meta-schemas. */
static bool check(struct loader *l, const struct subschema *s)
{
	struct document *d = s->resource->document;

	if (d->builtin)
		return true;
	if (!dialect_check(l, s))
		return false;
	while (d->unchecked) {
		const struct subschema *root = d->unchecked->root;

		d->unchecked = d->unchecked->next;
		if (!dialect_check(l, root))
			return false;
	}
	return true;
}

bool scan_document(struct loader *l, struct document *d, const struct dialect *fallback)
{
	const struct doc_node *dialect = doc_get(&d->doc.root, "$schema");
	struct subschema *s;

	if (d->root)
		return true;
	s = new_subschema(l, NULL, &d->doc.root, STR(""));
	d->root = new_resource(l, d, s);
	if (doc_text(dialect).s)
		d->root->dialect = dialect_get(l, doc_text(dialect), s, dialect);
	else
		d->root->dialect = fallback ? fallback : dialect_default(l);
	if (!d->root->dialect || !register_uri(l, d->root))
		return false;
	if (s->node->kind == DOC_MAP && !scan_members(l, s))
		return false;
	return check(l, s);
}

struct subschema *scan_foreign(struct loader *l, const struct subschema *up,
                               const struct doc_node *node, struct str step)
{
	struct subschema *s = scan_node(l, up, node, step, up->resource);

	return s && check(l, s) ? s : NULL;
}
