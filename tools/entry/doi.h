/*
 * doi.h - a DOI as a value
 *
 * Source: ISO 26324; DOI Handbook; Crossref, "Suffixes containing special characters"
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum doi_class {
	DOI_VALID, /* written bare, as it should be */
	DOI_NORMALISED, /* a DOI in another form: a URL, a prefix, marks around it */
	DOI_SUSPICIOUS, /* a DOI, but something about it points to a slip */
	DOI_SHORT, /* a shortDOI: 10/abc */
	DOI_INVALID, /* no DOI, or several */
};

struct doi {
	enum doi_class class;
	struct str text; /* as it was given */
	struct str canonical; /* A-Z folded to a-z, the rest kept; absent when invalid */
	/* For requests: percent-encoded but for the first slash; absent when invalid. */
	struct str wire;
	struct str why; /* a few words for a curator */
};

/* "valid", "normalised", "suspicious", "short", "invalid". */
const char *doi_class_name(enum doi_class c);
/*
 * Read TEXT, whatever it is, as a DOI. Returns out->class.
 * Lives: OUT as long as TEXT and ARENA
 */
enum doi_class doi_parse(struct doi *out, struct str text, struct arena *arena);
/*
 * The address of a DOI that is not invalid, for readers: the resolver, then the DOI (in its
 * own case when it was written bare) with its slashes as they are, unless a step between
 * them is "." or "..".
 */
struct str doi_url(const struct doi *doi, struct arena *arena);
