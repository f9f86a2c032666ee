#include "change/internal.h"

#include <stdlib.h>
#include <string.h>

/* Where the entry is now, or was. */
static struct str path_of(const struct entry_change *c)
{
	return c->new_path.s ? c->new_path : c->old_path;
}

static int entry_cmp(const void *x, const void *y)
{
	const struct entry_change *a = x, *b = y;
	int c = str_cmp(a->collection, b->collection);

	c = c ? c : str_cmp(a->id, b->id);
	c = c ? c : str_cmp(path_of(a), path_of(b));
	return c ? c : str_cmp(a->old_path, b->old_path);
}

static int file_cmp(const void *x, const void *y)
{
	const struct file_change *a = x, *b = y;

	return str_cmp(a->path, b->path);
}

void change_set_finish(struct change_set *set)
{
	memset(set->counts, 0, sizeof(set->counts));
	memset(set->file_counts, 0, sizeof(set->file_counts));
	if (set->entries_n)
		qsort(set->entries, set->entries_n, sizeof(*set->entries), entry_cmp);
	if (set->files_n)
		qsort(set->files, set->files_n, sizeof(*set->files), file_cmp);
	for (size_t i = 0; i < set->entries_n; i++)
		set->counts[set->entries[i].kind]++;
	for (size_t i = 0; i < set->files_n; i++)
		set->file_counts[set->files[i].kind]++;
}
