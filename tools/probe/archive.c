#include "probe/internal.h"

#include "base/limits.h"

#define ARCHIVE_TOTAL_MS 30000

struct question {
	struct http_request request;
	struct archive_item *item;
	struct arena *arena;
};

/* "/web/20200120142510/http://..." */
static bool is_copy(struct str path)
{
	size_t digits = 0;

	if (!str_starts(path, STR("/web/")))
		return false;
	while (5 + digits < path.n && path.s[5 + digits] >= '0' &&
	       path.s[5 + digits] <= '9')
		digits++;
	return digits >= 4 && digits <= 14;
}

static void answered(struct http *h, struct http_request *r,
                     const struct http_reply *reply)
{
	struct question *q = r->ctx;
	struct http_url base, to;
	const char *why;

	(void)h;
	if (reply->outcome != HTTP_REPLIED || reply->status < 301 || reply->status > 308)
		return;
	if (http_url_parse(&base, q->arena, reply->url, &why) &&
	    http_url_resolve(&to, q->arena, &base, http_header_get(reply, "location"),
	                     &why) &&
	    is_copy(to.path) && http_url_same_origin(&base, &to))
		q->item->copy = to.text;
}

bool archive_ask(struct http *http, const struct probe_options *opt,
                 struct archive_item *items, size_t n, struct arena *a, struct err *err)
{
	size_t asked = n < LIMIT_ARCHIVE_QUESTIONS ? n : LIMIT_ARCHIVE_QUESTIONS;
	struct question *questions = arena_array(a, struct question, asked);
	struct http_pace pace = {.concurrent = 1,
	                         .per_interval = 1,
	                         .interval_ms = opt->archive_interval_ms};

	for (size_t i = 0; i < asked; i++) {
		struct question *q = &questions[i];

		q->item = &items[i];
		q->arena = a;
		q->request = (struct http_request){
		        .method = "GET",
		        .url = arena_fmt(a, STR_FMT "/web/" STR_FMT,
		                         STR_ARG(opt->archive), STR_ARG(items[i].url)),
		        .pace = &pace,
		        .total_ms = ARCHIVE_TOTAL_MS,
		        .done = answered,
		        .ctx = q,
		};
		http_add(http, &q->request);
	}
	return http_run(http, err);
}
