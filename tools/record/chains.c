/*
 * chains.c - what happened to each entry, release after release
 *
 * Threads read parts of the trees. An entry that moved may be in several parts: chains of one
 * entry are joined at the end.
 */
#include "record/internal.h"

#include "base/limits.h"
#include "base/threads.h"

#include <stdatomic.h>
#include <stdlib.h>

#define WORTH_A_THREAD 64 /* threads_for() counts pieces; a release is as many */

/* As struct entry_chain and entry_step, while they grow. */
struct step {
	struct step *next;
	size_t release;
	const struct release_file *files[2]; /* old and new */
};

struct chain {
	struct str collection, id;
	struct step *first, *last;
};

/* One part of the trees. */
struct chaining {
	struct record *r;
	size_t base; /* index of the release that the first tree is of */
	bool whole; /* nothing comes before the first tree */
	const struct oid *trees; /* n of them */
	size_t n, part, parts;
	struct map chains; /* "collection/id" -> struct chain * */
	struct buf key;
	struct arena *arena;
	struct err err;
};

static struct chain *chain_of(struct chaining *c, struct str collection, struct str id)
{
	struct str key = known_key(&c->key, collection, id);
	struct chain *chain = map_get(&c->chains, key);

	if (chain)
		return chain;
	chain = arena_new(c->arena, struct chain);
	key = arena_str(c->arena, key);
	*chain = (struct chain){.collection = str_sub(key, 0, collection.n),
	                        .id = str_sub(key, collection.n + 1, key.n)};
	map_set(&c->chains, key, chain);
	return chain;
}

/* The step of CHAIN in RELEASE, made when there is none; most come in order. */
static struct step *step_of(struct chain *chain, size_t release, struct arena *arena)
{
	struct step **at = &chain->first, *made;

	if (chain->last && chain->last->release <= release)
		at = chain->last->release == release ? &chain->last : &chain->last->next;
	while (*at && (*at)->release < release)
		at = &(*at)->next;
	if (*at && (*at)->release == release)
		return *at;
	made = arena_new(arena, struct step);
	made->release = release;
	made->next = *at;
	*at = made;
	if (!made->next)
		chain->last = made;
	return made;
}

/* In RELEASE, the entry that the release LAID_OUT has at FILE's path was (0) or became (1) it. */
static void note(struct chaining *c, size_t laid_out, size_t release, int side,
                 const struct release_file *file)
{
	const struct layout *l = c->r->layout_of[laid_out];
	struct chain *chain;
	size_t i;

	if (!layout_collection(&i, l, file->path))
		return;
	chain = chain_of(c, l->dataset->collections[i].name, file_stem(file->path));
	step_of(chain, release, c->arena)->files[side] = file;
}

static bool take(void *ctx, struct str path, const struct repo_step *steps, size_t n)
{
	struct chaining *c = ctx;
	const struct release_file *old = NULL;

	if (n == 1 && !steps[0].index && !c->whole)
		return true; /* it only ever stayed as it was */
	path = arena_str(c->arena, path);
	for (size_t i = 0; i < n; i++) {
		size_t release = c->base + steps[i].index;
		bool before = !steps[i].index && !c->whole;
		struct release_file *file = NULL;

		if (!oid_is_zero(&steps[i].id)) {
			file = arena_new(c->arena, struct release_file);
			*file = (struct release_file){path, steps[i].id};
		}
		if (old)
			note(c, release - 1, release, 0, old);
		if (file && !before)
			note(c, release, release, 1, file);
		old = file;
	}
	return true;
}

/* One thread. */
struct chainer {
	struct chaining *parts; /* n of them */
	size_t n;
	atomic_size_t *next;
};

static void *run(void *arg)
{
	struct chainer *w = arg;
	size_t i;

	while ((i = atomic_fetch_add(w->next, 1)) < w->n) {
		struct chaining *c = &w->parts[i];

		/* What went wrong stands in ERR. */
		if (!repo_steps_part(c->r->repo, c->trees, c->n, c->part, c->parts, take,
		                     c, &c->err))
			break;
	}
	return NULL;
}

