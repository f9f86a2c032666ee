/*
 * manifest.h - what a release holds, entry by entry, as JSON; schema/manifest.schema.json
 *
 *     manifest_begin(&out, record, release);
 *     manifest_each(record, release, manifest_add, &out, &err);
 *     manifest_end(&out);
 */
#pragma once

#include "base/buf.h"
#include "verify/verify.h"

void manifest_begin(struct buf *out, const struct record *r,
                    const struct release *release);
/* A manifest_fn; CTX is the struct buf that manifest_begin() wrote to. */
void manifest_add(void *ctx, const struct manifest_entry *e);
void manifest_end(struct buf *out);
