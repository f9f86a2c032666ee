#include "snapshot/internal.h"

#include "base/limits.h"

/* The value at a path of one item, for templates: {key} or {} for the item itself. */
struct item_values {
	const struct maker *m;
	const struct doc_node *item;
};

static bool item_value(struct str *out, struct str name, void *ctx)
{
	const struct item_values *v = ctx;
	const struct doc_member *member = doc_member(v->item, name);
	const struct doc_node *node = name.n ? member ? &member->value : NULL : v->item;

	if (!node || node->kind == DOC_NULL || (node->kind == DOC_BOOL && !node->truth))
		return false;
	*out = node->kind == DOC_BOOL ? STR("") : words_of(v->m, node).text;
	return out->n || node->kind == DOC_BOOL;
}

static struct words item_words(const struct maker *m, const struct plan *p,
                               const struct doc_node *item)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct item_values values = {m, item};

	if (!p->item.s)
		return words_of(m, item);
	template_fill(&b, p->item, item_value, &values);
	return (struct words){arena_str(m->arena, buf_str(&b)), STR_NONE, false};
}

/* The language all items share, or none. */
static struct words joined(const struct maker *m, const struct words *items, size_t n,
                           struct str join)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct words out = {.lang = n ? items[0].lang : STR_NONE, .fallback = n > 0};

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_add(&b, join);
		buf_add(&b, items[i].text);
		if (!str_eq(items[i].lang, out.lang))
			out.lang = STR_NONE;
		out.fallback = out.fallback && items[i].fallback;
	}
	out.fallback = out.fallback && out.lang.n;
	out.text = arena_str(m->arena, buf_str(&b));
	return out;
}

/* All nodes at the row's path. */
static const struct doc_node *const *nodes_at(const struct maker *m, const struct plan *p,
                                              const struct entry *e, size_t *n)
{
	const struct doc_node **nodes = NULL;
	struct path_iter it = path_iter(&p->value, &e->doc->root);
	size_t cap = 0;

	for (*n = 0; path_next(&it);)
		if (it.node->kind != DOC_NULL)
			*arena_push(m->arena, nodes, *n, cap) = it.node;
	return nodes;
}

/* What stands between items; a map written out has commas of its own. */
static struct str list_join(const struct maker *m, const struct plan *p,
                            const struct doc_node *const *items, size_t n)
{
	if (p->join.s)
		return p->join;
	for (size_t i = 0; i < n && !p->item.s; i++)
		if (items[i]->kind == DOC_MAP && !is_localised(m, items[i]))
			return STR("; ");
	return STR(", ");
}

/* Several values, each written out by WORDS. */
static void make_items(struct cell *out, const struct maker *m, const struct plan *p,
                       const struct entry *e,
                       struct words (*words)(const struct maker *, const struct plan *,
                                             const struct doc_node *))
{
	size_t n;
	const struct doc_node *const *nodes = nodes_at(m, p, e, &n);
	struct words *items;

	if (n == 1 && nodes[0]->kind == DOC_LIST) { /* the path names the list itself */
		const struct doc_node *list = nodes[0];
		const struct doc_node **each =
		        arena_array(m->arena, const struct doc_node *, list->n);

		for (n = 0; n < list->n; n++)
			each[n] = &list->items[n];
		nodes = each;
	}
	if (!n)
		return;
	items = arena_array(m->arena, struct words, n);
	for (size_t i = 0; i < n; i++)
		items[i] = words(m, p, nodes[i]);
	out->kind = VALUE_NODES;
	out->nodes = nodes;
	out->n = n;
	out->items = items;
	out->items_n = n;
	out->words = joined(m, items, n, list_join(m, p, nodes, n));
}

static void make_list(struct cell *out, const struct maker *m, const struct plan *p,
                      const struct entry *e)
{
	make_items(out, m, p, e, item_words);
}

static void make_text(struct cell *out, const struct maker *m, const struct plan *p,
                      const struct entry *e)
{
	const struct doc_node *node = path_first(&p->value, &e->doc->root);

	if (path_many(&p->value)) {
		make_list(out, m, p, e);
		return;
	}
	if (!node || node->kind == DOC_NULL)
		return;
	out->kind = VALUE_NODE;
	out->node = node;
	out->words = p->item.s ? item_words(m, p, node) : words_of(m, node);
}

