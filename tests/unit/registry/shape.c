/* DOIs and media types as services write them. */
#include "registry/ask.h"

#include "../check.h"

static void dois(void **state)
{
	static const struct {
		const char *told, *doi;
		bool same;
	} cases[] = {
	        {"10.1/a", "10.1/a", true},
	        {"10.1/A", "10.1/a", true},
	        {"10.1162/tacl\\_a\\_00276", "10.1162/tacl_a_00276", true},
	        {"10.1/a\\b", "10.1/a\\b", true},
	        {"10.1/a%2Cb", "10.1/a,b", true},
	        {"10.1/a%2cb", "10.1/a,b", true},
	        {"10.1/a%3Cb", "10.1/a%3cb", true},
	        {"10.1/a%zz", "10.1/a%zz", true},
	        {"10.1/\xC3\x84", "10.1/\xC3\x84", true},
	        {"10.1/\xC3\x84", "10.1/\xC3\xA4", false},
	        {"10.1/a", "10.1/ab", false},
	        {"10.1/ab", "10.1/a", false},
	        {"10.1/a\\", "10.1/a", false},
	        {"", "10.1/a", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (doi_told_is(str_of(cases[i].told), str_of(cases[i].doi)) !=
		    cases[i].same)
			fail_msg("%s, %s", cases[i].told, cases[i].doi);
}

static void media_types(void **state)
{
	static const struct {
		const char *type;
		bool json;
	} cases[] = {
	        {"application/json", true},
	        {"Application/JSON; charset=UTF-8", true},
	        {"application/vnd.api+json", true},
	        {"text/html", false},
	        {"text/plain", false},
	        {"jso", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_header header = {STR("content-type"), str_of(cases[i].type)};
		struct http_reply reply = {.headers = &header, .headers_n = 1};

		assert_int_equal(reply_is(&reply, "json"), cases[i].json);
	}
	assert_true(reply_is(&(struct http_reply){0}, "json"));
}

static void encoded(void **state)
{
	struct buf out = BUF_INIT(1000);

	(void)state;
	add_encoded(&out, STR("a.b+c@x-y.org&\xC3\xA9"));
	assert_str(buf_str(&out), "a.b%2Bc%40x-y.org%26%C3%A9");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(dois),
	        cmocka_unit_test(media_types),
	        cmocka_unit_test(encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
