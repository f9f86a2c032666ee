/*
 * memory.h - what earlier runs found out about links and citations
 *
 * Good answers are kept for days, bad ones for a day, and none that only says "not now". What
 * comes in is on the disk soon, so that a run that was stopped goes on where it was: within
 * LIMIT_LINK_RESUME_S its answers, whatever they are, count as this run's.
 *
 * Trouble with the file ends the memory, not the run: `trouble` says why.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "link/link.h"

struct link_memory;

struct link_memory_options {
	struct str path; /* terminated */
	int64_t now; /* seconds since 1970 */
	int64_t max_age; /* seconds; nothing older counts. -1: as long as it is good */
	int dead_runs, dead_days; /* as in struct link_policy */
};

/* What a server said of its page, to ask again whether it has changed. Absent: nothing. */
struct link_validators {
	struct str etag, modified;
};

/* Fails: as store_cache() */
bool link_memory_open(struct link_memory **out, const struct link_memory_options *opt,
                      struct err *err) MUST_CHECK;
/* All was asked: the next run is another one. */
void link_memory_finish(struct link_memory *m);
/* Write down what has come. M may be NULL, as for all that follows. */
void link_memory_close(struct link_memory *m);
/* For CLEANUP. */
void link_memory_close_p(struct link_memory **m);
/* Why the memory ended; code ERR_NONE: it did not. Good as long as M. */
const struct err *link_memory_trouble(const struct link_memory *m);

/*
 * What is known of the link KEY, in ARENA. Returns false when it has to be asked; VALIDATORS
 * (may be NULL) are set in any case.
 */
bool link_memory_url(struct link_memory *m, struct str key, struct link_result *out,
                     struct link_validators *validators, struct arena *arena);
/*
 * Note RESULT. A dead link becomes unknown in it, of class "failing", until it has failed often
 * and long enough.
 */
void link_memory_note_url(struct link_memory *m, struct str key,
                          struct link_result *result,
                          const struct link_validators *validators, struct arena *arena);

/*
 * How much failed in the last run that asked for many links, in thousandths of them; -1: not
 * known. And the same noted for this run.
 */
int link_memory_failures(struct link_memory *m);
void link_memory_note_failures(struct link_memory *m, int share);

/* What a registry said of a DOI. */
struct link_answer {
	struct link_result result;
	struct str agency, csl; /* absent: none */
	int64_t checked; /* when: seconds since 1970 */
};

bool link_memory_doi(struct link_memory *m, struct str doi, struct link_answer *out,
                     struct arena *arena);
void link_memory_note_doi(struct link_memory *m, struct str doi,
                          const struct link_answer *answer);
