#include "http/http.h"

#include "../../servers/rogue.h"
#include "../check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A label too long for the network: the question never leaves this machine. */
#define FAR ".xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static struct rogue *rogue, *other;
static struct arena arena;

/* What a reply said, kept past done(). */
struct told {
	enum http_outcome outcome;
	enum http_tls tls;
	enum http_bar bar;
	int status;
	bool truncated;
	size_t hops_n;
	int hop_status;
	long retry_after_s;
	struct str url, body, reason, header;
	const char *want_header;
	int times;
	long at;
};

static void keep(struct http *h, struct http_request *r, const struct http_reply *reply)
{
	struct told *t = r->ctx;

	(void)h;
	t->outcome = reply->outcome;
	t->tls = reply->tls;
	t->bar = reply->bar;
	t->status = reply->status;
	t->truncated = reply->truncated;
	t->hops_n = reply->hops_n;
	t->hop_status = reply->hops_n ? reply->hops[0].status : 0;
	t->retry_after_s = reply->retry_after_s;
	t->url = arena_str(&arena, reply->url);
	t->body = arena_str(&arena, reply->body);
	t->reason = reply->reason.s ? arena_str(&arena, reply->reason) : STR_NONE;
	if (t->want_header)
		t->header = arena_str(&arena, http_header_get(reply, t->want_header));
	t->times++;
	t->at = http_now_ms();
}

static struct http_options options(void)
{
	static struct http_range home;

	assert_true(http_range_parse(&home, STR("127.0.0.1-127.0.0.50")));
	return (struct http_options){
	        .user_agent = STR("stemma-test"),
	        .allow = &home,
	        .allow_n = 1,
	        .jobs = 20,
	        .per_host = 2,
	        .connect_ms = 5000,
	        .total_ms = 20000,
	        .retry_after_cap_s = 1,
	};
}

static struct str at_server(const struct rogue *r, const char *path)
{
	return arena_fmt(&arena, "http://127.0.0.%d:%d%s", r == rogue ? 1 : 2,
	                 rogue_port(r), path);
}

static struct http_request request(const char *method, struct str url, struct told *t)
{
	*t = (struct told){.want_header = t->want_header};
	return (struct http_request){.method = method,
	                             .url = url,
	                             .keep = 100000,
	                             .redirects = 5,
	                             .done = keep,
	                             .ctx = t};
}

static void run_with(const struct http_options *opt, struct http_request *r, size_t n)
{
	struct http *h;
	struct err err = {0};

	assert_true(http_open(&h, opt, &err));
	for (size_t i = 0; i < n; i++)
		http_add(h, &r[i]);
	assert_true(http_run(h, &err));
	http_close(h);
}

static struct told ask_url(const char *method, struct str url)
{
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request(method, url, &t);

	run_with(&opt, &r, 1);
	assert_int_equal(t.times, 1);
	return t;
}

static struct told ask(const char *method, const char *path)
{
	return ask_url(method, at_server(rogue, path));
}

static void assert_outcome(struct told t, enum http_outcome want, const char *reason)
{
	if (t.outcome != want)
		fail_msg("outcome %d, want %d: " STR_FMT, t.outcome, want,
		         STR_ARG(t.reason));
	if (reason && (!t.reason.s || !strstr(t.reason.s, reason)))
		fail_msg("\"" STR_FMT "\", want \"%s\"", STR_ARG(t.reason), reason);
}

/* ---- replies ---- */

static void replies_arrive(void **state)
{
	struct told t = ask("GET", "/ok");

	(void)state;
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_int_equal(t.status, 200);
	assert_str(t.body, "ok");
	assert_null(t.reason.s);
	assert_int_equal(t.retry_after_s, -1);
	assert_str(t.url, at_server(rogue, "/ok").s);
	t = ask("HEAD", "/ok");
	assert_int_equal(t.status, 200);
	assert_int_equal(t.body.n, 0);
	assert_int_equal(ask("GET", "/status/404").status, 404);
	assert_int_equal(ask("HEAD", "/head/405").status, 405);
}

static void headers_are_told(void **state)
{
	struct http_options opt = options();
	struct told t = {.want_header = "x-one"};
	struct http_request r = request(
	        "GET",
	        at_server(rogue,
	                  "/say?HTTP/1.1%20103%20Early%0d%0aX-One:%20no%0d%0a%0d%0a"
	                  "HTTP/1.1%20200%20OK%0d%0aX-ONE:%20%20yes%20%0d%0a%0d%0aend"),
	        &t);

	(void)state;
	run_with(&opt, &r, 1);
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_str(t.header, "yes");
	assert_str(t.body, "end");
}

