/* datacite_record.c - a work as DataCite says it */
#include "registry/internal.h"

/* "Family, Given" where the record does not take the name apart. */
static void split_name(struct registry_name *name, struct str whole, bool person)
{
	size_t comma = str_find(whole, ',');

	if (!person || comma == whole.n) {
		name->literal = whole;
		return;
	}
	name->family = str_trim(str_sub(whole, 0, comma));
	name->given = str_trim(str_sub(whole, comma + 1, whole.n));
}

static void read_creator(struct registry_name *out, const struct doc_node *node,
                         struct arena *arena)
{
	struct str family = registry_plain(doc_get(node, "familyName"), arena);
	struct str given = registry_plain(doc_get(node, "givenName"), arena);
	bool person = !str_eqz(doc_text(doc_get(node, "nameType")), "Organizational");

	*out = (struct registry_name){0};
	if (family.n && person)
		*out = (struct registry_name){.family = family, .given = given};
	else
		split_name(out, registry_plain(doc_get(node, "name"), arena), person);
}

/* The first title that is no other form of it, and its subtitle. */
static void read_titles(struct registry_record *out, const struct doc_node *list,
                        struct arena *arena)
{
	for (uint32_t i = 0; list && list->kind == DOC_LIST && i < list->n; i++) {
		const struct doc_node *one = &list->items[i];
		struct str type = doc_text(doc_get(one, "titleType"));

		if (!type.n && !out->title.n)
			out->title = registry_plain(doc_get(one, "title"), arena);
		if (str_eqz(type, "Subtitle") && !out->subtitle.n)
			out->subtitle = registry_plain(doc_get(one, "title"), arena);
	}
}

static void read_dates(struct registry_record *out, const struct doc_node *attributes)
{
	static const struct {
		const char *type;
		enum registry_date_kind kind;
	} kinds[] = {{"Issued", REGISTRY_ISSUED},
	             {"Available", REGISTRY_ONLINE},
	             {"Submitted", REGISTRY_POSTED},
	             {"Created", REGISTRY_CREATED}};
	const struct doc_node *list = doc_get(attributes, "dates");
	const struct doc_node *year = doc_get(attributes, "publicationYear");

	for (uint32_t i = 0; list && list->kind == DOC_LIST && i < list->n; i++) {
		struct str type = doc_text(doc_get(&list->items[i], "dateType"));
		struct registry_date date =
		        registry_text_date(doc_text(doc_get(&list->items[i], "date")));

		for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
			if (str_eqz(type, kinds[k].type) &&
			    !out->dates[kinds[k].kind].year)
				out->dates[kinds[k].kind] = date;
	}
	if (!out->dates[REGISTRY_ISSUED].year && year &&
	    (year->kind == DOC_NUMBER || year->kind == DOC_STRING))
		out->dates[REGISTRY_ISSUED] = registry_text_date(year->text);
}

/* "IsVersionOf" as "is-version-of". */
static struct str relation_key(struct str type, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(2 * type.n + 1);

	for (size_t i = 0; i < type.n; i++) {
		bool capital = type.s[i] >= 'A' && type.s[i] <= 'Z';

		if (capital && i)
			buf_addc(&out, '-');
		buf_addc(&out, (char)(type.s[i] | (capital ? 0x20 : 0)));
	}
	return arena_str(arena, buf_str(&out));
}

/* What it cites is no relation of the work itself. */
static bool is_version_like(struct str type)
{
	static const char *const kept[] = {
	        "IsVersionOf",         "HasVersion",    "IsNewVersionOf",
	        "IsPreviousVersionOf", "IsIdenticalTo", "IsVariantFormOf",
	        "IsOriginalFormOf",    "IsPublishedIn", "IsTranslationOf",
	        "HasTranslation",      "IsObsoletedBy", "Obsoletes",
	        "IsSupplementTo"};

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (str_eqz(type, kept[i]))
			return true;
	return false;
}

static void read_relations(struct registry_record *out, const struct doc_node *list,
                           struct arena *arena)
{
	struct registry_relation *items = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; list && list->kind == DOC_LIST && i < list->n; i++) {
		const struct doc_node *one = &list->items[i];
		struct str type = doc_text(doc_get(one, "relationType")), doi;

		if (n >= LIMIT_REGISTRY_UPDATES || !is_version_like(type) ||
		    !str_eqz(doc_text(doc_get(one, "relatedIdentifierType")), "DOI"))
			continue;
		doi = registry_doi(doc_text(doc_get(one, "relatedIdentifier")), arena);
		if (doi.n)
			*arena_push(arena, items, n, cap) = (struct registry_relation){
			        relation_key(type, arena), doi};
	}
	out->relations = items;
	out->relations_n = n;
}

/* Its publisher is a text, or {"name": ...} in newer profiles. */
static struct str read_publisher(const struct doc_node *node, struct arena *arena)
{
	return registry_plain(
	        node && node->kind == DOC_MAP ? doc_get(node, "name") : node, arena);
}

static void read_container(struct registry_record *out, const struct doc_node *node,
                           struct arena *arena)
{
	struct str first = registry_plain(doc_get(node, "firstPage"), arena);
	struct str last = registry_plain(doc_get(node, "lastPage"), arena);

	out->container = registry_plain(doc_get(node, "title"), arena);
	out->volume = registry_plain(doc_get(node, "volume"), arena);
	out->issue = registry_plain(doc_get(node, "issue"), arena);
	out->page = first;
	if (first.n && last.n)
		out->page = arena_fmt(arena, STR_FMT "-" STR_FMT, STR_ARG(first),
		                      STR_ARG(last));
}

bool registry_read_datacite(struct registry_record *out, const struct doc_node *item,
                            struct arena *arena)
{
	const struct doc_node *a = doc_get(item, "attributes");
	const struct doc_node *types = doc_get(a, "types");

	*out = (struct registry_record){.agency = STR("DataCite")};
	if (!a || a->kind != DOC_MAP)
		return false;
	out->doi = registry_doi(doc_text(doc_get(a, "doi")), arena);
	if (!out->doi.n)
		out->doi = registry_doi(doc_text(doc_get(item, "id")), arena);
	out->type = str_of(
	        registry_csl_type(doc_text(doc_get(types, "resourceTypeGeneral"))));
	read_titles(out, doc_get(a, "titles"), arena);
	out->publisher = read_publisher(doc_get(a, "publisher"), arena);
	out->version = registry_plain(doc_get(a, "version"), arena);
	out->authors_n = registry_read_names(&out->authors, doc_get(a, "creators"),
	                                     read_creator, arena);
	read_container(out, doc_get(a, "container"), arena);
	read_dates(out, a);
	read_relations(out, doc_get(a, "relatedIdentifiers"), arena);
	return registry_is_work(out);
}
