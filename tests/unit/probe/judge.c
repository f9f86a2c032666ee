#include "probe/probe.h"

#include "../check.h"

#include <stdlib.h>

static struct arena arena;

struct sample {
	const char *method, *asked;
	const char *final; /* NULL: no redirects */
	int hop; /* status of the redirect */
	int status;
	const char *header, *value; /* one of the reply's */
	const char *body;
	const char *fragment;
	/* wanted */
	enum probe_step step;
	enum probe_verdict verdict;
	const char *class, *reason;
};

static enum probe_step judge(struct probe_answer *answer, const struct sample *c,
                             struct http_reply reply)
{
	const struct http_header headers[] = {
	        {STR("content-type"), STR("text/html; charset=utf-8")},
	        {str_of(c->header), str_of(c->value)},
	};
	struct http_hop hop = {c->hop, str_of(c->final), STR_NONE};
	struct str fragment = str_of(c->fragment);
	struct probe_question q = {str_of(c->asked), c->method, &fragment,
	                           c->fragment ? 1 : 0, false};

	reply.url = str_of(c->final ? c->final : c->asked);
	reply.hops = &hop;
	reply.hops_n = c->final ? 1 : 0;
	reply.status = c->status;
	reply.body = str_of(c->body);
	reply.headers = headers;
	reply.headers_n = c->header ? 2 : 1;
	return probe_judge(answer, &q, &reply, &arena);
}

static void check(const struct sample *c, struct http_reply reply)
{
	struct probe_answer answer;
	enum probe_step step = judge(&answer, c, reply);

	if (step != c->step)
		fail_msg("%s %s %d: step %d, want %d", c->method, c->asked, c->status,
		         step, c->step);
	if (step == PROBE_GET)
		return;
	if (answer.verdict != c->verdict || strcmp(answer.class, c->class) != 0)
		fail_msg("%s %s %d: %d %s, want %d %s (" STR_FMT ")", c->method, c->asked,
		         c->status, answer.verdict, answer.class, c->verdict, c->class,
		         STR_ARG(answer.reason));
	if (c->reason && !strstr(arena_str(&arena, answer.reason).s, c->reason))
		fail_msg("\"" STR_FMT "\", want \"%s\"", STR_ARG(answer.reason),
		         c->reason);
}

#define A "https://a.example/paper"

