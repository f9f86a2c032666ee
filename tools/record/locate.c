/*
 * locate.c - the file of one entry in a release
 */
#include "record/internal.h"

bool locate_near(struct release_file *out, struct record *r,
                 const struct release *release, struct str collection, struct str id,
                 struct str hint, struct arena *arena, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct layout *l = release_layout(r, release, err);
	struct dataset here;
	size_t c;

	*out = (struct release_file){0};
	if (!l || !layout_find(&c, l, collection))
		return false;
	here = *l->dataset; /* many releases have one layout, each a tree of its own */
	here.tree = repo_tree_at_top(r->repo, &release->tree, &scratch);
	return dataset_locate(&out->path, &here, &here.collections[c], id, hint, arena) &&
	       repo_at(&out->blob, r->repo, &release->tree, out->path) == TREE_FILE;
}

bool release_locate(struct release_file *out, struct record *r,
                    const struct release *release, struct str collection, struct str id,
                    struct arena *arena, struct err *err)
{
	return locate_near(out, r, release, collection, id, STR_NONE, arena, err);
}
