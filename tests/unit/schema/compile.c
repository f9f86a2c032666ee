/* Schemas that cannot be used: what is said, and where. */
#include "checking.h"

#include <string.h>

/* Compiling SCHEMA fails; the error is exactly TEXT. */
static void refuses(const char *schema, const char *text)
{
	CHECKING c;

	compile_text(&c, schema);
	assert_false(c.compiled);
	assert_int_equal(c.err.code, ERR_SCHEMA);
	assert_string_equal(c.err.text, text);
}

static void accepts(const char *schema)
{
	CHECKING c;

	compile_text(&c, schema);
	if (!c.compiled)
		fail_msg("%s", c.err.text);
}

static void against_the_meta_schema(void **state)
{
	(void)state;
	refuses("{\"properties\": {\n \"x\": {\"type\": \"strin\"}}}",
	        "s.yaml:2:16: /properties/x/type: \"type\" is \"strin\", but one of "
	        "these "
	        "is expected: \"array\", \"boolean\", \"integer\", \"null\", \"number\", "
	        "\"object\", \"string\"; did you mean \"string\"?");
	refuses("{\"minLength\": -1}",
	        "s.yaml:1:15: /minLength: \"minLength\" is -1, below the minimum 0");
	refuses("{\"required\": \"x\"}",
	        "s.yaml:1:14: /required: \"required\" is the text \"x\", but a list is "
	        "expected; write it as a list, even if there is only one");
	refuses("{\"items\": [{}]}", "s.yaml:1:11: /items: \"items\" is a list of 1 "
	                             "item, but true or false or "
	                             "a map is expected");
	refuses("[]", "s.yaml:1:1: the schema is an empty list, but true or false or a "
	              "map is expected");
	refuses("{\"multipleOf\": 0, \"allOf\": []}",
	        "s.yaml:1:16: /multipleOf: \"multipleOf\" is 0, but must be above 0 (and "
	        "1 "
	        "more)");
}

static void references(void **state)
{
	(void)state;
	refuses("{\"$ref\": \"#/$defs/nmae\", \"$defs\": {\"name\": {}}}",
	        "s.yaml:1:10: \"#/$defs/nmae\" leads to nothing in s.yaml; did you mean "
	        "\"name\"?");
	refuses("{\"items\": {\"$ref\": \"#a\"}}",
	        "s.yaml:1:20: /items: \"#a\" leads to nothing in s.yaml");
	refuses("{\"$ref\": \"https://x.example/y.json\"}",
	        "s.yaml:1:1: nothing is known of https://x.example/y.json: the network "
	        "is "
	        "never used; --schema-map PREFIX=DIR names a folder that has it");
	refuses("{\"$ref\": \"http://[x\"}",
	        "s.yaml:1:10: \"http://[x\" is not a URI reference");
	refuses("{\"$ref\": \"#/things\", \"things\": {\"type\": 5}}",
	        "s.yaml:1:41: /things/type: \"type\" is the number 5, but text or a list "
	        "is expected; write it in quotes: \"5\"");
	refuses("{\"$ref\": \"#/n\", \"n\": 5}", "s.yaml:1:22: /n: the schema is the "
	                                         "number 5, but true or false or a map "
	                                         "is expected");
}

static void identifiers(void **state)
{
	(void)state;
	refuses("{\"$defs\": {\"a\": {\"$id\": \"x\"}, \"b\": {\"$id\": \"x\"}}}",
	        "s.yaml:1:44: /$defs/b: two schemas in this file have the same $id, "
	        "memory:///x");
	refuses("{\"$defs\": {\"a\": {\"$anchor\": \"x\"}, \"b\": {\"$anchor\": \"x\"}}}",
	        "s.yaml:1:52: /$defs/b: the anchor \"x\" is there twice");
	refuses("{\"$id\": \"a#b\"}",
	        "s.yaml:1:9: $id has a fragment; use $anchor for it");
	accepts("{\"$id\": \"a#\"}");
	accepts("{\"$anchor\": \"x\", \"$dynamicAnchor\": \"x\"}");
}

static void patterns(void **state)
{
	CHECKING c;

	(void)state;
	compile_text(&c, "{\"properties\": {\"a\": {\"pattern\": \"(\"}}}");
	assert_false(c.compiled);
	assert_non_null(strstr(c.err.text, "s.yaml:1:34: /properties/a: "));
	refuses("{\"pattern\": 5}", "s.yaml:1:13: /pattern: \"pattern\" is the number 5, "
	                            "but text is expected; "
	                            "write it in quotes: \"5\"");
}

static void dialects(void **state)
{
	(void)state;
	accepts("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"}");
	accepts("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema#\"}");
	refuses("{\"$schema\": \"http://x.example/meta\"}",
	        "s.yaml:1:13: $schema is \"http://x.example/meta\"; known are 2020-12, "
	        "2019-09, draft-07, draft-06, draft-04 and meta-schemas whose prefix is "
	        "mapped to a folder");
	refuses("{\"$schema\": \"http://json-schema.org/draft-7/schema#\"}",
	        "s.yaml:1:13: $schema is \"http://json-schema.org/draft-7/schema\"; "
	        "known "
	        "are 2020-12, 2019-09, draft-07, draft-06, draft-04 and meta-schemas "
	        "whose prefix is mapped to a folder; did you mean "
	        "http://json-schema.org/draft-07/schema?");
	refuses("{\"$schema\": \"x\"}",
	        "s.yaml:1:13: $schema is \"x\"; known are 2020-12, 2019-09, draft-07, "
	        "draft-06, draft-04 and meta-schemas whose prefix is mapped to a folder");
}

static void deep_schemas(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1u << 20);
	CHECKING c;

	(void)state;
	for (int i = 0; i < 200; i++)
		buf_addz(&b, "{\"not\": ");
	buf_addz(&b, "{}");
	buf_fill(&b, '}', 200);
	compile_text(&c, buf_z(&b));
	check_text(&c, "1");
	assert_true(c.valid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(against_the_meta_schema),
	        cmocka_unit_test(references),
	        cmocka_unit_test(identifiers),
	        cmocka_unit_test(patterns),
	        cmocka_unit_test(dialects),
	        cmocka_unit_test(deep_schemas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
