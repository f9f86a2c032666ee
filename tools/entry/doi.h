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
	struct str canonical; /* A-Z folded to a-z, the rest kept; absent when invalid */
	struct str
	        wire; /* percent-encoded for an address, first slash kept; absent likewise */
	struct str why; /* a few words for a curator */
};

/* "valid", "normalised", "suspicious", "short", "invalid". */
const char *doi_class_name(enum doi_class c);
/*
 * Read TEXT, whatever it is, as a DOI. Returns out->class.
 * Lives: OUT as long as TEXT and ARENA
 */
enum doi_class doi_parse(struct doi *out, struct str text, struct arena *arena);
