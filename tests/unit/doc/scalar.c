#include "reading.h"

struct reading_of {
	const char *source;
	enum doc_kind kind;
	const char *text; /* of numbers and strings */
	const char *rule; /* the warning, or NULL */
};

static const struct reading_of cases[] = {
        {"~", DOC_NULL, NULL, NULL},
        {"null", DOC_NULL, NULL, NULL},
        {"Null", DOC_NULL, NULL, NULL},
        {"NULL", DOC_NULL, NULL, NULL},
        {"!!null ''", DOC_NULL, NULL, NULL},
        {"nULL", DOC_STRING, "nULL", NULL},
        {"none", DOC_STRING, "none", NULL},
        {"true", DOC_BOOL, "t", NULL},
        {"True", DOC_BOOL, "t", NULL},
        {"TRUE", DOC_BOOL, "t", NULL},
        {"false", DOC_BOOL, "f", NULL},
        {"False", DOC_BOOL, "f", NULL},
        {"FALSE", DOC_BOOL, "f", NULL},
        {"tRUE", DOC_STRING, "tRUE", NULL},
        {"no", DOC_STRING, "no", NULL},
        {"No", DOC_STRING, "No", NULL},
        {"yes", DOC_STRING, "yes", NULL},
        {"on", DOC_STRING, "on", NULL},
        {"off", DOC_STRING, "off", NULL},
        {"y", DOC_STRING, "y", NULL},
        {"2024-05-01", DOC_STRING, "2024-05-01", NULL},
        {"2024-05-01T10:00:00Z", DOC_STRING, "2024-05-01T10:00:00Z", NULL},
        {"12:30:45", DOC_STRING, "12:30:45", NULL},
        {"1_000", DOC_STRING, "1_000", NULL},
        {"0b11", DOC_STRING, "0b11", NULL},
        {"0x", DOC_STRING, "0x", NULL},
        {"0xG", DOC_STRING, "0xG", NULL},
        {"0o8", DOC_STRING, "0o8", NULL},
        {"-0x1", DOC_STRING, "-0x1", NULL},
        {"1e", DOC_STRING, "1e", NULL},
        {"1e+", DOC_STRING, "1e+", NULL},
        {"e5", DOC_STRING, "e5", NULL},
        {".", DOC_STRING, ".", NULL},
        {"+", DOC_STRING, "+", NULL},
        {"-.", DOC_STRING, "-.", NULL},
        {".e5", DOC_STRING, ".e5", NULL},
        {"1.2.3", DOC_STRING, "1.2.3", NULL},
        {"10.1000/182", DOC_STRING, "10.1000/182", NULL},
        {"1 2", DOC_STRING, "1 2", NULL},
        {"0", DOC_NUMBER, "0", NULL},
        {"-0", DOC_NUMBER, "-0", NULL},
        {"12", DOC_NUMBER, "12", NULL},
        {"-12", DOC_NUMBER, "-12", NULL},
        {"0.5", DOC_NUMBER, "0.5", NULL},
        {"1e3", DOC_NUMBER, "1e3", NULL},
        {"1E-3", DOC_NUMBER, "1E-3", NULL},
        {"1.50e3", DOC_NUMBER, "1.50e3", NULL},
        {"0xFF", DOC_NUMBER, "255", NULL},
        {"0o17", DOC_NUMBER, "15", NULL},
        {"0xffffffffffffffffffff", DOC_NUMBER, "1208925819614629174706175", NULL},
        {"123456789012345678901234567890", DOC_NUMBER, "123456789012345678901234567890",
         NULL},
        {"007", DOC_STRING, "007", "syntax.leading-zero"},
        {"-007", DOC_STRING, "-007", "syntax.leading-zero"},
        {"00.5", DOC_STRING, "00.5", "syntax.leading-zero"},
        {"00", DOC_STRING, "00", "syntax.leading-zero"},
        {"00000429", DOC_STRING, "00000429", "syntax.leading-zero"},
        {"012e3", DOC_STRING, "012e3", "syntax.leading-zero"},
        {"1.10", DOC_NUMBER, "1.10", "syntax.number-text"},
        {"1.0", DOC_NUMBER, "1.0", "syntax.number-text"},
        {"0.50", DOC_NUMBER, "0.50", "syntax.number-text"},
        {"+5", DOC_NUMBER, "5", "syntax.number-text"},
        {".5", DOC_NUMBER, "0.5", "syntax.number-text"},
        {"-.5", DOC_NUMBER, "-0.5", "syntax.number-text"},
        {"5.", DOC_NUMBER, "5", "syntax.number-text"},
        {"'12'", DOC_STRING, "12", NULL},
        {"\"null\"", DOC_STRING, "null", NULL},
        {"''", DOC_STRING, "", NULL},
        {"! 12", DOC_STRING, "12", NULL},
        {"&x ! 12", DOC_STRING, "12", NULL},
        {"! '12'", DOC_STRING, "12", NULL},
        {"!!str 12", DOC_STRING, "12", NULL},
        {"!!str 007", DOC_STRING, "007", NULL},
        {"!!str", DOC_STRING, "", NULL},
        {"!!int 007", DOC_NUMBER, "7", NULL},
        {"!!int '12'", DOC_NUMBER, "12", NULL},
        {"!!float 1.10", DOC_NUMBER, "1.10", NULL},
        {"!!float 3", DOC_NUMBER, "3", NULL},
        {"!!bool 'true'", DOC_BOOL, "t", NULL},
        {"&x 12", DOC_NUMBER, "12", NULL},
};

