#include "dataset/worker.h"

#include "base/limits.h"
#include "version/version.h"

const struct names *check_names(const struct check *c,
                                const struct collection *collection)
{
	for (size_t i = 0; i < c->names_n; i++)
		if (c->names[i].collection == collection)
			return &c->names[i];
	return NULL;
}

void facts_segment(struct facts *f, size_t file, size_t from)
{
	if (f->diags.n > from)
		*arena_push(&f->arena, f->segments, f->segments_n, f->segments_cap) =
		        (struct segment){file, from, f->diags.n - from, &f->diags};
}

void facts_dropped(struct facts *f, size_t before)
{
	struct diag_list *l = &f->diags;
	size_t n = l->dropped - before;

	if (!n)
		return;
	l->file_start = l->n;
	diag_add(l, &rule_dataset_too_many, (struct span){0},
	         "%zu more %s in this file %s not shown", n,
	         n == 1 ? "finding" : "findings", n == 1 ? "is" : "are")
	        ->suggestion = STR("mend the others first");
}

static const struct schema *schema_of(const struct check *c, const struct file *file)
{
	if (c->opt->schema)
		return c->opt->schema;
	if (file->kind != FILE_ENTRY)
		return c->builtin[file->kind];
	return file->collection ? file->collection->schema : NULL;
}

static void note_id(struct worker *w, size_t index, const struct doc *doc, bool single)
{
	const struct file *file = &w->check->files->items[index];
	struct str stem = single ? file_stem(file->path) : STR_NONE, id;
	struct facts *f = &w->facts;
	struct path_iter it;

	if (!file->collection->roles.id)
		return;
	it = path_iter(file->collection->roles.id, &doc->root);
	if (!path_next(&it) || it.node->kind != DOC_STRING)
		return;
	id = it.node->text;
	if (file->collection->id_is_stem && str_eq(id, stem))
		return;
	*arena_push(&f->arena, f->ids, f->ids_n, f->ids_cap) = (struct stray_id){
	        .file = index,
	        .document = doc->number,
	        .span = doc_span(it.node),
	        .pointer = path_pointer(&it, &f->arena),
	        .id = arena_str(&f->arena, id),
	};
}

static void report_self(struct facts *f, const struct path_iter *it)
{
	struct diag *d;

	if (diag_drops(&f->diags))
		return;
	d = diag_add(&f->diags, &rule_dataset_self_related, doc_span(it->node),
	             "the entry names itself among its related entries");
	d->pointer = path_pointer(it, &f->arena);
	d->suggestion = STR("remove it from the list");
}

static void note_link(struct facts *f, const struct collection *c, size_t file,
                      size_t target)
{
	if (c->versioned && file != target)
		*arena_push(&f->arena, f->links, f->links_n, f->links_cap) =
		        (struct link){(uint32_t)file, (uint32_t)target};
}

static void note_withdrawn(struct worker *w, size_t index, const struct doc *doc)
{
	const struct collection *c = w->check->files->items[index].collection;
	struct facts *f = &w->facts;

	if (c->versioned && entry_is_withdrawn(&c->roles, &doc->root, &w->entry))
		*arena_push(&f->arena, f->withdrawn, f->withdrawn_n, f->withdrawn_cap) =
		        (uint32_t)index;
}

static void note_relations(struct worker *w, size_t index, const struct doc *doc,
                           struct str id)
{
	const struct collection *c = w->check->files->items[index].collection;
	const struct names *names = check_names(w->check, c);
	struct facts *f = &w->facts;
	struct path_iter it;
	size_t found;

	if (!c->roles.related)
		return;
	it = path_iter(c->roles.related, &doc->root);
	while (path_next(&it)) {
		struct str target = doc_text(it.node);

		if (!target.n)
			continue;
		if (str_eq(target, id))
			report_self(f, &it);
		if (c->id_is_stem && names && check_find_name(names, target, &found)) {
			note_link(f, c, index, found);
			continue;
		}
		*arena_push(&f->arena, f->relations, f->relations_n, f->relations_cap) =
		        (struct relation){index, doc->number, doc_span(it.node),
		                          path_pointer(&it, &f->arena),
		                          arena_str(&f->arena, target)};
	}
}

