/*
 * json.h - the reader of JSON texts: its state, shared by json.c and json_text.c
 */
#pragma once

#include "doc/internal.h"

enum expect {
	EXPECT_VALUE, /* after ',' in a list, ':' in a map, or at the start */
	EXPECT_FIRST_ITEM,
	EXPECT_FIRST_KEY,
	EXPECT_KEY, /* after ',' in a map */
	EXPECT_NEXT, /* ',' or the closing bracket; the end at level 0 */
};

struct json {
	struct build *b;
	const char *s;
	size_t n, at;
	size_t line_start;
	size_t wide; /* continuation bytes between line_start and at */
	int line;
	enum expect expect;
	struct doc_mark comma; /* the last one */
};

/* The place of AT. */
struct doc_mark json_mark(const struct json *j);
/*
 * The byte AHEAD of AT, or NUL behind the end: the text has no NUL, the scan saw to
 * that.
 */
static inline char json_peek(const struct json *j, size_t ahead)
{
	return j->at + ahead < j->n ? j->s[j->at + ahead] : '\0';
}
/* A finding about what stands at AT; ADVICE may be NULL. Always false. */
bool json_fail(struct json *j, const char *text, const char *advice);
/*
 * Read the string whose opening quote is at AT. Without escapes it is a slice of the
 * source, otherwise a copy in the arena. False after a finding.
 */
bool json_text(struct json *j, struct str *out);
