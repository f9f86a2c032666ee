#include "repo/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

struct names {
	struct str *items;
	size_t n, cap;
	struct arena *arena;
};

static struct str short_name(struct str name)
{
	static const char *const prefixes[] = {"refs/heads/", "refs/tags/",
	                                       "refs/remotes/"};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_starts(name, str_of(prefixes[i])))
			return str_sub(name, strlen(prefixes[i]), name.n);
	return STR_NONE;
}

static bool note_name(void *ctx, struct str name, const struct oid *target)
{
	struct names *names = ctx;
	struct str s = short_name(name);

	(void)target;
	if (s.n)
		*arena_push(names->arena, names->items, names->n, names->cap) =
		        arena_str(names->arena, s);
	return true;
}

static struct str nearest(struct repo *r, struct str word, struct arena *arena)
{
	struct names names = {.arena = arena};
	struct err ignored = {0};

	if (word.n > LIMIT_SUGGEST_CHARS ||
	    !repo_refs(r, "refs/*", note_name, &names, &ignored))
		return STR_NONE;
	return text_nearest(word, names.items, names.n);
}

/* The branch or tag that REV starts from: "main" of "main~2". */
static struct str base_of(struct str rev)
{
	size_t n = 0;

	while (n < rev.n && !strchr("~^:@", rev.s[n]))
		n++;
	return str_sub(rev, 0, n);
}

static bool is_head(struct str base)
{
	return !base.n || str_eqz(base, "HEAD");
}

static bool all_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789abcdefABCDEF", s.s[i]))
			return false;
	return true;
}

static int find_hash(struct handle *h, struct str hex)
{
	CLEANUP(free_object) git_object *o = NULL;
	git_oid id;
	int code = git_oid_fromstrn(&id, hex.s, hex.n);

	return code ? code
	            : git_object_lookup_prefix(&o, h->git, &id, hex.n, GIT_OBJECT_ANY);
}

/*
 * Whether there is anything at the start of REV. What is not there is not asked of libgit2: it
 * compares such names with a pattern, and leaks.
 */
static int find_base(struct handle *h, struct str rev, struct arena *arena)
{
	CLEANUP(free_reference) git_reference *ref = NULL;
	struct str base = arena_str(arena, base_of(rev));
	int code;

	if (is_head(base) || strstr(base.s, "-g"))
		return 0;
	code = git_reference_dwim(&ref, h->git, base.s);
	if (code && base.n >= GIT_OID_MINPREFIXLEN && base.n <= OID_HEX && all_hex(base))
		code = find_hash(h, base);
	return code;
}

static bool fail_unborn(struct handle *h, struct err *err)
{
	CLEANUP(free_reference) git_reference *head = NULL;
	const char *name = "HEAD";

	if (!git_reference_lookup(&head, h->git, "HEAD") &&
	    git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		name = git_reference_symbolic_target(head);
	if (strncmp(name, "refs/heads/", 11) == 0)
		name += 11;
	return err_set(err, ERR_REPO,
	               "the branch \"%s\" has no commit yet; make the first one with "
	               "\"git commit\"",
	               name);
}

static bool fail_unknown(struct repo *r, struct handle *h, struct str rev,
                         struct arena *arena, struct err *err)
{
	struct str base = base_of(rev), near;

	if (is_head(base) && git_repository_head_unborn(h->git) == 1)
		return fail_unborn(h, err);
	if (base.n < rev.n && base.n && !find_base(h, base, arena))
		return r->shallow ? fail_missing(r, NULL, err)
		                  : err_set(err, ERR_USAGE,
		                            "there is no \"" STR_FMT "\": \"" STR_FMT
		                            "\" is there, but leads to no such commit",
		                            STR_ARG(rev), STR_ARG(base));
	near = nearest(r, base, arena);
	if (near.s)
		return err_set(err, ERR_USAGE,
		               "there is no revision \"" STR_FMT
		               "\"; did you mean \"" STR_FMT "\"?",
		               STR_ARG(rev), STR_ARG(near));
	return err_set(err, ERR_USAGE,
	               "there is no revision \"" STR_FMT
	               "\"; name a branch, a tag or the "
	               "hash of a commit%s",
	               STR_ARG(rev),
	               r->shallow ? " (\"git fetch --unshallow\" brings more)" : "");
}

static bool fail_resolve(struct repo *r, struct handle *h, int code, struct str rev,
                         struct arena *arena, struct err *err)
{
	if (code == GIT_ENOTFOUND || code == GIT_EUNBORNBRANCH)
		return fail_unknown(r, h, rev, arena, err);
	if (code == GIT_EAMBIGUOUS)
		return err_set(err, ERR_USAGE,
		               "several objects start with \"" STR_FMT
		               "\"; write more digits of the hash",
		               STR_ARG(rev));
	if (code == GIT_EINVALIDSPEC || code == GIT_EPEEL)
		return err_set(err, ERR_USAGE,
		               "\"" STR_FMT
		               "\" names no commit; name a branch, a tag or the "
		               "hash of a commit",
		               STR_ARG(rev));
	return fail_git(r, code, NULL, err, "find a revision");
}

bool repo_resolve(struct oid *out, struct repo *r, struct str rev, struct arena *arena,
                  struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	CLEANUP(free_object) git_object *o = NULL, *commit = NULL;
	int code;

	if (!h)
		return false;
	rev = arena_str(arena, rev);
	if (!rev.n || strlen(rev.s) != rev.n)
		return fail_resolve(r, h, GIT_EINVALIDSPEC, str_of(rev.s), arena, err);
	code = find_base(h, rev, arena);
	if (!code)
		code = git_revparse_single(&o, h->git, rev.s);
	if (code)
		return fail_resolve(r, h, code, rev, arena, err);
	code = git_object_peel(&commit, o, GIT_OBJECT_COMMIT);
	if (code == GIT_ENOTFOUND)
		return fail_missing(r, git_object_id(o), err);
	if (code)
		return fail_resolve(r, h, GIT_EPEEL, rev, arena, err);
	*out = oid_of(git_object_id(commit));
	return true;
}
