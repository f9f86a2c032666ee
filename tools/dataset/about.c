/*
 * about.c - the dataset as a publication
 */
#include "dataset/about.h"

static struct str text_at(const struct doc_node *node, const char *key)
{
	return doc_text(doc_get(node, key));
}

static size_t items_of(const struct doc_node *node)
{
	return node && node->kind == DOC_LIST ? node->n : 0;
}

/* "https://ror.org/03yrm5c26", however the id was written. */
static struct str ror_url(struct str ror, struct arena *arena)
{
	if (!ror.n || str_starts(ror, STR("https://")))
		return ror;
	return arena_fmt(arena, "https://ror.org/" STR_FMT, STR_ARG(ror));
}

static void read_creators(struct about *out, const struct doc_node *node,
                          struct arena *arena)
{
	size_t n = items_of(node);
	struct creator *creators = arena_array(arena, struct creator, n);

	for (size_t i = 0; i < n; i++) {
		const struct doc_node *c = &node->items[i];

		creators[i] = (struct creator){
		        .family = text_at(c, "family"),
		        .given = text_at(c, "given"),
		        .name = text_at(c, "name"),
		        .orcid = text_at(c, "orcid"),
		        .affiliation = text_at(c, "affiliation"),
		        .ror = ror_url(text_at(c, "ror"), arena),
		};
	}
	out->creators = creators;
	out->creators_n = n;
}

static void read_funding(struct about *out, const struct doc_node *node,
                         struct arena *arena)
{
	size_t n = items_of(node);
	struct funding *funding = arena_array(arena, struct funding, n);

	for (size_t i = 0; i < n; i++) {
		const struct doc_node *f = &node->items[i];

		funding[i] = (struct funding){
		        .funder = text_at(f, "funder"),
		        .ror = ror_url(text_at(f, "ror"), arena),
		        .award = text_at(f, "award"),
		        .title = text_at(f, "title"),
		        .url = text_at(f, "url"),
		};
	}
	out->funding = funding;
	out->funding_n = n;
}

static void read_keywords(struct about *out, const struct doc_node *node,
                          struct arena *arena)
{
	size_t n = items_of(node);
	struct str *keywords = arena_array(arena, struct str, n);

	for (size_t i = 0; i < n; i++)
		keywords[i] = doc_text(&node->items[i]);
	out->keywords = keywords;
	out->keywords_n = n;
}

void dataset_about(struct about *out, const struct dataset *d, struct arena *arena)
{
	const struct doc_node *about = doc_get(d->config, "about");
	struct str doi = text_at(about, "doi");
	struct doi parsed;

	*out = (struct about){
	        .title = text_at(d->config, "title"),
	        .license = text_at(d->config, "license"),
	        .publisher = text_at(about, "publisher"),
	        .homepage = text_at(about, "homepage"),
	        .entry_page = text_at(about, "entry_page"),
	};
	out->license_url = license_url(out->license, arena);
	out->description = localised(doc_get(about, "description"), &d->default_language,
	                             1, &out->description_lang);
	if (doi.n && doi_parse(&parsed, doi, arena) != DOI_INVALID)
		out->doi = parsed.canonical;
	read_creators(out, doc_get(about, "creators"), arena);
	read_keywords(out, doc_get(about, "keywords"), arena);
	read_funding(out, doc_get(about, "funding"), arena);
}

static bool is_spdx(struct str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.s[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		      (c >= 'A' && c <= 'Z') || c == '-' || c == '.'))
			return false;
	}
	return id.n > 0;
}

/* ID, "CC-BY-NC-4.0", as Creative Commons addresses it: "by-nc/4.0". Absent: it is no such id. */
static struct str creative_commons(struct str id, struct arena *arena)
{
	struct str rest = str_sub(id, 3, id.n);
	size_t dash = str_rfind(rest, '-');

	if (!str_starts(id, STR("CC-BY")) || dash == rest.n || rest.n - dash != 4 ||
	    rest.s[dash + 2] != '.')
		return STR_NONE;
	return arena_cat(arena, arena_lower(arena, str_sub(rest, 0, dash)), STR("/"),
	                 str_sub(rest, dash + 1, rest.n));
}

struct str license_url(struct str license, struct arena *arena)
{
	struct str cc = creative_commons(license, arena);

	if (str_starts(license, STR("https://")) || str_starts(license, STR("http://")))
		return license;
	if (!is_spdx(license))
		return STR_NONE;
	if (str_eqz(license, "CC0-1.0"))
		return STR("https://creativecommons.org/publicdomain/zero/1.0/");
	if (cc.s)
		return arena_cat(arena, STR("https://creativecommons.org/licenses/"), cc,
		                 STR("/"));
	return arena_fmt(arena, "https://spdx.org/licenses/" STR_FMT ".html",
	                 STR_ARG(license));
}

struct str creator_name(const struct creator *c, struct arena *arena)
{
	if (!c->family.n)
		return c->name;
	if (!c->given.n)
		return c->family;
	return arena_fmt(arena, STR_FMT " " STR_FMT, STR_ARG(c->given),
	                 STR_ARG(c->family));
}
