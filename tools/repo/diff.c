#include "repo/internal.h"

#include "base/limits.h"

#include <string.h>

struct walk {
	struct repo *repo;
	struct handle *handle;
	struct buf path;
	repo_change_fn *fn;
	void *ctx;
	struct err *err;
	size_t seen; /* entries of trees: a few trees can be folded into endless ones */
	bool stop, failed;
};

/* One side of the walk: the entries of one tree that are left. */
struct side {
	const git_tree *tree; /* NULL: none */
	size_t at, n;
	const git_tree_entry *entry; /* the next one, NULL at the end */
};

static void side_next(struct side *s)
{
	s->entry = s->at < s->n ? git_tree_entry_byindex(s->tree, s->at++) : NULL;
}

static struct side side_start(const git_tree *tree)
{
	struct side s = {.tree = tree, .n = tree ? git_tree_entrycount(tree) : 0};

	side_next(&s);
	return s;
}

static bool is_folder(const git_tree_entry *e)
{
	return e && kind_of_mode(git_tree_entry_filemode_raw(e)) == TREE_FOLDER;
}

/*
 * The order of whole paths, in which a folder counts with a slash behind; so a file and a
 * folder of one name are two things.
 */
static int side_cmp(const struct side *a, const struct side *b)
{
	const char *x, *y;
	size_t i = 0;
	int cx, cy;

	if (!a->entry || !b->entry)
		return a->entry ? -1 : b->entry ? 1 : 0;
	x = git_tree_entry_name(a->entry);
	y = git_tree_entry_name(b->entry);
	while (x[i] && x[i] == y[i])
		i++;
	cx = x[i] ? (unsigned char)x[i] : is_folder(a->entry) ? '/' : 0;
	cy = y[i] ? (unsigned char)y[i] : is_folder(b->entry) ? '/' : 0;
	return cx - cy;
}

static void walk_fail(struct walk *w, const char *what)
{
	err_set(w->err, ERR_LIMIT, "%s in the repository \"%s\"", what,
	        w->repo->folder.s);
	w->failed = w->stop = true;
}

static void tell(struct walk *w, const git_tree_entry *old, const git_tree_entry *new)
{
	struct oid a = {{0}}, b = {{0}};
	struct repo_change c = {.path = buf_str(&w->path)};

	if (old) {
		a = oid_of(git_tree_entry_id(old));
		c.old = &a;
		c.old_link = kind_of_mode(git_tree_entry_filemode_raw(old)) != TREE_FILE;
	}
	if (new) {
		b = oid_of(git_tree_entry_id(new));
		c.new = &b;
		c.new_link = kind_of_mode(git_tree_entry_filemode_raw(new)) != TREE_FILE;
	}
	if (!w->fn(w->ctx, &c))
		w->stop = true;
}

static bool get_tree(git_tree **out, struct walk *w, const git_oid *id)
{
	int code = id ? git_tree_lookup(out, w->handle->git, id) : 0;

	if (code && !w->failed) {
		fail_git(w->repo, code, id, w->err, "read a folder");
		w->failed = w->stop = true;
	}
	return !code;
}

static void walk_trees(struct walk *w, const git_oid *old, const git_oid *new, int depth);

static bool same(const git_tree_entry *a, const git_tree_entry *b)
{
	return git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	       git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b);
}

/* OLD or NEW or both: both are files, or both are folders. */
static void walk_entry(struct walk *w, const git_tree_entry *old,
                       const git_tree_entry *new, int depth)
{
	size_t n = w->path.n;

	if (++w->seen > LIMIT_FILES) {
		walk_fail(w, "too many files differ");
		return;
	}
	if (old && new &&same(old, new))
		return;
	if (n)
		buf_addc(&w->path, '/');
	buf_addz(&w->path, git_tree_entry_name(old ? old : new));
	if (w->path.overflow)
		walk_fail(w, "a path is too long");
	else if (is_folder(old ? old : new))
		walk_trees(w, old ? git_tree_entry_id(old) : NULL,
		           new ? git_tree_entry_id(new) : NULL, depth + 1);
	else
		tell(w, old, new);
	buf_truncate(&w->path, n);
}

/* As deep as LIMIT_WALK_DEPTH. */
static void walk_trees(struct walk *w, const git_oid *old, const git_oid *new, int depth)
{
	CLEANUP(free_tree) git_tree *old_tree = NULL, *new_tree = NULL;
	struct side a, b;

	if (old && new &&git_oid_equal(old, new))
		return;
	if (depth > LIMIT_WALK_DEPTH) {
		walk_fail(w, "folders are nested too deeply");
		return;
	}
	if (!get_tree(&old_tree, w, old) || !get_tree(&new_tree, w, new))
		return;
	a = side_start(old_tree);
	b = side_start(new_tree);
	while (!w->stop && (a.entry || b.entry)) {
		int order = side_cmp(&a, &b);

		walk_entry(w, order <= 0 ? a.entry : NULL, order >= 0 ? b.entry : NULL,
		           depth);
		if (order <= 0)
			side_next(&a);
		if (order >= 0)
			side_next(&b);
	}
}

/* The folder BELOW of TREE into *ID; NULL when there is none, which is the empty tree. */
static const git_oid *folder_of(struct repo *r, const struct oid *tree, struct str below,
                                struct oid *id)
{
	if (!tree || repo_at(id, r, tree, below) != TREE_FOLDER)
		return NULL;
	return oid_git(id);
}

bool repo_diff(struct repo *r, const struct oid *old_tree, const struct oid *new_tree,
               struct str below, repo_change_fn *fn, void *ctx, struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	CLEANUP(buf_release) struct buf path = BUF_INIT(PATH_BYTES);
	struct walk w = {.repo = r, .handle = h, .fn = fn, .ctx = ctx, .err = err};
	struct oid old, new;

	if (!h)
		return false;
	buf_add(&path, below);
	w.path = path;
	walk_trees(&w, folder_of(r, old_tree, below, &old),
	           folder_of(r, new_tree, below, &new), 1);
	path = w.path;
	return !w.failed;
}
