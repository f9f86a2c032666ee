#include "entry/entry.h"

#include "base/map.h"
#include "base/text.h"

struct str entry_id(const struct roles *roles, const struct doc_node *root,
                    struct str stem)
{
	const struct doc_node *id = path_first(roles->id, root);

	return id && id->kind == DOC_STRING && id->text.n ? id->text : stem;
}

/* The pointer of a node found by INNER within the node that OUTER stands on. */
static struct str nested_pointer(const struct path_iter *outer,
                                 const struct path_iter *inner, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT STR_FMT, STR_ARG(path_pointer(outer, arena)),
	                 STR_ARG(path_pointer(inner, arena)));
}

static void check_id(const struct roles *roles, const struct doc_node *root,
                     struct str stem, struct diag_list *out)
{
	struct path_iter it;
	struct diag *d;

	if (!roles->id || !stem.s)
		return;
	it = path_iter(roles->id, root);
	if (!path_next(&it) || it.node->kind != DOC_STRING || str_eq(it.node->text, stem))
		return;
	d = diag_add(out, &rule_entry_id_filename, doc_span(it.node),
	             "the id is \"" STR_FMT "\", but the file is named \"" STR_FMT "\"",
	             STR_ARG(diag_quote(out->arena, it.node->text)),
	             STR_ARG(diag_quote(out->arena, stem)));
	d->pointer = path_pointer(&it, out->arena);
	d->suggestion = arena_fmt(out->arena, "write \"" STR_FMT "\", or rename the file",
	                          STR_ARG(diag_quote(out->arena, stem)));
}

/* Findings about repeated keys of sources; KEYS is filled: key -> source. */
static void check_source_keys(const struct roles *roles, const struct doc_node *root,
                              struct map *keys, struct diag_list *out)
{
	struct path_iter it, inner;
	struct diag *d;
	bool added;

	for (it = path_iter(roles->sources, root); path_next(&it);) {
		struct str key;

		inner = path_iter(roles->source_key, it.node);
		if (!path_next(&inner))
			continue;
		key = doc_text(inner.node);
		if (!key.n)
			continue;
		map_at(keys, key, &added);
		if (added || diag_drops(out))
			continue;
		d = diag_add(out, &rule_entry_source_key, doc_span(inner.node),
		             "another source of this entry has the key \"" STR_FMT
		             "\" too",
		             STR_ARG(diag_quote(out->arena, key)));
		d->pointer = nested_pointer(&it, &inner, out->arena);
		d->suggestion = STR("give each source a key of its own");
	}
}

/* All of KEYS, for "did you mean". */
static const struct str *all_keys(const struct map *keys, struct arena *scratch)
{
	struct str *all = arena_array(scratch, struct str, keys->n);

	for (size_t i = 0; i < keys->n; i++)
		all[i] = keys->items[i].key;
	return all;
}

static void check_seminal(const struct roles *roles, const struct doc_node *root,
                          const struct map *keys, struct arena *scratch,
                          struct diag_list *out)
{
	const struct str *all = all_keys(keys, scratch);
	struct path_iter it;

	for (it = path_iter(roles->seminal, root); path_next(&it);) {
		struct str key = doc_text(it.node), near = STR_NONE;
		struct diag *d;

		if (!key.n || map_has(keys, key) || diag_drops(out))
			continue;
		if (diag_may_suggest(out, keys->n))
			near = text_nearest(key, all, keys->n);
		d = diag_add(out, &rule_entry_seminal, doc_span(it.node),
		             "no source of this entry has the key \"" STR_FMT "\"",
		             STR_ARG(diag_quote(out->arena, key)));
		d->pointer = path_pointer(&it, out->arena);
		if (near.n)
			d->suggestion =
			        arena_fmt(out->arena, "did you mean \"" STR_FMT "\"?",
			                  STR_ARG(diag_quote(out->arena, near)));
	}
}

static void check_sources(const struct roles *roles, const struct doc_node *root,
                          struct arena *scratch, struct diag_list *out)
{
	struct map keys;

	if (!roles->sources || !roles->source_key)
		return;
	map_init(&keys, scratch);
	check_source_keys(roles, root, &keys, out);
	if (roles->seminal)
		check_seminal(roles, root, &keys, scratch, out);
}

/* What a DOI's class says to a curator. */
static const struct {
	const struct rule *rule;
	const char *says;
} doi_says[] = {
        [DOI_NORMALISED] = {&rule_entry_doi_form, "is not a DOI in its bare form"},
        [DOI_SUSPICIOUS] = {&rule_entry_doi_suspicious, "looks like a slip"},
        [DOI_SHORT] = {&rule_entry_doi_form, "is a shortDOI, not the DOI itself"},
        [DOI_INVALID] = {&rule_entry_doi, "is no DOI"},
};

/* PARENT: the walk that INNER is nested in, or NULL. */
static void check_doi(const struct path_iter *parent, const struct path_iter *inner,
                      struct arena *scratch, struct diag_list *out)
{
	const struct doc_node *node = inner->node;
	struct doi doi;
	struct diag *d;

	if (node->kind != DOC_STRING || doi_parse(&doi, node->text, scratch) == DOI_VALID)
		return;
	if (diag_drops(out))
		return;
	d = diag_add(out, doi_says[doi.class].rule, doc_span(node),
	             "\"" STR_FMT "\" %s (" STR_FMT ")",
	             STR_ARG(diag_quote(out->arena, node->text)),
	             doi_says[doi.class].says, STR_ARG(doi.why));
	d->pointer = parent ? nested_pointer(parent, inner, out->arena)
	                    : path_pointer(inner, out->arena);
	if (doi.class == DOI_INVALID)
		d->suggestion = STR("write it as 10.1234/name, or leave the field out");
	else if (doi.class == DOI_SHORT)
		d->suggestion = STR("write the DOI that it stands for");
	else if (!str_eq(doi.canonical, node->text)) /* else the reason says what to do */
		d->suggestion =
		        arena_fmt(out->arena, "%swrite \"" STR_FMT "\"",
		                  doi.class == DOI_SUSPICIOUS ? "if it is right, " : "",
		                  STR_ARG(diag_quote(out->arena, doi.canonical)));
}

static void check_dois(const struct roles *roles, const struct doc_node *root,
                       struct arena *scratch, struct diag_list *out)
{
	struct path_iter it, inner;

	for (size_t i = 0; i < roles->dois_n; i++)
		for (it = path_iter(&roles->dois[i], root); path_next(&it);)
			check_doi(NULL, &it, scratch, out);
	if (!roles->sources || !roles->source_doi)
		return;
	for (it = path_iter(roles->sources, root); path_next(&it);)
		for (inner = path_iter(roles->source_doi, it.node); path_next(&inner);)
			check_doi(&it, &inner, scratch, out);
}

void entry_check(const struct roles *roles, const struct doc_node *root, struct str stem,
                 struct arena *scratch, struct diag_list *out)
{
	check_id(roles, root, stem, out);
	check_sources(roles, root, scratch, out);
	check_dois(roles, root, scratch, out);
}
