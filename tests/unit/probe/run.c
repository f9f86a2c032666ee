#include "probe/probe.h"

#include "../../servers/rogue.h"
#include "../check.h"

#include <stdlib.h>

#define MAX 400
/* A label too long for the network: the question never leaves this machine. */
#define FAR ".xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static struct rogue *rogue;
static struct arena arena;
static struct probe_answer answers[MAX];
static int times[MAX];
static size_t looked_up;

static void told(void *ctx, size_t index, const struct probe_answer *answer)
{
	struct probe_answer *a = &answers[index];

	(void)ctx;
	*a = *answer;
	a->reason = arena_str(&arena, answer->reason);
	a->final_url =
	        answer->final_url.s ? arena_str(&arena, answer->final_url) : STR_NONE;
	a->archived = answer->archived.s ? arena_str(&arena, answer->archived) : STR_NONE;
	a->etag = answer->etag.s ? arena_str(&arena, answer->etag) : STR_NONE;
	times[index]++;
}

/* Names here begin with what is to be said of them. */
static enum http_name lookup(const char *host)
{
	looked_up++;
	if (!strncmp(host, "nowhere", 7))
		return HTTP_NAME_NONE;
	return !strncmp(host, "silent", 6) ? HTTP_NAME_UNCERTAIN : HTTP_NAME_KNOWN;
}

static struct probe_options options(void)
{
	return (struct probe_options){.jobs = 20,
	                              .per_host = 2,
	                              .redirects = 5,
	                              .again_ms = 10,
	                              .archive_interval_ms = 10,
	                              .lookup = lookup,
	                              .usual_failures = -1,
	                              .told = told};
}

static const volatile sig_atomic_t *stop;

static struct probe_tally run_with(const struct probe_options *opt,
                                   const struct probe_url *urls, size_t n)
{
	struct http_range home;
	struct http_options http = {.user_agent = STR("test"),
	                            .allow = &home,
	                            .allow_n = 1,
	                            .jobs = 20,
	                            .per_host = 2,
	                            .connect_ms = 2000,
	                            .total_ms = 3000,
	                            .retry_after_cap_s = 1,
	                            .stop = stop};
	struct probe_tally tally;
	struct err err = {0};
	struct http *h;

	assert_true(http_range_parse(&home, STR("127.0.0.1-127.0.0.50")));
	memset(times, 0, sizeof(times));
	memset(answers, 0, sizeof(answers));
	assert_true(http_open(&h, &http, &err));
	assert_true(probe_run(h, opt, urls, n, &tally, &err));
	http_close(h);
	for (size_t i = 0; i < n; i++)
		if (times[i] != 1)
			fail_msg(STR_FMT " is told %d times", STR_ARG(urls[i].url),
			         times[i]);
	return tally;
}

static struct str at_server(const char *path)
{
	return arena_fmt(&arena, "http://127.0.0.1:%d%s", rogue_port(rogue), path);
}

