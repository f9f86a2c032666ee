/*
 * release.h - what the files of the command `release` share
 */
#pragma once

#include "cmd/deposit.h"
#include "publish/publish.h"

/* The options of `release`. */
struct release_args {
	struct str source, push, date, snapshot;
	struct opt_list hold;
	int format;
	bool first, dry_run, notes, sign, offline, allow_related, deposit;
	struct deposit_args deposit_args;
};

/* One run. */
struct release_job {
	struct run *run;
	const struct release_args *args;
	struct repo *repo;
	struct dataset *dataset; /* of the source */
	struct release_lock lock;
	struct record record;
	struct release_options opt;
	struct release_plan plan;
	struct buf notes;
};

enum { RELEASE_TEXT, RELEASE_JSON };

/* release_source.c: the day of the release; its source, and the dataset as that has it. */
bool release_choose_day(struct release_job *j, struct err *err) MUST_CHECK;
bool release_open_source(struct release_job *j, struct err *err) MUST_CHECK;

/* release_after.c: what follows a release, each step only when the one before it went well. */

/* Whether the steps that were asked for could be taken; before anything is made. */
bool release_after_ready(struct release_job *j, struct err *err) MUST_CHECK;
/* Push, snapshot, deposit. RELEASE: its name. */
enum status release_after(struct release_job *j, struct str release);
/* Tell which steps there would be. */
void release_after_plan(struct release_job *j);

/* release_tell.c */

/* Tell what stands in the way of PLAN, and what was not done therefore: NOTHING. */
enum status release_refuse(struct run *r, const struct release_plan *plan,
                           const char *nothing);
/* Tell of changes that are not committed, when REV is HEAD: they are not in WHAT is made of it. */
void release_tell_uncommitted(struct run *r, struct repo *repo, const struct dataset *d,
                              struct str rev, const char *what);
/* Name, as warnings, entries whose relation to what is withdrawn is allowed this time. */
void release_tell_related(struct release_job *j);
/* Print what was made, or (COMMIT NULL) would be. */
void release_print(struct release_job *j, const struct oid *commit);
