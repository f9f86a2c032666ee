/*
 * log.c - the versions of one entry, newest first, with what its history says of them
 */
#include "record/internal.h"

#include <stdlib.h>

struct logging {
	struct record *r;
	const struct roles *roles;
	const struct doc_node *root;
	const struct entry_record *known;
	struct working working; /* of the work tree; version 0: there is no file */
	struct str content; /* fingerprint of the work tree's file */
	struct history here, there; /* of the work tree; of the newest file published */
	bool has_there;
	struct arena *arena;
	struct err *err;
};

static const struct entry_version *released(const struct logging *l, int version)
{
	return entry_version_find(l->known, version);
}

/* The newest file that a release has of the entry: its history has all lines so far. */
static bool read_there(struct logging *l)
{
	const struct entry_record *k = l->known;
	const struct entry_version *last = &k->versions[k->n - 1];
	const struct release_file *file = k->newest.path.s ? &k->newest : &last->file;
	size_t release = k->newest.path.s ? l->r->n - 1 : last->first;
	const struct collection *c;
	struct doc *doc;

	if (!release_read(&doc, &c, l->r, &l->r->releases[release], k->collection, file,
	                  l->arena, l->err))
		return false;
	history_read(&l->there, &c->roles, &doc->root, l->arena);
	l->has_there = true;
	return true;
}

/* A branch that lacks a release has not all the lines: then those published are read too. */
static bool needs_there(const struct logging *l)
{
	if (!l->root)
		return l->known->n > 0;
	for (size_t i = 0; i < l->known->n; i++)
		if (!history_approved(&l->here, l->here.n, l->known->versions[i].version))
			return true;
	return false;
}

/* The history that tells of VERSION. */
static const struct history *history_of(const struct logging *l, int version)
{
	if (l->has_there && !history_approved(&l->here, l->here.n, version) &&
	    history_approved(&l->there, l->there.n, version))
		return &l->there;
	return l->root ? &l->here : &l->there;
}

/* On a branch that lacks a release, the number that its lines suggest is taken. */
static void renumber_draft(struct logging *l)
{
	const struct entry_record *k = l->known;

	if (l->root && l->working.state == STATE_DRAFT && k->n &&
	    l->working.version <= k->versions[k->n - 1].version)
		l->working.version = k->versions[k->n - 1].version + 1;
}

static int descending(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return *x < *y ? 1 : *x > *y ? -1 : 0;
}

static void add_lines(int *out, size_t *n, const struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		out[(*n)++] = h->lines[i].version;
}

/* Every version that anybody knows of, descending, each once. */
static int *all_versions(const struct logging *l, size_t *n)
{
	int *v = arena_array(l->arena, int, l->here.n + l->there.n + l->known->n + 1);
	size_t kept = 0;

	*n = 0;
	add_lines(v, n, &l->here);
	add_lines(v, n, &l->there);
	for (size_t i = 0; i < l->known->n; i++)
		v[(*n)++] = l->known->versions[i].version;
	if (l->root)
		v[(*n)++] = l->working.version;
	if (*n)
		qsort(v, *n, sizeof(*v), descending);
	for (size_t i = 0; i < *n; i++)
		if (!kept || v[i] != v[kept - 1])
			v[kept++] = v[i];
	*n = kept;
	return v;
}

static void add_events(struct log_version *v, const struct history *h,
                       struct arena *arena)
{
	const struct history_line **list =
	        arena_array(arena, const struct history_line *, h->n);

	for (size_t i = 0; i < h->n; i++)
		if (h->lines[i].version == v->version)
			list[v->events_n++] = &h->lines[i];
	v->events = list;
	if (v->events_n)
		v->reason = list[v->events_n - 1]->reason;
}

/* What the line of its approval, or the last other one, says of a version. */
static void take_line(struct log_version *v, const struct history_line *line)
{
	v->date = line->date;
	v->by = line->by;
	v->content = line->content;
	v->sources = line->sources > 0 ? (size_t)line->sources : 0;
}

static void fill_draft(struct log_version *v, const struct logging *l)
{
	v->state = STATE_DRAFT;
	v->content = l->content;
	v->sources = entry_source_count(l->roles, l->root);
}

static void fill_review(struct log_version *v, const struct logging *l)
{
	const struct history_line *line = &l->here.lines[l->working.line - 1];

	take_line(v, line);
	v->state = STATE_REVIEW;
	if (line->sources < 0)
		v->sources = entry_source_count(l->roles, l->root);
}

/* Of a released version whose line says no number, the file itself has it. */
static bool count_sources(struct log_version *v, struct logging *l,
                          const struct entry_version *e)
{
	const struct collection *c;
	struct published p;
	struct doc *doc;

	if (!release_read(&doc, &c, l->r, &l->r->releases[e->first], l->known->collection,
	                  &e->file, l->arena, l->err))
		return false;
	published_read(&p, &c->roles, &doc->root, l->arena);
	v->sources = p.sources;
	return true;
}

static bool fill_approved(struct log_version *v, struct logging *l,
                          const struct history *h)
{
	const struct history_line *line = history_approved(h, h->n, v->version);
	const struct entry_version *e = released(l, v->version);
	const struct history *newest = l->has_there ? &l->there : &l->here;
	struct standing s = history_standing(newest, newest->n);

	if (line)
		take_line(v, line);
	v->state = STATE_APPROVED;
	if (!e)
		return true;
	v->state = standing_public(&s, v->version);
	v->release = &l->r->releases[e->first];
	return (line && line->sources >= 0) || count_sources(v, l, e);
}

static bool fill(struct log_version *v, struct logging *l, int version)
{
	const struct history *h = history_of(l, version);
	bool mine = l->root && l->working.version == version;

	*v = (struct log_version){.version = version};
	add_events(v, h, l->arena);
	if (mine && l->working.state == STATE_DRAFT)
		fill_draft(v, l);
	else if (mine && l->working.state == STATE_REVIEW)
		fill_review(v, l);
	else
		return fill_approved(v, l, h);
	return true;
}

/* A version that was only ever submitted, and is not what the work tree has, is none. */
static bool counts(const struct logging *l, int version)
{
	return (l->root && l->working.version == version) || released(l, version) ||
	       history_approved(history_of(l, version), history_of(l, version)->n,
	                        version);
}

bool record_log(struct entry_log *out, struct record *r, const struct roles *roles,
                const struct doc_node *root, const struct entry_record *known,
                struct arena *arena, struct err *err)
{
	struct logging l = {.r = r,
	                    .roles = roles,
	                    .root = root,
	                    .known = known,
	                    .arena = arena,
	                    .err = err};
	struct log_version *list;
	int *versions;
	size_t n;

	*out = (struct entry_log){.collection = known->collection, .id = known->id};
	if (root) {
		history_read(&l.here, roles, root, arena);
		l.content = version_content(roles, root, arena);
		l.working = history_working(&l.here, l.content);
	}
	if (needs_there(&l) && !read_there(&l))
		return false;
	renumber_draft(&l);
	versions = all_versions(&l, &n);
	list = arena_array(arena, struct log_version, n);
	for (size_t i = 0; i < n; i++)
		if (counts(&l, versions[i]) && !fill(&list[out->n++], &l, versions[i]))
			return false;
	out->versions = list;
	return true;
}
