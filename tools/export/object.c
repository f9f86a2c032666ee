/*
 * object.c - the snapshot itself: one object per entry, language and version, in shards
 *
 *     snapshot.json                    what it is of
 *     languages/LANG.json              rows and words of one language
 *     entries/                         shards: see shards.h
 *
 * Source: schema/snapshot.schema.json
 */
#include "export/object.h"

#include "base/limits.h"
#include "export/json.h"
#include "export/lines.h"
#include "export/pack.h"
#include "export/shards.h"

#include <string.h>

/* ---- one object ---- */

/* An entry at one version, in all languages. */
struct edition_view {
	const struct export_version *version;
	const struct entry_view *views; /* one a language */
	struct str date; /* of the history line behind the state */
	const int *since; /* one a row */
	struct str *facts; /* one a row: what is the same in all languages */
	bool current; /* as the release has it; else as the version was published */
};

static const struct cell *cell_named(const struct entry_view *v, struct str key,
                                     size_t *at)
{
	for (size_t i = 0; i < v->rows_n; i++)
		if (str_eq(v->rows[i].key, key)) {
			*at = i;
			return &v->cells[i];
		}
	return NULL;
}

static bool same_keys(const struct cell *a, const struct cell *b)
{
	if ((a->kind == VALUE_NONE) != (b->kind == VALUE_NONE) || a->keys_n != b->keys_n)
		return false;
	for (size_t i = 0; i < a->keys_n; i++)
		if (!str_eq(a->keys[i].compared, b->keys[i].compared))
			return false;
	return true;
}

/* Since which version each cell has been what it is; BEFORE: the version before, or NULL. */
static const int *find_since(const struct edition_view *now,
                             const struct edition_view *before, struct arena *arena)
{
	const struct entry_view *v = now->views;
	int *since = arena_array(arena, int, v->rows_n);

	for (size_t i = 0; i < v->rows_n; i++) {
		const struct cell *c = NULL;
		size_t at;

		since[i] = now->version->version;
		if (before && v->cells[i].kind != VALUE_STATUS)
			c = cell_named(before->views, v->rows[i].key, &at);
		if (c && same_keys(c, &v->cells[i]))
			since[i] = before->since[at];
	}
	return since;
}

/* Written once for all languages. */
static struct str *write_facts(const struct edition_view *v, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_OUTPUT_BYTES);
	size_t n = v->views->rows_n;
	struct str *facts = arena_array(arena, struct str, n);

	for (size_t i = 0; i < n; i++) {
		buf_reset(&b);
		object_facts(&b, &v->views->rows[i], &v->views->cells[i], v->since[i]);
		facts[i] = arena_str(arena, buf_str(&b));
	}
	return facts;
}