static void bodies_are_sent(void **state)
{
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request("POST", at_server(rogue, "/echo"), &t);
	const struct http_header header = {STR("X-Token"), STR("secret")};
	char name[] = "/tmp/upload-XXXXXX";

	(void)state;
	r.body = STR("a=b");
	r.headers = &header;
	r.headers_n = 1;
	run_with(&opt, &r, 1);
	assert_non_null(strstr(t.body.s, "POST /echo HTTP/1.1\r\n"));
	assert_non_null(strstr(t.body.s, "\r\n\r\na=b"));
	assert_non_null(strstr(t.body.s, "X-Token: secret\r\n"));
	assert_non_null(strstr(t.body.s, "User-Agent: stemma-test\r\n"));
	assert_null(strstr(t.body.s, "Expect:"));

	r = request("PUT", at_server(rogue, "/echo"), &t);
	r.body_fd = mkstemp(name);
	assert_int_equal(write(r.body_fd, "0123456789", 10), 10);
	r.body_size = 10;
	run_with(&opt, &r, 1);
	assert_non_null(strstr(t.body.s, "PUT /echo HTTP/1.1\r\n"));
	assert_non_null(strstr(t.body.s, "\r\n\r\n0123456789"));
	r.body_size = 20; /* more than there is */
	run_with(&opt, &r, 1);
	assert_outcome(t, HTTP_RESET, "cannot be read");
	close(r.body_fd);
	unlink(name);
}

/* ---- servers that misbehave ---- */

static void broken_answers_are_no_answers(void **state)
{
	(void)state;
	assert_outcome(ask("GET", "/reset"), HTTP_RESET, "broke");
	assert_outcome(ask("GET", "/close"), HTTP_RESET, "without an answer");
	assert_outcome(ask("GET", "/say?HTTP/1.1%20200%20OK%0d%0a"), HTTP_RESET, "broke");
	assert_outcome(ask("GET", "/say?HTTP/1.1%20200%20OK%0d%0aContent-Le"), HTTP_RESET,
	               "broke");
	assert_outcome(ask("GET", "/say?HTTP/1.1%20200%20OK%0d%0aContent-Length:%20100"
	                          "%0d%0a%0d%0ashort"),
	               HTTP_RESET, "the answer broke off");
	assert_outcome(ask("GET", "/say?SSH-2.0-OpenSSH_9.2%0d%0a"), HTTP_PROTOCOL,
	               "not HTTP");
	assert_outcome(ask("GET", "/say?HTTP/9.9%20nonsense%0d%0a%0d%0a"), HTTP_PROTOCOL,
	               "not HTTP");
}

static void sizes_are_bounded(void **state)
{
	struct told t;

	(void)state;
	assert_outcome(ask("GET", "/flood"), HTTP_TOO_BIG, "header");
	assert_outcome(ask("GET", "/line"), HTTP_TOO_BIG, "header");
	t = ask("GET", "/big/5000000");
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_true(t.truncated);
	assert_int_equal(t.body.n, 100000);
	t = ask("GET", "/endless");
	assert_true(t.truncated);
	assert_int_equal(t.status, 200);
	t = ask("GET", "/bomb");
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_true(t.truncated);
	assert_int_equal(t.body.n, 100000);
	t = ask("GET", "/big/100000");
	assert_false(t.truncated);
	assert_int_equal(t.body.n, 100000);
}

static void time_is_bounded(void **state)
{
	struct http_options opt = options();
	struct told t[3] = {{0}};
	struct str body =
	        arena_fmt(&arena, "/drip?HTTP/1.1%%20200%%20OK%%0d%%0a%%0d%%0a%0200d", 0);
	struct http_request r[3] = {
	        request("GET", at_server(rogue, "/hang"), &t[0]),
	        request("GET", at_server(other, "/drip?HTTP/1.1%20200%0d%0a"), &t[1]),
	        request("GET", at_server(other, body.s), &t[2]),
	};

	(void)state;
	opt.total_ms = 3000;
	run_with(&opt, r, 3);
	assert_outcome(t[0], HTTP_TIMEOUT, "no answer came in time");
	assert_outcome(t[1], HTTP_RESET, "broke");
	assert_outcome(t[2], HTTP_TIMEOUT, "did not end in time");
}

/* ---- addresses ---- */

