#include "../check.h"
#include "base/build.h"
#include "base/sum.h"

/* Whatever single bit differs, or whatever length, the sum does. */
static void each_bit_counts(void **state)
{
	char bytes[100] = {0};

	(void)state;
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		struct str s = {bytes, n};
		uint64_t plain = sum64(0, s);

		assert_true(plain == sum64(0, s));
		assert_true(plain != sum64(1, s));
		if (n)
			assert_true(plain != sum64(0, str_sub(s, 0, n - 1)));
		for (size_t bit = 0; bit < n * 8; bit++) {
			bytes[bit / 8] = (char)(1 << bit % 8);
			assert_true(plain != sum64(0, s));
			bytes[bit / 8] = 0;
		}
	}
}

/* Source: RFC 9923, appendix C: "", "a", "foobar" */
static void one_is_the_same_for_ever(void **state)
{
	(void)state;
	assert_true(sum64_stable(STR("")) == 0xcbf29ce484222325u);
	assert_true(sum64_stable(STR("a")) == 0xaf63dc4c8601ec8cu);
	assert_true(sum64_stable(STR("foobar")) == 0x85944171f73967e8u);
}

static void this_build_has_a_number(void **state)
{
	(void)state;
	assert_true(build_number() != 0);
	assert_true(build_number() == build_number());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(each_bit_counts),
	        cmocka_unit_test(one_is_the_same_for_ever),
	        cmocka_unit_test(this_build_has_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