static struct words term_words(const struct maker *m, const struct plan *p,
                               const struct doc_node *node)
{
	struct str lang = STR_NONE, text;

	if (!doc_text(node).n)
		return words_of(m, node);
	text = localised(map_get(&p->vocabulary->terms, node->text), m->chain, m->chain_n,
	                 &lang);
	return text.n ? words_in(m, text, lang)
	              : (struct words){node->text, STR_NONE, false};
}

/* P with the vocabulary as the release had it that E is from. */
static struct plan own_plan(const struct plan *p, const struct entry *e)
{
	const struct vocabulary *own = NULL;
	struct plan out = *p;

	if (e->vocabularies && p->vocabulary)
		own = dataset_vocabulary(e->vocabularies, p->vocabulary->name);
	if (own && own->usable)
		out.vocabulary = own;
	return out;
}

static void make_term(struct cell *out, const struct maker *m, const struct plan *p,
                      const struct entry *e)
{
	const struct doc_node *node = path_first(&p->value, &e->doc->root);
	struct plan own = own_plan(p, e);

	if (path_many(&p->value) || (node && node->kind == DOC_LIST)) {
		make_items(out, m, &own, e, term_words);
		return;
	}
	if (!node || !doc_text(node).n)
		return;
	out->kind = VALUE_TEXT;
	out->text = node->text;
	out->words = term_words(m, &own, node);
}

static void make_aliases(struct cell *out, const struct maker *m, const struct plan *p,
                         const struct entry *e)
{
	const struct roles *r = &e->file->collection->roles;
	size_t n;
	const struct doc_node *const *nodes = nodes_at(m, p, e, &n);
	struct words *items = arena_array(m->arena, struct words, n);
	struct str *texts = arena_array(m->arena, struct str, n);
	struct str *langs = arena_array(m->arena, struct str, n);

	for (size_t i = 0; i < n; i++) {
		const struct doc_node *text =
		        r->alias_text ? path_first(r->alias_text, nodes[i]) : nodes[i];

		texts[i] = text ? plain_text(text, m->arena) : STR_NONE;
		langs[i] = doc_text(path_first(r->alias_lang, nodes[i]));
		/* Names in whatever language: being another one is no fallback. */
		items[i] = (struct words){texts[i], langs[i], false};
		if (p->item.s)
			items[i].text = item_words(m, p, nodes[i]).text;
	}
	if (!n)
		return;
	out->kind = VALUE_ALIASES;
	out->ids = texts;
	out->langs = langs;
	out->n = out->items_n = n;
	out->items = items;
	out->words = joined(m, items, n, p->join.s ? p->join : STR(", "));
}

static void make_ids(struct cell *out, const struct maker *m, const struct plan *p,
                     const struct entry *e)
{
	size_t n;
	const struct doc_node *const *nodes = nodes_at(m, p, e, &n);
	struct words *items = arena_array(m->arena, struct words, n);
	struct str *ids = arena_array(m->arena, struct str, n);

	for (size_t i = 0; i < n; i++) {
		ids[i] = plain_text(nodes[i], m->arena);
		items[i] = str_eqz(p->show, "names")
		                   ? related_name(m, e->file->collection, ids[i])
		                   : (struct words){ids[i], STR_NONE, false};
	}
	if (!n && !str_eqz(p->show, "count")) /* none is a number, but no list to show */
		return;
	out->kind = VALUE_IDS;
	out->ids = ids;
	out->n = n;
	if (str_eqz(p->show, "count")) {
		out->words.text = arena_number(m->arena, n);
		return;
	}
	out->items = items;
	out->items_n = n;
	out->words = joined(m, items, n, p->join.s ? p->join : STR(", "));
}

/* NODE as a source: a source itself, or the key of one; NULL when it is neither. */
static const struct doc_node *as_source(const struct map *by_key,
                                        const struct doc_node *node)
{
	return node->kind == DOC_MAP ? node : map_get(by_key, doc_text(node));
}

