/*
 * about.h - what stemma.yaml says of the dataset as a publication: who made it, under which
 * licence, where it is
 *
 * What it does not say is absent: nothing is guessed.
 */
#pragma once

#include "dataset/dataset.h"

/* Somebody who made the dataset: a person has a family name, a body a name. */
struct creator {
	struct str family, given; /* given may be absent */
	struct str name; /* in place of both: a body */
	struct str orcid; /* "0000-0002-1825-0097" */
	struct str affiliation;
	struct str ror; /* "https://ror.org/..." of the body, or of the affiliation */
};

/* Who paid, and by which grant. */
struct funding {
	struct str funder, ror, award, title, url;
};

struct about {
	struct str title;
	struct str license; /* as written: an SPDX id, an address or a name */
	struct str license_url; /* absent: it is a name */
	struct str description; /* in the default language, else in the first one there */
	struct str description_lang; /* absent: plain text */
	const struct creator *creators; /* creators_n of them, in order */
	size_t creators_n;
	struct str publisher;
	struct str homepage;
	struct str entry_page; /* of one entry: {lang} and {id} are filled in */
	struct str doi; /* canonical; of all releases together */
	const struct str *keywords; /* keywords_n of them */
	size_t keywords_n;
	const struct funding *funding; /* funding_n of them */
	size_t funding_n;
};

/* Lives: OUT as long as D and ARENA */
void dataset_about(struct about *out, const struct dataset *d, struct arena *arena);
/*
 * Where the licence LICENSE can be read, in ARENA: the page of Creative Commons for theirs, that
 * of SPDX for other ids, LICENSE itself when it is an address; absent for any other text.
 * Source: SPDX 2.3, annex D (what an id is made of)
 */
struct str license_url(struct str license, struct arena *arena);
/* The name of a creator as one says it: "Jane Doe". Lives in ARENA, or as long as C. */
struct str creator_name(const struct creator *c, struct arena *arena);
