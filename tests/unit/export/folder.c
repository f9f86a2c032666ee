/* A folder made as a whole: its paths, its sums, and what is left when it is not finished. */
#include "export/folder.h"

#include "../sandbox.h"
#include "base/buf.h"
#include "digest/digest.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>

/* In place of libc's: a file system that knows plain renames only. */
static bool plain;

int renameat2(int from_fd, const char *from, int to_fd, const char *to,
              unsigned int flags)
{
	if (plain) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
}

static size_t count(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	assert_int_equal(closedir(d), 0);
	return n - 2;
}

static void assert_sum(struct folder *f, const char *path, struct str bytes)
{
	const struct export_sum *sum = folder_sum(f, str_of(path));
	unsigned char want[32];

	sha256_of(want, bytes);
	assert_non_null(sum);
	assert_int_equal(sum->bytes, bytes.n);
	assert_memory_equal(sum->sha256, want, 32);
}

static void files_are_written_and_summed(void **state)
{
	struct sandbox box;
	struct arena arena = {0};
	struct buf large = BUF_INIT(1 << 24);
	struct export_file *file;
	struct folder *f;
	struct err err = {0};
	size_t n;

	(void)state;
	sandbox_open(&box);
	assert_true(folder_begin(&f, STR("out/"), false, &arena, &err));
	assert_true(folder_put(f, STR("b/c/d.txt"), NULL, STR("hello\n"), &err));
	assert_true(file_open(&file, f, STR("a.txt"), &err));
	for (int i = 0; i < 100000; i++) {
		buf_addf(&large, "line %d\n", i);
		assert_true(file_write(
		        file, str_sub(buf_str(&large), file_tell(file), large.n), &err));
	}
	assert_true(file_write(file, buf_str(&large), &err));
	assert_int_equal(file_tell(file), 2 * large.n);
	assert_true(file_close(file, &err));
	buf_add(&large, arena_str(&arena, buf_str(&large)));
	assert_sum(f, "a.txt", buf_str(&large));
	assert_sum(f, "b/c/d.txt", STR("hello\n"));
	sandbox_write(folder_path(f, STR("z/own"), &arena).s, "own");
	assert_true(folder_adopt(f, STR("z/own"), &err));
	assert_sum(f, "z/own", STR("own"));
	(void)folder_sums(f, &n);
	assert_int_equal(n, 3);
	assert_null(folder_sum(f, STR("z")));
	assert_int_equal(access("out", F_OK), -1);
	assert_true(folder_finish(f, &err));
	assert_int_equal(access("out/b/c/d.txt", R_OK), 0);
	assert_int_equal(count("."), 1);
	buf_release(&large);
	arena_release(&arena);
	sandbox_close(&box);
}

static void no_path_leads_elsewhere(void **state)
{
	static const struct str bad[] = {
	        STR(""),     STR("/etc/x"), STR("a/"),    STR("a//b"), STR(".."),
	        STR("../x"), STR("a/../b"), STR("a/.b"),  STR("."),    STR("a/./b"),
	        STR(".x"),   STR("a\0b"),   STR("a/\0b"),
	};
	struct sandbox box;
	struct arena arena = {0};
	struct folder *f;
	size_t n;

	(void)state;
	sandbox_open(&box);
	assert_int_equal(mkdir("in", 0777), 0);
	assert_true(folder_begin(&f, STR("in/out"), false, &arena, &(struct err){0}));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct export_file *file;
		struct err err = {0};

		assert_false(folder_put(f, bad[i], NULL, STR("x"), &err));
		assert_int_equal(err.code, ERR_IO);
		assert_false(file_open(&file, f, bad[i], &err));
	}
	(void)folder_sums(f, &n);
	assert_int_equal(n, 0);
	folder_abandon(f);
	assert_int_equal(count("in"), 0);
	arena_release(&arena);
	sandbox_close(&box);
}

