#include "repo/internal.h"

#include <stdlib.h>
#include <string.h>

struct staged {
	struct str path;
	struct oid id;
	unsigned mode;
	bool conflict;
};

struct index_view {
	struct tree tree; /* first: a struct tree * is one of these */
	struct repo *repo;
	struct staged *files; /* n of them, sorted by path, each path once */
	size_t n;
};

static const struct index_view *view_of(const struct tree *t)
{
	return (const struct index_view *)(const void *)t;
}

/* ---- reading it ---- */

static bool fail_index(const struct repo *r, const char *file, struct err *err)
{
	const char *said = git_said();

	if (strstr(said, "'link'"))
		return err_set(
		        err, ERR_REPO,
		        "the index \"%s\" is split, which cannot be read; join it with "
		        "\"git update-index --no-split-index\"",
		        file);
	if (strstr(said, "'sdir'"))
		return err_set(
		        err, ERR_REPO,
		        "the index \"%s\" is sparse, which cannot be read; fill it with "
		        "\"git sparse-checkout reapply --no-sparse-index\"",
		        file);
	return err_set(
	        err, ERR_REPO,
	        "the index \"%s\" cannot be read (%s); if it is damaged, remove it and "
	        "run \"git reset\" in \"%s\"",
	        file, said, r->top.s ? r->top.s : r->folder.s);
}

/* What is only going to be added ("git add -N") is no part of a commit. */
static bool only_intended(const git_index_entry *e)
{
	return e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD;
}

bool index_open(git_index **out, struct repo *r, struct arena *arena, struct err *err)
{
	const char *set = getenv("GIT_INDEX_FILE");
	struct str file = set && *set ? arena_str(arena, str_of(set))
	                              : arena_fmt(arena, "%s/index", r->git_dir.s);
	int code = git_index_open(out, file.s);

	return !code || fail_index(r, file.s, err);
}

static void note(struct index_view *v, const git_index_entry *e, struct arena *arena)
{
	struct str path = str_of(e->path);
	bool conflict = GIT_INDEX_ENTRY_STAGE(e) != 0;

	if (only_intended(e))
		return;
	if (v->n && str_eq(v->files[v->n - 1].path, path))
		return; /* another side of the same conflict */
	v->files[v->n++] = (struct staged){arena_str(arena, path), oid_of(&e->id),
	                                   e->mode, conflict};
}

/* ---- looking things up ---- */

/* Whether A comes before B followed by the byte TAIL. */
static bool before(struct str a, struct str b, char tail)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.s, b.s, n) : 0;

	if (order || a.n <= b.n)
		return order ? order < 0 : true;
	return (unsigned char)a.s[b.n] < (unsigned char)tail;
}

