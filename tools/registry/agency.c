/* agency.c - doiRA: which agency registered each of many DOIs */
#include "registry/ask.h"

static void agency_url(struct buf *out, const struct registry *r,
                       struct item *const *items, size_t n)
{
	buf_add(out, r->opt.doi);
	buf_addz(out, "/doiRA/");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		buf_add(out, items[i]->wire);
	}
}

/* A comma would end the DOI in a list of Crossref or DataCite. */
static bool has_comma(const struct item *item)
{
	return str_find(item->now, ',') < item->now.n;
}

static void to_agency(struct registry *r, struct item *item, struct str agency)
{
	item->agency = agency_name(r, str_sub(agency, 0, LIMIT_REGISTRY_AGENCY_BYTES));
	if (str_eqz(agency, "Crossref"))
		item_queue(r, has_comma(item) ? KIND_CROSSREF_ONE : KIND_CROSSREF, item);
	else if (str_eqz(agency, "DataCite"))
		item_queue(r, has_comma(item) ? KIND_DATACITE_ONE : KIND_DATACITE, item);
	else
		item_queue(r, KIND_NEGOTIATE, item);
}

static bool agency_read(struct call *c, const struct http_reply *reply)
{
	const struct doc_node *root = reply_json(c, reply);

	if (reply->status != 200 || !root || root->kind != DOC_LIST)
		return false;
	for (uint32_t i = 0; i < root->n; i++) {
		struct str doi = doc_text(doc_get(&root->items[i], "DOI"));
		struct str agency =
		        registry_plain(doc_get(&root->items[i], "RA"), &c->arena);
		struct item *item = call_item(c, doi);

		if (item && agency.n)
			to_agency(c->r, item, agency);
		else if (item && doc_text(doc_get(&root->items[i], "status")).n)
			item_queue(c->r, KIND_HANDLE, item);
	}
	return true;
}

/* Asked once more with others, then the Handle API has to say. */
static void agency_missing(struct registry *r, struct item *item)
{
	item_queue(r, item->again ? KIND_HANDLE : KIND_AGENCY_AGAIN, item);
	item->again = true;
}

const struct kind kind_agency = {
        .id = KIND_AGENCY,
        .service = SERVICE_DOI,
        .stage = 1,
        .max = 1000,
        .between = 1,
        .single = KIND_HANDLE,
        .url = agency_url,
        .read = agency_read,
        .missing = agency_missing,
};

/* What aliases stand for, and what was left out, at the end. */
const struct kind kind_agency_again = {
        .id = KIND_AGENCY_AGAIN,
        .service = SERVICE_DOI,
        .stage = 5,
        .max = 1000,
        .between = 1,
        .single = KIND_HANDLE,
        .url = agency_url,
        .read = agency_read,
        .missing = agency_missing,
};
