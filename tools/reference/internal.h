/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "reference/agree.h"

/* day.c: "2026-11-26", a day of the calendar. */
bool is_day(struct str s);

/*
 * fold.c: TEXT as words with single blanks between them: without markup and entities, small
 * letters without marks on them, compatibility forms resolved.
 */
struct str fold_words(struct arena *arena, struct str text);
/* The number of words of such a text. */
size_t count_words(struct str words);

/* titles.c: TITLE without "RETRACTED:" and the like before it. */
struct str without_retracted(struct str title);

/* names.c: whether any of NAMES is the same as NAME; its index goes to AT. */
bool find_name(size_t *at, const struct reference_name *names, size_t n,
               const struct reference_name *name);
/* "G. Family", or the literal name. */
struct str show_name(struct arena *arena, const struct reference_name *name);

/* kinds.c: NULL: it is not known what TYPE is; else the same for the same kind of work. */
const char *kind_of_cited(struct str type);
const char *kind_of_csl(struct str type);
/* Whether registries use the one for the other. */
bool kinds_agree(const char *a, const char *b);

/* agree.c: one more remark. The pointer is good until the next one. */
struct remark *remark_add(struct remarks *out, const struct rule *rule,
                          enum severity severity, enum remark_part part, struct str text);
/* TEXT for a suggestion: at most LIMIT_REFERENCE_SUGGEST bytes of it, visible. */
struct str show_text(struct arena *arena, struct str text);
