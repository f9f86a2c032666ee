/*
 * retractions.h - the list of Retraction Watch, as a file
 *
 * Source: RFC 4180; doi.org/10.13003/c23rw1d9 (columns by their names)
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "reference/reference.h"

struct retractions {
	struct map by_doi; /* canonical DOI of the work -> its first row */
	size_t rows; /* that name a work by its DOI */
};

/*
 * Read TEXT, a whole CSV file; NAME for messages.
 * Lives: OUT as long as TEXT and ARENA
 * Fails: ERR_IO when it is not that list: a column is missing, a quote is not closed
 */
bool retractions_read(struct retractions *out, struct str name, struct str text,
                      struct arena *arena, struct err *err) MUST_CHECK;
/*
 * What the list says of DOI (canonical), in the order of the file, in ARENA; returns how many
 * there are.
 */
size_t retractions_of(const struct reference_update **out, const struct retractions *list,
                      struct str doi, struct arena *arena);
