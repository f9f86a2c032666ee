/* crossref.c - lists of works, and single ones */
#include "registry/ask.h"

/* What a list is to tell of each work; without it, all of it: references, funders, ... */
#define FIELDS \
	"DOI,title,subtitle,original-title,author,editor,container-title,publisher,volume," \
	"issue,page,issued,published-print,published-online,posted,created,type,update-to," \
	"updated-by,relation"

static void list_url(struct buf *out, const struct registry *r, struct item *const *items,
                     size_t n)
{
	buf_add(out, r->opt.crossref);
	buf_addz(out, "/works?filter=");
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, i ? ",doi:" : "doi:");
		buf_add(out, items[i]->wire);
	}
	/* Without `rows` only 20 come. */
	buf_addf(out, "&rows=%d", (int)kind_crossref.max);
	if (!r->plain_lists)
		buf_addz(out, "&select=" FIELDS);
	add_mailto(out, r, '&');
}

static void one_url(struct buf *out, const struct registry *r, struct item *const *items,
                    size_t n)
{
	(void)n;
	buf_add(out, r->opt.crossref);
	buf_addz(out, "/works/");
	buf_add(out, items[0]->wire);
	add_mailto(out, r, '?');
}

/* The `message` of an answer of TYPE, or NULL. */
static const struct doc_node *message(struct call *c, const struct http_reply *reply,
                                      const char *type)
{
	const struct doc_node *root = reply_json(c, reply);

	if (!str_eqz(doc_text(doc_get(root, "status")), "ok") ||
	    !str_eqz(doc_text(doc_get(root, "message-type")), type))
		return NULL;
	return doc_get(root, "message");
}

static bool list_read(struct call *c, const struct http_reply *reply)
{
	const struct doc_node *items = doc_get(message(c, reply, "work-list"), "items");

	if (reply->status != 200 || !items || items->kind != DOC_LIST)
		return false;
	for (uint32_t i = 0; i < items->n; i++) {
		struct str doi = doc_text(doc_get(&items->items[i], "DOI"));
		struct item *item = call_item(c, doi);
		struct registry_record record;

		if (item && registry_read_work(&record, &items->items[i], &c->arena))
			item_record(c, item, &record, true);
	}
	return true;
}

static void list_missing(struct registry *r, struct item *item)
{
	item_queue(r, KIND_CROSSREF_ONE, item);
}

static bool one_read(struct call *c, const struct http_reply *reply)
{
	struct item *item = c->items[0];
	const struct doc_node *work;
	struct registry_record record;
	bool readable;

	if (reply->status == 404)
		return str_eqz(str_trim(reply->body), "Resource not found.") ||
		       reply_json(c, reply);
	work = message(c, reply, "work");
	if (reply->status != 200 || !work || work->kind != DOC_MAP)
		return false;
	if (!call_item(c, doc_text(doc_get(work, "DOI"))))
		return true;
	readable = registry_read_work(&record, work, &c->arena);
	item_record(c, item, &record, readable);
	return true;
}

/* An alias, a deleted DOI, or one without a record: its address tells. */
static void one_missing(struct registry *r, struct item *item)
{
	item_queue(r, KIND_HANDLE, item);
}

const struct kind kind_crossref = {
        .id = KIND_CROSSREF,
        .service = SERVICE_CROSSREF,
        .stage = 2,
        .list = true,
        .max = 50,
        .between = 5,
        .single = KIND_CROSSREF_ONE,
        .url = list_url,
        .read = list_read,
        .missing = list_missing,
};

const struct kind kind_crossref_one = {
        .id = KIND_CROSSREF_ONE,
        .service = SERVICE_CROSSREF,
        .stage = 3,
        .max = 1,
        .url = one_url,
        .read = one_read,
        .missing = one_missing,
};