static void add_history(struct buf *out, const struct export_entry *e, int version)
{
	json_name(out, "history");
	buf_addc(out, '[');
	for (size_t i = 0; i < e->versions_n && e->versions[i].version <= version; i++) {
		const struct export_version *v = &e->versions[i];

		buf_addz(out, i ? ",{" : "{");
		json_count_member(out, "version", (size_t)v->version);
		json_text_member(out, "date", v->date);
		json_text_member(out, "release", v->first->name);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static void add_works(struct buf *out, const struct export_entry *e)
{
	json_name(out, "works");
	buf_addc(out, '[');
	for (size_t i = 0; i < e->works_n; i++) {
		if (i)
			buf_addc(out, ',');
		json_add(out, e->work_keys[i]);
	}
	buf_addc(out, ']');
}

static void add_object(struct buf *out, const struct edition *x,
                       const struct export_entry *e, const struct edition_view *v,
                       size_t language)
{
	const struct export_version *version = v->version;
	const struct entry_view *view = &v->views[language];
	size_t rows_n;

	(void)view_rows(x->views[language], &rows_n);
	buf_addz(out, "{\"schema\":\"entry/1\"");
	json_text_member(out, "lang", x->dataset->languages[language]);
	json_text_member(out, "collection", e->collection->name);
	json_text_member(out, "id", e->id);
	json_count_member(out, "version", (size_t)version->version);
	json_text_member(out, "as", str_of(v->current ? "current" : "version"));
	json_text_member(out, "state", str_of(state_name(version->state)));
	if (v->current)
		line_advice(out, e);
	json_count_member(out, "sources", version->sources);
	json_text_member(out, "date", v->date);
	json_text_member(out, "approved", version->date);
	json_text_member(out, "release", version->first->name);
	json_text_member(out, "content", version->content);
	object_words(out, "name", &view->column.name);
	object_words(out, "short_name", &view->column.short_name);
	add_history(out, e, version->version);
	if (v->current)
		add_works(out, e);
	json_name(out, "cells");
	buf_addc(out, '[');
	for (size_t i = 0; i < view->rows_n; i++) {
		if (i)
			buf_addc(out, ',');
		object_cell(out, &view->rows[i], &view->cells[i], !rows_n, v->facts[i]);
	}
	buf_addz(out, "]}\n");
}

/* ---- an entry ---- */

/* Version V as it was published: with the vocabularies of the release that carried it first. */
static const struct entry_view *pinned_views(const struct edition *x,
                                             const struct export_entry *e,
                                             const struct export_version *v)
{
	size_t n = x->dataset->languages_n;
	struct entry_view *views = arena_array(e->arena, struct entry_view, n);
	struct file *file = arena_new(e->arena, struct file);
	struct entry_status *status = arena_new(e->arena, struct entry_status);
	struct entry entry = {.file = file, .doc = v->doc, .id = e->id, .status = status};
	struct err err = {0};

	*file = (struct file){v->file.path, FILE_ENTRY, e->collection};
	*status = (struct entry_status){v->version, v->state, v->sources, v->date, true};
	entry.vocabularies = x->vocabularies[v->first->index];
	for (size_t i = 0; i < n; i++)
		if (!view_entry(&views[i], x->views[i], &entry, i ? views : NULL,
		                e->arena, &err))
			return NULL;
	return views;
}

/* The versions of E, then E itself, which comes last in OUT: *N in all. */
static struct edition_view *all_views(size_t *n, const struct edition *x,
                                      const struct export_entry *e)
{
	struct edition_view *out =
	        arena_array(e->arena, struct edition_view, e->versions_n + 1);
	const struct edition_view *before = NULL;

	*n = 0;
	for (size_t i = 0; i < e->versions_n; i++) {
		const struct export_version *v = &e->versions[i];
		bool last = i + 1 == e->versions_n;
		struct edition_view *o = &out[*n];

		/* The last one is what the release has, unless terms have new names. */
		if (last && !x->vocabularies[v->first->index])
			break;
		*o = (struct edition_view){
		        .version = v, .views = pinned_views(x, e, v), .date = v->date};
		if (!o->views)
			return NULL;
		o->since = find_since(o, before, e->arena);
		before = last ? before : o;
		++*n;
	}
	out[*n] = (struct edition_view){.version = &e->versions[e->versions_n - 1],
	                                .views = e->views,
	                                .date = e->date,
	                                .current = true};
	out[*n].since = find_since(&out[*n], before, e->arena);
	++*n;
	for (size_t i = 0; i < *n; i++)
		out[i].facts = write_facts(&out[i], e->arena);
	return out;
}

/* A piece: for each language its lines, as pack_text() has a text. */
static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	size_t n;
	struct edition_view *views = all_views(&n, x, e);

	for (size_t i = 0; i < x->dataset->languages_n; i++) {
		size_t at = out->n;

		pack_number(out, 0);
		for (size_t k = n; views && k > 0; k--)
			add_object(out, x, e, &views[k - 1], i);
		if (out->overflow)
			return;
		pack_length(out, at);
	}
}

/* ---- files ---- */

static bool put_languages(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct edition *x = f->edition;

	for (size_t i = 0; i < x->dataset->languages_n; i++) {
		struct str path = arena_fmt(f->arena, "languages/" STR_FMT ".json",
		                            STR_ARG(x->dataset->languages[i]));

		buf_reset(&out);
		object_language(&out, x->views[i]);
		if (!folder_put(x->folder, path, NULL, buf_str(&out), err))
			return false;
	}
	buf_reset(&out);
	object_snapshot(&out, x);
	return folder_put(x->folder, STR("snapshot.json"), NULL, buf_str(&out), err);
}

static bool begin(struct form_run *f, struct err *err)
{
	struct shards *s;

	if (!put_languages(f, err))
		return false;
	s = shards_open(f->edition, f->arena);
	f->state = s;
	return shards_begin(s, err);
}

static bool wanted(const struct form_run *f, size_t entry)
{
	return shards_want(f->state, entry);
}

static bool piece(struct form_run *f, struct str bytes, struct err *err)
{
	return shards_take(f->state, bytes, err);
}

static bool end(struct form_run *f, struct err *err)
{
	return shards_end(f->state, err);
}

static void release(struct form_run *f)
{
	if (f->state)
		shards_release(f->state);
}

const struct form form_snapshot = {
        .name = "snapshot",
        .summary = "every entry, version and language, ready to be compared",
        .render = render,
        .wanted = wanted,
        .begin = begin,
        .piece = piece,
        .end = end,
        .release = release,
};
