#include "schema/internal.h"

#include <unistd.h>

/* Whether the file PATH may be read: it is below the root or a mapped folder, or not there. */
static bool may_read(struct loader *l, struct str path)
{
	const struct schema_options *opt = l->opt;
	struct str real;

	if (!opt || !opt->root.n)
		return true;
	real = real_path(arena_str(l->arena, path), l->arena);
	if (!real.n || path_below(opt->root, real))
		return true;
	for (size_t i = 0; i < opt->maps_n; i++) {
		struct str dir =
		        real_path(arena_str(l->arena, opt->maps[i].dir), l->arena);

		if (dir.n && path_below(dir, real))
			return true;
	}
	return false;
}

/* The absolute PATH as one would type it in the current folder. */
static struct str from_here(struct loader *l, struct str path)
{
	char here[4096];
	struct str dir, up = STR("");
	size_t n;

	if (!str_starts(path, STR("/")) || !getcwd(here, sizeof(here)))
		return path;
	for (dir = str_of(here); !path_below(dir, path); dir.n = n ? n : 1) {
		n = str_rfind(dir, '/');
		up = arena_fmt(l->arena, "../" STR_FMT, STR_ARG(up));
	}
	return arena_fmt(l->arena, STR_FMT STR_FMT, STR_ARG(up),
	                 STR_ARG(str_sub(path, dir.n + (dir.n > 1), path.n)));
}

static enum source_status read_path(struct loader *l, const struct tree *t,
                                    struct str path, struct str *bytes, const char **why)
{
	CLEANUP(buf_release) struct buf buf = BUF_INIT(LIMIT_FILE_BYTES);
	struct str typed = l->relative ? from_here(l, path) : path;
	struct source source;
	enum source_status status;

	if (t->on_disk && !may_read(l, path)) {
		*why = "it lies outside of the repository";
		return SOURCE_UNREADABLE;
	}
	status = t->read(t, &source, &buf, t->on_disk ? path : typed, why);
	if (status == SOURCE_TOO_LARGE)
		*why = "it is larger than 16 MiB";
	if (status != SOURCE_OK)
		return status;
	*bytes = arena_str(l->arena, source.bytes);
	if (t == l->tree)
		map_at(&l->loaded, arena_str(l->arena, typed), NULL);
	return status;
}

/* Where a schema is a symbolic link, its siblings are beside the link or beside its target. */
static enum source_status read_sibling(struct loader *l, const struct tree *t,
                                       struct str path, struct str *bytes,
                                       const char **why)
{
	enum source_status status = read_path(l, t, path, bytes, why);

	if (status != SOURCE_UNREADABLE || !l->real_dir.n || !l->given_dir.n ||
	    !str_starts(path, l->given_dir))
		return status;
	path = arena_fmt(l->arena, STR_FMT STR_FMT, STR_ARG(l->real_dir),
	                 STR_ARG(str_sub(path, l->given_dir.n, path.n)));
	return read_path(l, t, path, bytes, why);
}

enum source_status load_read(struct loader *l, struct str path, bool mapped,
                             struct str *bytes, const char **why)
{
	/* What the user mapped is a folder of the disk, whichever revision is checked. */
	return read_sibling(l, mapped ? &tree_disk : l->tree, path, bytes, why);
}

const struct str *schema_files(const struct schema *s, size_t *n)
{
	*n = s->files_n;
	return s->files;
}
