#include "probe/probe.h"

#include "../check.h"

#include <stdio.h>
#include <stdlib.h>

#define HOSTS 49 /* 127.0.0.2-50 */
#define EACH 10

static const char *folder; /* made by tests/servers/nginx.sh */
static int http_port, tls_port;
static struct arena arena;
static struct probe_answer answers[HOSTS * EACH];
static size_t told_n;

static void told(void *ctx, size_t index, const struct probe_answer *answer)
{
	(void)ctx;
	answers[index] = *answer;
	answers[index].reason = arena_str(&arena, answer->reason);
	answers[index].final_url = arena_str(&arena, answer->final_url);
	answers[index].etag = arena_str(&arena, answer->etag);
	told_n++;
}

static void ask(const struct probe_url *urls, size_t n)
{
	struct http_range home;
	struct probe_options opt = {.jobs = 50,
	                            .per_host = 2,
	                            .redirects = 5,
	                            .again_ms = 10,
	                            .usual_failures = -1,
	                            .told = told};
	struct http_options http = {
	        .user_agent = STR("test"),
	        .ca_file = arena_fmt(&arena, "%s/ca.pem", folder),
	        .allow = &home,
	        .allow_n = 1,
	        .jobs = 50,
	        .per_host = 2,
	        .connect_ms = 10000,
	        .total_ms = 20000,
	        .retry_after_cap_s = 1,
	};
	struct err err = {0};
	struct http *h;

	told_n = 0;
	assert_true(http_range_parse(&home, STR("127.0.0.2-127.0.0.50")));
	assert_true(http_open(&h, &http, &err));
	assert_true(probe_run(h, &opt, urls, n, NULL, &err));
	http_close(h);
	assert_int_equal(told_n, n);
}

static struct str at(const char *scheme, size_t host, const char *path)
{
	return arena_fmt(&arena, "%s://127.0.0.%zu:%d%s", scheme, host + 2,
	                 scheme[4] ? tls_port : http_port, path);
}

/* Distinct connections of one address; nginx numbers them. */
static size_t connections(const char *address, const char *uri)
{
	char line[400], host[50], method[20], path[200], seen[40][20];
	struct str name = arena_fmt(&arena, "%s/access.log", folder);
	FILE *f = fopen(name.s, "r");
	size_t n = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		char number[20];
		size_t i = 0;

		if (sscanf(line, "%49s %19s %19s %199s", host, number, method, path) !=
		            4 ||
		    strcmp(host, address) != 0 || strncmp(path, uri, strlen(uri)) != 0)
			continue;
		while (i < n && strcmp(seen[i], number) != 0)
			i++;
		if (i == n && n < 40)
			snprintf(seen[n++], sizeof(seen[0]), "%s", number);
	}
	fclose(f);
	return n;
}

static void check_all(const char *scheme, const char *prefix)
{
	struct probe_url *urls = arena_array(&arena, struct probe_url, HOSTS * EACH);

	for (size_t i = 0; i < HOSTS * EACH; i++)
		urls[i].url = at(scheme, i % HOSTS,
		                 arena_fmt(&arena, "%s/%zu.html", prefix, i / HOSTS).s);
	ask(urls, HOSTS * EACH);
	for (size_t i = 0; i < HOSTS * EACH; i++)
		if (answers[i].verdict != PROBE_ALIVE)
			fail_msg(STR_FMT ": %s, " STR_FMT, STR_ARG(urls[i].url),
			         answers[i].class, STR_ARG(answers[i].reason));
	for (size_t host = 0; host < HOSTS; host++) {
		struct str address = arena_fmt(&arena, "127.0.0.%zu", host + 2);
		size_t n = connections(address.s, prefix);

		if (n < 1 || n > 2)
			fail_msg("%zu connections to " STR_FMT, n, STR_ARG(address));
	}
}

static void many_hosts_are_asked_over_few_connections(void **state)
{
	(void)state;
	check_all("http", "/plain");
	check_all("https", "/secure");
}

