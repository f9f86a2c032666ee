/*
 * run.c - release after release; the entries of one release on all cores
 */
#include "verify/internal.h"

#include "base/threads.h"

#include <stdatomic.h>

/* One release's changes, gathered before the threads start. */
struct batch {
	struct record *record;
	const struct release *old, *new;
	struct release_change *changes;
	size_t n, cap;
	struct arena arena; /* of the changes */
	struct diag_list *found; /* one a change */
	atomic_size_t next; /* index of the next change nobody has taken */
};

/* What one thread has of its own. */
struct worker {
	struct batch *batch;
	struct arena scratch; /* reset after each entry */
	struct arena kept; /* findings */
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
	struct batch *b = ctx;

	(void)err;
	*arena_push(&b->arena, b->changes, b->n, b->cap) =
	        (struct release_change){.collection = arena_str(&b->arena, c->collection),
	                                .id = arena_str(&b->arena, c->id),
	                                .old = copy_file(&b->arena, c->old),
	                                .new = copy_file(&b->arena, c->new)};
	return true;
}

struct str release_path(const struct release *release, struct str path,
                        struct arena *arena)
{
	return arena_fmt(arena, STR_FMT ":" STR_FMT, STR_ARG(release->name),
	                 STR_ARG(path));
}

static void check_one(struct worker *w, size_t i)
{
	struct batch *b = w->batch;
	const struct release_change *change = &b->changes[i];
	const struct release_file *file = change->new ? change->new : change->old;
	struct diag_list *out = &b->found[i];

	diag_init(out, &w->kept);
	diag_file(out, release_path(b->new, file->path, &w->kept));
	verify_pair(&(struct pair_check){b->record, b->old, b->new, change, &w->scratch,
	                                 out});
	arena_reset(&w->scratch);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct batch *b = w->batch;
	size_t i;

	while ((i = atomic_fetch_add(&b->next, 1)) < b->n)
		check_one(w, i);
	return NULL;
}

static struct str keep(struct arena *a, struct str s)
{
	return s.s ? arena_str(a, s) : STR_NONE;
}

static void collect(struct verify_result *out, const struct batch *b)
{
	struct diag_list *to = &out->diags;

	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->found[i].n; k++) {
			struct diag d = b->found[i].items[k];

			d.file = keep(to->arena, d.file);
			d.pointer = keep(to->arena, d.pointer);
			d.text = keep(to->arena, d.text);
			d.suggestion = keep(to->arena, d.suggestion);
			*arena_push(to->arena, to->items, to->n, to->cap) = d;
		}
}

static bool run_batch(struct verify_result *out, struct batch *b, int jobs,
                      struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	size_t n = threads_for(jobs, b->n);
	struct worker *workers = arena_array(&own, struct worker, n);
	bool ok;

	b->found = arena_array(&own, struct diag_list, b->n);
	for (size_t i = 0; i < n; i++)
		workers[i].batch = b;
	ok = threads_run(work, workers, sizeof(*workers), n, err);
	if (ok)
		collect(out, b);
	for (size_t i = 0; i < n; i++) {
		arena_release(&workers[i].scratch);
		arena_release(&workers[i].kept);
	}
	out->versions += b->n;
	return ok;
}

/* A tree or commit that cannot be read is a finding about the release as a whole. */
static void tell_unreadable(struct verify_result *out, const struct release *release,
                            const struct err *err)
{
	diag_file(&out->diags, release->name);
	diag_add(&out->diags, &rule_release_object, (struct span){0}, "%s", err->text);
}

static bool check_release(struct verify_result *out, struct record *r, size_t i, int jobs,
                          struct err *err)
{
	struct batch b = {.record = r,
	                  .old = i ? &r->releases[i - 1] : NULL,
	                  .new = &r->releases[i]};
	struct err why = {0};
	bool ok = true;

	if (release_changes(r, b.old, b.new, gather, &b, &why))
		ok = run_batch(out, &b, jobs, err);
	else
		tell_unreadable(out, b.new, &why);
	arena_release(&b.arena);
	verify_tag(&out->diags, r, i);
	out->releases++;
	return ok;
}

bool verify_releases(struct verify_result *out, struct record *r, size_t from, size_t to,
                     int jobs, struct arena *arena, struct err *err)
{
	*out = (struct verify_result){0};
	diag_init(&out->diags, arena);
	for (size_t i = from; i < r->n && i <= to; i++)
		if (!check_release(out, r, i, jobs, err))
			return false;
	return true;
}