static void a_file_is_written_once(void **state)
{
	struct sandbox box;
	struct arena arena = {0};
	struct folder *f;
	struct err err = {0};

	(void)state;
	sandbox_open(&box);
	assert_true(folder_begin(&f, STR("out"), false, &arena, &err));
	assert_true(folder_put(f, STR("a"), NULL, STR("x"), &err));
	assert_false(folder_put(f, STR("a"), NULL, STR("y"), &err));
	assert_string_equal(err.text, "out/a cannot be written: File exists");
	err = (struct err){0};
	assert_false(folder_put(f, STR("a/b"), NULL, STR("y"), &err));
	assert_int_equal(symlink("/tmp", folder_path(f, STR("link"), &arena).s), 0);
	err = (struct err){0};
	assert_false(folder_put(f, STR("link"), NULL, STR("y"), &err));
	folder_abandon(f);
	folder_abandon(f);
	assert_int_equal(count("."), 0);
	arena_release(&arena);
	sandbox_close(&box);
}

static void what_is_there_stays_until_the_end(void **state)
{
	struct sandbox box;
	struct arena arena = {0};
	struct folder *f;
	struct err err = {0};

	(void)state;
	sandbox_open(&box);
	sandbox_write("out/old/deep", "old");
	assert_false(folder_begin(&f, STR("out"), false, &arena, &err));
	assert_string_equal(err.text, "out is there already");
	err = (struct err){0};
	assert_true(folder_begin(&f, STR("out"), true, &arena, &err));
	assert_true(folder_put(f, STR("new"), NULL, STR("new"), &err));
	folder_abandon(f);
	assert_int_equal(access("out/old/deep", F_OK), 0);
	assert_int_equal(count("."), 1);
	assert_true(folder_begin(&f, STR("out"), true, &arena, &err));
	assert_true(folder_put(f, STR("new"), NULL, STR("new"), &err));
	assert_true(folder_finish(f, &err));
	assert_int_equal(access("out/old", F_OK), -1);
	assert_int_equal(access("out/new", F_OK), 0);
	assert_int_equal(count("."), 1);
	/* Somebody else was faster: theirs stays. */
	assert_true(folder_begin(&f, STR("late"), false, &arena, &err));
	assert_int_equal(mkdir("late", 0777), 0);
	assert_false(folder_finish(f, &err));
	assert_int_equal(count("."), 2);
	arena_release(&arena);
	sandbox_close(&box);
}

static volatile sig_atomic_t caught;

static void catch (int signal)
{
	(void)signal;
	caught++;
}

static void a_signal_waits_until_all_is_gone(void **state)
{
	struct sandbox box;
	struct arena arena = {0};
	struct folder *f;
	struct err err = {0};

	(void)state;
	sandbox_open(&box);
	(void)signal(SIGTERM, catch);
	assert_true(folder_begin(&f, STR("out"), false, &arena, &err));
	assert_false(folder_interrupted(f, &err));
	assert_int_equal(raise(SIGTERM), 0);
	assert_int_equal(caught, 0);
	assert_true(folder_interrupted(f, &err));
	assert_string_equal(err.text, "interrupted; nothing was written");
	folder_abandon(f);
	assert_int_equal(caught, 1);
	assert_int_equal(count("."), 0);
	arena_release(&arena);
	sandbox_close(&box);
}

static void make(const char *name, bool replace)
{
	struct arena arena = {0};
	struct folder *f;
	struct err err = {0};

	assert_true(folder_begin(&f, STR("out"), replace, &arena, &err));
	assert_true(folder_put(f, str_of(name), NULL, STR("x"), &err));
	assert_true(folder_finish(f, &err));
	assert_int_equal(access(arena_fmt(&arena, "out/%s", name).s, F_OK), 0);
	assert_int_equal(count("out"), 1);
	assert_int_equal(count("."), 1);
	arena_release(&arena);
}

static void plain_renames_will_do(void **state)
{
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	plain = true;
	make("first", false);
	make("second", true);
	plain = false;
	sandbox_close(&box);
}

/* ---- files of an earlier folder ---- */

static struct cache_key key_of(char c)
{
	struct cache_key key = {{0}};

	key.bytes[0] = (unsigned char)c;
	return key;
}

