/* Pieces kept for the next run: taken when all is the same, and never damaged ones. */
#include "export/cache.h"

#include "../sandbox.h"

static const unsigned char digest[32] = {1}, other[32] = {2};
static const unsigned char sums[3][32] = {{10}, {20}, {30}};

struct pieces {
	struct buf of[2];
};

static struct pieces pieces_of(const char *first, const char *second)
{
	struct pieces p = {{BUF_INIT(1000), BUF_INIT(1000)}};

	buf_addz(&p.of[0], first);
	buf_addz(&p.of[1], second);
	return p;
}

static void pieces_release(struct pieces *p)
{
	buf_release(&p->of[0]);
	buf_release(&p->of[1]);
}

/* Keep what KEYS, each a letter, become: the letter and its sum. */
static void keep(const char *keys)
{
	struct arena arena = {0};
	struct cache *c;
	struct err err = {0};

	assert_true(cache_open(&c, STR("kept"), digest, 2, &arena, &err));
	for (size_t i = 0; keys[i]; i++) {
		struct pieces p = pieces_of(i % 2 ? "odd" : "even", keys + i);

		cache_keep(c, (struct str){keys + i, 1}, sums[i % 3], p.of);
		pieces_release(&p);
	}
	cache_finish(c);
	cache_release(c);
	arena_release(&arena);
}

/* How many of the letters KEYS the file has, for a run with DIGEST and N forms. */
static size_t found(const char *keys, const unsigned char wanted[32], size_t n)
{
	struct arena arena = {0};
	struct cache *c;
	struct err err = {0};
	size_t hits = 0;

	assert_true(cache_open(&c, STR("kept"), wanted, n, &arena, &err));
	for (size_t i = 0; keys[i]; i++) {
		struct pieces p = pieces_of("", "");

		hits += cache_take(c, (struct str){keys + i, 1},
		                   sums[(size_t)(keys[i] - 'a') % 3], p.of);
		pieces_release(&p);
	}
	cache_release(c);
	arena_release(&arena);
	return hits;
}

static void what_is_the_same_is_taken(void **state)
{
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	assert_int_equal(found("abc", digest, 2), 0); /* no file */
	keep("abcdef");
	assert_int_equal(found("abcdef", digest, 2), 6);
	assert_int_equal(found("adz", digest, 2), 2);
	assert_int_equal(found("0bf", digest, 2), 2);
	assert_int_equal(found("ba", digest, 2), 1); /* out of order */
	assert_int_equal(found("abc", other, 2), 0);
	assert_int_equal(found("abc", digest, 1), 0);
	sandbox_close(&box);
}

static void the_pieces_are_those_that_were_kept(void **state)
{
	struct sandbox box;
	struct arena arena = {0};
	struct pieces p = pieces_of("", "");
	struct cache *c;
	struct err err = {0};

	(void)state;
	sandbox_open(&box);
	keep("ab");
	assert_true(cache_open(&c, STR("kept"), digest, 2, &arena, &err));
	assert_true(cache_take(c, STR("b"), sums[1], p.of));
	assert_string_equal(buf_z(&p.of[0]), "odd");
	assert_string_equal(buf_z(&p.of[1]), "b");
	cache_release(c);
	assert_true(cache_open(&c, STR("kept"), digest, 2, &arena, &err));
	assert_false(cache_take(c, STR("b"), sums[2], p.of));
	cache_release(c);
	cache_release(NULL);
	pieces_release(&p);
	arena_release(&arena);
	sandbox_close(&box);
}

static void damage_brings_nothing(void **state)
{
	struct sandbox box;
	char bytes[2000];
	size_t n;
	FILE *f;

	(void)state;
	sandbox_open(&box);
	keep("abc");
	f = fopen("kept", "rb");
	assert_non_null(f);
	n = fread(bytes, 1, sizeof(bytes), f);
	assert_int_equal(fclose(f), 0);
	for (size_t cut = 0; cut < n; cut++) {
		sandbox_bytes("kept", (struct str){bytes, cut});
		assert_true(found("abc", digest, 2) < 3);
	}
	for (size_t at = 0; at < n; at++) {
		bytes[at] ^= 0x41;
		sandbox_bytes("kept", (struct str){bytes, n});
		assert_true(found("abc", digest, 2) < 3);
		bytes[at] ^= 0x41;
	}
	assert_int_equal(remove("kept"), 0);
	assert_int_equal(mkfifo("kept", 0666), 0); /* must not hang */
	assert_int_equal(found("abc", digest, 2), 0);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_the_same_is_taken),
	        cmocka_unit_test(the_pieces_are_those_that_were_kept),
	        cmocka_unit_test(damage_brings_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
