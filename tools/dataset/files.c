#include "dataset/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct str file_stem(struct str path)
{
	size_t slash = str_rfind(path, '/');
	struct str name = slash < path.n ? str_sub(path, slash + 1, path.n) : path;
	size_t dot = str_rfind(name, '.');

	return dot < name.n && dot > 0 ? str_sub(name, 0, dot) : name;
}

/* One walk over folders. */
struct walk {
	const struct collection *collection; /* NULL: by ending */
	size_t base; /* bytes of the collection's folder and its slash */
	struct file_list *out;
	struct diag_list *diags;
	struct err *err;
	struct str root; /* real path of the folder that links may not leave */
	const struct map *asked; /* when not NULL: folded names that matter */
};

void file_list_release(struct file_list *l)
{
	free(l->items);
	*l = (struct file_list){0};
}

void file_list_add(struct file_list *l, const struct file *file)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 64;
		l->items = mem_realloc(l->items, l->cap * sizeof(*l->items));
	}
	l->items[l->n++] = *file;
}

static void list_add(struct file_list *l, struct str path, enum file_kind kind,
                     const struct collection *c)
{
	const struct file file = {path, kind, c};

	file_list_add(l, &file);
}

static bool matches(const struct str *patterns, size_t n, struct str relative)
{
	size_t slash = str_rfind(relative, '/');
	const char *name = slash < relative.n ? relative.s + slash + 1 : relative.s;

	for (size_t i = 0; i < n; i++) {
		bool whole = str_find(patterns[i], '/') < patterns[i].n;

		if (fnmatch(patterns[i].s, whole ? relative.s : name, FNM_PERIOD) == 0)
			return true;
	}
	return false;
}

static bool wanted(const struct walk *w, struct str path)
{
	static const struct str endings[] = {STR(".yaml"), STR(".yml"), STR(".json")};
	const struct collection *c = w->collection;

	if (c) {
		struct str relative = str_sub(path, w->base, path.n);

		return matches(c->files, c->files_n, relative) &&
		       !matches(c->exclude, c->exclude_n, relative);
	}
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(path, endings[i]))
			return true;
	return false;
}

static void add_link(struct walk *w, struct str path)
{
	struct stat st;

	if (!wanted(w, path))
		return;
	if (stat(path.s, &st)) { /* reading it will tell what is wrong */
		list_add(w->out, path, FILE_ENTRY, w->collection);
		return;
	}
	if (!S_ISREG(st.st_mode))
		return;
	if (path_below(w->root, real_path(path, w->out->arena))) {
		list_add(w->out, path, FILE_ENTRY, w->collection);
		return;
	}
	diag_file(w->diags, path);
	report_outside(w->diags, w->collection ? "dataset" : "folder");
}

/* NAME with a byte behind it that tells its kind. */
static struct str kind_name(struct arena *arena, const char *name, char kind)
{
	size_t n = strlen(name);
	char *s = arena_alloc(arena, n + 2, 1);

	memcpy(s, name, n + 1);
	s[n] = kind;
	return (struct str){s, n + 1};
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

/* Whether the file NAME matters to the walk. */
static bool is_asked(const struct walk *w, const char *name, struct arena *scratch)
{
	bool asked;

	if (!w->asked)
		return true;
	asked = map_has(w->asked, text_fold(scratch, file_stem(str_of(name))));
	arena_reset(scratch);
	return asked;
}

/* The names in DIR, sorted; a name's last byte tells its kind: '/' folder, '@' link, ' ' file. */
static bool read_names(struct walk *w, struct str dir, struct arena *arena,
                       struct str **out, size_t *n)
{
	CLEANUP(close_dir) DIR *d = opendir(dir.s);
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str *names = NULL;
	size_t cap = 0;
	struct dirent *e;

