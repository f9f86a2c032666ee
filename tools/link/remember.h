/*
 * remember.h - private: the memory's file, for those who read and write answers
 */
#pragma once

#include "link/memory.h"
#include "store/store.h"

#define MEMORY_DAY INT64_C(86400)

struct link_memory {
	struct link_memory_options opt;
	struct store *store; /* NULL: it has ended */
	struct store_query *get_url, *put_url, *get_doi, *put_doi;
	int64_t run;
	int waiting; /* notes that are not written down yet */
	int64_t written; /* when the last ones were, in monotonic milliseconds */
	struct err trouble;
};

/* There is trouble: no memory from here on. */
void memory_end(struct link_memory *m);
/* Before a note: it joins those that wait. False when there is no memory. */
bool memory_join(struct link_memory *m);
/* After it; OK: it was noted. */
void memory_joined(struct link_memory *m, bool ok);
