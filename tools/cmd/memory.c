/*
 * memory.c - where commands keep what makes the next run shorter
 */
#include "cmd/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* DIR/NAME, made for its owner when it is not there; absent when it cannot be. */
static struct str folder_in(struct str dir, const char *name, struct arena *arena)
{
	struct str path = arena_fmt(arena, STR_FMT "/%s", STR_ARG(dir), name);

	return mkdir(path.s, 0700) == 0 || errno == EEXIST ? path : STR_NONE;
}

struct str run_memory_folder(const struct repo *repo, struct arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	struct str dir;

	if (repo)
		return folder_in(repo_folder(repo), "stemma", arena);
	if (cache && *cache == '/')
		return folder_in(str_of(cache), "stemma", arena);
	if (!home || *home != '/')
		return STR_NONE;
	dir = folder_in(str_of(home), ".cache", arena);
	return dir.s ? folder_in(dir, "stemma", arena) : STR_NONE;
}
