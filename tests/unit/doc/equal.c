#include "reading.h"

static void check(const char *a, const char *b, bool want)
{
	struct reading x, y;

	reading_open(&x, "a.json", str_of(a), NULL);
	reading_open(&y, "b.yaml", str_of(b), NULL);
	if (doc_equal(root_of(&x), root_of(&y)) != want ||
	    doc_equal(root_of(&y), root_of(&x)) != want)
		fail_msg("%s and %s", a, b);
	reading_release(&x);
	reading_release(&y);
}

static void values(void **state)
{
	(void)state;
	check("1.0", "1", true);
	check("1e2", "100", true);
	check("9007199254740993", "9007199254740992", false);
	check("1", "\"1\"", false);
	check("0", "false", false);
	check("true", "true", true);
	check("true", "false", false);
	check("null", "~", true);
	check("\"\\u00e9\"", "\xC3\xA9", true);
	check("\"e\\u0301\"", "\xC3\xA9", false);
	check("[1, 2]", "[1, 2]", true);
	check("[1, 2]", "[2, 1]", false);
	check("[1, 2]", "[1]", false);
	check("[]", "{}", false);
}

static void maps(void **state)
{
	(void)state;
	check("{\"a\": 1, \"b\": [2]}", "{b: [2.0e0], a: 1}", true);
	check("{\"a\": 1, \"b\": 2}", "{b: 1, a: 2}", false);
	check("{\"a\": 1, \"b\": 2}", "{a: 1, c: 2}", false);
	check("{\"a\": 1}", "{a: 1, b: 2}", false);
	check("{\"a\": {\"x\": 1, \"y\": 2}}", "a: {y: 2, x: 1}", true);
	check("{\"a\": [1], \"b\": [1]}", "{a: &x [1], b: *x}", true);
}

static void big_maps_in_another_order(void **state)
{
	struct buf a = BUF_INIT(1 << 20), b = BUF_INIT(1 << 20);

	(void)state;
	buf_addc(&a, '{');
	for (int i = 0; i < 1000; i++) {
		buf_addf(&a, "%s\"k%d\": %d", i ? "," : "", i, i);
		buf_addf(&b, "k%d: %d\n", 999 - i, 999 - i);
	}
	buf_addc(&a, '}');
	check(buf_z(&a), buf_z(&b), true);
	buf_release(&a);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(values),
	        cmocka_unit_test(maps),
	        cmocka_unit_test(big_maps_in_another_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