static void replies_are_judged(void **state)
{
	static const struct sample cases[] = {
	        {"HEAD", A, NULL, 0, 200, NULL, NULL, NULL, NULL, PROBE_TELL, PROBE_ALIVE,
	         "", NULL},
	        {"HEAD", A, NULL, 0, 204, NULL, NULL, NULL, NULL, PROBE_TELL, PROBE_ALIVE,
	         "", NULL},
	        {"HEAD", A, NULL, 0, 304, NULL, NULL, NULL, NULL, PROBE_TELL, PROBE_ALIVE,
	         "", NULL},
	        /* HEAD proves nothing about what is missing */
	        {"HEAD", A, NULL, 0, 404, NULL, NULL, NULL, NULL, PROBE_GET, 0, "", NULL},
	        {"HEAD", A, NULL, 0, 405, NULL, NULL, NULL, NULL, PROBE_GET, 0, "", NULL},
	        {"HEAD", A, NULL, 0, 403, NULL, NULL, NULL, NULL, PROBE_GET, 0, "", NULL},
	        {"HEAD", A, NULL, 0, 501, NULL, NULL, NULL, NULL, PROBE_GET, 0, "", NULL},
	        {"HEAD", A, NULL, 0, 429, NULL, NULL, NULL, NULL, PROBE_AGAIN,
	         PROBE_UNKNOWN, "throttled", "429"},
	        {"HEAD", A, NULL, 0, 200, NULL, NULL, NULL, "x", PROBE_GET, 0, "", NULL},
	        {"GET", A, NULL, 0, 404, NULL, NULL, NULL, NULL, PROBE_AGAIN, PROBE_DEAD,
	         "not-found", "404"},
	        {"GET", A, NULL, 0, 410, NULL, NULL, NULL, NULL, PROBE_AGAIN, PROBE_DEAD,
	         "gone", "410"},
	        {"GET", A, NULL, 0, 401, NULL, NULL, NULL, NULL, PROBE_TELL,
	         PROBE_UNKNOWN, "login", "password"},
	        {"GET", A, NULL, 0, 403, NULL, NULL, "no", NULL, PROBE_TELL,
	         PROBE_UNKNOWN, "forbidden", NULL},
	        {"GET", A, NULL, 0, 418, NULL, NULL, NULL, NULL, PROBE_TELL,
	         PROBE_UNKNOWN, "client-error", NULL},
	        {"GET", A, NULL, 0, 451, NULL, NULL, NULL, NULL, PROBE_TELL,
	         PROBE_UNKNOWN, "legal", NULL},
	        {"GET", A, NULL, 0, 500, NULL, NULL, NULL, NULL, PROBE_AGAIN,
	         PROBE_UNKNOWN, "server-error", NULL},
	        {"GET", A, NULL, 0, 503, NULL, NULL, NULL, NULL, PROBE_AGAIN,
	         PROBE_UNKNOWN, "server-error", NULL},
	        {"GET", A, NULL, 0, 302, NULL, NULL, NULL, NULL, PROBE_TELL,
	         PROBE_UNKNOWN, "redirect", NULL},
	        /* walls */
	        {"GET", A, NULL, 0, 999, NULL, NULL, NULL, NULL, PROBE_TELL,
	         PROBE_UNKNOWN, "robot-wall", NULL},
	        {"GET", A, NULL, 0, 403, "cf-mitigated", "challenge", NULL, NULL,
	         PROBE_TELL, PROBE_UNKNOWN, "robot-wall", NULL},
	        {"GET", A, NULL, 0, 200, "cf-mitigated", "challenge", NULL, NULL,
	         PROBE_TELL, PROBE_UNKNOWN, "robot-wall", NULL},
	        {"GET", A, NULL, 0, 503, NULL, NULL, "<title>Just a moment...</title>",
	         NULL, PROBE_TELL, PROBE_UNKNOWN, "robot-wall", NULL},
	        {"GET", A, NULL, 0, 403, NULL, NULL, "<div class=\"g-reCAPTCHA\">", NULL,
	         PROBE_TELL, PROBE_UNKNOWN, "robot-wall", NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<title>How CAPTCHA works</title>captcha", NULL, PROBE_TELL, PROBE_ALIVE,
	         "", NULL},
	        /* soft 404s */
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<title>Page not found | A site</title>", NULL, PROBE_TELL,
	         PROBE_WARNING, "soft-404", "title"},
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<html><head><TITLE lang=en>\n404 - Not Found\n</TITLE>", NULL,
	         PROBE_TELL, PROBE_WARNING, "soft-404", NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<title>HTTP 404 - Wikipedia</title>", NULL, PROBE_TELL, PROBE_ALIVE, "",
	         NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<title>Effects not found in replications</title>", NULL, PROBE_TELL,
	         PROBE_ALIVE, "", NULL},
	        {"GET", A, "https://a.example/", 302, 200, NULL, NULL, "x", NULL,
	         PROBE_TELL, PROBE_WARNING, "soft-404", "first page"},
	        {"GET", A, "https://a.example/errors/404.html", 302, 200, NULL, NULL, "x",
	         NULL, PROBE_TELL, PROBE_WARNING, "soft-404", "not found"},
	        {"GET", "http://a.example/", "https://www.a.example/", 302, 200, NULL,
	         NULL, "x", NULL, PROBE_TELL, PROBE_ALIVE, "", NULL},
	        /* A short link may lead to the first page of another site. */
	        {"GET", "https://sho.rt/x1", "https://b.example/", 302, 200, NULL, NULL,
	         "x", NULL, PROBE_TELL, PROBE_ALIVE, "", NULL},
	        {"GET", "https://people.b.example/~x/p.pdf", "https://www.b.example/",
	         302, 200, NULL, NULL, "x", NULL, PROBE_TELL, PROBE_WARNING, "soft-404",
	         NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<title>Attention required: a study</title>", NULL, PROBE_TELL,
	         PROBE_ALIVE, "", NULL},
	        {"GET", A, NULL, 0, 300, NULL, NULL, "x", NULL, PROBE_TELL, PROBE_ALIVE,
	         "", NULL},
	        /* log-in */
	        {"GET", A, "https://a.example/Account/Login?back=/paper", 302, 200, NULL,
	         NULL, "x", NULL, PROBE_TELL, PROBE_UNKNOWN, "login", NULL},
	        {"GET", A, "https://login.a.example/", 302, 200, NULL, NULL, "x", NULL,
	         PROBE_TELL, PROBE_UNKNOWN, "login", NULL},
	        {"GET", "https://a.example/login", "https://a.example/login/", 302, 200,
	         NULL, NULL, "x", NULL, PROBE_TELL, PROBE_ALIVE, "", NULL},
	        /* parked */
	        {"GET", A, NULL, 0, 200, NULL, NULL,
	         "<title>a.example</title>This domain is FOR SALE", NULL, PROBE_TELL,
	         PROBE_WARNING, "parked", NULL},
	        {"GET", A, "https://www.hugedomains.com/x", 302, 200, NULL, NULL, "x",
	         NULL, PROBE_TELL, PROBE_WARNING, "parked", NULL},
	        /* redirects */
	        {"GET", A, "https://b.example/p", 301, 200, NULL, NULL, "x", NULL,
	         PROBE_TELL, PROBE_REDIRECTED, "", NULL},
	        {"GET", A, "https://b.example/p", 308, 200, NULL, NULL, "x", NULL,
	         PROBE_TELL, PROBE_REDIRECTED, "", NULL},
	        {"GET", A, "https://b.example/p", 302, 200, NULL, NULL, "x", NULL,
	         PROBE_TELL, PROBE_ALIVE, "", NULL},
	        {"GET", A, A, 301, 200, NULL, NULL, "x", NULL, PROBE_TELL, PROBE_ALIVE,
	         "", NULL},
	        {"HEAD", A, "https://b.example/p", 301, 200, NULL, NULL, NULL, NULL,
	         PROBE_GET, 0, "", NULL},
	        {"HEAD", "http://a.example/paper", "https://a.example/paper/", 301, 200,
	         NULL, NULL, NULL, NULL, PROBE_TELL, PROBE_REDIRECTED, "", NULL},
	        /* fragments */
	        {"GET", A, NULL, 0, 200, NULL, NULL, "<p id=\"x\">", "x", PROBE_TELL,
	         PROBE_ALIVE, "", NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL, "<p id=\"y\">", "x", PROBE_TELL,
	         PROBE_WARNING, "fragment", "\"x\""},
	        {"GET", A, NULL, 0, 200, NULL, NULL, "<a name='caf\xC3\xA9'>",
	         "caf%C3%A9", PROBE_TELL, PROBE_ALIVE, "", NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL, "<p id=user-content-x>", "x",
	         PROBE_TELL, PROBE_ALIVE, "", NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL, "<p>", "/route", PROBE_TELL,
	         PROBE_ALIVE, "", NULL},
	        {"GET", A, NULL, 0, 200, NULL, NULL, "<p>", ":~:text=x", PROBE_TELL,
	         PROBE_ALIVE, "", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i], (struct http_reply){0});
}

