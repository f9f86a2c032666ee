#include "repo/internal.h"

static int look_up(git_commit **out, struct handle *h, const struct oid *id)
{
	return git_commit_lookup(out, h->git, oid_git(id));
}

static struct str copy(const char *z, struct arena *arena)
{
	return arena_str(arena, str_of(z));
}

bool repo_commit(struct commit *out, struct repo *r, const struct oid *id,
                 struct arena *arena, struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	CLEANUP(free_commit) git_commit *c = NULL;
	const git_signature *author;
	struct oid *parents;
	int code;

	if (!h)
		return false;
	code = look_up(&c, h, id);
	if (code)
		return fail_git(r, code, oid_git(id), err, "read a commit");
	author = git_commit_author(c);
	*out = (struct commit){
	        .id = *id,
	        .tree = oid_of(git_commit_tree_id(c)),
	        .parents_n = git_commit_parentcount(c),
	        .author = copy(author->name, arena),
	        .author_mail = copy(author->email, arena),
	        .message = copy(git_commit_message(c), arena),
	        .time = author->when.time,
	        .committed = git_commit_time(c),
	        .offset = author->when.offset,
	};
	parents = arena_array(arena, struct oid, out->parents_n);
	for (size_t i = 0; i < out->parents_n; i++)
		parents[i] = oid_of(git_commit_parent_id(c, (unsigned)i));
	out->parents = parents;
	return true;
}

bool repo_is_ancestor(bool *out, struct repo *r, const struct oid *a, const struct oid *b,
                      struct err *err)
{
	CLEANUP(handle_return) struct handle *h = NULL;
	int code;

	*out = oid_eq(a, b);
	if (*out)
		return true;
	h = handle_borrow(r, err);
	if (!h)
		return false;
	code = git_graph_descendant_of(h->git, oid_git(b), oid_git(a));
	if (code < 0)
		return fail_git(r, code, NULL, err, "compare two histories");
	*out = code == 1;
	return true;
}

bool repo_merge_base(struct oid *out, bool *found, struct repo *r, const struct oid *a,
                     const struct oid *b, struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	git_oid id;
	int code;

	if (!h)
		return false;
	code = git_merge_base(&id, h->git, oid_git(a), oid_git(b));
	*found = !code;
	if (!code)
		*out = oid_of(&id);
	return !code || code == GIT_ENOTFOUND ||
	       fail_git(r, code, NULL, err, "compare two histories");
}

bool repo_has(struct repo *r, const struct oid *id)
{
	struct err ignored = {0};
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, &ignored);

	return h && git_odb_exists(h->odb, oid_git(id));
}

static void free_walk(git_revwalk **walk)
{
	git_revwalk_free(*walk);
}

static int start_walk(git_revwalk **out, struct handle *h, const struct oid *from,
                      const struct oid *hide)
{
	int code = git_revwalk_new(out, h->git);

	if (!code)
		code = git_revwalk_sorting(*out, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (!code)
		code = git_revwalk_push(*out, oid_git(from));
	if (!code && hide)
		code = git_revwalk_hide(*out, oid_git(hide));
	return code;
}

bool repo_walk(struct repo *r, const struct oid *from, const struct oid *hide,
               repo_commit_fn *fn, void *ctx, struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	CLEANUP(free_walk) git_revwalk *walk = NULL;
	git_oid id;
	int code;

	if (!h)
		return false;
	code = start_walk(&walk, h, from, hide);
	while (!code && !(code = git_revwalk_next(&id, walk))) {
		struct oid here = oid_of(&id);

		if (!fn(ctx, &here))
			return true;
	}
	return code == GIT_ITEROVER || fail_git(r, code, NULL, err, "read the history");
}
