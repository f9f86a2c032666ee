/*
 * pieces.c - entries become pieces in all threads, and are taken in order
 *
 * Threads take batches of entries. Each form takes the pieces of finished batches in order: one
 * that has finished a batch sees to all forms that nobody sees to, the others go on. Nobody begins
 * a batch that is further ahead than there are slots, so memory does not grow with the number of
 * entries.
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
	bool reused;
	struct str *pieces; /* one a form, then the works: pieces_n */
	struct buf *bytes; /* of each, unless it is reused: then of all, in the first */
};

/* A batch at work, or finished and taken by some. */
struct slot {
	size_t batch, n;
	bool ready;
	size_t takers; /* that are still to take it */
	struct item items[BATCH];
};

/* Who takes all batches in order: a form, the works, or the cache. */
struct taker {
	size_t next; /* batch */
	bool busy; /* a thread sees to it */
};

struct crew {
	struct press *press;
	struct slot *slots; /* slots_n of them, used in a ring */
	size_t slots_n, batches;
	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t moved;
	size_t begun, done; /* batches; done: every taker has them */
	struct taker *takers; /* takers_n of them */
	size_t takers_n;
	bool failed;
};

struct worker {
	struct crew *crew;
	struct arena arena; /* reset after each entry */
	struct err err;
};

/* What an entry becomes: a piece for each form, and its works, which are the last piece. */
static size_t pieces_n(const struct press *p)
{
	return p->runs_n + 1;
}

/* The takers are those of the pieces, in their order, and the cache. */
static size_t takers_n(const struct press *p)
{
	return pieces_n(p) + 1;
}

/* ---- one batch ---- */

/* The index of the entry I of BATCH. */
static size_t entry_at(size_t batch, size_t i)
{
	return batch * BATCH + i;
}

/* Whether the pieces of ENTRY were kept by an earlier run. */
static bool take_kept(const struct press *p, size_t entry, struct item *item)
{
	const struct form_run *first = p->runs;
	bool whole;

	if (!p->cache)
		return false;
	whole = !p->runs_n || !first->form->wanted || first->form->wanted(first, entry);
	return cache_take(p->cache, &p->edition.keys[entry], whole, &item->bytes[0],
	                  item->pieces);
}

static bool set_piece(struct worker *k, const struct release_entry *e, struct item *item,
                      size_t i)
{
	item->pieces[i] = buf_str(&item->bytes[i]);
	return !item->bytes[i].overflow ||
	       err_set(&k->err, ERR_LIMIT, STR_FMT ": too large for a snapshot",
	               STR_ARG(e->path));
}

static bool render(struct worker *k, const struct release_entry *e, struct item *item)
{
	struct press *p = k->crew->press;
	struct export_entry entry;

	for (size_t i = 0; i < pieces_n(p); i++)
		buf_reset(&item->bytes[i]);
	if (!gather_entry(&entry, p, e, &k->arena, &k->err))
		return false;
	for (size_t i = 0; i < p->runs_n; i++) {
		const struct form *form = p->runs[i].form;

		if (form->render)
			form->render(&item->bytes[i], &p->edition, &entry);
		if (!set_piece(k, e, item, i))
			return false;
	}
	if (p->works)
		works_pack(&item->bytes[p->runs_n], &entry);
	return set_piece(k, e, item, p->runs_n);
}

static bool work_entry(struct worker *k, size_t entry, struct item *item)
{
	const struct press *p = k->crew->press;
	bool ok;

	item->reused = take_kept(p, entry, item);
	ok = item->reused || render(k, &p->edition.entries[entry], item);
	arena_reset(&k->arena);
	return ok;
}

/* ---- in order ---- */

static bool take_piece(struct form_run *f, struct str bytes, struct err *err)
{
	bool ok = true;

	if (f->form->piece)
		ok = f->form->piece(f, bytes, err);
	else if (f->file)
		ok = file_write(f->file, bytes, err);
	f->pieces++;
	return ok;
}

/* Give ITEM, which ENTRY became, to the taker T. */
static bool take_item(struct press *p, size_t t, size_t entry, const struct item *item,
                      struct err *err)
{
	if (t < p->runs_n)
		return take_piece(&p->runs[t], item->pieces[t], err);
	if (t < pieces_n(p))
		return !p->works || sorted_take(p->works, item->pieces[t], err);
	if (p->cache)
		cache_keep(p->cache, &p->edition.keys[entry], item->pieces, item->reused);
	p->result->reused += item->reused;
	return true;
}

