/* arxiv.c - arXiv's Atom feeds, and the Wayback Machine */
#include "double.h"

#include "base/macro.h"

static void entry(struct buf *out, struct str base, struct str version)
{
	bool known = str_eqz(base, "1706.03762");

	buf_addf(
	        out,
	        "<entry><id>http://arxiv.org/abs/" STR_FMT STR_FMT
	        "</id><updated>2023-08-"
	        "02T00:41:18Z</updated><published>2017-06-12T17:57:34Z</published><title>",
	        STR_ARG(base), STR_ARG(version.n ? version : STR("v7")));
	if (known)
		buf_addz(out, "Attention Is All You\n  Need");
	else
		buf_addf(out, "Paper " STR_FMT " on A &amp; B", STR_ARG(base));
	buf_addf(out,
	         "</title><summary>...</summary><author><name>%s</name></author>"
	         "<arxiv:comment xmlns:arxiv=\"http://arxiv.org/schemas/atom\">15 pages"
	         "</arxiv:comment></entry>",
	         known ? "Ashish Vaswani" : "Laurens van der Maaten");
}

/* Ids that end in 9 are not known, nor are malformed ones. */
static bool is_known(struct str base)
{
	if (!base.n || base.s[base.n - 1] == '9')
		return false;
	for (size_t i = 0; i < base.n; i++)
		if (!((base.s[i] >= '0' && base.s[i] <= '9') || base.s[i] == '.' ||
		      base.s[i] == '/' || base.s[i] == '-' || (base.s[i] | 0x20) >= 'a'))
			return false;
	return true;
}

/* The last one first: feeds have no order. */
static void feed(struct answer *a, const struct request *q)
{
	struct str ids = query_get(q, "id_list");

	a->type = "application/atom+xml; charset=UTF-8";
	buf_addz(&a->body,
	         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	         "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>ArXiv Query"
	         "</title><id>http://arxiv.org/api/x</id>");
	while (ids.n) {
		size_t comma = str_rfind(ids, ',');
		struct str id = comma == ids.n ? ids : str_sub(ids, comma + 1, ids.n);
		size_t v = str_rfind(id, 'v');

		if (is_known(str_sub(id, 0, v)) && !str_eqz(str_sub(id, v, id.n), "v99"))
			entry(&a->body, str_sub(id, 0, v), str_sub(id, v, id.n));
		ids = str_sub(ids, 0, comma == ids.n ? 0 : comma);
	}
	if (setting_is(q, "twice")) /* an error in the form of old */
		buf_addz(&a->body,
		         "<entry><id>http://arxiv.org/api/errors#x</id><title>Error"
		         "</title></entry>");
	buf_addz(&a->body, "</feed>");
}

void arxiv_answer(struct answer *a, const struct request *q)
{
	if (str_eqz(q->path, "/api/query")) {
		feed(a, q);
		return;
	}
	a->status = 404;
	a->type = "text/html";
}

/*
 * /web/URL: archived when the URL has "archived" in it; /wayback/available?url=...: the
 * same as JSON, though it forgets some.
 */
void wayback_answer(struct answer *a, const struct request *q)
{
	bool available = str_starts(q->path, STR("/wayback/available"));
	struct str url = available ? query_get(q, "url") : str_sub(q->path, 5, q->path.n);
	bool known = false;

	for (size_t i = 0; i + 8 <= url.n; i++)
		known |= str_starts(str_sub(url, i, 8), STR("archived"));
	if (available) {
		a->type = "application/json";
		buf_addz(&a->body, "{\"url\":\"");
		buf_add(&a->body, url);
		buf_addz(&a->body, "\",\"archived_snapshots\":{");
		if (known) {
			buf_addz(&a->body,
			         "\"closest\":{\"status\":\"200\",\"available\":true,"
			         "\"url\":\"http://web.archive.org/web/20250315120000/");
			buf_add(&a->body, url);
			buf_addz(&a->body, "\",\"timestamp\":\"20250315120000\"}");
		}
		buf_addz(&a->body, "}}");
		return;
	}
	a->type = "text/html; charset=utf-8";
	a->status = known ? 302 : 404;
	if (!known)
		return;
	buf_addz(&a->headers, "Location: /web/20020120142510/");
	buf_add(&a->headers, url);
	buf_addz(&a->headers, "\r\n");
}
