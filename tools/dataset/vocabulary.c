#include "dataset/internal.h"

#include "base/text.h"

static void load(struct vocabulary *v, const struct dataset *d)
{
	struct arena *arena = d->arena;
	const struct doc_node *terms;
	struct diag_list unused;
	const struct doc *doc;

	diag_init(&unused, arena);
	if (!load_checked(&doc, d, v->path, schema_vocabulary, schema_vocabulary_size,
	                  arena, &unused))
		return;
	terms = doc_get(&doc->root, "terms");
	v->ids = arena_array(arena, struct str, terms->n);
	for (uint32_t i = 0; i < terms->n; i++) {
		/* Labels are only read, but maps hold plain pointers. */
		const struct doc_node *label = doc_get(&terms->members[i].value, "label");

		v->ids[v->ids_n++] = terms->members[i].key;
		*map_at(&v->terms, terms->members[i].key, NULL) =
		        (void *)(uintptr_t)label;
	}
	v->usable = true;
}

void dataset_load_vocabularies(const struct dataset *d)
{
	for (size_t i = 0; i < d->vocabularies_n; i++) {
		if (!d->vocabularies[i].loaded)
			load(&d->vocabularies[i], d);
		d->vocabularies[i].loaded = true;
	}
}

static struct str pointer_of(const struct path_iter *it, const struct doc_node *node,
                             struct arena *arena)
{
	struct str list = path_pointer(it, arena);

	if (node == it->node)
		return list;
	return arena_fmt(arena, STR_FMT "/%zu", STR_ARG(list),
	                 (size_t)(node - it->node->items));
}

/* NODE is what IT stands on, or an item of that list. */
static void check_term(const struct vocabulary *v, const struct path_iter *it,
                       const struct doc_node *node, struct diag_list *out)
{
	struct str id = doc_text(node), near = STR_NONE;
	struct diag *d;

	if (node->kind != DOC_STRING || map_get(&v->terms, id) || diag_drops(out))
		return;
	if (diag_may_suggest(out, v->ids_n))
		near = text_nearest(id, v->ids, v->ids_n);
	d = diag_add(
	        out, &rule_dataset_unknown_term, doc_span(node),
	        "\"" STR_FMT "\" is no id of the vocabulary " STR_FMT " (" STR_FMT ")",
	        STR_ARG(diag_quote(out->arena, id)), STR_ARG(v->name), STR_ARG(v->path));
	d->pointer = pointer_of(it, node, out->arena);
	if (near.n)
		d->suggestion = arena_fmt(out->arena, "did you mean \"" STR_FMT "\"?",
		                          STR_ARG(near));
	else
		d->suggestion = arena_fmt(
		        out->arena, "use one of its ids, or add the term to " STR_FMT,
		        STR_ARG(v->path));
}

/* A path may name a list of ids as a whole. */
static void check_terms(const struct vocabulary *v, const struct path_iter *it,
                        struct diag_list *out)
{
	if (it->node->kind != DOC_LIST)
		check_term(v, it, it->node, out);
	for (uint32_t i = 0; it->node->kind == DOC_LIST && i < it->node->n; i++)
		check_term(v, it, &it->node->items[i], out);
}

void vocabulary_check(const struct collection *c, const struct doc_node *root,
                      struct diag_list *out)
{
	for (size_t i = 0; i < c->terms_n; i++) {
		struct path_iter it = path_iter(&c->terms[i].path, root);

		while (c->terms[i].vocabulary->usable && path_next(&it))
			check_terms(c->terms[i].vocabulary, &it, out);
	}
}
