/*
 * jot.h - JSON written piece by piece, a member a line; private to this folder
 *
 *     struct jot j = {.out = &out};
 *     jot_open(&j, NULL, '{');
 *     jot_text(&j, "name", name);
 *     jot_close(&j, '}');
 */
#pragma once

#include "base/buf.h"

struct jot {
	struct buf *out;
	int depth;
	bool any; /* something stands at this level already */
};

/* BRACKET is { or [; KEY is NULL within a list and at the top. */
void jot_open(struct jot *j, const char *key, char bracket);
void jot_close(struct jot *j, char bracket);
/* A text; nothing at all when it is empty. */
void jot_text(struct jot *j, const char *key, struct str text);
void jot_words(struct jot *j, const char *key, const char *words);
void jot_count(struct jot *j, const char *key, uint64_t n);
/* {"@id": ID}, as JSON-LD refers to things. */
void jot_refer(struct jot *j, const char *key, struct str id);
