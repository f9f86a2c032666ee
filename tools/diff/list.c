/*
 * list.c - the files of a dataset on the disk or in the index
 */
#include "diff/internal.h"

#include "base/limits.h"

#include <string.h>

struct listing {
	const struct outline *o;
	const struct tree *tree;
	struct map seen; /* paths of the repository that were told */
	list_fn *fn;
	void *ctx;
	struct buf bytes;
	struct arena arena;
};

/* The name of the content of the file OPENED; false when it is none that can be read. */
static bool hash(struct oid *out, struct listing *l, struct str opened)
{
	struct source source;
	const char *why;

	if (l->tree->kind(l->tree, opened) != TREE_FILE)
		return false;
	if (l->tree->content && l->tree->content(l->tree, out->id, opened))
		return true;
	*out = (struct oid){
	        {0}}; /* too large or locked away: that is told on reading it */
	if (l->tree->read(l->tree, &source, &l->bytes, opened, &why) == SOURCE_OK)
		*out = repo_hash(source.bytes);
	return true;
}

static void tell(struct listing *l, struct str opened, const struct collection *c)
{
	struct str z = arena_str(&l->arena, opened);
	struct str path = repo_path(l->o->repo, z, &l->arena);
	struct oid blob;
	bool added;

	if (!path.s)
		return;
	map_at(&l->seen, path, &added);
	if (added && hash(&blob, l, z))
		l->fn(l->ctx, path, z, c, &blob);
}

/* A folder that is not there is an empty one: git keeps none. */
static bool check_folders(const struct listing *l, const struct diag_list *diags,
                          struct err *err)
{
	for (size_t i = 0; i < diags->n; i++) {
		const struct diag *d = &diags->items[i];

		if (d->rule == &rule_io_unreadable &&
		    l->tree->kind(l->tree, d->file) != TREE_NONE)
			return err_set(err, ERR_IO, STR_FMT ": " STR_FMT,
			               STR_ARG(d->file), STR_ARG(d->text));
	}
	return true;
}

static struct str join(struct str dir, struct str name, struct arena *arena)
{
	if (str_eqz(dir, "."))
		return arena_str(arena, name);
	return arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(name));
}

/* The schemas beside the ones that stemma.yaml names. */
static void tell_schemas(struct listing *l, const struct dataset *d)
{
	for (size_t i = 0; i < d->collections_n; i++) {
		struct str path = d->collections[i].schema_path, dir;
		size_t slash = str_rfind(path, '/');
		struct tree_items items;
		const char *why;

		if (!path.n)
			continue;
		dir = slash < path.n ? arena_str(&l->arena, str_sub(path, 0, slash))
		                     : STR(".");
		tell(l, path, NULL);
		if (!l->tree->list(l->tree, &items, dir, &l->arena, &why))
			continue;
		for (size_t k = 0; k < items.n; k++)
			if (str_ends(items.items[k].name, STR(".schema.json")))
				tell(l, join(dir, items.items[k].name, &l->arena), NULL);
	}
}

static bool add_references(struct listing *l, struct file_list *files,
                           const struct dataset *d, struct diag_list *diags,
                           struct err *err)
{
	struct str dir = d->references.dir;

	if (!dir.n)
		dir = join(d->dir, STR("references"), &l->arena);
	return l->tree->kind(l->tree, dir) != TREE_FOLDER ||
	       files_add(files, l->tree, dir, diags, err);
}

static bool list_all(struct listing *l, const struct dataset *d, struct err *err)
{
	CLEANUP(file_list_release) struct file_list files = {.arena = &l->arena};
	struct diag_list diags;

	diag_init(&diags, &l->arena);
	if (!dataset_files(d, &files, &diags, err) ||
	    !add_references(l, &files, d, &diags, err) || !check_folders(l, &diags, err))
		return false;
	tell_schemas(l, d);
	for (size_t i = 0; i < files.n; i++)
		tell(l, files.items[i].path, files.items[i].collection);
	return true;
}

bool list_files(const struct outline *o, list_fn *fn, void *ctx, struct err *err)
{
	const struct dataset *d = o->side->dataset;
	struct listing l = {.o = o,
	                    .tree = d->tree,
	                    .fn = fn,
	                    .ctx = ctx,
	                    .bytes = BUF_INIT(LIMIT_FILE_BYTES)};
	bool ok;

	map_init(&l.seen, &l.arena);
	ok = list_all(&l, d, err);
	buf_release(&l.bytes);
	arena_release(&l.arena);
	return ok;
}
