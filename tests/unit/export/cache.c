/* Pieces kept for the next run: taken when all is the same, and never damaged ones. */
#include "export/cache.h"

#include "../sandbox.h"

#include <sys/wait.h>

static const unsigned char digest[32] = {1}, other[32] = {2};

enum { PIECES = 2 };

static void open_cache(struct cache **c, const unsigned char wanted[32], size_t n,
                       struct arena *arena)
{
	struct err err = {0};

	if (!cache_open(c, STR("kept"), wanted, n, arena, &err))
		fail_msg("%s", err.text);
}

/* What the letter KEY becomes: its number of times, and the letter. */
static void make_pieces(struct str out[PIECES], const char *key)
{
	static const char many[] =
	        "0123456789012345678901234567890123456789"; /* two rounds */

	out[0] = (struct str){many, (size_t)(*key - 'a') % sizeof(many)};
	out[1] = (struct str){key, 1};
}

static const struct cache_key *key_of(char letter)
{
	static struct cache_key key;

	key.bytes[0] = (unsigned char)letter;
	return &key;
}

static bool finish(struct cache *c, struct err *err)
{
	return cache_finish(c, STR("/out"), NULL, 0, err);
}

/* A run over KEYS, each a letter; how many of them the file had. FINISHED: to its end. */
static size_t run(const char *keys, const unsigned char wanted[32], bool finished)
{
	struct arena arena = {0};
	struct buf record = BUF_INIT(1000);
	struct err err = {0};
	struct cache *c;
	size_t hits = 0;

	open_cache(&c, wanted, PIECES, &arena);
	for (; *keys; keys++) {
		struct str want[PIECES], got[PIECES];
		bool taken = cache_take(c, key_of(*keys), false, &record, got);

		make_pieces(want, keys);
		if (taken) {
			/* A file that is made anew needs the first one anyway. */
			assert_true(!got[0].s || str_eq(got[0], want[0]));
			assert_true(str_eq(got[1], want[1]));
		}
		taken = cache_take(c, key_of(*keys), true, &record, got);
		if (taken) {
			assert_true(str_eq(got[0], want[0]));
			assert_true(str_eq(got[1], want[1]));
		}
		cache_keep(c, key_of(*keys), taken ? got : want, taken);
		hits += taken;
	}
	if (finished && !finish(c, &err))
		fail_msg("%s", err.text);
	cache_release(c);
	buf_release(&record);
	arena_release(&arena);
	return hits;
}

static off_t size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

static void what_is_the_same_is_taken(void **state)
{
	struct arena arena = {0};
	struct sandbox box;
	struct cache *c;
	struct buf record = BUF_INIT(1000);
	struct str got[PIECES + 1];

	(void)state;
	sandbox_open(&box);
	assert_int_equal(run("abc", digest, false), 0); /* no file, and none is made */
	assert_int_not_equal(access("kept", F_OK), 0);
	assert_int_equal(run("abcdefz", digest, true), 0);
	assert_int_equal(run("zabcdef", digest, false), 7);
	assert_int_equal(run("gzh", digest, false), 1);
	assert_int_equal(run("abc", other, false), 0);
	open_cache(&c, digest, PIECES + 1, &arena);
	assert_false(cache_take(c, key_of('a'), true, &record, got));
	cache_release(c);
	cache_release(NULL);
	buf_release(&record);
	arena_release(&arena);
	sandbox_close(&box);
}

/* The file grows by what is new; it is made anew when much of it is wanted no more. */
static void it_has_what_the_last_run_had(void **state)
{
	struct sandbox box;
	off_t before;

	(void)state;
	sandbox_open(&box);
	assert_int_equal(run("abc", digest, true), 0);
	before = size_of("kept");
	assert_int_equal(run("bcd", digest, false), 2);
	assert_int_equal(size_of("kept"), before);
	assert_int_equal(run("bcd", digest, true), 2);
	assert_true(size_of("kept") > before);
	assert_int_equal(run("abcd", digest, false), 3);
	assert_int_equal(run("ab", other, true), 0);
	assert_int_equal(run("abcd", digest, false), 0);
	assert_int_equal(run("ab", other, false), 2);
	before = size_of("kept");
	assert_int_equal(run("ba", other, true), 2); /* nothing new */
	assert_int_equal(size_of("kept"), before);
	for (int i = 0; i < 40000; i++) {
		assert_int_equal(run(i % 2 ? "ab" : "bc", other, true), 1);
		if (size_of("kept") < before)
			break;
		before = size_of("kept");
	}
	assert_in_range(before, 1024 * 1024, 2 * 1024 * 1024);
	assert_int_equal(run("bd", other, true), 1);
	sandbox_close(&box);
}

/* Two runs at once: the second takes, and puts a file of its own in its place. */
static void two_at_once(void **state)
{
	struct arena arena = {0};
	struct sandbox box;
	struct cache *first;
	struct err err = {0};

	(void)state;
	sandbox_open(&box);
	assert_int_equal(run("abc", digest, true), 0);
	open_cache(&first, digest, PIECES, &arena);
	assert_int_equal(run("abcd", digest, true), 3);
	assert_true(finish(first, &err));
	cache_release(first);
	assert_int_equal(run("abcd", digest, true), 4);
	arena_release(&arena);
	sandbox_close(&box);
}

