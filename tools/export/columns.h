/*
 * columns.h - what stands in the columns of the tables; private to this folder
 */
#pragma once

#include "describe/imprint.h"
#include "export/form.h"

/* The columns of the table PATH, *N of them, in order, in ARENA; none when it is no table. */
const struct imprint_column *columns_of(struct str path, const struct edition *x,
                                        size_t *n, struct arena *arena);