	*n = 0;
	if (!d) {
		diag_file(w->diags, dir);
		report_unreadable(w->diags, SOURCE_UNREADABLE, strerror(errno));
		return false;
	}
	while ((e = readdir(d))) {
		char kind = e->d_type == DT_DIR ? '/' : e->d_type == DT_LNK ? '@' : ' ';
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		if (e->d_type == DT_UNKNOWN &&
		    !fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW))
			kind = S_ISDIR(st.st_mode)   ? '/'
			       : S_ISLNK(st.st_mode) ? '@'
			                             : ' ';
		if (kind != '/' && !is_asked(w, e->d_name, &scratch))
			continue;
		*arena_push(arena, names, *n, cap) = kind_name(arena, e->d_name, kind);
	}
	if (*n)
		qsort(names, *n, sizeof(*names), by_name);
	*out = names;
	return true;
}

static bool walk_folder(struct walk *w, struct str dir, int depth)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str *names;
	size_t n;

	if (depth > LIMIT_WALK_DEPTH)
		return err_set(w->err, ERR_LIMIT,
		               STR_FMT ": folders are nested more than %d deep",
		               STR_ARG(dir), LIMIT_WALK_DEPTH);
	if (!read_names(w, dir, &scratch, &names, &n))
		return true;
	for (size_t i = 0; i < n; i++) {
		char kind = names[i].s[names[i].n - 1];
		struct str path = path_join(dir, str_sub(names[i], 0, names[i].n - 1),
		                            w->out->arena);

		if (kind == '/' && !walk_folder(w, path, depth + 1))
			return false;
		if (kind == '@')
			add_link(w, path);
		if (kind == ' ' && wanted(w, path))
			list_add(w->out, path, FILE_ENTRY, w->collection);
		if (w->out->n > LIMIT_FILES)
			return err_set(w->err, ERR_LIMIT, "more than %d files",
			               LIMIT_FILES);
	}
	return true;
}

