#include "reading.h"

static void reads_front_matter(void **state)
{
	const struct doc_options markdown = {.format = DOC_MARKDOWN};
	struct reading r;
	const struct doc_node *b;

	(void)state;
	reading_open(&r, "a.md",
	             STR("\xEF\xBB\xBF---\r\na: \xC3\xA9\r\nb: x\r\n---  \r\n# Title\n"),
	             NULL);
	b = doc_get(root_of(&r), "b");
	assert_int_equal(r.docs.items[0].format, DOC_MARKDOWN);
	assert_int_equal(b->start.line, 3);
	assert_int_equal(b->start.column, 4);
	assert_text(cut(&r, b->start, b->end), "x");
	reading_release(&r);

	reading_open(&r, "notes.txt", STR("---\na: 1\n---\n*not parsed: ["), &markdown);
	assert_int_equal(doc_get(root_of(&r), "a")->integer, 1);
	reading_release(&r);

	reading_open(&r, "a.markdown", STR("---\na: 1\n---"), NULL);
	assert_int_equal(doc_get(root_of(&r), "a")->start.line, 2);
	reading_release(&r);
}

static void reports_bad_front_matter(void **state)
{
	static const struct bad cases[] = {
	        {"a: 1\n", "syntax.front-matter", 1, 1},
	        {"\n---\na: 1\n---\n", "syntax.front-matter", 1, 1},
	        {"---x\na: 1\n---\n", "syntax.front-matter", 1, 1},
	        {"---\na: 1\n", "syntax.front-matter", 1, 1},
	        {"---", "syntax.front-matter", 1, 1},
	        {"---\na: 1\n ---\n", "syntax.front-matter", 1, 1},
	        {"---\n---\nbody\n", "syntax.empty", 2, 1},
	        {"---\na: b: c\n---\n", "syntax.yaml", 2, 5},
	        {"---\n\nk: [\n---\n", "syntax.yaml", 3, 4},
	        {"---\na: 1\na: 2\n---\n", "syntax.duplicate-key", 3, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_bad("a.md", &cases[i], NULL);
}

static void formats_have_names(void **state)
{
	enum doc_format f;

	(void)state;
	assert_true(doc_format_parse(&f, STR("markdown")) && f == DOC_MARKDOWN);
	assert_true(doc_format_parse(&f, STR("auto")) && f == DOC_AUTO);
	assert_true(doc_format_parse(&f, STR("json")) && f == DOC_JSON);
	assert_true(doc_format_parse(&f, STR("yaml")) && f == DOC_YAML);
	assert_false(doc_format_parse(&f, STR("YAML")));
	assert_false(doc_format_parse(&f, STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(reads_front_matter),
	        cmocka_unit_test(reports_bad_front_matter),
	        cmocka_unit_test(formats_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
