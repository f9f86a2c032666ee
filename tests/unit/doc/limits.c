#include "reading.h"

#include "base/limits.h"

static void repeat(struct buf *b, const char *piece, int n)
{
	for (int i = 0; i < n; i++)
		buf_addz(b, piece);
}

/* Reading TEXT (released here) gives one finding of RULE, or none. */
static void expect(const char *name, struct buf *text, const char *rule,
                   const struct doc_options *opt)
{
	struct reading r;

	reading_open(&r, name, buf_str(text), opt);
	assert_int_equal(r.ok, rule == NULL);
	assert_int_equal(r.diags.n, rule != NULL);
	if (rule) {
		assert_string_equal(r.diags.items[0].rule->id, rule);
		assert_fragments(&r.diags.items[0]);
	}
	reading_release(&r);
	buf_release(text);
}

static void depth(void **state)
{
	static const struct {
		const char *name, *open;
	} cases[] = {{"a.yaml", "["},      {"a.yaml", "[\n"},  {"a.yaml", "{a: "},
	             {"a.yaml", "- "},     {"a.yaml", "[a: "}, {"a.json", "["},
	             {"a.json", "{\"a\":"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf b = BUF_INIT(1 << 24);

		repeat(&b, cases[i].open, 100000);
		expect(cases[i].name, &b, "syntax.depth", NULL);
	}
}

static void depth_of_indentation(void **state)
{
	struct buf b = BUF_INIT(1 << 24);

	(void)state;
	for (int i = 0; i < 2000; i++) {
		buf_fill(&b, ' ', (size_t)i);
		buf_addz(&b, "a:\n");
	}
	expect("a.yaml", &b, "syntax.depth", NULL);
}

static void depth_is_counted_exactly(void **state)
{
	const struct doc_options opt = {.depth = 3};

	(void)state;
	for (int extra = 0; extra < 2; extra++) {
		for (int limited = 0; limited < 2; limited++) {
			int n = (limited ? 3 : LIMIT_DEPTH) + extra;
			struct buf b = BUF_INIT(1 << 20), c = BUF_INIT(1 << 20);

			repeat(&b, "[", n);
			repeat(&b, "]", n);
			buf_add(&c, buf_str(&b));
			expect("a.yaml", &b, extra ? "syntax.depth" : NULL,
			       limited ? &opt : NULL);
			expect("a.json", &c, extra ? "syntax.depth" : NULL,
			       limited ? &opt : NULL);
		}
	}
}

/*
 * Each anchor is one level deeper than the one before: the tree is deep, the text is
 * not.
 */
static void depth_through_aliases(void **state)
{
	struct buf b = BUF_INIT(1 << 20);

	(void)state;
	buf_addz(&b, "a0: &a0 [x]\n");
	for (int i = 1; i < LIMIT_DEPTH + 1; i++)
		buf_addf(&b, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	expect("a.yaml", &b, "syntax.depth", NULL);
}

static void alias_bomb(void **state)
{
	struct buf b = BUF_INIT(1 << 20);

	(void)state;
	buf_addz(&b, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 100; i++) {
		buf_addf(&b, "a%d: &a%d [*a%d", i, i, i - 1);
		for (int k = 0; k < 9; k++)
			buf_addf(&b, ", *a%d", i - 1);
		buf_addz(&b, "]\n");
	}
	expect("a.yaml", &b, "syntax.nodes", NULL);
}

/* A short name may stand for a long text, as a value, in a list and as a key. */
static void aliases_repeat_so_much_text(void **state)
{
	static const char *const uses[] = {"- *a\n", "- {*k : 1}\n", "- *l\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(uses); i++) {
		for (int over = 0; over < 2; over++) {
			struct buf b = BUF_INIT(1 << 24);

			buf_addz(&b, "- &a ");
			buf_fill(&b, 'x', 4000);
			buf_addz(&b, "\n- &l [\"");
			buf_fill(&b, 'x',
			         3993); /* with its anchor, quotes and brackets */
			buf_addz(&b, "\"]\n- ? &k ");
			buf_fill(&b, 'x', 4000);
			buf_addz(&b, "\n  : 1\n");
			repeat(&b, uses[i], (int)(LIMIT_ALIAS_BYTES / 4000) + over);
			expect("a.yaml", &b, over ? "syntax.nodes" : NULL, NULL);
		}
	}
}

/* Keys may be long and lie deep: each of many findings has a pointer. */
static void pointers_are_cut_at_a_step(void **state)
{
	struct buf b = BUF_INIT(1 << 24), want = BUF_INIT(LIMIT_POINTER_BYTES);
	struct reading r;

	(void)state;
	for (int i = 0; i < 400; i++) {
		buf_addz(&b, "{\"");
		buf_fill(&b, 'k', LIMIT_KEY_BYTES);
		buf_addz(&b, "\": ");
	}
	buf_addz(&b, "{\"a\": 1, \"a\": 2}");
	buf_fill(&b, '}', 400);
	reading_open(&r, "a.json", buf_str(&b), NULL);
	assert_string_equal(r.diags.items[0].rule->id, "syntax.duplicate-key");
	for (int i = 0; i < LIMIT_POINTER_BYTES / (LIMIT_KEY_BYTES + 1); i++) {
		buf_addc(&want, '/');
		buf_fill(&want, 'k', LIMIT_KEY_BYTES);
	}
	assert_true(str_eq(r.diags.items[0].pointer, buf_str(&want)));
	reading_release(&r);
	buf_release(&want);
	buf_release(&b);
}

static void nodes(void **state)
{
	const struct doc_options opt = {.nodes = 5};
	struct buf b = BUF_INIT(100), c = BUF_INIT(100), d = BUF_INIT(100);

	(void)state;
	buf_addz(&b, "[1, 2, {\"a\": 3}]");
	expect("a.yaml", &b, NULL, &opt);
	buf_addz(&c, "[1, 2, {\"a\": 3}, 4]");
	expect("a.json", &c, "syntax.nodes", &opt);
	buf_addz(&d, "- &a [1]\n- *a\n- 2\n");
	expect("a.yaml", &d, "syntax.nodes", &opt);
}

static void documents(void **state)
{
	struct buf b = BUF_INIT(1 << 20), c = BUF_INIT(1 << 20);

	(void)state;
	repeat(&b, "--- 1\n", LIMIT_DOCUMENTS);
	expect("a.yaml", &b, NULL, NULL);
	repeat(&c, "--- 1\n", LIMIT_DOCUMENTS + 1);
	expect("a.yaml", &c, "syntax.documents", NULL);
}

static void long_keys_and_numbers(void **state)
{
	struct buf b = BUF_INIT(1 << 20), c = BUF_INIT(1 << 20), d = BUF_INIT(1 << 20);

	(void)state;
	buf_addz(&b, "{\"");
	buf_fill(&b, 'k', LIMIT_KEY_BYTES + 1);
	buf_addz(&b, "\": 1}");
	expect("a.json", &b, "syntax.key", NULL);
	buf_addz(&c, "a: 0x");
	buf_fill(&c, 'f', LIMIT_NUMBER_DIGITS + 1);
	expect("a.yaml", &c, "syntax.yaml", NULL);
	buf_fill(&d, '9', 100000);
	buf_addc(&d, 'e');
	buf_fill(&d, '9', 100000);
	expect("a.json", &d, NULL, NULL);
}

static void tag_directives(void **state)
{
	struct buf b = BUF_INIT(1 << 24);

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "%%TAG !a%d! x\n", i);
	buf_addz(&b, "--- 1\n");
	expect("a.yaml", &b, "syntax.tag", NULL);
}

static void too_large(void **state)
{
	struct buf b = BUF_INIT(LIMIT_FILE_BYTES + 1);

	(void)state;
	buf_fill(&b, 'x', LIMIT_FILE_BYTES + 1);
	expect("a.yaml", &b, "syntax.too-large", NULL);
}

static void findings(void **state)
{
	struct buf b = BUF_INIT(1 << 20);
	struct reading r;

	(void)state;
	repeat(&b, "a: 1\n", LIMIT_FINDINGS_PER_FILE + 10);
	reading_open(&r, "a.yaml", buf_str(&b), NULL);
	assert_false(r.ok);
	assert_int_equal(r.diags.n, LIMIT_FINDINGS_PER_FILE);
	assert_int_equal(r.diags.dropped, 9);
	reading_release(&r);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(depth),
	        cmocka_unit_test(depth_of_indentation),
	        cmocka_unit_test(depth_is_counted_exactly),
	        cmocka_unit_test(depth_through_aliases),
	        cmocka_unit_test(alias_bomb),
	        cmocka_unit_test(aliases_repeat_so_much_text),
	        cmocka_unit_test(pointers_are_cut_at_a_step),
	        cmocka_unit_test(nodes),
	        cmocka_unit_test(documents),
	        cmocka_unit_test(long_keys_and_numbers),
	        cmocka_unit_test(tag_directives),
	        cmocka_unit_test(too_large),
	        cmocka_unit_test(findings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
