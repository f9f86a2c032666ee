#include "dataset/internal.h"

#include "base/text.h"

bool vocabulary_load(struct vocabulary *v, struct arena *arena, struct diag_list *diags)
{
	const struct doc_node *terms;
	const struct doc *doc;

	map_init(&v->terms, arena);
	if (!load_checked(&doc, v->path, schema_vocabulary, schema_vocabulary_size, arena,
	                  diags))
		return false;
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
	return true;
}

static void check_term(const struct vocabulary *v, const struct path_iter *it,
                       struct diag_list *out)
{
	struct str id = doc_text(it->node), near;
	struct diag *d;

	if (it->node->kind != DOC_STRING || map_get(&v->terms, id))
		return;
	d = diag_add(
	        out, &rule_dataset_unknown_term, doc_span(it->node),
	        "\"" STR_FMT "\" is no id of the vocabulary " STR_FMT " (" STR_FMT ")",
	        STR_ARG(diag_quote(out->arena, id)), STR_ARG(v->name), STR_ARG(v->path));
	d->pointer = path_pointer(it, out->arena);
	near = text_nearest(id, v->ids, v->ids_n);
	if (near.n)
		d->suggestion = arena_fmt(out->arena, "did you mean \"" STR_FMT "\"?",
		                          STR_ARG(near));
	else
		d->suggestion = arena_fmt(
		        out->arena, "use one of its ids, or add the term to " STR_FMT,
		        STR_ARG(v->path));
}

void vocabulary_check(const struct collection *c, const struct doc_node *root,
                      struct diag_list *out)
{
	for (size_t i = 0; i < c->terms_n; i++) {
		struct path_iter it = path_iter(&c->terms[i].path, root);

		while (c->terms[i].vocabulary->usable && path_next(&it))
			check_term(c->terms[i].vocabulary, &it, out);
	}
}
