/*
 * content.h - the content of one document
 */
#pragma once

#include "base/buf.h"
#include "doc/doc.h"

/*
 * Append ROOT as JSON with sorted keys, indented by two blanks: the same for every layout of
 * the same content.
 */
void content_json(struct buf *out, const struct doc_node *root);
