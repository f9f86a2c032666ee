#include "repo/internal.h"

#include "base/limits.h"

#include <string.h>

/* A folder to be made: the edits below it, and how many bytes of their paths name it. */
struct level {
	const struct repo_edit *edits;
	size_t n, skip;
	int depth;
};

struct job {
	struct repo *repo;
	struct err *err;
};

static bool fail_edit(struct job *j, int code, const git_oid *id, struct str path)
{
	if (code == GIT_ENOTFOUND)
		return fail_missing(j->repo, id, j->err);
	return err_set(j->err, ERR_REPO,
	               "cannot put \"" STR_FMT "\" into a tree of \"%s\": %s",
	               STR_ARG(path), j->repo->folder.s, git_said());
}

static int start(git_treebuilder **out, struct repo *r, const git_oid *base)
{
	CLEANUP(free_tree) git_tree *tree = NULL;
	int code = base ? git_tree_lookup(&tree, r->main, base) : 0;

	return code ? code : git_treebuilder_new(out, r->main, tree);
}

static bool is_folder(const git_tree_entry *e)
{
	return e && kind_of_mode(git_tree_entry_filemode_raw(e)) == TREE_FOLDER;
}

/* A program stays one, as with `git add`. */
static git_filemode_t mode_for(const git_tree_entry *old)
{
	return old && git_tree_entry_filemode(old) == GIT_FILEMODE_BLOB_EXECUTABLE
	               ? GIT_FILEMODE_BLOB_EXECUTABLE
	               : GIT_FILEMODE_BLOB;
}

static bool edit_file(struct job *j, git_treebuilder *b, const struct repo_edit *e,
                      const char *name)
{
	const git_tree_entry *old = git_treebuilder_get(b, name);
	int code = 0;

	if (!e->removed)
		code = git_treebuilder_insert(NULL, b, name, oid_git(&e->blob),
		                              mode_for(old));
	else if (old && !is_folder(old))
		code = git_treebuilder_remove(b, name);
	return !code || fail_edit(j, code, oid_git(&e->blob), e->path);
}

static bool write_level(struct job *j, git_oid *out, bool *empty, const git_oid *base,
                        const struct level *l);

/* Whether a file at PATH is to be made: then nothing can be below it. */
static bool makes_file(const struct level *l, struct str path)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->edits[i].removed && str_eq(l->edits[i].path, path))
			return true;
	return false;
}

static bool edit_folder(struct job *j, git_treebuilder *b, const struct level *l,
                        const struct level *below, const char *name)
{
	const git_tree_entry *old = git_treebuilder_get(b, name);
	struct str path = str_sub(below->edits[0].path, 0, below->skip - 1);
	git_oid id;
	bool empty;
	int code = 0;

	if (!write_level(j, &id, &empty, is_folder(old) ? git_tree_entry_id(old) : NULL,
	                 below))
		return false;
	old = git_treebuilder_get(b, name);
	if (!empty && old && !is_folder(old) && makes_file(l, path))
		return err_set(j->err, ERR_REPO,
		               "\"" STR_FMT
		               "\" is to be both a file and a folder of one tree",
		               STR_ARG(path));
	if (!empty)
		code = git_treebuilder_insert(NULL, b, name, &id, GIT_FILEMODE_TREE);
	else if (is_folder(old))
		code = git_treebuilder_remove(b, name);
	return !code || fail_edit(j, code, &id, path);
}

/* How many edits from FROM on lie in the folder that the first LEN bytes of its path name. */
static size_t count_below(const struct level *l, size_t from, size_t len)
{
	struct str folder = str_sub(l->edits[from].path, 0, len);
	size_t n = 1;

	while (from + n < l->n && str_starts(l->edits[from + n].path, folder))
		n++;
	return n;
}

/* Do the edits from *AT on that concern one file or one folder. */
static bool edit_next(struct job *j, git_treebuilder *b, const struct level *l,
                      size_t *at)
{
	const struct repo_edit *e = &l->edits[*at];
	struct str rest = str_sub(e->path, l->skip, e->path.n);
	size_t len = str_find(rest, '/');
	struct level below = {e, 1, l->skip + len + 1, l->depth + 1};
	char name[PATH_BYTES];

	if (len >= sizeof(name))
		return err_set(j->err, ERR_LIMIT,
		               "a file's name of %zu bytes is too long", len);
	memcpy(name, rest.s, len);
	name[len] = '\0';
	if (len == rest.n) {
		*at += 1;
		return edit_file(j, b, e, name);
	}
	below.n = count_below(l, *at, below.skip);
	*at += below.n;
	return edit_folder(j, b, l, &below, name);
}

/* As deep as LIMIT_WALK_DEPTH. */
static bool write_level(struct job *j, git_oid *out, bool *empty, const git_oid *base,
                        const struct level *l)
{
	CLEANUP(free_builder) git_treebuilder *b = NULL;
	struct str path = l->n ? l->edits[0].path : STR("");
	int code;

	if (l->depth > LIMIT_WALK_DEPTH)
		return err_set(j->err, ERR_LIMIT,
		               "the folders of \"" STR_FMT "\" are nested too deeply",
		               STR_ARG(path));
	code = start(&b, j->repo, base);
	if (code)
		return fail_edit(j, code, base, path);
	for (size_t at = 0; at < l->n;)
		if (!edit_next(j, b, l, &at))
			return false;
	*empty = git_treebuilder_entrycount(b) == 0;
	if (*empty && l->depth) /* git knows no empty folders */
		return true;
	code = git_treebuilder_write(out, b);
	return !code || fail_edit(j, code, NULL, path);
}

static bool check_edits(const struct repo_edit *edits, size_t n, struct err *err)
{
	for (size_t i = 1; i < n; i++)
		if (str_cmp(edits[i - 1].path, edits[i].path) >= 0)
			return err_set(err, ERR_REPO,
			               "\"" STR_FMT
			               "\" is to be changed twice in one tree",
			               STR_ARG(edits[i].path));
	return true;
}

bool repo_write_tree(struct oid *out, struct repo *r, const struct oid *base,
                     const struct repo_edit *edits, size_t n, struct err *err)
{
	struct level top = {.edits = edits, .n = n};
	struct job job = {r, err};
	git_oid id;
	bool empty;

	if (!check_edits(edits, n, err))
		return false;
	HOLD(&r->main_lock);
	if (!write_level(&job, &id, &empty, base ? oid_git(base) : NULL, &top))
		return false;
	*out = oid_of(&id);
	return true;
}
