/*
 * layout.c - where a release keeps its entries
 *
 * stemma.yaml seldom changes, so it is read once for all releases that have the same one.
 */
#include "record/internal.h"

bool release_dataset(struct dataset **out, const struct record *r,
                     const struct release *release, struct arena *arena, struct err *err)
{
	const struct tree *tree = repo_tree_at_top(r->repo, &release->tree, arena);
	struct diag_list unused;

	diag_init(&unused, arena);
	return dataset_open(out, tree, release->config, arena, &unused, err);
}

static struct layout *find(struct record *r, const struct oid *config, struct str path)
{
	for (struct layout *l = r->layouts; l; l = l->next)
		if (oid_eq(&l->config, config) && str_eq(l->path, path))
			return l;
	return NULL;
}

/* The stemma.yaml of most releases is that of the dataset, which was read already. */
static bool read_dataset(struct layout *l, struct record *r,
                         const struct release *release, struct err *err)
{
	struct oid own = repo_hash(r->dataset->source->bytes);
	const struct tree *tree;

	if (!oid_eq(&own, &l->config))
		return release_dataset(&l->dataset, r, release, r->arena, err);
	tree = repo_tree_at_top(r->repo, &release->tree, r->arena);
	return dataset_open_like(&l->dataset, r->dataset, tree, release->config, r->arena,
	                         err);
}

static const struct layout *read_layout(struct record *r, const struct release *release,
                                        struct err *err)
{
	struct layout *l;
	struct oid config;

	if (repo_at(&config, r->repo, &release->tree, release->config) != TREE_FILE) {
		err_set(err, ERR_REPO, "release " STR_FMT " has no " STR_FMT,
		        STR_ARG(release->name), STR_ARG(release->config));
		return NULL;
	}
	l = find(r, &config, release->config);
	if (l)
		return l;
	l = arena_new(r->arena, struct layout);
	*l = (struct layout){
	        .next = r->layouts, .config = config, .path = release->config};
	if (!read_dataset(l, r, release, err))
		return NULL;
	r->layouts = l;
	return l;
}

const struct layout *release_layout(struct record *r, const struct release *release,
                                    struct err *err)
{
	size_t i = release->index;
	bool listed = i < r->n && release == &r->releases[i];
	const struct layout *l;

	if (listed && r->layout_of[i])
		return r->layout_of[i];
	l = read_layout(r, release, err);
	if (listed)
		r->layout_of[i] = l;
	return l;
}

bool layout_collection(size_t *out, const struct layout *l, struct str path)
{
	const struct collection *c = dataset_collection_of(l->dataset, path);

	if (!c || !c->versioned)
		return false;
	*out = (size_t)(c - l->dataset->collections);
	return true;
}

bool layout_find(size_t *out, const struct layout *l, struct str name)
{
	for (size_t i = 0; i < l->dataset->collections_n; i++) {
		const struct collection *c = &l->dataset->collections[i];

		if (!c->versioned || !str_eq(c->name, name))
			continue;
		*out = i;
		return true;
	}
	return false;
}

const struct collection *release_collection(struct record *r,
                                            const struct release *release,
                                            struct str name, struct err *err)
{
	const struct layout *l = release_layout(r, release, err);
	size_t i;

	return l && layout_find(&i, l, name) ? &l->dataset->collections[i] : NULL;
}
