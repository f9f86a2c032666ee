/*
 * locate.c - the file of one entry, without a look at all files
 *
 * A file is named after its id, but may lie in any subfolder. The likely places are tried first:
 * where it was found elsewhere, the folder itself, subfolders whose name is part of the id, then
 * the other subfolders. Only then are those listed one by one, which costs far more than to ask
 * each for a name.
 */
#include "dataset/internal.h"

#include "base/limits.h"

#include <string.h>

struct hunt {
	const struct dataset *dataset;
	const struct collection *collection;
	struct str id;
	struct str names[2]; /* as its file is most often named */
	struct arena *arena; /* for the result */
	struct str *out;
};

/* Whether PATH (terminated) is there and is a file of the collection with this id. */
static bool try_path(struct hunt *h, struct str path)
{
	const struct dataset *d = h->dataset;

	if (!str_eq(file_stem(path), h->id) ||
	    dataset_collection_of(d, path) != h->collection ||
	    kind_behind(d->tree, path) != TREE_FILE)
		return false;
	if (d->tree->kind(d->tree, path) == TREE_LINK && !stays_inside(d, path))
		return false;
	*h->out = arena_str(h->arena, path);
	return true;
}

/* The most likely names in DIR itself. */
static bool try_folder(struct hunt *h, struct str dir)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t i = 0; i < ARRAY_LEN(h->names); i++)
		if (try_path(h, path_join(h->dataset->tree, dir, h->names[i], &scratch)))
			return true;
	return false;
}

static bool contains(struct str text, struct str part)
{
	return part.n && memmem(text.s, text.n, part.s, part.n);
}

/* The subfolders of DIR whose name is (LIKELY) or is not part of the id, themselves. */
static bool try_subfolders(struct hunt *h, struct str dir, const struct tree_items *items,
                           bool likely)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct tree *t = h->dataset->tree;

	for (size_t i = 0; i < items->n; i++)
		if (items->items[i].kind == TREE_FOLDER &&
		    contains(h->id, items->items[i].name) == likely &&
		    try_folder(h, path_join(t, dir, items->items[i].name, &scratch)))
			return true;
	return false;
}

static bool hunt_below(struct hunt *h, struct str dir, int depth);

/* What lies deeper in the subfolders of DIR. */
static bool hunt_subfolders(struct hunt *h, struct str dir,
                            const struct tree_items *items, int depth)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct tree *t = h->dataset->tree;

	for (size_t i = 0; i < items->n; i++)
		if (items->items[i].kind == TREE_FOLDER &&
		    hunt_below(h, path_join(t, dir, items->items[i].name, &scratch),
		               depth + 1))
			return true;
	return false;
}

/* Other endings than the usual ones. */
static bool try_files(struct hunt *h, struct str dir, const struct tree_items *items)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t i = 0; i < items->n; i++)
		if (items->items[i].kind != TREE_FOLDER &&
		    str_eq(file_stem(items->items[i].name), h->id) &&
		    try_path(h, path_join(h->dataset->tree, dir, items->items[i].name,
		                          &scratch)))
			return true;
	return false;
}

/* Below DIR, in which the most likely names are not. As deep as LIMIT_WALK_DEPTH. */
static bool hunt_below(struct hunt *h, struct str dir, int depth)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct tree *t = h->dataset->tree;
	struct tree_items items;
	const char *why;

	if (depth > LIMIT_WALK_DEPTH || !t->list(t, &items, dir, &scratch, &why))
		return false;
	return try_subfolders(h, dir, &items, true) ||
	       try_subfolders(h, dir, &items, false) || try_files(h, dir, &items) ||
	       hunt_subfolders(h, dir, &items, depth);
}

bool dataset_locate(struct str *out, const struct dataset *d, const struct collection *c,
                    struct str id, struct str hint, struct arena *arena)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct hunt h = {
	        .dataset = d, .collection = c, .id = id, .arena = arena, .out = out};
	struct str folder = arena_str(&scratch, c->folder);

	*out = STR_NONE;
	/* An id from a stranger must not name a place. */
	if (!id.n || str_find(id, '/') < id.n)
		return false;
	if (hint.n && try_path(&h, arena_str(arena, hint)))
		return true;
	h.names[0] = arena_fmt(&scratch, STR_FMT ".yaml", STR_ARG(id));
	h.names[1] = arena_fmt(&scratch, STR_FMT ".yml", STR_ARG(id));
	return try_folder(&h, folder) || hunt_below(&h, folder, 0);
}
