/*
 * shared.c - files that are no entries: configuration, vocabularies, labels, schemas
 */
#include "base/limits.h"
#include "base/source.h"
#include "publish/internal.h"

#include <stdlib.h>

/* One shared file in the release before and in the source. */
struct shared {
	struct str path;
	enum shared_kind what;
	bool listed[2]; /* by the old and by the new dataset */
};

struct sharing {
	struct release_plan *plan;
	struct map files; /* path -> struct shared * */
	const struct oid *trees[2]; /* old (may be NULL) and new */
	struct err *err;
};

static void list_file(struct sharing *s, struct str path, enum shared_kind what, int side)
{
	struct shared *f;
	bool added;
	void **at = map_at(&s->files, path, &added);

	if (added) {
		f = arena_new(s->plan->arena, struct shared);
		*f = (struct shared){.path = path, .what = what};
		*at = f;
	}
	f = *at;
	f->listed[side] = true;
}

/* "a/./b/../c" as git names it: "a/c". */
static struct str folded(struct str path, struct arena *arena)
{
	char *p = arena_alloc(arena, path.n + 1, 1);
	struct str rest = path, step;
	size_t n = 0;

	while (str_split(&rest, '/', &step)) {
		if (!step.n || str_eqz(step, "."))
			continue;
		if (str_eqz(step, "..")) {
			size_t slash = str_rfind((struct str){p, n}, '/');

			n = slash == n ? 0 : slash;
			continue;
		}
		if (n)
			p[n++] = '/';
		for (size_t i = 0; i < step.n; i++)
			p[n++] = step.s[i];
	}
	p[n] = '\0';
	return (struct str){p, n};
}

static bool list_schemas(struct sharing *s, struct dataset *d, int side)
{
	if (!dataset_load_schemas(d, NULL, NULL, s->err))
		return false;
	for (size_t i = 0; i < d->collections_n; i++) {
		const struct schema *schema = d->collections[i].schema;
		size_t n = 0;
		const struct str *files = schema ? schema_files(schema, &n) : NULL;

		for (size_t k = 0; k < n; k++)
			list_file(s, folded(files[k], s->plan->arena), SHARED_SCHEMA,
			          side);
	}
	return true;
}

/* A folder of records that cannot be listed is told when the tree is checked. */
static void list_records(struct sharing *s, const struct dataset *d, int side)
{
	CLEANUP(file_list_release) struct file_list files = {.arena = s->plan->arena};
	struct diag_list unused;

	diag_init(&unused, s->plan->arena);
	dataset_references(d, &files, &unused);
	for (size_t i = 0; i < files.n; i++)
		list_file(s, files.items[i].path, SHARED_REFERENCE, side);
}

static bool list_dataset(struct sharing *s, struct dataset *d, int side)
{
	struct arena *arena = s->plan->arena;
	struct oid unused;

	list_file(s, d->config_path, SHARED_CONFIG, side);
	for (size_t i = 0; i < d->vocabularies_n; i++)
		list_file(s, d->vocabularies[i].path, SHARED_VOCABULARY, side);
	for (size_t i = 0; d->labels_dir.n && i < d->languages_n; i++) {
		struct str path =
		        arena_fmt(arena, STR_FMT "/" STR_FMT ".yaml",
		                  STR_ARG(d->labels_dir), STR_ARG(d->languages[i]));

		if (repo_at(&unused, s->plan->record->repo, s->trees[side], path) !=
		    TREE_NONE)
			list_file(s, path, SHARED_LABELS, side);
	}
	list_records(s, d, side);
	return list_schemas(s, d, side);
}

/* ---- one file ---- */

static bool look(struct sharing *s, struct oid *out, const struct shared *f, int side)
{
	*out = (struct oid){{0}};
	return f->listed[side] && s->trees[side] &&
	       repo_at(out, s->plan->record->repo, s->trees[side], f->path) == TREE_FILE;
}

static struct str bytes_of(const struct doc *doc, const struct oid *blob,
                           struct arena *arena)
{
	if (oid_is_zero(blob))
		return STR_NONE;
	/* Without a document the names of the contents tell whether they are the same. */
	return doc ? doc->source->bytes : oid_hex(blob, OID_HEX, arena);
}

