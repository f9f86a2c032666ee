/*
 * json.h - JSON written as it comes, without a tree of it in memory; private to this folder
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"
#include "doc/doc.h"

/* "S", or null when it is absent. A byte that is no UTF-8 becomes "\xNN". */
void json_add(struct buf *out, struct str s);
/* ,"NAME": and the comma only when something stands before. NAME needs no escapes. */
void json_name(struct buf *out, const char *name);
/* The member NAME with the text S; nothing when S is absent. */
void json_member(struct buf *out, const char *name, struct str s);
/* The same, null when S is absent. */
void json_text_member(struct buf *out, const char *name, struct str s);
void json_count_member(struct buf *out, const char *name, size_t n);
/*
 * The member of the literal NAME behind others, with text of a document, which is UTF-8 (null
 * when absent): what there are very many of.
 */
#define JSON_TEXT(out, name, s) json_text_behind((out), STR(",\"" name "\":"), (s))
void json_text_behind(struct buf *out, struct str name, struct str s);
/* A value of a document in the order of its file, numbers as written there. */
void json_node(struct buf *out, const struct doc_node *node);
