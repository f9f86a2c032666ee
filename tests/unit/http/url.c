#include "http/url.h"

#include "../check.h"

static struct arena arena;

static void parses(const char *text, const char *wire)
{
	struct http_url url;
	const char *why = NULL;

	if (!http_url_parse(&url, &arena, str_of(text), &why))
		fail_msg("%s: %s", text, why);
	assert_str(url.text, wire);
}

static void fails(const char *text, const char *want)
{
	struct http_url url;
	const char *why = NULL;

	if (http_url_parse(&url, &arena, str_of(text), &why))
		fail_msg("%s is taken for " STR_FMT, text, STR_ARG(url.text));
	if (!strstr(why, want))
		fail_msg("%s: \"%s\", want \"%s\"", text, why, want);
}

static void urls_are_kept_as_they_are(void **state)
{
	(void)state;
	parses("http://example.org", "http://example.org/");
	parses("HTTPS://Example.ORG/Path?Q=1&a=b", "https://example.org/Path?Q=1&a=b");
	parses("https://example.org:443/", "https://example.org/");
	parses("http://example.org:80/", "http://example.org/");
	parses("http://example.org:443/", "http://example.org:443/");
	parses("http://example.org/a/../b/./c", "http://example.org/a/../b/./c");
	parses("http://example.org/a%2Fb%20c", "http://example.org/a%2Fb%20c");
	parses("http://example.org/?", "http://example.org/");
	parses("http://example.org./", "http://example.org./");
	parses("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/");
	parses("http://2130706433/", "http://127.0.0.1/");
	/* 127.1 in wide digits */
	parses("http://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.\xEF\xBC\x91/",
	       "http://127.0.0.1/");
	parses("ftp://example.org/x", "ftp://example.org/x");
}

static void what_may_not_be_sent_is_encoded(void **state)
{
	(void)state;
	parses("http://example.org/<a>{b}|^`\\\"",
	       "http://example.org/%3Ca%3E%7Bb%7D%7C%5E%60%5C%22");
	parses("http://example.org/caf\xC3\xA9?q=\xC3\xA9",
	       "http://example.org/caf%C3%A9?q=%C3%A9");
	parses("http://b\xC3\xBC"
	       "cher.example/",
	       "http://xn--bcher-kva.example/");
	parses("http://B\xC3\x9C"
	       "CHER.example/",
	       "http://xn--bcher-kva.example/");
	parses("http://\xE4\xBE\x8B\xE3\x81\x88.\xE3\x83\x86\xE3\x82\xB9\xE3\x83\x88/",
	       "http://xn--r8jz45g.xn--zckzah/");
}

static void parts_are_told(void **state)
{
	struct http_url url;
	const char *why;

	(void)state;
	assert_true(http_url_parse(&url, &arena, STR("https://A.example/x?y#z#"), &why));
	assert_str(url.scheme, "https");
	assert_str(url.host, "a.example");
	assert_int_equal(url.port, 443);
	assert_str(url.path, "/x?y");
	assert_str(url.text, "https://a.example/x?y");
	assert_str(url.fragment, "z#");
	assert_true(http_url_parse(&url, &arena, STR("http://a.example"), &why));
	assert_null(url.fragment.s);
	assert_int_equal(url.port, 80);
}

static void what_libcurl_would_repair_is_refused(void **state)
{
	(void)state;
	fails("example.org/x", "no scheme");
	fails("127.0.0.2:80/x", "no scheme");
	fails("//example.org/x", "no scheme");
	fails("", "no scheme");
	fails("http:/ok", "two slashes");
	fails("http:ok", "two slashes");
	fails("http:///ok", "no host");
	fails("http://", "no host");
	fails("http://?x", "no host");
	fails("http://a b/", "blank");
	fails("http://a.example/a b", "blank");
	fails("http://a.example/\n", "control");
	fails("http://a.example:70000/", "port");
	fails("http://a.example:x/", "port");
	fails("http://[::1/", "address");
	fails("http://[fe80::zz]/", "address");
	fails("http://u:p@a.example/", "user name or password");
	fails("http://u@a.example/", "user name or password");
	fails("javascript:alert(1)", "two slashes");
	fails("http://a%7Fb/", "looked up");
	fails("http://0x%37f000001/", "looked up");
	fails("http://\xFF\xFE.example/", "looked up");
}

