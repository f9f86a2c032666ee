/*
 * sqlite_rows.c - an entry as rows of the SQLite form
 */
#include "export/sqlite.h"

#include "base/limits.h"
#include "base/text.h"
#include "export/pack.h"
#include "export/rows.h"
#include "export/works.h"

static void start(struct buf *out, enum sqlite_table table, size_t cells)
{
	pack_number(out, (uint32_t)table);
	pack_number(out, (uint32_t)cells);
}

static void number(struct buf *out, size_t n, struct arena *arena)
{
	pack_text(out, arena_number(arena, n));
}

static void entry(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];
	const struct entry_view *view = &e->views[0];

	start(out, SQLITE_ENTRIES, 8 + x->rows_n);
	pack_text(out, e->collection->name);
	pack_text(out, e->id);
	number(out, (size_t)v->version, e->arena);
	pack_text(out, str_of(state_name(v->state)));
	pack_text(out, e->date);
	number(out, v->sources, e->arena);
	pack_text(out, v->first->name);
	pack_text(out, view->column.name.text);
	for (size_t i = 0; i < x->rows_n; i++) {
		const struct cell *cell = rows_cell(x, view, i);

		pack_text(out,
		          cell && cell->kind != VALUE_NONE ? cell->words.text : STR_NONE);
	}
}

/*
 * What is searched for is folded by SQLite, which leaves letters such as "đ" and "ı" alone: a
 * text that has any of them is indexed in both ways, so that it is found by either. Words of
 * Chinese and Japanese stand without blanks: there, each piece of some letters is one.
 */
static void add_searched(struct buf *out, struct str text, struct arena *arena)
{
	buf_add(out, text);
	buf_addc(out, '\n');
	if (text_is_ascii(text))
		return;
	buf_add(out, text_plain(arena, text));
	buf_addc(out, '\n');
	text_add_grams(out, text);
}

/* All texts of a map from language to text, or the one there is. */
static void add_localised(struct buf *out, const struct doc_node *node,
                          struct arena *arena)
{
	if (!node || node->kind != DOC_MAP) {
		if (doc_text(node).n)
			add_searched(out, doc_text(node), arena);
		return;
	}
	for (uint32_t i = 0; i < node->n; i++)
		if (doc_text(&node->members[i].value).n)
			add_searched(out, doc_text(&node->members[i].value), arena);
}

static void names(struct buf *out, const struct doc_node *node)
{
	if (!node || node->kind != DOC_MAP) {
		if (!doc_text(node).n)
			return;
		start(out, SQLITE_NAMES, 2);
		pack_text(out, STR_NONE);
		pack_text(out, doc_text(node));
		return;
	}
	for (uint32_t i = 0; i < node->n; i++) {
		struct str name = doc_text(&node->members[i].value);

		if (!name.n)
			continue;
		start(out, SQLITE_NAMES, 2);
		pack_text(out, node->members[i].key);
		pack_text(out, name);
	}
}

static struct str alias_text(const struct roles *roles, const struct doc_node *alias)
{
	return doc_text(roles->alias_text ? path_first(roles->alias_text, alias) : alias);
}

/* The rows of the aliases; they are added to SEARCHED as well. */
static void aliases(struct buf *out, struct buf *searched, const struct export_entry *e)
{
	const struct roles *roles = &e->collection->roles;
	struct path_iter it;

	if (!roles->aliases)
		return;
	for (it = path_iter(roles->aliases, e->root); path_next(&it);) {
		struct str alias = alias_text(roles, it.node);

		if (!alias.n)
			continue;
		start(out, SQLITE_ALIASES, 2);
		pack_text(out, alias);
		pack_text(out, doc_text(path_first(roles->alias_lang, it.node)));
		add_searched(searched, alias, e->arena);
	}
}

static void related(struct buf *out, const struct export_entry *e)
{
	const struct roles *roles = &e->collection->roles;
	struct path_iter it;

	if (!roles->related)
		return;
	for (it = path_iter(roles->related, e->root); path_next(&it);) {
		if (!doc_text(it.node).n)
			continue;
		start(out, SQLITE_RELATED, 1);
		pack_text(out, doc_text(it.node));
	}
}

static void sources(struct buf *out, const struct export_entry *e)
{
	for (size_t i = 0; i < e->works_n; i++) {
		const struct cited_work *w = &e->works[i];

		start(out, SQLITE_SOURCES, 10);
		number(out, i + 1, e->arena);
		pack_text(out, w->key);
		pack_text(out, e->work_keys[i]);
		pack_text(out, w->type);
		pack_text(out, works_authors(w, e->arena));
		pack_text(out, w->title);
		pack_text(out, w->year);
		pack_text(out, w->venue);
		pack_text(out, w->doi);
		pack_text(out, w->url);
	}
}

static void versions(struct buf *out, const struct export_entry *e)
{
	for (size_t i = 0; i < e->versions_n; i++) {
		const struct export_version *v = &e->versions[i];

		start(out, SQLITE_VERSIONS, 6);
		number(out, (size_t)v->version, e->arena);
		pack_text(out, str_of(state_name(v->state)));
		pack_text(out, v->date);
		number(out, v->sources, e->arena);
		pack_text(out, v->content);
		pack_text(out, v->first->name);
	}
}

void sqlite_rows(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	CLEANUP(buf_release) struct buf name = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf alias = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf summary = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct roles *roles = &e->collection->roles;

	entry(out, x, e);
	names(out, path_first(roles->name, e->root));
	aliases(out, &alias, e);
	sources(out, e);
	versions(out, e);
	related(out, e);
	if (e->versions[e->versions_n - 1].state == STATE_WITHDRAWN)
		return;
	add_localised(&name, path_first(roles->name, e->root), e->arena);
	add_localised(&summary, path_first(roles->summary, e->root), e->arena);
	start(out, SQLITE_SEARCH, 3);
	pack_text(out, buf_str(&name));
	pack_text(out, buf_str(&alias));
	pack_text(out, buf_str(&summary));
}
