/*
 * run.c - entry after entry, on all cores; findings are told release after release
 *
 * Going along one entry through all releases, each file is read once: the new one of a step is
 * the old one of the next.
 */
#include "verify/internal.h"

#include "base/threads.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 16 /* entries taken at a time */

/* What was found in one step of one entry. */
struct found {
	const struct release *release;
	struct str path; /* of the new file, or the old one */
	struct diag_list diags;
};

/* What one thread has of its own. */
struct worker {
	struct record *record;
	const struct chains *chains;
	atomic_size_t *next; /* index of the next chain nobody has taken */
	struct entry_check check;
	struct arena kept; /* findings */
	struct found *found; /* found_n of them */
	size_t found_n, found_cap;
	size_t files; /* looked at */
};

struct str release_path(const struct release *release, struct str path,
                        struct arena *arena)
{
	return arena_fmt(arena, STR_FMT ":" STR_FMT, STR_ARG(release->name),
	                 STR_ARG(path));
}

static void check_step(struct worker *w, const struct entry_step *step)
{
	const struct release_file *file = step->new ? step->new : step->old;
	struct diag_list diags;

	diag_init(&diags, &w->kept);
	verify_step(&w->check, step, &diags);
	w->files++;
	if (!diags.n)
		return;
	for (size_t i = 0; i < diags.n; i++)
		diags.items[i].file = release_path(step->release, file->path, &w->kept);
	*arena_push(&w->kept, w->found, w->found_n, w->found_cap) =
	        (struct found){step->release, file->path, diags};
}

static void check_chain(struct worker *w, const struct entry_chain *chain)
{
	w->check.record = w->record;
	w->check.chain = chain;
	for (const struct entry_step *s = chain->first; s; s = s->next)
		check_step(w, s);
	entry_check_reset(&w->check);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	size_t n = w->chains->n, from;

	while ((from = atomic_fetch_add(w->next, BATCH)) < n)
		for (size_t i = from; i < from + BATCH && i < n; i++)
			check_chain(w, &w->chains->items[i]);
	return NULL;
}

static struct str keep(struct arena *a, struct str s)
{
	return s.s ? arena_str(a, s) : STR_NONE;
}

void verify_keep(struct diag_list *out, const struct diag *found)
{
	struct diag d = *found;

	d.file = keep(out->arena, d.file);
	d.pointer = keep(out->arena, d.pointer);
	d.text = keep(out->arena, d.text);
	d.suggestion = keep(out->arena, d.suggestion);
	*arena_push(out->arena, out->items, out->n, out->cap) = d;
}

static int by_release(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->release != y->release)
		return x->release < y->release ? -1 : 1;
	return str_cmp(x->path, y->path);
}

/* What all threads have found, in order; the findings themselves are still theirs. */
static struct found *collect(size_t *total, const struct worker *workers, size_t n,
                             struct arena *arena)
{
	struct found *all;

	*total = 0;
	for (size_t i = 0; i < n; i++)
		*total += workers[i].found_n;
	all = arena_array(arena, struct found, *total);
	for (size_t i = 0, at = 0; i < n; at += workers[i++].found_n)
		if (workers[i].found_n)
			memcpy(&all[at], workers[i].found,
			       workers[i].found_n * sizeof(*all));
	if (*total)
		qsort(all, *total, sizeof(*all), by_release);
	return all;
}

/* What stands beside the tree of RELEASE. */
static void tell_beside(struct verify_result *out, const struct record *r,
                        const struct release *release)
{
	bool known = release->index < out->tags_known;

	verify_tag(&out->diags, r, release->index, known);
	out->untagged += !known;
	out->releases++;
}

/* Of each release, what was found in its entries, then what stands beside its tree. */
static void tell_all(struct verify_result *out, const struct record *r,
                     const struct release *from, const struct release *to,
                     const struct worker *workers, size_t n)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t total, at = 0;
	const struct found *all = collect(&total, workers, n, &own);

	for (size_t i = 0; i < n; i++)
		out->versions += workers[i].files;
	for (const struct release *release = from; release <= to; release++) {
		for (; at < total && all[at].release == release; at++)
			for (size_t i = 0; i < all[at].diags.n; i++)
				verify_keep(&out->diags, &all[at].diags.items[i]);
		tell_beside(out, r, release);
	}
}

