/*
 * shelf_object.c - a line of a snapshot, back into a column and cells
 */
#include "export/shelf_internal.h"

size_t shelf_list_n(const struct doc_node *list)
{
	return list && list->kind == DOC_LIST ? list->n : 0;
}

struct str shelf_text(const struct doc_node *node, const char *name)
{
	return doc_text(doc_get(node, name));
}

size_t shelf_count(const struct doc_node *node, const char *name)
{
	const struct doc_node *n = doc_get(node, name);

	return n && n->kind == DOC_NUMBER && n->fits && n->integer > 0
	               ? (size_t)n->integer
	               : 0;
}

static enum state state_of(struct str name)
{
	for (int i = 0; i < STATES_N; i++)
		if (str_eqz(name, state_name((enum state)i)))
			return (enum state)i;
	return STATE_PUBLISHED;
}

static void read_column(struct column *c, const struct doc_node *o, bool pinned)
{
	c->id = shelf_text(o, "id");
	c->collection = shelf_text(o, "collection");
	c->name = shelf_words(doc_get(o, "name"));
	c->short_name = shelf_words(doc_get(o, "short_name"));
	c->status.version = (int)shelf_count(o, "version");
	c->status.sources = shelf_count(o, "sources");
	c->status.state = state_of(shelf_text(o, "state"));
	c->date = shelf_text(o, pinned ? "approved" : "date");
	c->pinned = pinned;
}

static void read_keys(struct cell *c, const struct doc_node *o, struct arena *arena)
{
	const struct doc_node *keys = doc_get(o, "keys"), *shown = doc_get(o, "shown");
	struct key *list = arena_array(arena, struct key, shelf_list_n(keys));

	for (size_t i = 0; i < shelf_list_n(keys); i++) {
		list[i].compared = doc_text(&keys->items[i]);
		list[i].shown = i < shelf_list_n(shown) ? doc_text(&shown->items[i])
		                                        : list[i].compared;
	}
	c->keys = list;
	c->keys_n = shelf_list_n(keys);
}

static void read_items(struct cell *c, const struct doc_node *o, struct arena *arena)
{
	const struct doc_node *items = doc_get(o, "items");
	struct words *list = arena_array(arena, struct words, shelf_list_n(items));

	for (size_t i = 0; i < shelf_list_n(items); i++) {
		const struct doc_node *item = &items->items[i];

		list[i] = item->kind == DOC_MAP ? shelf_words(item)
		                                : (struct words){.text = doc_text(item)};
	}
	c->items = list;
	c->items_n = shelf_list_n(items);
}

/* A snapshot may be a stranger's, and its links end up in pages: no "javascript:". */
static bool is_web(struct str href)
{
	return str_starts(href, STR("https://")) || str_starts(href, STR("http://"));
}

static void read_links(struct cell *c, const struct doc_node *o, struct arena *arena)
{
	const struct doc_node *links = doc_get(o, "links");
	struct link *list = arena_array(arena, struct link, shelf_list_n(links));

	for (size_t i = 0; i < shelf_list_n(links); i++) {
		const struct doc_node *l = &links->items[i];
		const char *kind = str_eqz(shelf_text(l, "kind"), "doi") ? "doi" : "url";
		struct str href = shelf_text(l, "href");

		if (is_web(href))
			list[c->links_n++] =
			        (struct link){kind, href, shelf_text(l, "label")};
	}
	c->links = list;
}

/* ---- a value, as what it was ---- */

static void read_works(struct cell *c, const struct doc_node *value, struct arena *arena)
{
	bool many = value->kind == DOC_LIST;
	size_t n = many ? value->n : 1;
	struct work *works = arena_array(arena, struct work, n);

	for (size_t i = 0; i < n; i++) {
		const struct doc_node *w = many ? &value->items[i] : value;

		works[i] = (struct work){.key = shelf_text(w, "key"),
		                         .doi = shelf_text(w, "doi"),
		                         .url = shelf_text(w, "url"),
		                         .citation = shelf_text(w, "citation")};
	}
	c->kind = many ? VALUE_WORKS : VALUE_WORK;
	c->works = works;
	c->n = n;
}

static void read_status(struct cell *c, const struct doc_node *value)
{
	c->kind = VALUE_STATUS;
	c->status = (struct status_value){(int)shelf_count(value, "version"),
	                                  shelf_count(value, "sources"),
	                                  state_of(shelf_text(value, "state"))};
}

static void read_texts(struct cell *c, const struct doc_node *value, bool aliases,
                       struct arena *arena)
{
	struct str *texts = arena_array(arena, struct str, shelf_list_n(value));
	struct str *langs = arena_array(arena, struct str, shelf_list_n(value));

	for (size_t i = 0; i < shelf_list_n(value); i++) {
		const struct doc_node *one = &value->items[i];

		texts[i] = aliases ? shelf_text(one, "text") : doc_text(one);
		langs[i] = aliases ? shelf_text(one, "lang") : STR_NONE;
	}
	c->kind = aliases ? VALUE_ALIASES : VALUE_IDS;
	c->ids = texts;
	c->langs = langs;
	c->n = shelf_list_n(value);
}

static void read_nodes(struct cell *c, const struct doc_node *value, struct arena *arena)
{
	const struct doc_node **nodes =
	        arena_array(arena, const struct doc_node *, value->n);

	for (uint32_t i = 0; i < value->n; i++)
		nodes[i] = &value->items[i];
	c->kind = VALUE_NODES;
	c->nodes = nodes;
	c->n = value->n;
}

static void read_value(struct cell *c, struct str as, const struct doc_node *value,
                       struct arena *arena)
{
	if (str_eqz(as, "work") && (value->kind == DOC_MAP || value->kind == DOC_LIST)) {
		read_works(c, value, arena);
	} else if (str_eqz(as, "status")) {
		read_status(c, value);
	} else if (str_eqz(as, "ids") || str_eqz(as, "aliases")) {
		read_texts(c, value, str_eqz(as, "aliases"), arena);
	} else if (value->kind == DOC_LIST && c->items_n) {
		read_nodes(c, value, arena);
	} else if (str_eqz(as, "term") && value->kind == DOC_STRING) {
		c->kind = VALUE_TEXT;
		c->text = value->text;
	} else {
		c->kind = VALUE_NODE;
		c->node = value;
	}
}

static void read_cell(struct view_row *row, struct cell *c, const struct doc_node *o,
                      struct arena *arena)
{
	const struct doc_node *value = doc_get(o, "value");

	*row = (struct view_row){shelf_text(o, "key"), shelf_words(doc_get(o, "label")),
	                         shelf_text(o, "type"), shelf_text(o, "comparator")};
	read_items(c, o, arena);
	read_links(c, o, arena);
	read_keys(c, o, arena);
	if (doc_get(o, "missing") || !value)
		return;
	c->words = shelf_words(o);
	read_value(c, row->as, value, arena);
}

void shelf_object(struct entry_view *out, const struct doc_node *o, bool pinned,
                  struct arena *arena)
{
	const struct doc_node *cells = doc_get(o, "cells");
	struct view_row *rows = arena_array(arena, struct view_row, shelf_list_n(cells));
	struct cell *list = arena_array(arena, struct cell, shelf_list_n(cells));

	read_column(&out->column, o, pinned);
	for (size_t i = 0; i < shelf_list_n(cells); i++)
		read_cell(&rows[i], &list[i], &cells->items[i], arena);
	out->rows = rows;
	out->cells = list;
	out->rows_n = shelf_list_n(cells);
}
