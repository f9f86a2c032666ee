/*
 * kept_fill.c - the table, from what was kept and what has changed since
 */
#include "record/kept.h"

#include "base/limits.h"
#include "base/threads.h"

#define LOOKS 256 /* files looked at in one piece */
#define FEW 32 /* entries that are looked up one by one rather than all read */

/* ---- which files are as they were ---- */

/* Find what was kept of each file. */
static void match(struct tabling *t)
{
	CLEANUP(arena_release) struct arena own = {0};
	const struct kept *k = t->kept;
	struct map *rows = arena_array(&own, struct map, t->dataset->collections_n);

	if (k->listed) {
		for (size_t i = 0; i < t->n; i++)
			t->fresh[i].was = &k->rows[i];
		return;
	}
	for (size_t i = 0; i < t->dataset->collections_n; i++)
		map_init(&rows[i], &own);
	for (size_t i = 0; i < k->head->rows; i++)
		map_set(&rows[k->rows[i].collection], kept_str(k, k->rows[i].path),
		        (void *)(uintptr_t)(i + 1));
	for (size_t i = 0; i < t->n; i++) {
		const struct file *f = t->rows[i].file;
		size_t at = (size_t)(uintptr_t)map_get(
		        &rows[f->collection - t->dataset->collections],
		        kept_relative(f->collection, f->path));

		t->fresh[i].was = at ? &k->rows[at - 1] : NULL;
	}
}

struct looker {
	const struct tabling *t;
	atomic_size_t *next;
};

static void look_at(const struct tabling *t, size_t i)
{
	const struct known *known = t->known ? t->known[i] : NULL;
	struct fresh *f = &t->fresh[i];
	struct kept_stat now;

	if (!f->was || !f->was->stat.sure || f->was->unreadable ||
	    (known && known->moved))
		return;
	f->done = kept_look(&now, t->rows[i].file->path) &&
	          kept_stat_eq(&now, &f->was->stat);
	if (f->done)
		kept_take(&t->rows[i], t->kept, f->was);
}

static void *look_all(void *arg)
{
	struct looker *l = arg;

	for (;;) {
		size_t from = atomic_fetch_add(l->next, LOOKS);

		if (from >= l->t->n)
			return NULL;
		for (size_t i = from; i < from + LOOKS && i < l->t->n; i++)
			look_at(l->t, i);
	}
}

/* Take the rows of files that are as they were; the others are to be done. */
static bool look(struct tabling *t, int jobs, struct arena *arena, struct err *err)
{
	size_t n = threads_for(jobs, t->n), *todo;
	struct looker *lookers = arena_array(arena, struct looker, n);
	atomic_size_t next = 0;

	for (size_t i = 0; i < n; i++)
		lookers[i] = (struct looker){t, &next};
	if (kept_has_rows(t->kept) &&
	    !threads_run(look_all, lookers, sizeof(*lookers), n, err))
		return false;
	todo = arena_array(arena, size_t, t->n);
	for (size_t i = 0; i < t->n; i++)
		if (!t->fresh[i].done)
			todo[t->todo_n++] = i;
	t->todo = todo;
	return true;
}

/* ---- what releases know of them ---- */

/* Entries whose file is back, since whenever: look them up. False: better read all. */
static bool make_sure(struct tabling *t, struct map *known, struct arena *arena,
                      bool *done, struct err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->known[i] && t->known[i]->unsure;
	*done = n <= FEW;
	for (size_t i = 0; i < t->n && n && *done; i++) {
		const struct table_row *row = &t->rows[i];

		if (t->known[i] && t->known[i]->unsure &&
		    !known_read_one(known, t->r, row->collection, row->id, arena, err))
			return false;
	}
	return true;
}

/* Those that changed in release FROM or later. */
static void mark_moved(const struct map *known, size_t from)
{
	for (size_t i = 0; i < known->n; i++) {
		struct known *k = known->items[i].value;

		k->moved = k->n && k->steps[k->n - 1].index >= from;
	}
}

/* From what was kept, as far as that holds; else from the releases themselves. */
static bool know(struct tabling *t, struct map *known, struct arena *arena,
                 struct err *err)
{
	bool done = false;

	t->kept->dropped = t->kept->head && !kept_known_all(known, t->kept, arena);
	t->known = arena_array(arena, const struct known *, t->n);
	if (kept_has_rows(t->kept)) {
		table_know(t, known);
		if (!make_sure(t, known, arena, &done, err))
			return false;
	}
	if (done)
		return true;
	map_init(known, arena);
	if (t->r->n && !known_read(known, t->r, false, arena, err))
		return false;
	if (kept_has_rows(t->kept) && t->kept->head)
		mark_moved(known, t->kept->head->releases);
	table_know(t, known);
	return true;
}

/* ---- all of it ---- */

/* Neither a folder nor the last release is another one: rows know all that there is to know. */
static bool fill_changed(struct table *out, struct tabling *t, int jobs,
                         struct map *known, struct arena *own, struct arena *arena,
                         struct err *err)
{
	struct kept *k = t->kept;
	struct str *gone = arena_array(arena, struct str, k->head->gone);

	match(t);
	if (!look(t, jobs, own, err))
		return false;
	out->gone = gone;
	out->gone_n = k->head->gone;
	for (size_t i = 0; i < out->gone_n; i++)
		gone[i] = kept_str(k, k->gone[i].key);
	if (!t->todo_n)
		return true;
	kept_begin(k);
	t->known = arena_array(own, const struct known *, t->n);
	for (size_t i = 0; i < t->todo_n; i++) {
		size_t at = t->todo[i];

		t->known[at] = kept_known(&t->rows[at], t->fresh[at].was, own);
	}
	if (!table_fill(t, jobs, arena, err))
		return false;
	return !k->head->gone || kept_known_all(known, k, own);
}

static bool fill_moved(struct table *out, struct tabling *t, int jobs, struct map *known,
                       struct arena *own, struct arena *arena, struct err *err)
{
	kept_begin(t->kept);
	if (!know(t, known, own, err))
		return false;
	if (kept_has_rows(t->kept))
		match(t);
	if (!look(t, jobs, own, err) || !table_fill(t, jobs, arena, err))
		return false;
	table_gone(out, known, arena);
	return true;
}

bool kept_fill(struct table *out, struct tabling *t, int jobs, struct arena *arena,
               struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	struct kept *k = t->kept;
	struct map known;
	bool ok;

	map_init(&known, &own);
	t->fresh = arena_array(&own, struct fresh, t->n);
	ok = k->listed && kept_is_current(k)
	             ? fill_changed(out, t, jobs, &known, &own, arena, err)
	             : fill_moved(out, t, jobs, &known, &own, arena, err);
	if (!ok)
		return false;
	out->read = t->todo_n;
	table_sort(out);
	if (t->todo_n || !k->listed || !kept_is_current(k))
		kept_write(k, out, t, &known);
	return true;
}