/* Two that make the file: one has it for itself. */
static void one_makes_it(void **state)
{
	struct arena arena = {0};
	struct err err = {0}, why = {0};
	struct cache *first, *second;
	struct sandbox box;
	struct str pieces[PIECES];

	(void)state;
	sandbox_open(&box);
	make_pieces(pieces, "a");
	open_cache(&first, digest, PIECES, &arena);
	open_cache(&second, digest, PIECES, &arena);
	cache_keep(second, key_of('a'), pieces, false);
	assert_false(finish(second, &why));
	assert_string_equal(why.text, "another run is writing kept");
	cache_release(second);
	cache_keep(first, key_of('a'), pieces, false);
	assert_true(finish(first, &err));
	cache_release(first);
	assert_int_equal(run("ab", digest, true), 1);
	arena_release(&arena);
	sandbox_close(&box);
}

static void a_killed_run_leaves_what_the_next_one_takes(void **state)
{
	struct arena arena = {0};
	struct sandbox box;
	struct cache *c;
	pid_t pid;

	(void)state;
	sandbox_open(&box);
	pid = fork();
	if (pid == 0) {
		open_cache(&c, digest, PIECES, &arena);
		cache_keep(c, key_of('a'), (struct str[PIECES]){STR("x"), STR("y")},
		           false);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_true(size_of("kept.new") > 0);
	assert_int_equal(run("ab", digest, true), 0);
	assert_int_equal(run("ab", digest, true), 2);
	assert_int_not_equal(access("kept.new", F_OK), 0);
	sandbox_close(&box);
}

static void refuse(void)
{
	struct arena arena = {0};
	struct err err = {0};
	struct cache *c;

	assert_false(cache_open(&c, STR("kept"), digest, PIECES, &arena, &err));
	assert_non_null(strstr(err.text, "no file that --cache made"));
	cache_release(c);
	arena_release(&arena);
}

static void damage_brings_nothing(void **state)
{
	enum { KIND = 14 }; /* bytes that say what file it is */
	struct sandbox box;
	char bytes[2000];
	size_t n;
	FILE *f;

	(void)state;
	sandbox_open(&box);
	assert_int_equal(run("abz", digest, true), 0);
	f = fopen("kept", "rb");
	assert_non_null(f);
	n = fread(bytes, 1, sizeof(bytes), f);
	assert_int_equal(fclose(f), 0);
	for (size_t cut = KIND; cut < n; cut++) {
		sandbox_bytes("kept", (struct str){bytes, cut});
		assert_true(run("abz", digest, false) < 3);
	}
	for (size_t at = KIND; at < n; at++) {
		bytes[at] ^= 0x41;
		sandbox_bytes("kept", (struct str){bytes, n});
		if (run("abz", digest, false) == 3)
			assert_true(at >= 80 && at < 88); /* how much of it is wanted */
		bytes[at] ^= 0x41;
	}
	sandbox_close(&box);
}

static void it_knows_the_files_of_the_last_run(void **state)
{
	const struct export_sum files[] = {
	        {.path = STR("a"), .bytes = 1, .sha256 = {1}, .key = {{7}}, .mark = 11},
	        {.path = STR("b"), .bytes = 2},
	        {.path = STR("c"), .bytes = 3, .sha256 = {3}, .key = {{9}}, .mark = 33}};
	struct arena arena = {0};
	struct err err = {0};
	struct cache_made made;
	struct sandbox box;
	struct cache *c;

	(void)state;
	sandbox_open(&box);
	open_cache(&c, digest, PIECES, &arena);
	assert_int_equal(cache_made(c).n, 0);
	assert_true(cache_finish(c, STR("/out/2"), files, ARRAY_LEN(files), &err));
	cache_release(c);
	open_cache(&c, digest, PIECES, &arena);
	made = cache_made(c);
	assert_str(made.dir, "/out/2");
	assert_int_equal(made.n, 2);
	assert_int_equal(made.files[1].key.bytes[0], 9);
	assert_int_equal(made.files[1].mark, 33);
	assert_int_equal(made.files[1].bytes, 3);
	assert_int_equal(made.files[1].sha256[0], 3);
	cache_release(c);
	open_cache(&c, other, PIECES, &arena);
	assert_int_equal(cache_made(c).n, 0);
	cache_release(c);
	arena_release(&arena);
	sandbox_close(&box);
}

static void other_files_are_left_alone(void **state)
{
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_bytes("kept", STR("my notes\n"));
	refuse();
	assert_int_equal(size_of("kept"), 9);
	assert_int_equal(remove("kept"), 0);
	assert_int_equal(mkfifo("kept", 0666), 0); /* must not hang */
	refuse();
	assert_int_equal(remove("kept"), 0);
	sandbox_bytes("kept.new", STR("my newer notes\n"));
	refuse();
	assert_int_equal(size_of("kept.new"), 15);
	assert_int_equal(remove("kept.new"), 0);
	sandbox_bytes("kept", STR("")); /* as mktemp makes it */
	assert_int_equal(run("ab", digest, true), 0);
	assert_int_equal(run("ab", digest, true), 2);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_the_same_is_taken),
	        cmocka_unit_test(it_has_what_the_last_run_had),
	        cmocka_unit_test(two_at_once),
	        cmocka_unit_test(one_makes_it),
	        cmocka_unit_test(a_killed_run_leaves_what_the_next_one_takes),
	        cmocka_unit_test(damage_brings_nothing),
	        cmocka_unit_test(it_knows_the_files_of_the_last_run),
	        cmocka_unit_test(other_files_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
