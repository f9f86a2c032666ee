#include "link/asking.h"

void asking_told(struct asking *a)
{
	a->done++;
	if (a->opt->progress)
		a->opt->progress(a->opt->ctx, a->done, a->total);
}

static bool stopped(const struct link_ask_options *opt)
{
	return opt->http.stop && *opt->http.stop;
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
	set->interrupted = stopped(opt);
	if (ok && !set->interrupted)
		link_memory_finish(opt->memory);
	return ok;
}