static bool check_chains(struct verify_result *out, struct record *r,
                         const struct chains *chains, const struct release *from,
                         const struct release *to, int jobs, struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t n = threads_for(jobs, chains->n);
	struct worker *workers = arena_array(&own, struct worker, n);
	atomic_size_t next = 0;
	bool ok;

	for (size_t i = 0; i < n; i++)
		workers[i] =
		        (struct worker){.record = r, .chains = chains, .next = &next};
	ok = threads_run(work, workers, sizeof(*workers), n, err);
	if (ok)
		tell_all(out, r, from, to, workers, n);
	for (size_t i = 0; i < n; i++) {
		entry_check_release(&workers[i].check);
		arena_release(&workers[i].kept);
	}
	return ok;
}

/* ---- one release alone, of which only what differs is read ---- */

struct gathering {
	const struct release *release;
	struct entry_chain *items;
	size_t n, cap;
	struct arena arena;
};

static const struct release_file *copy_file(struct arena *a, const struct release_file *f)
{
	struct release_file *copy;

	if (!f)
		return NULL;
	copy = arena_new(a, struct release_file);
	*copy = (struct release_file){arena_str(a, f->path), f->blob};
	return copy;
}

static bool gather(void *ctx, const struct release_change *c, struct err *err)
{
	struct gathering *g = ctx;
	struct entry_step *step = arena_new(&g->arena, struct entry_step);

	(void)err;
	*step = (struct entry_step){.release = g->release,
	                            .old = copy_file(&g->arena, c->old),
	                            .new = copy_file(&g->arena, c->new)};
	*arena_push(&g->arena, g->items, g->n, g->cap) = (struct entry_chain){
	        arena_str(&g->arena, c->collection), arena_str(&g->arena, c->id), step};
	return true;
}

/* A tree or commit that cannot be read is a finding about the release as a whole. */
static void tell_unreadable(struct verify_result *out, const struct record *r,
                            const struct release *release, const struct err *err)
{
	diag_file(&out->diags, release->name);
	diag_add(&out->diags, &rule_release_object, (struct span){0}, "%s", err->text);
	tell_beside(out, r, release);
}

static bool check_release(struct verify_result *out, struct record *r,
                          const struct release *release, int jobs, struct err *err)
{
	const struct release *before = release->index ? release - 1 : NULL;
	struct gathering g = {.release = release};
	struct err why = {0};
	bool ok = true;

	if (release_changes(r, before, release, gather, &g, &why))
		ok = check_chains(out, r, &(struct chains){.items = g.items, .n = g.n},
		                  release, release, jobs, err);
	else
		tell_unreadable(out, r, release, &why);
	arena_release(&g.arena);
	return ok;
}

static bool check_all(bool *done, struct verify_result *out, struct record *r,
                      size_t from, size_t to, int jobs, struct err *err)
{
	struct chains chains;
	struct err why = {0};
	bool ok = true;

	*done = record_chains(&chains, r, from, to, jobs, &why);
	if (*done)
		ok = check_chains(out, r, &chains, &r->releases[from], &r->releases[to],
		                  jobs, err);
	chains_release(&chains);
	return ok;
}

bool verify_releases(struct verify_result *out, struct record *r, size_t from, size_t to,
                     int jobs, struct arena *arena, struct err *err)
{
	bool done = false;

	*out = (struct verify_result){0};
	diag_init(&out->diags, arena);
	out->tags_known = verify_tags_known(r);
	to = to < r->n ? to : r->n - 1;
	if (from < to && !check_all(&done, out, r, from, to, jobs, err))
		return false;
	/* What cannot be read at once is told release by release. */
	for (size_t i = from; i <= to && !done; i++)
		if (!check_release(out, r, &r->releases[i], jobs, err))
			return false;
	return true;
}