static void check(const struct reading_of *c)
{
	char text[100];
	struct reading r;
	const struct doc_node *node;

	snprintf(text, sizeof(text), "a: %s\n", c->source);
	reading_open(&r, "a.yaml", str_of(text), NULL);
	node = doc_get(root_of(&r), "a");
	if (node->kind != c->kind)
		fail_msg("%s is read as %s", c->source, doc_kind_name(node));
	if (c->kind == DOC_BOOL)
		assert_int_equal(node->truth, c->text[0] == 't');
	else if (c->text)
		assert_text(node->text, c->text);
	if (r.diags.n != (c->rule != NULL))
		fail_msg("%s gives %zu findings", c->source, r.diags.n);
	if (c->rule) {
		assert_string_equal(r.diags.items[0].rule->id, c->rule);
		assert_text(r.diags.items[0].pointer, "/a");
		assert_true(r.diags.items[0].suggestion.n > 2);
	}
	reading_release(&r);
}

static void scalars_follow_the_policy(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(&cases[i]);
}

static void numbers_know_their_value(void **state)
{
	struct reading r;
	const struct doc_node *a;

	(void)state;
	reading_open(
	        &r, "a.json",
	        STR("[1.0, 1e3, 100e-2, -0, 9223372036854775807, -9223372036854775808,"
	            " 9223372036854775808, 1.5, 1e-3, 1e400, 0e99, 1e18, 0.1e1]"),
	        NULL);
	a = root_of(&r)->items;
	assert_true(a[0].fits && a[0].integer == 1);
	assert_true(a[1].fits && a[1].integer == 1000);
	assert_true(a[2].fits && a[2].integer == 1);
	assert_true(a[3].fits && a[3].integer == 0);
	assert_true(a[4].fits && a[4].integer == INT64_MAX);
	assert_true(a[5].fits && a[5].integer == INT64_MIN);
	assert_true(a[6].is_integer && !a[6].fits);
	assert_false(a[7].is_integer || a[7].fits);
	assert_false(a[8].is_integer);
	assert_true(a[9].is_integer && !a[9].fits);
	assert_true(a[10].fits && a[10].integer == 0);
	assert_true(a[11].fits && a[11].integer == INT64_C(1000000000000000000));
	assert_true(a[12].fits && a[12].integer == 1);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(scalars_follow_the_policy),
	        cmocka_unit_test(numbers_know_their_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
