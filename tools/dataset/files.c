#include "dataset/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <fnmatch.h>
#include <stdlib.h>

struct str file_stem(struct str path)
{
	size_t slash = str_rfind(path, '/');
	struct str name = slash < path.n ? str_sub(path, slash + 1, path.n) : path;
	size_t dot = str_rfind(name, '.');

	return dot < name.n && dot > 0 ? str_sub(name, 0, dot) : name;
}

/* One walk over folders. */
struct walk {
	const struct tree *tree;
	const struct collection *collection; /* NULL: by ending */
	size_t base; /* bytes of the collection's folder and its slash */
	struct file_list *out;
	struct diag_list *diags;
	struct err *err;
	struct str root; /* on the disk: real path of the folder links may not leave */
	const struct map *asked; /* when not NULL: folded names that matter */
	struct arena scratch; /* with `asked`: released after the walk */
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

void file_list_add_versioned(struct file_list *l, const struct file_list *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (from->items[i].kind == FILE_ENTRY && from->items[i].collection &&
		    from->items[i].collection->versioned)
			file_list_add(l, &from->items[i]);
}

static void note_folder(const struct walk *w, struct str path)
{
	struct folder_list *l = w->out->folders;

	if (!l)
		return;
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 64;
		l->items = mem_realloc(l->items, l->cap * sizeof(*l->items));
	}
	l->items[l->n++] = (struct folder){path, w->collection};
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

/* The bytes of C's folder and the slash behind it in paths of its files. */
static size_t base_of(const struct collection *c)
{
	return str_eqz(c->folder, ".") ? 0 : c->folder.n + 1;
}

/* Whether the patterns of C take the file RELATIVE (to its folder; terminated). */
static bool takes(const struct collection *c, struct str relative)
{
	return matches(c->files, c->files_n, relative) &&
	       !matches(c->exclude, c->exclude_n, relative);
}

/* Whether a step of PATH has a dot in front: such folders are not walked. */
static bool is_hidden(struct str path)
{
	struct str rest = path, step;

	while (str_split(&rest, '/', &step))
		if (str_starts(step, STR(".")))
			return true;
	return false;
}

const struct collection *dataset_collection_of(const struct dataset *d, struct str path)
{
	for (size_t i = 0; i < d->collections_n; i++) {
		const struct collection *c = &d->collections[i];
		size_t base = base_of(c);
		struct str relative = str_sub(path, base, path.n);

		if (base && (path.n <= base || !path_below(c->folder, path)))
			continue;
		if (!is_hidden(relative) && takes(c, relative))
			return c;
	}
	return NULL;
}

static bool wanted(const struct walk *w, struct str path)
{
	static const struct str endings[] = {STR(".yaml"), STR(".yml"), STR(".json")};

	if (w->collection)
		return takes(w->collection, str_sub(path, w->base, path.n));
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(path, endings[i]))
			return true;
	return false;
}

static void add_link(struct walk *w, struct str path)
{
	enum tree_kind kind;

	if (w->out->folders)
		w->out->folders->odd = true;
	if (!wanted(w, path))
		return;
	kind = kind_behind(w->tree, path);
	if (w->tree->on_disk && kind != TREE_NONE && kind != TREE_FILE)
		return;
	/* Reading a lost one will tell what is wrong. */
	if (kind == TREE_NONE ||
	    (w->tree->on_disk && path_below(w->root, real_path(path, w->out->arena)))) {
		list_add(w->out, path, FILE_ENTRY, w->collection);
		return;
	}
	diag_file(w->diags, path);
	report_link(w->diags, w->tree, w->collection ? "dataset" : "folder");
}

/* Whether ITEM matters to the walk CTX that asks for some names only. */
static bool is_asked(const struct tree_item *item, void *ctx)
{
	struct walk *w = ctx;
	bool asked;

	if (item->kind == TREE_FOLDER)
		return true;
	asked = map_has(w->asked, text_fold(&w->scratch, file_stem(item->name)));
	arena_reset(&w->scratch);
	return asked;
}

/* What lies in DIR, or some of it with all that is asked for. */
static bool list(struct walk *w, struct tree_items *out, struct str dir,
                 struct arena *arena, const char **why)
{
	const struct tree *t = w->tree;

	if (!w->asked || !t->list_some)
		return t->list(t, out, dir, arena, why);
	return t->list_some(t, out, dir, is_asked, w, arena, why);
}

static bool walk_folder(struct walk *w, struct str dir, int depth);

static bool walk_item(struct walk *w, struct str dir, const struct tree_item *item,
                      int depth)
{
	struct str path = path_join(w->tree, dir, item->name, w->out->arena);

	if (item->kind == TREE_FOLDER)
		return walk_folder(w, path, depth + 1);
	if (item->kind == TREE_LINK)
		add_link(w, path);
	else if (wanted(w, path))
		list_add(w->out, path, FILE_ENTRY, w->collection);
	if (w->out->n > LIMIT_FILES)
		return err_set(w->err, ERR_LIMIT, "more than %d files", LIMIT_FILES);
	return true;
}

