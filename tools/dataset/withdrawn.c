/*
 * withdrawn.c - entries that are related to what is withdrawn
 *
 * While files are read, only a pair of numbers is kept for each relation; the places of the few
 * that matter are looked for by reading the file again.
 */
#include "dataset/check.h"

#include "base/limits.h"
#include "version/version.h"

enum { UNKNOWN, NO, YES };

bool entry_is_withdrawn(const struct roles *roles, const struct doc_node *root,
                        struct arena *scratch)
{
	struct history h;

	if (!history_key(roles).s)
		return false;
	history_read(&h, roles, root, scratch);
	return history_standing(&h, h.n).public_state == STATE_WITHDRAWN;
}

void withdrawn_init(struct withdrawn *w, const struct check *c,
                    const struct facts *workers, size_t workers_n, struct arena *arena)
{
	*w = (struct withdrawn){.check = c};
	w->known = arena_array(arena, unsigned char, c->files->n);
	for (size_t i = 0; i < c->checked; i++)
		w->known[i] = NO;
	for (size_t i = 0; i < workers_n; i++)
		for (size_t k = 0; k < workers[i].withdrawn_n; k++)
			w->known[workers[i].withdrawn[k]] = YES;
}

/* The one document of FILE; false when it cannot be read or is none. */
static bool read_again(const struct check *c, size_t file, struct source *source,
                       struct buf *bytes, struct docs *docs, struct arena *arena)
{
	const struct file *f = &c->files->items[file];
	struct diag_list unused;
	const char *why;

	diag_init(&unused, arena);
	return c->tree->read(c->tree, source, bytes, f->path, &why) == SOURCE_OK &&
	       doc_read(docs, source, &f->collection->read, arena, &unused) &&
	       docs->n == 1;
}

bool withdrawn_is(struct withdrawn *w, size_t file)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena arena = {0};
	const struct collection *k = w->check->files->items[file].collection;
	struct source source;
	struct docs docs;

	if (w->known[file] == UNKNOWN)
		w->known[file] =
		        k && k->versioned &&
		                        read_again(w->check, file, &source, &bytes, &docs,
		                                   &arena) &&
		                        entry_is_withdrawn(&k->roles, &docs.items[0].root,
		                                           &arena)
		                ? YES
		                : NO;
	return w->known[file] == YES;
}

/* Whom the entry of FILE names in its place, or absent. */
static struct str successor(const struct check *c, size_t file, struct arena *out)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena arena = {0};
	struct str name = STR_NONE;
	struct source source;
	struct history h;
	struct docs docs;

	if (!read_again(c, file, &source, &bytes, &docs, &arena))
		return name;
	history_read(&h, &c->files->items[file].collection->roles, &docs.items[0].root,
	             &arena);
	for (size_t i = 0; i < h.n; i++)
		if (h.lines[i].event == EVENT_WITHDRAWN)
			name = h.lines[i].duplicate_of.n ? h.lines[i].duplicate_of
			       : h.lines[i].successors_n ? h.lines[i].successors[0]
			                                 : STR_NONE;
	return name.n ? arena_str(out, name) : STR_NONE;
}

void withdrawn_report(struct withdrawn *w, size_t target, struct span span, int document,
                      struct str pointer, struct diag_list *diags)
{
	struct str id = file_stem(w->check->files->items[target].path), next;
	struct diag *d;

	if (diag_drops(diags))
		return;
	next = successor(w->check, target, diags->arena);
	d = diag_add(diags, &rule_dataset_related_withdrawn, span,
	             "\"" STR_FMT "\" is withdrawn, so nothing can be related to it",
	             STR_ARG(diag_quote(diags->arena, id)));
	d->pointer = pointer;
	d->document = document;
	d->suggestion = next.n ? arena_fmt(diags->arena,
	                                   "name \"" STR_FMT "\", which takes its place",
	                                   STR_ARG(diag_quote(diags->arena, next)))
	                       : STR("remove it from the list");
}

/* Whether one of the N links L, all of one file, leads to what is withdrawn. */
static bool leads_there(struct withdrawn *w, const struct link *l, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (withdrawn_is(w, l[i].target))
			return true;
	return false;
}

/* Find the places of the links of the file INDEX again. */
static void check_file(struct withdrawn *w, size_t index, struct facts *out)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena arena = {0};
	const struct file *file = &w->check->files->items[index];
	size_t from = out->diags.n, dropped = out->diags.dropped, target;
	const struct names *names = check_names(w->check, file->collection);
	struct source source;
	struct path_iter it;
	struct docs docs;

	if (!read_again(w->check, index, &source, &bytes, &docs, &arena))
		return;
	diag_file(&out->diags, file->path);
	it = path_iter(file->collection->roles.related, &docs.items[0].root);
	while (path_next(&it))
		if (check_find_name(names, doc_text(it.node), &target) &&
		    target < w->check->checked && withdrawn_is(w, target))
			withdrawn_report(w, target, doc_span(it.node), 1,
			                 path_pointer(&it, &out->arena), &out->diags);
	facts_dropped(out, dropped);
	facts_segment(out, index, from);
}

void withdrawn_check_links(struct withdrawn *w, const struct facts *workers,
                           size_t workers_n, struct facts *out)
{
	for (size_t i = 0; i < workers_n; i++) {
		const struct link *l = workers[i].links;
		size_t n = workers[i].links_n, k, m;

		for (k = 0; k < n; k += m) {
			for (m = 1; k + m < n && l[k + m].file == l[k].file; m++)
				;
			if (!withdrawn_is(w, l[k].file) && leads_there(w, l + k, m))
				check_file(w, l[k].file, out);
		}
	}
}