static void pages_are_judged(void **state)
{
	static const struct str there[] = {{"there", 5}}, nowhere[] = {{"nowhere", 7}};
	static const struct {
		const char *path;
		const struct str *fragment;
		enum probe_verdict verdict;
		const char *class, *final;
	} cases[] = {
	        {"/plain/0.html", NULL, PROBE_ALIVE, "", ""},
	        {"/plain/0.html", there, PROBE_ALIVE, "", ""},
	        {"/plain/0.html", nowhere, PROBE_WARNING, "fragment", ""},
	        {"/nothing.html", NULL, PROBE_DEAD, "not-found", ""},
	        {"/gone", NULL, PROBE_DEAD, "gone", ""},
	        {"/moved", NULL, PROBE_REDIRECTED, "", "/plain/0.html"},
	        {"/elsewhere", NULL, PROBE_ALIVE, "", "/plain/0.html"},
	        {"/loop", NULL, PROBE_WARNING, "too-many-redirects", ""},
	        {"/home", NULL, PROBE_ALIVE, "", "/"},
	        {"/was/here.html", NULL, PROBE_WARNING, "soft-404", "/"},
	        {"/private", NULL, PROBE_BLOCKED, "private-address", NULL},
	        {"/closed", NULL, PROBE_UNKNOWN, "forbidden", ""},
	        {"/down", NULL, PROBE_UNKNOWN, "server-error", ""},
	        {"/nohead", NULL, PROBE_ALIVE, "", ""},
	};
	enum { N = sizeof(cases) / sizeof(cases[0]) };

	(void)state;
	for (int secure = 0; secure < 2; secure++) {
		const char *scheme = secure ? "https" : "http";
		struct probe_url urls[N] = {{.url = STR_NONE}};

		for (size_t i = 0; i < N; i++) {
			urls[i].url = at(scheme, i, cases[i].path);
			urls[i].fragments = cases[i].fragment;
			urls[i].fragments_n = cases[i].fragment ? 1 : 0;
		}
		ask(urls, N);
		for (size_t i = 0; i < N; i++) {
			const char *final = cases[i].final;

			if (answers[i].verdict != cases[i].verdict ||
			    strcmp(answers[i].class, cases[i].class) != 0)
				fail_msg(STR_FMT ": %d %s, " STR_FMT,
				         STR_ARG(urls[i].url), answers[i].verdict,
				         answers[i].class, STR_ARG(answers[i].reason));
			if (final && (answers[i].final_url.n != 0) != (*final != 0))
				fail_msg(STR_FMT " leads to " STR_FMT,
				         STR_ARG(urls[i].url),
				         STR_ARG(answers[i].final_url));
			if (final && *final &&
			    !str_ends(answers[i].final_url, str_of(final)))
				fail_msg(STR_FMT " leads to " STR_FMT,
				         STR_ARG(urls[i].url),
				         STR_ARG(answers[i].final_url));
		}
	}
}

/* What has not changed is not sent again. */
static void validators_are_sent(void **state)
{
	struct probe_url url = {.url = at("http", 0, "/plain/1.html")};

	(void)state;
	ask(&url, 1);
	assert_true(answers[0].etag.n > 0);
	assert_int_equal(answers[0].status, 200);
	url.etag = answers[0].etag;
	ask(&url, 1);
	assert_int_equal(answers[0].status, 304);
	assert_int_equal(answers[0].verdict, PROBE_ALIVE);
}

static bool read_ports(void)
{
	struct str name = arena_fmt(&arena, "%s/ports", folder);
	FILE *f = fopen(name.s, "r");
	int n = f ? fscanf(f, "%d %d", &http_port, &tls_port) : 0;

	if (f)
		fclose(f);
	return n == 2;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(many_hosts_are_asked_over_few_connections),
	        cmocka_unit_test(pages_are_judged),
	        cmocka_unit_test(validators_are_sent),
	};
	int failed;

	if (argc < 2)
		return 77;
	folder = argv[1];
	if (!read_ports())
		return 77;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}
