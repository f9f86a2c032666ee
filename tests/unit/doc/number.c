#include "reading.h"

static struct doc_node number(const char *text)
{
	struct doc_node n = {0};

	doc_number_set(&n, str_of(text));
	return n;
}

static void order(void **state)
{
	/* Ascending; equal ones share a rank. */
	static const struct {
		const char *text;
		int rank;
	} cases[] = {
	        {"-1e999999999999999999", 0},
	        {"-1e400", 1},
	        {"-10", 2},
	        {"-1e1", 2},
	        {"-9.99", 3},
	        {"-0.001", 4},
	        {"-1e-400", 5},
	        {"-0", 6},
	        {"0", 6},
	        {"0e5", 6},
	        {"0.000", 6},
	        {"1e-400", 7},
	        {"0.1", 8},
	        {"1e-1", 8},
	        {"0.10000000000000000000000001", 9},
	        {"1", 10},
	        {"1.0", 10},
	        {"100e-2", 10},
	        {"0.01e2", 10},
	        {"1.5", 11},
	        {"9007199254740992", 12},
	        {"9007199254740993", 13},
	        {"9007199254740993.0", 13},
	        {"9223372036854775807", 14},
	        {"9223372036854775808", 15},
	        {"123456789012345678901234567890", 16},
	        {"123456789012345678901234567891", 17},
	        {"1e400", 18},
	        {"1e999999999999999999999999999999", 19},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t j = 0; j < ARRAY_LEN(cases); j++) {
			struct doc_node a = number(cases[i].text),
			                b = number(cases[j].text);
			int c = doc_number_cmp(&a, &b),
			    want = cases[i].rank - cases[j].rank;

			if ((c > 0) - (c < 0) != (want > 0) - (want < 0))
				fail_msg("%s against %s gives %d", cases[i].text,
				         cases[j].text, c);
		}
	}
}

static void multiples(void **state)
{
	static const struct {
		const char *value, *divisor;
		bool yes;
	} cases[] = {
	        {"19.99", "0.01", true},
	        {"0.0075", "0.0001", true},
	        {"0.00751", "0.0001", false},
	        {"1e308", "0.123456789", false},
	        {"12391239123", "1e-8", true},
	        {"4.5", "1.5", true},
	        {"35", "1.5", false},
	        {"0", "0.01", true},
	        {"-6", "4", false},
	        {"-8", "4", true},
	        {"-9223372036854775808", "1", true},
	        {"9007199254740993", "9007199254740992", false},
	        {"1e1000000000", "7", false},
	        {"1e1000000000", "8", true},
	        {"1e-1000000000", "8", false},
	        {"1e1000000000000000000", "1e-1000000000000000000", true},
	        {"5", "10", false},
	        {"50", "10", true},
	        {"123456789012345678901234567890", "10", true},
	        {"123456789012345678901234567890", "11", false},
	        {"0.3", "0.1", true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct doc_node v = number(cases[i].value), d = number(cases[i].divisor);
		bool too_long;

		if (doc_number_multiple_of(&v, &d, &too_long) != cases[i].yes || too_long)
			fail_msg("%s and %s", cases[i].value, cases[i].divisor);
	}
}

static void too_long_is_told(void **state)
{
	struct buf b = BUF_INIT(1 << 20);
	struct doc_node v = {0}, d = number("0.3");
	bool too_long;

	(void)state;
	buf_fill(&b, '7', 20000);
	doc_number_set(&v, buf_str(&b));
	assert_false(doc_number_multiple_of(&v, &d, &too_long));
	assert_true(too_long);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(order),
	        cmocka_unit_test(multiples),
	        cmocka_unit_test(too_long_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
