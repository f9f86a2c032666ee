/*
 * deposit.h - what runs of `stemma deposit` note for later ones; private to this folder
 *
 * One line a release and service, "API RELEASE RECORD", in the repository's own folder: how a
 * run that was stopped finds its draft, and the next release the record it is a version of.
 */
#pragma once

#include "cmd/internal.h"

struct deposit_notes {
	struct str path;
	struct str text; /* of the file; empty: there is none yet */
};

/* Fails: ERR_IO */
bool deposit_notes_read(struct deposit_notes *out, const struct repo *repo,
                        struct arena *arena, struct err *err) MUST_CHECK;
/* The record of RELEASE at API, else of the last release that went there; absent: none. */
struct str deposit_note_find(const struct deposit_notes *n, struct str api,
                             struct str release);
/* Note that RELEASE is RECORD at API. Fails: ERR_IO */
bool deposit_note_add(const struct deposit_notes *n, struct str api, struct str release,
                      struct str record, struct err *err) MUST_CHECK;
