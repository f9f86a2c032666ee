/* Tables in a file: values go in and come out, and what is damaged or another's is told. */
#include "store/store.h"

#include "../sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

static const struct store_kind kind = {
        0x73746d01, 2, "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)"};
static const struct str name = STR("a.sqlite");

struct fixture {
	struct sandbox sandbox;
	struct store *s;
	struct err err;
};

static int open_fixture(void **state)
{
	static struct fixture f;

	f = (struct fixture){0};
	sandbox_open(&f.sandbox);
	*state = &f;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	store_close(f->s);
	sandbox_close(&f->sandbox);
	return 0;
}

static void open_cache(struct fixture *f)
{
	store_close_p(&f->s);
	if (!store_cache(&f->s, name, &kind, &f->err))
		fail_msg("%s", f->err.text);
}

static void put(struct fixture *f, int64_t id, struct str text)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;

	assert_true(store_query(&q, f->s, "INSERT INTO t VALUES(?1, ?2)", &f->err));
	store_bind_int(q, 1, id);
	store_bind_text(q, 2, text);
	assert_true(store_do(q, &f->err));
}

static int64_t count(struct fixture *f)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	bool row;

	assert_true(store_query(&q, f->s, "SELECT count(*) FROM t", &f->err));
	assert_true(store_step(q, &row, &f->err) && row);
	return store_int(q, 0);
}

static void test_values(void **state)
{
	struct fixture *f = *state;
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	bool row;

	open_cache(f);
	put(f, INT64_MAX, (struct str){"a\0b", 3});
	put(f, INT64_MIN, STR_NONE);
	put(f, 0, STR(""));
	open_cache(f);
	assert_true(store_query(&q, f->s, "SELECT id, name FROM t ORDER BY id", &f->err));
	assert_true(store_step(q, &row, &f->err) && row);
	assert_true(store_int(q, 0) == INT64_MIN);
	assert_null(store_text(q, 1).s);
	assert_true(store_step(q, &row, &f->err) && row);
	assert_non_null(store_text(q, 1).s);
	assert_int_equal(store_text(q, 1).n, 0);
	assert_true(store_step(q, &row, &f->err) && row);
	assert_int_equal(store_text(q, 1).n, 3);
	assert_memory_equal(store_text(q, 1).s, "a\0b", 3);
	assert_true(store_step(q, &row, &f->err) && !row);
	assert_true(store_step(q, &row, &f->err) && row); /* it starts again */
	store_reset(q);
}

static void test_taken_back(void **state)
{
	struct fixture *f = *state;

	open_cache(f);
	assert_true(store_begin(f->s, &f->err));
	put(f, 1, STR("x"));
	assert_true(store_end(f->s, false, &f->err));
	assert_int_equal(count(f), 0);
	assert_true(store_begin(f->s, &f->err));
	put(f, 1, STR("x"));
	assert_true(store_end(f->s, true, &f->err));
	assert_int_equal(count(f), 1);
}

/* What was put in before its program ended, however that was, is there. */
static void test_killed(void **state)
{
	struct fixture *f = *state;
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		open_cache(f);
		put(f, 1, STR("kept"));
		assert_true(store_begin(f->s, &f->err));
		put(f, 2, STR("not yet"));
		(void)raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	open_cache(f);
	assert_int_equal(count(f), 1);
}

static void test_other_version(void **state)
{
	struct fixture *f = *state;
	struct store_kind next = kind;

	open_cache(f);
	put(f, 1, STR("x"));
	store_close_p(&f->s);
	next.version++;
	assert_true(store_cache(&f->s, name, &next, &f->err));
	assert_int_equal(count(f), 0);
}

static void scribble(off_t from, size_t n)
{
	static const char bytes[4096] = {1, 2, 3};
	int fd = open(name.s, O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, n, from), n);
	assert_int_equal(close(fd), 0);
}

static void test_damaged(void **state)
{
	struct fixture *f = *state;

	open_cache(f);
	put(f, 1, STR("x"));
	store_close_p(&f->s);
	scribble(4096, 4096);
	open_cache(f);
	assert_int_equal(count(f), 0);
	put(f, 1, STR("x"));
	store_close_p(&f->s);
	assert_int_equal(truncate(name.s, 5000), 0);
	open_cache(f);
	assert_int_equal(count(f), 0);
}

static void test_another_file(void **state)
{
	struct fixture *f = *state;
	struct store_kind other = kind;

	sandbox_write(name.s, "the only copy of a novel");
	assert_false(store_cache(&f->s, name, &kind, &f->err));
	assert_non_null(strstr(f->err.text, "is no cache of this kind"));
	assert_int_equal(f->err.code, ERR_IO);
	assert_null(f->s);
	assert_int_equal(unlink(name.s), 0);
	f->err = (struct err){0};
	other.id++;
	assert_true(store_cache(&f->s, name, &other, &f->err));
	put(f, 1, STR("x"));
	store_close_p(&f->s);
	assert_false(store_cache(&f->s, name, &kind, &f->err));
	f->err = (struct err){0};
	assert_true(store_cache(&f->s, name, &other, &f->err));
	assert_int_equal(count(f), 1);
}

