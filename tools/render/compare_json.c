/*
 * compare_json.c - a comparison for programs: the object compare/1 [jansson]
 *
 * Source: the shape is schema/compare.schema.json
 */
#include "render/compare_internal.h"
#include "render/jansson.h"

#include "base/text.h"

static json_t *texts(const struct str *s, size_t n)
{
	json_t *list = jansson_must(json_array());

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, jansson_text(s[i]));
	return list;
}

static json_t *aliases(const struct cell *cell)
{
	json_t *list = jansson_must(json_array());

	for (size_t i = 0; i < cell->n; i++)
		json_array_append_new(
		        list, jansson_must(json_pack("{s:o, s:o}", "text",
		                                     jansson_text(cell->ids[i]), "lang",
		                                     jansson_text(cell->langs[i]))));
	return list;
}

static json_t *status(const struct status_value *s)
{
	return jansson_must(json_pack("{s:i, s:o, s:s}", "version", s->version, "sources",
	                              jansson_count(s->sources), "state",
	                              state_name(s->state)));
}

static json_t *work(const struct work *w)
{
	return jansson_must(json_pack("{s:o, s:o, s:o, s:o}", "key", jansson_text(w->key),
	                              "doi", jansson_text(w->doi), "url",
	                              jansson_text(w->url), "citation",
	                              jansson_text(w->citation)));
}

static json_t *cell_value(const struct cell *cell)
{
	json_t *list;

	switch (cell->kind) {
	case VALUE_TEXT:
		return jansson_text(cell->text);
	case VALUE_NODE:
		return jansson_value(cell->node);
	case VALUE_NODES:
		list = jansson_must(json_array());
		for (size_t i = 0; i < cell->n; i++)
			json_array_append_new(list, jansson_value(cell->nodes[i]));
		return list;
	case VALUE_IDS:
		return texts(cell->ids, cell->n);
	case VALUE_ALIASES:
		return aliases(cell);
	case VALUE_WORK:
		return work(&cell->works[0]);
	case VALUE_WORKS:
		list = jansson_must(json_array());
		for (size_t i = 0; i < cell->n; i++)
			json_array_append_new(list, work(&cell->works[i]));
		return list;
	case VALUE_STATUS:
		return status(&cell->status);
	default:
		return jansson_must(json_null());
	}
}

static json_t *direction(struct str text)
{
	return jansson_must(text.s ? json_string(text_is_rtl(text) ? "rtl" : "ltr")
	                           : json_null());
}

static json_t *links(const struct cell *cell)
{
	json_t *list = jansson_must(json_array());

	for (size_t i = 0; i < cell->links_n; i++)
		json_array_append_new(
		        list, jansson_must(json_pack(
		                      "{s:s, s:o, s:o}", "kind", cell->links[i].kind,
		                      "href", jansson_text(cell->links[i].href), "label",
		                      jansson_text(cell->links[i].label))));
	return list;
}

static json_t *items(const struct cell *cell)
{
	json_t *list;

	if (!cell->items_n)
		return jansson_must(json_null());
	list = jansson_must(json_array());
	for (size_t i = 0; i < cell->items_n; i++)
		json_array_append_new(list, jansson_text(cell->items[i].text));
	return list;
}

/* Whether all cells have KEY. Both are sorted: *AT moves along the shared ones. */
static bool is_shared(const struct row *row, struct str key, size_t *at)
{
	while (*at < row->shared_n && str_cmp(row->shared[*at], key) < 0)
		++*at;
	return *at < row->shared_n && str_eq(row->shared[*at], key);
}

/* For a set: what only this cell or not every cell has. */
static json_t *not_shared(const struct row *row, const struct cell *cell)
{
	json_t *list = jansson_must(json_array());
	size_t k = 0;

	for (size_t i = 0; i < cell->keys_n; i++)
		if (!is_shared(row, cell->keys[i].compared, &k))
			json_array_append_new(list, jansson_text(cell->keys[i].shown));
	return list;
}

static json_t *shared(const struct row *row)
{
	const struct cell *first = &row->cells[0];
	json_t *list = jansson_must(json_array());
	size_t k = 0;

	for (size_t i = 0; i < first->keys_n; i++)
		if (is_shared(row, first->keys[i].compared, &k))
			json_array_append_new(list, jansson_text(first->keys[i].shown));
	return list;
}

