/*
 * tables.c - entries, sources and versions as CSV
 */
#include "export/csv.h"

#include "base/limits.h"
#include "export/columns.h"
#include "export/rows.h"
#include "export/works.h"

static void start(struct buf *out, size_t from, const struct edition *x,
                  const struct export_entry *e)
{
	csv_cell(out, from, x, e->collection->name);
	csv_cell(out, from, x, e->id);
}

/* ---- entries.csv: the cells in the default language ---- */

static bool begin_entries(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf head = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct edition *x = f->edition;
	size_t n;
	const struct imprint_column *columns =
	        columns_of(STR("entries.csv"), x, &n, f->arena);

	for (size_t i = 0; i < n; i++)
		csv_cell(&head, 0, x, str_of(columns[i].name));
	return csv_head(f, buf_str(&head), err);
}

static void render_entries(struct buf *out, const struct edition *x,
                           const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];
	const struct entry_view *view = &e->views[0];
	size_t from = out->n;

	start(out, from, x, e);
	csv_number(out, from, (size_t)v->version);
	csv_cell(out, from, x, str_of(state_name(v->state)));
	csv_cell(out, from, x, e->date);
	csv_number(out, from, v->sources);
	csv_cell(out, from, x, v->first->name);
	for (size_t i = 0; i < x->dataset->languages_n; i++) {
		const struct words *name = &e->views[i].column.name;

		csv_cell(out, from, x, name->fallback ? STR("") : name->text);
	}
	for (size_t i = 0; i < x->rows_n; i++) {
		const struct cell *cell = rows_cell(x, view, i);

		if (!str_eqz(x->rows[i].as, "status"))
			csv_cell(out, from, x, cell ? cell->words.text : STR(""));
	}
	csv_end(out);
}

const struct form form_csv = {.name = "csv",
                              .summary = "entries as a table",
                              .file = "entries.csv",
                              .begin = begin_entries,
                              .render = render_entries};

/* ---- sources.csv ---- */

static bool begin_sources(struct form_run *f, struct err *err)
{
	return csv_head(f,
	                STR("collection,id,version,position,key,work,type,authors,year,"
	                    "title,venue,doi,url"),
	                err);
}

static void render_sources(struct buf *out, const struct edition *x,
                           const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];

	for (size_t i = 0; i < e->works_n; i++) {
		const struct cited_work *w = &e->works[i];
		const struct str cells[] = {
		        w->key,  e->work_keys[i], w->type,  works_authors(w, e->arena),
		        w->year, w->title,        w->venue, w->doi,
		        w->url};
		size_t from = out->n;

		start(out, from, x, e);
		csv_number(out, from, (size_t)v->version);
		csv_number(out, from, i + 1);
		for (size_t k = 0; k < ARRAY_LEN(cells); k++)
			csv_cell(out, from, x, cells[k]);
		csv_end(out);
	}
}

const struct form form_sources = {.name = "sources",
                                  .summary = "the works that entries cite, as a table",
                                  .file = "sources.csv",
                                  .begin = begin_sources,
                                  .render = render_sources};

/* ---- versions.csv ---- */

static bool begin_versions(struct form_run *f, struct err *err)
{
	return csv_head(
	        f, STR("collection,id,version,state,date,sources,fingerprint,release"),
	        err);
}

static void render_versions(struct buf *out, const struct edition *x,
                            const struct export_entry *e)
{
	for (size_t i = 0; i < e->versions_n; i++) {
		const struct export_version *v = &e->versions[i];
		size_t from = out->n;

		start(out, from, x, e);
		csv_number(out, from, (size_t)v->version);
		csv_cell(out, from, x, str_of(state_name(v->state)));
		csv_cell(out, from, x, v->date);
		csv_number(out, from, v->sources);
		csv_cell(out, from, x, v->content);
		csv_cell(out, from, x, v->first->name);
		csv_end(out);
	}
}

const struct form form_versions = {
        .name = "versions",
        .summary = "every published version of every entry, as a table",
        .file = "versions.csv",
        .begin = begin_versions,
        .render = render_versions};
