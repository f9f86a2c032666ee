#include "base/str.h"

#include "../check.h"
#include "base/macro.h"

static void absent_and_empty_compare_equal(void **state)
{
	(void)state;
	assert_null(str_of(NULL).s);
	assert_true(str_eq(str_of(NULL), STR("")));
	assert_true(str_eqz(STR_NONE, ""));
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_starts(STR_NONE, STR_NONE));
	assert_true(str_ends(STR("x"), STR_NONE));
	assert_int_equal(str_find(STR_NONE, 'x'), 0);
	assert_int_equal(str_trim(STR_NONE).n, 0);
	assert_int_equal(str_hash(STR_NONE), str_hash(STR("")));
}

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

static void order_is_that_of_bytes(void **state)
{
	static const struct {
		struct str a, b;
		int want;
	} rows[] = {
	        {STR("a"), STR("a"), 0},    {STR("a"), STR("b"), -1},
	        {STR("a"), STR("ab"), -1},  {STR("b"), STR("ab"), 1},
	        {STR(""), STR("a"), -1},    {STR("Z"), STR("a"), -1},
	        {STR("\xFF"), STR("a"), 1}, {STR("a\0a"), STR("a\0b"), -1},
	        {STR("a\0"), STR("a"), 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(sign(str_cmp(rows[i].a, rows[i].b)), rows[i].want);
		assert_int_equal(sign(str_cmp(rows[i].b, rows[i].a)), -rows[i].want);
		assert_int_equal(str_eq(rows[i].a, rows[i].b), rows[i].want == 0);
	}
}

static void starts_and_ends(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_false(str_starts(STR("xab"), STR("ab")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("bc"), STR("abc")));
	assert_int_equal(str_find(STR("a/b/c"), '/'), 1);
	assert_int_equal(str_rfind(STR("a/b/c"), '/'), 3);
	assert_int_equal(str_rfind(STR("abc"), '/'), 3);
	assert_int_equal(str_find(STR("a\0b"), 'b'), 2);
}

static void slices_stay_inside(void **state)
{
	(void)state;
	assert_str(str_sub(STR("abc"), 1, 1), "b");
	assert_str(str_sub(STR("abc"), 1, SIZE_MAX), "bc");
	assert_str(str_sub(STR("abc"), SIZE_MAX, SIZE_MAX), "");
	assert_str(str_sub(STR("abc"), 3, 1), "");
	assert_null(str_sub(STR_NONE, 5, 5).s);
}

static void trim_takes_ascii_white_space(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t\r\n\v\fa b \n")), "a b");
	assert_str(str_trim(STR(" \n ")), "");
	assert_str(str_trim(STR("\xC2\xA0x")), "\xC2\xA0x");
}

static void split_gives_every_piece(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		const char *pieces[4];
	} rows[] = {
	        {NULL, 0, {NULL}},    {"", 1, {""}},
	        {",", 2, {"", ""}},   {"a,,b", 3, {"a", "", "b"}},
	        {"a,", 2, {"a", ""}}, {",a", 2, {"", "a"}},
	        {"a b", 1, {"a b"}},  {",,,", 4, {"", "", "", ""}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str rest = str_of(rows[i].text), piece;

		for (size_t k = 0; k < rows[i].n; k++) {
			assert_true(str_split(&rest, ',', &piece));
			assert_str(piece, rows[i].pieces[k]);
		}
		assert_false(str_split(&rest, ',', &piece));
		assert_false(str_split(&rest, ',', &piece));
	}
}

static void hash_depends_on_every_byte(void **state)
{
	char text[40];

	(void)state;
	for (size_t n = 1; n <= sizeof(text); n++) {
		struct str s = {text, n};

		memset(text, 'x', sizeof(text));
		for (size_t at = 0; at < n; at++) {
			uint64_t before = str_hash(s);

			text[at] = 'y';
			assert_true(str_hash(s) != before);
		}
	}
}

static void hash_depends_on_bytes_alone(void **state)
{
	char text[] = "xabcdefghijklmnopqrstuvwxyz";

	(void)state;
	for (size_t n = 0; n < 26; n++) {
		struct str there = {text + 1, n},
		           here = {"abcdefghijklmnopqrstuvwxyz", n};
		struct str longer = {here.s, n + 1};

		assert_true(str_hash(there) == str_hash(here));
		assert_true(str_hash(here) != str_hash(longer));
	}
	assert_true(str_hash(STR("\0")) != str_hash(STR("\0\0")));
}

static void only_digits_are_numbers(void **state)
{
	static const struct {
		struct str text;
		int64_t want;
	} rows[] = {
	        {STR("0"), 0},         {STR("7"), 7},
	        {STR("007"), 7},       {STR("1000000"), 1000000},
	        {STR(""), -1},         {STR("-1"), -1},
	        {STR("+1"), -1},       {STR(" 1"), -1},
	        {STR("1\0"), -1},      {STR("1x"), -1},
	        {STR_NONE, -1},        {STR("0x1"), -1},
	        {STR("99999999"), -1}, {STR("1e3"), -1},
	        {STR("1.0"), -1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(str_digits(rows[i].text), rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(absent_and_empty_compare_equal),
	        cmocka_unit_test(order_is_that_of_bytes),
	        cmocka_unit_test(starts_and_ends),
	        cmocka_unit_test(slices_stay_inside),
	        cmocka_unit_test(trim_takes_ascii_white_space),
	        cmocka_unit_test(split_gives_every_piece),
	        cmocka_unit_test(hash_depends_on_bytes_alone),
	        cmocka_unit_test(hash_depends_on_every_byte),
	        cmocka_unit_test(only_digits_are_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
