/* work.c - a work as Crossref or CSL-JSON says it */
#include "entry/doi.h"
#include "registry/internal.h"

struct str registry_doi(struct str text, struct arena *arena)
{
	struct doi doi;

	if (!text.n || doi_parse(&doi, text, arena) == DOI_INVALID)
		return STR_NONE;
	return doi.canonical;
}

/* A list's first text that is not empty; CSL has a plain one in its place. */
static struct str first_text(const struct doc_node *node)
{
	if (!node || node->kind != DOC_LIST)
		return node && node->kind == DOC_NUMBER ? node->text : doc_text(node);
	for (uint32_t i = 0; i < node->n; i++)
		if (str_trim(doc_text(&node->items[i])).n)
			return node->items[i].text;
	return STR_NONE;
}

struct str registry_plain(const struct doc_node *node, struct arena *arena)
{
	return registry_text(first_text(node), arena);
}

static struct str plain_at(const struct doc_node *node, const char *key,
                           struct arena *arena)
{
	return registry_plain(doc_get(node, key), arena);
}

/* A number of a date, written as one or as text; 0 when it is none. */
static int part(const struct doc_node *node, int max)
{
	int v = 0;

	if (!node || (node->kind != DOC_NUMBER && node->kind != DOC_STRING) ||
	    !node->text.n || node->text.n > 4)
		return 0;
	for (size_t i = 0; i < node->text.n; i++) {
		char c = node->text.s[i];

		if (c < '0' || c > '9')
			return 0;
		v = v * 10 + (c - '0');
	}
	return v <= max ? v : 0;
}

static struct registry_date with_parts(int year, int month, int day)
{
	return (struct registry_date){year, year ? month : 0, year && month ? day : 0};
}

struct registry_date registry_text_date(struct str s)
{
	int v[3] = {0};

	for (size_t i = 0, at = 0; i < 3; i++, at++) {
		size_t digits = i ? 2 : 4, from = at;

		for (; at < s.n && at < from + digits; at++) {
			if (s.s[at] < '0' || s.s[at] > '9')
				return with_parts(v[0], v[1], 0);
			v[i] = v[i] * 10 + (s.s[at] - '0');
		}
		if (at - from < digits)
			v[i] = 0;
		if (at >= s.n || s.s[at] != '-')
			break;
	}
	return with_parts(v[0], v[1] <= 12 ? v[1] : 0, v[2] <= 31 ? v[2] : 0);
}

/* {"date-parts": [[1998, 2]]}; its parts may be null. Else {"raw": "1998-02"}. */
struct registry_date registry_read_date(const struct doc_node *node)
{
	const struct doc_node *parts = doc_get(node, "date-parts");
	const struct doc_node *at[3] = {0};

	if (parts && parts->kind == DOC_LIST && parts->n &&
	    parts->items[0].kind == DOC_LIST)
		for (uint32_t i = 0; i < parts->items[0].n && i < 3; i++)
			at[i] = &parts->items[0].items[i];
	if (at[0])
		return with_parts(part(at[0], 9999), part(at[1], 12), part(at[2], 31));
	if (doc_get(node, "raw"))
		return registry_text_date(doc_text(doc_get(node, "raw")));
	return registry_text_date(doc_text(doc_get(node, "literal")));
}

static void read_name(struct registry_name *out, const struct doc_node *node,
                      struct arena *arena)
{
	struct str family = plain_at(node, "family", arena);
	struct str given = plain_at(node, "given", arena);
	struct str particle = plain_at(node, "non-dropping-particle", arena);
	struct str whole = plain_at(node, "name", arena);

	if (family.n && particle.n)
		family = arena_fmt(arena, STR_FMT " " STR_FMT, STR_ARG(particle),
		                   STR_ARG(family));
	if (!whole.n)
		whole = plain_at(node, "literal", arena);
	if (family.n)
		*out = (struct registry_name){.family = family, .given = given};
	else
		*out = (struct registry_name){.literal = whole.n ? whole : given};
}

