/*
 * internal.h - private: readers of records, shared by the registries
 */
#pragma once

#include "base/limits.h"
#include "registry/record.h"

#include <string.h>

/* entities.c: TEXT with its character references resolved; unknown ones stay. */
struct str registry_entities(struct str text, struct arena *arena);

/* work.c */
/* The canonical DOI in TEXT, or absent. */
struct str registry_doi(struct str text, struct arena *arena);
/* registry_text() of a text, a number, or a list's first text. */
struct str registry_plain(const struct doc_node *node, struct arena *arena);
/* {"date-parts": ...}; {0} when there is none. */
struct registry_date registry_read_date(const struct doc_node *node);
/* "2022", "2022-01" or "2022-01-24", whatever follows. */
struct registry_date registry_text_date(struct str text);

typedef void registry_name_reader(struct registry_name *out, const struct doc_node *node,
                                  struct arena *arena);
/* The names of LIST; returns how many there are. */
size_t registry_read_names(const struct registry_name **out, const struct doc_node *list,
                           registry_name_reader *read, struct arena *arena);
/* Whether the record says enough to be a work. */
bool registry_is_work(const struct registry_record *r);

/* updates.c: the updates of LIST, one for each type and DOI; returns how many there are. */
size_t registry_read_updates(const struct registry_update **out,
                             const struct doc_node *list, struct arena *arena);