static void private_addresses_are_not_reached(void **state)
{
	static const char *const hosts[] = {
	        "127.0.0.1",          "127.1",      "0x7f000001",
	        "2130706433",         "0177.0.0.1", "localhost",
	        "[::ffff:127.0.0.1]", "[::1]",      "0",
	};
	struct http_options opt = options();
	struct http_range elsewhere;
	size_t before = rogue_connections(rogue);

	(void)state;
	/* Another range is open, so that ports do not decide. */
	assert_true(http_range_parse(&elsewhere, STR("127.0.0.99")));
	opt.allow = &elsewhere;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		struct told t = {0};
		struct http_request r = request(
		        "GET",
		        arena_fmt(&arena, "http://%s:%d/ok", hosts[i], rogue_port(rogue)),
		        &t);

		run_with(&opt, &r, 1);
		assert_outcome(t, HTTP_BLOCKED, "not public");
		assert_int_equal(t.bar, HTTP_BAR_ADDRESS);
	}
	assert_int_equal(rogue_connections(rogue), before);
}

static void ports_and_schemes_are_barred(void **state)
{
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request("GET", STR("http://8.8.8.8:22/"), &t);

	(void)state;
	run_with(&opt, &r, 1);
	assert_outcome(t, HTTP_BLOCKED, "port 22");
	assert_int_equal(t.bar, HTTP_BAR_PORT);
	opt.allow_n = 0;
	r = request("GET", STR("http://nowhere" FAR ":6379/"), &t);
	run_with(&opt, &r, 1);
	assert_outcome(t, HTTP_BLOCKED, "port 6379");
	t = ask_url("GET", STR("ftp://127.0.0.1/x"));
	assert_outcome(t, HTTP_BLOCKED, "only http");
	assert_int_equal(t.bar, HTTP_BAR_SCHEME);
	assert_outcome(ask_url("GET", STR("mailto:a@example.org")), HTTP_BLOCKED,
	               "only http");
	t = ask_url("GET", STR("http://me:secret@127.0.0.1/"));
	assert_outcome(t, HTTP_BAD_URL, "password");
	assert_str(t.url, "http://***@127.0.0.1/");
	assert_outcome(ask_url("GET", STR("http:/ok")), HTTP_BAD_URL, "slashes");
	assert_outcome(ask_url("GET", STR("http://nowhere" FAR "/")), HTTP_NO_HOST, NULL);
}

static void names_can_be_looked_up(void **state)
{
	(void)state;
	assert_int_equal(http_lookup("localhost"), HTTP_NAME_KNOWN);
	assert_int_equal(http_lookup("nowhere" FAR), HTTP_NAME_NONE);
}

static void closed_ports_refuse(void **state)
{
	struct rogue *gone = rogue_start("127.0.0.1", NULL, ROGUE_H1);
	struct str url = arena_fmt(&arena, "http://127.0.0.1:%d/", rogue_port(gone));

	(void)state;
	rogue_stop(gone);
	assert_outcome(ask_url("GET", url), HTTP_REFUSED, "no connections");
}

/* ---- redirects ---- */

static struct told redirected(const char *location)
{
	struct str path = arena_fmt(
	        &arena,
	        "/say?HTTP/1.1%%20302%%20Found%%0d%%0aLocation:%%20%s%%0d%%0a%%0d%%0a",
	        location);

	return ask("GET", path.s);
}

static void redirects_are_followed(void **state)
{
	struct told t = ask("GET", "/chain/3");

	(void)state;
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_int_equal(t.status, 200);
	assert_int_equal(t.hops_n, 3);
	assert_int_equal(t.hop_status, 301);
	assert_str(t.url, at_server(rogue, "/chain/0").s);
	t = ask("HEAD", "/chain/6");
	assert_outcome(t, HTTP_REDIRECTS, "more than 5");
	assert_int_equal(t.status, 301);
	t = ask("GET", "/wall");
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_int_equal(t.status, 200);
	assert_int_equal(t.hops_n, 1);
	/* The cookie is gone with the request. */
	assert_int_equal(ask("GET", "/wall").hops_n, 1);
}

static void redirects_can_be_looked_at(void **state)
{
	struct http_options opt = options();
	struct told t = {.want_header = "location"};
	struct http_request r = request("GET", at_server(rogue, "/chain/3"), &t);

	(void)state;
	r.redirects = 0;
	run_with(&opt, &r, 1);
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_int_equal(t.status, 301);
	assert_str(t.header, "/chain/2");
}

