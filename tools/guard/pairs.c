/*
 * pairs.c - which files differ, and what each of them is to the dataset
 */
#include "guard/internal.h"

#include "base/limits.h"

struct str side_path(const struct side *s, struct str path, struct arena *arena)
{
	struct str rest = path;

	if (!s->dataset || !s->root.s)
		return STR_NONE;
	if (s->root.n) {
		if (!str_starts(path, s->root) || path.n == s->root.n ||
		    path.s[s->root.n] != '/')
			return STR_NONE;
		rest = str_sub(path, s->root.n + 1, path.n);
	}
	if (str_eqz(s->dataset->dir, "."))
		return arena_str(arena, rest);
	return arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(s->dataset->dir),
	                 STR_ARG(rest));
}

static struct str pair_key(const struct collection *k, struct str path,
                           struct arena *arena)
{
	return arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(k->name),
	                 STR_ARG(file_stem(path)));
}

static struct pair *pair_of(struct change *c, const struct collection *k, struct str path)
{
	struct str id = file_stem(path);
	void **at = map_at(&c->pairs, pair_key(k, path, c->arena), NULL);
	struct pair *p = *at;

	if (!p) {
		p = arena_new(c->arena, struct pair);
		p->id = id;
		*at = p;
	}
	return p;
}

/* PATH as an entry of the dataset before the change. */
static bool note_old(struct change *c, struct str path)
{
	struct str name = side_path(&c->old, path, c->arena);
	const struct collection *k =
	        name.s ? dataset_collection_of(c->old.dataset, name) : NULL;
	struct pair *p;

	if (!k)
		return false;
	file_list_add(&c->before, &(struct file){name, FILE_ENTRY, k});
	if (!k->id_is_stem) {
		c->whole = true; /* which ids go with it is not told by its name */
		return true;
	}
	p = pair_of(c, k, name);
	p->old = k;
	p->old_path = name;
	return true;
}

static bool note_new(struct change *c, struct str path)
{
	struct str name = side_path(&c->new, path, c->arena);
	const struct collection *k =
	        name.s ? dataset_collection_of(c->new.dataset, name) : NULL;
	struct pair *p;

	if (!k || c->new.dataset->tree->kind(c->new.dataset->tree, name) == TREE_NONE)
		return false;
	file_list_add(&c->files, &(struct file){name, FILE_ENTRY, k});
	if (!k->id_is_stem)
		return true;
	p = pair_of(c, k, name);
	p->new = k;
	p->new_path = name;
	return true;
}

static bool has_usual_ending(struct str path)
{
	static const struct str endings[] = {STR(".yaml"), STR(".yml"), STR(".json")};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(path, endings[i]))
			return true;
	return false;
}

/* Whether a file of this name can be one that entries depend on. */
static bool may_matter(const struct change *c, struct str path)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	return has_usual_ending(path) || side_path(&c->new, path, &scratch).s ||
	       side_path(&c->old, path, &scratch).s;
}

/* Whether PATH is an entry, a vocabulary or a schema of the dataset before the change. */
static bool is_of_old(const struct change *c, struct str path)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str name = side_path(&c->old, path, &scratch);
	const struct dataset *d = c->old.dataset;
	bool found = name.s && dataset_collection_of(d, name);

	for (size_t i = 0; d && i < d->vocabularies_n; i++)
		found = found || (name.s && str_eq(name, d->vocabularies[i].path));
	for (size_t i = 0; d && i < d->collections_n; i++)
		found = found ||
		        (d->collections[i].schema_path.n &&
		         str_eq(path, repo_path(c->repo, d->collections[i].schema_path,
		                                &scratch)));
	return found;
}

bool change_is_idle(const struct change *c)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(buf_release) struct buf names = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str tree = oid_hex(&c->old_tree, OID_HEX, &arena), rest, path;
	const char *args[] = {"diff-index", "--cached", "--name-only", "--no-renames",
	                      "-z",         tree.s,     "--",          NULL};
	struct err ignored = {0};
	int status;

	if (!c->has_old_tree ||
	    !repo_git(c->repo, args, STR_NONE, &names, NULL, &status, &ignored) || status)
		return false;
	rest = buf_str(&names);
	while (str_split(&rest, '\0', &path))
		if (path.n && (has_usual_ending(path) || is_of_old(c, path)))
			return false;
	return true;
}

static bool note(void *ctx, const struct repo_change *file)
{
	struct change *c = ctx;
	bool old = file->old && note_old(c, file->path);
	bool new = file->new &&note_new(c, file->path);

	if (!old && !new &&may_matter(c, file->path))
		*arena_push(c->arena, c->others, c->others_n, c->others_cap) =
		        arena_str(c->arena, file->path);
	return true;
}

