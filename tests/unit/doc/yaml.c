#include "reading.h"

static void reads_structure(void **state)
{
	struct reading r;
	const struct doc_node *root;

	(void)state;
	reading_open(&r, "a.yaml",
	             STR("id: x\nlist:\n- 1\n- {a: b, c: [d]}\nmap:\n  k: 'v'\nempty:\n"),
	             NULL);
	root = root_of(&r);
	assert_int_equal(r.docs.items[0].format, DOC_YAML);
	assert_int_equal(r.docs.items[0].number, 1);
	assert_int_equal(root->n, 4);
	assert_false(root->flow);
	assert_text(doc_text(doc_get(root, "id")), "x");
	assert_int_equal(doc_at(root, STR("/list/0"))->integer, 1);
	assert_true(doc_at(root, STR("/list/1"))->flow);
	assert_text(doc_text(doc_at(root, STR("/list/1/c/0"))), "d");
	assert_true(doc_at(root, STR("/map/k"))->quoted);
	assert_int_equal(doc_get(root, "empty")->kind, DOC_NULL);
	reading_release(&r);
}

static void reads_documents(void **state)
{
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml", STR("%YAML 1.1\n---\na: no\n---\n- 1\n...\n--- x\n"),
	             NULL);
	assert_true(r.ok);
	assert_int_equal(r.docs.n, 3);
	assert_int_equal(r.docs.items[2].number, 3);
	assert_text(doc_text(doc_get(&r.docs.items[0].root, "a")), "no");
	assert_text(doc_text(&r.docs.items[2].root), "x");
	reading_release(&r);

	reading_open(&r, "a.yaml", STR("a: 1\n---\nb: .inf\n"), NULL);
	assert_false(r.ok);
	assert_int_equal(r.diags.items[0].document, 2);
	assert_int_equal(r.docs.n, 0);
	reading_release(&r);
}

static void expands_aliases(void **state)
{
	struct reading r;
	const struct doc_node *b;

	(void)state;
	reading_open(&r, "a.yaml",
	             STR("a: &x {k: [1, 2]}\nb: *x\n&k key: &n 12\n*n : *k\n&x y: *x\n"),
	             NULL);
	b = doc_get(root_of(&r), "b");
	assert_int_equal(b->kind, DOC_MAP);
	assert_int_equal(b->start.line, 2);
	assert_text(cut(&r, b->start, b->end), "*x");
	assert_int_equal(doc_at(b, STR("/k/1"))->integer, 2);
	assert_int_equal(doc_at(b, STR("/k/1"))->start.line, 1);
	assert_text(doc_text(doc_get(root_of(&r), "12")), "key");
	assert_text(doc_text(doc_get(root_of(&r), "y")), "y");
	reading_release(&r);
}

static void merges_when_allowed(void **state)
{
	const struct doc_options opt = {.merge_keys = true};
	struct reading r;
	const struct doc_node *c;

	(void)state;
	reading_open(&r, "a.yaml",
	             STR("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\n"
	                 "c:\n  <<: [*a, *b]\n  z: 3\n"
	                 "d: {<<: *a}\ne: {\"<<\": 1}\n"),
	             &opt);
	c = doc_get(root_of(&r), "c");
	assert_int_equal(c->n, 3);
	assert_text(c->members[0].key, "z");
	assert_int_equal(doc_get(c, "z")->integer, 3);
	assert_int_equal(doc_get(c, "x")->integer, 1);
	assert_int_equal(doc_get(c, "y")->integer, 1);
	assert_int_equal(doc_at(root_of(&r), STR("/d/y"))->integer, 1);
	assert_int_equal(doc_at(root_of(&r), STR("/e/<<"))->integer, 1);
	reading_release(&r);

	check_bad("a.yaml", &(struct bad){"a: {<<: 1}", "syntax.merge-key", 1, 9}, &opt);
	check_bad("a.yaml", &(struct bad){"a: {<<: [1]}", "syntax.merge-key", 1, 10},
	          &opt);
	check_bad("a.yaml", &(struct bad){"<<: {}\n<<: {}", "syntax.duplicate-key", 2, 1},
	          &opt);
}

