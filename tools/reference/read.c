/*
 * read.c - records out of kept files and out of CSL-JSON
 */
#include "reference/internal.h"

#include "base/limits.h"

/* ---- the parts of CSL-JSON ---- */

/* The text of NODE, or of the first item of a list. */
static struct str text_of(const struct doc_node *node)
{
	if (node && node->kind == DOC_LIST && node->n)
		node = &node->items[0];
	return doc_text(node);
}

static int number_of(const struct doc_node *node)
{
	int n = 0;

	if (!node || (node->kind != DOC_NUMBER && node->kind != DOC_STRING) ||
	    !node->text.n || node->text.n > 4)
		return 0;
	for (size_t i = 0; i < node->text.n; i++) {
		if (node->text.s[i] < '0' || node->text.s[i] > '9')
			return 0;
		n = n * 10 + node->text.s[i] - '0';
	}
	return n;
}

/* {"date-parts": [[2010, 2, 6]]} as 20100206; 0 when it says nothing: [[null]], []. */
static int date_of(const struct doc_node *node)
{
	const struct doc_node *parts = doc_get(node, "date-parts");
	int date = 0;

	if (!parts || parts->kind != DOC_LIST || !parts->n ||
	    parts->items[0].kind != DOC_LIST)
		return 0;
	parts = &parts->items[0];
	for (uint32_t i = 0; i < 3; i++) {
		int n = i < parts->n ? number_of(&parts->items[i]) : 0;

		date = date * 100 + (i && n > 99 ? 0 : n);
	}
	return date;
}

static size_t read_names(const struct reference_name **out, const struct doc_node *list,
                         struct arena *arena)
{
	struct reference_name *names;
	size_t n = 0;

	if (!list || list->kind != DOC_LIST)
		return 0;
	names = arena_array(arena, struct reference_name, list->n);
	for (uint32_t i = 0; i < list->n && n < LIMIT_REFERENCE_NAMES; i++) {
		const struct doc_node *node = &list->items[i];
		struct reference_name name = {doc_text(doc_get(node, "family")),
		                              doc_text(doc_get(node, "given")),
		                              doc_text(doc_get(node, "literal"))};

		if (!name.literal.n)
			name.literal = doc_text(doc_get(node, "name"));
		if (name.family.n || name.given.n || name.literal.n)
			names[n++] = name;
	}
	*out = names;
	return n;
}

/* "Expression of concern" is written like "expression_of_concern". */
static struct str type_of(struct str type, struct arena *arena)
{
	char *p = arena_alloc(arena, type.n + 1, 1);

	for (size_t i = 0; i < type.n; i++) {
		char c = type.s[i];

		p[i] = c == ' ' || c == '-' ? '_' : ascii_lower(c);
	}
	return (struct str){p, type.n};
}

static bool is_listed(const struct reference_update *list, size_t n,
                      const struct reference_update *u)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].type, u->type) && str_eq(list[i].doi, u->doi))
			return true;
	return false;
}

/* The publisher and Retraction Watch may both tell the same. */
static size_t read_updates(const struct reference_update **out,
                           const struct doc_node *list, struct arena *arena)
{
	struct reference_update *items;
	size_t n = 0, most;

	if (!list || list->kind != DOC_LIST)
		return 0;
	most = list->n < LIMIT_REFERENCE_UPDATES ? list->n : LIMIT_REFERENCE_UPDATES;
	items = arena_array(arena, struct reference_update, most);
	for (size_t i = 0; i < most; i++) {
		const struct doc_node *node = &list->items[i];
		struct reference_update u = {
		        .type = type_of(doc_text(doc_get(node, "type")), arena),
		        .source = doc_text(doc_get(node, "source")),
		        .date = date_of(doc_get(node, "updated")),
		};
		struct doi doi;

		if (doi_parse(&doi, doc_text(doc_get(node, "DOI")), arena) != DOI_INVALID)
			u.doi = doi.canonical;
		if (u.type.n && !is_listed(items, n, &u))
			items[n++] = u;
	}
	*out = items;
	return n;
}

static void read_years(struct reference *out, const struct doc_node *csl,
                       const struct doc_node *custom)
{
	static const char *const keys[YEARS_N] = {
	        "issued", "published-print", "published-online", "posted", "created"};

	for (size_t i = 0; i < YEARS_N; i++) {
		int date = date_of(doc_get(csl, keys[i]));

		if (!date)
			date = date_of(doc_get(custom, keys[i]));
		out->years[i] = date / 10000;
	}
}