static void answers_are_honest(void **state)
{
	static const struct {
		const char *path;
		enum probe_verdict verdict;
		const char *class;
		size_t requests; /* 0: libcurl repeats some of them itself */
	} cases[] = {
	        {"/ok/1", PROBE_ALIVE, "", 1},
	        {"/head/405", PROBE_ALIVE, "", 2},
	        {"/head/404/x", PROBE_ALIVE, "", 2},
	        {"/nothing", PROBE_DEAD, "not-found", 3},
	        {"/status/410", PROBE_DEAD, "gone", 3},
	        {"/status/500", PROBE_UNKNOWN, "server-error", 3},
	        {"/status/403", PROBE_UNKNOWN, "forbidden", 2},
	        {"/status/999", PROBE_UNKNOWN, "robot-wall", 2},
	        {"/flaky/2/x", PROBE_ALIVE, "", 3},
	        {"/busy/1/1/x", PROBE_ALIVE, "", 2},
	        {"/reset", PROBE_UNKNOWN, "reset", 0},
	        {"/close", PROBE_UNKNOWN, "reset", 0},
	        {"/flood", PROBE_UNKNOWN, "protocol", 2},
	        {"/line", PROBE_UNKNOWN, "protocol", 2},
	        {"/hang", PROBE_UNKNOWN, "timeout", 2},
	        {"/wall", PROBE_ALIVE, "", 2},
	        {"/chain/1", PROBE_REDIRECTED, "", 1},
	        {"/chain/9", PROBE_WARNING, "too-many-redirects", 1},
	        {"/say?HTTP/1.1%20302%20Found%0d%0aLocation:%20http://10.0.0.1/%0d%0a%0d%0a",
	         PROBE_BLOCKED, "private-address", 1},
	        {"/say?HTTP/1.1%20302%20Found%0d%0aLocation:%20javascript:alert(1)%0d%0a%0d%0a",
	         PROBE_BLOCKED, "scheme", 1},
	        {"/say?HTTP/1.1%20302%20Found%0d%0aLocation:%20http:/ok%0d%0a%0d%0a",
	         PROBE_WARNING, "bad-redirect", 1},
	        {"/say?HTTP/1.1%20404%20No%0d%0a%0d%0a%3ctitle%3eJust%20a%20moment...%3c/title%3e",
	         PROBE_UNKNOWN, "robot-wall", 2},
	};
	enum { N = sizeof(cases) / sizeof(cases[0]) };
	struct probe_options opt = options();
	struct probe_url urls[N] = {{.url = STR_NONE}};

	(void)state;
	for (size_t i = 0; i < N; i++)
		urls[i].url = at_server(cases[i].path);
	run_with(&opt, urls, N);
	for (size_t i = 0; i < N; i++) {
		size_t asked = rogue_count(rogue, cases[i].path);

		if (answers[i].verdict != cases[i].verdict ||
		    strcmp(answers[i].class, cases[i].class) != 0)
			fail_msg("%s: %d %s, " STR_FMT, cases[i].path, answers[i].verdict,
			         answers[i].class, STR_ARG(answers[i].reason));
		if (cases[i].requests && asked != cases[i].requests)
			fail_msg("%s: %zu requests, want %zu", cases[i].path, asked,
			         cases[i].requests);
	}
	assert_str(answers[16].final_url, at_server("/chain/0").s);
}

static void what_is_no_link_is_not_asked(void **state)
{
	struct probe_options opt = options();
	struct probe_url urls[] = {
	        {.url = STR("http:/ok")},
	        {.url = STR("http://me:secret@127.0.0.1/")},
	        {.url = STR("ftp://127.0.0.1/")},
	        {.url = STR("http://10.0.0.1/")},
	        {.url = STR("http://nowhere" FAR "/")},
	        {.url = STR("")},
	};

	(void)state;
	run_with(&opt, urls, 6);
	assert_int_equal(answers[0].verdict, PROBE_INVALID);
	assert_int_equal(answers[1].verdict, PROBE_INVALID);
	assert_string_equal(answers[2].class, "scheme");
	assert_string_equal(answers[3].class, "private-address");
	assert_string_equal(answers[4].class, "no-host");
	assert_int_equal(answers[5].verdict, PROBE_INVALID);
}

/* A name is dead only when somebody says so. */
static void names_are_looked_up_again(void **state)
{
	struct probe_options opt = options();
	struct probe_url urls[] = {
	        {.url = STR("http://nowhere" FAR "/1")},
	        {.url = STR("http://nowhere" FAR "/2")},
	        {.url = STR("http://silent1" FAR "/")},
	        {.url = STR("http://silent2" FAR "/")},
	        {.url = STR("http://silent3" FAR "/")},
	        {.url = STR("http://silent4" FAR "/")},
	        {.url = STR("http://back" FAR "/")},
	};

	(void)state;
	looked_up = 0;
	run_with(&opt, urls, 7);
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(answers[i].verdict, i < 2 ? PROBE_DEAD : PROBE_UNKNOWN);
		assert_string_equal(answers[i].class, i < 2 ? "no-host" : "dns");
	}
	/* Each name once, and a resolver that is silent is not asked for long. */
	assert_int_equal(looked_up, 4);
}

