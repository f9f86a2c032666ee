#include "dataset/internal.h"

struct language_words {
	struct str lang;
	const struct doc_node *words; /* key -> text or map of plural categories */
	plural_rule *category;
};

struct labels {
	size_t n;
	struct language_words in[LANGUAGE_CHAIN + 1]; /* the last one is built in */
};

static void add(struct labels *l, struct str lang, const struct doc_node *words)
{
	l->in[l->n++] = (struct language_words){lang, words, plural_rule_of(lang)};
}

static void add_builtin(struct labels *l, struct arena *arena)
{
	struct source *source = arena_new(arena, struct source);
	struct diag_list unused;
	struct docs docs;

	*source = (struct source){STR("built-in labels"),
	                          {builtin_labels, builtin_labels_size}};
	diag_init(&unused, arena);
	if (doc_read(&docs, source, NULL, arena, &unused))
		add(l, doc_text(doc_get(&docs.items[0].root, "language")),
		    doc_get(&docs.items[0].root, "labels"));
}

bool labels_load(struct labels **out, const struct dataset *d, const struct str *chain,
                 size_t chain_n, struct arena *arena, struct err *err)
{
	struct labels *l = arena_new(arena, struct labels);
	struct diag_list diags;

	*out = l;
	diag_init(&diags, arena);
	for (size_t i = 0; d->labels_dir.n && i < chain_n; i++) {
		struct str name = arena_fmt(arena, STR_FMT ".yaml", STR_ARG(chain[i]));
		struct str path = path_join(d->tree, d->labels_dir, name, arena);
		const struct doc *doc;

		if (kind_behind(d->tree, path) == TREE_NONE)
			continue;
		if (!load_checked(&doc, d, path, schema_labels, schema_labels_size, arena,
		                  &diags))
			return err_set(err, ERR_CONFIG,
			               STR_FMT
			               " cannot be used; `stemma validate " STR_FMT
			               "` tells why",
			               STR_ARG(path), STR_ARG(path));
		add(l, chain[i], doc_get(&doc->root, "labels"));
	}
	add_builtin(l, arena);
	return true;
}

/* The first language that has KEY, and its NODE; NULL when none has. */
static const struct language_words *find(const struct doc_node **node,
                                         const struct labels *l, struct str key)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct doc_member *m = doc_member(l->in[i].words, key);

		if (m) {
			*node = &m->value;
			return &l->in[i];
		}
	}
	return NULL;
}

struct str labels_plural(const struct labels *l, struct str key, size_t n,
                         struct str *lang)
{
	const struct doc_node *node, *form;
	const struct language_words *in = find(&node, l, key);

	if (lang)
		*lang = in ? in->lang : STR_NONE;
	if (!in)
		return key;
	if (node->kind == DOC_STRING)
		return node->text;
	form = doc_get(node, in->category(n));
	return doc_text(form ? form : doc_get(node, "other"));
}

struct str labels_get(const struct labels *l, struct str key, struct str *lang)
{
	return labels_plural(l, key, 0, lang);
}
