#include "repo/internal.h"

#include <string.h>

/* What could not be written, and the usual reasons in libgit2's words. */
static bool fail_write(const struct repo *r, int code, const git_oid *id, struct err *err,
                       const char *what)
{
	if (code == GIT_ENOTFOUND)
		return fail_missing(r, id, err);
	return err_set(
	        err, ERR_REPO,
	        "cannot write %s into the repository \"%s\": %s; nothing that was there "
	        "is changed",
	        what, r->folder.s, git_said());
}

bool repo_write_blob(struct oid *out, struct repo *r, struct str bytes, struct err *err)
{
	git_oid id;
	int code;

	HOLD(&r->main_lock);
	code = git_blob_create_from_buffer(&id, r->main, bytes.s ? bytes.s : "", bytes.n);
	if (code)
		return fail_write(r, code, NULL, err, "a file");
	*out = oid_of(&id);
	return true;
}

/* "Name <address>" */
static int signature(git_signature **out, struct str who, int64_t time)
{
	CLEANUP(arena_release) struct arena arena = {0};
	size_t open = str_rfind(who, '<');
	struct str name = str_trim(str_sub(who, 0, open));
	struct str mail = str_sub(who, open + 1 < who.n ? open + 1 : who.n, who.n);

	if (str_ends(mail, STR(">")))
		mail.n--;
	if (memchr(who.n ? who.s : "", '\n', who.n))
		return GIT_EINVALID;
	return git_signature_new(out, arena_str(&arena, name).s,
	                         arena_str(&arena, mail).s, time, 0);
}

static bool make_signature(git_signature **out, struct str who, int64_t time,
                           struct err *err)
{
	if (!signature(out, who, time))
		return true;
	return err_set(err, ERR_USAGE,
	               "\"" STR_FMT "\" is no name and address as git wants them: write "
	               "\"Name <you@example.org>\"",
	               STR_ARG(who));
}

bool repo_write_commit(struct oid *out, struct repo *r, const struct oid *tree,
                       const struct oid *parent, struct str who, int64_t time,
                       struct str message, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(free_signature) git_signature *by = NULL;
	CLEANUP(free_commit) git_commit *before = NULL;
	CLEANUP(free_tree) git_tree *root = NULL;
	const git_commit *parents[1];
	git_oid id;
	int code;

	if (!make_signature(&by, who, time, err))
		return false;
	HOLD(&r->main_lock);
	code = git_tree_lookup(&root, r->main, oid_git(tree));
	if (!code && parent)
		code = git_commit_lookup(&before, r->main, oid_git(parent));
	parents[0] = before;
	if (!code)
		code = git_commit_create(&id, r->main, NULL, by, by, NULL,
		                         arena_str(&arena, message).s, root,
		                         parent ? 1 : 0, parents);
	if (code)
		return fail_write(r, code, NULL, err, "a commit");
	*out = oid_of(&id);
	return true;
}

bool repo_write_tag(struct oid *out, struct repo *r, struct str name,
                    const struct oid *commit, struct str who, int64_t time,
                    struct str message, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(free_signature) git_signature *by = NULL;
	CLEANUP(free_object) git_object *target = NULL;
	const char *z = arena_str(&arena, name).s;
	git_oid id;
	int code, valid;

	if (!make_signature(&by, who, time, err))
		return false;
	HOLD(&r->main_lock);
	code = git_object_lookup(&target, r->main, oid_git(commit), GIT_OBJECT_COMMIT);
	if (code)
		return fail_write(r, code, oid_git(commit), err, "a tag");
	if (git_tag_name_is_valid(&valid, z) || !valid || strlen(z) != name.n)
		return err_set(err, ERR_USAGE,
		               "\"" STR_FMT "\" cannot be the name of a tag in git",
		               STR_ARG(name));
	code = git_tag_annotation_create(&id, r->main, z, target, by,
	                                 arena_str(&arena, message).s);
	if (code)
		return fail_write(r, code, NULL, err, "a tag");
	*out = oid_of(&id);
	return true;
}