static const struct bad bad_yaml[] = {
        {"a: b: c\n", "syntax.yaml", 1, 5},
        {"a: x\n  b: y\n", "syntax.yaml", 2, 4},
        {"a: 1\nfoo:bar\nb: 2\n", "syntax.yaml", 2, 1},
        {"a: 1\nfoo\nb: 2\n", "syntax.yaml", 2, 1},
        {"a:\n    b: 1\n  c: 2\n", "syntax.yaml", 3, 3},
        {"a:\n\tb: 1\n", "syntax.tab", 2, 1},
        {"a: x\n\tb: 1\n", "syntax.tab", 2, 1},
        {"a: \"x\" y\n", "syntax.yaml", 1, 8},
        {"a: 'it's'\nb: 1\n", "syntax.yaml", 1, 8},
        {"a: 1\nb: \"x\nc: 2\n", "syntax.yaml", 2, 4},
        {"a: [1, 2\n", "syntax.yaml", 1, 4},
        {"a: [1, 2\nb: 3\n", "syntax.yaml", 2, 2},
        {"a: {b: 1\n", "syntax.yaml", 1, 4},
        {"a: @foo\n", "syntax.yaml", 1, 4},
        {"a: `foo`\n", "syntax.yaml", 1, 4},
        {"a: **bold**\n", "syntax.yaml", 1, 4},
        {"a: & b\n", "syntax.yaml", 1, 4},
        {"a: - b\n", "syntax.yaml", 1, 4},
        {"- a\nb: 1\n", "syntax.yaml", 2, 1},
        {"a: \"c:\\dir\"\n", "syntax.yaml", 1, 7},
        {"a: | x\n", "syntax.yaml", 1, 6},
        {"a: !foo x\n", "syntax.tag", 1, 4},
        {"a: !x!y z\n", "syntax.tag", 1, 4},
        {"a: !!int x\n", "syntax.tag", 1, 4},
        {"a: !!int 1.5\n", "syntax.tag", 1, 4},
        {"a: !!bool yes\n", "syntax.tag", 1, 4},
        {"a: !!null x\n", "syntax.tag", 1, 4},
        {"a: !!binary x\n", "syntax.tag", 1, 4},
        {"a: !!map [x]\n", "syntax.tag", 1, 4},
        {"a: !!set {x}\n", "syntax.tag", 1, 4},
        {"!foo a: 1\n", "syntax.tag", 1, 1},
        {"a: *x\n", "syntax.alias", 1, 4},
        {"a: &x [*x]\n", "syntax.alias", 1, 8},
        {"a: &x 1\n---\nb: *x\n", "syntax.alias", 3, 4},
        {"a: 1\nb: 2\na: 3\n", "syntax.duplicate-key", 3, 1},
        {"1: a\n\"1\": b\n", "syntax.duplicate-key", 2, 1},
        {"{a: 1, 'a': 2}", "syntax.duplicate-key", 1, 8},
        {"? [a]\n: b\n", "syntax.key", 1, 3},
        {"a: {{ x }}\n", "syntax.key", 1, 5},
        {"&x [a]: 1\n", "syntax.key", 1, 1},
        {"a: &x [1]\n*x : 1\n", "syntax.key", 2, 1},
        {"null: x\n", "syntax.key", 1, 1},
        {"~: x\n", "syntax.key", 1, 1},
        {"? \n: x\n", "syntax.key", 1, 2},
        {": x\n", "syntax.key", 1, 1},
        {"a: {<<: {}}\n", "syntax.merge-key", 1, 5},
        {"a: .inf\n", "syntax.not-finite", 1, 4},
        {"a: -.Inf\n", "syntax.not-finite", 1, 4},
        {"a: .NaN\n", "syntax.not-finite", 1, 4},
        {"", "syntax.empty", 1, 1},
        {" \n\t\n", "syntax.empty", 1, 1},
        {"# only\n# comments\n", "syntax.empty", 1, 1},
        {"---\n", "syntax.empty", 2, 1},
        {"a: 1\n---\n", "syntax.empty", 3, 1},
};

