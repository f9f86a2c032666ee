/*
 * steps.c - many trees in a row, path by path
 *
 * Neighbouring releases share most of what they hold, and what two of them do not share has
 * neighbours of its own: a folder that is the same in two trees in a row is read once for both,
 * and each one that is read is compared with the one before it only.
 */
#include "repo/internal.h"

#include "base/limits.h"

#include <string.h>

#define MANY_FOLDERS 64 /* so many in one are dealt out */

struct stairs {
	struct handle *handle;
	struct repo *repo;
	struct buf path;
	repo_steps_fn *fn;
	void *ctx;
	struct err *err;
	size_t seen; /* names: a few trees can be folded into endless ones */
	size_t part, parts;
	bool dealt; /* inside of a folder that is this part's alone */
	bool stop;
};

/* One name of a folder, over all trees. */
struct item {
	struct str name;
	bool folder; /* a file and a folder of one name are two things */
	struct repo_step *steps;
	size_t n, cap;
};

struct items {
	struct item *list; /* n of them, in git's order */
	size_t n;
	struct item *room[2]; /* the list is in one, the next is made in the other */
	size_t cap[2];
};

static bool fail(struct stairs *s, const char *what)
{
	s->stop = true;
	return err_set(s->err, ERR_LIMIT, "%s in the repository \"%s\"", what,
	               s->repo->folder.s);
}

static bool fail_tree(struct stairs *s, const struct oid *id)
{
	CLEANUP(arena_release) struct arena arena = {0};

	s->stop = true;
	return err_set(s->err, ERR_REPO,
	               "the folder " STR_FMT
	               " is damaged in the repository \"%s\"; see \"git fsck\"",
	               STR_ARG(oid_hex(id, 10, &arena)), s->repo->folder.s);
}

/* The order of whole paths, in which a folder counts with a slash behind. */
static int order(struct str a, bool a_folder, struct str b, bool b_folder)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = memcmp(a.s, b.s, n), x, y;

	if (c)
		return c;
	x = a.n > n ? (unsigned char)a.s[n] : a_folder ? '/' : 0;
	y = b.n > n ? (unsigned char)b.s[n] : b_folder ? '/' : 0;
	return x - y;
}

/* From tree INDEX on, ID (NULL: nothing that counts) is what IT is. */
static void step(struct item *it, size_t index, const struct oid *id, struct arena *arena)
{
	static const struct oid none;
	const struct oid *to = id ? id : &none;

	if (it->n ? oid_eq(&it->steps[it->n - 1].id, to) : !id)
		return;
	*arena_push(arena, it->steps, it->n, it->cap) = (struct repo_step){index, *to};
}

static const struct oid *counted(const struct raw *r)
{
	return r->kind == TREE_FILE || r->kind == TREE_FOLDER ? &r->id : NULL;
}

/* Room for MOST items where the list is not. */
static struct item *other_room(struct items *all, size_t most, struct arena *arena)
{
	int i = all->list == all->room[0];

	if (all->cap[i] < most) {
		all->cap[i] = 2 * most;
		all->room[i] = arena_array(arena, struct item, all->cap[i]);
	}
	return all->room[i];
}

/* Merge the entries R of tree INDEX into ALL. */
static bool merge(struct stairs *s, struct items *all, struct raw *r, size_t index,
                  struct arena *arena)
{
	size_t most = all->n + r->rest.n / (sizeof(r->id.id) + 3) + 1, at = 0, n = 0;
	struct item *out = other_room(all, most, arena);
	bool bad = false, more = raw_next(r, &bad);

	while (at < all->n || more) {
		struct item *old = at < all->n ? &all->list[at] : NULL;
		int c = !old ? 1 : !more ? -1 : 0;

		if (!c)
			c = order(old->name, old->folder, r->name,
			          r->kind == TREE_FOLDER);
		out[n] = c <= 0 ? *old
		                : (struct item){.name = arena_str(arena, r->name),
		                                .folder = r->kind == TREE_FOLDER};
		step(&out[n++], index, c < 0 ? NULL : counted(r), arena);
		at += c <= 0;
		if (c >= 0)
			more = raw_next(r, &bad);
		if (n == most && (at < all->n || more))
			return fail(s, "a folder has too many names");
	}
	all->list = out;
	all->n = n;
	return !bad;
}

