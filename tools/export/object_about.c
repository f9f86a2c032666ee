/*
 * object_about.c - what objects of one snapshot have in common
 */
#include "export/object.h"

#include "export/json.h"

static void add_rows(struct buf *out, const struct view *v)
{
	size_t n;
	const struct view_row *rows = view_rows(v, &n);

	json_name(out, "rows");
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, i ? ",\n{" : "\n{");
		json_text_member(out, "key", rows[i].key);
		object_words(out, "label", &rows[i].label);
		json_text_member(out, "type", rows[i].as);
		json_text_member(out, "comparator", rows[i].comparator);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static void add_words(struct buf *out, const struct compare_words *w)
{
	json_name(out, "words");
	buf_addz(out, "\n{");
	object_words(out, "brand", &w->brand);
	object_words(out, "title", &w->title);
	object_words(out, "lead", &w->lead);
	object_words(out, "attribute", &w->corner);
	object_words(out, "missing", &w->missing);
	json_text_member(out, "note_differs", w->note_differs);
	json_text_member(out, "note_same", w->note_same);
	json_text_member(out, "note_language", w->note_language);
	json_text_member(out, "separator", w->separator);
	json_text_member(out, "citation", w->citation);
	json_text_member(out, "citation_line", w->citation_line);
	json_text_member(out, "url", w->url);
	json_text_member(out, "permalink", w->permalink);
	json_text_member(out, "page_lang", w->page_lang);
	buf_addc(out, '}');
}

static void add_texts(struct buf *out, const char *name, const struct str *texts,
                      size_t n)
{
	json_name(out, name);
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		json_add(out, texts[i]);
	}
	buf_addc(out, ']');
}

void object_language(struct buf *out, const struct view *v)
{
	size_t n;
	const struct str *chain = view_chain(v, &n);

	buf_addz(out, "{\"schema\":\"language/1\"");
	json_text_member(out, "lang", chain[0]);
	add_texts(out, "fallback", chain + 1, n - 1);
	add_rows(out, v);
	add_words(out, view_words(v));
	buf_addz(out, "}\n");
}

struct str object_previous(const struct edition *x)
{
	return x->previous ? x->previous->name : STR_NONE;
}

void object_snapshot(struct buf *out, const struct edition *x)
{
	const struct dataset *d = x->dataset;

	buf_addz(out, "{\"schema\":\"snapshot/1\"");
	json_text_member(out, "title", x->title);
	json_text_member(out, "license", x->license);
	json_text_member(out, "release", x->name);
	json_text_member(out, "date", x->date);
	json_text_member(out, "tag", x->tag);
	json_text_member(out, "commit", x->commit);
	if (x->release->preview)
		buf_addz(out, ",\"preview\":true");
	json_text_member(out, "previous", object_previous(x));
	add_texts(out, "languages", d->languages, d->languages_n);
	json_name(out, "collections");
	buf_addc(out, '[');
	for (size_t i = 0, n = 0; i < d->collections_n; i++) {
		if (!d->collections[i].versioned)
			continue;
		if (n++)
			buf_addc(out, ',');
		json_add(out, d->collections[i].name);
	}
	buf_addc(out, ']');
	json_count_member(out, "entries", x->entries_n);
	buf_addz(out, "}\n");
}
