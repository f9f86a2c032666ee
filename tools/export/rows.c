#include "export/rows.h"

#include "base/limits.h"

/* ---- what schemas name ---- */

/* Keys of the entries of one collection. */
struct naming {
	struct doc_member *members; /* n of them */
	size_t n, cap;
	struct map seen;
	struct arena *arena;
};

static void add_properties(struct naming *k, const struct doc_node *schema)
{
	const struct doc_node *list = doc_get(schema, "properties");

	for (uint32_t i = 0; list && list->kind == DOC_MAP && i < list->n; i++) {
		struct str key = list->members[i].key;
		bool added;

		map_at(&k->seen, key, &added);
		if (added && k->n < LIMIT_COMPARE_ROWS / 2)
			*arena_push(k->arena, k->members, k->n, k->cap) =
			        (struct doc_member){.key = key};
	}
}

/* The schema at PATH; NULL when it cannot be read: whoever validates is told why. */
static const struct doc_node *read_schema(const struct dataset *d, struct str path,
                                          struct arena *arena)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct source *source = arena_new(arena, struct source);
	struct diag_list unused;
	const char *why;
	struct docs docs;

	diag_init(&unused, arena);
	if (!path.n || d->tree->read(d->tree, source, &bytes, path, &why) != SOURCE_OK)
		return NULL;
	source->bytes = arena_str(arena, source->bytes);
	if (!doc_read(&docs, source, NULL, arena, &unused) || !docs.n)
		return NULL;
	return &docs.items[0].root;
}

/* An entry of C that has all that its schema names. */
static void full_entry(struct entry *out, const struct dataset *d,
                       const struct collection *c, struct arena *arena)
{
	const struct doc_node *schema = read_schema(d, c->schema_path, arena);
	const struct doc_node *all = doc_get(schema, "allOf");
	struct naming k = {.arena = arena};
	struct file *file = arena_new(arena, struct file);
	struct doc *doc = arena_new(arena, struct doc);

	map_init(&k.seen, arena);
	add_properties(&k, schema);
	for (uint32_t i = 0; all && all->kind == DOC_LIST && i < all->n; i++)
		add_properties(&k, &all->items[i]);
	doc->root = (struct doc_node){
	        .kind = DOC_MAP, .n = (uint32_t)k.n, .members = k.members};
	*file = (struct file){c->schema_path, FILE_ENTRY, c};
	*out = (struct entry){.file = file, .doc = doc};
}

/* ---- the rows ---- */

bool rows_open(struct edition *x, struct arena *arena, struct err *err)
{
	const struct dataset *d = x->dataset;
	struct entry *entries = arena_array(arena, struct entry, d->collections_n);
	size_t n = 0;

	x->rows = view_rows(x->views[0], &x->rows_n);
	if (x->rows_n)
		return true;
	for (size_t i = 0; i < d->collections_n; i++)
		if (d->collections[i].versioned)
			full_entry(&entries[n++], d, &d->collections[i], arena);
	x->rows_of_schemas = true;
	return view_rows_of_keys(&x->rows, &x->rows_n, x->views[0], entries, n, arena,
	                         err);
}

const struct cell *rows_cell(const struct edition *x, const struct entry_view *v,
                             size_t i)
{
	if (!x->rows_of_schemas)
		return &v->cells[i];
	for (size_t k = 0; k < v->rows_n; k++)
		if (str_eq(v->rows[k].key, x->rows[i].key))
			return &v->cells[k];
	return NULL;
}
