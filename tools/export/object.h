/*
 * object.h - entries as canonical objects, which any two of can be set side by side; private to
 * this folder
 */
#pragma once

#include "export/form.h"

/* The member NAME: text, language, direction. */
void object_words(struct buf *out, const char *name, const struct words *w);
/*
 * What a cell is in every language, without brackets: its row, its value, what is compared.
 * SINCE: the first version from which on the value has been the same
 */
void object_facts(struct buf *out, const struct view_row *row, const struct cell *c,
                  int since);
/*
 * A cell in one language, with its FACTS. OWN_ROW: the row is not one of stemma.yaml, so its
 * label is told, too.
 */
void object_cell(struct buf *out, const struct view_row *row, const struct cell *c,
                 bool own_row, struct str facts);
/* languages/LANG.json: rows and words of one language. */
void object_language(struct buf *out, const struct view *v);
/* The name of the release before; absent: there is none. */
struct str object_previous(const struct edition *x);
/* snapshot.json: what all of it is of. */
void object_snapshot(struct buf *out, const struct edition *x);
