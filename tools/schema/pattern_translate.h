/*
 * pattern_translate.h - private: ECMA-262's u mode written in PCRE2's dialect
 *
 * A recursive descent over the grammar of ECMA-262, section 22.2.1: whatever the u mode
 * refuses is refused here, and nothing that PCRE2 reads in another way gets through as it is.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* Groups within groups; PCRE2's own default, so that its parser never says it first. */
#define PATTERN_NESTING 250

/* A capturing group. */
struct pattern_group {
	struct str name; /* absent when it has only a number */
	bool closed; /* its ")" has been read */
	bool optional; /* not set on each way through what encloses it so far */
	bool peeked; /* inside a look-around */
	bool stale; /* PCRE2 would keep what ECMA-262 forgets at each repetition */
};

/* A reference back to a group that may have been left out in the same repetition. */
struct pattern_ref {
	size_t group; /* index into groups */
	size_t at; /* byte offset of the reference */
};

/* Where a "(" of the pattern went: to tell the place of what PCRE2 refuses. */
struct pattern_place {
	size_t at; /* byte offset in the pattern */
	size_t out; /* byte offset in the translation */
};

struct pattern_translation {
	struct buf *out; /* PCRE2's pattern, with its maximum */
	struct str in;
	size_t at; /* byte offset of what is read next */
	struct arena *arena;
	struct err *err;
	bool unsupported; /* an ECMA-262 pattern, as far as read, that PCRE2 cannot do */
	int depth; /* open groups */
	int look, behind; /* open look-arounds; look-behinds among them */
	struct pattern_group *groups; /* all of the pattern, found by a first pass */
	size_t groups_n, groups_cap, opened;
	struct pattern_ref *refs;
	size_t refs_n, refs_cap;
	struct pattern_place *places;
	size_t places_n, places_cap;
};

/*
 * Translate TEXT into T->out. T is {0} with OUT, ARENA and ERR set; its arrays are in the arena.
 * Fails: ERR_SCHEMA "not a regular expression: ..."; "unsupported regular expression: ..."
 *        with T->unsupported set
 * Source: ECMA-262 2023, section 22.2.1, with [+UnicodeMode]
 */
bool pattern_translate(struct pattern_translation *t, struct str text) MUST_CHECK;

/*
 * Failures at byte AT: WHAT was found, and what to write instead (ADVICE, a whole clause).
 * pattern_bad always returns false. pattern_unsupported only takes note, so that the rest is
 * still read: the translation fails at its end.
 */
bool pattern_bad(struct pattern_translation *t, size_t at, const char *what,
                 const char *advice);
void pattern_unsupported(struct pattern_translation *t, size_t at, const char *what,
                         const char *advice);

/* The byte OFFSET bytes ahead, or -1 behind the end. */
int pattern_peek(const struct pattern_translation *t, size_t offset);
/* Skip TOKEN when it stands here. */
bool pattern_skip(struct pattern_translation *t, const char *token);
/* A set that holds nothing; PCRE2's own "[]*" can miss the empty match. */
#define PATTERN_NOTHING "(?:(?!))"
/* Append the character C so that it stands for itself, in a class or outside of one. */
void pattern_emit(struct pattern_translation *t, uint32_t c);

/*
 * pattern_reference.c: list all groups of the pattern, before anything else is read, since
 * references may come before their groups.
 */
bool pattern_groups(struct pattern_translation *t) MUST_CHECK;
/* "\1" or "\k" stands at T->at: write the reference. */
bool pattern_reference(struct pattern_translation *t) MUST_CHECK;
/* The groups opened from FIRST on stand in an alternative that may not be the one taken. */
void pattern_optional(struct pattern_translation *t, size_t first);
/*
 * What was just read is repeated MIN to MAX times; its groups and references start at FIRST
 * and REFS. ECMA-262 forgets such groups at each turn (section 22.2.2.3.1, step 4).
 */
void pattern_repeated(struct pattern_translation *t, unsigned min, unsigned max,
                      size_t first, size_t refs);

/* pattern_class.c: "[" stands at T->at. */
bool pattern_class(struct pattern_translation *t) MUST_CHECK;
/*
 * An escape that stands for one character: the backslash is at T->at. *C may be half of a
 * surrogate pair.
 */
bool pattern_character_escape(struct pattern_translation *t, uint32_t *c) MUST_CHECK;
/* \d \D \s \S \w \W \p \P when one stands here: *IS_SET tells, and then it is written. */
bool pattern_set_escape(struct pattern_translation *t, bool in_class,
                        bool *is_set) MUST_CHECK;

/*
 * pattern_property.c: "{...}" of \p or \P stands at T->at; write the set.
 * Source: ECMA-262 2023, tables 67 to 69
 */
bool pattern_property(struct pattern_translation *t, bool negated,
                      bool in_class) MUST_CHECK;
