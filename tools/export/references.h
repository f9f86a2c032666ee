/*
 * references.h - the works of an entry as records; private to this folder
 */
#pragma once

#include "describe/works.h"
#include "export/sorted.h"

/* What work I of E is known by, found out once for all forms. Lives as long as E. */
const struct work_names *work_names(const struct export_entry *e, size_t i);
/* Pack a record (sorted.h) for each work that E cites, written by WRITE with its label. */
void pack_works(struct buf *out, const struct export_entry *e,
                void (*write)(struct buf *out, struct str label,
                              const struct cited_work *w));
/* Whether E is withdrawn: it is listed as such, but nothing of it is recommended to anybody. */
bool is_withdrawn(const struct export_entry *e);
