/*
 * rows.h - columns of tables that come from what entries say; private to this folder
 *
 * They are the rows of stemma.yaml. Where it has none, they are the properties that the schemas
 * of the collections name: a table has its columns before its first entry.
 */
#pragma once

#include "export/form.h"

/* Find the rows of X, whose views are open. Lives: as long as ARENA. Fails: ERR_LIMIT */
bool rows_open(struct edition *x, struct arena *arena, struct err *err) MUST_CHECK;
/* The cell of row I of X in V, a view of that language; NULL when the entry has none. */
const struct cell *rows_cell(const struct edition *x, const struct entry_view *v,
                             size_t i);