/* Work I of a cell: its citation is the same in all languages. */
static struct work one_work(const struct maker *m, const struct entry *e,
                            const struct doc_node *source, size_t i)
{
	const struct roles *r = &e->file->collection->roles;

	if (m->same)
		return m->same->works[i];
	return (struct work){
	        .source = source,
	        .key = doc_text(path_first(r->source_key, source)),
	        .doi = doc_text(path_first(r->source_doi, source)),
	        .url = doc_text(path_first(r->source_url, source)),
	        .citation = work_text(m, e, source),
	};
}

/* A work with the label of its link behind it. */
static struct words work_words(const struct maker *m, struct str citation,
                               const struct link *link)
{
	struct words w = {citation, STR_NONE, false};

	if (link)
		w.text = arena_cat(m->arena, citation, STR(" "), link->label);
	return w;
}

static void make_work(struct cell *out, const struct maker *m, const struct plan *p,
                      const struct entry *e)
{
	size_t n;
	const struct doc_node *const *nodes = nodes_at(m, p, e, &n);
	struct work *works = arena_array(m->arena, struct work, n);
	struct link *links = arena_array(m->arena, struct link, n);
	struct words *items = arena_array(m->arena, struct words, n);
	struct map by_key;

	map_init(&by_key, m->arena);
	entry_sources(&by_key, &e->file->collection->roles, &e->doc->root);
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *source = as_source(&by_key, nodes[i]);
		bool linked;

		if (!source)
			continue;
		works[out->n] = one_work(m, e, source, out->n);
		linked = work_link(&links[out->links_n], m, e, source);
		items[out->n] = work_words(m, works[out->n].citation,
		                           linked ? &links[out->links_n] : NULL);
		out->links_n += linked;
		out->n++;
	}
	if (!out->n)
		return;
	out->works = works;
	out->links = links;
	out->kind = path_many(&p->value) ? VALUE_WORKS : VALUE_WORK;
	if (out->kind == VALUE_WORKS) {
		out->items = items;
		out->items_n = out->n;
	}
	out->words = joined(m, items, out->n, p->join.s ? p->join : STR("; "));
}

static struct words status_words(const struct maker *m, struct str key, size_t n)
{
	struct str lang, text = labels_plural(m->labels, key, n, &lang);
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct template_pair pairs[] = {
	        {STR("n"), arena_number(m->arena, n)},
	        {STR_NONE, STR_NONE},
	};

	template_fill(&b, text, template_pairs, pairs);
	return words_in(m, arena_str(m->arena, buf_str(&b)), lang);
}

static void make_status(struct cell *out, const struct maker *m, const struct plan *p,
                        const struct entry *e)
{
	struct words *items = arena_array(m->arena, struct words, 3);
	struct str date;

	out->kind = VALUE_STATUS;
	out->status = status_of(e, &date);
	items[0] = status_words(m, STR("dataset.version"), (size_t)out->status.version);
	items[1] = status_words(m, STR("dataset.sources"), out->status.sources);
	items[2] = status_words(
	        m,
	        arena_cat(m->arena, STR("state."), str_of(state_name(out->status.state))),
	        0);
	out->items = items;
	out->items_n = 3;
	out->words = joined(m, items, 3, p->join.s ? p->join : STR(" · "));
}

static void make_auto(struct cell *out, const struct maker *m, const struct plan *p,
                      const struct entry *e)
{
	const struct doc_node *node = path_first(&p->value, &e->doc->root);

	if (node && node->kind == DOC_LIST)
		make_list(out, m, p, e);
	else
		make_text(out, m, p, e);
}

static const struct cell_kind kinds[] = {
        {"auto", "text", make_auto},
        {"term", "enum", make_term},
        {"text", "text", make_text},
        {"integer", "integer", make_text},
        {"number", "number", make_text},
        {"date", "date", make_text},
        {"work", "work", make_work},
        {"ids", "id-set", make_ids},
        {"aliases", "alias-set", make_aliases},
        {"list", "list", make_list},
        {"status", "status", make_status},
};

const struct cell_kind *cell_kind_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eqz(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}
