/*
 * references.c - the works that entries cite, for reference managers
 */
#include "describe/works.h"
#include "export/form.h"

static void bibtex(struct buf *out, const struct work_record *w)
{
	buf_addz(out, w->n ? "\n" : "");
	work_bibtex(out, w->label, &w->work);
}

static void ris(struct buf *out, const struct work_record *w)
{
	work_ris(out, w->label, &w->work);
}

static bool begin_csl(struct form_run *f, struct err *err)
{
	return file_write(f->file, STR("["), err);
}

static void csl(struct buf *out, const struct work_record *w)
{
	buf_addz(out, w->n ? ",\n" : "\n");
	work_csl(out, w->label, &w->work);
}

static bool end_csl(struct form_run *f, struct err *err)
{
	return file_write(f->file, STR("\n]\n"), err);
}

const struct form form_bibtex = {.name = "bibtex",
                                 .summary = "the cited works as BibTeX",
                                 .file = "references.bib",
                                 .work = bibtex};
const struct form form_ris = {.name = "ris",
                              .summary = "the cited works as RIS",
                              .file = "references.ris",
                              .work = ris};
const struct form form_csl = {.name = "csl",
                              .summary = "the cited works as CSL-JSON",
                              .file = "references.csl.json",
                              .begin = begin_csl,
                              .work = csl,
                              .end = end_csl};
