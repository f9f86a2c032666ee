#include "repo/internal.h"

#include "base/limits.h"
#include "base/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_once(git_repository **out, const char *dir)
{
	const char *set = getenv("GIT_DIR"),
	           *across = getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM");
	unsigned flags = across && *across && strcmp(across, "0") != 0
	                         ? GIT_REPOSITORY_OPEN_CROSS_FS
	                         : 0;

	if (set && *set)
		return git_repository_open_ext(out, set, GIT_REPOSITORY_OPEN_NO_SEARCH,
		                               NULL);
	return git_repository_open_ext(out, dir, flags,
	                               getenv("GIT_CEILING_DIRECTORIES"));
}

static int open_main(git_repository **out, const char *dir)
{
	int code = open_once(out, dir);

	if (!code || (code != GIT_EOWNER && !strstr(git_said(), "safe.directory")))
		return code;
	/* git takes "*" for everybody, libgit2 looks for the exact path only. */
	if (!trusts_everybody())
		return GIT_EOWNER;
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	code = open_once(out, dir);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	return code;
}

static struct str without_slash(struct str path)
{
	while (path.n > 1 && path.s[path.n - 1] == '/')
		path.n--;
	return path;
}

static struct str real_folder(const char *path, struct arena *arena)
{
	struct str real;

	if (!path)
		return STR_NONE;
	real = real_path(str_of(path), arena);
	return real.s ? real : arena_str(arena, without_slash(str_of(path)));
}

/*
 * With GIT_DIR and no GIT_WORK_TREE the current folder is the top.
 * Source: git(1), "GIT_WORK_TREE"
 */
static struct str work_tree(const struct repo *r, struct arena *arena)
{
	const char *set = getenv("GIT_WORK_TREE"), *dir = getenv("GIT_DIR");
	CLEANUP(free_config) git_config *config = NULL;
	git_buf own = {0};

	if (set && *set)
		return real_folder(set, arena);
	if (git_repository_is_bare(r->main))
		return STR_NONE;
	if (!dir || !*dir)
		return real_folder(git_repository_workdir(r->main), arena);
	if (git_repository_config(&config, r->main) ||
	    git_config_get_string_buf(&own, config, "core.worktree")) {
		git_buf_dispose(&own);
		return r->cwd;
	}
	git_buf_dispose(&own);
	return real_folder(git_repository_workdir(r->main), arena);
}

static void free_config_iterator(git_config_iterator **it)
{
	git_config_iterator_free(*it);
}

static bool promises(const git_config_entry *e)
{
	struct str name = str_of(e->name);

	return str_eqz(name, "extensions.partialclone") ||
	       (str_starts(name, STR("remote.")) && str_ends(name, STR(".promisor")));
}

/* Whether some remote only promised to give objects later. */
static bool has_promises(git_repository *git)
{
	CLEANUP(free_config) git_config *config = NULL;
	CLEANUP(free_config_iterator) git_config_iterator *it = NULL;
	git_config_entry *e;
	bool found = false;

	if (git_repository_config_snapshot(&config, git) ||
	    git_config_iterator_new(&it, config))
		return false;
	while (!found && !git_config_next(&e, it))
		found = promises(e);
	return found;
}

static void read_flags(struct repo *r, struct arena *arena)
{
	struct str shallow = arena_fmt(arena, "%s/shallow", r->folder.s);
	struct stat st;

	/* libgit2 looks for it in the folder of a linked work tree, where it never is. */
	r->shallow = stat(shallow.s, &st) == 0 && st.st_size > 0;
	r->partial = has_promises(r->main);
}

bool repo_open(struct repo **out, struct str dir, struct arena *arena, struct err *err)
{
	struct str name = arena_str(arena, dir.n ? dir : STR("."));
	struct repo *r = arena_new(arena, struct repo);
	char cwd[PATH_BYTES];
	int code;

	init_git();
	git_error_clear();
	code = open_main(&r->main, name.s);
	if (code)
		return fail_open(code, name, arena, err);
	if (!getcwd(cwd, sizeof(cwd))) {
		git_repository_free(r->main);
		return err_set(err, ERR_IO, "the current folder is not there any more");
	}
	(void)pthread_mutex_init(&r->main_lock, NULL);
	(void)pthread_mutex_init(&r->pool_lock, NULL);
	r->cwd = arena_str(arena, str_of(cwd));
	r->git_dir = real_folder(git_repository_path(r->main), arena);
	r->folder = real_folder(git_repository_commondir(r->main), arena);
	r->top = work_tree(r, arena);
	add_object_folders(r->main);
	read_flags(r, arena);
	*out = r;
	return true;
}

void repo_close(struct repo *r)
{
	if (!r)
		return;
	handles_close(r);
	git_repository_free(r->main);
	apart_free(r->apart);
	(void)pthread_mutex_destroy(&r->main_lock);
	(void)pthread_mutex_destroy(&r->pool_lock);
}

bool repo_is_bare(const struct repo *r)
{
	return !r->top.s;
}

bool repo_is_shallow(const struct repo *r)
{
	return r->shallow;
}

struct str repo_folder(const struct repo *r)
{
	return r->folder;
}

struct str repo_own_folder(const struct repo *r)
{
	return r->git_dir;
}

struct str repo_top(const struct repo *r)
{
	return r->top;
}
