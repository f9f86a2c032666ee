/*
 * version.h - fingerprints and the state that follows from an entry's content and history
 *
 * Pure functions: no file, no repository, no clock. What readers get (published, deprecated,
 * withdrawn) follows from releases and is not known here.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "doc/doc.h"
#include "entry/entry.h"

/* The scheme that fixes canonical form and counting of sources. */
#define FINGERPRINT_SCHEME "c1-sha256:"
#define FINGERPRINT_SIZE (sizeof(FINGERPRINT_SCHEME) + 64)

/*
 * The fingerprint of an entry's content, terminated: the scheme and 64 hexadecimal digits of
 * the SHA-256 of its canonical JSON without the top member HISTORY (absent: nothing is left
 * out).
 * Returns false when a number cannot be carried by a double without loss; its node is in BAD.
 * Source: RFC 8785; FIPS 180-4
 */
bool version_fingerprint(char out[FINGERPRINT_SIZE], const struct doc_node *root,
                         struct str history, const struct doc_node **bad);

enum state {
	STATE_DRAFT,
	STATE_REVIEW,
	STATE_APPROVED,
	STATE_PUBLISHED,
	STATE_DEPRECATED,
	STATE_WITHDRAWN,
};

/* "draft", "review", ... */
const char *state_name(enum state s);

/* Where an entry stands in its work tree. */
struct working {
	enum state state; /* STATE_DRAFT, STATE_REVIEW or STATE_APPROVED */
	int version;
	struct str date; /* of the history line that made it so; absent for a draft */
};

/*
 * The working state of the entry ROOT: that of the last `review` or `approved` line whose
 * fingerprint is the content's; otherwise draft of the version after the last approved one
 * (v1 when there is none). A returned review is a draft again.
 */
struct working version_working(const struct roles *roles, const struct doc_node *root);
