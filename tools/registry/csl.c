/* csl.c - a record as CSL-JSON, its keys in the order of RFC 8785 */
#include "base/limits.h"
#include "registry/internal.h"

/* One object being written: whether a comma has to come first. */
struct object {
	struct buf *out;
	bool more;
};

static struct object object_open(struct buf *out)
{
	buf_addc(out, '{');
	return (struct object){.out = out};
}

static void object_key(struct object *o, const char *key)
{
	if (o->more)
		buf_addc(o->out, ',');
	o->more = true;
	doc_json_string(o->out, str_of(key));
	buf_addc(o->out, ':');
}

static void add_text(struct object *o, const char *key, struct str text)
{
	if (!text.n)
		return;
	object_key(o, key);
	doc_json_string(o->out, text);
}

static void add_date(struct object *o, const char *key, struct registry_date d)
{
	if (!d.year)
		return;
	object_key(o, key);
	buf_addf(o->out, "{\"date-parts\":[[%d", d.year);
	if (d.month)
		buf_addf(o->out, ",%d", d.month);
	if (d.day)
		buf_addf(o->out, ",%d", d.day);
	buf_addz(o->out, "]]}");
}

static void add_names(struct object *o, const char *key,
                      const struct registry_name *names, size_t n)
{
	if (!n)
		return;
	object_key(o, key);
	for (size_t i = 0; i < n; i++) {
		struct object name;

		buf_addc(o->out, i ? ',' : '[');
		name = object_open(o->out);
		add_text(&name, "family", names[i].family);
		add_text(&name, "given", names[i].given);
		add_text(&name, "literal", names[i].literal);
		buf_addc(o->out, '}');
	}
	buf_addc(o->out, ']');
}

static void add_updates(struct object *o, const char *key,
                        const struct registry_update *items, size_t n)
{
	if (!n)
		return;
	object_key(o, key);
	for (size_t i = 0; i < n; i++) {
		struct object u;

		buf_addc(o->out, i ? ',' : '[');
		u = object_open(o->out);
		add_text(&u, "DOI", items[i].doi);
		add_text(&u, "source", items[i].source);
		add_text(&u, "type", items[i].type);
		add_date(&u, "updated", items[i].date);
		buf_addc(o->out, '}');
	}
	buf_addc(o->out, ']');
}

static void add_relations(struct object *o, const struct registry_record *r)
{
	if (!r->relations_n)
		return;
	object_key(o, "relation");
	for (size_t i = 0; i < r->relations_n; i++) {
		struct object one;

		buf_addc(o->out, i ? ',' : '[');
		one = object_open(o->out);
		add_text(&one, "DOI", r->relations[i].doi);
		add_text(&one, "type", r->relations[i].type);
		buf_addc(o->out, '}');
	}
	buf_addc(o->out, ']');
}

/* What CSL has no word for. */
static void add_custom(struct object *top, const struct registry_record *r)
{
	struct object o;

	object_key(top, "custom");
	o = object_open(top->out);
	add_text(&o, "agency", r->agency);
	add_date(&o, "created", r->dates[REGISTRY_CREATED]);
	add_date(&o, "posted", r->dates[REGISTRY_POSTED]);
	add_date(&o, "published-online", r->dates[REGISTRY_ONLINE]);
	add_date(&o, "published-print", r->dates[REGISTRY_PRINT]);
	add_relations(&o, r);
	add_text(&o, "subtitle", r->subtitle);
	add_updates(&o, "update-to", r->update_to, r->update_to_n);
	add_updates(&o, "updated-by", r->updated_by, r->updated_by_n);
	buf_addc(o.out, '}');
}

struct str registry_csl(const struct registry_record *r, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_REGISTRY_REPLY_BYTES);
	struct object o = object_open(&out);

	add_text(&o, "DOI", r->doi);
	add_text(&o, "URL", r->url);
	add_names(&o, "author", r->authors, r->authors_n);
	add_text(&o, "container-title", r->container);
	add_custom(&o, r);
	add_names(&o, "editor", r->editors, r->editors_n);
	add_text(&o, "id", r->doi.n ? r->doi : r->url);
	add_text(&o, "issue", r->issue);
	add_date(&o, "issued", r->dates[REGISTRY_ISSUED]);
	add_text(&o, "note", r->note);
	add_text(&o, "original-title", r->original_title);
	add_text(&o, "page", r->page);
	add_text(&o, "publisher", r->publisher);
	add_text(&o, "title", r->title);
	add_text(&o, "type", r->type);
	add_text(&o, "version", r->version);
	add_text(&o, "volume", r->volume);
	buf_addc(&out, '}');
	return out.overflow ? STR_NONE : arena_str(arena, buf_str(&out));
}