static void test_a_database_of_somebody(void **state)
{
	struct fixture *f = *state;

	assert_true(store_create(&f->s, name, &f->err));
	assert_true(store_run(f->s, "CREATE TABLE novel(text)", &f->err));
	store_close_p(&f->s);
	assert_false(store_cache(&f->s, name, &kind, &f->err));
	f->err = (struct err){0};
	assert_true(store_read(&f->s, name, &f->err));
	assert_true(store_run(f->s, "SELECT text FROM novel", &f->err));
	assert_false(store_run(f->s, "DROP TABLE novel", &f->err));
}

static void test_nowhere(void **state)
{
	struct fixture *f = *state;

	assert_false(store_cache(&f->s, STR("no/such/folder"), &kind, &f->err));
	assert_non_null(strstr(f->err.text, "no/such/folder cannot be opened"));
	f->err = (struct err){0};
	assert_false(store_read(&f->s, STR("nothing"), &f->err));
	f->err = (struct err){0};
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_false(store_cache(&f->s, STR("folder"), &kind, &f->err));
}

static void test_wrong_statement(void **state)
{
	struct fixture *f = *state;
	struct store_query *q = NULL;

	open_cache(f);
	assert_false(store_query(&q, f->s, "SELECT nothing FROM t", &f->err));
	assert_null(q);
	f->err = (struct err){0};
	put(f, 1, STR("x"));
	assert_true(store_query(&q, f->s, "INSERT INTO t VALUES(?1, NULL)", &f->err));
	store_bind_int(q, 1, 1);
	assert_false(store_do(q, &f->err));
	f->err = (struct err){0};
	store_bind_int(q, 7, 1);
	assert_false(store_do(q, &f->err));
	f->err = (struct err){0};
	store_bind_int(q, 1, 2);
	assert_true(store_do(q, &f->err));
	store_query_close(q);
}

/* The same statements make the same bytes. */
static void test_result(void **state)
{
	struct fixture *f = *state;
	static char first[65536], second[65536];
	size_t n = 0;

	for (int i = 0; i < 2; i++) {
		FILE *file;

		assert_true(store_create(&f->s, STR("r.sqlite"), &f->err));
		assert_true(store_run(f->s,
		                      "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
		                      "CREATE VIRTUAL TABLE words USING fts5(text)",
		                      &f->err));
		put(f, 1, STR("x"));
		store_close_p(&f->s);
		file = fopen("r.sqlite", "rb");
		assert_non_null(file);
		n = fread(i ? second : first, 1, sizeof(first), file);
		assert_int_equal(fclose(file), 0);
	}
	assert_true(n > 4096);
	assert_memory_equal(first, second, n);
}

static void check(struct fixture *f, const char *sql, const char *answer)
{
	struct store_query *q;
	bool row;

	assert_true(store_query(&q, f->s, sql, &f->err));
	assert_true(store_step(q, &row, &f->err) && row);
	assert_true(str_eqz(store_text(q, 0), answer));
	store_query_close(q);
}

/* Rows in memory are inserted together: none, some, and again with others. */
static void test_given(void **state)
{
	struct fixture *f = *state;
	const struct str texts[] = {STR("a"), STR_NONE, STR("")};
	struct store_row second = {.number = 7, .texts = texts, .texts_n = 1};
	struct store_row first = {&second, 3, texts, ARRAY_LEN(texts)};
	const struct store_row *rows = NULL;
	struct store_query *q;

	assert_true(store_create(&f->s, STR("r.sqlite"), &f->err));
	assert_true(store_give(f->s, &rows, ARRAY_LEN(texts), &f->err));
	assert_true(store_run(f->s, "CREATE TABLE r(n INTEGER PRIMARY KEY, a, b, c)",
	                      &f->err));
	assert_true(store_query(&q, f->s,
	                        "INSERT OR FAIL INTO r SELECT number, t1, t2, t3 "
	                        "FROM given",
	                        &f->err));
	assert_true(store_do(q, &f->err));
	check(f, "SELECT count(*) FROM r", "0");
	rows = &first;
	assert_true(store_do(q, &f->err));
	check(f, "SELECT group_concat(n || quote(a) || quote(b) || quote(c)) FROM r",
	      "3'a'NULL'',7'a'NULLNULL");
	assert_false(store_do(q, &f->err)); /* the same numbers */
	f->err = (struct err){0};
	second.number = 9;
	rows = &second;
	assert_true(store_do(q, &f->err));
	check(f, "SELECT group_concat(n) FROM r", "3,7,9");
	store_query_close(q);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(test_values),
	        TEST(test_taken_back),
	        TEST(test_killed),
	        TEST(test_other_version),
	        TEST(test_damaged),
	        TEST(test_another_file),
	        TEST(test_a_database_of_somebody),
	        TEST(test_nowhere),
	        TEST(test_wrong_statement),
	        TEST(test_result),
	        TEST(test_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
