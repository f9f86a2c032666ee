/*
 * context.c - the part of a dataset that matters to a few of its files
 *
 * When not all files are checked, the others count by their ids. Where a file's name is its
 * id, only the names that could matter are kept; else the others are read for their ids.
 */
#include "dataset/check.h"

#include "base/text.h"

/* Add the files of LIST that are not known yet. */
static void add_new(struct check *c, const struct file_list *list,
                    const struct map *known)
{
	for (size_t i = 0; i < list->n; i++)
		if (!map_has(known, list->items[i].path))
			file_list_add(c->files, &list->items[i]);
}

static void known_paths(struct map *known, const struct check *c, struct arena *arena)
{
	map_init(known, arena);
	for (size_t i = 0; i < c->files->n; i++)
		map_at(known, c->files->items[i].path, NULL);
}

static bool add_files(struct check *c, bool ids_are_names, const struct map *asked,
                      struct arena *arena, struct err *err)
{
	const struct dataset *d = c->opt->dataset;
	struct diag_list unused;
	struct map known;

	known_paths(&known, c, arena);
	diag_init(&unused, arena);
	for (size_t i = 0; i < d->collections_n; i++) {
		CLEANUP(file_list_release) struct file_list found = {.arena = arena};
		const struct collection *collection = &d->collections[i];

		if (collection->id_is_stem != ids_are_names)
			continue;
		if (!collection_files(&found, d, collection, asked, &unused, err))
			return false;
		add_new(c, &found, &known);
	}
	return true;
}

bool context_read(struct check *c, struct arena *arena, struct err *err)
{
	return add_files(c, false, NULL, arena, err);
}

static void ask(struct map *asked, struct str id)
{
	map_at(asked, text_fold(asked->arena, id), NULL);
}

/* Folded, the names that matter: those of the files checked, their ids, and whom they name. */
static void ask_all(struct map *asked, const struct check *c, const struct facts *workers,
                    size_t workers_n)
{
	for (size_t i = 0; i < c->checked; i++)
		if (c->files->items[i].collection)
			ask(asked, file_stem(c->files->items[i].path));
	for (size_t i = 0; i < workers_n; i++) {
		for (size_t k = 0; k < workers[i].ids_n; k++)
			ask(asked, workers[i].ids[k].id);
		for (size_t k = 0; k < workers[i].relations_n; k++)
			ask(asked, workers[i].relations[k].target);
	}
}

static bool all_found(const struct check *c, const struct facts *workers,
                      size_t workers_n)
{
	for (size_t i = 0; i < workers_n; i++) {
		for (size_t k = 0; k < workers[i].relations_n; k++) {
			const struct relation *r = &workers[i].relations[k];
			const struct file *file = &c->files->items[r->file];
			size_t unused;

			if (!check_find_name(check_names(c, file->collection), r->target,
			                     &unused))
				return false;
		}
	}
	return true;
}

static bool find(struct check *c, const struct map *asked, struct arena *arena,
                 struct err *err)
{
	size_t before = c->files->n;

	if (!add_files(c, true, asked, arena, err))
		return false;
	check_add_names(c, before);
	return true;
}

bool context_find(struct check *c, const struct facts *workers, size_t workers_n,
                  struct arena *arena, struct err *err)
{
	struct map asked;

	map_init(&asked, arena);
	ask_all(&asked, c, workers, workers_n);
	if (!find(c, &asked, arena, err))
		return false;
	/* For "did you mean" all names are needed; rarely, and only for a finding. */
	return all_found(c, workers, workers_n) || find(c, NULL, arena, err);
}
