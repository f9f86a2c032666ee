/*
 * links_memory.c - `stemma links`: where its memory is
 */
#include "cmd/links.h"

#include <errno.h>
#include <string.h>

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
	dir = run_memory_folder(l->repo, arena);
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