static bool classify(struct sharing *s, struct planned_file *file)
{
	struct release_plan *p = s->plan;
	const struct oid *blobs[2] = {&file->old, &file->new};
	const struct doc *docs[2] = {NULL, NULL};
	const struct doc_node *roots[2];

	for (int i = 0; i < 2; i++) {
		if (!oid_is_zero(blobs[i]) &&
		    !plan_read(&docs[i], p, file->change.path, blobs[i], NULL, p->arena,
		               s->err))
			return false;
		roots[i] = docs[i] ? &docs[i]->root : NULL;
	}
	if (!change_classify_file(&file->change, roots[0], roots[1],
	                          bytes_of(docs[0], blobs[0], p->arena),
	                          bytes_of(docs[1], blobs[1], p->arena), p->arena))
		file->change.kind = ENTRY_LAYOUT; /* its mode, perhaps */
	if (file->change.what == SHARED_SCHEMA && p->previous) {
		enum release_level level = schema_level(roots[0], roots[1]);

		p->level = level > p->level ? level : p->level;
	}
	return true;
}

static bool plan_file(struct sharing *s, const struct shared *f)
{
	struct release_plan *p = s->plan;
	struct planned_file file = {.change = {.path = f->path, .what = f->what}};
	bool old = look(s, &file.old, f, 0), new = look(s, &file.new, f, 1);

	if (f->listed[1] && !new)
		plan_obstacle(
		        p, f->path,
		        "it belongs to the dataset, but the source has no such file");
	if ((!old && !new) || (old && new &&oid_eq(&file.old, &file.new)))
		return true;
	plan_edit(p, f->path, new ? &file.new : NULL);
	if (!classify(s, &file))
		return false;
	*arena_push(p->arena, p->files, p->files_n, p->files_cap) = file;
	return true;
}

/* ---- vocabularies ---- */

/* Terms of published entries keep their meaning only while the vocabulary has them. */
static void check_vocabulary(struct release_plan *p, const struct vocabulary *old)
{
	const struct vocabulary *new = dataset_vocabulary(p->dataset, old->name);
	struct buf gone = BUF_INIT(LIMIT_VOCABULARY_TOLD);
	size_t n = 0;

	for (size_t i = 0; i < old->ids_n; i++) {
		if (new && (!new->usable || map_has(&new->terms, old->ids[i])))
			continue;
		if (!gone.overflow)
			buf_addf(&gone, "%s" STR_FMT, n ? ", " : "",
			         STR_ARG(old->ids[i]));
		n++;
	}
	if (n)
		plan_obstacle(p, new ? new->path : old->path,
		              "ids of the vocabulary " STR_FMT
		              " that are published are gone: " STR_FMT "%s; put %s back, "
		              "ids of vocabularies are never removed",
		              STR_ARG(old->name), STR_ARG(buf_str(&gone)),
		              gone.overflow ? ", ..." : "", n == 1 ? "it" : "them");
	buf_release(&gone);
}

static int by_path(const void *a, const void *b)
{
	const struct shared *x = *(const struct shared *const *)a;
	const struct shared *y = *(const struct shared *const *)b;

	return str_cmp(x->path, y->path);
}

bool plan_shared(struct release_plan *p, struct dataset *d, struct dataset *old,
                 const struct oid *source, struct err *err)
{
	struct sharing s = {.plan = p, .err = err};
	const struct shared **sorted;

	map_init(&s.files, p->arena);
	s.trees[0] = p->previous ? &p->previous->tree : NULL;
	s.trees[1] = source;
	if ((old && !list_dataset(&s, old, 0)) || !list_dataset(&s, d, 1))
		return false;
	sorted = arena_array(p->arena, const struct shared *, s.files.n);
	for (size_t i = 0; i < s.files.n; i++)
		sorted[i] = s.files.items[i].value;
	if (s.files.n)
		qsort(sorted, s.files.n, sizeof(struct shared *), by_path);
	for (size_t i = 0; i < s.files.n; i++)
		if (!plan_file(&s, sorted[i]))
			return false;
	dataset_load_vocabularies(d);
	if (old)
		dataset_load_vocabularies(old);
	for (size_t i = 0; old && i < old->vocabularies_n; i++)
		check_vocabulary(p, &old->vocabularies[i]);
	return true;
}

bool publish_is_of_dataset(const struct dataset *d, struct str path)
{
	if (dataset_collection_of(d, path) || str_eq(path, d->config_path) ||
	    (d->labels_dir.n && path_below(d->labels_dir, path)) ||
	    (d->references.dir.n && path_below(d->references.dir, path)))
		return true;
	for (size_t i = 0; i < d->vocabularies_n; i++)
		if (str_eq(path, d->vocabularies[i].path))
			return true;
	return false;
}
