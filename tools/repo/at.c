/*
 * at.c - what a tree holds at a path, without parsing whole trees
 *
 * The same folders are looked through again and again, for one path in many releases or for
 * many paths in one. So each handle remembers its last steps: from a tree by a name to an
 * object. Objects never change, so neither do steps.
 */
#include "repo/internal.h"

#include <string.h>

/* Where TREE and NAME are kept: ids are evenly spread as they are. */
static struct tree_step *slot(struct handle *h, const struct oid *tree, struct str name)
{
	size_t at = tree->id[0];

	for (size_t i = 0; i < name.n; i++)
		at = at * 31 + (unsigned char)name.s[i];
	return &h->steps[at % STEPS_KEPT];
}

static bool is_kept(const struct tree_step *s, const struct oid *tree, struct str name)
{
	return s->name_n == name.n && name.n && oid_eq(&s->tree, tree) &&
	       memcmp(s->name, name.s, name.n) == 0;
}

static void keep(struct tree_step *s, const struct oid *tree, struct str name,
                 enum tree_kind kind, const struct oid *id)
{
	if (name.n > sizeof(s->name))
		return;
	*s = (struct tree_step){.tree = *tree, .id = *id, .kind = kind, .name_n = name.n};
	memcpy(s->name, name.s, name.n);
}

/* Look NAME up in the bytes of TREE. What cannot be read is not remembered. */
static enum tree_kind scan(struct oid *out, struct handle *h, const struct oid *tree,
                           struct str name)
{
	CLEANUP(free_raw) git_odb_object *object = NULL;
	enum tree_kind kind = TREE_NONE;
	struct oid id = {{0}};
	bool bad = false;
	struct raw r;

	if (raw_open(&object, &r, h, tree))
		return TREE_NONE;
	while (kind == TREE_NONE && raw_next(&r, &bad))
		if (str_eq(r.name, name)) {
			kind = r.kind;
			id = r.id;
		}
	if (bad)
		return TREE_NONE;
	keep(slot(h, tree, name), tree, name, kind, &id);
	*out = id;
	return kind;
}

static enum tree_kind step(struct oid *out, struct handle *h, const struct oid *tree,
                           struct str name)
{
	const struct tree_step *s = slot(h, tree, name);

	if (!is_kept(s, tree, name))
		return scan(out, h, tree, name);
	*out = s->id;
	return s->kind;
}

enum tree_kind repo_at(struct oid *out, struct repo *r, const struct oid *tree,
                       struct str path)
{
	struct err ignored = {0};
	CLEANUP(handle_return) struct handle *h = NULL;
	enum tree_kind kind = TREE_FOLDER;
	struct oid at = *tree, below;
	struct str name;

	if (path.n)
		h = handle_borrow(r, &ignored);
	while (path.n && kind == TREE_FOLDER) {
		(void)str_split(&path, '/', &name);
		kind = h && name.n ? step(&below, h, &at, name) : TREE_NONE;
		if (kind != TREE_NONE)
			at = below;
	}
	/* "name/" can only be a folder. */
	if (path.n || kind == TREE_NONE || (path.s && h && kind != TREE_FOLDER))
		return TREE_NONE;
	*out = at;
	return kind;
}
