#include "describe/terms.h"

#include "base/limits.h"
#include "describe/internal.h"

/* One line of JSON: members of the object that is open. */
static void open_key(struct buf *out, const char *key)
{
	char last = out->n ? out->s[out->n - 1] : '{';

	buf_addz(out, last == '{' || last == '[' ? "" : ", ");
	if (!key)
		return;
	buf_addc(out, '"');
	buf_addz(out, key);
	buf_addz(out, "\": ");
}

static void text(struct buf *out, const char *key, struct str s)
{
	if (!s.n)
		return;
	open_key(out, key);
	doc_json_string(out, s);
}

static void refer(struct buf *out, const char *key, struct str id)
{
	open_key(out, key);
	buf_addz(out, "{\"@id\": ");
	doc_json_string(out, id);
	buf_addc(out, '}');
}

/* S in a language; plain text has none. */
static void in_language(struct buf *out, const char *key, struct str s, struct str lang)
{
	if (!s.n)
		return;
	if (!lang.n) {
		text(out, key, s);
		return;
	}
	open_key(out, key);
	buf_addz(out, "{\"@language\": ");
	doc_json_string(out, lang);
	text(out, "@value", s);
	buf_addc(out, '}');
}

/* Plain text, or a list of the texts of a map from language to text. */
static void localised_text(struct buf *out, const char *key, const struct doc_node *node)
{
	if (!node || node->kind != DOC_MAP) {
		text(out, key, doc_text(node));
		return;
	}
	open_key(out, key);
	buf_addc(out, '[');
	for (uint32_t i = 0; i < node->n; i++)
		in_language(out, NULL, doc_text(&node->members[i].value),
		            node->members[i].key);
	buf_addc(out, ']');
}

static void aliases(struct buf *out, const struct roles *roles,
                    const struct doc_node *root)
{
	struct path_iter it;
	bool any = false;

	if (!roles->aliases)
		return;
	for (it = path_iter(roles->aliases, root); path_next(&it);) {
		struct str alias = doc_text(
		        roles->alias_text ? path_first(roles->alias_text, it.node)
		                          : it.node);

		if (!alias.n)
			continue;
		if (!any) {
			open_key(out, "alternateName");
			buf_addc(out, '[');
		}
		in_language(out, NULL, alias,
		            doc_text(path_first(roles->alias_lang, it.node)));
		any = true;
	}
	buf_addz(out, any ? "]" : "");
}

void term_set_jsonld(struct buf *out, const struct about *about, struct str version,
                     struct str date)
{
	buf_addz(out, "{\"@id\": \"#terms\", \"@type\": \"DefinedTermSet\"");
	text(out, "name", about->title);
	in_language(out, "description", about->description, about->description_lang);
	text(out, "version", version);
	text(out, "datePublished", date);
	text(out, "license", about->license_url.n ? about->license_url : about->license);
	text(out, "url", about->homepage);
	buf_addc(out, '}');
}

void term_jsonld(struct buf *out, const struct about *about, struct str default_language,
                 const struct term *t)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str address =
	        entry_page(about->entry_page, default_language, t->id, &arena);

	buf_addz(out, "{\"@id\": ");
	doc_json_string(out, address.n ? address
	                               : arena_cat(&arena, STR("#"), t->collection,
	                                           STR("/"), t->id));
	buf_addz(out, ", \"@type\": \"DefinedTerm\"");
	text(out, "termCode", t->id);
	localised_text(out, "name", path_first(t->roles->name, t->root));
	aliases(out, t->roles, t->root);
	localised_text(out, "description", path_first(t->roles->summary, t->root));
	text(out, "url", address);
	refer(out, "inDefinedTermSet", STR("#terms"));
	if (t->works_n) {
		open_key(out, "subjectOf");
		buf_addc(out, '[');
		for (size_t i = 0; i < t->works_n; i++)
			refer(out, NULL, t->works[i]);
		buf_addc(out, ']');
	}
	buf_addc(out, '}');
}

/* A name that is not taken apart may be anybody's: it is no more than a text. */
static void author(struct buf *out, const struct cited_author *a)
{
	open_key(out, NULL);
	if (!a->family.n) {
		doc_json_string(out, a->literal.n ? a->literal : a->given);
		return;
	}
	buf_addz(out, "{\"@type\": \"Person\"");
	if (a->given.n) {
		CLEANUP(arena_release) struct arena arena = {0};

		text(out, "name", arena_cat(&arena, a->given, STR(" "), a->family));
	} else {
		text(out, "name", a->family);
	}
	text(out, "familyName", a->family);
	text(out, "givenName", a->given);
	buf_addc(out, '}');
}

static void authors(struct buf *out, const struct cited_work *w)
{
	bool any = false;

	for (size_t i = 0; i < w->authors_n; i++) {
		if (!author_has_name(&w->authors[i]))
			continue;
		if (!any) {
			open_key(out, "author");
			buf_addc(out, '[');
		}
		author(out, &w->authors[i]);
		any = true;
	}
	buf_addz(out, any ? "]" : "");
}

static void venue(struct buf *out, const struct work_kind *kind, struct str name)
{
	if (!name.n)
		return;
	open_key(out, kind->published_by ? "publisher" : "isPartOf");
	buf_addc(out, '{');
	text(out, "@type", str_of(kind->published_by ? "Organization" : "CreativeWork"));
	text(out, "name", name);
	buf_addc(out, '}');
}

void work_jsonld(struct buf *out, struct str id, const struct cited_work *w)
{
	const struct work_kind *kind = work_kind(w);

	buf_addz(out, "{\"@id\": ");
	doc_json_string(out, id);
	text(out, "@type", str_of(kind->schema_org));
	text(out, "name", w->title);
	authors(out, w);
	venue(out, kind, w->venue);
	if (work_year(w) > 0)
		text(out, "datePublished", w->year);
	text(out, "url", w->url);
	buf_addc(out, '}');
}
