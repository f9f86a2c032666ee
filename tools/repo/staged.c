/*
 * staged.c - what differs between a commit and what is not committed yet
 */
#include "repo/internal.h"

#include <stdlib.h>

static void free_diff(git_diff **diff)
{
	git_diff_free(*diff);
}

static git_diff_options options(void)
{
	git_diff_options opt;

	git_diff_options_init(&opt, GIT_DIFF_OPTIONS_VERSION);
	opt.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
	            GIT_DIFF_SKIP_BINARY_CHECK;
	opt.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
	opt.context_lines = 0;
	return opt;
}

static bool is_link(const git_diff_file *f)
{
	return kind_of_mode(f->mode) != TREE_FILE;
}

static bool tell(const git_diff_delta *d, repo_change_fn *fn, void *ctx)
{
	struct oid old = oid_of(&d->old_file.id), new = oid_of(&d->new_file.id);
	bool gone = d->status == GIT_DELTA_DELETED;
	bool added = d->status == GIT_DELTA_ADDED || d->status == GIT_DELTA_UNTRACKED;
	struct repo_change c = {
	        .path = str_of(gone ? d->old_file.path : d->new_file.path)};

	if (!added) {
		c.old = &old;
		c.old_link = is_link(&d->old_file);
	}
	if (!gone) {
		c.new = &new;
		c.new_link = is_link(&d->new_file);
	}
	return fn(ctx, &c);
}

static void tell_all(git_diff *diff, repo_change_fn *fn, void *ctx)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status == GIT_DELTA_UNMODIFIED || d->status == GIT_DELTA_IGNORED)
			continue;
		if (!tell(d, fn, ctx))
			return;
	}
}

static int look_up(git_tree **out, struct repo *r, const struct oid *tree)
{
	return tree ? git_tree_lookup(out, r->main, oid_git(tree)) : 0;
}

bool repo_diff_index(struct repo *r, const struct oid *old_tree, repo_change_fn *fn,
                     void *ctx, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(free_index) git_index *index = NULL;
	CLEANUP(free_tree) git_tree *tree = NULL;
	CLEANUP(free_diff) git_diff *diff = NULL;
	git_diff_options opt = options();
	int code;

	if (!index_open(&index, r, &arena, err))
		return false;
	HOLD(&r->main_lock);
	code = look_up(&tree, r, old_tree);
	if (!code)
		code = git_diff_tree_to_index(&diff, r->main, tree, index, &opt);
	if (code)
		return fail_git(r, code, NULL, err, "compare what is staged");
	tell_all(diff, fn, ctx);
	return true;
}

bool repo_diff_work(struct repo *r, const struct oid *old_tree, repo_change_fn *fn,
                    void *ctx, struct err *err)
{
	CLEANUP(free_tree) git_tree *tree = NULL;
	CLEANUP(free_diff) git_diff *diff = NULL;
	git_diff_options opt = options();
	int code;

	HOLD(&r->main_lock);
	code = look_up(&tree, r, old_tree);
	if (!code)
		code = git_diff_tree_to_workdir_with_index(&diff, r->main, tree, &opt);
	if (code)
		return fail_git(r, code, NULL, err, "compare the work tree");
	tell_all(diff, fn, ctx);
	return true;
}

struct merge_heads {
	struct arena *arena;
	struct oid *items;
	size_t n, cap;
};

static int note_head(const git_oid *id, void *ctx)
{
	struct merge_heads *heads = ctx;

	*arena_push(heads->arena, heads->items, heads->n, heads->cap) = oid_of(id);
	return 0;
}

size_t repo_merge_heads(struct oid **out, struct repo *r, struct arena *arena)
{
	struct merge_heads heads = {.arena = arena};

	HOLD(&r->main_lock);
	(void)git_repository_mergehead_foreach(r->main, note_head, &heads);
	*out = heads.items;
	return heads.n;
}
