/*
 * press.h - a snapshot being made; private to this folder
 */
#pragma once

#include "export/cache.h"
#include "export/export.h"
#include "export/works.h"

struct press {
	struct edition edition;
	struct record record; /* ends with the release */
	struct library library;
	const struct export_request *request;
	struct form_run *runs; /* one a form of the request */
	size_t runs_n;
	struct sorted *works; /* NULL: no form lists works */
	struct cache *cache; /* NULL: none */
	const struct str *own; /* by release: what vocabularies of its own it has */
	struct arena arena; /* used in order, by one thread at a time */
	struct arena names; /* of views and library, which have a lock of their own */
	struct export_result *result;
};

/* edition.c: all that is the same for all entries. Fails: as export_make() */
bool edition_open(struct press *p, struct err *err) MUST_CHECK;
void edition_release(struct press *p);
/*
 * Changes, between versions of the program, with what pieces are for the same entries: kept ones
 * are good no more. MANIFEST.json tells it: what another one made is not made again to compare.
 */
#define EXPORT_REVISION "12"
/* What the pieces of every entry depend on, beside the entry itself. */
void edition_digest(unsigned char out[32], const struct press *p);
/* What those of each entry depend on: the keys of the edition. */
void edition_keys(struct press *p);

/* gather.c: read entry E of the release with all its versions, into ARENA. */
bool gather_entry(struct export_entry *out, const struct press *p,
                  const struct release_entry *e, struct arena *arena,
                  struct err *err) MUST_CHECK;

/* pieces.c: all entries through the forms that render them, in threads. */
bool press_entries(struct press *p, struct err *err) MUST_CHECK;