/* Whether the file of the entry OLD, which does not differ, still is that entry. */
static bool stays(struct change *c, const struct file *old, struct str path,
                  struct arena *scratch)
{
	struct str name = side_path(&c->new, path, scratch);
	const struct collection *k =
	        name.s ? dataset_collection_of(c->new.dataset, name) : NULL;

	return k && str_eq(k->name, old->collection->name);
}

/* Another stemma.yaml may leave entries out whose files are as they were. */
static bool note_left_out(struct change *c)
{
	CLEANUP(file_list_release) struct file_list all = {.arena = c->arena};
	CLEANUP(arena_release) struct arena scratch = {0};
	struct diag_list unused;

	if (!c->old.dataset || doc_equal(c->old.dataset->config, c->new.dataset->config))
		return true;
	diag_init(&unused, c->arena);
	if (!dataset_files(c->old.dataset, &all, &unused, c->err))
		return false;
	for (size_t i = 0; i < all.n; i++) {
		const struct file *f = &all.items[i];
		struct str path = repo_path(c->repo, f->path, &scratch);

		if (f->kind == FILE_ENTRY && f->collection->id_is_stem && path.s &&
		    !map_has(&c->pairs, pair_key(f->collection, f->path, &scratch)) &&
		    !stays(c, f, path, &scratch))
			(void)note_old(c, path);
		arena_reset(&scratch);
	}
	return true;
}

/* An entry that is gone may be named by others. */
static void look_for_gone(struct change *c)
{
	for (size_t i = 0; i < c->pairs.n; i++) {
		const struct pair *p = c->pairs.items[i].value;

		c->whole = c->whole || !p->new;
	}
}

bool change_gather(struct change *c)
{
	const struct oid *old = c->has_old_tree ? &c->old_tree : NULL;
	struct commit commit;
	bool ok = true;

	map_init(&c->pairs, c->arena);
	c->files.arena = c->before.arena = c->arena;
	if (c->opt->kind == GUARD_STAGED)
		ok = repo_diff_index(c->repo, old, note, c, c->err);
	else if (c->opt->kind == GUARD_WORK)
		ok = repo_diff_work(c->repo, old, note, c, c->err);
	else
		ok = repo_commit(&commit, c->repo, &c->opt->commit, c->arena, c->err) &&
		     repo_diff(c->repo, old, &commit.tree, STR(""), note, c, c->err);
	ok = ok && note_left_out(c);
	look_for_gone(c);
	return ok;
}

/* ---- files that all entries depend on ---- */

struct shared {
	const struct change *c;
	struct map paths;
	struct arena arena;
};

static void add_path(struct shared *s, struct str path)
{
	struct str own = repo_path(s->c->repo, path, &s->arena);

	if (own.s)
		map_at(&s->paths, own, NULL);
}

static void add_side(struct shared *s, const struct dataset *d)
{
	if (!d)
		return;
	add_path(s, d->config_path);
	for (size_t i = 0; i < d->vocabularies_n; i++)
		add_path(s, d->vocabularies[i].path);
	for (size_t i = 0; d->labels_dir.n && i < d->languages_n; i++)
		add_path(s, arena_fmt(&s->arena, STR_FMT "/" STR_FMT ".yaml",
		                      STR_ARG(d->labels_dir), STR_ARG(d->languages[i])));
	for (size_t i = 0; i < d->collections_n; i++) {
		const struct schema *schema = d->collections[i].schema;
		size_t n = 0;
		const struct str *files = schema ? schema_files(schema, &n) : NULL;

		for (size_t k = 0; k < n; k++)
			add_path(s, files[k]);
	}
}

/* Whether PATH lies in the folder of records of D. */
static bool is_record(struct shared *s, const struct dataset *d, struct str path)
{
	struct str dir = d && d->references.dir.n
	                         ? repo_path(s->c->repo, d->references.dir, &s->arena)
	                         : STR_NONE;

	return dir.s && path_below(dir, path);
}

bool change_is_shared(const struct change *c)
{
	struct shared s = {.c = c};
	bool found = false;

	map_init(&s.paths, &s.arena);
	add_side(&s, c->old.dataset);
	add_side(&s, c->new.dataset);
	for (size_t i = 0; i < c->others_n && !found; i++)
		found = map_has(&s.paths, c->others[i]) ||
		        is_record(&s, c->old.dataset, c->others[i]) ||
		        is_record(&s, c->new.dataset, c->others[i]);
	arena_release(&s.arena);
	return found;
}