/* The folder "before" with the files a, b and c/d, each of a key; what they are, in OUT. */
static void make_before(struct made_file out[3], struct arena *arena)
{
	static const char *const paths[] = {"a", "b", "c/d"};
	struct folder *f;
	struct err err = {0};

	assert_true(folder_begin(&f, STR("before"), false, arena, &err));
	for (size_t i = 0; i < 3; i++) {
		struct cache_key key = key_of(*paths[i]);
		const struct export_sum *sum;

		assert_true(
		        folder_put(f, str_of(paths[i]), &key, str_of(paths[i]), &err));
		sum = folder_sum(f, str_of(paths[i]));
		assert_int_equal(folder_made(&out[i], sum, 1), 1);
	}
	assert_true(folder_finish(f, &err));
}

/* Which of those a new folder, "after", takes over: their letters. */
static void assert_taken(const struct made_file made[3], struct str dir, const char *want)
{
	struct arena arena = {0};
	struct folder *f;
	struct err err = {0};
	char taken[4] = "", *at = taken;

	assert_true(folder_begin(&f, STR("after"), false, &arena, &err));
	folder_follow(f, dir, made, 3);
	assert_true(folder_make(f, STR("c"), &err));
	for (const char *c = "abc"; *c; c++) {
		struct str path = *c == 'c' ? STR("c/d") : (struct str){c, 1};
		struct cache_key key = key_of(*c);

		if (folder_link(f, path, &key)) {
			*at++ = *c;
			assert_sum(f, arena_str(&arena, path).s, path);
		} else {
			assert_true(folder_put(f, path, &key, path, &err));
		}
		*at = '\0';
	}
	assert_string_equal(taken, want);
	assert_true(folder_finish(f, &err));
	assert_int_equal(system("cat after/a after/b after/c/d >all; rm -r after"), 0);
	assert_int_equal(system("test \"$(cat all)\" = abc/d"), 0);
	arena_release(&arena);
}

static void untouched_files_are_linked(void **state)
{
	struct made_file made[3], other[3];
	struct sandbox box;
	struct arena arena = {0};
	mode_t mask;

	(void)state;
	sandbox_open(&box);
	make_before(made, &arena);
	assert_taken(made, STR("before"), "abc");
	assert_taken(made, STR("nowhere"), "");
	sandbox_write("elsewhere", "no folder");
	assert_taken(made, STR("elsewhere"), "");
	assert_int_equal(symlink("before", "link"), 0);
	assert_taken(made, STR("link"), "");
	/* Of another key, or of a mark that is not its own. */
	memcpy(other, made, sizeof(other));
	other[1].key = key_of('x');
	other[2].mark++;
	assert_taken(other, STR("before"), "a");
	/* For other readers than a new file would be. */
	mask = umask(077);
	assert_taken(made, STR("before"), "");
	(void)umask(mask);
	arena_release(&arena);
	sandbox_close(&box);
}

static void touched_files_are_not(void **state)
{
	struct made_file made[3];
	struct sandbox box;
	struct arena arena = {0};

	(void)state;
	sandbox_open(&box);
	make_before(made, &arena);
	/* For another group to read, which not everybody may say. */
	if (chown("before/a", (uid_t)-1, getgid() + 1) == 0)
		assert_taken(made, STR("before"), "bc");
	assert_int_equal(system("printf A >a && mv a before/a"),
	                 0); /* as large as it was */
	assert_taken(made, STR("before"), "bc");
	assert_int_equal(system("touch before/b"), 0);
	assert_taken(made, STR("before"), "c");
	assert_int_equal(system("mv before/c/d e && ln -s ../../e before/c/d"), 0);
	assert_taken(made, STR("before"), "");
	assert_int_equal(system("rm before/c/d && mkdir before/c/d"), 0);
	assert_taken(made, STR("before"), "");
	arena_release(&arena);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(files_are_written_and_summed),
	        cmocka_unit_test(no_path_leads_elsewhere),
	        cmocka_unit_test(a_file_is_written_once),
	        cmocka_unit_test(what_is_there_stays_until_the_end),
	        cmocka_unit_test(plain_renames_will_do),
	        cmocka_unit_test(a_signal_waits_until_all_is_gone),
	        cmocka_unit_test(untouched_files_are_linked),
	        cmocka_unit_test(touched_files_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
