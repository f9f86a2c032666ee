/*
 * transition_select.c - which entries an event is for: by id, by file, by --all and --field
 */
#include "cmd/transition.h"

#include "base/limits.h"

static const char several[] = ""; /* in the table of stems: no collection */

/* How people call the entry ID of C: the other collections may have the same id. */
static struct str call(struct transition *t, const struct collection *c, struct str id)
{
	if (map_get(&t->stems, id) == c)
		return id;
	return arena_fmt(t->run->arena, STR_FMT "/" STR_FMT, STR_ARG(c->name),
	                 STR_ARG(id));
}

static void collect_stems(struct transition *t)
{
	map_reserve(&t->stems, t->library.files.n);
	for (size_t i = 0; i < t->library.files.n; i++) {
		const struct file *f = &t->library.files.items[i];
		void **at = map_at(&t->stems, file_stem(f->path), NULL);
		const void *value = !*at || *at == f->collection
		                            ? (const void *)f->collection
		                            : (const void *)several;

		*at = (void *)(uintptr_t)value;
	}
}

static void add_step(struct transition *t, const struct file *file)
{
	struct arena *arena = t->run->arena;
	struct str id = file_stem(file->path);
	bool added;

	map_at(&t->seen, file->path, &added);
	if (added)
		*arena_push(arena, t->steps, t->n, t->cap) = (struct step){
		        .file = *file,
		        .id = id,
		        .name = call(t, file->collection, id),
		};
}

/* ---- by name ---- */

static enum status add_entry(struct transition *t, const struct file *file)
{
	const struct collection *c = file->collection;

	if (!c->versioned)
		return run_usage(
		        t->run,
		        STR_FMT ": the collection \"" STR_FMT "\" has no versions: %s",
		        STR_ARG(file->path), STR_ARG(c->name), run_why_unversioned(c));
	add_step(t, file);
	return STATUS_OK;
}

/* Entries of the file or folder PATH, which is there. */
static enum status add_path(struct transition *t, struct str path)
{
	CLEANUP(file_list_release) struct file_list files = {.arena = t->run->arena};
	struct diag_list diags;
	struct err err = {0};
	enum status status = STATUS_OK;
	size_t n = 0;
	bool known;

	diag_init(&diags, t->run->arena);
	if (!dataset_add_path(t->dataset, path, &files, &known, &diags, &err))
		return run_fail(t->run, &err);
	for (size_t i = 0; status == STATUS_OK && i < files.n; i++) {
		if (files.items[i].kind != FILE_ENTRY || !files.items[i].collection)
			continue;
		n++;
		status = add_entry(t, &files.items[i]);
	}
	if (n)
		return status;
	if (diags.n) {
		transition_tell(t, &diags, 0);
		return STATUS_FINDINGS;
	}
	if (known)
		return run_usage(t->run, STR_FMT " is no entry", STR_ARG(path));
	return run_usage(t->run, STR_FMT " belongs to no collection of " STR_FMT,
	                 STR_ARG(path), STR_ARG(t->dataset->config_path));
}

/*
 * The file that DIAGS say cannot be read: it is checked with the others, so that all that stands
 * in the way is told at once.
 */
static enum status add_unreadable(struct transition *t, const struct diag_list *diags)
{
	for (size_t i = 0; i < t->library.files.n; i++)
		if (str_eq(t->library.files.items[i].path, diags->items[0].file))
			return add_entry(t, &t->library.files.items[i]);
	transition_tell(t, diags, 0);
	return STATUS_FINDINGS;
}

static enum status add_named(struct transition *t, struct str name)
{
	enum tree_kind kind = t->dataset->tree->kind(t->dataset->tree, name);
	struct str alike = library_several(&t->library, name), near;
	struct diag_list diags;
	struct entry entry;

	if (kind != TREE_NONE && kind != TREE_FOLDER)
		return add_path(t, name);
	if (alike.n)
		return run_usage(t->run,
		                 "several collections have an entry \"" STR_FMT
		                 "\": give " STR_FMT,
		                 STR_ARG(name), STR_ARG(alike));
	diag_init(&diags, t->run->arena);
	if (library_entry(&entry, &t->library, name, &near, &diags))
		return add_entry(t, entry.file);
	if (diags.n)
		return add_unreadable(t, &diags);
	if (kind == TREE_FOLDER && name.n)
		return add_path(t, name);
	if (near.n)
		return run_usage(t->run,
		                 "there is no entry \"" STR_FMT
		                 "\"; did you mean \"" STR_FMT "\"?",
		                 STR_ARG(diag_quote(t->run->arena, name)), STR_ARG(near));
	return run_usage(t->run, "there is no entry \"" STR_FMT "\"",
	                 STR_ARG(diag_quote(t->run->arena, name)));
}

/* ---- by --all and --field ---- */

struct field {
	struct str path; /* absent: anywhere */
	struct str term;
};

struct choice {
	struct transition *t;
	const struct field *fields; /* n of them */
	size_t n;
	bool *read; /* which files of the library are documents */
};

/* Whether BINDING is one that FIELD looks at. */
static bool is_bound(const struct field *field, const struct term_binding *binding)
{
	struct str path = binding->path.text;

	return !field->path.s || str_eq(field->path, path) ||
	       (str_starts(path, STR("/")) &&
	        str_eq(field->path, str_sub(path, 1, path.n)));
}

