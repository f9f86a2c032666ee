#include "dataset/worker.h"

#include "base/threads.h"

#include <stdlib.h>

/* How many of FILES are entries of C. */
static size_t count_entries(const struct file_list *files, const struct collection *c)
{
	size_t n = 0;

	for (size_t i = 0; i < files->n; i++)
		n += files->items[i].collection == c;
	return n;
}

static void prepare_names(struct check *c, struct arena *arena)
{
	const struct dataset *d = c->opt->dataset;

	c->names_n = d ? d->collections_n : 0;
	c->names = arena_array(arena, struct names, c->names_n);
	for (size_t i = 0; i < c->names_n; i++) {
		c->names[i].collection = &d->collections[i];
		map_init(&c->names[i].by_stem, arena);
		if (d->collections[i].id_is_stem)
			map_reserve(&c->names[i].by_stem,
			            count_entries(c->files, &d->collections[i]));
	}
	check_add_names(c, 0);
}

void check_add_names(struct check *c, size_t from)
{
	for (size_t i = from; i < c->files->n; i++) {
		const struct file *f = &c->files->items[i];

		for (size_t k = 0; k < c->names_n; k++)
			if (c->names[k].collection == f->collection &&
			    f->collection->id_is_stem)
				map_set(&c->names[k].by_stem, file_stem(f->path),
				        (void *)(uintptr_t)(i + 1));
	}
}

bool check_find_name(const struct names *names, struct str stem, size_t *index)
{
	size_t i = (size_t)(uintptr_t)map_get(&names->by_stem, stem);

	*index = i - 1;
	return i > 0;
}

static void prepare_builtin(struct check *c, struct arena *arena)
{
	static const struct {
		enum file_kind kind;
		const char *text;
		const size_t *size;
	} rows[] = {
	        {FILE_CONFIG, schema_stemma, &schema_stemma_size},
	        {FILE_VOCABULARY, schema_vocabulary, &schema_vocabulary_size},
	        {FILE_LABELS, schema_labels, &schema_labels_size},
	        {FILE_REFERENCE, schema_kept, &schema_kept_size},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t k = 0; k < c->checked; k++)
			if (c->files->items[k].kind == rows[i].kind) {
				c->builtin[rows[i].kind] = builtin_schema(
				        rows[i].text, *rows[i].size, arena);
				break;
			}
}

static int segment_order(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return x->file < y->file ? -1 : x->file > y->file;
}

static struct str copy_or_absent(struct arena *a, struct str s)
{
	return s.s ? arena_str(a, s) : STR_NONE;
}

/* Copy D with its texts, set its severity by configuration; those switched off are left out. */
static void keep(struct check_result *out, const struct check_options *opt,
                 const struct diag *d)
{
	struct arena *a = out->diags.arena;
	struct diag copy = *d;

	copy.severity = dataset_finding_severity(opt->dataset, d);
	if (copy.severity == SEVERITY_OFF)
		return;
	copy.pointer = arena_str(a, d->pointer);
	copy.text = arena_str(a, d->text);
	copy.keyword = copy_or_absent(a, d->keyword);
	copy.schema_location = copy_or_absent(a, d->schema_location);
	copy.suggestion = copy_or_absent(a, d->suggestion);
	*arena_push(a, out->diags.items, out->diags.n, out->diags.cap) = copy;
	out->io_trouble = out->io_trouble || d->rule == &rule_io_unreadable;
}

/* All findings in the order of the files and their places. */
static void gather(struct check_result *out, const struct check_options *opt,
                   const struct facts *all, size_t all_n)
{
	struct arena *a = out->diags.arena;
	struct segment *s;
	size_t n = 0;

	for (size_t i = 0; i < all_n; i++) {
		n += all[i].segments_n;
		out->dropped += all[i].diags.dropped;
	}
	s = arena_array(a, struct segment, n);
	n = 0;
	for (size_t i = 0; i < all_n; i++)
		for (size_t k = 0; k < all[i].segments_n; k++)
			s[n++] = all[i].segments[k];
	if (n)
		qsort(s, n, sizeof(*s), segment_order);
	for (size_t i = 0, from = out->diags.n; i < n; i++) {
		for (size_t k = 0; k < s[i].n; k++)
			keep(out, opt, &s[i].list->items[s[i].from + k]);
		if (i + 1 < n && s[i + 1].file == s[i].file)
			continue;
		diag_sort(&out->diags, from);
		from = out->diags.n;
	}
}

/* Run the workers over all files; FACTS gets what each of them found, N of them. */
static bool read_files(struct check *c, struct worker *workers, struct facts *facts,
                       size_t n, struct err *err)
{
	atomic_size_t next = 0;
	bool ok;

	for (size_t i = 0; i < n; i++)
		worker_init(&workers[i], c, &next);
	ok = threads_run(worker_run, workers, sizeof(*workers), n, err);
	for (size_t i = 0; i < n; i++)
		facts[i] = workers[i].facts;
	return ok;
}

/* The rules of the whole set. */
static bool check_set(struct check *c, struct facts *facts, size_t n, struct arena *own,
                      struct err *err)
{
	if (!c->opt->dataset)
		return true;
	if (c->opt->partial && !context_find(c, facts, n, own, err))
		return false;
	check_whole(c, facts, n, &facts[n]);
	references_check_whole(c, &facts[n]);
	return true;
}

static const struct tree *tree_of(const struct check_options *opt)
{
	if (opt->dataset)
		return opt->dataset->tree;
	return opt->tree ? opt->tree : &tree_disk;
}

bool dataset_check(struct check_result *out, struct file_list *files,
                   const struct check_options *opt, struct arena *arena, struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	struct check c = {.files = files, .checked = files->n, .opt = opt};
	struct worker *workers;
	struct facts *facts;
	size_t n;
	bool ok;

	*out = (struct check_result){.files = files->n};
	diag_init(&out->diags, arena);
	c.tree = tree_of(opt);
	if (opt->dataset)
		dataset_load_vocabularies(opt->dataset); /* threads only read them */
	if (opt->partial && !context_read(&c, &own, err))
		return false;
	n = threads_for(opt->jobs, files->n);
	prepare_names(&c, &own);
	prepare_builtin(&c, &own);
	references_prepare(&c, &own);
	workers = arena_array(&own, struct worker, n);
	facts = arena_array(&own, struct facts, n + 1);
	diag_init(&facts[n].diags, &facts[n].arena);
	ok = read_files(&c, workers, facts, n, err) && check_set(&c, facts, n, &own, err);
	if (ok)
		gather(out, opt, facts, n + 1);
	arena_release(&facts[n].arena);
	for (size_t i = 0; i < n; i++)
		worker_release(&workers[i]);
	for (size_t i = 0; i < ARRAY_LEN(c.builtin); i++)
		schema_release(c.builtin[i]);
	files->n = c.checked; /* the names of the context go with this call */
	return ok;
}
