/*
 * change_json.c - a difference for programs: the object diff/1 [jansson]
 *
 * Source: the shape is schema/diff.schema.json
 */
#include "render/change_internal.h"
#include "render/jansson.h"

static json_t *null(void)
{
	return jansson_must(json_null());
}

static json_t *word(const char *z)
{
	return jansson_text(str_of(z));
}

static json_t *fields(const struct change_list *list)
{
	json_t *all = jansson_must(json_array());

	for (size_t i = 0; i < list->n; i++) {
		const struct field_change *c = &list->items[i];

		json_array_append_new(
		        all,
		        jansson_must(json_pack(
		                "{s:s, s:o, s:o, s:o, s:o}", "kind",
		                change_kind_name(c->kind), "pointer",
		                jansson_text(c->pointer), "place", jansson_text(c->place),
		                "old", c->old ? jansson_value(c->old) : null(), "new",
		                c->new ? jansson_value(c->new) : null())));
	}
	return all;
}

/* One side of an entry; null when it has no file there. */
static json_t *side(struct str path, int version, const char *state, bool unreadable)
{
	if (!path.s)
		return null();
	return jansson_must(json_pack("{s:o, s:o, s:o, s:b}", "path", jansson_text(path),
	                              "version",
	                              version ? jansson_count((size_t)version) : null(),
	                              "state", word(state), "readable", !unreadable));
}

static json_t *events(const struct entry_change *c)
{
	json_t *all = jansson_must(json_array());

	for (size_t i = 0; i < c->events_n; i++) {
		const struct change_event *e = &c->events[i];

		json_array_append_new(
		        all,
		        jansson_must(json_pack(
		                "{s:o, s:o, s:o, s:o, s:o}", "version",
		                e->version ? jansson_count((size_t)e->version) : null(),
		                "event", jansson_text(e->event), "date",
		                jansson_text(e->date), "by", jansson_text(e->by),
		                "reason", jansson_text(e->reason))));
	}
	return all;
}

static json_t *one_entry(const struct entry_change *c)
{
	return jansson_must(json_pack(
	        "{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:{s:b, s:o}}", "collection",
	        jansson_text(c->collection), "id", jansson_text(c->id), "kind",
	        entry_change_name(c->kind), "old",
	        side(c->old_path, c->old_version, c->old_state, c->old_unreadable), "new",
	        side(c->new_path, c->new_version, c->new_state, c->new_unreadable),
	        "fields", fields(&c->fields), "fields_dropped",
	        jansson_count(c->fields.dropped), "history", "rewritten",
	        c->history_rewritten, "appended", events(c)));
}

static json_t *ids(const struct change_ids *list)
{
	json_t *all = jansson_must(json_array());

	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(all, jansson_text(list->items[i]));
	return all;
}

static json_t *terms(const struct file_change *f)
{
	if (f->what != SHARED_VOCABULARY)
		return null();
	return jansson_must(json_pack("{s:o, s:o, s:o}", "added", ids(&f->terms_added),
	                              "removed", ids(&f->terms_removed), "changed",
	                              ids(&f->terms_changed)));
}

static json_t *one_file(const struct file_change *f)
{
	return jansson_must(json_pack(
	        "{s:o, s:s, s:s, s:o, s:o, s:o}", "path", jansson_text(f->path), "what",
	        shared_kind_name(f->what), "kind", entry_change_name(f->kind), "terms",
	        terms(f), "fields", fields(&f->fields), "fields_dropped",
	        jansson_count(f->fields.dropped)));
}

static json_t *counts(const size_t n[ENTRY_KINDS])
{
	json_t *all = jansson_must(json_object());

	for (int i = 0; i < ENTRY_KINDS; i++)
		json_object_set_new(all, entry_change_name((enum entry_change_kind)i),
		                    jansson_count(n[i]));
	return all;
}

void change_json(struct buf *out, const struct change_set *set,
                 const struct change_style *s)
{
	json_t *entries = jansson_must(json_array());
	json_t *files = jansson_must(json_array());
	CLEANUP(jansson_release) json_t *all = NULL;

	(void)s;
	for (size_t i = 0; i < set->entries_n; i++)
		json_array_append_new(entries, one_entry(&set->entries[i]));
	for (size_t i = 0; i < set->files_n; i++)
		json_array_append_new(files, one_file(&set->files[i]));
	all = jansson_must(json_pack(
	        "{s:s, s:o, s:o, s:o, s:o, s:{s:o, s:o}}", "schema", "diff/1", "old",
	        jansson_text(set->old_name), "new", jansson_text(set->new_name),
	        "entries", entries, "files", files, "summary", "entries",
	        counts(set->counts), "files", counts(set->file_counts)));
	jansson_append(out, all, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	buf_addc(out, '\n');
}
