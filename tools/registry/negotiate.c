/* negotiate.c - records of agencies without an interface that we know: mEDRA, JaLC, ... */
#include "registry/ask.h"

static void negotiate_url(struct buf *out, const struct registry *r,
                          struct item *const *items, size_t n)
{
	(void)n;
	buf_add(out, r->opt.doi);
	buf_addc(out, '/');
	buf_add(out, items[0]->wire);
}

/* Whether it is registered is another question, for the Handle API. */
static void to_handle(struct registry *r, struct item *item, struct str reason)
{
	item->reason = reason;
	item_queue(r, KIND_HANDLE, item);
}

static void negotiate_missing(struct registry *r, struct item *item)
{
	to_handle(r, item,
	          arena_fmt(&r->arena, STR_FMT " gives no record of it",
	                    STR_ARG(item->agency)));
}

/* Anything may come from the agency: a page, nothing, somebody else's record, half of one. */
static bool negotiate_read(struct call *c, const struct http_reply *reply)
{
	struct item *item = c->items[0];
	struct registry_record record;
	const struct doc_node *root;

	if (reply->status != 200 || !reply_is(reply, "json"))
		return true;
	root = reply_json(c, reply);
	if (!root)
		return false;
	if (!registry_read_work(&record, root, &c->arena))
		return true;
	if (record.doi.n && !doi_told_is(record.doi, item->now))
		return true;
	record.doi = item->now;
	item_record(c, item, &record, true);
	return true;
}

const struct kind kind_negotiate = {
        .id = KIND_NEGOTIATE,
        .service = SERVICE_DOI,
        .stage = 2,
        .max = 1,
        .accept = "application/vnd.citationstyles.csl+json",
        .url = negotiate_url,
        .read = negotiate_read,
        .missing = negotiate_missing,
        .failed = to_handle,
};
