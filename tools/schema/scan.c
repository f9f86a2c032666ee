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

static bool add_anchor(struct loader *l, struct subschema *s, const char *keyword,
                       bool dynamic)
{
	const struct doc_node *node = doc_get(s->node, keyword);
	struct str name = doc_text(node);
	struct anchor *a;

	if (!name.s)
		return true;
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
	return load_fail(l, r->root, doc_get(r->root->node, "$id"),
	                 "two schemas in this file have the same $id, " STR_FMT,
	                 STR_ARG(r->uri));
}

/* S has an $id: it starts a resource of its own, or names that of its document. */
static bool enter_resource(struct loader *l, struct subschema *s)
{
	const struct doc_node *id = doc_get(s->node, "$id");
	const struct doc_node *dialect = doc_get(s->node, "$schema");
	struct resource *parent = s->resource, *r = parent;
	struct str fragment, text;

	if (!doc_text(id).s)
		return true;
	text = schema_uri_split(doc_text(id), &fragment);
	if (fragment.n)
		return load_fail(l, s, id, "$id has a fragment; use $anchor for it");
	if (parent->root != s) {
		r = new_resource(l, parent->document, s);
		r->dialect = parent->dialect;
	}
	if (!schema_uri_resolve(&r->uri, parent->uri, text, l->arena))
		return load_fail(l, s, id, "$id is not a URI reference: " STR_FMT,
		                 STR_ARG(text));
	if (!register_uri(l, r))
		return false;
	if (r != parent && doc_text(dialect).s)
		r->dialect = dialect_get(l, doc_text(dialect), s, dialect);
	return r->dialect;
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

static bool scan_keyword(struct loader *l, const struct subschema *s,
                         const struct keyword *k, const struct doc_node *value)
{
	if (k->shape == SHAPE_SCHEMA)
		return scan_child(l, s, k, value, NULL, SIZE_MAX);
	if (k->shape == SHAPE_LIST && value->kind == DOC_LIST)
		for (size_t i = 0; i < value->n; i++)
			if (!scan_child(l, s, k, &value->items[i], NULL, i))
				return false;
	if (k->shape == SHAPE_MAP && value->kind == DOC_MAP)
		for (size_t i = 0; i < value->n; i++)
			if (!scan_child(l, s, k, &value->members[i].value,
			                &value->members[i].key, 0))
				return false;
	return true;
}

static bool scan_members(struct loader *l, struct subschema *s)
{
	const struct doc_node *node = s->node;

	if (!enter_resource(l, s) || !add_anchor(l, s, "$anchor", false) ||
	    !add_anchor(l, s, "$dynamicAnchor", true))
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
	return d->builtin || dialect_check(l, s);
}

/* ---- references ---- */

/* A pointer may lead to where no keyword of the dialect has a schema: it becomes one. */
static struct subschema *scan_foreign(struct loader *l, const struct resource *r,
                                      struct str pointer, const struct doc_node *node)
{
	struct subschema *near = r->root, *s;
	size_t at = 0;

	for (size_t i = 1; i < pointer.n; i++) {
		const struct doc_node *between;

		if (pointer.s[i] != '/')
			continue;
		between = doc_at(r->root->node, str_sub(pointer, 0, i));
		s = between ? scan_find(l, between) : NULL;
		if (s) {
			near = s;
			at = i;
		}
	}
	pointer = arena_str(l->arena, str_sub(pointer, at, pointer.n));
	s = scan_node(l, near, node, pointer, near->resource);
	if (!s || near->resource->document->builtin)
		return s;
	return dialect_check(l, s) ? s : NULL;
}

/* " (did you mean "...")" for the last step of a pointer that leads nowhere, or "". */
static const char *near_pointer(struct loader *l, const struct resource *r,
                                struct str pointer)
{
	size_t at = str_rfind(pointer, '/');
	const struct doc_node *parent = doc_at(r->root->node, str_sub(pointer, 0, at));
	struct str *names, near;

	if (at == pointer.n || !parent || parent->kind != DOC_MAP)
		return "";
	names = arena_array(l->arena, struct str, parent->n);
	for (size_t i = 0; i < parent->n; i++)
		names[i] = parent->members[i].key;
	near = text_nearest(str_sub(pointer, at + 1, pointer.n), names, parent->n);
	if (!near.n)
		return "";
	near = diag_quote(l->arena, near);
	return arena_fmt(l->arena, "; did you mean \"" STR_FMT "\"?", STR_ARG(near)).s;
}

static struct subschema *resolve_fragment(struct loader *l, const struct resource *r,
                                          struct str fragment,
                                          const struct anchor **anchor)
{
	const struct doc_node *node;

	if (!fragment.n)
		return r->root;
	if (fragment.s[0] == '/') {
		struct subschema *s;

		node = doc_at(r->root->node, fragment);
		s = node ? scan_find(l, node) : NULL;
		return s || !node ? s : scan_foreign(l, r, fragment, node);
	}
	for (const struct anchor *a = r->anchors; a; a = a->next) {
		if (!str_eq(a->name, fragment))
			continue;
		/* One place may carry both kinds: the dynamic one is asked for by scope. */
		*anchor = scan_dynamic(r, fragment) ? scan_dynamic(r, fragment) : a;
		return a->schema;
	}
	return NULL;
}

static struct resource *find_resource(struct loader *l, const struct subschema *from,
                                      struct str uri)
{
	struct resource *r = map_get(&l->resources, uri);
	struct document *d;

	if (r)
		return r;
	d = load_document(l, uri, from);
	if (!d || !scan_document(l, d, from->resource->dialect))
		return NULL;
	r = map_get(&l->resources, uri);
	return r ? r : d->root;
}

struct subschema *scan_resolve(struct loader *l, const struct subschema *from,
                               const struct doc_node *ref, const struct anchor **anchor)
{
	struct str fragment, uri = schema_uri_split(doc_text(ref), &fragment), shown;
	struct subschema *s = NULL;
	struct resource *r;

	*anchor = NULL;
	shown = diag_quote(l->arena, doc_text(ref));
	if (!schema_uri_resolve(&uri, from->resource->uri, uri, l->arena)) {
		load_fail(l, from, ref, "\"" STR_FMT "\" is not a URI reference",
		          STR_ARG(shown));
		return NULL;
	}
	r = find_resource(l, from, uri);
	if (!r)
		return NULL;
	fragment = schema_uri_decode(fragment, l->arena);
	s = resolve_fragment(l, r, fragment, anchor);
	if (!s)
		load_fail(l, from, ref,
		          "\"" STR_FMT "\" leads to nothing in " STR_FMT "%s",
		          STR_ARG(shown), STR_ARG(r->document->shown),
		          near_pointer(l, r, fragment));
	return s;
}
