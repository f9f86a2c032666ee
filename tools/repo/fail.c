#include "repo/internal.h"

#include <stdio.h>
#include <string.h>

const char *git_said(void)
{
	const git_error *e = git_error_last();

	return e && e->message ? e->message : "for an unknown reason";
}

static bool said(const char *words)
{
	return strstr(git_said(), words) != NULL;
}

const char *why_missing(const struct repo *r)
{
	if (r->partial)
		return "its content is not in this partial clone; fetch it with "
		       "\"git fetch --refetch --no-filter\"";
	if (r->shallow)
		return "its content is not in this shallow clone; fetch it with "
		       "\"git fetch --unshallow\"";
	return "its content is missing in the repository; see \"git fsck\"";
}

bool fail_missing(const struct repo *r, const git_oid *id, struct err *err)
{
	char object[64] = "an object";

	if (id)
		snprintf(object, sizeof(object), "the object %.10s", git_oid_tostr_s(id));
	if (r->partial)
		return err_set(err, ERR_REPO,
		               "%s is not in this partial clone; fetch what was left out "
		               "with \"git fetch --refetch --no-filter\"",
		               object);
	if (r->shallow)
		return err_set(err, ERR_REPO,
		               "%s is not in this shallow clone; fetch the whole history "
		               "with \"git fetch --unshallow\"",
		               object);
	return err_set(err, ERR_REPO,
	               "%s is missing in the repository \"%s\"; \"git fsck\" tells what "
	               "else is, \"git fetch\" or a fresh clone may bring it back",
	               object, r->folder.s);
}

bool fail_git(const struct repo *r, int code, const git_oid *id, struct err *err,
              const char *action)
{
	const git_error *e = git_error_last();

	if (code == GIT_ENOTFOUND || said("object not found"))
		return fail_missing(r, id, err);
	if (code == GIT_EMISMATCH || (e && e->klass == GIT_ERROR_ZLIB))
		return err_set(err, ERR_REPO,
		               "the repository \"%s\" is damaged (%s); see \"git fsck\"",
		               r->folder.s, git_said());
	return err_set(err, ERR_REPO, "cannot %s in \"%s\": %s", action, r->folder.s,
	               git_said());
}

static bool fail_owner(struct str dir, struct arena *arena, struct err *err)
{
	git_buf found = {0};
	struct str top;

	/* The exact path is asked for: the work tree, or the folder of a bare repository. */
	if (git_repository_discover(&found, arena_str(arena, dir).s, 0, NULL))
		top = arena_str(arena, dir);
	else
		top = arena_str(arena, (struct str){found.ptr, found.size});
	git_buf_dispose(&found);
	if (str_ends(top, STR("/")))
		top.n--;
	if (str_ends(top, STR("/.git")))
		top.n -= 5;
	return err_set(err, ERR_REPO,
	               "the repository \"" STR_FMT "\" belongs to another user; if you "
	               "trust it: git config --global --add safe.directory \"" STR_FMT
	               "\"",
	               STR_ARG(top), STR_ARG(top));
}

bool fail_open(int code, struct str dir, struct arena *arena, struct err *err)
{
	if (code == GIT_EOWNER || said("safe.directory"))
		return fail_owner(dir, arena, err);
	if (code == GIT_ENOTFOUND)
		return err_set(err, ERR_REPO,
		               "\"" STR_FMT
		               "\" is in no git repository; change to one, or "
		               "make it one with \"git init\"",
		               STR_ARG(dir));
	if (said("extensions.objectformat"))
		return err_set(err, ERR_REPO,
		               "the repository of \"" STR_FMT
		               "\" uses SHA-256 object names, "
		               "which cannot be read yet; use a repository made with "
		               "\"git init --object-format=sha1\"",
		               STR_ARG(dir));
	if (said("extensions.refstorage"))
		return err_set(err, ERR_REPO,
		               "the repository of \"" STR_FMT
		               "\" keeps its references as "
		               "reftable, which cannot be read yet; convert it with "
		               "\"git refs migrate --ref-format=files\"",
		               STR_ARG(dir));
	return err_set(err, ERR_REPO,
	               "the git repository of \"" STR_FMT "\" cannot be opened: %s",
	               STR_ARG(dir), git_said());
}
