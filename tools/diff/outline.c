/*
 * outline.c - what the paths of one side are to its dataset
 */
#include "diff/internal.h"

static const enum shared_kind kinds[] = {SHARED_CONFIG, SHARED_VOCABULARY, SHARED_LABELS,
                                         SHARED_SCHEMA};

/* PATH, as the side's tree names it, as a path of the repository. */
static struct str at_top(const struct outline *o, struct str path, struct arena *arena)
{
	if (!o->side->tree)
		return repo_path(o->repo, path, arena);
	return str_eqz(path, ".") ? STR("") : path;
}

/* The folder of PATH with a slash behind; "" at the top. */
static struct str folder_of(struct str path)
{
	size_t slash = str_rfind(path, '/');

	return slash < path.n ? str_sub(path, 0, slash + 1) : STR("");
}

static void add(struct outline *o, struct str path, enum shared_kind what,
                struct arena *arena)
{
	struct str top = path.n ? at_top(o, path, arena) : STR_NONE;

	if (top.s)
		/* A map holds plain pointers; this one is only read. */
		map_set(&o->shared, top, (void *)(uintptr_t)&kinds[what]);
}

static void add_labels(struct outline *o, const struct dataset *d, struct arena *arena)
{
	const char *between = str_eqz(d->labels_dir, ".") ? "" : "/";
	struct str dir = *between ? d->labels_dir : STR("");

	for (size_t i = 0; d->labels_dir.n && i < d->languages_n; i++)
		add(o,
		    arena_fmt(arena, STR_FMT "%s" STR_FMT ".yaml", STR_ARG(dir), between,
		              STR_ARG(d->languages[i])),
		    SHARED_LABELS, arena);
}

static void add_schemas(struct outline *o, const struct dataset *d, struct arena *arena)
{
	o->schema_folders = arena_array(arena, struct str, d->collections_n);
	for (size_t i = 0; i < d->collections_n; i++) {
		struct str path = d->collections[i].schema_path, top;

		top = path.n ? at_top(o, path, arena) : STR_NONE;
		if (!top.s)
			continue;
		add(o, path, SHARED_SCHEMA, arena);
		o->schema_folders[o->schema_folders_n++] = folder_of(top);
	}
}

/* The folder of records, with a slash behind: as configured, else beside stemma.yaml. */
static struct str references_of(const struct outline *o, const struct dataset *d,
                                struct arena *arena)
{
	struct str dir =
	        d->references.dir.n ? at_top(o, d->references.dir, arena) : STR_NONE;

	if (dir.n)
		return arena_fmt(arena, STR_FMT "/", STR_ARG(dir));
	return arena_fmt(arena, STR_FMT "references/",
	                 STR_ARG(folder_of(at_top(o, d->config_path, arena))));
}

void outline_init(struct outline *out, struct repo *repo, const struct diff_side *side,
                  struct arena *arena)
{
	const struct dataset *d = side->dataset;

	*out = (struct outline){.side = side, .repo = repo};
	map_init(&out->shared, arena);
	if (!d)
		return;
	add_schemas(out, d, arena);
	add_labels(out, d, arena);
	for (size_t i = 0; i < d->vocabularies_n; i++)
		add(out, d->vocabularies[i].path, SHARED_VOCABULARY, arena);
	add(out, d->config_path, SHARED_CONFIG, arena);
	out->references = references_of(out, d, arena);
}

/* One that a schema beside it may refer to. */
static bool is_beside_schemas(const struct outline *o, struct str path)
{
	struct str folder = folder_of(path);

	if (!str_ends(path, STR(".schema.json")))
		return false;
	for (size_t i = 0; i < o->schema_folders_n; i++)
		if (str_eq(o->schema_folders[i], folder))
			return true;
	return false;
}

bool outline_shared(enum shared_kind *out, const struct outline *o, struct str path)
{
	const enum shared_kind *known = map_get(&o->shared, path);

	if (known)
		*out = *known;
	else if (is_beside_schemas(o, path))
		*out = SHARED_SCHEMA;
	else if (o->references.n && str_starts(path, o->references) &&
	         str_ends(path, STR(".json")))
		*out = SHARED_REFERENCE;
	else
		return false;
	return true;
}
