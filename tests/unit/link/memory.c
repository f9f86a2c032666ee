/* What is remembered of links, and for how long. */
#include "link/remember.h"

#include "../sandbox.h"

#include <signal.h>
#include <sys/wait.h>

#define DAY INT64_C(86400)
#define START INT64_C(1780000000)

static const struct str a_link = STR("https://example.org/a");

struct fixture {
	struct sandbox sandbox;
	struct arena arena;
	struct link_memory_options opt;
	struct link_memory *m;
	struct err err;
};

static int open_fixture(void **state)
{
	static struct fixture f;

	f = (struct fixture){.opt = {.path = STR("m.sqlite"),
	                             .now = START,
	                             .max_age = -1,
	                             .dead_runs = 1}};
	sandbox_open(&f.sandbox);
	*state = &f;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	link_memory_close(f->m);
	arena_release(&f->arena);
	sandbox_close(&f->sandbox);
	return 0;
}

/* The run of a later time; the one before it had come to its end, or not. */
static void next_run(struct fixture *f, int64_t now, bool finished)
{
	if (finished)
		link_memory_finish(f->m);
	link_memory_close_p(&f->m);
	f->opt.now = now;
	if (!link_memory_open(&f->m, &f->opt, &f->err))
		fail_msg("%s", f->err.text);
}

static struct link_result note(struct fixture *f, enum link_verdict v)
{
	struct link_result r = {.verdict = v,
	                        .class = STR("c"),
	                        .status = 200,
	                        .reason = STR("because"),
	                        .final_url = STR("https://example.org/b")};
	const struct link_validators validators = {STR("\"e\""), STR("Thu, 1 Jan")};

	link_memory_note_url(f->m, a_link, &r, &validators, &f->arena);
	return r;
}

static bool knows(struct fixture *f, struct link_result *out)
{
	return link_memory_url(f->m, a_link, out, NULL, &f->arena);
}

static void test_what_comes_back(void **state)
{
	struct fixture *f = *state;
	struct link_validators v;
	struct link_result r;

	next_run(f, START, false);
	assert_false(knows(f, &r));
	note(f, LINK_ALIVE);
	next_run(f, START + 1, true);
	assert_true(link_memory_url(f->m, a_link, &r, &v, &f->arena));
	assert_int_equal(r.verdict, LINK_ALIVE);
	assert_int_equal(r.status, 200);
	assert_str(r.class, "c");
	assert_str(r.reason, "because");
	assert_str(r.final_url, "https://example.org/b");
	assert_str(v.etag, "\"e\"");
	assert_str(v.modified, "Thu, 1 Jan");
}

static void test_how_long_it_is_good(void **state)
{
	static const struct {
		enum link_verdict v;
		int64_t days;
	} rows[] = {
	        {LINK_ALIVE, 7},   {LINK_REDIRECTED, 7}, {LINK_DEAD, 1},
	        {LINK_WARNING, 1}, {LINK_UNKNOWN, 0},    {LINK_BLOCKED, 0},
	};
	struct fixture *f = *state;
	struct link_validators v;
	struct link_result r;
	int64_t now = START;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		next_run(f, now, true);
		note(f, rows[i].v);
		next_run(f, now + rows[i].days * DAY - 1, true);
		assert_int_equal(knows(f, &r), rows[i].days > 0);
		next_run(f, now + rows[i].days * DAY, true);
		assert_false(link_memory_url(f->m, a_link, &r, &v, &f->arena));
		assert_str(v.etag, rows[i].v == LINK_ALIVE ? "\"e\"" : "");
		now += 10 * DAY;
	}
}

static void test_max_age(void **state)
{
	struct fixture *f = *state;
	struct link_result r;

	next_run(f, START, false);
	note(f, LINK_ALIVE);
	f->opt.max_age = 3600;
	next_run(f, START + 3599, true);
	assert_true(knows(f, &r));
	next_run(f, START + 3600, true);
	assert_false(knows(f, &r));
	f->opt.max_age = 0;
	next_run(f, START, true);
	assert_false(knows(f, &r));
	/* Not even of a run that was stopped. */
	note(f, LINK_ALIVE);
	next_run(f, START, false);
	assert_false(knows(f, &r));
}

/* A clock that was set back does not make answers last. */
static void test_from_the_future(void **state)
{
	struct fixture *f = *state;
	struct link_result r;

	next_run(f, START, false);
	note(f, LINK_ALIVE);
	next_run(f, START - 1, true);
	assert_false(knows(f, &r));
}

static void test_dead_after_runs(void **state)
{
	struct fixture *f = *state;
	struct link_result r;

	f->opt.dead_runs = 3;
	next_run(f, START, false);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_UNKNOWN);
	r = note(f, LINK_DEAD); /* a second look in one run counts once */
	assert_str(r.class, "failing");
	assert_non_null(strstr(r.reason.s, "failed in 1 run, over 0 days"));
	next_run(f, START + DAY, true);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_UNKNOWN);
	assert_true(knows(f, &r));
	assert_int_equal(r.verdict, LINK_UNKNOWN);
	next_run(f, START + 2 * DAY, true);
	note(f, LINK_UNKNOWN); /* says nothing of it */
	next_run(f, START + 3 * DAY, true);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_DEAD);
	assert_true(knows(f, &r));
	assert_int_equal(r.verdict, LINK_DEAD);
	next_run(f, START + 4 * DAY, true);
	note(f, LINK_ALIVE);
	next_run(f, START + 12 * DAY, true);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_UNKNOWN);
}

