/*
 * change_internal.h - what the formats of differences share
 */
#pragma once

#include "render/change.h"
#include "render/internal.h"

void change_text(struct buf *out, const struct change_set *set,
                 const struct change_style *s);
void change_md(struct buf *out, const struct change_set *set,
               const struct change_style *s);
void change_json(struct buf *out, const struct change_set *set,
                 const struct change_style *s);

/*
 * Append a value as people read it, raw: a text as it stands (QUOTED: as a JSON string), a
 * list as [a, b], a map as {key: value}. Cut behind LIMIT_CHANGE_SHOWN characters.
 */
void change_value(struct buf *out, const struct doc_node *node, bool quoted);
/* Whether the two sides look alike without quotes: texts beside other kinds. */
bool change_quotes(const struct field_change *c);
/* Whether C is a text that changed and is long enough to be told word by word. */
bool change_is_long(const struct field_change *c);
/* Append a piece of a text, raw: a long kept one without its middle, others cut. */
void change_piece(struct buf *out, const struct word_piece *piece);
/* Append "v1 -> draft v2" with ARROW; nothing when no version is known. */
void change_versions(struct buf *out, const struct entry_change *c, const char *arrow);
/* Append "approved v2, 2026-06-20, by A. Curator: reason", raw. */
void change_event(struct buf *out, const struct change_event *e);
/* Append "2 entries (1 added, 1 changed); 1 shared file (1 changed)". */
void change_counts(struct buf *out, const struct change_set *set);
/* Append differences as a Markdown list, two blanks in. */
void change_md_fields(struct buf *out, const struct change_list *list);
/* What there is to say of a kind that needs a sentence; NULL for the others. */
const char *change_remark(const struct entry_change *c);
