#include "entry/path.h"

#include "../check.h"
#include "../doc/reading.h"

static struct path compiled(struct arena *a, const char *text)
{
	struct err err = {0};
	struct path p;

	if (!path_compile(&p, str_of(text), a, &err))
		fail_msg("%s", err.text);
	return p;
}

/* The pointers of all nodes that PATH leads to in YAML, a ";" behind each. */
static void check(const char *yaml, const char *path, const char *want)
{
	struct buf got = BUF_INIT(10000);
	const struct doc_node *first = NULL;
	struct path_iter it;
	struct reading r;
	struct path p;

	reading_open(&r, "a.yaml", str_of(yaml), NULL);
	p = compiled(&r.run, path);
	for (it = path_iter(&p, root_of(&r)); path_next(&it);) {
		struct str pointer = path_pointer(&it, &r.run);

		first = first ? first : it.node;
		buf_addf(&got, STR_FMT ";", STR_ARG(pointer));
		assert_ptr_equal(doc_at(root_of(&r), pointer), it.node);
	}
	assert_false(path_next(&it));
	assert_ptr_equal(path_first(&p, root_of(&r)), first);
	assert_str(buf_str(&got), want);
	buf_release(&got);
	reading_release(&r);
}

static void steps_lead_to_nodes(void **state)
{
	(void)state;
	check("{a: 1}", "", ";");
	check("5", "", ";");
	check("5", "/a", "");
	check("{a: 1}", "/a", "/a;");
	check("{a: 1}", "/b", "");
	check("{a: 1}", "/a/b", "");
	check("{a: {\"\": 1}}", "/a/", "/a/;");
	check("{a/b: 1, m~n: 2}", "/a~1b", "/a~1b;");
	check("{a/b: 1, m~n: 2}", "/m~0n", "/m~0n;");
}

static void numbers_are_places_in_lists(void **state)
{
	(void)state;
	check("[a, b]", "/1", "/1;");
	check("[a, b]", "/2", "");
	check("[a, b]", "/01", "");
	check("[a, b]", "/-", "");
	check("[a, b]", "/", "");
	check("[a, b]", "/1x", "");
	check("[a, b]", "/4294967297", "");
	check("{\"1\": a}", "/1", "/1;");
}

static void star_is_every_item_or_value(void **state)
{
	(void)state;
	check("{a: [1, 2]}", "/a/*", "/a/0;/a/1;");
	check("{a: {x: 1, y: 2}}", "/a/*", "/a/x;/a/y;");
	check("[1, [2], {x: 3}]", "/*", "/0;/1;/2;");
	check("{a: 5, b: text, c: null}", "/a/*", "");
	check("{a: []}", "/a/*", "");
}

static void stars_skip_what_does_not_lead_on(void **state)
{
	(void)state;
	check("{a: [[], [1], {}, 7, [2, 3]]}", "/a/*/*", "/a/1/0;/a/4/0;/a/4/1;");
	check("{a: [{x: 1}, 5, null, {y: 2}, {x: 3}]}", "/a/*/x", "/a/0/x;/a/4/x;");
	check("{p: {x: [1, 2]}, q: {y: [3]}, r: {x: [4]}}", "/*/x/*",
	      "/p/x/0;/p/x/1;/r/x/0;");
	check("[[[1, 2], [3]], [], [[4]]]", "/*/*/*", "/0/0/0;/0/0/1;/0/1/0;/2/0/0;");
	check("[[{x: 1}], [{y: 1}]]", "/*/*/x", "/0/0/x;");
}

static void star_as_a_key_is_tilde_two(void **state)
{
	(void)state;
	check("{\"*\": 1, b: 2}", "/~2", "/*;");
	check("{\"*\": 1, b: 2}", "/*", "/*;/b;");
	check("{\"~2\": 1, \"*\": 2}", "/~02", "/~02;");
	check("{\"a*\": 1, ab: 2}", "/a*", "/a*;");
}

static void what_is_no_path(void **state)
{
	static const char *const bad[] = {"a", "a/b", "*", " /a",
	                                  "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"};
	struct arena a = {0};
	struct path p;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct err err = {0};

		assert_false(path_compile(&p, str_of(bad[i]), &a, &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_non_null(strstr(err.text, bad[i]));
	}
	p = compiled(&a, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16");
	assert_int_equal(p.n, PATH_STEPS);
	arena_release(&a);
}

static void star_makes_many(void **state)
{
	struct arena a = {0};
	struct path one = compiled(&a, "/a/~2"), many = compiled(&a, "/a/*/b");

	(void)state;
	assert_false(path_many(&one));
	assert_true(path_many(&many));
	assert_false(path_many(&(struct path){0}));
	arena_release(&a);
}

static void key_in_front_of_a_node(void **state)
{
	struct reading r;
	struct path member, item, root = {0};
	struct path_iter it;

	(void)state;
	reading_open(&r, "a.yaml", STR("{a: [x], b: {c: d}}"), NULL);
	member = compiled(&r.run, "/b/*");
	item = compiled(&r.run, "/a/0");
	it = path_iter(&member, root_of(&r));
	assert_true(path_next(&it));
	assert_str(path_key(&it)->key, "c");
	it = path_iter(&item, root_of(&r));
	assert_true(path_next(&it));
	assert_null(path_key(&it));
	it = path_iter(&root, root_of(&r));
	assert_true(path_next(&it));
	assert_null(path_key(&it));
	reading_release(&r);
}

static void first_node_of_nothing(void **state)
{
	struct path root = {0};
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml", STR("a: b"), NULL);
	assert_null(path_first(NULL, root_of(&r)));
	assert_null(path_first(&root, NULL));
	assert_ptr_equal(path_first(&root, root_of(&r)), root_of(&r));
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(steps_lead_to_nodes),
	        cmocka_unit_test(numbers_are_places_in_lists),
	        cmocka_unit_test(star_is_every_item_or_value),
	        cmocka_unit_test(stars_skip_what_does_not_lead_on),
	        cmocka_unit_test(star_as_a_key_is_tilde_two),
	        cmocka_unit_test(what_is_no_path),
	        cmocka_unit_test(star_makes_many),
	        cmocka_unit_test(key_in_front_of_a_node),
	        cmocka_unit_test(first_node_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
