/*
 * compare_internal.h - what the formats of comparisons share
 */
#pragma once

#include "render/compare.h"
#include "render/internal.h"

/* What stands before a row that differs. */
#define DIFFERS_MARK "≠"

void compare_text(struct buf *out, const struct comparison *c,
                  const struct compare_style *s);
void compare_md(struct buf *out, const struct comparison *c,
                const struct compare_style *s);
void compare_json(struct buf *out, const struct comparison *c,
                  const struct compare_style *s);
void compare_csv(struct buf *out, const struct comparison *c,
                 const struct compare_style *s);

/* The text of a cell, or the words for a missing one. */
struct str cell_text(const struct comparison *c, const struct cell *cell);
/* The note about marked rows; false when there is nothing to say, with a single entry. */
bool note_differs(struct buf *out, const struct comparison *c);
/* The note naming the rows shown in another language than was asked for. */
bool note_language(struct buf *out, const struct comparison *c);
