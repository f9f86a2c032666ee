/* datacite.c - DataCite's REST API: /dois */
#include "works.h"

#include <stdlib.h>

#define PAGE 25 /* when a list does not say how many */

static void one(struct answer *a, const struct request *q, struct str doi)
{
	struct work w;

	work_find(&w, decoded(doi, q->arena), q->arena);
	if (w.kind != WORK_DATACITE) {
		a->status = 404;
		buf_addz(&a->body,
		         "{\"errors\":[{\"status\":\"404\",\"title\":\"The resource "
		         "you are looking for doesn't exist.\"}]}");
		return;
	}
	buf_addz(&a->body, "{\"data\":");
	work_datacite(&a->body, &w);
	buf_addc(&a->body, '}');
}

static bool has_capital(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] >= 'A' && s.s[i] <= 'Z')
			return true;
	return false;
}

/* Ids are told apart by case: those in capitals are not found. */
static void list(struct answer *a, const struct request *q)
{
	struct str ids = query_get(q, "ids"), id, size = query_get(q, "page[size]");
	long page = size.n ? atol(arena_str(q->arena, size).s) : PAGE, n = 0;
	struct work w;

	buf_addz(&a->body, "{\"data\":[");
	while (str_split(&ids, ',', &id) && n < page) {
		work_find(&w, id, q->arena);
		if (has_capital(id) || w.kind != WORK_DATACITE || w.unlisted)
			continue;
		if (n++)
			buf_addc(&a->body, ',');
		work_datacite(&a->body, &w);
	}
	buf_addf(&a->body, "],\"meta\":{\"total\":%ld,\"totalPages\":1,\"page\":1}}", n);
}

void datacite_answer(struct answer *a, const struct request *q)
{
	a->type = "application/vnd.api+json";
	if (str_starts(q->path, STR("/dois/")))
		one(a, q, str_sub(q->path, 6, q->path.n));
	else
		list(a, q);
}
