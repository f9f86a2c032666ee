/*
 * pieces.c - entries become pieces in all threads, and are taken in order
 *
 * Threads take batches of entries. One that has finished its batch, and finds that the next one
 * in order is finished, takes all that are; the others go on. Nobody begins a batch that is
 * further ahead than there are slots, so memory does not grow with the number of entries.
 */
#include "export/press.h"

#include "base/limits.h"
#include "base/threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 32 /* entries taken at a time */

struct item {
	unsigned char sum[32];
	bool reused;
	struct buf *pieces; /* one a form */
};

/* A batch at work, or finished and waiting. */
struct slot {
	bool ready;
	size_t n;
	struct item items[BATCH];
};

struct works {
	struct press *press;
	struct slot *slots; /* slots_n of them, used in a ring */
	size_t slots_n, batches;
	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t moved;
	size_t taken, next; /* batches begun; the next one in order */
	bool committing, failed;
};

struct worker {
	struct works *works;
	struct arena arena; /* reset after each entry */
	struct err err;
};

static struct str entry_key(const struct release_entry *e, struct arena *arena)
{
	/* A NUL keeps the order of collections, then ids. */
	return arena_fmt(arena, STR_FMT "%c" STR_FMT, STR_ARG(e->collection), '\0',
	                 STR_ARG(e->id));
}

/* ---- one batch ---- */

static const struct release_entry *entry_of(const struct works *w, size_t batch, size_t i)
{
	return &w->press->edition.entries[batch * BATCH + i];
}

/* Look the batch up in what was kept: in order, hence under the lock. */
static void look_up(struct works *w, size_t batch, struct slot *slot)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct press *p = w->press;

	for (size_t i = 0; i < slot->n; i++) {
		const struct release_entry *e = entry_of(w, batch, i);
		struct item *item = &slot->items[i];

		for (size_t f = 0; f < p->runs_n; f++)
			buf_reset(&item->pieces[f]);
		item->reused = false;
		if (!p->cache)
			continue;
		edition_entry_sum(item->sum, p, e);
		item->reused = cache_take(p->cache, entry_key(e, &scratch), item->sum,
		                          item->pieces);
		for (size_t f = 0; !item->reused && f < p->runs_n; f++)
			buf_reset(&item->pieces[f]);
	}
}

static bool render(struct worker *k, const struct release_entry *e, struct item *item)
{
	struct press *p = k->works->press;
	struct export_entry entry;
	bool ok = item->reused || gather_entry(&entry, p, e, &k->arena, &k->err);

	for (size_t f = 0; f < p->runs_n && ok; f++) {
		const struct form *form = p->runs[f].form;
		struct piece piece = {e->collection, e->id, {0}};

		if (!item->reused && form->render)
			form->render(&item->pieces[f], &p->edition, &entry);
		if (item->pieces[f].overflow)
			return err_set(&k->err, ERR_LIMIT,
			               STR_FMT ": too large for the form %s",
			               STR_ARG(e->path), form->name);
		piece.bytes = buf_str(&item->pieces[f]);
		ok = !form->store || form->store(&p->edition, &piece, &k->err);
	}
	arena_reset(&k->arena);
	return ok;
}

/* ---- in order ---- */

static bool take_piece(struct form_run *f, const struct piece *piece, struct err *err)
{
	bool ok = true;

	if (f->form->piece)
		ok = f->form->piece(f, piece, err);
	else if (f->file)
		ok = file_write(f->file, piece->bytes, err);
	f->pieces++;
	return ok;
}

static bool commit_slot(struct works *w, size_t batch, struct slot *slot, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct press *p = w->press;

	for (size_t i = 0; i < slot->n; i++) {
		const struct release_entry *e = entry_of(w, batch, i);
		struct item *item = &slot->items[i];

		for (size_t f = 0; f < p->runs_n; f++) {
			struct piece piece = {e->collection, e->id,
			                      buf_str(&item->pieces[f])};

			if (!take_piece(&p->runs[f], &piece, err))
				return false;
		}
		if (p->cache)
			cache_keep(p->cache, entry_key(e, &scratch), item->sum,
			           item->pieces);
		p->result->reused += item->reused;
	}
	return true;
}

