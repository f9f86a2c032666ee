#include "base/arena.h"

#include "../check.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void pieces_are_zeroed_and_aligned(void **state)
{
	struct arena a = {0};

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 2000; i++) {
			size_t align = (size_t)1 << i % 5;
			char *p = arena_alloc(&a, i, align);

			assert_non_null(p);
			assert_int_equal((uintptr_t)p % align, 0);
			assert_true(is_zero(p, i));
			memset(p, 0xAA, i);
		}
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
	arena_release(&a);
}

static void piece_larger_than_any_block(void **state)
{
	struct arena a = {0};
	size_t n = 3u << 20;
	char *big = arena_alloc(&a, n, 16), *small = arena_alloc(&a, 8, 8);

	(void)state;
	assert_true(is_zero(big, n));
	memset(big, 1, n);
	assert_true(is_zero(small, 8));
	arena_release(&a);
	assert_int_equal(a.used, 0);
	assert_non_null(arena_alloc(&a, 0, 1)); /* ready again */
	arena_release(&a);
}

static void pieces_are_joined(void **state)
{
	struct arena a = {0};

	(void)state;
	for (int round = 0; round < 2; round++) {
		memset(arena_alloc(&a, 100, 1), 0xAA, 100);
		arena_reset(&a);
		assert_str(arena_cat(&a, STR("a"), STR_NONE, STR(""), STR("bc")), "abc");
		assert_int_equal(arena_cat(&a, STR("a"), STR("bc")).s[3], 0);
		assert_str(arena_cat(&a, STR_NONE), "");
		assert_str(arena_number(&a, 0), "0");
		assert_str(arena_number(&a, UINT64_MAX), "18446744073709551615");
		assert_int_equal(arena_number(&a, 12).s[2], 0);
	}
	arena_release(&a);
}

static void copies_are_terminated(void **state)
{
	struct arena a = {0};
	struct str nul = {"a\0b", 3}, copy = arena_str(&a, nul);

	(void)state;
	assert_true(str_eq(copy, nul));
	assert_int_equal(copy.s[3], 0);
	copy = arena_str(&a, STR_NONE);
	assert_non_null(copy.s);
	assert_string_equal(copy.s, "");
	copy = arena_fmt(&a, "%5000d|", 7);
	assert_int_equal(copy.n, 5001);
	assert_string_equal(copy.s + 4998, " 7|");
	arena_release(&a);
}

static void pushed_items_keep_their_order(void **state)
{
	struct arena a = {0};
	size_t n = 0, cap = 0;
	int *items = NULL;

	(void)state;
	for (int i = 0; i < 1000; i++)
		*arena_push(&a, items, n, cap) = i;
	assert_int_equal(n, 1000);
	assert_true(cap >= n);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_release(&a);
}

/* The exit status of a process that asks for more than there can be. */
static int status_of_overflow(void)
{
	struct arena a = {0};
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		arena_array(&a, uint64_t, SIZE_MAX / 4);
		_exit(0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflowing_product_ends_the_program(void **state)
{
	(void)state;
	assert_int_equal(status_of_overflow(), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(pieces_are_zeroed_and_aligned),
	        cmocka_unit_test(piece_larger_than_any_block),
	        cmocka_unit_test(pieces_are_joined),
	        cmocka_unit_test(copies_are_terminated),
	        cmocka_unit_test(pushed_items_keep_their_order),
	        cmocka_unit_test(overflowing_product_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
