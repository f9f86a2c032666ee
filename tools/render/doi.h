/*
 * doi.h - what a text is as a DOI, as text and JSON
 */
#pragma once

#include "base/buf.h"
#include "entry/doi.h"

/* The text as it was given, then class and reason, canonical and wire form, a line each. */
void doi_text(struct buf *out, const struct doi *doi);
/* One object in a line, without a line end. Source: the shape is schema/doi.schema.json */
void doi_json(struct buf *out, const struct doi *doi);
