/*
 * references.c - the kept records of registries, and the citations compared with them
 */
#include "dataset/worker.h"

#include "base/limits.h"
#include "entry/cited.h"
#include "reference/agree.h"

#include <stdlib.h>

/* ---- the folder ---- */

struct str dataset_reference_path(const struct dataset *d, struct str doi,
                                  struct arena *arena)
{
	if (!d->references.dir.n)
		return STR_NONE;
	return path_join(d->tree, d->references.dir, reference_name(doi, arena), arena);
}

static bool may_be_record(struct str name)
{
	return str_ends(name, STR(".json")) && str_find(name, '/') == name.n;
}

bool dataset_add_reference(const struct dataset *d, struct str path,
                           struct file_list *out)
{
	struct str name = d->references.dir.n ? path_relative(d->tree, d->references.dir,
	                                                      path, out->arena)
	                                      : STR_NONE;

	if (!name.s || !may_be_record(name))
		return false;
	file_list_add(out, &(struct file){path_join(d->tree, d->references.dir, name,
	                                            out->arena),
	                                  FILE_REFERENCE, NULL});
	return true;
}

/* The files of the folder that may be records, sorted by name. */
static void list_records(struct tree_items *out, const struct dataset *d,
                         struct arena *arena, const char **why)
{
	const struct tree *t = d->tree;
	struct tree_items all = {0};
	size_t n = 0;

	*out = (struct tree_items){0};
	if (!d->references.dir.n || kind_behind(t, d->references.dir) != TREE_FOLDER ||
	    !stays_inside(d, d->references.dir) ||
	    !t->list(t, &all, d->references.dir, arena, why))
		return;
	out->items = arena_array(arena, struct tree_item, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].kind != TREE_FOLDER && may_be_record(all.items[i].name))
			out->items[n++] = all.items[i];
	out->n = n;
}

void dataset_references(const struct dataset *d, struct file_list *out,
                        struct diag_list *diags)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct tree_items items;
	const char *why = NULL;

	list_records(&items, d, &scratch, &why);
	if (why) {
		diag_file(diags, d->references.dir);
		report_unreadable(diags, SOURCE_UNREADABLE, why);
	}
	for (size_t i = 0; i < items.n; i++)
		file_list_add(out,
		              &(struct file){path_join(d->tree, d->references.dir,
		                                       items.items[i].name, out->arena),
		                             FILE_REFERENCE, NULL});
}

enum reference_status dataset_reference(struct reference *out, const struct dataset *d,
                                        struct str doi, struct arena *arena,
                                        const char **why)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_REFERENCE_BYTES);
	struct str path = dataset_reference_path(d, doi, arena);
	struct source *source = arena_new(arena, struct source);
	const char *unused;

	*why = "cannot be read";
	if (!path.s || d->tree->kind(d->tree, path) == TREE_NONE)
		return REFERENCE_MISSING;
	if (!stays_inside(d, path) ||
	    d->tree->read(d->tree, source, &bytes, path, &unused) != SOURCE_OK)
		return REFERENCE_BROKEN;
	source->bytes = arena_str(arena, source->bytes);
	if (!reference_open(out, source, arena, why))
		return REFERENCE_BROKEN;
	*why = "is of another DOI";
	return str_eq(out->doi, doi) ? REFERENCE_KEPT : REFERENCE_BROKEN;
}

/* ---- before the files are checked ---- */

void references_prepare(struct check *c, struct arena *arena)
{
	const struct dataset *d = c->opt->dataset;
	struct tree_items items;
	const char *why;

	map_init(&c->records, arena);
	if (!d || !d->references.dir.n)
		return;
	list_records(&items, d, arena, &why);
	map_reserve(&c->records, items.n);
	c->cited = arena_array(arena, atomic_uchar, items.n);
	for (size_t i = 0; i < items.n; i++)
		map_set(&c->records, items.items[i].name, (void *)(uintptr_t)(i + 1));
	c->compares =
	        items.n || dataset_severity(d, &rule_reference_missing) != SEVERITY_OFF;
}

