#include "reading.h"

/* Source: RFC 6901, section 5 */
static void rfc_examples(void **state)
{
	static const struct {
		const char *pointer;
		int value;
	} cases[] = {{"/", 0},     {"/a~1b", 1}, {"/c%d", 2}, {"/e^f", 3}, {"/g|h", 4},
	             {"/i\\j", 5}, {"/k\"l", 6}, {"/ ", 7},   {"/m~0n", 8}};
	struct reading r;

	(void)state;
	reading_open(&r, "a.json",
	             STR("{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2,"
	                 "\"e^f\": 3, \"g|h\": 4, \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7,"
	                 "\"m~n\": 8}"),
	             NULL);
	assert_ptr_equal(doc_at(root_of(&r), STR("")), root_of(&r));
	assert_text(doc_text(doc_at(root_of(&r), STR("/foo/1"))), "baz");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(doc_at(root_of(&r), str_of(cases[i].pointer))->integer,
		                 cases[i].value);
	reading_release(&r);
}

static void what_is_not_there(void **state)
{
	static const char *const cases[] = {"foo",
	                                    "/foo/2",
	                                    "/foo/-",
	                                    "/foo/01",
	                                    "/foo/",
	                                    "/foo/+1",
	                                    "/bar",
	                                    "/foo/0/",
	                                    "/foo/99999999999",
	                                    "/foo/18446744073709551616",
	                                    "/FOO"};
	struct reading r;

	(void)state;
	reading_open(&r, "a.json", STR("{\"foo\": [\"bar\", \"baz\"]}"), NULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_null(doc_at(root_of(&r), str_of(cases[i])));
	assert_null(doc_at(NULL, STR("")));
	assert_null(doc_get(NULL, "a"));
	assert_null(doc_get(doc_get(root_of(&r), "foo"), "a"));
	assert_null(doc_text(root_of(&r)).s);
	assert_null(doc_text(NULL).s);
	reading_release(&r);
}

static void steps_are_escaped_and_cut(void **state)
{
	struct buf b = BUF_INIT(100);
	struct arena a = {0};
	struct str p, step;

	(void)state;
	doc_pointer_key(&b, STR("a/b~c"));
	doc_pointer_index(&b, 12);
	doc_pointer_key(&b, STR(""));
	assert_string_equal(buf_z(&b), "/a~1b~0c/12/");
	p = buf_str(&b);
	assert_true(doc_pointer_step(&step, &p, &a));
	assert_text(step, "a/b~c");
	assert_true(doc_pointer_step(&step, &p, &a));
	assert_text(step, "12");
	assert_true(doc_pointer_step(&step, &p, &a));
	assert_text(step, "");
	assert_false(doc_pointer_step(&step, &p, &a));
	arena_release(&a);
	buf_release(&b);
}

static void kinds_have_names(void **state)
{
	struct reading r;
	const struct doc_node *items;

	(void)state;
	reading_open(&r, "a.json", STR("[null, true, 1, \"\", [], {}]"), NULL);
	items = root_of(&r)->items;
	assert_string_equal(doc_kind_name(&items[0]), "null");
	assert_string_equal(doc_kind_name(&items[1]), "true/false");
	assert_string_equal(doc_kind_name(&items[2]), "number");
	assert_string_equal(doc_kind_name(&items[3]), "text");
	assert_string_equal(doc_kind_name(&items[4]), "list");
	assert_string_equal(doc_kind_name(&items[5]), "map");
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(rfc_examples),
	        cmocka_unit_test(what_is_not_there),
	        cmocka_unit_test(steps_are_escaped_and_cut),
	        cmocka_unit_test(kinds_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
