/*
 * lines.h - what lines about entries have in common; private to this folder
 */
#pragma once

#include "export/form.h"

/*
 * What tells readers of a deprecated or withdrawn entry why, and what to use instead: reason,
 * note, successors, duplicate_of; each only when its history line has it.
 */
void line_advice(struct buf *out, const struct export_entry *e);
/* The members of a line of entries.jsonl: collection, id, version, ..., content. */
void line_members(struct buf *out, const struct export_entry *e);
