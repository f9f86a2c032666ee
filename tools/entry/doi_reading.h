/*
 * doi_reading.h - private: the steps from any text to a DOI
 *
 * Each step looks at what is left of the text, makes it plainer, and notes what it found. The
 * gravest note decides the class.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "entry/doi.h"

struct doi_reading {
	struct arena *arena;
	struct str s; /* what is left to be read */
	enum doi_class class; /* the gravest so far */
	const char *why;
	bool bare; /* nothing before it and nothing behind it */
	bool url; /* an address: "%" encodes, "?" and "#" end it */
	bool urn; /* ":" may stand for the slash */
	char wrapped; /* a mark before it that may stand behind it too; 0: none */
	bool foreign; /* letters that look like Latin ones stand next to such */
};

/* Take note, unless something as grave is known already. */
void doi_note(struct doi_reading *r, enum doi_class class, const char *why);
/* Cut PREFIX (lower case) off R->s, whatever the case of its letters there. */
bool doi_cut(struct doi_reading *r, const char *prefix);
/* Whether S starts with PREFIX (lower case), whatever the case of its letters in S. */
bool doi_starts(struct str s, const char *prefix);
/*
 * Byte offset, from FROM on, of what has the form of a DOI ("10.", digits and dots, a slash or
 * an encoded one) and does not go on from a letter or digit; S.n when there is none.
 */
size_t doi_find(struct str s, size_t from);

/*
 * doi_clean.c: R->s with white space as blanks and none at its ends, without invisible
 * characters, with plain slashes, hyphens, letters and digits. Control characters and bad
 * UTF-8 make it invalid.
 */
void doi_clean(struct doi_reading *r);
/* R->s without HTML entities, and without LaTeX escapes of single characters. */
void doi_unescape(struct doi_reading *r);
/* R->s with its percent-encoding undone: in a URL, or where only a delimiter can be meant. */
void doi_decode(struct doi_reading *r);

/*
 * doi_place.c: cut off what stands before the DOI: labels, schemes, resolvers, marks around
 * it; and of an address what stands behind.
 */
void doi_place(struct doi_reading *r);

/* doi_tail.c: SUFFIX without what was written behind it; takes note of what that was. */
struct str doi_suffix_end(struct doi_reading *r, struct str suffix);
/* Take note of what in a suffix points to a slip. */
void doi_suffix_doubts(struct doi_reading *r, struct str suffix);

/* doi_not.c: what S is instead, in a few words for a curator. */
const char *doi_why_not(struct str s);
/* Digits in groups, with slashes, dots or hyphens between them: "01/10/2021". */
bool doi_is_date(struct str s);
/* "1706.03762", perhaps with a version or "arXiv:". */
bool doi_is_arxiv(struct str s);
