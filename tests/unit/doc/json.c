#include "reading.h"

#include <jansson.h>

/* ---- jansson as the oracle: what it takes and what it makes of it ---- */

static void assert_same(const struct doc_node *node, const json_t *want);

static void assert_same_map(const struct doc_node *node, const json_t *want)
{
	assert_int_equal(node->kind, DOC_MAP);
	assert_int_equal(node->n, json_object_size(want));
	for (uint32_t i = 0; i < node->n; i++) {
		struct str key = node->members[i].key;
		const json_t *value = json_object_getn(want, key.s ? key.s : "", key.n);

		assert_non_null(value);
		assert_same(&node->members[i].value, value);
	}
}

static void assert_same_number(const struct doc_node *node, const json_t *want)
{
	assert_int_equal(node->kind, DOC_NUMBER);
	if (json_is_integer(want))
		assert_true(node->fits && node->integer == json_integer_value(want));
	else
		assert_true(!node->fits ||
		            (double)node->integer == json_real_value(want));
}

static void assert_same(const struct doc_node *node, const json_t *want)
{
	if (json_is_object(want)) {
		assert_same_map(node, want);
	} else if (json_is_array(want)) {
		assert_int_equal(node->kind, DOC_LIST);
		assert_int_equal(node->n, json_array_size(want));
		for (uint32_t i = 0; i < node->n; i++)
			assert_same(&node->items[i], json_array_get(want, i));
	} else if (json_is_string(want)) {
		assert_int_equal(node->kind, DOC_STRING);
		assert_true(str_eq(node->text, (struct str){json_string_value(want),
		                                            json_string_length(want)}));
	} else if (json_is_number(want)) {
		assert_same_number(node, want);
	} else {
		assert_int_equal(node->kind, json_is_null(want) ? DOC_NULL : DOC_BOOL);
		assert_int_equal(node->truth, json_is_true(want));
	}
}

/*
 * Numbers past its types and NUL in keys are jansson's limits, the byte order mark our
 * leave.
 */
static bool differs_by_design(struct str text, const json_error_t *e,
                              const struct reading *r)
{
	enum json_error_code code = json_error_code(e);

	if (r->ok)
		return code == json_error_numeric_overflow ||
		       code == json_error_null_byte_in_key ||
		       str_starts(text, STR("\xEF\xBB\xBF"));
	return r->diags.n && strcmp(r->diags.items[0].rule->id, "syntax.depth") == 0;
}

static void compare(struct str text)
{
	json_error_t e = {0};
	json_t *want =
	        json_loadb(text.s, text.n,
	                   JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &e);
	struct reading r;

	reading_open(&r, "a.json", text, NULL);
	if (r.ok != (want != NULL) && !differs_by_design(text, &e, &r))
		fail_msg("we %s, jansson %s (%s): " STR_FMT, r.ok ? "read" : "refuse",
		         want ? "reads" : "refuses", e.text, STR_ARG(text));
	assert_int_equal(r.diags.n > 0, !r.ok);
	if (r.ok && want)
		assert_same(root_of(&r), want);
	reading_release(&r);
	json_decref(want);
}

static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "12.5e-3",
        "1E+2",
        "\"\"",
        "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"",
        "\"\\u0000\"",
        "{\"\\u0000\": 1}",
        "[]",
        "{}",
        " [ 1 , [ ] , { } ] ",
        "{\"a\": {\"b\": [1, 2, {\"c\": null}]}, \"d\": \"\xC3\xA9\"}",
        "\t\r\n[\r1,\n2]",
        "123456789012345678901234567890",
        "1e400",
        "[1, 2.0, -3e2, \"x\", true, false, null, {\"k\": \"v\"}]",
        /* refused */
        "",
        " ",
        "nul",
        "nullx",
        "True",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "1 2",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800x\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"a\x01\"",
        "\"\xFF\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\":]}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[1] x",
        "[1]]",
        "{} {}",
        "[1] // c",
        "/* c */ 1",
        "# c\n1",
};

static void agrees_with_jansson(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		compare(str_of(texts[i]));
}

