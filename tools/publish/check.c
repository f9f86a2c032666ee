/*
 * check.c - the rules, on the very tree that is to be published
 */
#include "publish/internal.h"

#include <stdlib.h>

/* The files of the dataset that are no entries, as it would list them itself. */
static void add_own(struct file_list *out, const struct dataset *d,
                    struct diag_list *diags)
{
	file_list_add(out, &(struct file){d->config_path, FILE_CONFIG, NULL});
	for (size_t i = 0; i < d->vocabularies_n; i++)
		file_list_add(out, &(struct file){d->vocabularies[i].path,
		                                  FILE_VOCABULARY, NULL});
	for (size_t i = 0; d->labels_dir.n && i < d->languages_n; i++) {
		struct str path =
		        arena_fmt(out->arena, STR_FMT "/" STR_FMT ".yaml",
		                  STR_ARG(d->labels_dir), STR_ARG(d->languages[i]));

		file_list_add(out, &(struct file){path, FILE_LABELS, NULL});
	}
	dataset_references(d, out, diags);
}

static int by_path(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	if (x->collection != y->collection)
		return x->collection < y->collection ? -1 : 1;
	return str_cmp(x->path, y->path);
}

static void add_entries(struct file_list *out, const struct dataset *d,
                        const struct release_file *files, size_t n)
{
	size_t from = out->n;

	for (size_t i = 0; i < n; i++)
		file_list_add(out,
		              &(struct file){files[i].path, FILE_ENTRY,
		                             dataset_collection_of(d, files[i].path)});
	if (out->n > from)
		qsort(out->items + from, out->n - from, sizeof(struct file), by_path);
}

static bool run_check(struct release_plan *p, struct dataset *d,
                      const struct release_file *files, size_t n, struct err *err)
{
	CLEANUP(file_list_release) struct file_list list = {.arena = p->arena};
	struct check_options opt = {.dataset = d, .others_cite = true};
	struct diag_list unused; /* the tree of the plan can be listed */

	diag_init(&unused, p->arena);
	if (!dataset_load_schemas(d, NULL, NULL, err))
		return false;
	add_own(&list, d, &unused);
	add_entries(&list, d, files, n);
	return dataset_check(&p->findings, &list, &opt, p->arena, err);
}

/* Whether the release has at PATH an entry that is withdrawn. */
static bool is_withdrawn(bool *out, struct release_plan *p, const struct dataset *d,
                         const struct release_file *files, size_t n, struct str path,
                         struct err *err)
{
	const struct collection *c = dataset_collection_of(d, path);
	struct published published;
	const struct doc *doc;

	*out = false;
	for (size_t i = 0; i < n; i++) {
		if (!c || !str_eq(files[i].path, path))
			continue;
		if (!plan_read(&doc, p, path, &files[i].blob, &c->read, p->arena, err))
			return false;
		if (!doc)
			return true;
		published_read(&published, &c->roles, &doc->root, p->arena);
		*out = published.state == STATE_WITHDRAWN;
		return true;
	}
	return true;
}

/*
 * Withdrawn content is kept as it is and can be mended by nobody: rules that came later do not
 * hold up a release for it. Those of its history do.
 */
static bool excuse_withdrawn(struct release_plan *p, const struct dataset *d,
                             const struct release_file *files, size_t n, struct err *err)
{
	struct diag_list *diags = &p->findings.diags;
	struct str last = STR_NONE;
	bool withdrawn = false;

	for (size_t i = 0; i < diags->n; i++) {
		struct diag *found = &diags->items[i];

		if (found->severity != SEVERITY_ERROR ||
		    str_starts(str_of(found->rule->id), STR("history.")))
			continue;
		if ((!last.s || !str_eq(last, found->file)) &&
		    !is_withdrawn(&withdrawn, p, d, files, n, found->file, err))
			return false;
		last = found->file;
		if (withdrawn)
			found->severity = SEVERITY_NOTE;
	}
	return true;
}

bool release_plan_carries_over(const struct release_plan *p, struct str path)
{
	for (size_t i = 0; i < p->entries_n; i++) {
		const struct planned_entry *e = &p->entries[i];

		if (str_eq(e->new.file.path, path) && e->new.version != e->old.version)
			return false;
	}
	return dataset_collection_of(p->dataset, path) != NULL;
}

/* An emergency: what was in order when it was published need not be mended first. */
static void excuse_related(struct release_plan *p)
{
	struct diag_list *diags = &p->findings.diags;

	for (size_t i = 0; i < diags->n; i++) {
		struct diag *found = &diags->items[i];

		if (found->rule == &rule_dataset_related_withdrawn &&
		    found->severity == SEVERITY_ERROR &&
		    release_plan_carries_over(p, found->file))
			found->severity = SEVERITY_WARNING;
	}
}

bool plan_check(struct release_plan *p, const struct release_file *files, size_t n,
                struct err *err)
{
	struct dataset *d = NULL;
	struct diag_list unused;
	bool ok;

	diag_init(&unused, p->arena);
	p->findings_tree = repo_tree_at_top(p->record->repo, &p->tree, p->arena);
	ok = dataset_open(&d, p->findings_tree, p->options->config, p->arena, &unused,
	                  err) &&
	     run_check(p, d, files, n, err) && excuse_withdrawn(p, d, files, n, err);
	dataset_release(d);
	if (p->options->allow_related)
		excuse_related(p);
	for (size_t i = 0; i < p->findings.diags.n; i++)
		p->refused = p->refused ||
		             p->findings.diags.items[i].severity == SEVERITY_ERROR;
	return ok;
}
