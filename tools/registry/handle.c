/* handle.c - the Handle API: is this DOI registered, and what does its address mean */
#include "entry/doi.h"
#include "registry/ask.h"

/*
 * Codes of an answer.
 * Source: DOI Handbook, REST API response format
 */
enum {
	CODE_FOUND = 1,
	CODE_NOT_FOUND = 100,
	CODE_NO_VALUE = 200,
};

static void handle_url(struct buf *out, const struct registry *r,
                       struct item *const *items, size_t n)
{
	(void)n;
	buf_add(out, r->opt.handle);
	buf_addc(out, '/');
	buf_add(out, items[0]->wire);
	buf_addz(out, "?type=URL");
}

static void short_url(struct buf *out, const struct registry *r,
                      struct item *const *items, size_t n)
{
	(void)n;
	buf_add(out, r->opt.handle);
	buf_addc(out, '/');
	buf_add(out, items[0]->wire);
	buf_addz(out, "?type=HS_ALIAS");
}

/* The first value of TYPE, or absent. */
static struct str value_of(const struct doc_node *root, const char *type)
{
	const struct doc_node *values = doc_get(root, "values");

	for (uint32_t i = 0; values && values->kind == DOC_LIST && i < values->n; i++)
		if (str_eqz(doc_text(doc_get(&values->items[i], "type")), type))
			return doc_text(
			        doc_get(doc_get(&values->items[i], "data"), "value"));
	return STR_NONE;
}

/* Read an answer; -1 when it is none about the call's DOI. */
static long handle_code(struct call *c, const struct http_reply *reply,
                        const struct doc_node **root)
{
	const struct doc_node *handle;

	if (reply->status != 200 && reply->status != 404)
		return -1;
	*root = reply_json(c, reply);
	handle = doc_get(*root, "handle");
	if (handle && !call_item(c, doc_text(handle)))
		return -1;
	return node_number(doc_get(*root, "responseCode"));
}

static bool is_deleted(struct str url)
{
	return str_ends(url, STR("crossref.org/deleted_DOI.html")) ||
	       str_ends(url, STR("crossref.org/deleted_DOI"));
}

/* Whether URL is that of another DOI at the resolver. */
static bool is_resolver(struct str url)
{
	static const char *const places[] = {"http://doi.org/", "https://doi.org/",
	                                     "http://dx.doi.org/", "https://dx.doi.org/"};

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (str_starts(url, str_of(places[i])))
			return true;
	return false;
}

/* From now on ITEM is asked as the DOI that it stands for. */
static bool follow(struct registry *r, struct item *item, struct str to)
{
	struct doi doi;

	if (item->hops == LIMIT_REGISTRY_ALIASES ||
	    doi_parse(&doi, arena_str(&r->arena, to), &r->arena) == DOI_INVALID ||
	    doi.class == DOI_SHORT || str_eq(doi.canonical, item->now) ||
	    str_eq(doi.canonical, item->doi))
		return false;
	item->hops++;
	item->now = doi.canonical;
	item->wire = doi.wire;
	item->again = false;
	item->agency = item->reason = STR_NONE;
	return true;
}

/* It is registered, but nobody gave a record of it. */
static void without_record(struct registry *r, struct item *item)
{
	struct str why = item->reason;

	if (!why.n)
		why = item->agency.n
		              ? arena_fmt(&r->arena, STR_FMT " has no record of it",
		                          STR_ARG(item->agency))
		              : STR("doi.org does not say which agency has its record");
	item_answer(r, item, REGISTRY_REGISTERED, NULL, why);
}

static bool handle_read(struct call *c, const struct http_reply *reply)
{
	const struct doc_node *root = NULL;
	struct item *item = c->items[0];
	long code = handle_code(c, reply, &root);
	struct str url;

	if (code == CODE_NOT_FOUND) {
		item_answer(c->r, item, REGISTRY_NOT_REGISTERED, NULL, STR_NONE);
		return true;
	}
	if (code != CODE_FOUND && code != CODE_NO_VALUE)
		return false;
	url = value_of(root, "URL");
	if (is_deleted(url))
		item_answer(c->r, item, REGISTRY_DELETED, NULL,
		            STR("its agency marks it as deleted"));
	else if (is_resolver(url) && follow(c->r, item, url))
		item_queue(c->r, KIND_AGENCY_AGAIN, item);
	else
		without_record(c->r, item);
	return true;
}

static bool short_read(struct call *c, const struct http_reply *reply)
{
	const struct doc_node *root = NULL;
	struct item *item = c->items[0];
	long code = handle_code(c, reply, &root);
	struct str alias;

	if (code == CODE_NOT_FOUND) {
		item_answer(c->r, item, REGISTRY_NOT_REGISTERED, NULL, STR_NONE);
		return true;
	}
	if (code != CODE_FOUND && code != CODE_NO_VALUE)
		return false;
	alias = value_of(root, "HS_ALIAS");
	if (!alias.n || !follow(c->r, item, alias)) {
		item_answer(c->r, item, REGISTRY_UNKNOWN, NULL,
		            STR("the shortDOI stands for no DOI"));
		return true;
	}
	/* A shortDOI is another way to write the DOI, not an alias of it. */
	item->doi = item->now;
	item->hops = 0;
	item_queue(c->r, KIND_AGENCY, item);
	return true;
}

static void never_missing(struct registry *r, struct item *item)
{
	item_answer(r, item, REGISTRY_UNKNOWN, NULL, STR("doi.org did not say"));
}

static void handle_failed(struct registry *r, struct item *item, struct str reason)
{
	item_answer(r, item, REGISTRY_UNKNOWN, NULL,
	            item->reason.n ? item->reason : reason);
}

const struct kind kind_handle = {
        .id = KIND_HANDLE,
        .service = SERVICE_DOI,
        .stage = 4,
        .max = 1,
        .url = handle_url,
        .read = handle_read,
        .missing = never_missing,
        .failed = handle_failed,
};

const struct kind kind_short = {
        .id = KIND_SHORT,
        .service = SERVICE_DOI,
        .stage = 0,
        .max = 1,
        .url = short_url,
        .read = short_read,
        .missing = never_missing,
};
