/*
 * cited.h - a source read as a cited work: what citations, exports and registries speak of
 */
#pragma once

#include "entry/entry.h"

struct cited_author {
	struct str family, given; /* of a person; given may be absent */
	struct str
	        literal; /* in place of both: an organisation, or a name not taken apart */
};

/* Absent strings: the source does not say. */
struct cited_work {
	const struct doc_node *node; /* the source it was read from */
	struct str key, title, venue, type; /* type: as the source says it */
	struct str year; /* as written; most are a number of four digits */
	struct str doi; /* canonical; absent when it is no DOI */
	struct str url;
	struct str status; /* "retracted" when the entry knows of it */
	const struct cited_author *authors; /* authors_n of them, in order */
	size_t authors_n;
	bool authors_more; /* the source left out more of them */
};

/*
 * Read SOURCE, one of those that ROLES->sources leads to. Of a source that is plain text only
 * the title is set.
 * Lives: OUT as long as SOURCE and ARENA
 */
void cited_read(struct cited_work *out, const struct roles *roles,
                const struct doc_node *source, struct arena *arena);
