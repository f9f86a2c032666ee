/*
 * gather.c - one entry with all its published versions
 */
#include "export/press.h"

#include "base/limits.h"
#include "version/version.h"

struct gathering {
	const struct press *press;
	const struct release_entry *entry;
	struct export_entry *out;
	struct export_version *versions; /* as many as there are steps */
	struct history history; /* of the file in the release */
	struct arena *arena;
	struct err *err;
};

static const struct collection *collection_named(const struct dataset *d, struct str name)
{
	for (size_t i = 0; i < d->collections_n; i++)
		if (str_eq(d->collections[i].name, name))
			return &d->collections[i];
	return NULL;
}

/* What the file of STEP is; a version that a step before has is not taken again. */
static bool read_step(struct gathering *g, const struct release_step *step,
                      struct published *p, const struct doc **doc)
{
	struct record *r = (struct record *)(uintptr_t)&g->press->record;
	const struct release *release = &r->releases[step->index];
	struct release_file file = {g->entry->path, step->blob};
	struct export_entry *e = g->out;
	struct export_version *v = &g->versions[e->versions_n];
	const struct collection *c;
	struct doc *own;

	if (!release_read(&own, &c, r, release, g->entry->collection, &file, g->arena,
	                  g->err))
		return false;
	*doc = own;
	e->canonical = version_canonical(&c->roles, &own->root, g->arena);
	published_read_as(p, &c->roles, &own->root,
	                  version_content_of(e->canonical, g->arena), g->arena);
	if (!p->version)
		return err_set(g->err, ERR_REPO,
		               "release " STR_FMT " has " STR_FMT
		               " with a content that was never approved; `stemma "
		               "verify` tells more",
		               STR_ARG(release->name), STR_ARG(g->entry->path));
	if (e->versions_n && g->versions[e->versions_n - 1].version >= p->version)
		return true;
	*v = (struct export_version){.version = p->version,
	                             .sources = p->sources,
	                             .content = p->content,
	                             .first = release,
	                             .file = file,
	                             .bytes = own->source->bytes,
	                             .doc = own,
	                             .collection = c};
	e->versions_n++;
	return true;
}

/* What the newest history says of a version. */
static void set_line(struct gathering *g, struct export_version *v)
{
	const struct history *h = &g->history;
	const struct history_line *line = history_approved(h, h->n, v->version);
	struct standing s = history_standing(h, h->n);

	v->state = standing_public(&s, v->version);
	if (!line)
		return;
	v->date = line->date;
	v->by = line->by;
	if (line->sources >= 0)
		v->sources = (size_t)line->sources;
}

static void set_change(struct gathering *g, const struct published *before)
{
	const struct release_entry *e = g->entry;

	g->out->last_change = &g->press->record.releases[e->steps[e->n - 1].index];
	g->out->from = before->version;
	g->out->from_state = before->state;
}

static bool read_steps(struct gathering *g)
{
	const struct release_entry *e = g->entry;
	struct published p = {0}, before = {0};
	const struct doc *doc = NULL;

	for (size_t i = 0; i < e->n; i++) {
		before = p;
		p = (struct published){0};
		if (!oid_is_zero(&e->steps[i].blob) &&
		    !read_step(g, &e->steps[i], &p, &doc))
			return false;
	}
	if (!doc) /* the last step is there */
		return err_set(g->err, ERR_REPO, STR_FMT " is in no release",
		               STR_ARG(e->path));
	g->history = p.history;
	g->out->doc = doc;
	g->out->root = &doc->root;
	g->out->bytes = doc->source->bytes;
	g->out->file = (struct release_file){e->path, e->steps[e->n - 1].blob};
	g->out->line_of_state = published_line(&p.history, p.version, p.state);
	if (g->out->line_of_state)
		g->out->date = g->out->line_of_state->date;
	g->out->versions = g->versions;
	set_change(g, &before);
	for (size_t i = 0; i < g->out->versions_n; i++)
		set_line(g, &g->versions[i]);
	return true;
}

static void read_works(struct gathering *g)
{
	const struct roles *roles = &g->out->collection->roles;
	struct export_entry *e = g->out;
	struct cited_work *works;
	struct str *keys;
	struct path_iter it;
	size_t n = 0;

	if (!roles->sources)
		return;
	for (it = path_iter(roles->sources, e->root); path_next(&it);)
		n++;
	works = arena_array(g->arena, struct cited_work, n);
	keys = arena_array(g->arena, struct str, n);
	e->names = arena_array(g->arena, struct work_names, n);
	for (it = path_iter(roles->sources, e->root); path_next(&it);) {
		cited_read(&works[e->works_n], roles, it.node, g->arena);
		keys[e->works_n++] = entry_work_key(roles, it.node, g->arena);
	}
	e->works = works;
	e->work_keys = keys;
}

static bool read_views(struct gathering *g)
{
	const struct edition *x = &g->press->edition;
	struct export_entry *e = g->out;
	const struct export_version *last = &e->versions[e->versions_n - 1];
	struct entry_view *views =
	        arena_array(g->arena, struct entry_view, x->dataset->languages_n);
	struct file *file = arena_new(g->arena, struct file);
	struct entry_status *status = arena_new(g->arena, struct entry_status);
	struct entry entry = {.file = file, .doc = e->doc, .id = e->id, .status = status};

	*file = (struct file){e->file.path, FILE_ENTRY, e->collection};
	*status = (struct entry_status){last->version, last->state, last->sources,
	                                e->date, false};
	for (size_t i = 0; i < x->dataset->languages_n; i++)
		if (!view_entry(&views[i], x->views[i], &entry, i ? views : NULL,
		                g->arena, g->err))
			return false;
	e->views = views;
	return true;
}

bool gather_entry(struct export_entry *out, const struct press *p,
                  const struct release_entry *e, struct arena *arena, struct err *err)
{
	struct gathering g = {p, e, out, NULL, {0}, arena, err};

	*out = (struct export_entry){.id = e->id, .arena = arena};
	out->line = arena_new(arena, struct str);
	out->collection = collection_named(p->edition.dataset, e->collection);
	g.versions = arena_array(arena, struct export_version, e->n);
	if (!read_steps(&g))
		return false;
	read_works(&g);
	return read_views(&g);
}
