/*
 * csv.h - lines of CSV; private to this folder
 *
 * Source: RFC 4180
 */
#pragma once

#include "export/form.h"

/* The first line: NAMES with commas between. With --bom a byte order mark stands in front. */
bool csv_head(struct form_run *f, struct str names, struct err *err) MUST_CHECK;
/*
 * One more cell of a line, whose first byte is at FROM in OUT. With --csv-guard what a
 * spreadsheet would compute gets a ' in front.
 */
void csv_cell(struct buf *out, size_t from, const struct edition *x, struct str s);
void csv_number(struct buf *out, size_t from, size_t n);
void csv_end(struct buf *out);
