/*
 * guard.c - the dataset before and after a change, and what is found in one and not the other
 */
#include "guard/internal.h"

/* ---- the two sides ---- */

static bool open_new_tree(struct guard_result *out, struct repo *r,
                          const struct guard_options *opt, struct arena *arena,
                          struct err *err)
{
	struct commit commit;

	if (opt->kind == GUARD_WORK) {
		out->tree = &tree_disk;
		return true;
	}
	if (opt->kind == GUARD_STAGED)
		return repo_index(&out->tree, r, arena, err);
	if (!repo_commit(&commit, r, &opt->commit, arena, err))
		return false;
	out->tree = repo_tree(r, &commit.tree, arena);
	return true;
}

/* The dataset of the base; one that cannot be used is none. */
static bool open_old(struct change *c, const struct oid *base)
{
	const struct tree *tree;
	struct diag_list unused;
	struct err ignored = {0};
	struct commit commit;
	struct str path;

	if (!base)
		return true;
	if (!repo_commit(&commit, c->repo, base, c->arena, c->err))
		return false;
	c->old_tree = commit.tree;
	c->has_old_tree = true;
	tree = repo_tree(c->repo, &commit.tree, c->arena);
	diag_init(&unused, c->arena);
	if (!dataset_find(&path, tree, c->opt->folder, c->arena))
		return true;
	if (!dataset_open(&c->old.dataset, tree, path, c->arena, &unused, &ignored))
		c->old.dataset = NULL;
	else
		c->old.root = repo_path(c->repo, c->old.dataset->dir, c->arena);
	return true;
}

static bool open_new(struct guard_result *out, const struct guard_options *opt,
                     struct arena *arena, struct err *err)
{
	struct str path;

	if (!dataset_find(&path, out->tree, opt->folder, arena))
		return true;
	return dataset_open(&out->dataset, out->tree, path, arena, &out->found, err);
}

/* ---- the content of entries ---- */

/* Check the dataset of one side: the entries that differ, or all. */
static bool check_side(struct check_result *out, struct change *c, struct dataset *d,
                       struct file_list *some)
{
	CLEANUP(file_list_release) struct file_list all = {.arena = c->arena};
	struct check_options opt = {
	        .dataset = d, .partial = !c->whole, .jobs = c->opt->jobs};
	struct diag_list listing;

	diag_init(&listing, c->arena);
	if (c->whole && !dataset_files(d, &all, &listing, c->err))
		return false;
	if (!dataset_check(out, c->whole ? &all : some, &opt, c->arena, c->err))
		return false;
	for (size_t i = 0; i < listing.n; i++)
		listing.items[i].severity =
		        dataset_finding_severity(d, &listing.items[i]);
	findings_append(&out->diags, &listing);
	return true;
}

/* Take away what was found before the change. */
static bool subtract_old(struct change *c, struct check_result *result)
{
	struct check_result before;
	struct err ignored = {0};

	if (!c->old.dataset || !result->diags.n)
		return true;
	/* Schemas that could not be used found nothing. */
	if (!dataset_load_schemas(c->old.dataset, NULL, NULL, &ignored))
		return true;
	if (!check_side(&before, c, c->old.dataset, &c->before))
		return false;
	findings_subtract(&result->diags, &before.diags);
	return true;
}

static bool is_unreadable(const struct diag_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].rule == &rule_io_unreadable)
			return true;
	return false;
}

static bool check_content(struct change *c, struct guard_result *out)
{
	struct check_result result;

	if (!c->whole && !c->files.n)
		return true;
	if (!check_side(&result, c, c->new.dataset, &c->files) ||
	    !subtract_old(c, &result))
		return false;
	out->files = result.files;
	out->dropped = result.dropped;
	out->trouble = out->trouble || is_unreadable(&result.diags);
	findings_append(c->out, &result.diags);
	return true;
}

/* ---- one base ---- */

/* Findings of this folder and of tools/version have the severities of their rules so far. */
static void set_severities(struct diag_list *l, const struct dataset *d)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		l->items[i].severity = dataset_finding_severity(d, &l->items[i]);
		if (l->items[i].severity != SEVERITY_OFF)
			l->items[n++] = l->items[i];
	}
	l->n = n;
}

/* Of several bases the first one has them loaded. */
static bool load_schemas(struct change *c)
{
	struct dataset *d = c->new.dataset;
	bool ok;

	for (size_t i = 0; i < d->collections_n; i++)
		if (d->collections[i].schema)
			return true;
	ok = dataset_load_schemas(d, NULL, c->out, c->err);
	if (ok)
		c->out->n = 0; /* what is odd in a schema is told by a whole check */
	return ok;
}

static bool check_gathered(struct change *c, struct guard_result *out)
{
	if (!c->files.n && !c->before.n && !c->others_n)
		return true;
	if (!load_schemas(c))
		return false;
	c->whole = c->whole || change_is_shared(c);
	change_check(c);
	set_severities(c->out, c->new.dataset);
	return !c->err->code && check_content(c, out);
}

static bool taken_away(const struct change *c)
{
	return err_set(c->err, ERR_CONFIG,
	               "this change takes " STR_FMT
	               " away, so that nothing can be checked; keep it, or move the "
	               "dataset as a whole",
	               STR_ARG(c->old.dataset->config_path));
}

static bool check_base(struct diag_list *found, struct guard_result *out, struct repo *r,
                       const struct guard_options *opt, const struct oid *base,
                       struct arena *arena, struct err *err)
{
	struct change c = {
	        .repo = r, .opt = opt, .arena = arena, .out = found, .err = err};
	bool ok;

	diag_init(found, arena);
	if (!open_old(&c, base))
		return false;
	if (!out->dataset)
		return !c.old.dataset || taken_away(&c);
	c.new.dataset = out->dataset;
	c.new.root = repo_path(r, c.new.dataset->dir, arena);
	if (c.old.dataset && (!opt->bases_n || base == opt->bases))
		dataset_take_policy(c.new.dataset, c.old.dataset);
	ok = change_gather(&c) && check_gathered(&c, out);
	file_list_release(&c.files);
	file_list_release(&c.before);
	dataset_release(c.old.dataset);
	return ok;
}

static bool is_idle(struct repo *r, const struct guard_options *opt, struct arena *arena)
{
	struct err ignored = {0};
	struct change c = {.repo = r, .opt = opt, .arena = arena, .err = &ignored};
	bool idle;

	if (opt->kind != GUARD_STAGED || opt->bases_n != 1)
		return false;
	idle = open_old(&c, opt->bases) && change_is_idle(&c);
	dataset_release(c.old.dataset);
	return idle;
}

bool guard_check(struct guard_result *out, struct repo *r,
                 const struct guard_options *opt, struct arena *arena, struct err *err)
{
	struct diag_list found;

	*out = (struct guard_result){0};
	diag_init(&out->found, arena);
	out->idle = is_idle(r, opt, arena);
	if (out->idle)
		return true;
	if (!open_new_tree(out, r, opt, arena, err) || !open_new(out, opt, arena, err))
		return false;
	for (size_t i = 0; i < opt->bases_n || !i; i++) {
		bool ok = check_base(&found, out, r, opt,
		                     opt->bases_n ? &opt->bases[i] : NULL, arena, err);

		if (ok && i)
			findings_intersect(&out->found, &found);
		else
			findings_append(&out->found, &found);
		if (!ok)
			return false;
	}
	diag_sort(&out->found, 0);
	return true;
}

void guard_release(struct guard_result *result)
{
	dataset_release(result->dataset);
	result->dataset = NULL;
}
