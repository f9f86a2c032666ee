/* crossref.c - Crossref's REST API: /works */
#include "works.h"

#include <string.h>

#include <stdlib.h>

#define ROWS 20 /* when a list does not say how many */

static void not_found(struct answer *a)
{
	a->status = 404;
	a->type = "text/plain";
	buf_addz(&a->body, "Resource not found.");
}

static void one(struct answer *a, const struct request *q, struct str doi)
{
	struct work w;

	work_find(&w, decoded(doi, q->arena), q->arena);
	if (w.kind != WORK_CROSSREF) {
		not_found(a);
		return;
	}
	buf_addz(&a->body,
	         "{\"status\":\"ok\",\"message-type\":\"work\",\"message-version\":"
	         "\"1.0.0\",\"message\":");
	work_crossref(&a->body, &w, setting_is(q, "upper"));
	buf_addc(&a->body, '}');
}

struct list {
	struct work works[1000];
	size_t n;
};

/* The works of a filter; a comma ends a value, whatever it was meant as. */
static void gather(struct list *out, const struct request *q)
{
	struct str filter = query_get(q, "filter"), part;
	long rows = query_get(q, "rows").n
	                    ? atol(arena_str(q->arena, query_get(q, "rows")).s)
	                    : ROWS;
	long lose = setting(q, "lose", -1);
	int n = 0;

	while (str_split(&filter, ',', &part)) {
		struct work *w = &out->works[out->n];

		if (!str_starts(part, STR("doi:")) || out->n >= 1000)
			continue;
		work_find(w, str_sub(part, 4, part.n), q->arena);
		out->n += w->kind == WORK_CROSSREF && !w->unlisted &&
		          (long)out->n < rows && !(lose > 0 && ++n % lose == 0);
	}
}

static void list(struct answer *a, const struct request *q)
{
	bool reverse = setting_is(q, "reverse"), twice = setting_is(q, "twice");
	struct list *l = arena_new(q->arena, struct list);

	gather(l, q);
	buf_addf(&a->body,
	         "{\"status\":\"ok\",\"message-type\":\"work-list\",\"message-version\":"
	         "\"1.0.0\",\"message\":{\"facets\":{},\"total-results\":%zu,\"items\":[",
	         l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct work *w = &l->works[reverse ? l->n - 1 - i : i];

		for (int k = 0; k <= (int)twice; k++) {
			if (i || k)
				buf_addc(&a->body, ',');
			work_crossref(&a->body, w, setting_is(q, "upper"));
		}
	}
	buf_addz(&a->body, "],\"items-per-page\":50}}");
}

/* Field and filter names that are not known. */
static bool is_invalid(struct answer *a, const struct request *q)
{
	static const char known[] =
	        ",DOI,title,subtitle,original-title,author,editor,container-title,publisher,"
	        "volume,issue,page,issued,published-print,published-online,posted,created,type,"
	        "update-to,updated-by,relation,";
	struct str select = query_get(q, "select"), field;

	while (str_split(&select, ',', &field)) {
		struct str word = arena_fmt(q->arena, "," STR_FMT ",", STR_ARG(field));

		if (!setting_is(q, "strict") &&
		    memmem(known, sizeof(known) - 1, word.s, word.n))
			continue;
		a->status = 400;
		buf_addf(
		        &a->body,
		        "{\"status\":\"failed\",\"message-type\":\"validation-failure\","
		        "\"message\":[{\"type\":\"select-not-available\",\"value\":\"" STR_FMT
		        "\",\"message\":\"not available\"}]}",
		        STR_ARG(field));
		return true;
	}
	return false;
}

void crossref_answer(struct answer *a, const struct request *q)
{
	a->type = "application/json";
	if (is_invalid(a, q))
		return;
	if (str_starts(q->path, STR("/works/")))
		one(a, q, str_sub(q->path, 7, q->path.n));
	else if (str_eqz(q->path, "/works"))
		list(a, q);
	else
		not_found(a);
}
