#include "dataset/check.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

/* Names compared for "did you mean" in one run: relations to nowhere may be many. */
#define SUGGEST_BUDGET 2000000

/* One id of one entry; small, since there is one for each file. */
struct id_ref {
	uint64_t hash; /* of the folded id and its collection */
	uint32_t file; /* index into the list of files */
	uint32_t stray; /* index into the strays + 1; 0: the file's name is the id */
};

struct whole {
	const struct check *check;
	struct facts *out;
	const struct stray_id **strays; /* in the order of files and documents */
	size_t strays_n;
	struct map *stray_ids; /* of strays, by collection as check->names */
	bool *is_stray; /* by file: its name is no id */
	struct withdrawn withdrawn;
	size_t budget;
};

static const struct file *file_at(const struct whole *w, size_t i)
{
	return &w->check->files->items[i];
}

/* Read FILE again to find the place of its id. Rare: only for a finding. */
static struct span id_place(struct whole *w, size_t file, struct str *pointer)
{
	const struct file *f = &w->check->files->items[file];
	const struct tree *t = w->check->tree;
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena arena = {0};
	struct diag_list unused;
	struct source source;
	struct docs docs;
	struct path_iter it;
	const char *why;

	diag_init(&unused, &arena);
	if (!f->collection->roles.id ||
	    t->read(t, &source, &bytes, f->path, &why) != SOURCE_OK ||
	    !doc_read(&docs, &source, &f->collection->read, &arena, &unused))
		return (struct span){0};
	it = path_iter(f->collection->roles.id, &docs.items[0].root);
	if (!path_next(&it))
		return (struct span){0};
	*pointer = path_pointer(&it, &w->out->arena);
	return doc_span(it.node);
}

static struct str id_of(const struct whole *w, const struct id_ref *r)
{
	return r->stray ? w->strays[r->stray - 1]->id
	                : file_stem(file_at(w, r->file)->path);
}

static void report_duplicate(struct whole *w, const struct id_ref *here,
                             const struct id_ref *other)
{
	struct diag_list *diags = &w->out->diags;
	const struct stray_id *stray = here->stray ? w->strays[here->stray - 1] : NULL;
	struct str pointer = stray ? stray->pointer : STR_NONE;
	struct span span = stray ? stray->span : id_place(w, here->file, &pointer);
	size_t from = diags->n;
	struct diag *d;

	diag_file(diags, file_at(w, here->file)->path);
	d = diag_add(diags, &rule_dataset_duplicate_id, span,
	             "the id \"" STR_FMT
	             "\" (case, hyphens and Unicode forms folded) is also "
	             "that of " STR_FMT,
	             STR_ARG(diag_quote(diags->arena, id_of(w, here))),
	             STR_ARG(file_at(w, other->file)->path));
	d->pointer = pointer;
	d->document = stray ? stray->document : 1;
	d->suggestion = STR("give one of the two another id");
	facts_segment(w->out, here->file, from);
}

static bool same_id(const struct whole *w, const struct id_ref *a, const struct id_ref *b)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	return a->hash == b->hash &&
	       file_at(w, a->file)->collection == file_at(w, b->file)->collection &&
	       str_eq(text_fold(&scratch, id_of(w, a)), text_fold(&scratch, id_of(w, b)));
}

static int by_hash(const void *a, const void *b)
{
	const struct id_ref *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->stray < y->stray ? -1 : x->stray > y->stray;
}

/* REFS are sorted: equal ids are neighbours, the first file first. */
static void check_duplicates(struct whole *w, const struct id_ref *refs, size_t n)
{
	const struct id_ref *first = refs;

	for (size_t i = 1; i < n; i++) {
		if (!same_id(w, first, &refs[i]))
			first = &refs[i];
		else if (refs[i].file < w->check->checked)
			report_duplicate(w, &refs[i], first);
		else if (first->file < w->check->checked)
			report_duplicate(w, first, &refs[i]);
	}
}

static struct id_ref ref_of(struct whole *w, size_t file, size_t stray,
                            struct arena *scratch)
{
	struct id_ref r = {.file = (uint32_t)file, .stray = (uint32_t)stray};

	r.hash = str_hash(text_fold(scratch, id_of(w, &r))) ^
	         (uint64_t)(uintptr_t)file_at(w, file)->collection;
	arena_reset(scratch);
	return r;
}

static void check_ids(struct whole *w)
{
	CLEANUP(arena_release) struct arena scratch = {0}, own = {0};
	size_t n = 0, files = w->check->files->n;
	struct id_ref *refs = arena_array(&own, struct id_ref, files + w->strays_n);

	for (size_t i = 0; i < files; i++) {
		const struct collection *c = file_at(w, i)->collection;

		if (c && c->id_is_stem && !w->is_stray[i])
			refs[n++] = ref_of(w, i, 0, &scratch);
	}
	for (size_t i = 0; i < w->strays_n; i++)
		refs[n++] = ref_of(w, w->strays[i]->file, i + 1, &scratch);
	if (n)
		qsort(refs, n, sizeof(*refs), by_hash);
	check_duplicates(w, refs, n);
}

/* Whether an entry of C has the id TARGET. */
static bool known(const struct whole *w, const struct collection *c, struct str target)
{
	const struct names *names = check_names(w->check, c);
	size_t file;

	if (check_find_name(names, target, &file) && !w->is_stray[file])
		return true;
	return map_has(&w->stray_ids[names - w->check->names], target);
}

