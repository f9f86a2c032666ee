/* Several files written at once: all of them or none, and nothing left beside them. */
#include "cmd/replace.h"

#include "../sandbox.h"
#include "digest/digest.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>

static volatile sig_atomic_t caught;

static void catch (int signal)
{
	(void)signal;
	caught++;
}

static const char *digest(struct arena *arena, const char *text)
{
	char *out = arena_array(arena, char, 65);

	sha256_text(out, str_of(text));
	return out;
}

static void assert_holds(const char *path, const char *text)
{
	char bytes[100] = {0};
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	(void)fread(bytes, 1, sizeof(bytes) - 1, f);
	assert_int_equal(fclose(f), 0);
	assert_string_equal(bytes, text);
}

/* How many files there are in DIR, hidden ones too. */
static size_t count(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	for (struct dirent *e = readdir(d); e; e = readdir(d))
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	assert_int_equal(closedir(d), 0);
	return n;
}

struct fixture {
	struct sandbox sandbox;
	struct arena arena;
	struct replacing all;
	struct err err;
};

static int open_fixture(void **state)
{
	struct fixture *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	sandbox_open(&s->sandbox);
	sandbox_write("notes/a.yaml", "a\n");
	sandbox_write("notes/b.yaml", "b\n");
	caught = 0;
	replacing_begin(&s->all, &s->arena);
	*state = s;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *s = *state;

	arena_release(&s->arena);
	sandbox_close(&s->sandbox);
	free(s);
	return 0;
}

/* Write "NEW\n" where NAME held "OLD\n". */
static bool add(struct fixture *s, const char *name, const char *old, const char *new)
{
	return replacing_add(&s->all, str_of(name), digest(&s->arena, old), str_of(new),
	                     &s->err);
}

static void assert_untouched(struct fixture *s)
{
	replacing_release(&s->all);
	assert_holds("notes/a.yaml", "a\n");
	assert_holds("notes/b.yaml", "b\n");
	assert_int_equal(count("notes"), 2);
}

static void writes_all(void **state)
{
	struct fixture *s = *state;
	struct stat st;

	assert_int_equal(chmod("notes/b.yaml", 0640), 0);
	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	assert_true(add(s, "notes/b.yaml", "b\n", "B\n"));
	assert_holds("notes/a.yaml", "a\n");
	assert_int_equal(count("notes"), 4);
	assert_true(replacing_finish(&s->all, &s->err));
	replacing_release(&s->all);
	assert_holds("notes/a.yaml", "A\n");
	assert_holds("notes/b.yaml", "B\n");
	assert_int_equal(count("notes"), 2);
	assert_int_equal(stat("notes/b.yaml", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
}

static void refuses_what_changed_before(void **state)
{
	struct fixture *s = *state;

	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	assert_false(add(s, "notes/b.yaml", "other\n", "B\n"));
	assert_string_equal(s->err.text,
	                    "notes/b.yaml cannot be written: somebody else changed it "
	                    "meanwhile; look at it and run this again");
	assert_untouched(s);
}

static void puts_back_what_changed_at_last(void **state)
{
	struct fixture *s = *state;

	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	assert_true(add(s, "notes/b.yaml", "b\n", "B\n"));
	sandbox_write("notes/b.yaml", "an edit\n");
	assert_false(replacing_finish(&s->all, &s->err));
	replacing_release(&s->all);
	assert_holds("notes/a.yaml", "a\n");
	assert_holds("notes/b.yaml", "an edit\n");
	assert_int_equal(count("notes"), 2);
}

static void puts_back_when_one_is_gone(void **state)
{
	struct fixture *s = *state;

	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	assert_true(add(s, "notes/b.yaml", "b\n", "B\n"));
	assert_int_equal(unlink("notes/b.yaml"), 0);
	assert_false(replacing_finish(&s->all, &s->err));
	replacing_release(&s->all);
	assert_holds("notes/a.yaml", "a\n");
	assert_int_equal(count("notes"), 1);
}

static void writes_through_no_link(void **state)
{
	struct fixture *s = *state;

	assert_int_equal(symlink("a.yaml", "notes/link.yaml"), 0);
	assert_false(add(s, "notes/link.yaml", "a\n", "A\n"));
	assert_non_null(strstr(s->err.text, "symbolic link"));
	assert_int_equal(unlink("notes/link.yaml"), 0);
	assert_untouched(s);
}

static void leaves_nothing_when_the_disk_is_full(void **state)
{
	struct fixture *s = *state;
	struct rlimit limit, small;
	char much[4096];

	memset(much, 'x', sizeof(much) - 1);
	much[sizeof(much) - 1] = '\0';
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = (struct rlimit){1024, limit.rlim_max};
	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(add(s, "notes/b.yaml", "b\n", much));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(s->err.code, ERR_IO);
	assert_untouched(s);
}

static void leaves_nothing_when_interrupted(void **state)
{
	struct fixture *s = *state;

	replacing_release(&s->all);
	(void)signal(SIGINT, catch);
	replacing_begin(&s->all, &s->arena);
	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	assert_int_equal(raise(SIGINT), 0);
	assert_int_equal(caught, 0);
	assert_false(add(s, "notes/b.yaml", "b\n", "B\n"));
	assert_false(replacing_finish(&s->all, &s->err));
	assert_untouched(s);
	assert_int_equal(caught, 1);
	(void)signal(SIGINT, SIG_DFL);
}

static void an_ignored_signal_is_ignored(void **state)
{
	struct fixture *s = *state;

	replacing_release(&s->all);
	(void)signal(SIGHUP, SIG_IGN);
	replacing_begin(&s->all, &s->arena);
	assert_int_equal(raise(SIGHUP), 0);
	assert_true(add(s, "notes/a.yaml", "a\n", "A\n"));
	assert_true(replacing_finish(&s->all, &s->err));
	replacing_release(&s->all);
	assert_holds("notes/a.yaml", "A\n");
	(void)signal(SIGHUP, SIG_DFL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(writes_all),
	        TEST(refuses_what_changed_before),
	        TEST(puts_back_what_changed_at_last),
	        TEST(puts_back_when_one_is_gone),
	        TEST(writes_through_no_link),
	        TEST(leaves_nothing_when_the_disk_is_full),
	        TEST(leaves_nothing_when_interrupted),
	        TEST(an_ignored_signal_is_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
