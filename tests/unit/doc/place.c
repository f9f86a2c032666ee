#include "reading.h"

/* What lies at a pointer: the source of its value and of its key, and where it starts. */
struct place {
	const char *pointer, *value, *key;
	int line, column;
};

static const struct doc_member *member_of(const struct doc_node *root, struct str pointer)
{
	size_t slash = str_rfind(pointer, '/');
	const struct doc_node *map = doc_at(root, str_sub(pointer, 0, slash));

	return doc_member(map, str_sub(pointer, slash + 1, pointer.n));
}

static void check(const char *name, struct str text, const struct place *places, size_t n)
{
	struct reading r;

	reading_open(&r, name, text, NULL);
	for (size_t i = 0; i < n; i++) {
		const struct place *p = &places[i];
		const struct doc_node *node = doc_at(root_of(&r), str_of(p->pointer));

		if (!node)
			fail_msg("nothing at %s", p->pointer);
		assert_text(cut(&r, node->start, node->end), p->value);
		if (node->start.line != p->line || node->start.column != p->column)
			fail_msg("%s is at %d:%d", p->pointer, node->start.line,
			         node->start.column);
		if (p->key) {
			const struct doc_member *m =
			        member_of(root_of(&r), str_of(p->pointer));

			assert_text(cut(&r, m->start, m->end), p->key);
		}
	}
	reading_release(&r);
}

#define CHECK(name, text, ...) \
	check(name, STR(text), (const struct place[]){__VA_ARGS__}, \
	      sizeof((const struct place[]){__VA_ARGS__}) / sizeof(struct place))

static void spans_of_flow_and_quotes(void **state)
{
	(void)state;
	CHECK("a.yaml", "a: 'x y' # c\n\"b\": [1, {c: d}, e: f , g]\nh: \"\\u00e9\\n\"\n",
	      {"/a", "'x y'", "a", 1, 4}, {"/b", "[1, {c: d}, e: f , g]", "\"b\"", 2, 6},
	      {"/b/1", "{c: d}", NULL, 2, 10}, {"/b/2", "e: f", NULL, 2, 18},
	      {"/b/2/e", "f", "e", 2, 21}, {"/h", "\"\\u00e9\\n\"", "h", 3, 4});
}

static void spans_of_blocks(void **state)
{
	(void)state;
	CHECK("a.yaml",
	      "# top\na:\n  b:\n    c: 1 # x\n\n# y\nl:\n- 1\n- k: v\n\n# z\nm: plain\n  "
	      "more\n\n",
	      {"",
	       "a:\n  b:\n    c: 1 # x\n\n# y\nl:\n- 1\n- k: v\n\n# z\nm: plain\n  more",
	       NULL, 2, 1},
	      {"/a", "b:\n    c: 1", "a", 3, 3}, {"/a/b", "c: 1", "b", 4, 5},
	      {"/l", "- 1\n- k: v", "l", 8, 1}, {"/l/1", "k: v", NULL, 9, 3},
	      {"/m", "plain\n  more", "m", 12, 4});
}

static void spans_of_block_scalars(void **state)
{
	(void)state;
	CHECK("a.yaml",
	      "a: |\n  x\n  y\n\n\n# c\nb: >-\n\n  z\n   \nc: | # none\n\nd: |+\n\ne: &x "
	      ">2\n   q\n"
	      "f: |",
	      {"/a", "|\n  x\n  y", "a", 1, 4}, {"/b", ">-\n\n  z", "b", 7, 4},
	      {"/c", "|", "c", 11, 4}, {"/d", "|+", "d", 13, 4},
	      {"/e", "&x >2\n   q", "e", 15, 4}, {"/f", "|", "f", 17, 4});
}

static void ends_have_lines_and_columns(void **state)
{
	struct reading r;
	struct span s;

	(void)state;
	reading_open(&r, "a.yaml",
	             STR("a: |\n  \xC3\xA9t\xC3\xA9\r\n\r\n\nb: \xC3\xBC \n"), NULL);
	s = doc_span(doc_get(root_of(&r), "a"));
	assert_int_equal(s.end_line, 2);
	assert_int_equal(s.end_column, 6);
	s = doc_key_span(doc_member(root_of(&r), STR("b")));
	assert_int_equal(s.line, 5);
	assert_int_equal(s.end_column, 2);
	s = doc_span(root_of(&r));
	assert_int_equal(s.end_line, 5);
	assert_int_equal(s.end_column, 5);
	reading_release(&r);
}

static void columns_count_characters(void **state)
{
	(void)state;
	CHECK("a.yaml",
	      "\xEF\xBB\xBF\xC3\xA9: \xC3\xBC\nx: [\xF0\x9F\x98\x80, b] # \xC3\xA4\ny: "
	      "z\n",
	      {"/\xC3\xA9", "\xC3\xBC", "\xC3\xA9", 1, 4}, {"/x/1", "b", NULL, 2, 8},
	      {"/y", "z", "y", 3, 4});
	CHECK("a.yaml",
	      "\xEF\xBB\xBF"
	      "a: b\r\nc: d\r\n",
	      {"/a", "b", "a", 1, 4}, {"/c", "d", "c", 2, 4});
	CHECK("a.json", "\xEF\xBB\xBF{\"\xC3\xA9\":\r\n \"\xC3\xBC\",\r\"b\": [true]}",
	      {"/\xC3\xA9", "\"\xC3\xBC\"", "\"\xC3\xA9\"", 2, 2},
	      {"/b/0", "true", NULL, 3, 7});
}

static void missing_values_stay_near(void **state)
{
	(void)state;
	CHECK("a.yaml", "a:\nb: # c\n\n? c\n\n? d\ne:\n-\n- x\n", {"/a", "", "a", 1, 3},
	      {"/b", "", "b", 2, 3}, {"/c", "", "c", 4, 4}, {"/d", "", "d", 6, 4},
	      {"/e/0", "", NULL, 8, 2});
	CHECK("a.yaml", "{a, b: , c}\n", {"/a", "", "a", 1, 3}, {"/b", "", "b", 1, 6},
	      {"/c", "", "c", 1, 11});
}

static void properties_belong_to_the_value(void **state)
{
	(void)state;
	CHECK("a.yaml", "a: &x !!str b\nc: *x\nd: &y\n  e: f\n",
	      {"/a", "&x !!str b", "a", 1, 4}, {"/c", "*x", "c", 2, 4},
	      {"/d", "&y\n  e: f", "d", 3, 4});
}

static void byte_spans(void **state)
{
	struct span s = doc_byte_span(STR("\xEF\xBB\xBF\xC3\xA9\r\nb\rc\n"), 5, 10);

	(void)state;
	assert_int_equal(s.line, 1);
	assert_int_equal(s.column, 2);
	assert_int_equal(s.end_line, 3);
	assert_int_equal(s.end_column, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(spans_of_flow_and_quotes),
	        cmocka_unit_test(spans_of_blocks),
	        cmocka_unit_test(spans_of_block_scalars),
	        cmocka_unit_test(ends_have_lines_and_columns),
	        cmocka_unit_test(columns_count_characters),
	        cmocka_unit_test(missing_values_stay_near),
	        cmocka_unit_test(properties_belong_to_the_value),
	        cmocka_unit_test(byte_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
