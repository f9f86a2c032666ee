/* What an address is, and when two are the same link. */
#include "link/link.h"

#include "../check.h"

static struct link_form form_of(struct arena *a, const char *text)
{
	struct link_form form;

	link_form(&form, str_of(text), a);
	return form;
}

static void same_links_have_the_same_key(void **state)
{
	static const struct {
		const char *text, *key;
	} rows[] = {
	        {"https://example.org/a", "https://example.org/a"},
	        {"https://example.org/a#part", "https://example.org/a"},
	        {"HTTPS://Example.ORG/A?B=c", "https://example.org/A?B=c"},
	        {"https://example.org", "https://example.org/"},
	        {"https://example.org?q", "https://example.org/?q"},
	        {"https://example.org?", "https://example.org/?"},
	        {"https://example.org:443/a", "https://example.org/a"},
	        {"https://example.org:0443/a", "https://example.org/a"},
	        {"https://example.org:/a", "https://example.org/a"},
	        {"http://example.org:80/a", "http://example.org/a"},
	        {"http://example.org:443/a", "http://example.org:443/a"},
	        {"https://example.org./a", "https://example.org/a"},
	        {"https://example.org/a/../b", "https://example.org/a/../b"},
	        {"https://example.org/?b&a", "https://example.org/?b&a"},
	        {"https://example.org/%c3%a9", "https://example.org/%C3%A9"},
	        {"https://example.org/\xc3\xa9", "https://example.org/%C3%A9"},
	        {"https://example.org/%7Ea", "https://example.org/%7Ea"},
	        {"http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"},
	        {"https://B\xc3\xbc"
	         "cher.example./",
	         "https://xn--bcher-kva.example/"},
	        {"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"},
	        {"http://127.0.0.1/", "http://127.0.0.1/"},
	        {"https://example.org/a|b", "https://example.org/a|b"},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct link_form form = form_of(&a, rows[i].text);

		if (!form.good)
			fail_msg("%s: %s", rows[i].text, form.reason);
		assert_str(form.key, rows[i].key);
		assert_str(form.shown, rows[i].text);
	}
	arena_release(&a);
}

static void others_are_told(void **state)
{
	static const struct {
		const char *text, *class;
	} rows[] = {
	        {"", "scheme"},
	        {"example.org/a", "scheme"},
	        {"//example.org/a", "scheme"},
	        {"http:/example.org", "syntax"},
	        {"https:example.org", "syntax"},
	        {"https://", "syntax"},
	        {"https:///a", "syntax"},
	        {"https://?q", "syntax"},
	        {"https://:80/", "syntax"},
	        {"https://a b/", "characters"},
	        {"https://example.org/a b", "characters"},
	        {"https://example.org/\xc2\xa0", "characters"},
	        {"https://example.org/\n", "characters"},
	        {"https://example.org/\xe2\x80\xae", "characters"},
	        {"https://example.org/<a>", "characters"},
	        {"https://example.org/{id}", "characters"},
	        {"https://example.org/\xff", "characters"},
	        {"https://example.org/%", "characters"},
	        {"https://example.org/%4", "characters"},
	        {"https://example.org/%zz", "characters"},
	        {"https://a..b/", "host"},
	        {"https://.a/", "host"},
	        {"https://-a/", "host"},
	        {"https://a!b/", "host"},
	        {"https://\xe2\x98\x83\xe2\x83\xa0.example/", "host"},
	        {"https://[::1/", "host"},
	        {"https://[example.org]/", "host"},
	        {"https://example.org:0/", "port"},
	        {"https://example.org:65536/", "port"},
	        {"https://example.org:8a/", "port"},
	        {"https://me@example.org/", "userinfo"},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct link_form form = form_of(&a, rows[i].text);

		if (form.good || strcmp(form.class, rows[i].class) != 0)
			fail_msg("%s: %s", rows[i].text, form.good ? "good" : form.class);
		assert_int_equal(form.verdict, LINK_INVALID);
		assert_non_null(form.key.s);
	}
	arena_release(&a);
}

static void other_schemes_are_refused(void **state)
{
	static const char *const rows[] = {"ftp://example.org/a", "file:///etc/passwd",
	                                   "javascript:alert(1)", "mailto:a@example.org",
	                                   "data:text/html,x"};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct link_form form = form_of(&a, rows[i]);

		assert_false(form.good);
		assert_int_equal(form.verdict, LINK_BLOCKED);
		assert_string_equal(form.class, "scheme");
	}
	arena_release(&a);
}

static void passwords_are_not_shown(void **state)
{
	static const char *const rows[] = {
	        "https://me:secret@example.org/",   "https://secret@example.org/",
	        "https://me:secret@@example.org/a", "ftp://me:secret@example.org/",
	        "https://me:secret@example.org/ b", "https://me:secret@a..b/",
	        "https://me:secret/x@example.org/", "https:me:secret@example.org/",
	        "https:\\\\me:secret@example.org/",
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct link_form form = form_of(&a, rows[i]);

		assert_false(form.good);
		assert_null(strstr(form.shown.s, "secret"));
		assert_null(strstr(form.key.s, "secret"));
		assert_non_null(strstr(form.shown.s, "***@"));
	}
	arena_release(&a);
}

static void too_long(void **state)
{
	static char text[8200] = "https://example.org/";
	struct arena a = {0};
	struct link_form form;

	(void)state;
	memset(text + strlen(text), 'a', sizeof(text) - 1 - strlen(text));
	form = form_of(&a, text);
	assert_false(form.good);
	assert_string_equal(form.class, "too-long");
	text[8192] = '\0';
	assert_true(form_of(&a, text).good);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(same_links_have_the_same_key),
	        cmocka_unit_test(others_are_told),
	        cmocka_unit_test(other_schemes_are_refused),
	        cmocka_unit_test(passwords_are_not_shown),
	        cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