static bool take_slot(struct crew *w, size_t t, const struct slot *slot, struct err *err)
{
	for (size_t i = 0; i < slot->n; i++)
		if (!take_item(w->press, t, entry_at(slot->batch, i), &slot->items[i],
		               err))
			return false;
	return true;
}

/* The batch that the taker T takes next, when it is finished; else NULL. */
static struct slot *ready_for(const struct crew *w, const struct taker *t)
{
	struct slot *slot = &w->slots[t->next % w->slots_n];

	return slot->ready && slot->batch == t->next && !w->failed ? slot : NULL;
}

/* With the lock, which is let go meanwhile: let the taker T take all that are ready. */
static void see_to(struct worker *k, size_t t)
{
	struct crew *w = k->crew;
	struct taker *taker = &w->takers[t];
	struct slot *slot;

	taker->busy = true;
	while ((slot = ready_for(w, taker))) {
		bool ok;

		(void)pthread_mutex_unlock(&w->lock);
		ok = take_slot(w, t, slot, &k->err);
		(void)pthread_mutex_lock(&w->lock);
		taker->next++;
		w->failed = w->failed || !ok;
		slot->ready = --slot->takers > 0;
		w->done += !slot->ready;
		if (!slot->ready || w->failed)
			(void)pthread_cond_broadcast(&w->moved);
	}
	taker->busy = false;
}

/* ---- threads ---- */

/* The next batch, whose slot is free; false: there is none. */
static bool begin(struct worker *k, size_t *batch)
{
	struct crew *w = k->crew;
	size_t n = w->press->edition.entries_n;
	struct slot *slot;

	while (!w->failed && w->begun < w->batches && w->begun >= w->done + w->slots_n)
		(void)pthread_cond_wait(&w->moved, &w->lock);
	if (!w->failed && folder_interrupted(w->press->edition.folder, &k->err)) {
		w->failed = true;
		(void)pthread_cond_broadcast(&w->moved);
	}
	if (w->failed || w->begun >= w->batches)
		return false;
	*batch = w->begun++;
	slot = &w->slots[*batch % w->slots_n];
	slot->batch = *batch;
	slot->takers = w->takers_n;
	slot->n = n - *batch * BATCH < BATCH ? n - *batch * BATCH : BATCH;
	return true;
}

static void *work(void *arg)
{
	struct worker *k = arg;
	struct crew *w = k->crew;
	size_t batch;

	(void)pthread_mutex_lock(&w->lock);
	while (begin(k, &batch)) {
		struct slot *slot = &w->slots[batch % w->slots_n];
		bool ok = true;

		(void)pthread_mutex_unlock(&w->lock);
		for (size_t i = 0; i < slot->n && ok; i++)
			ok = work_entry(k, entry_at(batch, i), &slot->items[i]);
		(void)pthread_mutex_lock(&w->lock);
		slot->ready = ok;
		w->failed = w->failed || !ok;
		if (w->failed)
			(void)pthread_cond_broadcast(&w->moved);
		for (size_t t = 0; t < w->takers_n; t++)
			if (!w->takers[t].busy)
				see_to(k, t);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void open_slots(struct crew *w, struct arena *arena)
{
	size_t n = pieces_n(w->press);

	w->slots = arena_array(arena, struct slot, w->slots_n);
	for (size_t i = 0; i < w->slots_n; i++)
		for (size_t k = 0; k < BATCH; k++) {
			struct item *item = &w->slots[i].items[k];

			item->pieces = arena_array(arena, struct str, n);
			item->bytes = arena_array(arena, struct buf, n);
			for (size_t f = 0; f < n; f++)
				item->bytes[f] = BUF_INIT(LIMIT_OUTPUT_BYTES);
		}
}

static void release_slots(struct crew *w)
{
	for (size_t i = 0; i < w->slots_n; i++)
		for (size_t k = 0; k < BATCH; k++)
			for (size_t f = 0; f < pieces_n(w->press); f++)
				buf_release(&w->slots[i].items[k].bytes[f]);
}

bool press_entries(struct press *p, struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t entries = p->edition.entries_n;
	size_t n = threads_for(p->request->options.jobs, entries);
	struct worker *workers = arena_array(&own, struct worker, n);
	struct crew w = {.press = p,
	                 .slots_n = 2 * n + 1,
	                 .batches = (entries + BATCH - 1) / BATCH};
	bool ok;

	(void)pthread_mutex_init(&w.lock, NULL);
	(void)pthread_cond_init(&w.moved, NULL);
	w.takers_n = takers_n(p);
	w.takers = arena_array(&own, struct taker, w.takers_n);
	open_slots(&w, &own);
	for (size_t i = 0; i < n; i++)
		workers[i].crew = &w;
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