/* With the lock, which is let go meanwhile: take all that are ready in order. */
static void commit(struct worker *k)
{
	struct works *w = k->works;

	w->committing = true;
	while (!w->failed && w->slots[w->next % w->slots_n].ready) {
		struct slot *slot = &w->slots[w->next % w->slots_n];
		bool ok;

		(void)pthread_mutex_unlock(&w->lock);
		ok = commit_slot(w, w->next, slot, &k->err);
		(void)pthread_mutex_lock(&w->lock);
		slot->ready = false;
		w->next++;
		w->failed = w->failed || !ok;
		(void)pthread_cond_broadcast(&w->moved);
	}
	w->committing = false;
}

/* ---- threads ---- */

/* The next batch, its slot ready to be filled; false: there is none. */
static bool begin(struct worker *k, size_t *batch)
{
	struct works *w = k->works;
	size_t n = w->press->edition.entries_n;
	struct slot *slot;

	while (!w->failed && w->taken < w->batches && w->taken >= w->next + w->slots_n)
		(void)pthread_cond_wait(&w->moved, &w->lock);
	if (!w->failed && folder_interrupted(w->press->edition.folder, &k->err)) {
		w->failed = true;
		(void)pthread_cond_broadcast(&w->moved);
	}
	if (w->failed || w->taken >= w->batches)
		return false;
	*batch = w->taken++;
	slot = &w->slots[*batch % w->slots_n];
	slot->n = n - *batch * BATCH < BATCH ? n - *batch * BATCH : BATCH;
	look_up(w, *batch, slot);
	return true;
}

static void *work(void *arg)
{
	struct worker *k = arg;
	struct works *w = k->works;
	size_t batch;

	(void)pthread_mutex_lock(&w->lock);
	while (begin(k, &batch)) {
		struct slot *slot = &w->slots[batch % w->slots_n];
		bool ok = true;

		(void)pthread_mutex_unlock(&w->lock);
		for (size_t i = 0; i < slot->n && ok; i++)
			ok = render(k, entry_of(w, batch, i), &slot->items[i]);
		(void)pthread_mutex_lock(&w->lock);
		slot->ready = ok;
		w->failed = w->failed || !ok;
		if (w->failed)
			(void)pthread_cond_broadcast(&w->moved);
		else if (!w->committing)
			commit(k);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void open_slots(struct works *w, struct arena *arena)
{
	size_t n = w->press->runs_n;

	w->slots = arena_array(arena, struct slot, w->slots_n);
	for (size_t i = 0; i < w->slots_n; i++)
		for (size_t k = 0; k < BATCH; k++) {
			struct buf *pieces = arena_array(arena, struct buf, n);

			for (size_t f = 0; f < n; f++)
				pieces[f] = BUF_INIT(LIMIT_OUTPUT_BYTES);
			w->slots[i].items[k].pieces = pieces;
		}
}

static void release_slots(struct works *w)
{
	for (size_t i = 0; i < w->slots_n; i++)
		for (size_t k = 0; k < BATCH; k++)
			for (size_t f = 0; f < w->press->runs_n; f++)
				buf_release(&w->slots[i].items[k].pieces[f]);
}

bool press_entries(struct press *p, struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t entries = p->edition.entries_n;
	size_t n = threads_for(p->request->options.jobs, entries);
	struct worker *workers = arena_array(&own, struct worker, n);
	struct works w = {.press = p,
	                  .slots_n = 2 * n + 1,
	                  .batches = (entries + BATCH - 1) / BATCH};
	bool ok;

	(void)pthread_mutex_init(&w.lock, NULL);
	(void)pthread_cond_init(&w.moved, NULL);
	open_slots(&w, &own);
	for (size_t i = 0; i < n; i++)
		workers[i].works = &w;
	ok = threads_run(work, workers, sizeof(*workers), n, err);
	for (size_t i = 0; i < n; i++) {
		if (ok && workers[i].err.code)
			ok = err_set(err, workers[i].err.code, "%s", workers[i].err.text);
		arena_release(&workers[i].arena);
	}
	release_slots(&w);
	(void)pthread_cond_destroy(&w.moved);
	(void)pthread_mutex_destroy(&w.lock);
	return ok;
}