/* ---- one file of the folder ---- */

void references_check_file(struct worker *w, struct str path, const struct doc *doc)
{
	const struct check_options *opt = w->check->opt;
	size_t slash = str_rfind(path, '/');

	reference_check(doc, str_sub(path, slash < path.n ? slash + 1 : 0, path.n),
	                opt->today, opt->dataset->references.max_age_days, &w->entry,
	                &w->facts.diags);
}

/* ---- one citation ---- */

/* A citation in an entry that is being checked. */
struct citation {
	struct worker *worker;
	const struct roles *roles;
	const struct path_iter *source; /* NULL: the DOI stands outside of sources */
	const struct path_iter *doi; /* within the source, or within the entry */
};

static const struct path *path_of(const struct roles *roles, enum remark_part part)
{
	switch (part) {
	case REMARK_TITLE:
		return roles->source_title;
	case REMARK_AUTHOR:
		return roles->source_authors;
	case REMARK_YEAR:
		return roles->source_year;
	case REMARK_TYPE:
		return roles->source_type;
	default:
		return NULL;
	}
}

static struct str nested(const struct path_iter *outer, const struct path_iter *inner,
                         struct arena *arena)
{
	if (!outer)
		return path_pointer(inner, arena);
	return arena_fmt(arena, STR_FMT STR_FMT, STR_ARG(path_pointer(outer, arena)),
	                 STR_ARG(path_pointer(inner, arena)));
}

static void report(const struct citation *c, const struct remark *remark)
{
	struct diag_list *diags = &c->worker->facts.diags;
	const struct path *path = path_of(c->roles, remark->part);
	struct path_iter it = *c->doi;
	struct diag *d;

	if (diag_drops(diags))
		return;
	if (path && c->source) {
		it = path_iter(path, c->source->node);
		if (!path_next(&it))
			it = *c->doi;
	}
	d = diag_add(diags, remark->rule, doc_span(it.node), STR_FMT,
	             STR_ARG(remark->text));
	d->severity = remark->severity;
	d->pointer = nested(c->source, &it, diags->arena);
	d->suggestion = arena_str(diags->arena, remark->suggestion);
}

static void report_missing(const struct citation *c, struct str doi)
{
	const struct dataset *d = c->worker->check->opt->dataset;
	struct arena *a = &c->worker->record;
	const struct remark remark = {
	        .rule = &rule_reference_missing,
	        .severity = rule_reference_missing.severity,
	        .text = arena_fmt(a, "no record of " STR_FMT " is kept in " STR_FMT,
	                          STR_ARG(diag_quote(a, doi)),
	                          STR_ARG(d->references.dir)),
	        .suggestion = STR("fetch it with `stemma links --fetch`"),
	};

	if (dataset_severity(d, remark.rule) != SEVERITY_OFF)
		report(c, &remark);
}

/* Without a look at the whole set nobody else tells that the record is broken. */
static void report_broken(const struct citation *c, struct str doi, const char *why)
{
	struct arena *a = &c->worker->record;
	const struct remark remark = {
	        .rule = &rule_reference_broken,
	        .severity = rule_reference_broken.severity,
	        .text = arena_fmt(a, "the kept record of " STR_FMT " %s",
	                          STR_ARG(diag_quote(a, doi)), why),
	        .suggestion = STR("delete its file and fetch the record again with "
	                          "`stemma links --fetch`"),
	};

	if (c->worker->check->opt->partial)
		report(c, &remark);
}

/*
 * Whether one more record of at most N bytes may be compared with the entry: a stranger's may
 * cite a large one over and over. The first that may not is told.
 */
static bool may_compare(const struct citation *c, size_t n)
{
	const struct remark remark = {
	        .rule = &rule_reference_too_many,
	        .severity = rule_reference_too_many.severity,
	        .text = STR("the records of this citation and of those behind it are not "
	                    "compared: those before it have 64 MiB, the limit for one "
	                    "entry"),
	        .suggestion = STR("split the entry"),
	};
	size_t before = c->worker->compared;

	c->worker->compared += n;
	if (before < LIMIT_REFERENCE_COMPARED)
		return true;
	if (before < 2 * (size_t)LIMIT_REFERENCE_COMPARED)
		report(c, &remark);
	c->worker->compared = 2 * (size_t)LIMIT_REFERENCE_COMPARED;
	return false;
}

