/*
 * columns.c - what is to be set side by side: files of the dataset, and versions of releases
 */
#include "cmd/internal.h"

struct columns {
	struct run *r;
	struct workplace *w;
	const struct library *library;
	struct diag_list diags;
};

/* ---- ID ---- */

static void set_status(struct entry *e, const struct published *p,
                       const struct history *here, struct arena *arena)
{
	struct standing s = history_standing(here, here->n);
	struct entry_status *status = arena_new(arena, struct entry_status);

	status->version = p->version;
	status->sources = p->sources;
	status->state = standing_public(&s, p->version);
	status->date = published_date(here, p->version, status->state);
	e->status = status;
}

/* An entry whose content is the published one is published, not just approved. */
static enum status add_public(struct entry *e, struct columns *c)
{
	struct record *record = &c->w->record;
	const struct collection *own = e->file->collection, *theirs;
	struct arena *arena = c->r->arena;
	struct release_file file;
	const struct release *last;
	struct published p;
	struct history here;
	struct doc *doc;
	struct err err = {0};

	if (!own->versioned || !record->n)
		return STATUS_OK;
	last = &record->releases[record->n - 1];
	if (!release_locate(&file, record, last, own->name, e->id, arena, &err))
		return err.code ? run_fail(c->r, &err) : STATUS_OK;
	if (!release_read(&doc, &theirs, record, last, own->name, &file, arena, &err))
		return run_fail(c->r, &err);
	published_read(&p, &theirs->roles, &doc->root, arena);
	if (!p.version ||
	    !str_eq(p.content, version_content(&own->roles, &e->doc->root, arena)))
		return STATUS_OK;
	history_read(&here, &own->roles, &e->doc->root, arena);
	if (history_approved(&here, here.n, p.version))
		set_status(e, &p, &here, arena);
	return STATUS_OK;
}

/* The file itself is of a release, which need not be the last one. */
static enum status add_release(struct entry *e, struct columns *c)
{
	const struct collection *own = e->file->collection;
	struct published p;

	if (!own->versioned)
		return STATUS_OK;
	published_read(&p, &own->roles, &e->doc->root, c->r->arena);
	if (p.version)
		set_status(e, &p, &p.history, c->r->arena);
	return STATUS_OK;
}

static enum status take_file(struct entry *out, struct columns *c, struct str id)
{
	struct str several = library_several(c->library, id), near;
	struct run *r = c->r;

	if (several.n)
		return run_usage(r,
		                 "several collections have an entry \"" STR_FMT
		                 "\": give " STR_FMT,
		                 STR_ARG(id), STR_ARG(several));
	if (library_entry(out, c->library, id, &near, &c->diags))
		return c->w->release ? add_release(out, c) : add_public(out, c);
	if (c->diags.n)
		return run_tell_findings(r, &c->diags, c->w->dataset->tree);
	if (near.n)
		return run_usage(r,
		                 "there is no entry \"" STR_FMT
		                 "\"; did you mean \"" STR_FMT "\"?",
		                 STR_ARG(id), STR_ARG(near));
	return run_usage(r, "there is no entry \"" STR_FMT "\"", STR_ARG(id));
}

/* ---- ID@vN ---- */

/* The vocabularies of the release that first carried a version; NULL: it has no usable ones. */
static const struct dataset *own_vocabularies(struct columns *c,
                                              const struct release *release)
{
	struct dataset *d = NULL;
	struct err err = {0};

	if (!release_dataset(&d, &c->w->record, release, c->r->arena, &err))
		return NULL;
	dataset_load_vocabularies(d);
	return d;
}

static enum status take_version(struct entry *out, struct columns *c,
                                const struct entry_name *name)
{
	struct run *r = c->r;
	struct record *record = &c->w->record;
	struct file *file = arena_new(r->arena, struct file);
	struct entry_status *status = arena_new(r->arena, struct entry_status);
	const struct doc *here = NULL;
	const struct entry_version *e;
	const struct collection *theirs;
	const struct log_version *v;
	struct entry_log log;
	struct found found;
	struct doc *doc;
	struct err err = {0};
	enum status s = run_find(&found, r, c->w, name);

	if (s != STATUS_OK)
		return s;
	if (found.path.n && !found_read(&here, &found, r, c->w->dataset, &c->diags))
		return run_tell_findings(r, &c->diags, c->w->dataset->tree);
	if (!record_log(&log, record, &found.collection->roles, here ? &here->root : NULL,
	                &found.known, r->arena, &err))
		return run_fail(r, &err);
	v = log_find(&log, name->version);
	e = entry_version_find(&found.known, name->version);
	if (!v || !e)
		return run_no_version(r, name, &log);
	if (!release_read(&doc, &theirs, record, v->release, found.collection->name,
	                  &e->file, r->arena, &err))
		return run_fail(r, &err);
	*file = (struct file){e->file.path, FILE_ENTRY, found.collection};
	*status = (struct entry_status){v->version, v->state, v->sources, v->date, true};
	*out = (struct entry){.file = file, .doc = doc, .id = name->id, .status = status};
	out->vocabularies = own_vocabularies(c, v->release);
	return STATUS_OK;
}

bool run_names_version(struct str text)
{
	size_t at = str_rfind(text, '@');

	if (text.n - at < 3 || text.s[at + 1] != 'v')
		return false;
	for (size_t i = at + 2; i < text.n; i++)
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
	return true;
}

static enum status take(struct entry *out, struct columns *c, struct str operand)
{
	struct entry_name name;
	enum status status;

	if (!run_names_version(operand))
		return take_file(out, c, operand);
	status = entry_name_parse(&name, c->r, operand);
	if (status != STATUS_OK)
		return status;
	if (c->w->rev.s)
		return run_usage(c->r, "give a version (" STR_FMT ") or --rev, not both",
		                 STR_ARG(operand));
	if (c->w->unknown.s) {
		struct err err = {0};

		err_set(&err, ERR_REPO, STR_FMT, STR_ARG(c->w->unknown));
		return run_fail(c->r, &err);
	}
	return take_version(out, c, &name);
}

enum status run_columns(struct entry *out, struct run *r, struct workplace *w,
                        const struct library *l, const struct opt_list *operands)
{
	struct columns c = {.r = r, .w = w, .library = l};

	diag_init(&c.diags, r->arena);
	for (size_t i = 0; i < operands->n; i++) {
		enum status status = take(&out[i], &c, operands->items[i]);

		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}