/* The first file from FROM on that does not come before DIR with TAIL behind. */
static size_t bound(const struct index_view *v, size_t from, struct str dir, char tail)
{
	size_t to = v->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (before(v->files[mid].path, dir, tail))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

struct range {
	size_t from, to;
};

/* The files below the folder DIR: those from "DIR/" to before "DIR0", the byte behind '/'. */
static struct range below(const struct index_view *v, size_t from, struct str dir)
{
	struct range r = {from, v->n};

	if (!dir.n)
		return r;
	r.from = bound(v, from, dir, '/');
	r.to = bound(v, r.from, dir, '/' + 1);
	return r;
}

static const struct staged *find_file(const struct index_view *v, struct str path)
{
	size_t from = 0, to = v->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int order = str_cmp(v->files[mid].path, path);

		if (!order)
			return &v->files[mid];
		if (order < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

static enum tree_kind find(const struct staged **file, const struct tree *t,
                           struct str path)
{
	const struct index_view *v = view_of(t);
	struct place place;
	struct range r;

	*file = NULL;
	if (!place_of(&place, v->repo, path))
		return TREE_NONE;
	path = (struct str){place.s, place.n};
	*file = find_file(v, path);
	if (*file)
		return kind_of_mode((*file)->mode);
	r = below(v, 0, path);
	return r.from < r.to || !path.n ? TREE_FOLDER : TREE_NONE;
}

/* ---- the tree ---- */

static enum source_status view_read(const struct tree *t, struct source *out,
                                    struct buf *buf, struct str path, const char **why)
{
	const struct staged *file;

	buf_reset(buf);
	*why = why_unreadable(find(&file, t, path));
	if (file && file->conflict)
		*why = "it has merge conflicts";
	if (*why)
		return SOURCE_UNREADABLE;
	return read_blob(view_of(t)->repo, out, buf, path, oid_git(&file->id), why);
}

/* The piece behind "DIR/" of the next file, and in *AT the file behind all of that piece. */
static struct tree_item next_item(const struct index_view *v, size_t *at, size_t skip)
{
	struct staged *file = &v->files[*at];
	struct str rest = str_sub(file->path, skip, file->path.n);
	size_t slash = str_find(rest, '/');

	if (slash == rest.n) {
		*at += 1;
		return (struct tree_item){rest, kind_of_mode(file->mode)};
	}
	*at = below(v, *at, str_sub(file->path, 0, skip + slash)).to;
	return (struct tree_item){str_sub(rest, 0, slash), TREE_FOLDER};
}

static bool view_list(const struct tree *t, struct tree_items *out, struct str dir,
                      struct arena *arena, const char **why)
{
	const struct index_view *v = view_of(t);
	const struct staged *file;
	enum tree_kind kind = find(&file, t, dir);
	struct place place;
	struct range r;
	size_t cap = 0;

	*out = (struct tree_items){0};
	if (kind != TREE_FOLDER || !place_of(&place, v->repo, dir)) {
		*why = kind == TREE_NONE ? "No such file or directory"
		                         : "it is not a folder";
		return false;
	}
	r = below(v, 0, (struct str){place.s, place.n});
	while (r.from < r.to) {
		struct tree_item item = next_item(v, &r.from, place.n ? place.n + 1 : 0);

		if (str_starts(item.name, STR(".")))
			continue;
		item.name = arena_str(arena, item.name);
		*arena_push(arena, out->items, out->n, cap) = item;
	}
	items_sort(out);
	return true;
}

static enum tree_kind view_kind(const struct tree *t, struct str path)
{
	const struct staged *file;

	return find(&file, t, path);
}

static bool view_content(const struct tree *t, unsigned char id[20], struct str path)
{
	const struct staged *file;

	(void)find(&file, t, path);
	if (!file || file->conflict)
		return false;
	memcpy(id, file->id.id, sizeof(file->id.id));
	return true;
}

bool repo_index(const struct tree **out, struct repo *r, struct arena *arena,
                struct err *err)
{
	CLEANUP(free_index) git_index *index = NULL;
	struct index_view *v = arena_new(arena, struct index_view);
	size_t n;

	if (!index_open(&index, r, arena, err))
		return false;
	*v = (struct index_view){
	        .tree = {.read = view_read,
	                 .list = view_list,
	                 .kind = view_kind,
	                 .content = view_content},
	        .repo = r,
	};
	n = git_index_entrycount(index);
	v->files = arena_array(arena, struct staged, n);
	for (size_t i = 0; i < n; i++)
		note(v, git_index_get_byindex(index, i), arena);
	*out = &v->tree;
	return true;
}

/* ---- as a tree object ---- */

static int drop_intended(git_index *index)
{
	int code = 0;

	for (size_t i = git_index_entrycount(index); i > 0 && !code; i--) {
		const git_index_entry *e = git_index_get_byindex(index, i - 1);

		if (only_intended(e))
			code = git_index_remove(index, e->path, 0);
	}
	return code;
}

bool repo_index_write_tree(struct oid *out, struct repo *r, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(free_index) git_index *index = NULL;
	git_oid id;
	int code;

	if (!index_open(&index, r, &arena, err))
		return false;
	if (git_index_has_conflicts(index))
		return err_set(err, ERR_REPO,
		               "the index has merge conflicts; mend the files that "
		               "\"git status\" names and \"git add\" them");
	HOLD(&r->main_lock);
	code = drop_intended(index);
	if (!code)
		code = git_index_write_tree_to(&id, index, r->main);
	if (code)
		return fail_git(r, GIT_ERROR, NULL, err, "write what is staged");
	*out = oid_of(&id);
	return true;
}