/* A shortDOI is none that a record could be of. WORK: NULL when the DOI stands outside of sources. */
static void compare(const struct citation *c, const struct cited_work *work,
                    struct str doi)
{
	struct check *check = c->worker->check;
	struct arena *a = &c->worker->record;
	size_t at = (size_t)(uintptr_t)map_get(&check->records, reference_name(doi, a));
	struct remarks remarks = {.n = 0};
	struct reference r;
	const char *why;

	if (str_starts(doi, STR("10/")))
		return;
	if (!at) {
		report_missing(c, doi);
		return;
	}
	atomic_store_explicit(&check->cited[at - 1], 1, memory_order_relaxed);
	if (!may_compare(c, LIMIT_REFERENCE_BYTES))
		return;
	if (dataset_reference(&r, check->opt->dataset, doi, a, &why) != REFERENCE_KEPT) {
		report_broken(c, doi, why);
		return;
	}
	c->worker->compared -= LIMIT_REFERENCE_BYTES - r.csl->end.offset;
	if (work)
		reference_agree(&remarks, work, &r, a);
	reference_standing(&remarks, work, &r, a);
	for (size_t i = 0; i < remarks.n; i++)
		report(c, &remarks.items[i]);
}

static void compare_source(struct worker *w, const struct roles *roles,
                           const struct path_iter *source)
{
	struct path_iter doi = path_iter(roles->source_doi, source->node);
	struct citation c = {w, roles, source, &doi};
	struct cited_work work;

	if (!path_next(&doi))
		return;
	cited_read(&work, roles, source->node, &w->record);
	if (work.doi.n)
		compare(&c, &work, work.doi);
	arena_reset(&w->record);
}

static void compare_doi(struct worker *w, const struct roles *roles,
                        const struct path_iter *doi)
{
	struct citation c = {w, roles, NULL, doi};
	struct doi parsed;

	if (doi->node->kind == DOC_STRING &&
	    doi_parse(&parsed, doi->node->text, &w->record) != DOI_INVALID)
		compare(&c, NULL, parsed.canonical);
	arena_reset(&w->record);
}

void references_check_entry(struct worker *w, const struct roles *roles,
                            const struct doc_node *root)
{
	struct path_iter it;

	if (!w->check->compares)
		return;
	for (size_t i = 0; i < roles->dois_n; i++)
		for (it = path_iter(&roles->dois[i], root); path_next(&it);)
			compare_doi(w, roles, &it);
	if (!roles->sources || !roles->source_doi)
		return;
	for (it = path_iter(roles->sources, root); path_next(&it);)
		compare_source(w, roles, &it);
}

/* ---- the whole set ---- */

void references_check_whole(struct check *c, struct facts *out)
{
	const struct dataset *d = c->opt->dataset;

	if (c->opt->partial || c->opt->others_cite || !c->records.n ||
	    dataset_severity(d, &rule_reference_orphan) == SEVERITY_OFF)
		return;
	for (size_t i = 0; i < c->checked; i++) {
		const struct file *file = &c->files->items[i];
		size_t slash = str_rfind(file->path, '/'), from = out->diags.n, at;
		struct str name = str_sub(
		        file->path, slash < file->path.n ? slash + 1 : 0, file->path.n);

		at = (size_t)(uintptr_t)map_get(&c->records, name);
		if (file->kind != FILE_REFERENCE || !at ||
		    atomic_load_explicit(&c->cited[at - 1], memory_order_relaxed))
			continue;
		diag_file(&out->diags, file->path);
		diag_add(&out->diags, &rule_reference_orphan, (struct span){0},
		         "no entry cites the work of this record")
		        ->suggestion = STR("delete the file, or look whether a DOI was "
		                           "changed");
		facts_segment(out, i, from);
	}
}
