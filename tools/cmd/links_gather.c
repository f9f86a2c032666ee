/*
 * links_gather.c - `stemma links`: which links are asked about
 */
#include "cmd/links.h"

#include "base/limits.h"

#include <string.h>
#include <unistd.h>

/* ---- entries ---- */

static void gather_file(struct link_set *set, const struct dataset *d,
                        const struct file *file, struct arena *scratch,
                        struct diag_list *found)
{
	struct docs docs;

	arena_reset(scratch);
	if (file->kind != FILE_ENTRY || !file->collection)
		return;
	set->files++;
	if (!dataset_read(&docs, d, file, scratch, found))
		return;
	for (size_t i = 0; i < docs.n; i++)
		link_gather(set, &file->collection->roles, file->path, &docs.items[i]);
}

static void gather_files(struct link_set *set, const struct dataset *d,
                         const struct file_list *files, struct diag_list *found)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t i = 0; i < files->n; i++)
		gather_file(set, d, &files->items[i], &scratch, found);
}

static bool add_operand(struct linking *l, struct str name, struct file_list *files,
                        struct err *err)
{
	bool known = true;

	if (!name.n)
		return err_set(err, ERR_USAGE, "\"\" is no name of a file or folder");
	if (l->dataset->tree->kind(l->dataset->tree, name) == TREE_NONE)
		return err_set(err, ERR_IO, STR_FMT ": there is no such file or folder",
		               STR_ARG(name));
	if (!dataset_add_path(l->dataset, name, files, &known, &l->found, err))
		return false;
	return known || err_set(err, ERR_USAGE,
	                        STR_FMT " belongs to no collection of " STR_FMT
	                                "; --urls takes a plain list of links",
	                        STR_ARG(name), STR_ARG(l->dataset->config_path));
}

/* ---- what a change adds ---- */

/* The dataset on both sides of a change. */
struct change {
	struct linking *l;
	struct dataset *old; /* NULL: there was none */
	struct str root, old_root; /* their folders as paths of the repository */
	struct file_list files, before;
};

/* PATH of the repository as D, whose folder is ROOT there, names it; absent: it is elsewhere. */
static struct str path_in(const struct dataset *d, struct str root, struct str path,
                          struct arena *arena)
{
	struct str rest = path;

	if (root.n) {
		if (!str_starts(path, root) || path.n <= root.n || path.s[root.n] != '/')
			return STR_NONE;
		rest = str_sub(path, root.n + 1, path.n);
	}
	if (str_eqz(d->dir, "."))
		return arena_str(arena, rest);
	return arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(d->dir), STR_ARG(rest));
}

static void add_changed(struct file_list *out, const struct dataset *d, struct str root,
                        struct str path)
{
	struct file file = {.path = path_in(d, root, path, out->arena)};

	if (!file.path.s)
		return;
	file.kind = FILE_ENTRY;
	file.collection = dataset_collection_of(d, file.path);
	if (file.collection)
		file_list_add(out, &file);
}

static bool note_change(void *ctx, const struct repo_change *file)
{
	struct change *c = ctx;

	if (file->new && !file->new_link)
		add_changed(&c->files, c->l->dataset, c->root, file->path);
	if (file->old && !file->old_link && c->old)
		add_changed(&c->before, c->old, c->old_root, file->path);
	return true;
}

/* The dataset at --since; one that cannot be used there is none. */
static bool open_old(struct change *c, struct oid *tree, struct err *err)
{
	struct linking *l = c->l;
	struct arena *arena = l->run->arena;
	struct diag_list unused;
	struct err ignored = {0};
	struct commit commit;
	struct oid id;

	diag_init(&unused, arena);
	if (!repo_resolve(&id, l->repo, l->args->since, arena, err) ||
	    !repo_commit(&commit, l->repo, &id, arena, err))
		return false;
	*tree = commit.tree;
	if (run_open_revision(&c->old, l->repo, l->args->since, l->run, &unused,
	                      &ignored))
		c->old_root = repo_path(l->repo, c->old->dir, arena);
	else
		c->old = NULL;
	return true;
}

static bool gather_change(struct linking *l, struct err *err)
{
	struct change c = {.l = l,
	                   .files = {.arena = l->run->arena},
	                   .before = {.arena = l->run->arena}};
	struct diag_list unused;
	struct link_set old;
	struct oid tree;
	bool ok;

	diag_init(&unused, l->run->arena);
	link_set_init(&old, l->run->arena);
	c.root = repo_path(l->repo, l->dataset->dir, l->run->arena);
	ok = open_old(&c, &tree, err) &&
	     repo_diff_work(l->repo, &tree, note_change, &c, err);
	if (ok) {
		gather_files(&l->set, l->dataset, &c.files, &l->found);
		if (c.old)
			gather_files(&old, c.old, &c.before, &unused);
		link_only_new(&l->set, &old);
	}
	dataset_release(c.old);
	file_list_release(&c.files);
	file_list_release(&c.before);
	return ok;
}

/* ---- a plain list ---- */

static bool gather_list(struct linking *l, struct err *err)
{
	struct str name = l->args->urls;
	const char *why = "it could not be read, or is too large";
	struct source source;
	bool ok;

	l->list.max = LIMIT_LINK_LIST_BYTES;
	if (str_eqz(name, "-"))
		ok = source_read_fd(&l->list, STDIN_FILENO, &why) == SOURCE_OK;
	else
		ok = source_read(&source, &l->list, name, &why) == SOURCE_OK;
	if (!ok)
		return err_set(err, ERR_IO, "--urls " STR_FMT ": %s", STR_ARG(name), why);
	l->set.files++;
	link_gather_list(&l->set, name, buf_str(&l->list));
	return true;
}

static bool gather_dataset(struct linking *l, const struct opt_list *operands,
                           struct err *err)
{
	CLEANUP(file_list_release) struct file_list files = {.arena = l->run->arena};

	if (l->args->since.s)
		return gather_change(l, err);
	for (size_t i = 0; i < operands->n; i++)
		if (!add_operand(l, operands->items[i], &files, err))
			return false;
	if (!operands->n && !dataset_files(l->dataset, &files, &l->found, err))
		return false;
	gather_files(&l->set, l->dataset, &files, &l->found);
	return true;
}

bool links_gather(struct linking *l, const struct opt_list *operands, struct err *err)
{
	if (l->dataset && !gather_dataset(l, operands, err))
		return false;
	if (l->args->urls.s && !gather_list(l, err))
		return false;
	if (l->parts)
		link_shard(&l->set, l->part, l->parts);
	link_sort(&l->set);
	return true;
}
