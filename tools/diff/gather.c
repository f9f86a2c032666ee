/*
 * gather.c - which files differ between two sides, by entry
 *
 * Two commits with one stemma.yaml are walked side by side, and equal folders are not entered.
 * With two of them a file may belong elsewhere though no byte of it differs, so that all files
 * of both sides are listed, as they are for the disk and the index.
 */
#include "diff/internal.h"

struct pair *gather_pair(struct map *m, struct str key)
{
	bool added;
	void **at = map_at(m, key, &added);

	if (added)
		*at = arena_new(m->arena, struct pair);
	return *at;
}

void pair_add(struct pair *p, int side, struct sight *s)
{
	s->next = p->sights[side];
	p->sights[side] = s;
	p->n[side]++;
}

struct str gather_key(struct gathering *g, struct str collection, struct str id)
{
	return arena_fmt(g->scratch, STR_FMT "/" STR_FMT, STR_ARG(collection),
	                 STR_ARG(id));
}

static void note_entry(struct gathering *g, int side, struct sight *s)
{
	struct str id = file_stem(s->path), name = s->collection->name;
	struct pair *p;

	if (!s->collection->id_is_stem) {
		pair_add(gather_pair(&g->bundles, s->path), side, s);
		return;
	}
	p = gather_pair(&g->entries, gather_key(g, name, id));
	if (!p->id.s) {
		p->collection = name;
		p->id = arena_str(g->arena, id);
	}
	pair_add(p, side, s);
}

/* C: the collection of PATH, when it is an entry's. */
static void note(struct gathering *g, int side, struct str path, struct str opened,
                 const struct collection *c, const struct oid *blob)
{
	enum shared_kind what = SHARED_OTHER;
	bool shared = outline_shared(&what, &g->sides[side], path);
	struct sight *s;

	if (!shared && !c)
		return;
	s = arena_new(g->scratch, struct sight);
	*s = (struct sight){.path = arena_str(g->arena, path),
	                    .blob = *blob,
	                    .collection = shared ? NULL : c,
	                    .what = what};
	s->opened = opened.s == path.s ? s->path : arena_str(g->scratch, opened);
	if (shared)
		pair_add(gather_pair(&g->files, s->path), side, s);
	else
		note_entry(g, side, s);
}

/* A file of a commit. */
static void note_blob(struct gathering *g, int side, struct str path,
                      const struct oid *blob, bool link)
{
	const struct dataset *d = g->sides[side].side->dataset;

	if (d && blob && !link)
		note(g, side, path, path, dataset_collection_of(d, path), blob);
}

static bool on_change(void *ctx, const struct repo_change *c)
{
	note_blob(ctx, 0, c->path, c->old, c->old_link);
	note_blob(ctx, 1, c->path, c->new, c->new_link);
	return true;
}

/* ---- all files of one side ---- */

struct one_side {
	struct gathering *g;
	int side;
};

static bool on_blob(void *ctx, const struct repo_change *c)
{
	const struct one_side *one = ctx;

	note_blob(one->g, one->side, c->path, c->new, c->new_link);
	return true;
}

static void on_file(void *ctx, struct str path, struct str opened,
                    const struct collection *c, const struct oid *blob)
{
	const struct one_side *one = ctx;

	note(one->g, one->side, path, opened, c, blob);
}

static bool gather_side(struct gathering *g, int side)
{
	const struct outline *o = &g->sides[side];
	struct one_side one = {g, side};

	if (!o->side->dataset)
		return true;
	if (!o->side->tree)
		return list_files(o, on_file, &one, g->err);
	return repo_diff(g->repo, NULL, o->side->tree, STR(""), on_blob, &one, g->err);
}

/* Whether both sides are commits with the same stemma.yaml at the same place. */
static bool is_alike(const struct gathering *g)
{
	const struct diff_side *old = g->sides[0].side, *new = g->sides[1].side;
	struct str path;
	struct oid a, b;

	if (!old->tree || !new->tree || !old->dataset || !new->dataset)
		return false;
	path = old->dataset->config_path;
	return str_eq(path, new->dataset->config_path) &&
	       repo_at(&a, g->repo, old->tree, path) == TREE_FILE &&
	       repo_at(&b, g->repo, new->tree, path) == TREE_FILE && oid_eq(&a, &b);
}

bool gather(struct gathering *g)
{
	if (is_alike(g))
		return repo_diff(g->repo, g->sides[0].side->tree, g->sides[1].side->tree,
		                 STR(""), on_change, g, g->err);
	return gather_side(g, 0) && gather_side(g, 1);
}
