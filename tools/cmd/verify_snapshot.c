/*
 * verify_snapshot.c - `stemma verify DIR`: a snapshot by itself, and against its release
 */
#include "cmd/verify.h"

#include "cmd/snapshot.h"
#include "export/check.h"

#include <stdlib.h>

struct job {
	struct run *run;
	const struct verify_snapshot *args;
	struct workplace place;
	struct diag_list diags;
	struct checked snapshot;
	struct record until; /* that its release is the last one of */
	struct previewed previewed; /* of a preview */
	struct str unproved; /* why it was not held against its release; absent: it was */
};

static const struct release *find_release(struct job *j)
{
	const struct record *r = &j->place.record;
	const struct release *release = r->n ? record_find(r, j->snapshot.release) : NULL;
	struct arena *a = j->run->arena;

	if (release && str_eq(oid_hex(&release->commit, OID_HEX, a), j->snapshot.commit))
		return release;
	if (release) {
		diag_file(&j->diags, j->snapshot.dir);
		diag_add(&j->diags, &rule_snapshot_release, (struct span){0},
		         "it is of commit %.12s, but release " STR_FMT " is %.12s here",
		         arena_str(a, j->snapshot.commit).s, STR_ARG(release->name),
		         oid_hex(&release->commit, OID_HEX, a).s);
		return NULL;
	}
	j->unproved = arena_fmt(a, "no repository here has release " STR_FMT,
	                        STR_ARG(diag_quote(a, j->snapshot.release)));
	return NULL;
}

/* Whether REPO has it, or it is what would be made of the work tree now, in DIR. */
static bool has_commit(struct repo *repo, const struct oid *commit, struct str dir)
{
	struct err ignored = {0};
	struct oid work;

	return repo_has(repo, commit) ||
	       (!repo_is_bare(repo) && repo_work_commit(&work, repo, dir, &ignored) &&
	        oid_eq(&work, commit));
}

/* What the preview's revision gives behind the release that it came after; NULL: unproved. */
static const struct record *find_preview(struct job *j)
{
	const struct checked *c = &j->snapshot;
	struct previewed *p = &j->previewed;
	const struct release *before = NULL;
	struct arena *a = j->run->arena;
	struct diag_list unused;
	struct err why = {0};
	struct oid commit;

	if (!oid_parse(&commit, c->commit) ||
	    !has_commit(j->place.repo, &commit, c->dir)) {
		j->unproved = arena_fmt(a, "no repository here has commit %.12s",
		                        arena_str(a, c->commit).s);
		return NULL;
	}
	diag_init(&unused, a);
	if (!previewed_open(p, j->run, &j->place, &commit, &unused, &why)) {
		j->unproved = arena_str(a, str_of(why.text));
		return NULL;
	}
	if (c->previous.s)
		before = record_find(&p->record, c->previous);
	if (c->previous.s && !before) {
		j->unproved = arena_fmt(a, "no repository here has release " STR_FMT,
		                        STR_ARG(diag_quote(a, c->previous)));
		return NULL;
	}
	if (!previewed_plan(p, before ? before->index + 1 : 0, &why))
		j->unproved = arena_str(a, str_of(why.text));
	else if (!p->result.n)
		j->unproved = STR("its commit would not be released");
	return j->unproved.s ? NULL : &p->result;
}

/* The record that ends with what the snapshot should be of; NULL: there is none. */
static const struct record *find_record(struct job *j)
{
	const struct release *release;

	if (j->snapshot.preview)
		return find_preview(j);
	release = find_release(j);
	if (!release)
		return NULL;
	j->until = record_until(&j->place.record, release->index);
	return &j->until;
}

static bool hold_against_release(struct job *j, struct err *err)
{
	const char *temp = getenv("TMPDIR");
	const struct record *record;
	struct diag_list unused;
	struct err why = {0};

	if (!j->args->rebuild) {
		j->unproved = STR("--no-rebuild was given");
		return true;
	}
	diag_init(&unused, j->run->arena);
	if (!run_open_known(&j->place, j->run, &unused, &why) || !j->place.repo) {
		j->unproved = why.code ? arena_str(j->run->arena, str_of(why.text))
		                       : j->place.unknown;
		return true;
	}
	record = find_record(j);
	if (!record)
		return true;
	if (!snapshot_can_rebuild(&j->snapshot)) {
		j->unproved = STR("another version of stemma made it, and this one does "
		                  "not write all files as that did");
		return true;
	}
	if (!temp || !*temp)
		temp = "/tmp";
	if (snapshot_rebuild(&j->diags, &j->snapshot, record, str_of(temp), j->args->jobs,
	                     j->run->arena, &why))
		return true;
	return err_set(err, why.code,
	               "%s; it is made again in %s: give TMPDIR a folder with more room, "
	               "or --no-rebuild",
	               why.text, temp);
}

static void say_result(struct job *j)
{
	const struct checked *c = &j->snapshot;
	const char *how = j->diags.n      ? "not as it was made"
	                  : j->unproved.s ? "whole, and it agrees with itself"
	                  : c->preview    ? "what its commit gives, byte for byte"
	                                  : "what its release gives, byte for byte";

	if (verify_speaks(j->args->format))
		buf_addf(&j->run->out.buf,
		         STR_FMT ": %s" STR_FMT ", %zu %s, %zu %s: %s\n", STR_ARG(c->dir),
		         c->preview ? "" : "release ",
		         STR_ARG(diag_quote(j->run->arena, c->release)), c->entries,
		         c->entries == 1 ? "entry" : "entries", c->sums_n + 1,
		         c->sums_n ? "files" : "file", how);
	if (j->unproved.s)
		run_say(j->run, "not proved: that it is what its %s gives; " STR_FMT,
		        c->preview ? "commit" : "release", STR_ARG(j->unproved));
}

static enum status check(struct job *j, struct str dir)
{
	struct told told = {.format = j->args->format, .tree = NULL};
	struct err err = {0};
	enum status status = STATUS_OK;

	if (!snapshot_check(&j->snapshot, &j->diags, dir, j->run->arena, &err) ||
	    !hold_against_release(j, &err))
		return run_fail(j->run, &err);
	told.found = &j->diags;
	told.files = j->snapshot.sums_n + 1;
	if (j->diags.n || !verify_speaks(told.format))
		status = run_tell(&j->run->out, &told);
	say_result(j);
	return status;
}

enum status run_verify_snapshot(struct run *r, struct str dir,
                                const struct verify_snapshot *args)
{
	struct job j = {.run = r, .args = args};
	enum status status;

	diag_init(&j.diags, r->arena);
	status = check(&j, dir);
	previewed_release(&j.previewed);
	workplace_release(&j.place);
	return status;
}