static json_t *one_cell(const struct cell *cell)
{
	bool missing = cell->kind == VALUE_NONE;

	return jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o}", "value", cell_value(cell),
	        "text",
	        missing ? jansson_must(json_null()) : jansson_text(cell->words.text),
	        "lang", jansson_text(cell->words.lang), "fallback", cell->words.fallback,
	        "dir", direction(cell->words.text), "items", items(cell), "links",
	        links(cell), "missing",
	        missing ? jansson_must(json_string("not-recorded"))
	                : jansson_must(json_null())));
}

static json_t *one_row(const struct comparison *c, const struct row *row)
{
	json_t *cells = jansson_must(json_array()), *only = jansson_must(json_null());

	for (size_t i = 0; i < c->columns_n; i++)
		json_array_append_new(cells, one_cell(&row->cells[i]));
	if (row->is_set) {
		only = jansson_must(json_array());
		for (size_t i = 0; i < c->columns_n; i++)
			json_array_append_new(only, not_shared(row, &row->cells[i]));
	}
	return jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:o, s:b, s:s, s:o, s:o, s:o}", "key",
	        jansson_text(row->key), "label", jansson_text(row->label.text), "type",
	        jansson_text(row->as), "comparator", jansson_text(row->comparator),
	        "differs", row->difference != DIFFERS_NOT, "differs_kind",
	        difference_name(row->difference), "shared",
	        row->is_set ? shared(row) : jansson_must(json_null()), "only", only,
	        "cells", cells));
}

static json_t *one_column(const struct column *col)
{
	return jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:i, s:s, s:o, s:o}", "id",
	        jansson_text(col->id), "name", jansson_text(col->name.text), "lang",
	        jansson_text(col->name.lang), "fallback", col->name.fallback, "dir",
	        direction(col->name.text), "short_name",
	        jansson_text(col->short_name.text), "collection",
	        jansson_text(col->collection), "version", col->status.version, "state",
	        state_name(col->status.state), "sources",
	        jansson_count(col->status.sources), "date", jansson_text(col->date)));
}

static json_t *citation(const struct comparison *c)
{
	json_t *names = jansson_must(json_array());

	for (size_t i = 0; i < c->columns_n; i++)
		json_array_append_new(names, jansson_text(c->columns[i].short_name.text));
	return jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:o, s:o, s:o}", "text", jansson_text(c->citation),
	        "line", jansson_text(c->citation_line), "names", names, "accessed",
	        jansson_text(c->accessed), "url", jansson_text(c->url), "permalink",
	        jansson_text(c->permalink)));
}

static json_t *ui(const struct comparison *c)
{
	return jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:o, s:o}", "brand", jansson_text(c->brand.text),
	        "title", jansson_text(c->title.text), "lead", jansson_text(c->lead.text),
	        "attribute", jansson_text(c->corner.text), "missing",
	        jansson_text(c->missing.text)));
}

static json_t *snapshot(const struct comparison *c)
{
	if (!c->release.s)
		return jansson_must(json_null());
	return jansson_must(json_pack(
	        "{s:o, s:o, s:o}", "release", jansson_text(c->release), "date",
	        jansson_text(c->release_date), "commit", jansson_text(c->commit)));
}

void compare_json(struct buf *out, const struct comparison *c,
                  const struct compare_style *s)
{
	json_t *ids = jansson_must(json_array()), *columns = jansson_must(json_array());
	json_t *rows = jansson_must(json_array());
	CLEANUP(jansson_release) json_t *all = NULL;

	(void)s;
	for (size_t i = 0; i < c->columns_n; i++) {
		json_array_append_new(ids, jansson_text(c->columns[i].id));
		json_array_append_new(columns, one_column(&c->columns[i]));
	}
	for (size_t i = 0; i < c->rows_n; i++)
		json_array_append_new(rows, one_row(c, &c->rows[i]));
	all = jansson_must(json_pack(
	        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:{s:o, s:o}, s:o, s:o}", "schema",
	        "compare/1", "snapshot", snapshot(c), "locale", jansson_text(c->lang),
	        "fallback", texts(c->chain + 1, c->chain_n - 1), "ids", ids, "columns",
	        columns, "rows", rows, "summary", "rows_differing",
	        jansson_count(c->differing), "rows_same", jansson_count(c->same),
	        "citation", citation(c), "ui", ui(c)));
	jansson_append(out, all, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	buf_addc(out, '\n');
}
