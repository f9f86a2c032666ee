#include "link/asking.h"

void asking_told(struct asking *a)
{
	a->done++;
	if (a->opt->progress)
		a->opt->progress(a->opt->ctx, a->done, a->total);
}

bool asking_is_over(const struct asking *a)
{
	const struct http_options *http = &a->opt->http;

	return (http->stop && *http->stop) ||
	       (http->deadline_ms > 0 && http_now_ms() >= http->deadline_ms);
}

/* Citations are queued first: their services are slow, and the links go beside them. */
static bool ask_all(struct asking *a, struct err *err)
{
	struct ask_doi *dois = NULL;
	bool ok =
	        ask_doi_open(&dois, a, err) && ask_urls(a, err) && http_run(a->http, err);

	ask_doi_close(dois);
	return ok;
}

bool link_ask(struct link_set *set, const struct link_ask_options *opt, struct err *err)
{
	struct asking a = {.set = set, .opt = opt};
	bool ok = http_open(&a.http, &opt->http, err) && ask_all(&a, err);

	http_close(a.http);
	arena_release(&a.scratch);
	set->interrupted = a.done < a.total;
	if (ok && !set->interrupted)
		link_memory_finish(opt->memory);
	return ok;
}
