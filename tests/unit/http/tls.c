#include "http/http.h"

#include "../../servers/rogue.h"
#include "../check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *folder; /* made by tests/servers/ca.sh */

struct told {
	enum http_outcome outcome;
	enum http_tls tls;
	int status;
	char reason[200];
};

static void keep(struct http *h, struct http_request *r, const struct http_reply *reply)
{
	struct told *t = r->ctx;

	(void)h;
	*t = (struct told){reply->outcome, reply->tls, reply->status, ""};
	snprintf(t->reason, sizeof(t->reason), STR_FMT, STR_ARG(reply->reason));
}

static struct told ask(const char *certificate, enum rogue_h2 h2, size_t *streams)
{
	char pem[500], ca[500], url[100];
	struct rogue *r;
	struct http *h;
	struct http_range home;
	struct err err = {0};
	struct told t = {0};
	struct http_request request = {
	        .method = "HEAD", .redirects = 5, .done = keep, .ctx = &t};

	snprintf(pem, sizeof(pem), "%s/%s.pem", folder, certificate);
	snprintf(ca, sizeof(ca), "%s/ca.pem", folder);
	r = rogue_start("127.0.0.2", pem, h2);
	snprintf(url, sizeof(url), "https://127.0.0.2:%d/ok", rogue_port(r));
	assert_true(http_range_parse(&home, STR("127.0.0.2")));
	request.url = str_of(url);
	assert_true(http_open(&h,
	                      &(struct http_options){.user_agent = STR("test"),
	                                             .ca_file = str_of(ca),
	                                             .allow = &home,
	                                             .allow_n = 1,
	                                             .jobs = 1,
	                                             .per_host = 1,
	                                             .connect_ms = 5000,
	                                             .total_ms = 20000},
	                      &err));
	http_add(h, &request);
	assert_true(http_run(h, &err));
	http_close(h);
	if (streams)
		*streams = rogue_count(r, "h2");
	rogue_stop(r);
	return t;
}

static void a_good_certificate_is_taken(void **state)
{
	struct told t = ask("good", ROGUE_H1, NULL);

	(void)state;
	assert_int_equal(t.outcome, HTTP_REPLIED);
	assert_int_equal(t.status, 200);
	assert_int_equal(t.tls, HTTP_TLS_NONE);
}

static void bad_ones_are_told_apart(void **state)
{
	static const struct {
		const char *name;
		enum http_tls kind;
		const char *reason;
	} cases[] = {
	        {"expired", HTTP_TLS_EXPIRED, "expired"},
	        {"early", HTTP_TLS_NOT_YET, "not valid yet"},
	        {"self", HTTP_TLS_SELF_SIGNED, "by itself"},
	        {"stranger", HTTP_TLS_UNKNOWN_CA, "not known here"},
	        {"other", HTTP_TLS_WRONG_HOST, "another host"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct told t = ask(cases[i].name, ROGUE_H1, NULL);

		assert_int_equal(t.outcome, HTTP_TLS);
		if (t.tls != cases[i].kind || !strstr(t.reason, cases[i].reason))
			fail_msg("%s: %d, %s", cases[i].name, t.tls, t.reason);
	}
}

/* What goes wrong over HTTP/2 is tried once over HTTP/1.1. */
static void http2_trouble_is_got_round(void **state)
{
	size_t streams = 0;
	struct told t = ask("good", ROGUE_H2_RESETS, &streams);

	(void)state;
	assert_true(streams >= 1);
	assert_int_equal(t.outcome, HTTP_REPLIED);
	assert_int_equal(t.status, 200);
	t = ask("good", ROGUE_H2_CLOSES, &streams);
	assert_true(streams >= 1);
	assert_int_equal(t.outcome, HTTP_REPLIED);
	assert_int_equal(t.status, 200);
}

static void a_missing_ca_file_is_an_error(void **state)
{
	struct http_options opt = {.ca_file = STR("/nonexistent/ca.pem"), .jobs = 1};
	struct err err = {0};
	struct http *h;

	(void)state;
	assert_false(http_open(&h, &opt, &err));
	assert_int_equal(err.code, ERR_USAGE);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_good_certificate_is_taken),
	        cmocka_unit_test(bad_ones_are_told_apart),
	        cmocka_unit_test(http2_trouble_is_got_round),
	        cmocka_unit_test(a_missing_ca_file_is_an_error),
	};

	if (argc < 2)
		return 77;
	folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
