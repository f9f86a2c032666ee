/* The option table: every syntax, every kind, every refusal. */
#include "cmd/opt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *const formats[] = {"human", "gnu", "json", NULL};

struct args {
	struct str output;
	struct opt_list rules;
	int format, jobs;
	bool quiet, verbose, cache;
};

static const struct opt options[] = {
        OPT_STRING('o', "output", "FILE", struct args, output, "Where to."),
        OPT_LIST('r', "rule", "RULE", struct args, rules, "Only these rules."),
        OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format, "How."),
        OPT_INT('j', "jobs", "N", 1, 256, struct args, jobs, "Threads."),
        OPT_FLAG('q', "quiet", struct args, quiet, "Less."),
        OPT_FLAG('v', "verbose", struct args, verbose, "More."),
        OPT_OFF('n', "cache", struct args, cache, "Do without the cache."),
};

struct fixture {
	struct arena arena;
	struct args args;
	struct opt_list operands;
	struct err err;
	int used;
};

#define ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ARGS_MAX 8

/* Parse a NULL-terminated list of arguments. */
static bool parse(struct fixture *f, const char *const *args)
{
	static char storage[ARGS_MAX][32];
	struct opt_table table = {options, ARRAY_LEN(options), &f->args};
	char *argv[ARGS_MAX];
	int argc = 0;

	for (; args[argc]; argc++) {
		assert_true(argc < ARGS_MAX && strlen(args[argc]) < sizeof(storage[0]));
		argv[argc] = strcpy(storage[argc], args[argc]);
	}
	arena_release(&f->arena);
	*f = (struct fixture){.args = {.cache = true, .jobs = 2}};
	return opt_parse(&f->operands, &table, 1, argc, argv, &f->used, &f->arena,
	                 &f->err);
}

static int set_up(void **state)
{
	static struct fixture f;

	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	return 0;
}

static void refuses(struct fixture *f, const char *const *argv, const char *text)
{
	assert_false(parse(f, argv));
	assert_int_equal(f->err.code, ERR_USAGE);
	assert_string_equal(f->err.text, text);
}

static void values_stand_in_every_place(void **state)
{
	struct fixture *f = *state;
	static const char *const forms[][3] = {{"-o", "x", NULL},
	                                       {"-ox", NULL, NULL},
	                                       {"--output", "x", NULL},
	                                       {"--output=x", NULL, NULL}};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		assert_true(parse(f, forms[i]));
		assert_true(str_eqz(f->args.output, "x"));
		assert_int_equal(f->operands.n, 0);
	}
}

static void empty_is_not_absent(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("a")));
	assert_null(f->args.output.s);
	assert_true(parse(f, ARGV("--output=")));
	assert_non_null(f->args.output.s);
	assert_int_equal(f->args.output.n, 0);
	assert_true(parse(f, ARGV("--output", "x", "--no-output")));
	assert_null(f->args.output.s);
}

static void a_value_may_look_like_an_option(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("-o", "-v")));
	assert_true(str_eqz(f->args.output, "-v"));
	assert_false(f->args.verbose);
}

static void flags_group_and_negate(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("-qv")));
	assert_true(f->args.quiet && f->args.verbose);
	assert_true(parse(f, ARGV("-qj8")));
	assert_true(f->args.quiet);
	assert_int_equal(f->args.jobs, 8);
	assert_true(parse(f, ARGV("-q", "--no-quiet")));
	assert_false(f->args.quiet);
}

static void what_is_usually_on_goes_off(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("-n")));
	assert_false(f->args.cache);
	assert_true(parse(f, ARGV("--no-cache")));
	assert_false(f->args.cache);
	assert_true(parse(f, ARGV("--no-cache", "--cache")));
	assert_true(f->args.cache);
}

static void lists_gather_and_empty(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("-r", "a", "--rule=b", "-rc")));
	assert_int_equal(f->args.rules.n, 3);
	assert_true(str_eqz(f->args.rules.items[1], "b"));
	assert_true(parse(f, ARGV("-ra", "--no-rule", "-rb")));
	assert_int_equal(f->args.rules.n, 1);
}

static void operands_keep_their_order(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("a", "-q", "-", "--", "-v", "--")));
	assert_int_equal(f->operands.n, 4);
	assert_true(str_eqz(f->operands.items[0], "a"));
	assert_true(str_eqz(f->operands.items[1], "-"));
	assert_true(str_eqz(f->operands.items[2], "-v"));
	assert_true(str_eqz(f->operands.items[3], "--"));
	assert_int_equal(f->operands.rest, 2);
	assert_false(f->args.verbose);
}

static void parsing_can_stop_at_the_first_operand(void **state)
{
	struct fixture *f = *state;
	struct opt_table table = {options, ARRAY_LEN(options), &f->args};
	char flag[] = "-q", command[] = "command", other[] = "-v";
	char *argv[] = {flag, command, other};

	assert_true(parse(f, ARGV("a")));
	assert_true(opt_parse(NULL, &table, 1, 3, argv, &f->used, &f->arena, &f->err));
	assert_int_equal(f->used, 1);
	assert_true(f->args.quiet);
	assert_false(f->args.verbose);
}

static void names_are_not_abbreviated(void **state)
{
	refuses(*state, ARGV("--quie"),
	        "unknown option '--quie'; did you mean '--quiet'?");
	refuses(*state, ARGV("--no-quit"),
	        "unknown option '--no-quit'; did you mean '--no-quiet'?");
	refuses(*state, ARGV("--zzzzzz"), "unknown option '--zzzzzz'");
	refuses(*state, ARGV("-qx"), "unknown option '-x'");
	refuses(*state, ARGV("-\xc3\xa9"), "unknown option '-\xc3\xa9'");
	refuses(*state, ARGV("-\xff"), "unknown option '-\\xff'");
}

static void values_are_asked_for_and_refused(void **state)
{
	refuses(*state, ARGV("-o"), "-o needs a value: -o FILE");
	refuses(*state, ARGV("--output"), "--output needs a value: --output FILE");
	refuses(*state, ARGV("--quiet=1"), "--quiet takes no value");
	refuses(*state, ARGV("--no-output=x"), "--no-output takes no value");
	refuses(*state, ARGV("--no-format"), "unknown option '--no-format'");
}

static void choices_are_checked(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("-fjson")));
	assert_int_equal(f->args.format, 2);
	refuses(f, ARGV("--format=jsno"),
	        "--format: 'jsno' is not human, gnu or json; "
	        "did you mean 'json'?");
	refuses(f, ARGV("-f", ""), "-f: '' is not human, gnu or json");
}

static void numbers_are_checked(void **state)
{
	static const char *const bad[] = {"0",  "257",         "",  "-1", "x",
	                                  "1x", "99999999999", "-", "+1", " 1"};
	struct fixture *f = *state;

	assert_true(parse(f, ARGV("-j", "256")));
	assert_int_equal(f->args.jobs, 256);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(parse(f, ARGV("-j", bad[i])));
		assert_non_null(
		        strstr(f->err.text, "is not a whole number from 1 to 256"));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(values_stand_in_every_place),
	        TEST(empty_is_not_absent),
	        TEST(a_value_may_look_like_an_option),
	        TEST(flags_group_and_negate),
	        TEST(what_is_usually_on_goes_off),
	        TEST(lists_gather_and_empty),
	        TEST(operands_keep_their_order),
	        TEST(parsing_can_stop_at_the_first_operand),
	        TEST(names_are_not_abbreviated),
	        TEST(values_are_asked_for_and_refused),
	        TEST(choices_are_checked),
	        TEST(numbers_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