/* Whether DIR itself, links followed, lies in the folder that links may not leave. */
static bool may_walk(struct walk *w, struct str dir)
{
	struct str real = real_path(dir, w->out->arena);

	if (!real.s || !w->root.s || path_below(w->root, real))
		return true; /* a folder that is not there is told by reading it */
	diag_file(w->diags, dir);
	diag_add(w->diags, &rule_dataset_link, (struct span){0},
	         "the folder leads out of the dataset and is not read");
	return false;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static bool walk(struct walk *w, struct str dir)
{
	size_t from = w->out->n;

	if (!w->root.s)
		w->root = real_path(dir, w->out->arena);
	if (!may_walk(w, dir))
		return true;
	if (!walk_folder(w, dir, 0))
		return false;
	if (w->out->n > from)
		qsort(w->out->items + from, w->out->n - from, sizeof(struct file),
		      by_path);
	return true;
}

static struct walk collection_walk(const struct dataset *d, const struct collection *c,
                                   struct file_list *out, struct diag_list *diags,
                                   struct err *err)
{
	return (struct walk){.collection = c,
	                     .root = real_path(d->dir, out->arena),
	                     .base = str_eqz(c->folder, ".") ? 0 : c->folder.n + 1,
	                     .out = out,
	                     .diags = diags,
	                     .err = err};
}

bool collection_files(struct file_list *out, const struct dataset *d,
                      const struct collection *c, const struct map *asked,
                      struct diag_list *diags, struct err *err)
{
	struct walk w = collection_walk(d, c, out, diags, err);

	w.asked = asked;
	return walk(&w, c->folder);
}

static struct str labels_path(const struct dataset *d, struct str language,
                              struct arena *a)
{
	return path_join(d->labels_dir, arena_fmt(a, STR_FMT ".yaml", STR_ARG(language)),
	                 a);
}

static void add_own_files(const struct dataset *d, struct file_list *out)
{
	list_add(out, d->config_path, FILE_CONFIG, NULL);
	for (size_t i = 0; i < d->vocabularies_n; i++)
		list_add(out, d->vocabularies[i].path, FILE_VOCABULARY, NULL);
	for (size_t i = 0; d->labels_dir.n && i < d->languages_n; i++)
		list_add(out, labels_path(d, d->languages[i], out->arena), FILE_LABELS,
		         NULL);
}

bool dataset_files(const struct dataset *d, struct file_list *out,
                   struct diag_list *diags, struct err *err)
{
	add_own_files(d, out);
	for (size_t i = 0; i < d->collections_n; i++)
		if (!collection_files(out, d, &d->collections[i], NULL, diags, err))
			return false;
	return true;
}

bool files_add(struct file_list *out, struct str path, struct diag_list *diags,
               struct err *err)
{
	struct walk w = {.out = out, .diags = diags, .err = err};
	struct stat st;

	path = arena_str(out->arena, path);
	if (stat(path.s, &st) == 0 && S_ISDIR(st.st_mode))
		return walk(&w, path);
	list_add(out, path, FILE_ENTRY,
	         NULL); /* reading it tells what is wrong with it */
	return true;
}

/* PATH as the dataset itself would name it: relative to the real folder of ROOT; or absent. */
static struct str relative_to(struct str root, struct str path, struct arena *arena)
{
	struct str real_root = real_path(root, arena), real = real_path(path, arena);

	/* The last step may be a link that the dataset itself would list under this name. */
	if (path.n) {
		struct str dir = real_path(arena_str(arena, path_dir(path)), arena);
		size_t slash = str_rfind(path, '/');

		if (dir.n && slash != path.n - 1 && !str_ends(path, STR("..")) &&
		    !str_eqz(path, "."))
			real = path_join(dir,
			                 slash < path.n ? str_sub(path, slash + 1, path.n)
			                                : path,
			                 arena);
	}
	if (!real.s || !real_root.s || !path_below(real_root, real))
		return STR_NONE;
	real = str_sub(real, real_root.n, real.n);
	return str_starts(real, STR("/")) ? str_sub(real, 1, real.n)
	                                  : (struct str){"", 0};
}

/* The files of ALL that are PATH or lie below it. */
static bool pick(const struct file_list *all, struct str prefix, struct file_list *out)
{
	size_t before = out->n;

	for (size_t i = 0; i < all->n; i++) {
		struct str p = all->items[i].path;

		if (str_starts(p, prefix) &&
		    (prefix.n == 0 || p.n == prefix.n || p.s[prefix.n] == '/'))
			list_add(out, p, all->items[i].kind, all->items[i].collection);
	}
	return out->n > before;
}

/* Naming a link does not lead out of the dataset: a hook names what a stranger committed. */
static void add_named(struct walk *w, struct str path, bool link)
{
	if (link)
		add_link(w, path);
	else
		list_add(w->out, path, FILE_ENTRY, w->collection);
}

static bool is_folder(struct str path)
{
	struct stat st;

	return stat(path.s, &st) == 0 && S_ISDIR(st.st_mode);
}

bool dataset_add_path(const struct dataset *d, struct str path, struct file_list *out,
                      bool *known, struct diag_list *diags, struct err *err)
{
	struct str z = arena_str(out->arena, path), relative, own;
	CLEANUP(file_list_release) struct file_list all = {.arena = out->arena};
	bool below = false; /* the folder of a collection */
	struct stat st;

	*known = true;
	if (lstat(z.s, &st)) {
		list_add(out, z, FILE_ENTRY, NULL);
		return true;
	}
	for (size_t i = 0; i < d->collections_n; i++) {
		struct collection *c = &d->collections[i];
		struct walk w = collection_walk(d, c, out, diags, err);

		relative = relative_to(c->folder, z, out->arena);
		own = relative.n ? path_join(c->folder, relative, out->arena) : c->folder;
		if (!relative.s)
			continue;
		below = true;
		if (!is_folder(z) && wanted(&w, own)) {
			add_named(&w, own, S_ISLNK(st.st_mode));
			return true;
		}
	}
	if (!S_ISDIR(st.st_mode))
		add_own_files(d, &all);
	else if (!dataset_files(d, &all, diags, err))
		return false;
	relative = relative_to(d->dir, z, out->arena);
	own = relative.s ? path_join(d->dir, relative, out->arena) : STR_NONE;
	if (relative.s && relative.n == 0)
		own = str_eqz(d->dir, ".") ? STR("") : d->dir;
	*known = (own.s && pick(&all, own, out)) || (below && S_ISDIR(st.st_mode));
	return true;
}
