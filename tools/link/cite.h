/*
 * cite.h - citations against records: those of a registry, and those that are kept
 */
#pragma once

#include "link/link.h"
#include "reference/reference.h"
#include "reference/retractions.h"

/*
 * Compare every source that cites C with the record R, and tell what has become of the work.
 * C's agency and day are those of R.
 */
void cite_record(struct link_set *set, struct link_citation *c,
                 const struct reference *r);
/*
 * The same with the records that D keeps. A citation without one is a finding where
 * stemma.yaml asks for that; one that is not asked about otherwise is alive by it.
 * TODAY  for the age of records, as 2026-11-26
 */
void cite_kept(struct link_set *set, const struct dataset *d, struct str today);
/*
 * Fill SET's orphans with the files of D's kept records that are of none of its citations. SET
 * has all of D.
 */
void cite_orphans(struct link_set *set, const struct dataset *d);
/* What LIST says of the works that are cited. */
void cite_retractions(struct link_set *set, const struct retractions *list);