static void check_entry(struct worker *w, size_t index, const struct doc *doc,
                        bool single)
{
	const struct file *file = &w->check->files->items[index];
	const struct collection *c = file->collection;
	struct str stem = single ? file_stem(file->path) : STR_NONE;

	note_id(w, index, doc, single);
	if (index >= w->check->checked)
		return;
	entry_check(&c->roles, &doc->root, c->id_is_stem ? stem : STR_NONE, &w->entry,
	            &w->facts.diags);
	history_check(&c->roles, &doc->root, &w->entry, &w->facts.diags);
	vocabulary_check(c, &doc->root, &w->facts.diags);
	references_check_entry(w, &c->roles, &doc->root);
	note_withdrawn(w, index, doc);
	note_relations(w, index, doc, entry_id(&c->roles, &doc->root, stem));
}

static void check_language(struct worker *w, const struct file *file,
                           const struct doc *doc)
{
	const struct doc_node *language = doc_get(&doc->root, "language");
	struct diag *d;

	if (!language || str_eq(doc_text(language), file_stem(file->path)))
		return;
	d = diag_add(&w->facts.diags, &rule_labels_language, doc_span(language),
	             "the language is \"" STR_FMT "\", but the file is named \"" STR_FMT
	             "\"",
	             STR_ARG(diag_quote(w->facts.diags.arena, doc_text(language))),
	             STR_ARG(file_stem(file->path)));
	d->pointer = STR("/language");
	d->suggestion = STR("name the file after its language");
}

static void check_docs(struct worker *w, size_t index, const struct docs *docs)
{
	const struct file *file = &w->check->files->items[index];
	const struct schema *schema = schema_of(w->check, file);

	for (size_t i = 0; i < docs->n; i++) {
		const struct doc *doc = &docs->items[i];
		bool valid = true;

		w->facts.diags.document = doc->number;
		if (schema && index < w->check->checked)
			valid = schema_check(schema, doc, &w->scratch, &w->facts.diags);
		if (file->collection)
			check_entry(w, index, doc, docs->n == 1);
		if (file->kind == FILE_LABELS)
			check_language(w, file, doc);
		if (file->kind == FILE_REFERENCE && valid)
			references_check_file(w, file->path, doc);
	}
}

static void check_file(struct worker *w, size_t index)
{
	const struct file *file = &w->check->files->items[index];
	const struct tree *t = w->check->tree;
	struct diag_list *diags = &w->facts.diags;
	size_t from = diags->n, dropped = diags->dropped;
	const char *why = "";
	struct source source;
	struct docs docs;
	enum source_status status;

	/* Context whose ids are the names of the files need not be read. */
	if (index >= w->check->checked &&
	    (!file->collection || file->collection->id_is_stem))
		return;
	arena_reset(&w->entry);
	w->compared = 0;
	diag_file(diags, file->path);
	if (file->kind != FILE_ENTRY &&
	    !stays_inside(w->check->opt->dataset, file->path)) {
		report_link(diags, t, "dataset");
		facts_segment(&w->facts, index, from);
		return;
	}
	status = t->read(t, &source, &w->bytes, file->path, &why);
	if (status != SOURCE_OK)
		report_unreadable(diags, status, why);
	else if (doc_read(&docs, &source,
	                  file->collection ? &file->collection->read : NULL, &w->entry,
	                  diags))
		check_docs(w, index, &docs);
	if (index >= w->check->checked) {
		diags->n = from; /* context is not told about */
		diags->dropped = dropped;
		return;
	}
	facts_dropped(&w->facts, dropped);
	facts_segment(&w->facts, index, from);
}

/* Files taken at a time: few enough to share evenly, many enough not to contend. */
#define BATCH 16

void *worker_run(void *arg)
{
	struct worker *w = arg;
	size_t n = w->check->files->n;

	for (;;) {
		size_t from = atomic_fetch_add(w->next, BATCH);

		if (from >= n)
			return NULL;
		for (size_t i = from; i < from + BATCH && i < n; i++)
			check_file(w, i);
	}
}

void worker_init(struct worker *w, struct check *c, atomic_size_t *next)
{
	*w = (struct worker){
	        .check = c, .next = next, .bytes = BUF_INIT(LIMIT_FILE_BYTES)};
	diag_init(&w->facts.diags, &w->facts.arena);
}

void worker_release(struct worker *w)
{
	arena_release(&w->entry);
	arena_release(&w->record);
	arena_release(&w->facts.arena);
	buf_release(&w->bytes);
	schema_scratch_release(&w->scratch);
}
