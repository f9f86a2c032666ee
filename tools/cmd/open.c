#include "cmd/internal.h"

#include "dataset/dataset.h"
#include "record/record.h"

/* Whether this folder belongs to a repository without a work tree. */
static bool is_in_bare(struct run *r)
{
	struct repo *repo = NULL;
	struct err ignored = {0};
	bool bare;

	if (!repo_open(&repo, STR("."), r->arena, &ignored))
		return false;
	bare = repo_is_bare(repo);
	repo_close(repo);
	return bare;
}

bool run_open_dataset(struct dataset **out, struct run *r, const char *otherwise,
                      struct diag_list *diags, struct err *err)
{
	struct str path;

	if (dataset_find(&path, &tree_disk, r->dataset, r->arena))
		return dataset_open(out, &tree_disk, path, r->arena, diags, err);
	if (is_in_bare(r))
		return err_set(err, ERR_REPO,
		               "this repository is bare and has no files to look at; go "
		               "to a clone of it");
	if (r->dataset.n)
		return err_set(err, ERR_USAGE, "there is no stemma.yaml in " STR_FMT,
		               STR_ARG(r->dataset));
	return err_set(
	        err, ERR_USAGE,
	        "no stemma.yaml found in this folder or one above; give --dataset DIR%s",
	        otherwise);
}

bool run_open_revision(struct dataset **out, struct repo *repo, struct str rev,
                       struct run *r, struct diag_list *diags, struct err *err)
{
	const struct tree *tree;
	struct commit commit;
	struct oid id;
	struct str path;

	if (!repo_resolve(&id, repo, rev, r->arena, err) ||
	    !repo_commit(&commit, repo, &id, r->arena, err))
		return false;
	tree = repo_tree(repo, &commit.tree, r->arena);
	if (!dataset_find(&path, tree, r->dataset, r->arena))
		return err_set(err, ERR_USAGE, STR_FMT " has no stemma.yaml",
		               STR_ARG(rev));
	return dataset_open(out, tree, path, r->arena, diags, err);
}

bool run_find_config(struct str *out, const struct workplace *w, struct run *r,
                     const struct tree *tree)
{
	*out = repo_path(w->repo, w->dataset->config_path, r->arena);
	if (out->n && tree->kind(tree, *out) == TREE_FILE)
		return true;
	return !r->dataset.n && dataset_find(out, tree, STR_NONE, r->arena);
}

/* The dataset of the disk; in a bare repository, which has none there, that of HEAD. */
static bool open_either(struct workplace *out, struct run *r, struct diag_list *diags,
                        struct err *err)
{
	struct err bare = {0};
	struct str path;

	if (dataset_find(&path, &tree_disk, r->dataset, r->arena))
		return dataset_open(&out->dataset, &tree_disk, path, r->arena, diags,
		                    err) &&
		       repo_open(&out->repo, out->dataset->dir, r->arena, err);
	if (repo_open(&out->repo, STR("."), r->arena, &bare) && repo_is_bare(out->repo))
		return run_open_revision(&out->dataset, out->repo, STR("HEAD"), r, diags,
		                         err);
	return run_open_dataset(&out->dataset, r, "", diags, err);
}

/* Not to know of a release is not to know that there is none. Absent: nothing to say. */
static struct str why_unknown(const struct record *record, struct arena *arena)
{
	if (record->n || !record_may_be_elsewhere(record))
		return STR_NONE;
	return arena_fmt(arena, "no release is here; if there are releases: " STR_FMT,
	                 STR_ARG(record_fetch_advice(record, arena)));
}

bool run_open_record(struct workplace *out, struct run *r, struct diag_list *diags,
                     struct err *err)
{
	struct str why;

	*out = (struct workplace){0};
	if (!open_either(out, r, diags, err) ||
	    !record_open(&out->record, out->repo, out->dataset, r->arena, err))
		return false;
	why = why_unknown(&out->record, r->arena);
	if (why.s)
		run_say(r, "what is published is not known: " STR_FMT, STR_ARG(why));
	return true;
}

bool run_open_files(struct workplace *out, struct run *r, struct diag_list *diags,
                    struct err *err)
{
	struct str path;

	*out = (struct workplace){0};
	if (!dataset_find(&path, &tree_disk, r->dataset, r->arena))
		return open_either(out, r, diags, err);
	return dataset_open(&out->dataset, &tree_disk, path, r->arena, diags, err);
}

bool run_open_known(struct workplace *out, struct run *r, struct diag_list *diags,
                    struct err *err)
{
	struct err why = {0};

	if (!run_open_files(out, r, diags, err))
		return false;
	if ((out->repo || repo_open(&out->repo, out->dataset->dir, r->arena, &why)) &&
	    record_open(&out->record, out->repo, out->dataset, r->arena, &why)) {
		out->unknown = why_unknown(&out->record, r->arena);
		return true;
	}
	out->record = (struct record){0};
	out->unknown = arena_str(r->arena, str_of(why.text));
	return true;
}

bool run_open_at(struct workplace *out, struct run *r, struct str rev,
                 struct diag_list *diags, struct err *err)
{
	const struct release *release = NULL;

	if (!run_open_known(out, r, diags, err))
		return false;
	if (!out->repo)
		return err_set(err, ERR_REPO, STR_FMT, STR_ARG(out->unknown));
	if (out->record.n)
		release = record_find(&out->record, rev);
	out->rev = rev;
	out->release = release;
	if (release)
		return release_dataset(&out->dataset, &out->record, release, r->arena,
		                       err);
	return run_open_revision(&out->dataset, out->repo, rev, r, diags, err);
}

void workplace_release(struct workplace *w)
{
	dataset_release(w->dataset);
	repo_close(w->repo);
	*w = (struct workplace){0};
}
