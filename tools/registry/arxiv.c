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

static bool folded_eq(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && ascii_lower(a.s[i]) == ascii_lower(b.s[i]))
		i++;
	return i == a.n && i == b.n;
}

struct paper {
	const struct atom_entry *entry; /* NULL: not in the feed */
	struct arxiv_id id;
};

/* "v10" comes after "v9". */
static bool is_newer(struct str version, struct str than)
{
	return version.n != than.n ? version.n > than.n : str_cmp(version, than) > 0;
}

/* What ITEM asks for: the version that it names, else the newest that FEED has. */
static struct paper paper_for(const struct item *item, const struct atom_feed *feed)
{
	struct paper out = {0};

	for (size_t i = 0; i < feed->n; i++) {
		struct arxiv_id id;

		/* An entry without such an id is the old form of an error. */
		if (!arxiv_id_parse(&id, feed->entries[i].id) ||
		    !folded_eq(item->arxiv.base, id.base))
			continue;
		if (item->arxiv.version.n
		            ? !folded_eq(item->arxiv.version, id.version)
		            : out.entry && !is_newer(id.version, out.id.version))
			continue;
		out = (struct paper){&feed->entries[i], id};
	}
	return out;
}

static void answer(struct call *c, struct item *item, const struct paper *paper)
{
	struct registry_record record;

	arxiv_record(&record, paper->entry, &paper->id, &c->arena);
	item->agency = record.agency;
	item->doi = arena_str(&c->r->arena, record.doi);
	item_answer(c->r, item, REGISTRY_REGISTERED, &record, STR_NONE);
}

static bool arxiv_read(struct call *c, const struct http_reply *reply)
{
	struct atom_feed feed;

	if (reply->status != 200 || !reply_is(reply, "xml") ||
	    !atom_read(&feed, reply->body, &c->arena))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		struct paper paper = paper_for(c->items[i], &feed);

		if (paper.entry)
			answer(c, c->items[i], &paper);
	}
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
