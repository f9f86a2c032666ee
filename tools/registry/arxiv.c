/* arxiv.c - papers of arXiv by their ids */
#include "registry/ask.h"

static void arxiv_url(struct buf *out, const struct registry *r,
                      struct item *const *items, size_t n)
{
	buf_add(out, r->opt.arxiv);
	buf_addz(out, "/api/query?id_list=");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		buf_add(out, items[i]->arxiv.base);
		buf_add(out, items[i]->arxiv.version);
	}
	buf_addf(out, "&max_results=%zu", n);
}

static char folded(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool folded_eq(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && folded(a.s[i]) == folded(b.s[i]))
		i++;
	return i == a.n && i == b.n;
}

/* Whether the item asks for the paper ID: any version will do unless one was named. */
static bool asks_for(const struct item *item, const struct arxiv_id *id)
{
	return !item->moved && folded_eq(item->arxiv.base, id->base) &&
	       (!item->arxiv.version.n || folded_eq(item->arxiv.version, id->version));
}

static void read_entry(struct call *c, const struct atom_entry *entry)
{
	struct registry_record record;
	struct arxiv_id id;

	/* An entry without such an id is the old form of an error. */
	if (!arxiv_id_parse(&id, entry->id))
		return;
	arxiv_record(&record, entry, &id, &c->arena);
	for (size_t i = 0; i < c->n; i++) {
		struct item *item = c->items[i];

		if (!asks_for(item, &id))
			continue;
		item->agency = record.agency;
		item->doi = arena_str(&c->r->arena, record.doi);
		item_answer(c->r, item, REGISTRY_REGISTERED, &record, STR_NONE);
	}
}

static bool arxiv_read(struct call *c, const struct http_reply *reply)
{
	struct atom_feed feed;

	if (reply->status != 200 || !reply_is(reply, "xml") ||
	    !atom_read(&feed, reply->body, &c->arena))
		return false;
	for (size_t i = 0; i < feed.n; i++)
		read_entry(c, &feed.entries[i]);
	return true;
}

/* What is not there is left out without a word, so it is asked for twice. */
static void arxiv_missing(struct registry *r, struct item *item)
{
	if (item->again)
		item_answer(r, item, REGISTRY_NOT_REGISTERED, NULL,
		            STR("arXiv has no such paper, or not in this version"));
	else
		item_queue(r, KIND_ARXIV, item);
	item->again = true;
}

const struct kind kind_arxiv = {
        .id = KIND_ARXIV,
        .service = SERVICE_ARXIV,
        .stage = 5,
        .alone = true,
        .max = 100,
        .between = 1,
        .url = arxiv_url,
        .read = arxiv_read,
        .missing = arxiv_missing,
};
