/*
 * cell.c - one cell of an entry as JSON: what is compared, and what is shown
 *
 * Source: schema/snapshot.schema.json, cell
 */
#include "export/object.h"

#include "base/text.h"
#include "digest/digest.h"
#include "export/json.h"

#define KEY_BYTES 80 /* longer ones are told by their sum, unless they are shown */

static void json_text(struct buf *out, struct str s)
{
	json_text_behind(out, STR(""), s);
}

static void add_direction(struct buf *out, struct str text)
{
	if (text.s)
		buf_add(out, text_is_rtl(text) ? STR(",\"dir\":\"rtl\"")
		                               : STR(",\"dir\":\"ltr\""));
}

static void add_words(struct buf *out, const struct words *w)
{
	buf_add(out, STR("{\"text\":"));
	json_text(out, w->text);
	if (w->lang.s)
		JSON_TEXT(out, "lang", w->lang);
	if (w->fallback)
		buf_addz(out, ",\"fallback\":true");
	add_direction(out, w->text);
	buf_addc(out, '}');
}

void object_words(struct buf *out, const char *name, const struct words *w)
{
	json_name(out, name);
	add_words(out, w);
}

/* ---- values ---- */

static void add_texts(struct buf *out, const struct str *texts, size_t n)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		json_text(out, texts[i]);
	}
	buf_addc(out, ']');
}

static void add_aliases(struct buf *out, const struct cell *c)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < c->n; i++) {
		buf_add(out, i ? STR(",{\"text\":") : STR("{\"text\":"));
		json_text(out, c->ids[i]);
		JSON_TEXT(out, "lang", c->langs[i]);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static void add_nodes(struct buf *out, const struct cell *c)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < c->n; i++) {
		if (i)
			buf_addc(out, ',');
		json_node(out, c->nodes[i]);
	}
	buf_addc(out, ']');
}

static void add_work(struct buf *out, const struct work *w)
{
	buf_add(out, STR("{\"key\":"));
	json_text(out, w->key);
	JSON_TEXT(out, "doi", w->doi);
	JSON_TEXT(out, "url", w->url);
	JSON_TEXT(out, "citation", w->citation);
	buf_addc(out, '}');
}

static void add_works(struct buf *out, const struct cell *c)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < c->n; i++) {
		if (i)
			buf_addc(out, ',');
		add_work(out, &c->works[i]);
	}
	buf_addc(out, ']');
}

static void add_value(struct buf *out, const struct cell *c)
{
	buf_add(out, STR(",\"value\":"));
	switch (c->kind) {
	case VALUE_TEXT:
		json_text(out, c->text);
		return;
	case VALUE_NODE:
		json_node(out, c->node);
		return;
	case VALUE_NODES:
		add_nodes(out, c);
		return;
	case VALUE_IDS:
		add_texts(out, c->ids, c->n);
		return;
	case VALUE_ALIASES:
		add_aliases(out, c);
		return;
	case VALUE_WORK:
		add_work(out, c->works);
		return;
	case VALUE_WORKS:
		add_works(out, c);
		return;
	case VALUE_STATUS:
		buf_addf(out, "{\"version\":%d,\"sources\":%zu,\"state\":\"%s\"}",
		         c->status.version, c->status.sources,
		         state_name(c->status.state));
		return;
	case VALUE_NONE:
		buf_addz(out, "null");
		return;
	}
}

/* ---- what is compared ---- */

/* A long text is the same as another exactly when its sum is. */
static void add_key(struct buf *out, struct str key, bool whole)
{
	char hex[65];

	if (whole || (key.n <= KEY_BYTES && !str_starts(key, STR("sha256:")))) {
		json_text(out, key);
		return;
	}
	sha256_text(hex, key);
	buf_addf(out, "\"sha256:%s\"", hex);
}

static void add_keys(struct buf *out, const struct cell *c, bool set)
{
	bool shown = false;

	if (!c->keys_n)
		return;
	buf_add(out, STR(",\"keys\":["));
	for (size_t i = 0; i < c->keys_n; i++) {
		const struct key *k = &c->keys[i];

		if (i)
			buf_addc(out, ',');
		add_key(out, k->compared, set);
		shown = shown || !str_eq(k->compared, k->shown);
	}
	buf_addc(out, ']');
	if (!set || !shown)
		return;
	buf_add(out, STR(",\"shown\":["));
	for (size_t i = 0; i < c->keys_n; i++) {
		if (i)
			buf_addc(out, ',');
		json_text(out, c->keys[i].shown);
	}
	buf_addc(out, ']');
}

/* ---- what is shown ---- */

static void add_items(struct buf *out, const struct cell *c)
{
	if (!c->items_n)
		return;
	buf_add(out, STR(",\"items\":["));
	for (size_t i = 0; i < c->items_n; i++) {
		if (i)
			buf_addc(out, ',');
		if (c->items[i].lang.s)
			add_words(out, &c->items[i]);
		else
			json_text(out, c->items[i].text);
	}
	buf_addc(out, ']');
}

static void add_links(struct buf *out, const struct cell *c)
{
	if (!c->links_n)
		return;
	buf_add(out, STR(",\"links\":["));
	for (size_t i = 0; i < c->links_n; i++) {
		buf_add(out, i ? STR(",{\"kind\":") : STR("{\"kind\":"));
		json_text(out, str_of(c->links[i].kind));
		JSON_TEXT(out, "href", c->links[i].href);
		JSON_TEXT(out, "label", c->links[i].label);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

/* The keys of the sources that the cell is made of. */
static void add_sources(struct buf *out, const struct cell *c)
{
	if (c->kind != VALUE_WORK && c->kind != VALUE_WORKS)
		return;
	buf_add(out, STR(",\"sources\":["));
	for (size_t i = 0; i < (c->kind == VALUE_WORK ? 1 : c->n); i++) {
		if (i)
			buf_addc(out, ',');
		json_text(out, c->works[i].key);
	}
	buf_addc(out, ']');
}

static bool is_set(struct str comparator)
{
	return str_ends(comparator, STR("-set"));
}

void object_facts(struct buf *out, const struct view_row *row, const struct cell *c,
                  int since)
{
	buf_add(out, STR("\"key\":"));
	json_text(out, row->key);
	JSON_TEXT(out, "type", row->as);
	JSON_TEXT(out, "comparator", row->comparator);
	buf_add(out, STR(",\"since\":"));
	buf_addn(out, (uint64_t)since);
	add_value(out, c);
	if (c->kind == VALUE_NONE)
		buf_addz(out, ",\"missing\":\"not-recorded\"");
	add_sources(out, c);
	if (c->kind != VALUE_STATUS) /* the words of a state are compared */
		add_keys(out, c, is_set(row->comparator));
}

void object_cell(struct buf *out, const struct view_row *row, const struct cell *c,
                 bool own_row, struct str facts)
{
	buf_addc(out, '{');
	buf_add(out, facts);
	if (c->kind == VALUE_STATUS)
		add_keys(out, c, false);
	if (own_row)
		object_words(out, "label", &row->label);
	if (c->kind != VALUE_NONE) {
		JSON_TEXT(out, "text", c->words.text);
		if (c->words.lang.s)
			JSON_TEXT(out, "lang", c->words.lang);
		if (c->words.fallback)
			buf_addz(out, ",\"fallback\":true");
		add_direction(out, c->words.text);
	}
	add_items(out, c);
	add_links(out, c);
	buf_addc(out, '}');
}
