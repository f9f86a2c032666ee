#include "base/map.h"

#include "../check.h"

#define MANY 10000

static void empty_has_nothing(void **state)
{
	struct arena a = {0};
	struct map m;

	(void)state;
	map_init(&m, &a);
	assert_null(map_get(&m, STR("x")));
	assert_null(map_get_hashed(&m, STR("x"), str_hash(STR("x"))));
	assert_false(map_has(&m, STR_NONE));
	arena_release(&a);
}

static void many_keys_in_order_of_insertion(void **state)
{
	static int values[MANY];
	struct arena a = {0};
	struct map m;

	(void)state;
	map_init(&m, &a);
	for (int i = 0; i < MANY; i++)
		map_set(&m, arena_fmt(&a, "key-%d", i * 7919 % MANY), &values[i]);
	assert_int_equal(m.n, MANY);
	for (int i = 0; i < MANY; i++) {
		struct str key = arena_fmt(&a, "key-%d", i * 7919 % MANY);

		assert_true(str_eq(m.items[i].key, key));
		assert_ptr_equal(map_get(&m, key), &values[i]);
		assert_ptr_equal(map_get_hashed(&m, key, str_hash(key)), &values[i]);
		assert_false(map_has(&m, arena_fmt(&a, "Key-%d", i)));
	}
	arena_release(&a);
}

static void later_value_replaces_and_keeps_its_place(void **state)
{
	struct arena a = {0};
	struct map m;
	bool added;
	int one, two;

	(void)state;
	map_init(&m, &a);
	*map_at(&m, STR("a"), &added) = &one;
	assert_true(added);
	map_set(&m, STR("b"), &two);
	assert_ptr_equal(*map_at(&m, STR("a"), &added), &one);
	assert_false(added);
	map_set(&m, STR("a"), &two);
	assert_int_equal(m.n, 2);
	assert_str(m.items[0].key, "a");
	assert_ptr_equal(map_get(&m, STR("a")), &two);
	arena_release(&a);
}

static void keys_are_bytes(void **state)
{
	static const struct str keys[] = {STR(""),  STR("\0"),  STR("\0\0"),
	                                  STR("a"), STR("a\0"), STR("\xFF")};
	struct arena a = {0};
	struct map m;

	(void)state;
	map_init(&m, &a);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		map_set(&m, keys[i], (void *)(uintptr_t)&keys[i]);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		assert_ptr_equal(map_get(&m, keys[i]), &keys[i]);
	assert_ptr_equal(map_get(&m, STR_NONE), &keys[0]); /* absent equals empty */
	arena_release(&a);
}

static void null_value_is_there(void **state)
{
	struct arena a = {0};
	struct map m;

	(void)state;
	map_init(&m, &a);
	map_set(&m, STR("x"), NULL);
	assert_null(map_get(&m, STR("x")));
	assert_true(map_has(&m, STR("x")));
	arena_release(&a);
}

static bool is_even(const struct map_item *item, void *ctx)
{
	(void)ctx;
	return (item->key.s[item->key.n - 1] - '0') % 2 == 0;
}

static void sorted_and_filtered(void **state)
{
	struct arena a = {0};
	struct map m;

	(void)state;
	map_init(&m, &a);
	map_sort(&m);
	map_filter(&m, is_even, NULL);
	for (int i = 1000; i > 0; i--) {
		struct str key = arena_fmt(&a, "%d", i);

		map_set(&m, key, (void *)(uintptr_t)key.s);
	}
	map_sort(&m);
	map_filter(&m, is_even, NULL);
	assert_int_equal(m.n, 500);
	for (size_t i = 0; i < m.n; i++) {
		assert_true(i == 0 || str_cmp(m.items[i - 1].key, m.items[i].key) < 0);
		assert_ptr_equal(map_get(&m, m.items[i].key), m.items[i].key.s);
	}
	assert_false(map_has(&m, STR("999")));
	map_set(&m, STR("999"), &m);
	assert_ptr_equal(map_get(&m, STR("999")), &m);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(empty_has_nothing),
	        cmocka_unit_test(many_keys_in_order_of_insertion),
	        cmocka_unit_test(later_value_replaces_and_keeps_its_place),
	        cmocka_unit_test(keys_are_bytes),
	        cmocka_unit_test(null_value_is_there),
	        cmocka_unit_test(sorted_and_filtered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
