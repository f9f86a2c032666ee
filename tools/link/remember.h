/*
 * remember.h - private: the memory's file, for those who read and write answers
 */
#pragma once

#include "link/memory.h"
#include "store/store.h"

#define MEMORY_DAY INT64_C(86400)

#define MEMORY_TOGETHER 16 /* notes written down at a time */

/* How often a link has failed, and since when. */
struct failures {
	int64_t n, first;
};

/* A link's answer that is yet to be written down. */
struct note {
	struct str key;
	struct link_result result;
	struct link_validators validators;
	struct failures failures;
};

struct link_memory {
	struct link_memory_options opt;
	struct store *store; /* NULL: it has ended */
	struct store_query *get_url, *put_url, *get_doi, *put_doi;
	int64_t run;
	struct note notes[MEMORY_TOGETHER]; /* notes_n of them, with texts in `arena` */
	size_t notes_n;
	struct arena arena;
	int64_t written; /* when the last ones were, in monotonic milliseconds */
	struct err trouble;
};

/* There is trouble: no memory from here on. */
void memory_end(struct link_memory *m);
/* Write down the answers of links that wait for it. */
void memory_flush(struct link_memory *m);
