/*
 * roster.c - the entries of the release before and of the source, side by side
 *
 * An entry is known by its collection and id; its file may have moved.
 */
#include "base/text.h"
#include "publish/internal.h"

#include <stdlib.h>

/* One listing of a tree. */
struct listing {
	struct release_plan *plan;
	struct roster *roster;
	const struct dataset *dataset; /* that says what the files are */
	bool is_new;
};

static struct roster_item *item_at(struct listing *l, const struct collection *c,
                                   struct str id)
{
	struct arena *arena = l->plan->arena;
	struct str key =
	        arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(c->name), STR_ARG(id));
	bool added;
	void **at = map_at(&l->roster->by_key, key, &added);
	struct roster_item *item;

	if (added) {
		item = arena_new(arena, struct roster_item);
		item->collection = c->name;
		item->id = arena_str(arena, id);
		*at = item;
	}
	return *at;
}

static void note_new(struct listing *l, struct roster_item *item,
                     const struct collection *c, const struct release_file *file)
{
	if (item->new.path.s) {
		item->twin = file->path;
		return;
	}
	item->new = *file;
	item->new_collection = c;
	if (text_invalid(file->path) < file->path.n)
		plan_obstacle(l->plan, file->path, "the name of the file is not UTF-8");
}

static bool note(void *ctx, const struct repo_change *change)
{
	struct listing *l = ctx;
	struct release_file file;
	const struct collection *c;
	struct roster_item *item;

	if (!change->new || change->new_link)
		return true;
	file = (struct release_file){arena_str(l->plan->arena, change->path),
	                             *change->new};
	c = dataset_collection_of(l->dataset, file.path);
	if (!c || !c->versioned)
		return true;
	item = item_at(l, c, file_stem(file.path));
	if (l->is_new) {
		note_new(l, item, c, &file);
	} else {
		item->old = file;
		item->old_collection = c;
	}
	return true;
}

static int by_entry(const void *a, const void *b)
{
	const struct roster_item *x = *(struct roster_item *const *)a;
	const struct roster_item *y = *(struct roster_item *const *)b;
	int order = str_cmp(x->collection, y->collection);

	return order ? order : str_cmp(x->id, y->id);
}

bool roster_read(struct roster *out, struct release_plan *p, const struct oid *old,
                 const struct oid *new, struct err *err)
{
	struct listing l = {.plan = p, .roster = out, .dataset = p->old_dataset};

	*out = (struct roster){0};
	map_init(&out->by_key, p->arena);
	if (old && !repo_diff(p->record->repo, NULL, old, STR(""), note, &l, err))
		return false;
	l.dataset = p->dataset;
	l.is_new = true;
	if (!repo_diff(p->record->repo, NULL, new, STR(""), note, &l, err))
		return false;
	out->n = out->by_key.n;
	out->items = arena_array(p->arena, struct roster_item *, out->n);
	for (size_t i = 0; i < out->n; i++)
		out->items[i] = out->by_key.items[i].value;
	if (out->n)
		qsort(out->items, out->n, sizeof(struct roster_item *), by_entry);
	return true;
}

bool roster_same(const struct roster_item *item)
{
	return item->old.path.s && item->new.path.s &&
	       !item->twin.s &&str_eq(item->old.path, item->new.path) &&
	       oid_eq(&item->old.blob, &item->new.blob);
}