static void redirects_are_resolved(void **state)
{
	static const struct {
		const char *location, *want;
	} cases[] = {
	        {"/b", "http://a.example/b"},
	        {"b", "http://a.example/x/b"},
	        {"../b", "http://a.example/b"},
	        {"?q", "http://a.example/x/y?q"},
	        {"//b.example/", "http://b.example/"},
	        {"https://b.example/a/../c", "https://b.example/c"},
	        {"/a b", "http://a.example/a%20b"},
	        {"/caf\xC3\xA9", "http://a.example/caf%C3%A9"},
	        {" /b ", "http://a.example/b"},
	        {"http://b.example/a b?c d", "http://b.example/a%20b?c+d"},
	        {"http://b\xC3\xBC"
	         "cher.example/",
	         "http://xn--bcher-kva.example/"},
	        {"#f", "http://a.example/x/y"},
	        {"ftp://b.example/", "ftp://b.example/"},
	        {"http:/ok", NULL},
	        {"http://u:p@b.example/", NULL},
	        {"http://a.example/\x01", NULL},
	};
	struct http_url base, url;
	const char *why;

	(void)state;
	assert_true(http_url_parse(&base, &arena, STR("http://a.example/x/y"), &why));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool good = http_url_resolve(&url, &arena, &base,
		                             str_of(cases[i].location), &why);

		if (good != (cases[i].want != NULL))
			fail_msg("%s: %s", cases[i].location, good ? "taken" : why);
		if (good)
			assert_str(url.text, cases[i].want);
	}
}

static void secrets_are_not_shown(void **state)
{
	(void)state;
	assert_str(http_url_shown(&arena, STR("http://u:p@a.example/x@y")),
	           "http://***@a.example/x@y");
	assert_str(http_url_shown(&arena, STR("http://u:p@q@a.example")),
	           "http://***@a.example");
	assert_str(http_url_shown(&arena, STR("http:u:p@a.example/")),
	           "http:***@a.example/");
	assert_str(http_url_shown(&arena, STR("http://u:p/a?s#s@a.example/")),
	           "http://***@a.example/");
	assert_str(http_url_shown(&arena, STR("https:\\\\u:p@a.example")),
	           "https:\\\\***@a.example");
	assert_str(http_url_shown(&arena, STR("http://a.example:80/x@y")),
	           "http://a.example:80/x@y");
	assert_str(http_url_shown(&arena, STR("http://[::1]:80/x@y")),
	           "http://[::1]:80/x@y");
	assert_str(http_url_shown(&arena, STR("http://a.example/x@y")),
	           "http://a.example/x@y");
}

static void foreign_schemes_are_told(void **state)
{
	(void)state;
	assert_true(http_url_is_foreign(STR("mailto:a@example.org")));
	assert_true(http_url_is_foreign(STR("javascript:alert(1)")));
	assert_true(http_url_is_foreign(STR("ftp://a.example/")));
	assert_false(http_url_is_foreign(STR("HTTP://a.example/")));
	assert_false(http_url_is_foreign(STR("https://a.example/")));
	assert_false(http_url_is_foreign(STR("example.org:80/")));
	assert_false(http_url_is_foreign(STR("/a:b")));
	assert_false(http_url_is_foreign(STR("")));
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
	        cmocka_unit_test(urls_are_kept_as_they_are),
	        cmocka_unit_test(what_may_not_be_sent_is_encoded),
	        cmocka_unit_test(parts_are_told),
	        cmocka_unit_test(what_libcurl_would_repair_is_refused),
	        cmocka_unit_test(redirects_are_resolved),
	        cmocka_unit_test(secrets_are_not_shown),
	        cmocka_unit_test(foreign_schemes_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
