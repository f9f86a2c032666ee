/*
 * works.h - the works that entries cite, gathered for the forms that list them; private to this
 * folder
 */
#pragma once

#include "describe/works.h"
#include "export/form.h"
#include "export/sorted.h"

/* Whether E is withdrawn: it is listed as such, but nothing of it is recommended to anybody. */
bool is_withdrawn(const struct export_entry *e);
/* "Family, Given; Family, Given; others" */
struct str works_authors(const struct cited_work *w, struct arena *arena);
/* What work I of E is known by, found out once for all forms. Lives as long as E. */
const struct work_names *work_names(const struct export_entry *e, size_t i);

/* Append the works that E cites, for sorted_take(); none when it is withdrawn. */
void works_pack(struct buf *out, const struct export_entry *e);
/*
 * Write each of WORKS through work() of those of RUNS (N of them) that have it and a file open.
 * Fails: ERR_IO
 */
bool works_write(struct sorted *works, struct form_run *runs, size_t n,
                 struct err *err) MUST_CHECK;
