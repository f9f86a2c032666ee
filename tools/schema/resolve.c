#include "schema/internal.h"

#include "base/text.h"

/* A pointer may lead to where no keyword of the dialect has a schema: it becomes one. */
static struct subschema *adopt(struct loader *l, const struct resource *r,
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
	return scan_foreign(l, near, node, pointer);
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
		return s || !node ? s : adopt(l, r, fragment, node);
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

struct subschema *resolve_ref(struct loader *l, const struct subschema *from,
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