static void pages_and_places_are_looked_into(void **state)
{
	static const char soft[] =
	        "/say?HTTP/1.1%20200%20OK%0d%0aContent-Type:%20text/html%0d%0a%0d%0a"
	        "%3cTITLE%3ePage%20not%20found%3c/TITLE%3e";
	static const char page[] =
	        "/say?HTTP/1.1%20200%20OK%0d%0aContent-Type:%20text/html%0d%0a%0d%0a"
	        "%3cp%20id=here%3e";
	struct probe_options opt = options();
	const struct str here = STR("here"), nowhere = STR("nowhere");
	struct probe_url urls[] = {
	        {.url = at_server(soft)},
	        {.url = at_server(page), .fragments = &here, .fragments_n = 1},
	        {.url = at_server(page), .fragments = &nowhere, .fragments_n = 1},
	};

	(void)state;
	run_with(&opt, urls, 3);
	assert_int_equal(answers[0].verdict, PROBE_ALIVE);
	assert_int_equal(answers[1].verdict, PROBE_ALIVE);
	assert_string_equal(answers[2].class, "fragment");
	opt.pages = true;
	run_with(&opt, urls, 1);
	assert_string_equal(answers[0].class, "soft-404");
}

static void a_network_that_is_down_kills_no_links(void **state)
{
	enum { N = 40 };
	struct rogue *gone = rogue_start("127.0.0.1", NULL, ROGUE_H1);
	struct probe_options opt = options();
	struct probe_url urls[N] = {{.url = STR_NONE}};
	struct probe_tally tally;
	int port = rogue_port(gone);

	(void)state;
	rogue_stop(gone);
	for (int i = 0; i < N; i++)
		urls[i].url = i % 4 ? arena_fmt(&arena, "http://127.0.0.%d:%d/",
		                                i % 20 + 2, port)
		                    : arena_fmt(&arena, "http://nowhere%d" FAR "/", i);
	urls[0].url = at_server("/ok/there");
	urls[1].url = at_server("/gone");
	tally = run_with(&opt, urls, N);
	assert_int_equal(answers[0].verdict, PROBE_ALIVE);
	for (size_t i = 1; i < N; i++) {
		assert_int_equal(answers[i].verdict, PROBE_UNKNOWN);
		assert_string_equal(answers[i].class, "network");
	}
	assert_int_equal(tally.asked, N);
	assert_int_equal(tally.unreachable, N - 1);
	assert_int_equal(tally.dead, 0);
}

/* A host that has had enough is left alone; the others are not held up by it. */
static void throttling_hosts_are_left_alone(void **state)
{
	enum { N = 60 };
	struct probe_options opt = options();
	struct probe_url urls[N] = {{.url = STR_NONE}};

	(void)state;
	for (size_t i = 0; i < N; i++)
		urls[i].url = at_server(arena_fmt(&arena, "/busy/99/1/%zu", i).s);
	run_with(&opt, urls, N);
	for (size_t i = 0; i < N; i++)
		assert_string_equal(answers[i].class, "throttled");
	assert_true(rogue_count(rogue, "/busy/99/") < 20);
}

/* Nobody waits a thousand times for a host that is not there. */
static void silent_hosts_are_given_up(void **state)
{
	enum { N = 200 };
	struct probe_options opt = options();
	struct probe_url urls[N] = {{.url = STR_NONE}};

	(void)state;
	for (size_t i = 0; i < N; i++)
		urls[i].url = at_server(arena_fmt(&arena, "/close/silent/%zu", i).s);
	run_with(&opt, urls, N);
	for (size_t i = 0; i < N; i++) {
		assert_int_equal(answers[i].verdict, PROBE_UNKNOWN);
		assert_string_equal(answers[i].class, "reset");
	}
	assert_true(rogue_count(rogue, "/close/silent/") < 60);
	/* One that answers now and then is asked. */
	for (size_t i = 0; i < N; i++)
		urls[i].url = at_server(
		        arena_fmt(&arena, i % 3 ? "/close/part/%zu" : "/ok/part/%zu", i)
		                .s);
	run_with(&opt, urls, N);
	for (size_t i = 0; i < N; i += 3)
		assert_int_equal(answers[i].verdict, PROBE_ALIVE);
}

