/*
 * imprint_internal.h - what the descriptions of a release share
 */
#pragma once

#include "base/limits.h"
#include "describe/imprint.h"
#include "describe/internal.h"

struct jot;

/* All of these are absent when it is not known, and live in ARENA or as long as E. */

/* The address of DOI. */
struct str doi_address(struct str doi, struct arena *arena);
/* The DOI of the release, else that of all of them. */
struct str imprint_doi(const struct imprint *e);
/* Where people find the dataset. */
struct str imprint_address(const struct imprint *e, struct arena *arena);
/* The release's commit as a Software Hash identifier. Source: ISO/IEC 18670 */
struct str imprint_swhid(const struct imprint *e, struct arena *arena);
struct str orcid_url(const struct creator *c, struct arena *arena);
/* "Doe, Jane" */
struct str creator_sorted(const struct creator *c, struct arena *arena);
/* The keywords as `subjects`, as DataCite and InvenioRDM have them; nothing when there are none. */
void imprint_subjects(struct jot *j, const struct about *a);
/* Append the release as a BibTeX entry. */
void imprint_cite(struct buf *out, const struct imprint *e, struct arena *arena);
