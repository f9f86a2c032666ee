/* datacite.c - lists of DataCite's DOIs, and single ones */
#include "registry/ask.h"

/* Ids are told apart by case, and canonical DOIs are in small letters. */
static void list_url(struct buf *out, const struct registry *r, struct item *const *items,
                     size_t n)
{
	buf_add(out, r->opt.datacite);
	buf_addz(out, "/dois?ids=");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		buf_add(out, items[i]->wire);
	}
	buf_addf(out, "&page%%5Bsize%%5D=%d", (int)kind_datacite.max);
	add_mailto(out, r, '&');
}

static void one_url(struct buf *out, const struct registry *r, struct item *const *items,
                    size_t n)
{
	(void)n;
	buf_add(out, r->opt.datacite);
	buf_addz(out, "/dois/");
	buf_add(out, items[0]->wire);
	add_mailto(out, r, '?');
}

static struct str doi_of(const struct doc_node *item)
{
	struct str doi = doc_text(doc_get(doc_get(item, "attributes"), "doi"));

	return doi.n ? doi : doc_text(doc_get(item, "id"));
}

static bool list_read(struct call *c, const struct http_reply *reply)
{
	const struct doc_node *data = doc_get(reply_json(c, reply), "data");

	if (reply->status != 200 || !data || data->kind != DOC_LIST)
		return false;
	for (uint32_t i = 0; i < data->n; i++) {
		struct item *item = call_item(c, doi_of(&data->items[i]));
		struct registry_record record;

		if (item && registry_read_datacite(&record, &data->items[i], &c->arena))
			item_record(c, item, &record, true);
	}
	return true;
}

static void list_missing(struct registry *r, struct item *item)
{
	item_queue(r, KIND_DATACITE_ONE, item);
}

static bool one_read(struct call *c, const struct http_reply *reply)
{
	const struct doc_node *root = reply_json(c, reply), *data = doc_get(root, "data");
	struct registry_record record;
	bool readable;

	if (reply->status == 404)
		return doc_get(root, "errors");
	if (reply->status != 200 || !data || data->kind != DOC_MAP)
		return false;
	if (!call_item(c, doi_of(data)))
		return true;
	readable = registry_read_datacite(&record, data, &c->arena);
	item_record(c, c->items[0], &record, readable);
	return true;
}

static void one_missing(struct registry *r, struct item *item)
{
	item_queue(r, KIND_HANDLE, item);
}

const struct kind kind_datacite = {
        .id = KIND_DATACITE,
        .service = SERVICE_DATACITE,
        .stage = 2,
        .list = true,
        .max = 100,
        .between = 1,
        .single = KIND_DATACITE_ONE,
        .url = list_url,
        .read = list_read,
        .missing = list_missing,
};

const struct kind kind_datacite_one = {
        .id = KIND_DATACITE_ONE,
        .service = SERVICE_DATACITE,
        .stage = 3,
        .max = 1,
        .url = one_url,
        .read = one_read,
        .missing = one_missing,
};
