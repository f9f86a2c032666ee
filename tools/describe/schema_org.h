/*
 * schema_org.h - people, bodies and licences as schema.org has them, as JSON-LD; private to this
 * folder
 */
#pragma once

#include "describe/imprint_internal.h"
#include "describe/jot.h"

/* What the I-th creator, his affiliation (absent: he has none) and the I-th funder are known by. */
struct str creator_id(const struct about *a, size_t i, struct arena *arena);
struct str affiliation_id(const struct about *a, size_t i, struct arena *arena);
struct str funder_id(const struct about *a, size_t i, struct arena *arena);
struct str licence_id(const struct about *a);

/* The I-th creator as an object; FLAT: others are only referred to. */
void creator_node(struct jot *j, const struct about *a, size_t i, bool flat,
                  struct arena *arena);
/* A body as an object; KEY is NULL within a list. */
void organisation_node(struct jot *j, const char *key, struct str id, struct str name);
/* A list of N texts; nothing at all when there are none. */
void texts_of(struct jot *j, const char *key, const struct str *texts, size_t n);