size_t registry_read_names(const struct registry_name **out, const struct doc_node *list,
                           registry_name_reader *read, struct arena *arena)
{
	struct registry_name *names;
	size_t n = 0, max;

	if (!list || list->kind != DOC_LIST)
		return 0;
	max = list->n < LIMIT_REGISTRY_NAMES ? list->n : LIMIT_REGISTRY_NAMES;
	names = arena_array(arena, struct registry_name, max);
	for (size_t i = 0; i < max; i++) {
		read(&names[n], &list->items[i], arena);
		n += names[n].family.n || names[n].literal.n;
	}
	*out = names;
	return n;
}

/* {"is-preprint-of": [{"id-type": "doi", "id": "10..."}]} */
static void read_relations(struct registry_record *out, const struct doc_node *map,
                           struct arena *arena)
{
	struct registry_relation *items = NULL;
	size_t n = 0, cap = 0;

	if (!map || map->kind != DOC_MAP)
		return;
	for (uint32_t i = 0; i < map->n; i++) {
		const struct doc_node *list = &map->members[i].value;

		for (uint32_t k = 0; list->kind == DOC_LIST && k < list->n; k++) {
			const struct doc_node *one = &list->items[k];
			struct str doi;

			if (n >= LIMIT_REGISTRY_UPDATES ||
			    !str_eqz(doc_text(doc_get(one, "id-type")), "doi"))
				continue;
			doi = registry_doi(doc_text(doc_get(one, "id")), arena);
			if (doi.n)
				*arena_push(arena, items, n, cap) =
				        (struct registry_relation){map->members[i].key,
				                                   doi};
		}
	}
	out->relations = items;
	out->relations_n = n;
}

static void read_dates(struct registry_record *out, const struct doc_node *node)
{
	static const char *const keys[REGISTRY_DATES] = {
	        [REGISTRY_ISSUED] = "issued",
	        [REGISTRY_PRINT] = "published-print",
	        [REGISTRY_ONLINE] = "published-online",
	        [REGISTRY_POSTED] = "posted",
	        [REGISTRY_CREATED] = "created",
	};

	for (size_t i = 0; i < REGISTRY_DATES; i++)
		out->dates[i] = registry_read_date(doc_get(node, keys[i]));
}

static bool is_about_another(const struct registry_update *u)
{
	return !str_eqz(u->type, "new_version") && !str_eqz(u->type, "new_edition");
}

static void read_updates(struct registry_record *out, const struct doc_node *node,
                         struct arena *arena)
{
	out->updated_by_n = registry_read_updates(&out->updated_by,
	                                          doc_get(node, "updated-by"), arena);
	out->update_to_n =
	        registry_read_updates(&out->update_to, doc_get(node, "update-to"), arena);
	for (size_t i = 0; i < out->update_to_n; i++)
		out->is_notice |= is_about_another(&out->update_to[i]);
}

bool registry_is_work(const struct registry_record *r)
{
	return r->title.n || r->container.n || r->authors_n ||
	       r->dates[REGISTRY_ISSUED].year;
}

bool registry_read_work(struct registry_record *out, const struct doc_node *node,
                        struct arena *arena)
{
	*out = (struct registry_record){0};
	if (!node || node->kind != DOC_MAP)
		return false;
	out->doi = registry_doi(doc_text(doc_get(node, "DOI")), arena);
	out->type = str_of(registry_csl_type(doc_text(doc_get(node, "type"))));
	out->title = plain_at(node, "title", arena);
	out->subtitle = plain_at(node, "subtitle", arena);
	out->original_title = plain_at(node, "original-title", arena);
	out->container = plain_at(node, "container-title", arena);
	out->publisher = plain_at(node, "publisher", arena);
	out->volume = plain_at(node, "volume", arena);
	out->issue = plain_at(node, "issue", arena);
	out->page = plain_at(node, "page", arena);
	out->version = plain_at(node, "version", arena);
	out->authors_n = registry_read_names(&out->authors, doc_get(node, "author"),
	                                     read_name, arena);
	out->editors_n = registry_read_names(&out->editors, doc_get(node, "editor"),
	                                     read_name, arena);
	read_dates(out, node);
	read_relations(out, doc_get(node, "relation"), arena);
	read_updates(out, node, arena);
	return registry_is_work(out);
}
