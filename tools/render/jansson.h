/*
 * jansson.h - small helpers around jansson; private to this folder
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"
#include "doc/doc.h"

#include <jansson.h>

/* J itself; NULL (out of memory) ends the program. */
json_t *jansson_must(json_t *j);
/* For CLEANUP. */
void jansson_release(json_t **j);
/* A string; null when S is absent. JSON is UTF-8: a byte that is not becomes "\xNN". */
json_t *jansson_text(struct str s);
json_t *jansson_count(size_t n);
/*
 * A value of a document. A number too large for JSON's readers is text; a NUL in a key is
 * shown as an escape.
 */
json_t *jansson_value(const struct doc_node *node);
/* Append J, written with jansson's FLAGS. */
void jansson_append(struct buf *out, const json_t *j, size_t flags);
