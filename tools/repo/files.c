#include "repo/internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

struct tree_view {
	struct tree tree; /* first: a struct tree * is one of these */
	struct repo *repo;
	struct oid root;
	bool at_top; /* paths are the repository's, not those of the current folder */
};

static const struct tree_view *view_of(const struct tree *t)
{
	return (const struct tree_view *)(const void *)t;
}

static enum tree_kind find(struct oid *id, const struct tree *t, struct str path)
{
	const struct tree_view *v = view_of(t);
	struct place place;

	if (v->at_top ? !place_at_top(&place, path) : !place_of(&place, v->repo, path))
		return TREE_NONE;
	return repo_at(id, v->repo, &v->root, (struct str){place.s, place.n});
}

const char *why_unreadable(enum tree_kind kind)
{
	switch (kind) {
	case TREE_FILE:
		return NULL;
	case TREE_NONE:
		return "No such file or directory";
	case TREE_FOLDER:
		return "it is a folder";
	case TREE_LINK:
		return "it is a symbolic link";
	default:
		return "it is not a regular file";
	}
}

static enum source_status view_read(const struct tree *t, struct source *out,
                                    struct buf *buf, struct str path, const char **why)
{
	struct oid id;

	buf_reset(buf);
	*why = why_unreadable(find(&id, t, path));
	if (*why)
		return SOURCE_UNREADABLE;
	return read_blob(view_of(t)->repo, out, buf, path, oid_git(&id), why);
}

static int by_name(const void *a, const void *b)
{
	const struct tree_item *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

void items_sort(struct tree_items *items)
{
	if (items->n)
		qsort(items->items, items->n, sizeof(*items->items), by_name);
}

static void list_entries(struct tree_items *out, const git_tree *tree,
                         struct arena *arena)
{
	size_t n = git_tree_entrycount(tree);

	out->items = arena_array(arena, struct tree_item, n);
	for (size_t i = 0; i < n; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		struct str name = str_of(git_tree_entry_name(e));

		/* A forged name with a slash would be another file's path. */
		if (str_starts(name, STR(".")) || str_find(name, '/') < name.n)
			continue;
		out->items[out->n++] =
		        (struct tree_item){arena_str(arena, name),
		                           kind_of_mode(git_tree_entry_filemode_raw(e))};
	}
	items_sort(out);
}

static bool view_list(const struct tree *t, struct tree_items *out, struct str dir,
                      struct arena *arena, const char **why)
{
	struct repo *r = view_of(t)->repo;
	CLEANUP(handle_return) struct handle *h = NULL;
	CLEANUP(free_tree) git_tree *tree = NULL;
	struct err ignored = {0};
	struct oid id;
	enum tree_kind kind = find(&id, t, dir);

	*out = (struct tree_items){0};
	if (kind != TREE_FOLDER) {
		*why = kind == TREE_NONE ? "No such file or directory"
		                         : "it is not a folder";
		return false;
	}
	h = handle_borrow(r, &ignored);
	if (!h || git_tree_lookup(&tree, h->git, oid_git(&id))) {
		*why = why_missing(r);
		return false;
	}
	list_entries(out, tree, arena);
	return true;
}

static enum tree_kind view_kind(const struct tree *t, struct str path)
{
	struct oid id;

	return find(&id, t, path);
}

static bool view_content(const struct tree *t, unsigned char id[20], struct str path)
{
	struct oid found;

	if (find(&found, t, path) == TREE_NONE)
		return false;
	memcpy(id, found.id, sizeof(found.id));
	return true;
}

static const struct tree *new_view(struct repo *r, const struct oid *tree, bool at_top,
                                   struct arena *arena)
{
	struct tree_view *v = arena_new(arena, struct tree_view);

	*v = (struct tree_view){
	        .tree = {.read = view_read,
	                 .list = view_list,
	                 .kind = view_kind,
	                 .content = view_content},
	        .repo = r,
	        .root = *tree,
	        .at_top = at_top,
	};
	return &v->tree;
}

const struct tree *repo_tree(struct repo *r, const struct oid *tree, struct arena *arena)
{
	return new_view(r, tree, false, arena);
}

const struct tree *repo_tree_at_top(struct repo *r, const struct oid *tree,
                                    struct arena *arena)
{
	return new_view(r, tree, true, arena);
}
