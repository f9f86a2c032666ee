/*
 * terms.c - the entries as terms of schema.org, then the works they cite
 */
#include "export/works.h"

#include "base/limits.h"
#include "describe/terms.h"

static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	struct str *works = arena_array(e->arena, struct str, e->works_n);
	struct term t = {.collection = e->collection->name,
	                 .id = e->id,
	                 .roles = &e->collection->roles,
	                 .root = e->root,
	                 .works = works,
	                 .works_n = e->works_n};
	struct about about;

	if (is_withdrawn(e))
		return;
	dataset_about(&about, x->dataset, e->arena);
	for (size_t i = 0; i < e->works_n; i++)
		works[i] = work_names(e, i)->id;
	buf_addz(out, ",\n");
	term_jsonld(out, &about, x->dataset->default_language, &t);
}

static void work(struct buf *out, const struct work_record *w)
{
	buf_addz(out, ",\n");
	work_jsonld(out, w->id, &w->work);
}

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf head = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct edition *x = f->edition;
	struct about about;

	dataset_about(&about, x->dataset, f->arena);
	buf_addz(&head, "{\"@context\": \"https://schema.org\", \"@graph\": [\n");
	term_set_jsonld(&head, &about, x->name, x->date);
	return file_write(f->file, buf_str(&head), err);
}

static bool end(struct form_run *f, struct err *err)
{
	return file_write(f->file, STR("\n]}\n"), err);
}

const struct form form_terms = {.name = "terms",
                                .summary = "the entries as terms of schema.org",
                                .file = "terms.jsonld",
                                .begin = begin,
                                .render = render,
                                .work = work,
                                .end = end};