static void redirects_are_checked_like_urls(void **state)
{
	struct told t;

	(void)state;
	t = redirected("http://10.1.2.3/");
	assert_outcome(t, HTTP_BLOCKED, "10.1.2.3 is not public");
	assert_int_equal(t.bar, HTTP_BAR_ADDRESS);
	assert_str(t.url, "http://10.1.2.3/");
	t = redirected("http://169.254.169.254/latest/meta-data");
	assert_outcome(t, HTTP_BLOCKED, NULL);
	t = redirected("ftp://127.0.0.1/");
	assert_outcome(t, HTTP_BLOCKED, "neither http");
	assert_int_equal(t.bar, HTTP_BAR_SCHEME);
	assert_outcome(redirected("file:///etc/passwd"), HTTP_BLOCKED, NULL);
	assert_outcome(redirected("gopher://127.0.0.1:25/"), HTTP_BLOCKED, NULL);
	assert_outcome(redirected("javascript:alert(1)"), HTTP_BLOCKED, NULL);
	assert_outcome(redirected("http:/ok"), HTTP_BAD_URL, "slashes");
	assert_outcome(redirected("http://u:p@127.0.0.1/"), HTTP_BAD_URL, "password");
	t = redirected("http://127.0.0.1%2520x/");
	assert_outcome(t, HTTP_BAD_URL, NULL);
}

/* Secrets stay with the host they are for. */
static void headers_stay_at_home(void **state)
{
	const struct http_header headers[] = {
	        {STR("X-Api-Key"), STR("secret")},
	        {STR("Authorization"), STR("Bearer secret")},
	        {STR("Accept"), STR("application/x-test")},
	        {STR("X-Bad"), STR("a\r\nX-Injected: b")},
	};
	struct http_options opt = options();
	struct told t = {0};
	struct str to = arena_fmt(&arena,
	                          "/say?HTTP/1.1%%20302%%20Found%%0d%%0aLocation:%%20"
	                          "http://127.0.0.2:%d/echo%%0d%%0a%%0d%%0a",
	                          rogue_port(other));
	struct http_request r = request("GET", at_server(rogue, to.s), &t);

	(void)state;
	r.headers = headers;
	r.headers_n = 4;
	run_with(&opt, &r, 1);
	assert_int_equal(t.status, 200);
	assert_null(strstr(t.body.s, "secret"));
	assert_non_null(strstr(t.body.s, "Accept: application/x-test\r\n"));
	r = request("GET", at_server(rogue, "/echo"), &t);
	r.headers = headers;
	r.headers_n = 4;
	run_with(&opt, &r, 1);
	assert_non_null(strstr(t.body.s, "X-Api-Key: secret\r\n"));
	assert_null(strstr(t.body.s, "X-Injected"));
}

static void the_environment_is_not_asked(void **state)
{
	(void)state;
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
	assert_int_equal(ask("GET", "/ok").status, 200);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
}

static void a_proxy_is_used_when_given(void **state)
{
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request("GET", STR("http://somewhere.example/echo"), &t);

	(void)state;
	setenv("no_proxy", "*", 1);
	opt.proxy = at_server(rogue, "");
	run_with(&opt, &r, 1);
	unsetenv("no_proxy");
	assert_outcome(t, HTTP_REPLIED, NULL);
	assert_int_equal(rogue_count(rogue, "http://somewhere.example/echo"), 1);
}

/* ---- politeness ---- */

static void hosts_are_not_overrun(void **state)
{
	enum { N = 30 };
	struct rogue *busy = rogue_start("127.0.0.1", NULL, ROGUE_H1);
	struct http_options opt = options();
	struct http_request r[N];
	struct told t[N] = {{0}};

	(void)state;
	for (size_t i = 0; i < N; i++)
		r[i] = request("GET",
		               arena_fmt(&arena, "http://127.0.0.1:%d/slow/20",
		                         rogue_port(busy)),
		               &t[i]);
	run_with(&opt, r, N);
	for (size_t i = 0; i < N; i++)
		assert_int_equal(t[i].status, 200);
	assert_true(rogue_peak(busy) <= 2);
	assert_true(rogue_connections(busy) <= 2);
	rogue_stop(busy);
}

