#include "snapshot/template.h"

#include "../check.h"

static const struct template_pair values[] = {
        {STR("a"), STR("A")},         {STR("stop"), STR("end.")},
        {STR("ask"), STR("end?")},    {STR("empty"), STR("")},
        {STR(""), STR("self")},       {STR("none"), {NULL, 0}},
        {STR("marks"), STR("[{a}]")}, {{NULL, 0}, {NULL, 0}},
};

static void check(const char *text, const char *want)
{
	struct buf out = BUF_INIT(10000);

	template_fill(&out, str_of(text), template_pairs, (void *)(uintptr_t)values);
	assert_str(buf_str(&out), want);
	buf_release(&out);
}

static void values_are_filled_in(void **state)
{
	(void)state;
	check("", "");
	check("plain", "plain");
	check("{a}", "A");
	check("x {a}{a} y", "x AA y");
	check("{}", "self");
	check("x{none}y{nobody}z", "xyz");
	check("x{empty}y", "xy");
}

static void groups_need_all_their_values(void **state)
{
	(void)state;
	check("[({a})]", "(A)");
	check("x[ ({none})]", "x");
	check("x[ {a} {none}]y", "xy");
	check("x[ {a}][ {none}][ {a}]", "x A A");
	check("x[ et al.{empty}]", "x et al."); /* there, but nothing to show */
	check("[plain]", "plain");
	check("[]", "");
}

static void full_stops_are_not_doubled(void **state)
{
	(void)state;
	check("{stop}. Next", "end. Next");
	check("{ask}. Next", "end? Next");
	check("{a}. Next", "A. Next");
	check("{stop}.[ {a}.]", "end. A.");
	check("{stop}, Next", "end., Next");
	check(".", ".");
	check("{stop}..", "end..");
}

static void unfinished_marks_are_text(void **state)
{
	(void)state;
	check("a {b", "a {b");
	check("a [b", "a [b");
	check("a ] b", "a ] b");
	check("a } b", "a } b");
	check("[{a}", "[A");
	check("[[{a}]]", "[A]"); /* groups do not nest */
	check("{a[b}]", "{ab}");
	check("{marks}", "[{a}]"); /* values are never read as templates */
}

static void result_has_a_maximum(void **state)
{
	struct buf out = BUF_INIT(3);

	(void)state;
	template_fill(&out, STR("x{a}[yyyy{none}]"), template_pairs,
	              (void *)(uintptr_t)values);
	assert_true(out.overflow);
	assert_str(buf_str(&out), "xA");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(values_are_filled_in),
	        cmocka_unit_test(groups_need_all_their_values),
	        cmocka_unit_test(full_stops_are_not_doubled),
	        cmocka_unit_test(unfinished_marks_are_text),
	        cmocka_unit_test(result_has_a_maximum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
