/*
 * terms.c - the entries as terms of schema.org, then the works they cite
 */
#include "export/references.h"

#include "base/limits.h"
#include "describe/terms.h"

#include <string.h>

static void pack(struct buf *out, const struct export_entry *e)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_OUTPUT_BYTES);

	for (size_t i = 0; i < e->works_n; i++) {
		struct str id = work_names(e, i)->id;

		buf_reset(&text);
		work_jsonld(&text, id, &e->works[i]);
		sorted_pack(out, &(struct record_text){.identity = id,
		                                       .label = id,
		                                       .text = buf_str(&text)});
	}
}

static struct str term_of(struct buf *out, const struct edition *x,
                          const struct export_entry *e)
{
	struct str *works = arena_array(e->arena, struct str, e->works_n);
	struct term t = {.collection = e->collection->name,
	                 .id = e->id,
	                 .roles = &e->collection->roles,
	                 .root = e->root,
	                 .works = works,
	                 .works_n = e->works_n};
	struct about about;

	dataset_about(&about, x->dataset, e->arena);
	for (size_t i = 0; i < e->works_n; i++)
		works[i] = work_names(e, i)->id;
	term_jsonld(out, &about, x->dataset->default_language, &t);
	return buf_str(out);
}

/* The length of the term, the term, then the records of the works. */
static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	CLEANUP(buf_release) struct buf term = BUF_INIT(LIMIT_OUTPUT_BYTES);
	uint32_t n;

	if (is_withdrawn(e))
		return;
	n = (uint32_t)term_of(&term, x, e).n;
	buf_add(out, (struct str){(const char *)&n, sizeof(n)});
	buf_add(out, buf_str(&term));
	pack(out, e);
}

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf head = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct edition *x = f->edition;
	struct sorted *g = NULL;
	struct about about;
	bool ok = sorted_open(&g, f, err);

	f->state = g;
	dataset_about(&about, x->dataset, f->arena);
	buf_addz(&head, "{\"@context\": \"https://schema.org\", \"@graph\": [\n");
	term_set_jsonld(&head, &about, x->name, x->date);
	return ok && file_write(f->file, buf_str(&head), err);
}

static bool piece(struct form_run *f, const struct piece *p, struct err *err)
{
	uint32_t n;

	if (p->bytes.n < sizeof(n))
		return true;
	memcpy(&n, p->bytes.s, sizeof(n));
	return file_write(f->file, STR(",\n"), err) &&
	       file_write(f->file, str_sub(p->bytes, sizeof(n), n), err) &&
	       sorted_take(f->state, str_sub(p->bytes, sizeof(n) + n, p->bytes.n), err);
}

static bool end(struct form_run *f, struct err *err)
{
	return sorted_write(f->state, f->file, STR(",\n"), STR(",\n"), err) &&
	       file_write(f->file, STR("\n]}\n"), err);
}

static void release(struct form_run *f)
{
	sorted_release(f->state);
}

const struct form form_terms = {.name = "terms",
                                .summary = "the entries as terms of schema.org",
                                .file = "terms.jsonld",
                                .render = render,
                                .begin = begin,
                                .piece = piece,
                                .end = end,
                                .release = release};