static bool read_folder(struct stairs *s, struct items *all, const struct repo_step *at,
                        struct arena *arena)
{
	CLEANUP(free_raw) git_odb_object *object = NULL;
	struct raw r = {0};
	int code;

	if (oid_is_zero(&at->id)) /* there is no such folder in this tree */
		return merge(s, all, &r, at->index, arena);
	code = raw_open(&object, &r, s->handle, &at->id);
	if (code && code != GIT_EPEEL) {
		s->stop = true;
		return fail_git(s->repo, code, oid_git(&at->id), s->err, "read a folder");
	}
	if (code || !merge(s, all, &r, at->index, arena))
		return s->stop ? false : fail_tree(s, &at->id);
	return true;
}

static void climb(struct stairs *s, const struct repo_step *steps, size_t n, int depth);

/* NOLINTNEXTLINE(misc-no-recursion): as deep as LIMIT_WALK_DEPTH */
static void tell(struct stairs *s, const struct item *it, int depth)
{
	size_t n = s->path.n;

	if (n)
		buf_addc(&s->path, '/');
	buf_add(&s->path, it->name);
	if (s->path.overflow)
		fail(s, "a path is too long");
	else if (it->folder)
		climb(s, it->steps, it->n, depth + 1);
	else if (it->n && !s->fn(s->ctx, buf_str(&s->path), it->steps, it->n))
		s->stop = true;
	buf_truncate(&s->path, n);
}

static size_t folders_of(const struct items *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->list[i].folder;
	return n;
}

/*
 * What lies in one folder, as far as it is this part's: folders that are not dealt out are looked
 * into by all parts, files outside of those that are belong to the first.
 */
/* NOLINTNEXTLINE(misc-no-recursion): as deep as LIMIT_WALK_DEPTH */
static void tell_all(struct stairs *s, const struct items *all, int depth)
{
	bool deal = !s->dealt && s->parts > 1 && folders_of(all) >= MANY_FOLDERS;
	size_t folders = 0;

	for (size_t i = 0; i < all->n && !s->stop; i++) {
		const struct item *it = &all->list[i];
		bool mine = s->dealt || (!it->folder ? !s->part : !deal);

		if (deal && it->folder)
			mine = s->dealt = folders++ % s->parts == s->part;
		if (mine)
			tell(s, it, depth);
		if (deal)
			s->dealt = false;
	}
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as LIMIT_WALK_DEPTH */
static void climb(struct stairs *s, const struct repo_step *steps, size_t n, int depth)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct items all = {0};

	if (depth > LIMIT_WALK_DEPTH) {
		fail(s, "folders are nested too deeply");
		return;
	}
	for (size_t i = 0; i < n && !s->stop; i++)
		if (!read_folder(s, &all, &steps[i], &arena))
			return;
	s->seen += all.n;
	if (s->seen > LIMIT_FILES) {
		fail(s, "too many files are there");
		return;
	}
	tell_all(s, &all, depth);
}

bool repo_steps_part(struct repo *r, const struct oid *trees, size_t n, size_t part,
                     size_t parts, repo_steps_fn *fn, void *ctx, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	struct stairs s = {.handle = h,
	                   .repo = r,
	                   .path = BUF_INIT(PATH_BYTES),
	                   .fn = fn,
	                   .ctx = ctx,
	                   .err = err,
	                   .part = part,
	                   .parts = parts};
	struct item root = {0};

	if (!h)
		return false;
	for (size_t i = 0; i < n; i++)
		step(&root, i, &trees[i], &arena);
	climb(&s, root.steps, root.n, 0);
	buf_release(&s.path);
	return !err->code;
}

bool repo_steps(struct repo *r, const struct oid *trees, size_t n, repo_steps_fn *fn,
                void *ctx, struct err *err)
{
	return repo_steps_part(r, trees, n, 0, 1, fn, ctx, err);
}
