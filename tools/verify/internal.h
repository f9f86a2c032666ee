/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "verify/verify.h"

/* A file of a release, read, in an arena of its own. */
struct verify_side {
	struct arena arena;
	bool read; /* false: nothing stands here */
	struct oid blob;
	struct doc *doc;
	const struct collection *collection;
	struct published published;
};

/* One entry, release after release. {.record = R, .chain = C} is ready for its first step. */
struct entry_check {
	struct record *record;
	const struct entry_chain *chain;
	const struct entry_step *step; /* looked at now */
	struct verify_side sides[2]; /* [last] is the file of the step before */
	int last;
	struct arena scratch;
	struct diag_list *out;
};

/* Forget the entry, keep room for the next one. */
void entry_check_reset(struct entry_check *c);
void entry_check_release(struct entry_check *c);
/* Check STEP of the entry, which follows the one given last. Findings go to OUT. */
void verify_step(struct entry_check *c, const struct entry_step *step,
                 struct diag_list *out);
/* Add a copy of D to OUT. */
void verify_keep(struct diag_list *out, const struct diag *d);
/* The name of a file of a release, for findings: "2026.06:dataset/methods/x.yaml". */
struct str release_path(const struct release *release, struct str path,
                        struct arena *arena);
