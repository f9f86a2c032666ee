#include "base/buf.h"

#include "base/arena.h"

#include "../check.h"

static void empty_is_terminated(void **state)
{
	struct buf b = BUF_INIT(10);

	(void)state;
	assert_string_equal(buf_z(&b), "");
	assert_int_equal(buf_str(&b).n, 0);
	buf_add(&b, STR_NONE);
	buf_fill(&b, 'x', 0);
	buf_truncate(&b, 5);
	assert_string_equal(buf_z(&b), "");
	assert_false(b.overflow);
	buf_release(&b);
}

static void everything_is_appended(void **state)
{
	struct buf b = BUF_INIT(1000);

	(void)state;
	buf_add(&b, STR("a\0b"));
	buf_addc(&b, '-');
	buf_addz(&b, "zz");
	buf_addf(&b, "%03d", 7);
	buf_fill(&b, '.', 3);
	assert_true(str_eq(buf_str(&b), STR("a\0b-zz007...")));
	assert_int_equal(b.s[b.n], 0);
	buf_truncate(&b, 100);
	assert_int_equal(b.n, 12);
	buf_truncate(&b, 1);
	assert_string_equal(buf_z(&b), "a");
	buf_release(&b);
}

static void numbers_are_as_printf_has_them(void **state)
{
	static const uint64_t numbers[] = {0, 1, 9, 10, 2026, UINT64_MAX};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct buf a = BUF_INIT(20), b = BUF_INIT(20);

		buf_addn(&a, numbers[i]);
		buf_addf(&b, "%llu", (unsigned long long)numbers[i]);
		assert_string_equal(buf_z(&a), buf_z(&b));
		assert_false(a.overflow);
		buf_release(&a);
		buf_release(&b);
	}
}

/* Lengths around those at which memory is asked for, in one piece and byte by byte. */
static void room_grows_up_to_the_maximum(void **state)
{
	(void)state;
	for (size_t max = 0; max < 1100; max++) {
		struct buf whole = BUF_INIT(max), bytes = BUF_INIT(max);

		buf_fill(&whole, 'x', max);
		for (size_t i = 0; i < max; i++)
			buf_addc(&bytes, 'x');
		assert_false(whole.overflow || bytes.overflow);
		assert_true(str_eq(buf_str(&whole), buf_str(&bytes)));
		assert_int_equal(strlen(buf_z(&bytes)), max);
		buf_addc(&whole, 'y');
		buf_addz(&bytes, "y");
		assert_true(whole.overflow && bytes.overflow);
		assert_true(whole.n == max && bytes.n == max);
		buf_release(&whole);
		buf_release(&bytes);
	}
}

static void maximum_is_reached_but_not_passed(void **state)
{
	struct buf b = BUF_INIT(8);

	(void)state;
	buf_addz(&b, "12345678");
	assert_false(b.overflow);
	buf_addc(&b, '9');
	assert_true(b.overflow);
	assert_string_equal(buf_z(&b), "12345678");
	buf_truncate(&b, 2);
	buf_addz(&b, "x"); /* what comes after a gap is not added either */
	assert_string_equal(buf_z(&b), "12");
	buf_reset(&b);
	buf_addz(&b, "x");
	assert_string_equal(buf_z(&b), "x");
	assert_false(b.overflow);
	buf_release(&b);
}

static void nothing_of_what_does_not_fit_is_added(void **state)
{
	struct buf b = BUF_INIT(4);

	(void)state;
	buf_addf(&b, "%s", "12345");
	assert_true(b.overflow);
	assert_int_equal(b.n, 0);
	buf_reset(&b);
	buf_fill(&b, 'x', 5);
	assert_int_equal(b.n, 0);
	buf_reset(&b);
	assert_null(buf_reserve(&b, SIZE_MAX));
	assert_null(buf_reserve(&b, 0)); /* until it is reset */
	buf_release(&b);
	assert_int_equal(b.max, 4);
}

static void no_room_at_all(void **state)
{
	struct buf b = BUF_INIT(0);

	(void)state;
	buf_addz(&b, "");
	assert_false(b.overflow);
	buf_addc(&b, 'x');
	assert_true(b.overflow);
	buf_release(&b);
}

static void grows_like_a_plain_text(void **state)
{
	static char model[20001];
	struct buf b = BUF_INIT(sizeof(model) - 1);
	uint64_t seed = 1;
	size_t n = 0;

	(void)state;
	while (n < sizeof(model) - 200) {
		size_t more = pick(&seed, 100);
		char c = (char)('a' + pick(&seed, 26));

		memset(model + n, c, more);
		buf_fill(&b, c, more);
		n += more;
		if (pick(&seed, 10) == 0) {
			n -= pick(&seed, 50) % (n + 1);
			buf_truncate(&b, n);
		}
		model[n] = '\0';
		assert_int_equal(b.n, n);
	}
	assert_string_equal(buf_z(&b), model);
	buf_release(&b);
}

/* Short texts are formatted on the way, long ones in their place. */
static void formatted_texts_of_any_length(void **state)
{
	(void)state;
	for (int n = 0; n < 600; n++) {
		struct buf b = BUF_INIT(600);
		struct arena a = {0};

		buf_addf(&b, "%0*d|", n, 0);
		assert_int_equal(b.n, n ? n + 1 : 2);
		assert_int_equal(b.s[b.n - 1], '|');
		assert_int_equal(strlen(b.s), b.n);
		assert_true(str_eq(arena_fmt(&a, "%0*d|", n, 0), buf_str(&b)));
		buf_addf(&b, "%0*d", 600, 0);
		assert_true(b.overflow);
		buf_release(&b);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(empty_is_terminated),
	        cmocka_unit_test(everything_is_appended),
	        cmocka_unit_test(numbers_are_as_printf_has_them),
	        cmocka_unit_test(room_grows_up_to_the_maximum),
	        cmocka_unit_test(maximum_is_reached_but_not_passed),
	        cmocka_unit_test(nothing_of_what_does_not_fit_is_added),
	        cmocka_unit_test(no_room_at_all),
	        cmocka_unit_test(grows_like_a_plain_text),
	        cmocka_unit_test(formatted_texts_of_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
