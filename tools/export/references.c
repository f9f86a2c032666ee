/*
 * references.c - the works that entries cite, each once, for reference managers
 */
#include "export/references.h"

#include "base/limits.h"

typedef void work_fn(struct buf *out, struct str label, const struct cited_work *w);

/* Where LABEL ends in TEXT, which has it near the beginning. */
static size_t behind(struct str text, struct str label)
{
	for (size_t i = 0; i + label.n <= text.n; i++)
		if (str_eq(str_sub(text, i, label.n), label))
			return i + label.n;
	return text.n;
}

const struct work_names *work_names(const struct export_entry *e, size_t i)
{
	struct work_names *names = &e->names[i];

	if (names->identity.s)
		return names;
	names->identity = work_identity(&e->works[i], e->work_keys[i], e->arena);
	names->label = work_label(&e->works[i], names->identity, e->arena);
	names->id = work_id(names->identity, e->arena);
	return names;
}

void pack_works(struct buf *out, const struct export_entry *e, work_fn *write)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_FILE_BYTES);

	for (size_t i = 0; i < e->works_n; i++) {
		const struct cited_work *w = &e->works[i];
		const struct work_names *names = work_names(e, i);
		struct record_text r = {.identity = names->identity,
		                        .label = names->label};

		buf_reset(&text);
		write(&text, r.label, w);
		r.text = buf_str(&text);
		r.label_end = behind(r.text, r.label);
		sorted_pack(out, &r);
	}
}

bool is_withdrawn(const struct export_entry *e)
{
	return e->versions[e->versions_n - 1].state == STATE_WITHDRAWN;
}

static void render_bibtex(struct buf *out, const struct edition *x,
                          const struct export_entry *e)
{
	(void)x;
	if (!is_withdrawn(e))
		pack_works(out, e, work_bibtex);
}

static void render_ris(struct buf *out, const struct edition *x,
                       const struct export_entry *e)
{
	(void)x;
	if (!is_withdrawn(e))
		pack_works(out, e, work_ris);
}

static void render_csl(struct buf *out, const struct edition *x,
                       const struct export_entry *e)
{
	(void)x;
	if (!is_withdrawn(e))
		pack_works(out, e, work_csl);
}

static bool begin(struct form_run *f, struct err *err)
{
	struct sorted *g = NULL;
	bool ok = sorted_open(&g, f, err);

	f->state = g;
	return ok;
}

static bool piece(struct form_run *f, const struct piece *p, struct err *err)
{
	return sorted_take(f->state, p->bytes, err);
}

static bool end_bibtex(struct form_run *f, struct err *err)
{
	return sorted_write(f->state, f->file, STR(""), STR("\n"), err);
}

static bool end_ris(struct form_run *f, struct err *err)
{
	return sorted_write(f->state, f->file, STR(""), STR(""), err);
}

static bool end_csl(struct form_run *f, struct err *err)
{
	return file_write(f->file, STR("["), err) &&
	       sorted_write(f->state, f->file, STR("\n"), STR(",\n"), err) &&
	       file_write(f->file, STR("\n]\n"), err);
}

static void release(struct form_run *f)
{
	sorted_release(f->state);
}

const struct form form_bibtex = {.name = "bibtex",
                                 .summary = "the cited works as BibTeX",
                                 .file = "references.bib",
                                 .render = render_bibtex,
                                 .begin = begin,
                                 .piece = piece,
                                 .end = end_bibtex,
                                 .release = release};
const struct form form_ris = {.name = "ris",
                              .summary = "the cited works as RIS",
                              .file = "references.ris",
                              .render = render_ris,
                              .begin = begin,
                              .piece = piece,
                              .end = end_ris,
                              .release = release};
const struct form form_csl = {.name = "csl",
                              .summary = "the cited works as CSL-JSON",
                              .file = "references.csl.json",
                              .render = render_csl,
                              .begin = begin,
                              .piece = piece,
                              .end = end_csl,
                              .release = release};
