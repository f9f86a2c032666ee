/* Lists of findings as sets: what a change causes, and what a merge causes. */
#include "../check.h"

#include "guard/internal.h"

struct lists {
	struct arena arena;
	struct diag_list a, b;
};

static void add(struct diag_list *l, const char *file, const struct rule *rule, int line,
                const char *text)
{
	diag_file(l, str_of(file));
	diag_add(l, rule, (struct span){.line = line, .column = 1}, "%s", text);
}

static void start(struct lists *s)
{
	*s = (struct lists){0};
	diag_init(&s->a, &s->arena);
	diag_init(&s->b, &s->arena);
	add(&s->a, "one", &rule_history_line, 3, "x");
	add(&s->a, "one", &rule_history_changed, 4, "y");
	add(&s->a, "two", &rule_history_line, 3, "x");
}

static void what_was_there_is_no_news(void **state)
{
	struct lists s;

	(void)state;
	start(&s);
	add(&s.b, "one", &rule_history_line, 30, "x"); /* on another line */
	add(&s.b, "one", &rule_history_line, 3, "z");
	add(&s.b, "two", &rule_history_last, 3, "x");
	findings_subtract(&s.a, &s.b);
	assert_int_equal(s.a.n, 2);
	assert_ptr_equal(s.a.items[0].rule, &rule_history_changed);
	assert_str(s.a.items[1].file, "two");
	findings_subtract(&s.a, &s.a);
	assert_int_equal(s.a.n, 0);
	arena_release(&s.arena);
}

/* From two parents other lines of one history are missing: that is one thing. */
static void what_is_new_to_all_parents(void **state)
{
	struct lists s;

	(void)state;
	start(&s);
	add(&s.b, "one", &rule_history_removed, 9, "other words");
	add(&s.b, "two", &rule_history_line, 5, "x");
	findings_intersect(&s.a, &s.b);
	assert_int_equal(s.a.n, 2);
	assert_ptr_equal(s.a.items[0].rule, &rule_history_changed);
	assert_str(s.a.items[1].file, "two");
	arena_release(&s.arena);
}

static void one_behind_the_other(void **state)
{
	struct lists s;

	(void)state;
	start(&s);
	s.a.dropped = 2;
	findings_append(&s.b, &s.a);
	findings_append(&s.b, &s.a);
	assert_int_equal(s.b.n, 6);
	assert_int_equal(s.b.dropped, 4);
	assert_str(s.b.items[5].file, "two");
	arena_release(&s.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_was_there_is_no_news),
	        cmocka_unit_test(what_is_new_to_all_parents),
	        cmocka_unit_test(one_behind_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
