/*
 * guard.h - what a change of a dataset causes: findings that were not there before
 *
 * The whole set is known, but only what the change causes is told. The rules that it is held to
 * (severities, where releases are) are those from before the change, so that nobody loosens
 * them on the way; folders, schemas and vocabularies are the new ones.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/macro.h"
#include "base/tree.h"
#include "dataset/dataset.h"
#include "repo/repo.h"

/* Where the new state of the files is read from. */
enum guard_kind { GUARD_WORK, GUARD_STAGED, GUARD_COMMIT };

struct guard_options {
	enum guard_kind kind;
	struct oid commit; /* GUARD_COMMIT: the new state */
	/*
	 * Commits: the states before, bases_n of them. None: there was nothing. Of several (a
	 * merge) a finding is told when it is new to all of them; the first one's rules hold.
	 */
	const struct oid *bases;
	size_t bases_n;
	/* The last release, when it is only about to be one; NULL: as the references say. */
	const struct oid *released;
	struct str folder; /* of stemma.yaml; absent: looked for */
	int jobs; /* threads, as in struct check_options */
};

struct guard_result {
	bool idle; /* nothing staged is of the dataset, which was not even read */
	struct dataset *dataset; /* the new one; NULL: there is none, and none was */
	const struct tree *tree; /* that it was read from */
	struct diag_list found; /* by file; severities are those to be told */
	size_t files; /* how many were checked */
	size_t dropped; /* findings over the limit for one file */
	bool trouble; /* a file could not be read: exit status 3 */
};

/*
 * Check what differs between the new state and its bases in the repository R.
 * Lives: OUT as long as R and ARENA, until guard_release(), which is called in any case
 * Fails: ERR_CONFIG when the new stemma.yaml cannot be used (OUT has findings about it) or was
 *        taken away; as dataset_open(), dataset_load_schemas(), dataset_check(), repo_diff()
 */
bool guard_check(struct guard_result *out, struct repo *r,
                 const struct guard_options *opt, struct arena *arena,
                 struct err *err) MUST_CHECK;
void guard_release(struct guard_result *result);