static uint32_t next_random(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

/* Change, drop, double or insert bytes that mean something in JSON. */
static size_t mutate(char *text, size_t n, size_t max, uint32_t *seed)
{
	static const char bytes[] = "{}[]\",:\\u0019eE.+-tfn \n\t/d8\xC3\xA9";
	size_t at = n ? next_random(seed) % n : 0;
	char c = bytes[next_random(seed) % (sizeof(bytes) - 1)];

	switch (next_random(seed) % 3) {
	case 0:
		if (n)
			text[at] = c;
		return n;
	case 1:
		if (n)
			memmove(text + at, text + at + 1, n - at - 1);
		return n ? n - 1 : 0;
	default:
		if (n == max)
			return n;
		memmove(text + at + 1, text + at, n - at);
		text[at] = c;
		return n + 1;
	}
}

static void mutations_agree_with_jansson(void **state)
{
	uint32_t seed = 20240501;
	char text[256];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const char *from = texts[next_random(&seed) % ARRAY_LEN(texts)];
		size_t n = strlen(from);

		memcpy(text, from, n);
		for (uint32_t i = next_random(&seed) % 4 + 1; i; i--)
			n = mutate(text, n, sizeof(text), &seed);
		compare((struct str){text, n});
	}
}

/* ---- what jansson does not tell ---- */

static const struct bad bad_json[] = {
        {"{\"a\":1,}", "syntax.json", 1, 7},
        {"[1,\n]", "syntax.json", 1, 3},
        {"{a:1}", "syntax.json", 1, 2},
        {"{'a':1}", "syntax.json", 1, 2},
        {"{\"a\":1 // x\n}", "syntax.json", 1, 8},
        {"[NaN]", "syntax.json", 1, 2},
        {"[01]", "syntax.json", 1, 2},
        {"{\"a\":1", "syntax.json", 1, 7},
        {"[1 2]", "syntax.json", 1, 4},
        {"[\n\"\xC3\xA9\" x]", "syntax.json", 2, 5},
        {"\"\\ud800\"", "syntax.json", 1, 2},
        {"\"a\tb\"", "syntax.json", 1, 3},
        {"\"a\nb\"", "syntax.json", 1, 1},
        {"[1] x", "syntax.json", 1, 5},
        {"{\"a\":1,\"\\u0061\":2}", "syntax.duplicate-key", 1, 8},
        {"", "syntax.empty", 1, 1},
        {" \n", "syntax.empty", 1, 1},
};

static void reports_bad_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad_json); i++)
		check_bad("a.json", &bad_json[i], NULL);
}

static void messages_name_the_slip(void **state)
{
	static const struct told cases[] = {
	        {"[1,]", "a comma stands before the closing ], where JSON allows none",
	         "remove it"},
	        {"{'a':1}", "JSON has double quotes, not single ones", "write \"...\""},
	        {"[1] // x", "a comment stands here, but JSON has none", "remove it"},
	        {"# x\n1", "a comment stands here, but JSON has none", "remove it"},
	        {"[1 2]", "\"2\" stands here, but ',' or ']' is expected", ""},
	        {"{\"a\":1 2}", "\"2\" stands here, but ',' or '}' is expected", ""},
	        {"{\"a\" 1}", "\"1\" stands here, but ':' after the key is expected", ""},
	        {"[\n[1]",
	         "the file ends here, but ',' or ']' is expected: the list that starts "
	         "on line 1, column 1 is not closed",
	         ""},
	        {"[+1]", "this number has a plus sign, but JSON allows none",
	         "remove it"},
	        {"[.5]", "this number has no digit before its point",
	         "write 0.5, not .5"},
	        {"[\"\\x\"]",
	         "this backslash starts none of the escapes of JSON: \\\" \\\\ \\/ \\b "
	         "\\f \\n \\r \\t \\u",
	         "write \\\\ for a backslash"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_told("a.json", &cases[i]);
}

static void number_text_is_kept(void **state)
{
	struct reading r;

	(void)state;
	reading_open(&r, "a.json", STR("[1.10, 1E+02, 123456789012345678901234567890]"),
	             NULL);
	assert_text(root_of(&r)->items[0].text, "1.10");
	assert_text(root_of(&r)->items[1].text, "1E+02");
	assert_text(root_of(&r)->items[2].text, "123456789012345678901234567890");
	assert_int_equal(r.diags.n, 0);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(agrees_with_jansson),
	        cmocka_unit_test(mutations_agree_with_jansson),
	        cmocka_unit_test(reports_bad_json),
	        cmocka_unit_test(messages_name_the_slip),
	        cmocka_unit_test(number_text_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
