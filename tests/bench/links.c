/*
 * links.c - ask all links of a list, as `stemma links` does, and count the answers
 *
 *     links [-j JOBS] [-h PER-HOST] [-c CA-FILE] FILE
 *
 * FILE has a URL a line, on 127.0.0.0/8. Status 1 when one of them is not alive.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "probe/probe.h"

static size_t alive, others;

static void count(void *ctx, size_t index, const struct probe_answer *answer)
{
	const struct probe_url *urls = ctx;

	if (answer->verdict == PROBE_ALIVE) {
		alive++;
		return;
	}
	if (!others++)
		fprintf(stderr, "%.*s: %s, %.*s\n", STR_ARG(urls[index].url),
		        answer->class, STR_ARG(answer->reason));
}

static struct probe_url *read_list(struct arena *a, const char *path, size_t *n)
{
	struct probe_url *urls = NULL;
	size_t cap = 0;
	char *line = NULL;
	size_t size = 0;
	ssize_t got;
	FILE *f = fopen(path, "r");

	*n = 0;
	while (f && (got = getline(&line, &size, f)) > 0) {
		struct str url = str_trim((struct str){line, (size_t)got});
		struct probe_url *one = arena_push(a, urls, *n, cap);

		*one = (struct probe_url){.url = arena_str(a, url)};
	}
	free(line);
	if (f)
		fclose(f);
	return urls;
}

static int run(struct http_options *opt, const char *path)
{
	struct arena arena = {0};
	struct probe_options probe = {.jobs = opt->jobs,
	                              .per_host = opt->per_host,
	                              .redirects = 10,
	                              .again_ms = 1000,
	                              .usual_failures = -1,
	                              .told = count};
	struct err err = {0};
	struct http *http;
	size_t n;

	probe.ctx = read_list(&arena, path, &n);
	if (!http_open(&http, opt, &err) ||
	    !probe_run(http, &probe, probe.ctx, n, NULL, &err)) {
		fprintf(stderr, "links: %s\n", err.text);
		return 3;
	}
	http_close(http);
	arena_release(&arena);
	printf("%zu alive, %zu others\n", alive, others);
	return others || !alive;
}

int main(int argc, char **argv)
{
	struct http_range home;
	struct http_options opt = {.user_agent = STR("stemma-bench"),
	                           .allow = &home,
	                           .allow_n = 1,
	                           .jobs = 98,
	                           .per_host = 2,
	                           .connect_ms = 10000,
	                           .total_ms = 20000,
	                           .retry_after_cap_s = 1};
	int c;

	if (!http_range_parse(&home, STR("127.0.0.0/8")))
		return 3;
	while ((c = getopt(argc, argv, "j:h:c:")) != -1) {
		if (c == 'j')
			opt.jobs = atoi(optarg);
		else if (c == 'h')
			opt.per_host = atoi(optarg);
		else if (c == 'c')
			opt.ca_file = str_of(optarg);
		else
			return 2;
	}
	return argc == optind + 1 ? run(&opt, argv[optind]) : 2;
}