static void test_dead_after_days(void **state)
{
	struct fixture *f = *state;

	f->opt.dead_days = 7;
	next_run(f, START, false);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_UNKNOWN);
	next_run(f, START + 6 * DAY, true);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_UNKNOWN);
	next_run(f, START + 7 * DAY, true);
	assert_int_equal(note(f, LINK_DEAD).verdict, LINK_DEAD);
}

static void test_a_stopped_run_goes_on(void **state)
{
	struct fixture *f = *state;
	struct link_result r;

	next_run(f, START, false);
	note(f, LINK_UNKNOWN);
	next_run(f, START + 60, false);
	assert_true(knows(f, &r));
	assert_int_equal(r.verdict, LINK_UNKNOWN);
	next_run(f, START + 120, true);
	assert_false(knows(f, &r));
	note(f, LINK_UNKNOWN);
	next_run(f, START + 120 + 3600, false);
	assert_false(knows(f, &r)); /* too long ago */
}

static void test_killed(void **state)
{
	struct fixture *f = *state;
	struct link_result r;
	pid_t child = fork();
	int status, known = 0;

	assert_true(child >= 0);
	if (!child) {
		next_run(f, START, false);
		for (int i = 0; i < 100; i++) {
			r = (struct link_result){.verdict = LINK_UNKNOWN};
			link_memory_note_url(f->m, arena_fmt(&f->arena, "%d", i), &r,
			                     NULL, &f->arena);
		}
		(void)raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	next_run(f, START + 1, false);
	for (int i = 0; i < 100; i++)
		known += link_memory_url(f->m, arena_fmt(&f->arena, "%d", i), &r, NULL,
		                         &f->arena);
	assert_in_range(known, 80, 100);
}

static void test_citations(void **state)
{
	struct fixture *f = *state;
	struct link_answer in = {.result = {.verdict = LINK_ALIVE},
	                         .agency = STR("crossref"),
	                         .csl = STR("{}")},
	                   out;

	next_run(f, START, false);
	link_memory_note_doi(f->m, STR("10.1000/a"), &in);
	next_run(f, START + 7 * DAY - 1, true);
	assert_true(link_memory_doi(f->m, STR("10.1000/a"), &out, &f->arena));
	assert_int_equal(out.result.verdict, LINK_ALIVE);
	assert_str(out.agency, "crossref");
	assert_str(out.csl, "{}");
	assert_true(out.checked == START);
	assert_false(link_memory_doi(f->m, STR("10.1000/b"), &out, &f->arena));
	next_run(f, START + 7 * DAY, true);
	assert_false(link_memory_doi(f->m, STR("10.1000/a"), &out, &f->arena));
}

static void test_numbers_of_strangers(void **state)
{
	struct fixture *f = *state;
	struct link_result r;

	next_run(f, START, false);
	note(f, LINK_DEAD);
	next_run(f, START + 1, true);
	assert_true(store_run(f->m->store,
	                      "UPDATE url SET checked = -9223372036854775808, "
	                      "failures = 9223372036854775807, "
	                      "first_failure = -9223372036854775808",
	                      &f->err));
	assert_false(knows(f, &r));
	r = note(f, LINK_DEAD);
	assert_true(store_run(f->m->store, "UPDATE url SET checked = 9223372036854775807",
	                      &f->err));
	next_run(f, START + 2, true);
	assert_false(knows(f, &r));
}

static int64_t rows(struct fixture *f, const char *sql)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	bool row;

	assert_true(store_query(&q, f->m->store, sql, &f->err) &&
	            store_step(q, &row, &f->err) && row);
	return store_int(q, 0);
}

static void test_what_is_old_goes(void **state)
{
	const struct link_answer answer = {.result = {.verdict = LINK_ALIVE}};
	struct fixture *f = *state;

	next_run(f, START, false);
	note(f, LINK_ALIVE);
	link_memory_note_doi(f->m, STR("10.1000/a"), &answer);
	next_run(f, START + 401 * DAY, true);
	assert_int_equal(rows(f, "SELECT count(*) FROM doi"), 1);
	next_run(f, START + 402 * DAY, true);
	assert_int_equal(rows(f, "SELECT count(*) FROM url"), 0);
	assert_int_equal(rows(f, "SELECT count(*) FROM doi"), 0);
	assert_int_equal(rows(f, "SELECT count(*) FROM run"), 2);
}

static void test_without_one(void **state)
{
	struct fixture *f = *state;
	struct link_result r = {.verdict = LINK_DEAD};
	struct link_answer answer = {0};

	assert_false(knows(f, &r));
	link_memory_note_url(NULL, a_link, &r, NULL, &f->arena);
	assert_int_equal(r.verdict, LINK_DEAD);
	assert_false(link_memory_doi(NULL, a_link, &answer, &f->arena));
	link_memory_note_doi(NULL, a_link, &answer);
	link_memory_finish(NULL);
	link_memory_close(NULL);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(test_what_comes_back),
	        TEST(test_how_long_it_is_good),
	        TEST(test_max_age),
	        TEST(test_from_the_future),
	        TEST(test_dead_after_runs),
	        TEST(test_dead_after_days),
	        TEST(test_a_stopped_run_goes_on),
	        TEST(test_killed),
	        TEST(test_citations),
	        TEST(test_numbers_of_strangers),
	        TEST(test_what_is_old_goes),
	        TEST(test_without_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
