#include "record/kept.h"

/* Whether all folders are there as they were, so that they hold the names that they held. */
static bool folders_same(const struct kept *k)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t i = 0; i < k->head->folders; i++) {
		const struct kept_folder *f = &k->folders[i];
		const struct collection *c = &k->dataset->collections[f->collection];
		struct kept_stat now;

		if (!f->stat.sure ||
		    !kept_look(&now, kept_path(c, kept_str(k, f->path), &scratch)) ||
		    !kept_stat_eq(&now, &f->stat))
			return false;
		arena_reset(&scratch);
	}
	return k->head->folders > 0;
}

static void list_rows(struct file_list *out, const struct kept *k)
{
	for (size_t i = 0; i < k->head->rows; i++) {
		const struct kept_row *r = &k->rows[i];
		const struct collection *c = &k->dataset->collections[r->collection];
		struct str path = kept_path(c, kept_str(k, r->path), out->arena);

		file_list_add(out, &(struct file){path, FILE_ENTRY, c});
	}
}

bool kept_files(struct file_list *out, struct kept *k, struct diag_list *diags,
                struct err *err)
{
	CLEANUP(file_list_release) struct file_list all = {.arena = out->arena};
	size_t told = diags->n;

	if (k->head && folders_same(k)) {
		k->listed = true;
		list_rows(out, k);
		return true;
	}
	kept_begin(k);
	all.folders = &k->walked;
	if (!dataset_files(k->dataset, &all, diags, err))
		return false;
	if (diags->n > told) /* it must be told again the next time */
		k->walked.odd = true;
	file_list_add_versioned(out, &all);
	return true;
}
