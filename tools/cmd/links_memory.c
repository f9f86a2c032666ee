/*
 * links_memory.c - `stemma links`: where its memory is
 */
#include "cmd/links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* DIR/NAME, made for its owner when it is not there; absent when it cannot be. */
static struct str folder_in(struct str dir, const char *name, struct arena *arena)
{
	struct str path = arena_fmt(arena, STR_FMT "/%s", STR_ARG(dir), name);

	return mkdir(path.s, 0700) == 0 || errno == EEXIST ? path : STR_NONE;
}

/* In the repository; without one in the folder that is for such things. */
static struct str usual_folder(struct linking *l)
{
	struct arena *arena = l->run->arena;
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	struct str dir;

	if (l->repo)
		return folder_in(repo_folder(l->repo), "stemma", arena);
	if (cache && *cache == '/')
		return folder_in(str_of(cache), "stemma", arena);
	if (!home || *home != '/')
		return STR_NONE;
	dir = folder_in(str_of(home), ".cache", arena);
	return dir.s ? folder_in(dir, "stemma", arena) : STR_NONE;
}

static bool open_at(struct link_memory **out, struct linking *l, struct str path,
                    struct err *err)
{
	const struct link_memory_options opt = {
	        .path = path,
	        .now = l->now,
	        .max_age = l->max_age,
	        .dead_runs = l->policy.dead_runs,
	        .dead_days = l->policy.dead_days,
	};

	return link_memory_open(out, &opt, err);
}

bool links_open_memory(struct link_memory **out, struct linking *l, struct err *err)
{
	struct arena *arena = l->run->arena;
	struct err why = {0};
	struct str dir;

	*out = NULL;
	if (l->args->forget)
		return true;
	if (l->args->cache.s)
		return open_at(out, l, arena_str(arena, l->args->cache), err);
	dir = usual_folder(l);
	if (!dir.s)
		err_set(&why, ERR_IO, "there is no folder for it: %s", strerror(errno));
	else
		(void)!open_at(out, l,
		               arena_fmt(arena, STR_FMT "/links.sqlite", STR_ARG(dir)),
		               &why);
	if (why.code)
		run_say(l->run, "nothing is remembered of this run: %s", why.text);
	return true;
}
