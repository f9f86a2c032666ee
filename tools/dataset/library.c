#include "dataset/internal.h"

#include "base/limits.h"
#include "base/text.h"

void library_release(struct library *l)
{
	file_list_release(&l->files);
}

bool library_open(struct library *out, const struct dataset *d, struct arena *arena,
                  struct diag_list *diags, struct err *err)
{
	CLEANUP(file_list_release) struct file_list all = {.arena = arena};

	*out = (struct library){.dataset = d, .arena = arena, .files = {.arena = arena}};
	if (!dataset_files(d, &all, diags, err))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].kind == FILE_ENTRY)
			file_list_add(&out->files, &all.items[i]);
	return true;
}

bool dataset_read(struct docs *out, const struct dataset *d, const struct file *file,
                  struct arena *arena, struct diag_list *diags)
{
	const struct tree *t = d->tree;
	CLEANUP(buf_release) struct buf buf = BUF_INIT(LIMIT_FILE_BYTES);
	struct source *source = arena_new(arena, struct source);
	const char *why = "";
	enum source_status status;

	diag_file(diags, file->path);
	status = t->read(t, source, &buf, file->path, &why);
	if (status != SOURCE_OK) {
		report_unreadable(diags, status, why);
		return false;
	}
	source->bytes = arena_str(arena, source->bytes);
	return doc_read(out, source, &file->collection->read, arena, diags);
}

/* Look for ID in one file; its name need not tell. */
static bool look_into(struct entry *out, const struct library *l, const struct file *file,
                      struct str id, struct arena *arena, struct diag_list *diags)
{
	struct docs docs;

	if (!dataset_read(&docs, l->dataset, file, arena, diags))
		return false;
	for (size_t i = 0; i < docs.n; i++) {
		struct str stem = docs.n == 1 ? file_stem(file->path) : STR_NONE;
		struct str found =
		        entry_id(&file->collection->roles, &docs.items[i].root, stem);

		if (str_eq(found, id) ||
		    (file->collection->id_is_stem && str_eq(stem, id))) {
			*out = (struct entry){
			        .file = file, .doc = &docs.items[i], .id = id};
			return true;
		}
	}
	return false;
}

static bool in_collection(const struct file *file, struct str collection)
{
	return !collection.n || str_eq(file->collection->name, collection);
}

/* Ids as people may have meant them; of a file whose name need not tell, those inside. */
struct known_ids {
	struct str *items;
	size_t n, cap;
	struct arena *arena;
};

static void add_ids(struct known_ids *known, const struct library *l,
                    const struct file *file, struct arena *scratch)
{
	struct str stem = file_stem(file->path);
	struct diag_list unused;
	struct docs docs;

	if (file->collection->id_is_stem) {
		*arena_push(known->arena, known->items, known->n, known->cap) = stem;
		return;
	}
	diag_init(&unused, scratch);
	if (!dataset_read(&docs, l->dataset, file, scratch, &unused))
		return;
	for (size_t i = 0; i < docs.n; i++) {
		struct str id = entry_id(&file->collection->roles, &docs.items[i].root,
		                         docs.n == 1 ? stem : STR_NONE);

		*arena_push(known->arena, known->items, known->n, known->cap) =
		        arena_str(known->arena, id);
	}
}

/* The id nearest to NAME, or the one id in the only file of that name. */
static struct str nearest(const struct library *l, struct str name)
{
	struct known_ids known = {.arena = l->arena};
	struct str inside = STR_NONE, stem = file_stem(name);
	struct arena scratch = {0};
	size_t stems = 0;

	for (size_t i = 0; i < l->files.n; i++) {
		const struct file *file = &l->files.items[i];
		size_t before = known.n;

		add_ids(&known, l, file, &scratch);
		arena_reset(&scratch);
		if (!str_eq(file_stem(file->path), stem))
			continue;
		stems++;
		inside = known.n == before + 1 ? known.items[before] : STR_NONE;
	}
	arena_release(&scratch);
	if (stems == 1 && inside.n)
		return inside;
	return text_nearest(name, known.items, known.n);
}

/* The file whose name is the id, or NULL. */
static const struct file *by_stem(const struct library *l, struct str collection,
                                  struct str id)
{
	for (size_t i = 0; i < l->files.n; i++) {
		const struct file *f = &l->files.items[i];

		if (in_collection(f, collection) && str_eq(file_stem(f->path), id))
			return f;
	}
	return NULL;
}

bool library_entry(struct entry *out, const struct library *l, struct str name,
                   struct str *near, struct diag_list *diags)
{
	size_t slash = str_rfind(name, '/');
	struct str id = slash < name.n ? str_sub(name, slash + 1, name.n) : name;
	struct str collection = slash < name.n ? str_sub(name, 0, slash) : STR_NONE;
	const struct file *file = by_stem(l, collection, id);
	struct arena scratch = {0};
	bool found = false;

	*near = STR_NONE;
	if (!id.n) /* a document without an id is nobody's entry */
		return false;
	if (file && look_into(out, l, file, id, l->arena, diags))
		return true;
	if (file && file->collection->id_is_stem)
		return false;
	for (size_t i = 0; i < l->files.n && !found; i++) {
		struct diag_list unused;

		file = &l->files.items[i];
		if (!in_collection(file, collection))
			continue;
		diag_init(&unused, &scratch);
		found = look_into(out, l, file, id, &scratch, &unused);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	if (found)
		return look_into(out, l, file, id, l->arena, diags);
	*near = nearest(l, id);
	if (!near->n) /* people give the file's name */
		*near = nearest(l, file_stem(id));
	return false;
}

void library_each(const struct library *l, const struct collection *c,
                  library_each_fn *each, void *ctx)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t i = 0; i < l->files.n; i++) {
		const struct file *file = &l->files.items[i];
		struct diag_list unused;
		struct docs docs;

		if (file->collection != c)
			continue;
		diag_init(&unused, &scratch);
		if (!dataset_read(&docs, l->dataset, file, &scratch, &unused))
			docs.n = 0;
		for (size_t k = 0; k < docs.n; k++) {
			struct str stem = docs.n == 1 ? file_stem(file->path) : STR_NONE;
			struct entry e = {
			        .file = file,
			        .doc = &docs.items[k],
			        .id = entry_id(&c->roles, &docs.items[k].root, stem)};

			each(&e, ctx);
		}
		arena_reset(&scratch);
	}
}

struct str library_several(const struct library *l, struct str id)
{
	const struct collection *first = NULL;
	struct str out = STR_NONE;
	bool several = false;

	for (size_t i = 0; i < l->files.n; i++) {
		const struct file *f = &l->files.items[i];

		if (f->collection == first || !str_eq(file_stem(f->path), id))
			continue;
		if (first)
			out = arena_fmt(l->arena, STR_FMT " or " STR_FMT "/" STR_FMT,
			                STR_ARG(out), STR_ARG(f->collection->name),
			                STR_ARG(id));
		else
			out = arena_fmt(l->arena, STR_FMT "/" STR_FMT,
			                STR_ARG(f->collection->name), STR_ARG(id));
		several = first != NULL;
		first = f->collection;
	}
	return several ? out : STR_NONE;
}
