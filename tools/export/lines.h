/*
 * lines.h - what lines about entries have in common; private to this folder
 */
#pragma once

#include "export/form.h"

/* The members of a line of entries.jsonl: collection, id, version, ..., content. */
void line_members(struct buf *out, const struct export_entry *e);
