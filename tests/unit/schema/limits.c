/* Evaluations that do not end, or not soon: told once, quickly, and never a crash. */
#include "checking.h"

static void circles(void **state)
{
	static const char *const schemas[] = {
	        "{$ref: '#'}",
	        "{allOf: [{$ref: '#'}, {$ref: '#'}]}",
	        "{anyOf: [{not: {if: {$ref: '#'}, then: false}}], unevaluatedProperties: "
	        "false}",
	        "{oneOf: [{$ref: '#'}, {type: string}], unevaluatedItems: false}",
	        "{$dynamicAnchor: x, $dynamicRef: '#x'}",
	        "{dependentSchemas: {a: {$ref: '#'}}}",
	        "{$defs: {a: {$ref: '#/$defs/b'}, b: {$ref: '#/$defs/a'}}, $ref: "
	        "'#/$defs/a'}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(schemas); i++)
		tells(schemas[i], "{a: 1}", &rule_schema_recursion,
		      "1:1  the document cannot be checked: the references of the schema "
		      "run in a circle");
}

/* Every level tries two branches that are alike: without a limit, 2^100 steps. */
static void effort(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1u << 20);
	CHECKING c;

	(void)state;
	buf_fill(&b, '[', 100);
	buf_fill(&b, ']', 100);
	compile_text(&c, "{$defs: {n: {minItems: 1, anyOf: [{items: {$ref: '#/$defs/n'}},"
	                 "{items: {$ref: '#/$defs/n'}, minItems: 1}]}}, $ref: "
	                 "'#/$defs/n'}");
	check_text(&c, buf_z(&b));
	assert_false(c.valid);
	assert_ptr_equal(c.found.items[c.found.n - 1].rule, &rule_schema_effort);
}

static void deep_values(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1u << 20);
	CHECKING c;

	(void)state;
	buf_fill(&b, '[', 490);
	buf_fill(&b, ']', 490);
	compile_text(&c, "{$defs: {n: {anyOf: [{type: string}, {allOf: [{type: array, "
	                 "items: {$ref: '#/$defs/n'}}]}], unevaluatedItems: false}},"
	                 "$ref: '#/$defs/n'}");
	check_text(&c, buf_z(&b));
	assert_true(c.valid);
}

static void exploding_patterns(void **state)
{
	CHECKING c;

	(void)state;
	/* Under `not` an unanswered match must not turn into "valid". */
	compile_text(&c, "{not: {pattern: '^(([a-z])+.)+[A-Z]([a-z])+$'}}");
	check_text(&c,
	           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_int_equal(c.found.n, 1);
	assert_ptr_equal(c.found.items[0].rule, &rule_schema_pattern_limit);
}

static void long_numbers(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1u << 20);
	CHECKING c;

	(void)state;
	buf_fill(&b, '1', LIMIT_NUMBER_DIGITS + 1);
	compile_text(&c, "{not: {multipleOf: 3}}");
	check_text(&c, buf_z(&b));
	assert_int_equal(c.found.n, 1);
	assert_ptr_equal(c.found.items[0].rule, &rule_schema_number_limit);
}

static void many_findings(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1u << 20);
	CHECKING c;

	(void)state;
	for (int i = 0; i < LIMIT_FINDINGS_PER_FILE + 50; i++)
		buf_addz(&b, i ? ", x" : "[x");
	buf_addc(&b, ']');
	compile_text(&c, "{items: {type: integer}}");
	check_text(&c, buf_z(&b));
	assert_int_equal(c.found.n, LIMIT_FINDINGS_PER_FILE);
	assert_int_equal(c.found.dropped, 50);
}

static void large_lists(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(16u << 20);
	CHECKING c;

	(void)state;
	for (int i = 0; i < 50000; i++)
		buf_addf(&b, "%s{\"a\": %d}", i ? "," : "[", i);
	buf_addz(&b, ", {\"a\": 77.0}]");
	compile_text(&c, "{uniqueItems: true}");
	check_text(&c, buf_z(&b));
	assert_int_equal(c.found.n, 1);
	assert_string_equal(c.found.items[0].text.s,
	                    "item 50001 repeats item 78: a map of 1 key");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(circles),      cmocka_unit_test(effort),
	        cmocka_unit_test(deep_values),  cmocka_unit_test(exploding_patterns),
	        cmocka_unit_test(long_numbers), cmocka_unit_test(many_findings),
	        cmocka_unit_test(large_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
