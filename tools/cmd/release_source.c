#include "cmd/release.h"

#include <stdlib.h>
#include <time.h>

/* The source's stemma.yaml where there is no work tree: a bare repository. */
static bool find_bare(struct release_job *j, struct err *err)
{
	struct arena *arena = j->run->arena;
	struct err unused = {0};
	struct commit commit;
	struct str path;

	if (!repo_open(&j->repo, STR("."), arena, &unused) || !repo_is_bare(j->repo)) {
		struct diag_list diags;

		diag_init(&diags, arena);
		return run_open_dataset(&j->dataset, j->run, "", &diags, err);
	}
	if (!repo_resolve(&j->opt.source, j->repo, j->args->source, arena, err) ||
	    !repo_commit(&commit, j->repo, &j->opt.source, arena, err))
		return false;
	if (!dataset_find(&path, repo_tree(j->repo, &commit.tree, arena), j->run->dataset,
	                  arena))
		return err_set(err, ERR_USAGE,
		               STR_FMT " has no stemma.yaml; give --dataset DIR",
		               STR_ARG(j->args->source));
	j->opt.config = repo_path(j->repo, path, arena);
	return true;
}

/* The repository, and where stemma.yaml is in it. */
static bool find_dataset(struct release_job *j, struct err *err)
{
	struct arena *arena = j->run->arena;
	struct str path, dir;
	size_t slash;

	if (!dataset_find(&path, &tree_disk, j->run->dataset, arena))
		return find_bare(j, err);
	slash = str_rfind(path, '/');
	dir = slash < path.n ? str_sub(path, 0, slash + 1) : STR(".");
	if (!repo_open(&j->repo, dir, arena, err) ||
	    !repo_resolve(&j->opt.source, j->repo, j->args->source, arena, err))
		return false;
	j->opt.config = repo_path(j->repo, path, arena);
	return j->opt.config.s ||
	       err_set(err, ERR_REPO, STR_FMT " does not lie in the repository",
	               STR_ARG(path));
}

bool release_open_source(struct release_job *j, struct err *err)
{
	struct arena *arena = j->run->arena;
	const struct tree *tree;
	struct diag_list unused;
	struct commit commit;
	struct oid blob;

	diag_init(&unused, arena);
	if (!find_dataset(j, err) ||
	    !repo_commit(&commit, j->repo, &j->opt.source, arena, err))
		return false;
	if (repo_at(&blob, j->repo, &commit.tree, j->opt.config) != TREE_FILE)
		return err_set(err, ERR_REPO,
		               STR_FMT " has no " STR_FMT "; commit it first",
		               STR_ARG(j->args->source), STR_ARG(j->opt.config));
	tree = repo_tree_at_top(j->repo, &commit.tree, arena);
	return dataset_open(&j->dataset, tree, j->opt.config, arena, &unused, err);
}

/* The first second of the day DATE, YYYY-MM-DD. */
static int64_t start_of(struct str date)
{
	int64_t n[3] = {0};
	struct tm tm;

	for (size_t i = 0, part = 0; i < date.n; i++) {
		if (date.s[i] == '-')
			part++;
		else
			n[part] = n[part] * 10 + date.s[i] - '0';
	}
	tm = (struct tm){.tm_year = (int)n[0] - 1900,
	                 .tm_mon = (int)n[1] - 1,
	                 .tm_mday = (int)n[2]};
	return timegm(&tm);
}

/* A day that is given makes the same release whenever it is run. */
bool release_choose_day(struct release_job *j, struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	if (!run_day(&j->opt.date, j->args->date, j->run, err))
		return false;
	j->opt.time = j->args->date.s || (epoch && *epoch) ? start_of(j->opt.date)
	                                                   : (int64_t)time(NULL);
	return true;
}