static void read_csl(struct reference *out, const struct doc_node *csl,
                     struct arena *arena)
{
	const struct doc_node *custom = doc_get(csl, "custom");

	out->csl = csl;
	out->title = text_of(doc_get(csl, "title"));
	out->subtitle = text_of(doc_get(custom, "subtitle"));
	if (!out->subtitle.n)
		out->subtitle = text_of(doc_get(csl, "subtitle"));
	out->original_title = text_of(doc_get(csl, "original-title"));
	out->container = text_of(doc_get(csl, "container-title"));
	out->type = doc_text(doc_get(csl, "type"));
	out->authors_n = read_names(&out->authors, doc_get(csl, "author"), arena);
	out->editors_n = read_names(&out->editors, doc_get(csl, "editor"), arena);
	out->updated_by_n =
	        read_updates(&out->updated_by, doc_get(custom, "updated-by"), arena);
	out->update_to_n =
	        read_updates(&out->update_to, doc_get(custom, "update-to"), arena);
	read_years(out, csl, custom);
}

/* ---- a kept file ---- */

static const char *check_keys(const struct doc_node *root)
{
	static const char *const keys[] = {"csl", "doi", "source", "fetched",
	                                   "fingerprint"};
	static const char *const missing[] = {"has no \"csl\"", "has no \"doi\"",
	                                      "has no \"source\"", "has no \"fetched\"",
	                                      "has no \"fingerprint\""};

	if (root->kind != DOC_MAP)
		return "is no map";
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const struct doc_node *node = doc_get(root, keys[i]);

		if (!node || node->kind != (i ? DOC_STRING : DOC_MAP))
			return missing[i];
	}
	return root->n > ARRAY_LEN(keys) ? "has keys that belong to no record" : NULL;
}

static const char *check_values(const struct reference *r, struct arena *arena)
{
	struct doi doi;

	if (doi_parse(&doi, r->doi, arena) == DOI_INVALID ||
	    !str_eq(doi.canonical, r->doi))
		return "has a \"doi\" that is none in canonical form";
	if (!r->source.n)
		return "has an empty \"source\"";
	if (!is_day(r->fetched))
		return "has a \"fetched\" that is no day, as 2026-11-26 is";
	return NULL;
}

bool reference_read(struct reference *out, const struct doc *doc, struct arena *arena,
                    const char **why)
{
	const struct doc_node *root = &doc->root;

	*out = (struct reference){0};
	*why = check_keys(root);
	if (*why)
		return false;
	out->doi = doc_text(doc_get(root, "doi"));
	out->source = doc_text(doc_get(root, "source"));
	out->fetched = doc_text(doc_get(root, "fetched"));
	out->fingerprint = doc_text(doc_get(root, "fingerprint"));
	*why = check_values(out, arena);
	if (*why)
		return false;
	read_csl(out, doc_get(root, "csl"), arena);
	return true;
}

static bool read_json(struct docs *out, const struct source *source, struct arena *arena)
{
	struct doc_options opt = {.format = DOC_JSON};
	struct diag_list unused;

	diag_init(&unused, arena);
	return doc_read(out, source, &opt, arena, &unused) && out->n == 1;
}

bool reference_open(struct reference *out, const struct source *source,
                    struct arena *arena, const char **why)
{
	struct docs docs;

	*why = "is no JSON";
	return read_json(&docs, source, arena) &&
	       reference_read(out, &docs.items[0], arena, why);
}

bool reference_make(struct reference *out, struct str doi, struct str csl,
                    struct str source, struct str fetched, struct arena *arena,
                    struct err *err)
{
	struct source *bytes = arena_new(arena, struct source);
	const char *why;
	struct docs docs;

	*bytes = (struct source){doi, csl};
	*out = (struct reference){.doi = doi, .source = source, .fetched = fetched};
	if (csl.n > LIMIT_REFERENCE_BYTES)
		return err_set(err, ERR_IO,
		               STR_FMT ": the record is larger than %u bytes",
		               STR_ARG(doi), LIMIT_REFERENCE_BYTES);
	if (!read_json(&docs, bytes, arena) || docs.items[0].root.kind != DOC_MAP)
		return err_set(err, ERR_IO, STR_FMT ": the record is no CSL-JSON",
		               STR_ARG(doi));
	why = check_values(out, arena);
	if (why)
		return err_set(err, ERR_IO, STR_FMT ": the record %s", STR_ARG(doi), why);
	read_csl(out, &docs.items[0].root, arena);
	return true;
}