static void copies_are_looked_for(void **state)
{
	struct rogue *archive = rogue_start("127.0.0.3", NULL, ROGUE_H1);
	struct probe_options opt = options();
	struct probe_url urls[30] = {{.url = STR_NONE}};
	size_t found = 0;

	(void)state;
	/* The path that is asked for is /say?.../web/URL: it redirects to a copy. */
	opt.archive = arena_fmt(&arena,
	                        "http://127.0.0.3:%d/say?HTTP/1.1%%20302%%20Found%%0d%%0a"
	                        "Location:%%20/web/20200120142510/http://a.example/"
	                        "%%0d%%0aX:%%20y%%0d%%0a%%0d%%0a",
	                        rogue_port(archive));
	for (size_t i = 0; i < 30; i++)
		urls[i].url = at_server(arena_fmt(&arena, "/lost/%zu", i).s);
	run_with(&opt, urls, 30);
	for (size_t i = 0; i < 30; i++) {
		assert_int_equal(answers[i].verdict, PROBE_DEAD);
		found += answers[i].archived.s != NULL;
	}
	assert_int_equal(found, 20);
	assert_int_equal(rogue_count(archive, "/say"), 20);
	assert_int_equal(rogue_peak(archive), 1);
	rogue_stop(archive);
	/* An archive that is down changes nothing. */
	run_with(&opt, urls, 1);
	assert_int_equal(answers[0].verdict, PROBE_DEAD);
	assert_null(answers[0].archived.s);
}

static volatile sig_atomic_t stopped;
static size_t before_stop;

static void stop_soon(void *ctx, size_t index, const struct probe_answer *answer)
{
	told(ctx, index, answer);
	if (++before_stop == 5)
		stopped = 1;
}

static void a_signal_leaves_what_is_known(void **state)
{
	struct probe_options opt = options();
	struct probe_url urls[MAX] = {{.url = STR_NONE}};
	size_t alive = 0, open = 0;

	(void)state;
	opt.told = stop_soon;
	stop = &stopped;
	for (size_t i = 0; i < MAX; i++)
		urls[i].url = at_server("/slow/20");
	run_with(&opt, urls, MAX);
	stop = NULL;
	for (size_t i = 0; i < MAX; i++) {
		alive += answers[i].verdict == PROBE_ALIVE;
		open += answers[i].verdict == PROBE_NOT_CHECKED;
	}
	assert_true(alive >= 5 && alive < 20);
	assert_int_equal(alive + open, MAX);
}

static void nothing_is_fine(void **state)
{
	struct probe_options opt = options();

	(void)state;
	assert_int_equal(run_with(&opt, NULL, 0).asked, 0);
}

static int set_up(void **state)
{
	(void)state;
	rogue = rogue_start("127.0.0.1", NULL, ROGUE_H1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	rogue_stop(rogue);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(answers_are_honest),
	        cmocka_unit_test(what_is_no_link_is_not_asked),
	        cmocka_unit_test(names_are_looked_up_again),
	        cmocka_unit_test(pages_and_places_are_looked_into),
	        cmocka_unit_test(a_network_that_is_down_kills_no_links),
	        cmocka_unit_test(throttling_hosts_are_left_alone),
	        cmocka_unit_test(silent_hosts_are_given_up),
	        cmocka_unit_test(copies_are_looked_for),
	        cmocka_unit_test(a_signal_leaves_what_is_known),
	        cmocka_unit_test(nothing_is_fine),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
