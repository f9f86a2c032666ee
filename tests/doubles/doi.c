/* doi.c - doi.org: agencies, handles, resolution; and the servers of other agencies */
#include "works.h"

#include <strings.h>

#define DOIRA_BYTES 8000 /* 5,700 were answered, 11,500 were not */

static const char no_doi_page[] = "<!DOCTYPE html><html><head><title>Error: DOI Not Found"
                                  "</title></head><body>This DOI cannot be found</body>"
                                  "</html>";

static struct str behind(struct str path, const char *prefix)
{
	return str_sub(path, str_of(prefix).n, path.n);
}

/* Some answers put backslashes before underscores. */
static void add_echo(struct buf *out, struct str doi, bool escape)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(65536);

	for (size_t i = 0; i < doi.n; i++) {
		if (escape && doi.s[i] == '_')
			buf_addc(&text, '\\');
		buf_addc(&text, doi.s[i]);
	}
	doc_json_string(out, buf_str(&text));
}

static void doira(struct answer *a, const struct request *q, struct str list)
{
	struct str one;
	bool more = false;
	int n = 0;
	long lose = setting(q, "lose", -1);

	if ((long)q->target.n > setting(q, "long", DOIRA_BYTES)) {
		a->status = 414;
		a->type = "text/html";
		buf_addz(&a->body, "<html><body>Request-URI Too Long</body></html>");
		return;
	}
	a->type = "application/json";
	buf_addc(&a->body, '[');
	while (str_split(&list, ',', &one)) {
		struct work w;

		work_find(&w, decoded(one, q->arena), q->arena);
		if (lose > 0 && ++n % lose == 0)
			continue;
		buf_addz(&a->body, more ? ",{\"DOI\":" : "{\"DOI\":");
		more = true;
		add_echo(&a->body, w.doi, setting_is(q, "escape"));
		if (w.agency)
			buf_addf(&a->body, ",\"RA\":\"%s\"}", w.agency);
		else
			buf_addz(&a->body, ",\"status\":\"DOI does not exist\"}");
	}
	buf_addc(&a->body, ']');
}

static void short_handle(struct answer *a, const struct request *q, struct str handle)
{
	bool known = !strncasecmp(handle.s, "10/b6vnmd", handle.n) && handle.n == 9;

	(void)q;
	a->status = known ? 200 : 404;
	buf_addf(&a->body, "{\"responseCode\":%d,\"handle\":\"" STR_FMT "\"",
	         known ? 1 : 100, STR_ARG(handle));
	if (known)
		buf_addz(&a->body,
		         ",\"values\":[{\"index\":1,\"type\":\"HS_ALIAS\",\"data\":{"
		         "\"format\":\"string\",\"value\":"
		         "\"10.1016/s0933-3657(96)00367-3\"},\"ttl\":86400}]");
	buf_addc(&a->body, '}');
}

static void handles(struct answer *a, const struct request *q, struct str handle)
{
	struct work w;

	a->type = "application/json;charset=UTF-8";
	handle = decoded(handle, q->arena);
	if (str_starts(handle, STR("10/"))) {
		short_handle(a, q, handle);
		return;
	}
	work_find(&w, handle, q->arena);
	a->status = w.kind == WORK_NONE ? 404 : 200;
	buf_addf(&a->body,
	         "{\"responseCode\":%d,\"handle\":", w.kind == WORK_NONE ? 100 : 1);
	doc_json_string(&a->body, w.doi);
	if (w.kind != WORK_NONE)
		buf_addf(
		        &a->body,
		        ",\"values\":[{\"index\":1,\"type\":\"URL\",\"data\":{\"format\":"
		        "\"string\",\"value\":\"%s\"},\"ttl\":86400,\"timestamp\":"
		        "\"2020-01-01T00:00:00Z\"}]",
		        w.url ? w.url : "https://publisher.example/landing");
	buf_addc(&a->body, '}');
}

static void redirect(struct answer *a, const struct request *q, const char *to,
                     struct str doi)
{
	a->status = 302;
	a->type = "text/html;charset=utf-8";
	buf_addf(&a->headers, "Location: http://" STR_FMT "/%s", STR_ARG(q->host), to);
	buf_add(&a->headers, doi);
	buf_addz(&a->headers, "\r\n");
}

static void resolve(struct answer *a, const struct request *q, struct str doi)
{
	struct work w;

	work_find(&w, decoded(doi, q->arena), q->arena);
	if (w.kind == WORK_NONE) {
		a->status = 404;
		a->type = "text/html;charset=utf-8";
		buf_addz(&a->body, no_doi_page);
	} else if (str_eqz(q->accept, "application/vnd.citationstyles.csl+json")) {
		redirect(a, q, "agency/", doi);
	} else {
		redirect(a, q, "agency/landing/", doi);
	}
}

void doi_answer(struct answer *a, const struct request *q)
{
	if (str_starts(q->path, STR("/doiRA/")))
		doira(a, q, behind(q->path, "/doiRA/"));
	else if (str_starts(q->path, STR("/api/handles/")))
		handles(a, q, behind(q->path, "/api/handles/"));
	else
		resolve(a, q, behind(q->path, "/"));
}

/* Records of mEDRA; JaLC has only pages. */
void agency_answer(struct answer *a, const struct request *q)
{
	struct work w;

	work_find(&w, decoded(behind(q->path, "/"), q->arena), q->arena);
	if (w.agency && str_eqz(str_of(w.agency), "mEDRA")) {
		a->type = "application/vnd.citationstyles.csl+json";
		work_crossref(&a->body, &w, true);
		return;
	}
	a->type = "text/html";
	buf_addz(&a->body, "<html><body>A landing page</body></html>");
}