/* One request that hangs leaves the host's other connection to the rest. */
static void one_that_hangs_holds_up_nobody(void **state)
{
	struct rogue *fresh = rogue_start("127.0.0.1", NULL, ROGUE_H1);
	struct http_options opt = options();
	struct told t[5] = {{0}};
	struct http_request r[5];

	(void)state;
	opt.total_ms = 3000;
	for (int i = 0; i < 5; i++)
		r[i] = request("GET",
		               arena_fmt(&arena, "http://127.0.0.1:%d/%s/%d",
		                         rogue_port(fresh), i ? "ok" : "hang", i),
		               &t[i]);
	run_with(&opt, r, 5);
	rogue_stop(fresh);
	assert_outcome(t[0], HTTP_TIMEOUT, NULL);
	for (int i = 1; i < 5; i++) {
		assert_int_equal(t[i].status, 200);
		assert_true(t[i].at < t[0].at);
	}
}

static void starts_keep_their_interval(void **state)
{
	struct http_options opt = options();
	struct told t[4] = {{0}};
	struct http_request r[4];
	long from = http_now_ms();

	(void)state;
	opt.interval_ms = 100;
	for (size_t i = 0; i < 4; i++)
		r[i] = request("GET", at_server(rogue, "/ok"), &t[i]);
	r[3].not_before_ms = from + 600;
	run_with(&opt, r, 4);
	assert_true(t[2].at - from >= 200);
	assert_true(t[3].at - from >= 600);
}

static void paces_follow_the_service(void **state)
{
	struct http_pace pace = {
	        .concurrent = 5, .per_interval = 100, .interval_ms = 1000};
	struct http_options opt = options();
	struct told t[3] = {{0}};
	struct http_request r[3] = {
	        request("GET",
	                at_server(
	                        rogue,
	                        "/say?HTTP/1.1%20200%20OK%0d%0aX-Rate-Limit-Limit:%202%0d%0a"
	                        "X-Rate-Limit-Interval:%201s%0d%0aX-Concurrency-Limit:%201"
	                        "%0d%0a%0d%0a"),
	                &t[0]),
	        request("GET", at_server(rogue, "/busy/0/9/pace"), &t[1]),
	        request("GET", at_server(other, "/busy/1/100/pace"), &t[2]),
	};
	long from = http_now_ms();

	(void)state;
	for (size_t i = 0; i < 3; i++)
		r[i].pace = &pace;
	run_with(&opt, r, 1);
	assert_int_equal(pace.per_interval, 2);
	assert_int_equal(pace.interval_ms, 1000);
	assert_int_equal(pace.concurrent, 1);
	pace = (struct http_pace){0};
	run_with(&opt, r + 2, 1);
	assert_int_equal(t[2].status, 429);
	assert_int_equal(t[2].retry_after_s, 100);
	/* Cut to the cap. */
	assert_true(pace.pause_until >= from + 1000);
	assert_true(pace.pause_until <= http_now_ms() + 1000);
}

static void a_pace_of_a_year_is_not_kept(void **state)
{
	struct http_pace pace = {.per_interval = 1, .interval_ms = 1};
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request(
	        "GET",
	        at_server(rogue,
	                  "/say?HTTP/1.1%20200%20OK%0d%0aX-Rate-Limit-Limit:%201%0d%0a"
	                  "X-Rate-Limit-Interval:%2031622400s%0d%0a%0d%0a"),
	        &t);

	(void)state;
	r.pace = &pace;
	run_with(&opt, &r, 1);
	assert_int_equal(pace.per_interval, 1);
	assert_int_equal(pace.interval_ms, opt.retry_after_cap_s * 1000);
}

static void again(struct http *h, struct http_request *r, const struct http_reply *reply)
{
	struct told *t = r->ctx;
	int times = t->times;

	keep(h, r, reply);
	t->times = times + 1;
	if (reply->status == 429)
		http_add(h, r);
}

static void throttled_requests_can_be_added_again(void **state)
{
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request("GET", at_server(rogue, "/busy/2/1/again"), &t);
	long from = http_now_ms();

	(void)state;
	r.done = again;
	run_with(&opt, &r, 1);
	assert_int_equal(t.times, 3);
	assert_int_equal(t.status, 200);
	assert_true(t.at - from >= 2000);
}

static volatile sig_atomic_t stopped;

static void stop_now(struct http *h, struct http_request *r,
                     const struct http_reply *reply)
{
	keep(h, r, reply);
	stopped = 1;
}