static void failures_are_judged(void **state)
{
	static const struct {
		struct http_reply reply;
		enum probe_step step;
		enum probe_verdict verdict;
		const char *class;
	} cases[] = {
	        {{.outcome = HTTP_NO_HOST}, PROBE_AGAIN, PROBE_DEAD, "no-host"},
	        {{.outcome = HTTP_REFUSED}, PROBE_AGAIN, PROBE_UNKNOWN, "no-connection"},
	        {{.outcome = HTTP_TIMEOUT}, PROBE_AGAIN, PROBE_UNKNOWN, "timeout"},
	        {{.outcome = HTTP_RESET}, PROBE_AGAIN, PROBE_UNKNOWN, "reset"},
	        {{.outcome = HTTP_PROTOCOL}, PROBE_AGAIN, PROBE_UNKNOWN, "protocol"},
	        {{.outcome = HTTP_TOO_BIG}, PROBE_AGAIN, PROBE_UNKNOWN, "protocol"},
	        {{.outcome = HTTP_TLS, .tls = HTTP_TLS_EXPIRED},
	         PROBE_TELL,
	         PROBE_WARNING,
	         "tls"},
	        {{.outcome = HTTP_TLS, .tls = HTTP_TLS_OTHER},
	         PROBE_AGAIN,
	         PROBE_UNKNOWN,
	         "tls"},
	        {{.outcome = HTTP_REDIRECTS},
	         PROBE_TELL,
	         PROBE_WARNING,
	         "too-many-redirects"},
	        {{.outcome = HTTP_BLOCKED, .bar = HTTP_BAR_ADDRESS},
	         PROBE_TELL,
	         PROBE_BLOCKED,
	         "private-address"},
	        {{.outcome = HTTP_BLOCKED, .bar = HTTP_BAR_PORT},
	         PROBE_TELL,
	         PROBE_BLOCKED,
	         "port"},
	        {{.outcome = HTTP_BLOCKED, .bar = HTTP_BAR_SCHEME},
	         PROBE_TELL,
	         PROBE_BLOCKED,
	         "scheme"},
	        {{.outcome = HTTP_BAD_URL}, PROBE_TELL, PROBE_INVALID, "url"},
	        {{.outcome = HTTP_STOPPED}, PROBE_TELL, PROBE_NOT_CHECKED, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sample c = {.method = "GET",
		                   .asked = A,
		                   .step = cases[i].step,
		                   .verdict = cases[i].verdict,
		                   .class = cases[i].class};
		struct http_reply reply = cases[i].reply;

		reply.reason = STR("why");
		c.reason = "why";
		check(&c, reply);
	}
}

/* Where it happened is said, and what is no URL in a redirect is not the entry's fault. */
static void failures_behind_redirects_are_judged(void **state)
{
	struct sample c = {.method = "GET",
	                   .asked = A,
	                   .final = "http://10.0.0.1/",
	                   .hop = 302,
	                   .status = 302,
	                   .verdict = PROBE_BLOCKED,
	                   .class = "private-address",
	                   .reason = "redirects to http://10.0.0.1/, and there why"};

	(void)state;
	check(&c, (struct http_reply){.outcome = HTTP_BLOCKED,
	                              .bar = HTTP_BAR_ADDRESS,
	                              .reason = STR("why")});
	c = (struct sample){.method = "GET",
	                    .asked = A,
	                    .status = 301,
	                    .verdict = PROBE_WARNING,
	                    .class = "bad-redirect"};
	check(&c, (struct http_reply){.outcome = HTTP_BAD_URL, .reason = STR("why")});
	c.method = "HEAD";
	c.step = PROBE_GET;
	check(&c, (struct http_reply){.outcome = HTTP_RESET});
}

static void what_may_be_kept_is_told(void **state)
{
	struct sample c = {.method = "HEAD",
	                   .asked = "http://a.example/p#s",
	                   .final = "https://a.example/p",
	                   .hop = 301,
	                   .status = 200};
	struct probe_answer answer;

	(void)state;
	judge(&answer, &c, (struct http_reply){0});
	assert_str(answer.final_url, "https://a.example/p#s");
	assert_null(answer.etag.s);
	c.final = NULL;
	c.header = "etag";
	c.value = "\"1\"";
	judge(&answer, &c, (struct http_reply){0});
	assert_null(answer.final_url.s);
	assert_str(answer.etag, "\"1\"");
}

static bool down(size_t asked, size_t dead, size_t unreachable, size_t hosts,
                 size_t failed, int usual)
{
	return probe_network_down(
	        &(struct probe_tally){asked, dead, unreachable, hosts, failed, usual});
}

static void masses_are_the_network(void **state)
{
	(void)state;
	assert_true(down(300, 0, 300, 100, 100, -1));
	assert_true(down(300, 0, 150, 100, 50, -1));
	assert_false(down(300, 0, 149, 100, 50, -1));
	/* One large host that is down is that host. */
	assert_false(down(300, 0, 300, 1, 1, -1));
	assert_false(down(300, 0, 200, 100, 4, -1));
	/* Few links prove nothing. */
	assert_false(down(9, 0, 9, 9, 9, -1));
	assert_true(down(10, 0, 10, 10, 10, -1));
	/* Pages that are gone are gone, as long as it is not nearly all of them. */
	assert_false(down(300, 200, 0, 100, 80, -1));
	assert_true(down(300, 280, 0, 100, 90, -1));
	/* The last run knows better. */
	assert_true(down(300, 200, 0, 100, 80, 50));
	assert_false(down(300, 200, 0, 100, 80, 600));
	assert_false(down(300, 20, 0, 100, 20, 0));
	assert_false(down(0, 0, 0, 0, 0, -1));
}

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(replies_are_judged),
	        cmocka_unit_test(failures_are_judged),
	        cmocka_unit_test(failures_behind_redirects_are_judged),
	        cmocka_unit_test(what_may_be_kept_is_told),
	        cmocka_unit_test(masses_are_the_network),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
