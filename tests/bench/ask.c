/*
 * ask.c - ask registries about the ids on stdin, one a line, and tell what it cost
 *
 *     ask BASE [MAILTO] < IDS
 *
 * BASE is the address of tests/doubles. Prints the requests of each service, how often we were
 * told to slow down, the answers by kind, and the time.
 */
#include "base/buf.h"
#include "registry/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define IDS 200000

static unsigned answers[REGISTRY_DELETED + 1], records;

static void told(void *ctx, size_t index, const struct registry_result *result)
{
	(void)ctx, (void)index;
	answers[result->answer]++;
	records += result->record && result->record->csl.n;
}

static size_t read_ids(struct str *ids, struct arena *arena)
{
	char line[5000];
	size_t n = 0;

	while (n < IDS && fgets(line, sizeof(line), stdin))
		ids[n++] = arena_str(arena, str_trim(str_of(line)));
	return n;
}

static struct str at(struct arena *arena, const char *base, const char *path)
{
	return arena_fmt(arena, "%s/%s", base, path);
}

static void print(const struct registry *r, size_t n, long ms)
{
	struct registry_stats s = registry_stats(r);
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	printf("%zu ids: %u requests (doi.org %u, Crossref %u, DataCite %u, arXiv %u), "
	       "%u throttled\n",
	       n, s.requests, s.doi, s.crossref, s.datacite, s.arxiv, s.throttled);
	for (int i = 0; i <= REGISTRY_DELETED; i++)
		printf("%s%s %u", i ? ", " : "",
		       registry_answer_name((enum registry_answer)i), answers[i]);
	printf("; %u records\n%.1f s, %.2f s of processor, %ld KiB\n", records,
	       (double)ms / 1000,
	       (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
	       usage.ru_maxrss);
}

static bool ask(const char *base, const char *mailto, const struct str *ids, size_t n,
                struct arena *arena, struct err *err)
{
	struct http_range here;
	struct http_options web = {.user_agent = STR("bench"),
	                           .allow = &here,
	                           .allow_n = 1,
	                           .jobs = 16,
	                           .per_host = 4,
	                           .connect_ms = 5000,
	                           .total_ms = 30000,
	                           .retry_after_cap_s = 60};
	struct registry_options opt = {.doi = at(arena, base, "doi"),
	                               .handle = at(arena, base, "doi/api/handles"),
	                               .crossref = at(arena, base, "crossref"),
	                               .datacite = at(arena, base, "datacite"),
	                               .arxiv = at(arena, base, "arxiv"),
	                               .mailto = str_of(mailto),
	                               .told = told};
	struct registry *r;
	bool ok;
	long start;

	if (!http_range_parse(&here, STR("127.0.0.0/8")) ||
	    !http_open(&opt.http, &web, err))
		return false;
	if (!registry_open(&r, &opt, err)) {
		http_close(opt.http);
		return false;
	}
	start = http_now_ms();
	registry_ask(r, ids, n);
	ok = http_run(opt.http, err);
	registry_finish(r);
	print(r, n, http_now_ms() - start);
	registry_close(r);
	http_close(opt.http);
	return ok;
}

int main(int argc, char **argv)
{
	struct str *ids = mem_alloc(IDS * sizeof(*ids));
	struct arena arena = {0};
	struct err err = {0};
	bool ok;

	if (argc < 2)
		return 2;
	ok = ask(argv[1], argc > 2 ? argv[2] : NULL, ids, read_ids(ids, &arena), &arena,
	         &err);
	if (!ok)
		fprintf(stderr, "ask: %s\n", err.text);
	free(ids);
	arena_release(&arena);
	return ok ? 0 : 3;
}