static void reports_bad_yaml(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad_yaml); i++)
		check_bad("a.yaml", &bad_yaml[i], NULL);
}

static void messages_say_what_to_do(void **state)
{
	static const struct told cases[] = {
	        {"a: {{ x }}\n",
	         "a list or map stands here as a key, but a key is plain text",
	         "if { } or [ ] belong to the text, put it in quotes"},
	        {"a: 1.250\n", "1.250 is read as the number 1.25",
	         "write 1.25, or put it in quotes if it is a version or a code"},
	        {"a: -.50\n", "-.50 is read as the number -0.5",
	         "write -0.5, or put it in quotes if it is a version or a code"},
	        {"a: 007\n",
	         "007 has a leading zero: it is read as text here, but other programs "
	         "read a number",
	         "put it in quotes"},
	        {"a: 1\na: 2\n",
	         "the key \"a\" stands twice in this map: it is already on line 1, "
	         "column 1",
	         "keep one of the two"},
	        {"a: b: c\n", "this line has a second \": \", in a value without quotes",
	         "put the value in quotes"},
	        {"<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n",
	         "a merge left a conflict here",
	         "keep what holds of the lines between <<<<<<< and >>>>>>>, and remove the "
	         "markers"},
	        {"a: \"c:\\dir\"\n",
	         "a backslash in double quotes starts an escape, but this one is unknown",
	         "write \\\\ for a backslash, or use single quotes"},
	        {"a: !!binary aGk=\n",
	         "the tag \"!!binary\" is not one of !!str, !!int, !!float, !!bool, "
	         "!!null, !!map, !!seq",
	         "remove it, or put the value in quotes if the ! belongs to it"},
	        {"a: *x\n", "no anchor &x stands before this alias",
	         "put the value in quotes if the * belongs to it"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_told("a.yaml", &cases[i]);
}

static void keeps_findings_before_an_error(void **state)
{
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml", STR("a: 1\na: 007\nb: 'x\n"), NULL);
	assert_false(r.ok);
	assert_int_equal(r.diags.n, 2);
	assert_string_equal(r.diags.items[0].rule->id, "syntax.leading-zero");
	assert_text(r.diags.items[0].pointer, "/a");
	assert_string_equal(r.diags.items[1].rule->id, "syntax.yaml");
	reading_release(&r);
}

static void finds_duplicates_in_big_maps(void **state)
{
	struct buf text = BUF_INIT(1 << 20);
	struct reading r;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_addf(&text, "k%d: 1\n", i);
	buf_addz(&text, "k999: 2\nz: 1\nk3: 2\nk3: 3\n");
	reading_open(&r, "a.yaml", buf_str(&text), NULL);
	assert_false(r.ok);
	assert_int_equal(r.diags.n, 3);
	assert_int_equal(r.diags.items[0].span.line, 1001);
	assert_int_equal(r.diags.items[1].span.line, 1003);
	assert_int_equal(r.diags.items[2].span.line, 1004);
	assert_non_null(strstr(r.diags.items[2].text.s, "line 4,"));
	assert_text(r.diags.items[0].pointer, "/k999");
	reading_release(&r);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(reads_structure),
	        cmocka_unit_test(reads_documents),
	        cmocka_unit_test(expands_aliases),
	        cmocka_unit_test(merges_when_allowed),
	        cmocka_unit_test(reports_bad_yaml),
	        cmocka_unit_test(messages_say_what_to_do),
	        cmocka_unit_test(keeps_findings_before_an_error),
	        cmocka_unit_test(finds_duplicates_in_big_maps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