/* Steps of one entry that another part has found. */
static void join(struct chain *to, const struct chain *from, struct arena *arena)
{
	for (const struct step *s = from->first; s; s = s->next) {
		struct step *mine = step_of(to, s->release, arena);

		for (int side = 0; side < 2; side++)
			if (s->files[side])
				mine->files[side] = s->files[side];
	}
}

static const struct entry_step *finish_steps(const struct chain *chain,
                                             const struct record *r, struct arena *arena)
{
	const struct entry_step *first = NULL, **at = &first;

	for (const struct step *s = chain->first; s; s = s->next) {
		struct entry_step *out = arena_new(arena, struct entry_step);

		*out = (struct entry_step){.release = &r->releases[s->release],
		                           .old = s->files[0],
		                           .new = s->files[1]};
		*at = out;
		at = &out->next;
	}
	return first;
}

/* All chains of all parts, in those of the first. */
static void finish(struct chains *out, struct chaining *parts, size_t n)
{
	struct map *all = &parts[0].chains;
	struct arena *arena = parts[0].arena;

	for (size_t p = 1; p < n; p++)
		for (size_t i = 0; i < parts[p].chains.n; i++) {
			const struct map_item *item = &parts[p].chains.items[i];
			bool added;
			void **at = map_at(all, item->key, &added);

			if (added)
				*at = item->value;
			else
				join(*at, item->value, arena);
		}
	out->n = all->n;
	out->items = arena_array(arena, struct entry_chain, out->n);
	for (size_t i = 0; i < out->n; i++) {
		const struct chain *chain = all->items[i].value;

		out->items[i] =
		        (struct entry_chain){chain->collection, chain->id,
		                             finish_steps(chain, parts[0].r, arena)};
	}
}

/* Threads ask for layouts, and must find them read. */
static bool read_layouts(struct record *r, size_t from, size_t to, struct err *err)
{
	for (size_t i = from; i <= to; i++)
		if (!release_layout(r, &r->releases[i], err))
			return false;
	return true;
}

static bool run_parts(struct chains *out, struct chaining *parts, size_t n,
                      struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	struct chainer *workers = arena_array(&own, struct chainer, n);
	atomic_size_t next = 0;
	bool ok;

	for (size_t i = 0; i < n; i++)
		workers[i] = (struct chainer){parts, n, &next};
	ok = threads_run(run, workers, sizeof(*workers), n, err);
	for (size_t i = 0; i < n; i++) {
		buf_release(&parts[i].key);
		if (parts[i].err.code)
			ok = err_set(err, parts[i].err.code, "%s", parts[i].err.text);
	}
	if (ok)
		finish(out, parts, n);
	return ok;
}

bool record_chains(struct chains *out, struct record *r, size_t from, size_t to, int jobs,
                   struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t base = from ? from - 1 : 0, n = to - base + 1;
	size_t threads = threads_for(jobs, n * WORTH_A_THREAD);
	struct chaining *parts = arena_array(&own, struct chaining, threads);
	struct oid *trees = arena_array(&own, struct oid, n);

	*out = (struct chains){.arenas = mem_alloc(threads * sizeof(struct arena)),
	                       .arenas_n = threads};
	for (size_t i = 0; i < n; i++)
		trees[i] = r->releases[base + i].tree;
	for (size_t i = 0; i < threads; i++) {
		out->arenas[i] = (struct arena){0};
		parts[i] = (struct chaining){.r = r,
		                             .base = base,
		                             .whole = !from,
		                             .trees = trees,
		                             .n = n,
		                             .part = i,
		                             .parts = threads,
		                             .key = BUF_INIT(LIMIT_FILE_BYTES),
		                             .arena = &out->arenas[i]};
		map_init(&parts[i].chains, parts[i].arena);
	}
	return read_layouts(r, base, to, err) && run_parts(out, parts, threads, err);
}

void chains_release(struct chains *c)
{
	for (size_t i = 0; i < c->arenas_n; i++)
		arena_release(&c->arenas[i]);
	free(c->arenas);
	*c = (struct chains){0};
}
