/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "verify/verify.h"

/* One entry that differs between a release and the one before it. */
struct pair_check {
	struct record *record;
	const struct release *old, *new; /* OLD is NULL before the first release */
	const struct release_change *change;
	struct arena *scratch;
	struct diag_list *out;
};

void verify_pair(const struct pair_check *c);
/* The name of a file of a release, for findings: "2026.06:dataset/methods/x.yaml". */
struct str release_path(const struct release *release, struct str path,
                        struct arena *arena);