static void a_signal_ends_the_run(void **state)
{
	struct http_options opt = options();
	struct http_pace pace = {.concurrent = 1};
	struct told t[6] = {{0}};
	struct http_request r[6];

	(void)state;
	for (size_t i = 0; i < 6; i++)
		r[i] = request("GET", at_server(rogue, i ? "/hang" : "/ok"), &t[i]);
	r[0].done = stop_now;
	r[3].pace = r[4].pace = &pace;
	r[5].not_before_ms = http_now_ms() + 100000;
	opt.stop = &stopped;
	run_with(&opt, r, 6);
	assert_int_equal(t[0].status, 200);
	for (size_t i = 1; i < 6; i++) {
		assert_int_equal(t[i].times, 1);
		assert_outcome(t[i], HTTP_STOPPED, NULL);
	}
}

static void a_deadline_ends_the_run(void **state)
{
	struct http_options opt = options();
	struct told t = {0};
	struct http_request r = request("GET", at_server(rogue, "/hang"), &t);

	(void)state;
	opt.deadline_ms = http_now_ms() + 300;
	run_with(&opt, &r, 1);
	assert_outcome(t, HTTP_STOPPED, "not waited for");
}

static void many_redirects_to_one_host_fit(void **state)
{
	enum { N = 200 };
	struct http_options opt = options();
	struct http_request *r = arena_array(&arena, struct http_request, N);
	struct told *t = arena_array(&arena, struct told, N);
	struct str to = arena_fmt(&arena,
	                          "/say?HTTP/1.1%%20302%%20Found%%0d%%0aLocation:%%20"
	                          "http://127.0.0.2:%d/ok%%0d%%0a%%0d%%0a",
	                          rogue_port(other));

	(void)state;
	opt.jobs = 4;
	for (size_t i = 0; i < N; i++)
		r[i] = request("HEAD", at_server(rogue, to.s), &t[i]);
	run_with(&opt, r, N);
	for (size_t i = 0; i < N; i++)
		assert_int_equal(t[i].status, 200);
}

static void retry_after_is_read(void **state)
{
	(void)state;
	assert_int_equal(http_retry_after(STR("120"), 0), 120);
	assert_int_equal(http_retry_after(STR(" 0 "), 0), 0);
	assert_int_equal(http_retry_after(STR("Thu, 01 Jan 1970 00:02:00 GMT"), 100), 20);
	assert_int_equal(http_retry_after(STR("Thu, 01 Jan 1970 00:02:00 GMT"), 500), 0);
	assert_int_equal(http_retry_after(STR("soon"), 0), -1);
	assert_int_equal(http_retry_after(STR("-5"), 0), -1);
	assert_int_equal(http_retry_after(STR(""), 0), -1);
	assert_true(http_retry_after(STR("99999999999999999999"), 0) <= 366L * 86400);
}

static int set_up(void **state)
{
	(void)state;
	rogue = rogue_start("127.0.0.1", NULL, ROGUE_H1);
	other = rogue_start("127.0.0.2", NULL, ROGUE_H1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	rogue_stop(rogue);
	rogue_stop(other);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(replies_arrive),
	        cmocka_unit_test(headers_are_told),
	        cmocka_unit_test(bodies_are_sent),
	        cmocka_unit_test(broken_answers_are_no_answers),
	        cmocka_unit_test(sizes_are_bounded),
	        cmocka_unit_test(time_is_bounded),
	        cmocka_unit_test(private_addresses_are_not_reached),
	        cmocka_unit_test(ports_and_schemes_are_barred),
	        cmocka_unit_test(names_can_be_looked_up),
	        cmocka_unit_test(closed_ports_refuse),
	        cmocka_unit_test(redirects_are_followed),
	        cmocka_unit_test(redirects_can_be_looked_at),
	        cmocka_unit_test(redirects_are_checked_like_urls),
	        cmocka_unit_test(headers_stay_at_home),
	        cmocka_unit_test(the_environment_is_not_asked),
	        cmocka_unit_test(a_proxy_is_used_when_given),
	        cmocka_unit_test(hosts_are_not_overrun),
	        cmocka_unit_test(one_that_hangs_holds_up_nobody),
	        cmocka_unit_test(starts_keep_their_interval),
	        cmocka_unit_test(paces_follow_the_service),
	        cmocka_unit_test(a_pace_of_a_year_is_not_kept),
	        cmocka_unit_test(throttled_requests_can_be_added_again),
	        cmocka_unit_test(a_signal_ends_the_run),
	        cmocka_unit_test(a_deadline_ends_the_run),
	        cmocka_unit_test(many_redirects_to_one_host_fit),
	        cmocka_unit_test(retry_after_is_read),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
