#include "git.h"

static void git_answers(void **state)
{
	static const char *const args[] = {"hash-object", "--stdin", NULL};
	struct buf out = BUF_INIT(1000), talk = BUF_INIT(1000);
	struct box b;
	int status;

	(void)state;
	box_sample(&b);
	assert_true(repo_git(b.repo, args, STR(""), &out, &talk, &status, &b.err));
	assert_int_equal(status, 0);
	assert_string_equal(buf_z(&out), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\n");
	assert_int_equal(talk.n, 0);
	buf_release(&out);
	buf_release(&talk);
	box_close(&b);
}

static void failing_git_is_no_failure(void **state)
{
	static const char *const args[] = {"rev-parse", "--verify", "no-such", NULL};
	struct buf out = BUF_INIT(1000), talk = BUF_INIT(1000);
	struct box b;
	int status;

	(void)state;
	box_sample(&b);
	assert_true(
	        repo_git(b.repo, args, STR("not read"), &out, &talk, &status, &b.err));
	assert_int_equal(status, 128);
	assert_int_equal(out.n, 0);
	assert_non_null(strstr(buf_z(&talk), "fatal"));
	assert_true(repo_git(b.repo, args, STR_NONE, NULL, NULL, &status, &b.err));
	assert_int_equal(status, 128);
	buf_release(&out);
	buf_release(&talk);
	box_close(&b);
}

/* More than any pipe holds, on all three at once. */
static void much_goes_through(void **state)
{
	static const char *const args[] = {"-c", "alias.both=!tee /dev/stderr", "both",
	                                   NULL};
	struct buf in = BUF_INIT(1 << 22), out = BUF_INIT(1 << 22),
	           talk = BUF_INIT(1 << 22);
	struct box b;
	int status;

	(void)state;
	box_sample(&b);
	buf_fill(&in, 'x', 3000000);
	assert_true(repo_git(b.repo, args, buf_str(&in), &out, &talk, &status, &b.err));
	assert_int_equal(status, 0);
	assert_true(str_eq(buf_str(&in), buf_str(&out)));
	assert_int_equal(talk.n, 3000000);
	buf_release(&out);
	out = BUF_INIT(1000);
	assert_false(repo_git(b.repo, args, buf_str(&in), &out, NULL, &status, &b.err));
	assert_int_equal(b.err.code, ERR_LIMIT);
	/* Who does not read its input is not waited for. */
	b.err = (struct err){0};
	assert_true(repo_git(b.repo, (const char *const[]){"version", NULL}, buf_str(&in),
	                     NULL, NULL, &status, &b.err));
	assert_int_equal(status, 0);
	buf_release(&in);
	buf_release(&out);
	buf_release(&talk);
	box_close(&b);
}

static void it_runs_in_the_repository(void **state)
{
	static const char *const args[] = {"ls-files", "data/methods", NULL};
	struct buf out = BUF_INIT(1000);
	struct box b;
	int status;

	(void)state;
	box_sample(&b);
	sh("cp .git/index data/small && cd data && GIT_INDEX_FILE=$PWD/small "
	   "git rm -q --cached methods/a.yaml");
	assert_int_equal(chdir("data"), 0);
	setenv("GIT_INDEX_FILE", "small", 1);
	box_repo(&b, ".");
	assert_true(repo_git(b.repo, args, STR(""), &out, NULL, &status, &b.err));
	assert_string_equal(buf_z(&out), "data/methods/b.yaml\n");
	buf_release(&out);
	box_close(&b);
}

static void no_git_is_a_sentence(void **state)
{
	struct box b;
	char *path = strdup(getenv("PATH"));
	int status;

	(void)state;
	box_sample(&b);
	setenv("PATH", "/nonexistent", 1);
	assert_false(repo_git(b.repo, (const char *const[]){"version", NULL}, STR(""),
	                      NULL, NULL, &status, &b.err));
	setenv("PATH", path, 1);
	free(path);
	assert_int_equal(b.err.code, ERR_REPO);
	assert_says(&b.err, "is not installed");
	box_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(git_answers),
	        cmocka_unit_test(failing_git_is_no_failure),
	        cmocka_unit_test(much_goes_through),
	        cmocka_unit_test(it_runs_in_the_repository),
	        cmocka_unit_test(no_git_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