/* All ids of C, for "did you mean"; the array lives in SCRATCH. */
static size_t all_ids(struct str **out, const struct whole *w, const struct collection *c,
                      struct arena *scratch)
{
	const struct map *stems = &check_names(w->check, c)->by_stem;
	struct str *ids = arena_array(scratch, struct str, stems->n + w->strays_n);
	size_t n = 0;

	for (size_t i = 0; i < stems->n; i++)
		ids[n++] = stems->items[i].key;
	for (size_t i = 0; i < w->strays_n; i++)
		if (file_at(w, w->strays[i]->file)->collection == c)
			ids[n++] = w->strays[i]->id;
	*out = ids;
	return n;
}

static struct str nearest_id(struct whole *w, const struct collection *c,
                             struct str target)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str *ids;
	size_t n;

	if (check_names(w->check, c)->by_stem.n + w->strays_n > w->budget)
		return STR_NONE;
	n = all_ids(&ids, w, c, &scratch);
	w->budget -= n;
	return text_nearest(target, ids, n);
}

/* Links to files that were known before are kept elsewhere. */
static void check_withdrawn(struct whole *w, const struct relation *r)
{
	const struct names *names =
	        check_names(w->check, file_at(w, r->file)->collection);
	size_t target;

	if (check_find_name(names, r->target, &target) && !w->is_stray[target] &&
	    !withdrawn_is(&w->withdrawn, r->file) && withdrawn_is(&w->withdrawn, target))
		withdrawn_report(&w->withdrawn, target, r->span, r->document, r->pointer,
		                 &w->out->diags);
}

static void check_relation(struct whole *w, const struct relation *r)
{
	const struct file *file = file_at(w, r->file);
	struct diag_list *diags = &w->out->diags;
	struct str near;
	struct diag *d;

	check_withdrawn(w, r);
	if (known(w, file->collection, r->target) || diag_drops(diags))
		return;
	d = diag_add(diags, &rule_dataset_dangling_related, r->span,
	             "no entry of " STR_FMT " has the id \"" STR_FMT "\"",
	             STR_ARG(file->collection->name),
	             STR_ARG(diag_quote(diags->arena, r->target)));
	d->pointer = r->pointer;
	d->document = r->document;
	near = nearest_id(w, file->collection, r->target);
	if (near.n)
		d->suggestion = arena_fmt(diags->arena, "did you mean \"" STR_FMT "\"?",
		                          STR_ARG(near));
}

/* The N relations of one file. */
static void check_file(struct whole *w, const struct relation *r, size_t n)
{
	struct diag_list *diags = &w->out->diags;
	size_t from = diags->n, dropped = diags->dropped;

	diag_file(diags, file_at(w, r->file)->path);
	for (size_t i = 0; i < n; i++)
		check_relation(w, &r[i]);
	facts_dropped(w->out, dropped);
	facts_segment(w->out, r->file, from);
}

/* How many of the N relations R stand in the same file as the first one. */
static size_t same_file(const struct relation *r, size_t n)
{
	size_t i = 1;

	while (i < n && r[i].file == r->file)
		i++;
	return i;
}

/*
 * File by file, so that it does not depend on the threads where the budget ends. Each worker
 * has its files in order: the next one is first in somebody's row.
 */
static void check_relations(struct whole *w, const struct facts *workers,
                            size_t workers_n)
{
	size_t *next = arena_array(&w->out->arena, size_t, workers_n);

	for (;;) {
		const struct relation *first = NULL;
		size_t who = 0, n;

		for (size_t i = 0; i < workers_n; i++) {
			if (next[i] == workers[i].relations_n ||
			    (first && first->file < workers[i].relations[next[i]].file))
				continue;
			first = &workers[i].relations[next[i]];
			who = i;
		}
		if (!first)
			return;
		n = same_file(first, workers[who].relations_n - next[who]);
		check_file(w, first, n);
		next[who] += n;
	}
}

static int by_file(const void *a, const void *b)
{
	const struct stray_id *x = *(const struct stray_id *const *)a;
	const struct stray_id *y = *(const struct stray_id *const *)b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->document - y->document;
}

/* The strays of all workers in the order of the files, whatever thread read them. */
static void collect_strays(struct whole *w, const struct facts *workers, size_t workers_n)
{
	const struct names *names;
	size_t n = 0;

	for (size_t i = 0; i < workers_n; i++)
		n += workers[i].ids_n;
	w->strays = arena_array(&w->out->arena, const struct stray_id *, n);
	for (size_t i = 0; i < workers_n; i++)
		for (size_t k = 0; k < workers[i].ids_n; k++)
			w->strays[w->strays_n++] = &workers[i].ids[k];
	if (n)
		qsort(w->strays, n, sizeof(*w->strays), by_file);
	for (size_t i = 0; i < n; i++) {
		w->is_stray[w->strays[i]->file] = true;
		names = check_names(w->check, file_at(w, w->strays[i]->file)->collection);
		map_at(&w->stray_ids[names - w->check->names], w->strays[i]->id, NULL);
	}
}

void check_whole(const struct check *c, const struct facts *workers, size_t workers_n,
                 struct facts *out)
{
	struct whole w = {.check = c, .out = out, .budget = SUGGEST_BUDGET};

	w.is_stray = arena_array(&out->arena, bool, c->files->n);
	w.stray_ids = arena_array(&out->arena, struct map, c->names_n);
	for (size_t i = 0; i < c->names_n; i++)
		map_init(&w.stray_ids[i], &out->arena);
	collect_strays(&w, workers, workers_n);
	check_ids(&w);
	withdrawn_init(&w.withdrawn, c, workers, workers_n, &out->arena);
	check_relations(&w, workers, workers_n);
	withdrawn_check_links(&w.withdrawn, workers, workers_n, out);
}