static bool has_term(const struct collection *c, const struct doc_node *root,
                     const struct field *field)
{
	for (size_t i = 0; i < c->terms_n; i++) {
		struct path_iter it = path_iter(&c->terms[i].path, root);

		if (!is_bound(field, &c->terms[i]))
			continue;
		while (path_next(&it))
			if (str_eq(doc_text(it.node), field->term))
				return true;
	}
	return false;
}

/* Whether the state of the entry ROOT lets the event happen; of public ones the record tells. */
static bool may_happen(const struct transition *t, const struct collection *c,
                       const struct doc_node *root)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct history h;
	struct standing s;
	enum state to;

	if (event_is_public(t->event))
		return true;
	history_read(&h, &c->roles, root, &scratch);
	s = history_standing(&h, h.n);
	if (s.public_state == STATE_WITHDRAWN && t->event != EVENT_RETURNED)
		return false;
	return state_next(
	        &to,
	        history_working(&h, version_content(&c->roles, root, &scratch)).state,
	        t->event);
}

static void consider(const struct entry *e, void *ctx)
{
	struct choice *choice = ctx;
	const struct collection *c = e->file->collection;

	choice->read[e->file - choice->t->library.files.items] = true;
	for (size_t i = 0; i < choice->n; i++)
		if (!has_term(c, &e->doc->root, &choice->fields[i]))
			return;
	if (e->doc->number == 1 && may_happen(choice->t, c, &e->doc->root))
		add_step(choice->t, e->file);
}

/* The ids of the vocabularies that FIELD looks at; BOUND: there is one. */
static bool knows_term(const struct transition *t, const struct field *field, bool *bound,
                       struct str *hint)
{
	const struct dataset *d = t->dataset;

	*bound = false;
	*hint = STR("");
	for (size_t i = 0; i < d->collections_n; i++) {
		const struct collection *c = &d->collections[i];

		for (size_t k = 0; k < c->terms_n; k++) {
			const struct vocabulary *v = c->terms[k].vocabulary;

			if (!is_bound(field, &c->terms[k]))
				continue;
			*bound = true;
			if (!v->usable || map_has(&v->terms, field->term))
				return true;
			if (!hint->n)
				*hint = opt_suggest(t->run->arena, field->term, "",
				                    v->ids, v->ids_n);
		}
	}
	return false;
}

static enum status read_field(struct field *out, const struct transition *t,
                              struct str text)
{
	size_t eq = str_rfind(text, '=');
	struct str shown = diag_quote(t->run->arena, text), hint;
	bool bound;

	*out = eq < text.n ? (struct field){str_sub(text, 0, eq),
	                                    str_sub(text, eq + 1, text.n)}
	                   : (struct field){STR_NONE, text};
	if (knows_term(t, out, &bound, &hint))
		return STATUS_OK;
	if (!bound)
		return run_usage(t->run,
		                 "--field " STR_FMT
		                 ": no vocabulary is bound %s; see `terms` in " STR_FMT,
		                 STR_ARG(shown),
		                 out->path.s ? "to that path" : "to a path",
		                 STR_ARG(t->dataset->config_path));
	return run_usage(t->run,
	                 "--field " STR_FMT ": no vocabulary has that term" STR_FMT,
	                 STR_ARG(shown), STR_ARG(hint));
}

/* A file that is no document may be one that was meant. */
static void tell_unread(const struct choice *choice)
{
	const struct file_list *files = &choice->t->library.files;

	for (size_t i = 0; i < files->n; i++)
		if (files->items[i].collection->versioned && !choice->read[i])
			run_say(choice->t->run,
			        "left out " STR_FMT
			        ": it cannot be read; `stemma validate " STR_FMT
			        "` tells why",
			        STR_ARG(files->items[i].path),
			        STR_ARG(files->items[i].path));
}

static enum status choose(struct transition *t)
{
	struct dataset *d = t->dataset;
	size_t n = t->args.fields.n;
	struct field *fields = arena_array(t->run->arena, struct field, n);
	struct choice choice = {t, fields, n,
	                        arena_array(t->run->arena, bool, t->library.files.n)};
	enum status status = STATUS_OK;
	struct err err = {0};

	dataset_load_vocabularies(d);
	for (size_t i = 0; status == STATUS_OK && i < n; i++)
		status = read_field(&fields[i], t, t->args.fields.items[i]);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < d->collections_n; i++) {
		if (d->collections[i].versioned)
			library_each(&t->library, &d->collections[i], consider, &choice);
	}
	tell_unread(&choice);
	if (run_need_versions(d, &err))
		return STATUS_OK;
	return run_usage(t->run, "%s", err.text);
}

enum status transition_select(struct transition *t, const struct opt_list *operands)
{
	enum status status = STATUS_OK;
	struct err err = {0};

	if (!library_open(&t->library, t->dataset, t->run->arena, &t->found, &err))
		return run_fail(t->run, &err);
	collect_stems(t);
	if (t->choosing)
		return choose(t);
	for (size_t i = 0; status == STATUS_OK && i < operands->n; i++)
		status = add_named(t, operands->items[i]);
	return status;
}
