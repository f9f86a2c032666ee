/*
 * table.c - where all entries stand, read by several threads
 */
#include "record/table.h"

#include "base/limits.h"
#include "base/threads.h"

#include <stdlib.h>

#define BATCH 16 /* rows taken at a time */
#define FEW 32 /* entries that are looked up one by one rather than all read */

static void *run(void *arg)
{
	struct tabler *w = arg;

	for (;;) {
		size_t from = atomic_fetch_add(w->next, BATCH);

		if (from >= w->t->todo_n)
			return NULL;
		for (size_t i = from; i < from + BATCH && i < w->t->todo_n; i++) {
			if (!row_fill(w, w->t->todo[i]))
				return NULL;
			arena_reset(&w->entry);
		}
	}
}

/* What rows point to moves to ARENA: the threads' own memory goes. */
static void keep_all(struct tabling *t, struct arena *arena)
{
	for (size_t i = 0; i < t->todo_n; i++) {
		struct table_row *row = &t->rows[t->todo[i]];
		struct str *all = arena_array(arena, struct str, row->changed_n);

		for (size_t k = 0; k < row->changed_n; k++)
			all[k] = arena_str(arena, row->changed[k]);
		row->changed = all;
	}
}

bool table_fill(struct tabling *t, int jobs, struct arena *arena, struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t n = threads_for(jobs, t->todo_n);
	struct tabler *workers = arena_array(&own, struct tabler, n);
	atomic_size_t next = 0;
	bool ok;

	for (size_t i = 0; i < n; i++)
		workers[i] = (struct tabler){.t = t,
		                             .next = &next,
		                             .bytes = BUF_INIT(LIMIT_FILE_BYTES),
		                             .old = BUF_INIT(LIMIT_FILE_BYTES)};
	ok = threads_run(run, workers, sizeof(*workers), n, err);
	for (size_t i = 0; i < n; i++)
		if (workers[i].err.code)
			ok = err_set(err, workers[i].err.code, "%s", workers[i].err.text);
	if (ok)
		keep_all(t, arena);
	for (size_t i = 0; i < n; i++) {
		arena_release(&workers[i].entry);
		arena_release(&workers[i].keep);
		buf_release(&workers[i].bytes);
		buf_release(&workers[i].old);
	}
	return ok;
}

static void name_rows(struct tabling *t, const struct file_list *files)
{
	t->files = files->items;
	for (size_t i = 0; i < files->n; i++) {
		struct table_row *row = &t->rows[i];

		row->file = &files->items[i];
		row->collection = row->file->collection->name;
		row->id = file_stem(row->file->path);
	}
}

void table_know(struct tabling *t, const struct map *known)
{
	struct buf key = BUF_INIT(LIMIT_FILE_BYTES);

	for (size_t i = 0; i < t->n; i++) {
		const struct table_row *row = &t->rows[i];
		struct known *k =
		        map_get(known, known_key(&key, row->collection, row->id));

		if (k)
			k->here = true;
		t->known[i] = k;
	}
	buf_release(&key);
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void table_gone(struct table *out, const struct map *known, struct arena *arena)
{
	struct str *gone = NULL;
	size_t cap = 0;

	for (size_t i = 0; i < known->n; i++) {
		const struct known *k = known->items[i].value;

		if (!k->here && !oid_is_zero(&k->steps[k->n - 1].blob))
			*arena_push(arena, gone, out->gone_n, cap) =
			        arena_str(arena, known->items[i].key);
	}
	if (gone)
		qsort(gone, out->gone_n, sizeof(*gone), by_key);
	out->gone = gone;
}

/* What releases know of FILES, or of everything. */
static bool read_known(struct map *out, struct record *r, const struct file_list *files,
                       bool whole, struct arena *arena, struct err *err)
{
	if (whole || files->n > FEW)
		return known_read(out, r, false, arena, err);
	for (size_t i = 0; i < files->n; i++) {
		const struct file *f = &files->items[i];

		if (!known_read_one(out, r, f->collection->name, file_stem(f->path),
		                    arena, err))
			return false;
	}
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct table_row *x = a, *y = b;
	int order;

	if (x->file->collection != y->file->collection)
		return x->file->collection < y->file->collection ? -1 : 1;
	order = str_cmp(x->id, y->id);
	return order ? order : str_cmp(x->file->path, y->file->path);
}

/* Folders within a collection may have put them in another order; most often they have not. */
void table_sort(struct table *out)
{
	for (size_t i = 1; i < out->n; i++)
		if (by_id(&out->rows[i - 1], &out->rows[i]) > 0) {
			qsort(out->rows, out->n, sizeof(*out->rows), by_id);
			return;
		}
}

/* All rows, from what is read now. */
static bool fill_all(struct table *out, struct tabling *t, const struct file_list *files,
                     const struct table_options *opt, struct arena *arena,
                     struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t *todo = arena_array(&own, size_t, t->n);
	struct map known;

	map_init(&known, &own);
	if (t->r->n && !read_known(&known, t->r, files, opt->whole, &own, err))
		return false;
	t->known = arena_array(&own, const struct known *, t->n);
	table_know(t, &known);
	for (size_t i = 0; i < t->n; i++)
		todo[i] = i;
	t->todo = todo;
	t->todo_n = t->n;
	if (!table_fill(t, opt->jobs, arena, err))
		return false;
	out->read = t->n;
	table_sort(out);
	if (opt->whole)
		table_gone(out, &known, arena);
	return true;
}

bool record_table(struct table *out, struct record *r, const struct dataset *d,
                  const struct file_list *files, const struct table_options *opt,
                  struct arena *arena, struct err *err)
{
	struct tabling t = {.r = r, .dataset = d, .n = files->n, .kept = opt->kept};

	*out = (struct table){.n = files->n};
	out->rows = arena_array(arena, struct table_row, files->n);
	t.rows = out->rows;
	name_rows(&t, files);
	if (r->n) {
		out->last = &r->releases[r->n - 1];
		t.last = release_layout(r, out->last, err);
		if (!t.last)
			return false;
	}
	if (t.kept)
		return kept_fill(out, &t, opt->jobs, arena, err);
	return fill_all(out, &t, files, opt, arena, err);
}
