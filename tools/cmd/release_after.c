/*
 * release_after.c - what follows a release: push, snapshot, deposit
 *
 * The release stays whatever happens here: the same command takes up the steps that are left.
 */
#include "cmd/release.h"

#include "cmd/snapshot.h"

/* A name, not an address or a path, must be that of a remote. */
static bool check_remote(struct release_job *j, struct err *err)
{
	struct str name = j->args->push;
	struct arena *a = j->run->arena;
	struct str key = arena_fmt(a, "remote." STR_FMT ".url", STR_ARG(name));

	if (str_find(name, '/') < name.n || str_find(name, ':') < name.n ||
	    repo_config(j->repo, key.s, a).n)
		return true;
	name = diag_quote(a, name);
	return err_set(err, ERR_USAGE,
	               "--push: this repository has no remote \"" STR_FMT
	               "\"; `git remote` lists those it has, `git remote add " STR_FMT
	               " URL` adds this one",
	               STR_ARG(name), STR_ARG(name));
}

bool release_after_ready(struct release_job *j, struct err *err)
{
	const struct release_args *args = j->args;

	if (args->push.s && !check_remote(j, err))
		return false;
	if (args->deposit && !args->snapshot.s)
		return err_set(err, ERR_USAGE,
		               "--deposit takes a snapshot there: give its folder, "
		               "--snapshot DIR");
	if (args->snapshot.s && !snapshot_ready(args->snapshot, err))
		return false;
	return !args->deposit ||
	       deposit_ready(j->run, j->dataset, &args->deposit_args, err);
}

static enum status push(struct release_job *j)
{
	struct err err = {0};
	size_t n;

	if (!record_open(&j->record, j->repo, j->dataset, j->run->arena, &err) ||
	    !publish_push(&n, &j->record, j->args->push, j->run->arena, &err))
		return run_fail(j->run, &err);
	if (n)
		run_say(j->run, "pushed to " STR_FMT, STR_ARG(j->args->push));
	return STATUS_OK;
}

enum status release_after(struct release_job *j, struct str release)
{
	const struct release_args *args = j->args;
	enum status status = args->push.s ? push(j) : STATUS_OK;

	if (status == STATUS_OK && args->snapshot.s)
		status = run_snapshot(j->run, release, args->snapshot, args->deposit);
	if (status == STATUS_OK && args->deposit)
		status = run_deposit(j->run, args->snapshot, &args->deposit_args);
	if (status != STATUS_OK && args->snapshot.s)
		run_say(j->run,
		        "release " STR_FMT
		        " is made and stays; when that is mended, the same "
		        "command%s goes on with the steps that are left",
		        STR_ARG(release), args->first ? " without --first" : "");
	return status;
}

void release_after_plan(struct release_job *j)
{
	const struct release_args *args = j->args;

	if (args->push.s)
		run_say(j->run, "then: push to " STR_FMT, STR_ARG(args->push));
	if (args->snapshot.s)
		run_say(j->run, "then: snapshot in " STR_FMT, STR_ARG(args->snapshot));
	if (args->deposit)
		run_say(j->run, "then: deposit of it%s",
		        args->deposit_args.draft ? ", left as a draft" : ", published");
}