static bool walk_folder(struct walk *w, struct str dir, int depth)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct tree_items items;
	const char *why = "";

	if (depth > LIMIT_WALK_DEPTH)
		return err_set(w->err, ERR_LIMIT,
		               STR_FMT ": folders are nested more than %d deep",
		               STR_ARG(dir), LIMIT_WALK_DEPTH);
	if (!list(w, &items, dir, &scratch, &why)) {
		diag_file(w->diags, dir);
		report_unreadable(w->diags, SOURCE_UNREADABLE, why);
		return true;
	}
	note_folder(w, dir);
	for (size_t i = 0; i < items.n; i++) {
		if (w->asked && !is_asked(&items.items[i], w))
			continue;
		if (!walk_item(w, dir, &items.items[i], depth))
			return false;
	}
	return true;
}

/* Whether DIR itself, links followed, lies in the folder that links may not leave. */
static bool may_walk(struct walk *w, struct str dir)
{
	struct str real;

	if (!w->tree->on_disk) {
		if (w->tree->kind(w->tree, dir) != TREE_LINK)
			return true;
		diag_file(w->diags, dir);
		report_link(w->diags, w->tree, "dataset");
		return false;
	}
	real = real_path(dir, w->out->arena);
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

	if (w->tree->on_disk && !w->root.s)
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
	return (struct walk){.tree = d->tree,
	                     .collection = c,
	                     .root = d->tree->on_disk ? real_path(d->dir, out->arena)
	                                              : STR_NONE,
	                     .base = base_of(c),
	                     .out = out,
	                     .diags = diags,
	                     .err = err};
}

bool collection_files(struct file_list *out, const struct dataset *d,
                      const struct collection *c, const struct map *asked,
                      struct diag_list *diags, struct err *err)
{
	struct walk w = collection_walk(d, c, out, diags, err);
	bool ok;

	w.asked = asked;
	ok = walk(&w, c->folder);
	arena_release(&w.scratch);
	return ok;
}

static struct str labels_path(const struct dataset *d, struct str language,
                              struct arena *a)
{
	return path_join(d->tree, d->labels_dir,
	                 arena_fmt(a, STR_FMT ".yaml", STR_ARG(language)), a);
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
	dataset_references(d, out, diags);
	for (size_t i = 0; i < d->collections_n; i++)
		if (!collection_files(out, d, &d->collections[i], NULL, diags, err))
			return false;
	return true;
}

bool files_add(struct file_list *out, const struct tree *tree, struct str path,
               struct diag_list *diags, struct err *err)
{
	struct walk w = {.tree = tree, .out = out, .diags = diags, .err = err};

	path = arena_str(out->arena, path);
	if (kind_behind(tree, path) == TREE_FOLDER)
		return walk(&w, path);
	list_add(out, path, FILE_ENTRY,
	         NULL); /* reading it tells what is wrong with it */
	return true;
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

bool dataset_add_path(const struct dataset *d, struct str path, struct file_list *out,
                      bool *known, struct diag_list *diags, struct err *err)
{
	struct str z = arena_str(out->arena, path), relative, own;
	CLEANUP(file_list_release) struct file_list all = {.arena = out->arena};
	enum tree_kind kind = d->tree->kind(d->tree, z);
	bool below = false; /* the folder of a collection */

	*known = true;
	if (kind == TREE_NONE) {
		list_add(out, z, FILE_ENTRY, NULL);
		return true;
	}
	for (size_t i = 0; i < d->collections_n; i++) {
		struct collection *c = &d->collections[i];
		struct walk w = collection_walk(d, c, out, diags, err);

		relative = path_relative(d->tree, c->folder, z, out->arena);
		own = relative.n ? path_join(d->tree, c->folder, relative, out->arena)
		                 : c->folder;
		if (!relative.s)
			continue;
		below = true;
		if (kind_behind(d->tree, z) != TREE_FOLDER && wanted(&w, own)) {
			add_named(&w, own, kind == TREE_LINK);
			return true;
		}
	}
	if (kind != TREE_FOLDER && dataset_add_reference(d, z, out))
		return true;
	if (kind != TREE_FOLDER)
		add_own_files(d, &all);
	else if (!dataset_files(d, &all, diags, err))
		return false;
	relative = path_relative(d->tree, d->dir, z, out->arena);
	own = relative.s ? path_join(d->tree, d->dir, relative, out->arena) : STR_NONE;
	if (relative.s && relative.n == 0)
		own = str_eqz(d->dir, ".") ? STR("") : d->dir;
	*known = (own.s && pick(&all, own, out)) || (below && kind == TREE_FOLDER);
	return true;
}
