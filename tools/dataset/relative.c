#include "dataset/internal.h"

#include <string.h>
#include <unistd.h>

/* PATH from the root on, without "." and ".."; "" is the root itself. */
static struct str absolute(struct str path, struct arena *arena)
{
	struct str rest = path, step;
	char here[4096], *p;
	size_t n = 0;

	if (!str_starts(path, STR("/")) && getcwd(here, sizeof(here)))
		rest = arena_fmt(arena, "%s/" STR_FMT, here, STR_ARG(path));
	p = arena_alloc(arena, rest.n + 1, 1);
	while (str_split(&rest, '/', &step)) {
		if (!step.n || str_eqz(step, "."))
			continue;
		if (str_eqz(step, "..")) {
			size_t slash = str_rfind((struct str){p, n}, '/');

			n = slash; /* of nothing it is nothing */
			continue;
		}
		p[n++] = '/';
		memcpy(p + n, step.s, step.n);
		n += step.n;
	}
	return (struct str){p, n};
}

/* The real path, but of the folder only: the dataset lists links under their own names. */
static struct str real_name(struct str path, struct arena *arena)
{
	size_t slash = str_rfind(path, '/');
	struct str name = slash < path.n ? str_sub(path, slash + 1, path.n) : path, dir;

	if (!name.n || str_ends(path, STR("..")) || str_eqz(path, "."))
		return real_path(path, arena);
	dir = real_path(arena_str(arena, path_dir(path)), arena);
	return dir.n ? path_join(&tree_disk, dir, name, arena) : real_path(path, arena);
}

struct str path_relative(const struct tree *t, struct str root, struct str path,
                         struct arena *arena)
{
	struct str full, full_root;

	if (t->on_disk) {
		full_root = real_path(root, arena);
		full = real_name(path, arena);
		if (!full.s || !full_root.s)
			return STR_NONE;
	} else {
		full_root = absolute(root, arena);
		full = absolute(path, arena);
	}
	if (!path_below(full_root, full))
		return STR_NONE;
	full = str_sub(full, full_root.n, full.n);
	return str_starts(full, STR("/")) ? str_sub(full, 1, full.n)
	                                  : (struct str){"", 0};
}
