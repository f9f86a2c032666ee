/*
 * work.c - the work tree as the commit that nobody has made of it yet
 */
#include "repo/internal.h"

#include "base/limits.h"
#include "base/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of a commit that is only looked at: the same whoever looks. */
#define WORK_AUTHOR "work tree <work.tree@localhost>"
#define WORK_MESSAGE "the work tree\n"

struct working {
	struct repo *repo;
	struct str except; /* a folder of the repository; absent: none */
	struct repo_edit *edits; /* n of them */
	size_t n, cap;
	uint64_t bytes; /* of the files; all of them are in memory at last */
	struct arena *arena;
	struct err *err;
};

/* Unmerged are U on either side, and both added or both deleted. */
static bool is_unmerged(struct str state)
{
	return memchr(state.s, 'U', 2) || str_starts(state, STR("AA")) ||
	       str_starts(state, STR("DD"));
}

static const char *path_on_disk(const struct working *w, struct str path)
{
	return arena_fmt(w->arena, STR_FMT "/" STR_FMT, STR_ARG(w->repo->top),
	                 STR_ARG(path))
	        .s;
}

static bool fail_read(struct working *w, struct str path, const char *why)
{
	return err_set(w->err, ERR_IO, "cannot read \"" STR_FMT "\": %s", STR_ARG(path),
	               why);
}

/* The file as git would take it in: line ends and filters as configured. */
static bool write_file(struct working *w, struct repo_edit *edit)
{
	git_oid id;
	int code;

	HOLD(&w->repo->main_lock);
	code = git_blob_create_from_disk(&id, w->repo->main, path_on_disk(w, edit->path));
	if (code)
		return fail_read(w, edit->path, git_said());
	edit->blob = oid_of(&id);
	return true;
}

static bool write_files(struct working *w)
{
	if (w->bytes > LIMIT_WORK_BYTES)
		return err_set(w->err, ERR_LIMIT,
		               "files that are not committed have more than %u MiB "
		               "together; commit them, or name in .gitignore what is of "
		               "no dataset",
		               LIMIT_WORK_BYTES / (1024 * 1024));
	for (size_t i = 0; i < w->n; i++)
		if (!w->edits[i].removed && !write_file(w, &w->edits[i]))
			return false;
	return true;
}

static bool take(void *ctx, struct str state, struct str path)
{
	struct working *w = ctx;
	struct repo_edit edit = {.path = arena_str(w->arena, path)};
	struct stat st;

	if (w->except.n && path_below(w->except, edit.path))
		return true;
	if (is_unmerged(state))
		return err_set(w->err, ERR_REPO,
		               "\"" STR_FMT "\" has merge conflicts; mend it and "
		               "\"git add\" it",
		               STR_ARG(edit.path));
	edit.removed = lstat(path_on_disk(w, edit.path), &st) != 0;
	if (edit.removed && errno != ENOENT && errno != ENOTDIR)
		return fail_read(w, edit.path, strerror(errno));
	/* Links and other repositories stay as the commit has them, and so does what no
	   dataset can read. */
	if (!edit.removed &&
	    (!S_ISREG(st.st_mode) || st.st_size > (off_t)LIMIT_FILE_BYTES))
		return true;
	w->bytes += edit.removed ? 0 : (uint64_t)st.st_size;
	*arena_push(w->arena, w->edits, w->n, w->cap) = edit;
	return true;
}

static int by_path(const void *a, const void *b)
{
	const struct repo_edit *x = a, *y = b;

	return str_cmp(x->path, y->path);
}

/* Sorted; a path that is told twice (deleted in the index, new on the disk) is the same twice. */
static void finish_edits(struct working *w)
{
	size_t n = 0;

	if (w->n)
		qsort(w->edits, w->n, sizeof(*w->edits), by_path);
	for (size_t i = 0; i < w->n; i++)
		if (!n || !str_eq(w->edits[n - 1].path, w->edits[i].path))
			w->edits[n++] = w->edits[i];
	w->n = n;
}

bool repo_changed(struct repo *r,
                  bool (*each)(void *ctx, struct str state, struct str path), void *ctx,
                  struct err *err)
{
	/* Without the first one git would write what it found out. */
	static const char *const args[] = {
	        "--no-optional-locks",   "status", "--porcelain", "-z", "--no-renames",
	        "--untracked-files=all", NULL};
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str rest, item;
	int status;

	if (!repo_git(r, args, STR(""), &out, &talk, &status, err))
		return false;
	if (status || out.overflow)
		return err_set(err, ERR_REPO,
		               "git does not say what is changed in \"%s\": " STR_FMT,
		               r->top.s, STR_ARG(str_trim(buf_str(&talk))));
	rest = buf_str(&out);
	while (rest.n && str_split(&rest, '\0', &item))
		if (item.n > 3 &&
		    !each(ctx, str_sub(item, 0, 2), str_sub(item, 3, item.n)))
			return false;
	return true;
}

bool repo_work_commit(struct oid *out, struct repo *r, struct str except, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct working w = {.repo = r, .arena = &arena, .err = err};
	struct commit head;
	struct oid id, tree;

	if (!repo_resolve(&id, r, STR("HEAD"), &arena, err) ||
	    !repo_commit(&head, r, &id, &arena, err) || !repo_write_apart(r, err))
		return false;
	w.except = repo_path(r, except, &arena);
	if (!repo_changed(r, take, &w, err))
		return false;
	finish_edits(&w);
	if (!write_files(&w) || !repo_write_tree(&tree, r, &head.tree, w.edits, w.n, err))
		return false;
	*out = head.id;
	return oid_eq(&tree, &head.tree) ||
	       repo_write_commit(out, r, &tree, &head.id, STR(WORK_AUTHOR),
	                         head.committed, STR(WORK_MESSAGE), err);
}
