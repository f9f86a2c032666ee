/*
 * validate_change.c - `validate --staged` and `--since`: what a change causes
 */
#include "cmd/internal.h"

#include "guard/guard.h"

struct checking {
	struct run *run;
	const struct change_args *args;
	struct repo *repo;
	struct guard_options opt;
	struct guard_result result;
};

/* HEAD, and what is being merged into it; nothing before the first commit. */
static bool default_bases(struct checking *c, struct err *err)
{
	struct oid *heads, *bases, head;
	size_t n;

	if (!repo_ref(&head, c->repo, "HEAD"))
		return true;
	n = repo_merge_heads(&heads, c->repo, c->run->arena);
	bases = arena_array(c->run->arena, struct oid, n + 1);
	bases[0] = head;
	for (size_t i = 0; i < n; i++)
		bases[i + 1] = heads[i];
	c->opt.bases = bases;
	c->opt.bases_n = n + 1;
	return !err->code;
}

static bool find_bases(struct checking *c, struct err *err)
{
	struct oid *base;

	if (!c->args->since.s)
		return default_bases(c, err);
	base = arena_new(c->run->arena, struct oid);
	if (!repo_resolve(base, c->repo, c->args->since, c->run->arena, err))
		return false;
	c->opt.bases = base;
	c->opt.bases_n = 1;
	return true;
}

static bool check(struct checking *c, struct err *err)
{
	struct arena *arena = c->run->arena;

	c->opt.folder = c->run->dataset;
	c->opt.jobs = c->args->jobs;
	c->opt.kind = c->args->staged  ? GUARD_STAGED
	              : c->args->rev.s ? GUARD_COMMIT
	                               : GUARD_WORK;
	return repo_open(&c->repo, STR("."), arena, err) &&
	       (c->args->rev.s || !repo_is_bare(c->repo) ||
	        err_set(err, ERR_REPO,
	                "this repository is bare and has neither files nor an index; name "
	                "a commit with --rev")) &&
	       (!c->args->rev.s ||
	        repo_resolve(&c->opt.commit, c->repo, c->args->rev, arena, err)) &&
	       find_bases(c, err) &&
	       guard_check(&c->result, c->repo, &c->opt, arena, err) &&
	       (c->result.dataset || c->result.idle ||
	        err_set(err, ERR_USAGE, "there is no stemma.yaml in what is checked"));
}

static void release(struct checking *c)
{
	guard_release(&c->result);
	repo_close(c->repo);
}

enum status run_check_change(struct run *r, const struct change_args *args)
{
	CLEANUP(release) struct checking c = {.run = r, .args = args};
	struct err err = {0};
	bool ok = check(&c, &err);
	const struct told told = {
	        .format = args->format,
	        .tree = c.result.tree,
	        .dataset = c.result.dataset,
	        .found = &c.result.found,
	        .files = c.result.files,
	        .dropped = c.result.dropped,
	        .trouble = c.result.trouble,
	};

	if (ok)
		return run_tell(&r->out, &told);
	if (c.result.found.n)
		(void)run_tell(&r->out, &told);
	return run_fail(r, &err);
}
