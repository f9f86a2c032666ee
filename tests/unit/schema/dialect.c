/* Schemas of the several drafts: which is taken, what is said about them, and where. */
#include "checking.h"

#include <string.h>

#define DRAFT(name) "\"$schema\": \"http://json-schema.org/draft-" name "/schema#\""
#define DRAFT_2019 "\"$schema\": \"https://json-schema.org/draft/2019-09/schema\""
#define DRAFT_2020 "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""

static void notes(const char *schema, const struct rule *rule, const char *words)
{
	CHECKING c;

	compile_text(&c, schema);
	if (!c.compiled)
		fail_msg("%s", c.err.text);
	one_finding(&c, &c.notes, rule, words);
}

static void silent(const char *schema)
{
	CHECKING c;

	compile_text(&c, schema);
	if (!c.compiled)
		fail_msg("%s", c.err.text);
	print_findings(&c.notes);
	assert_int_equal(c.notes.n, 0);
}

static void refuses(const char *schema, const char *text)
{
	CHECKING c;

	compile_text(&c, schema);
	assert_false(c.compiled);
	assert_int_equal(c.err.code, ERR_SCHEMA);
	assert_string_equal(c.err.text, text);
}

static void named_in_many_ways(void **state)
{
	static const char *const uris[] = {
	        "http://json-schema.org/draft-07/schema#",
	        "http://json-schema.org/draft-07/schema",
	        "https://json-schema.org/draft-07/schema#",
	        "https://json-schema.org/draft-07/schema",
	        "http://json-schema.org/draft-06/schema#",
	        "http://json-schema.org/draft-04/schema#",
	        "https://json-schema.org/draft/2019-09/schema",
	        "https://json-schema.org/draft/2019-09/schema#",
	        "http://json-schema.org/draft/2019-09/schema",
	        "https://json-schema.org/draft/2020-12/schema#",
	};
	CLEANUP(arena_release) struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(uris); i++)
		silent(arena_fmt(&a, "{\"$schema\": \"%s\", \"type\": \"string\"}",
		                 uris[i])
		               .s);
}

static void no_draft_named(void **state)
{
	(void)state;
	notes("{\"$schema\": \"http://json-schema.org/schema#\"}", &rule_lint_dialect,
	      "1:2 /$schema \"$schema\" names no draft; 2020-12 is taken [write "
	      "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"]");
	notes("{\"$schema\": \"https://json-schema.org/schema\"}", &rule_lint_dialect,
	      "1:2 /$schema \"$schema\" names no draft; 2020-12 is taken [write "
	      "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"]");
}

/* The option is for schemas that name none. */
static void default_dialect(void **state)
{
	const struct schema_options opt = {
	        .dialect = STR("http://json-schema.org/draft-07/schema#")};
	const struct schema_options bad = {.dialect = STR("http://x.example/")};
	CHECKING c = {0};
	struct doc doc;

	(void)state;
	diag_init(&c.notes, &c.arena);
	doc = read_text(&c, &c.sources[0], "s.yaml", "{dependencies: {a: [b]}}");
	assert_true(schema_compile(&c.schema, &doc, STR_NONE, &opt, &c.arena, &c.notes,
	                           &c.err));
	one_finding(
	        &c, &c.notes, &rule_lint_dialect,
	        "1:1  the schema does not name its dialect; draft-07 is taken [add \"$schema\": "
	        "\"http://json-schema.org/draft-07/schema\"]");
	schema_release(c.schema);
	c.schema = NULL;
	assert_false(schema_compile(&c.schema, &doc, STR_NONE, &bad, &c.arena, &c.notes,
	                            &c.err));
	assert_non_null(strstr(c.err.text, "$schema is \"http://x.example/\""));
}

static void keywords_of_other_drafts(void **state)
{
	(void)state;
	notes("{" DRAFT("07") ",\n\"dependentRequired\": {}}", &rule_lint_unknown_keyword,
	      "2:1 /dependentRequired \"dependentRequired\" is no keyword of draft-07 "
	      "and "
	      "has no effect [\"dependencies\" does that]");
	notes("{" DRAFT("07") ",\n\"unevaluatedProperties\": false}",
	      &rule_lint_unknown_keyword,
	      "2:1 /unevaluatedProperties \"unevaluatedProperties\" is no keyword of "
	      "draft-07 and has no effect [2019-09 has it: name that draft in "
	      "\"$schema\"]");
	notes("{" DRAFT("06") ",\n\"if\": true}", &rule_lint_unknown_keyword,
	      "2:1 /if \"if\" is no keyword of draft-06 and has no effect [draft-07 has "
	      "it: name that draft in \"$schema\"]");
	notes("{" DRAFT("04") ",\n\"$id\": \"http://x.example/\"}",
	      &rule_lint_unknown_keyword,
	      "2:1 /$id \"$id\" is no keyword of draft-04 and has no effect [\"id\" does "
	      "that]");
	notes("{" DRAFT("07") ",\n\"id\": \"http://x.example/\"}",
	      &rule_lint_unknown_keyword,
	      "2:1 /id \"id\" is no keyword of draft-07 and has no effect [\"$id\" does "
	      "that]");
	notes("{" DRAFT_2019 ",\n\"prefixItems\": []}", &rule_lint_unknown_keyword,
	      "2:1 /prefixItems \"prefixItems\" is no keyword of 2019-09 and has no "
	      "effect "
	      "[a list in \"items\" does that]");
	notes("{" DRAFT("07") ",\n\"additionalItem\": {}}", &rule_lint_unknown_keyword,
	      "2:1 /additionalItem \"additionalItem\" is no keyword and has no effect "
	      "[did "
	      "you mean \"additionalItems\"?]");
	/* Annotations do no harm in any draft. */
	silent("{" DRAFT(
	        "04") ", \"$comment\": \"x\", \"readOnly\": true, \"examples\": [1]}");
	silent("{" DRAFT("07") ", \"deprecated\": true, \"definitions\": {\"a\": {}}}");
	silent("{" DRAFT_2019 ", \"definitions\": {}, \"$recursiveAnchor\": true}");
}

static void dead_keywords(void **state)
{
	(void)state;
	notes("{" DRAFT("07") ", \"items\": {\"$ref\": \"#\",\n\"minLength\": 1, "
	                      "\"title\": "
	                      "\"x\", \"definitions\": {}}}",
	      &rule_lint_dead_keyword,
	      "2:1 /items/minLength \"minLength\" has no effect beside \"$ref\" in "
	      "draft-07 [move the \"$ref\" into an \"allOf\"]");
	notes("{" DRAFT("07") ",\n\"items\": {\"$id\": \"x\", \"$ref\": \"#\"}}",
	      &rule_lint_dead_keyword,
	      "2:11 /items/$id \"$id\" has no effect beside \"$ref\" in draft-07 [move "
	      "the "
	      "\"$ref\" into an \"allOf\"]");
	silent("{" DRAFT_2019 ", \"items\": {\"$ref\": \"#\", \"minLength\": 1}}");
	notes("{" DRAFT("07") ", \"items\": {},\n\"additionalItems\": {}}",
	      &rule_lint_dead_keyword,
	      "2:1 /additionalItems \"additionalItems\" has no effect without a list in "
	      "\"items\"");
	silent("{" DRAFT("07") ", \"items\": [{}], \"additionalItems\": {}}");
}

static void each_its_meta_schema(void **state)
{
	(void)state;
	refuses("{" DRAFT("07") ",\n\"items\": 5}",
	        "s.yaml:2:10: /items: \"items\" is the number 5, but true or false, a "
	        "list "
	        "or a map is expected");
	refuses("{" DRAFT("04") ",\n\"additionalProperties\": {}, \"not\": true}",
	        "s.yaml:2:36: /not: \"not\" is true, but a map is expected");
	refuses("{" DRAFT("04") ",\n\"exclusiveMaximum\": true}",
	        "s.yaml:1:2: the key \"exclusiveMaximum\" needs the key \"maximum\" "
	        "beside "
	        "it, which is missing; add the key \"maximum\"");
	refuses("{" DRAFT_2019 ",\n\"$recursiveAnchor\": 1}",
	        "s.yaml:2:21: /$recursiveAnchor: \"$recursiveAnchor\" is the number 1, "
	        "but "
	        "true or false is expected");
	/* An embedded schema of another draft answers to its own. */
	refuses("{" DRAFT_2020 ", \"$defs\": {\n\"a\": {\"$id\": \"a\", " DRAFT(
	                "07") ", \"items\": [{}], \"minimum\": \"x\"}}}",
	        "s.yaml:2:99: /$defs/a/minimum: \"minimum\" is the text \"x\", but a "
	        "number "
	        "is expected");
	refuses("{" DRAFT(
	                "07") ", \"definitions\": {\n\"a\": {\"$id\": \"a\", " DRAFT_2020
	                      ", \"items\": [{}]}}}",
	        "s.yaml:2:87: /definitions/a/items: \"items\" is a list of 1 item, but "
	        "true "
	        "or false or a map is expected");
	silent("{" DRAFT_2020 ", \"$defs\": {\"a\": {\"$id\": \"a\", " DRAFT(
	        "06") ", \"items\": [{}]}, \"b\": {\"id\": \"b\", " DRAFT("04") "}}}");
	refuses("{" DRAFT_2020 ",\n\"$defs\": {\"a\": {\"$id\": \"a\", "
	        "\"$schema\": \"x\"}}}",
	        "s.yaml:2:40: /$defs/a: $schema is \"x\"; known are 2020-12, 2019-09, "
	        "draft-07, draft-06, draft-04 and meta-schemas whose prefix is mapped to "
	        "a "
	        "folder");
}

static void identifiers(void **state)
{
	(void)state;
	refuses("{" DRAFT_2019 ",\n\"$id\": \"a#b\"}",
	        "s.yaml:2:8: $id has a fragment; use $anchor for it");
	refuses("{" DRAFT("07") ",\n\"definitions\": {\"a\": {\"$id\": \"#x\"}, \"b\": "
	                        "{\"$id\": \"#x\"}}}",
	        "s.yaml:2:50: /definitions/b: the anchor \"x\" is there twice");
	refuses("{" DRAFT("04") ",\n\"definitions\": {\"a\": {\"id\": \"x\"}, \"b\": "
	                        "{\"id\": \"x\"}}}",
	        "s.yaml:2:47: /definitions/b: two schemas in this file have the same id, "
	        "memory:///x");
	silent("{" DRAFT(
	        "07") ", \"$id\": \"#\", \"properties\": {\"a\": {\"$id\": "
	              "\"#/properties/a\"}, \"b\": {\"$id\": \"#/properties/a\"}}}");
}

static void messages(void **state)
{
	(void)state;
	tells("{" DRAFT("07") ", \"items\": [{}, {}], \"additionalItems\": false}",
	      "[1, 2, 3]", &rule_schema_items,
	      "1:8 /2 item 3 is one too many: at most 2 items are allowed");
	tells("{" DRAFT("04") ", \"minimum\": 1, \"exclusiveMinimum\": true}", "1",
	      &rule_schema_exclusive_minimum,
	      "1:1  the document is 1, but must be above 1");
	tells("{" DRAFT("07") ", \"dependencies\": {\"a\": [\"b\"]}}", "{a: 1}",
	      &rule_schema_dependent_required,
	      "1:2  the key \"a\" needs the key \"b\" beside it, which is missing [add "
	      "the "
	      "key \"b\"]");
	tells("{" DRAFT("07") ", \"format\": \"date\"}", "x", &rule_schema_format,
	      "1:1  the document is \"x\", which is not of the format \"date\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(named_in_many_ways),
	        cmocka_unit_test(no_draft_named),
	        cmocka_unit_test(default_dialect),
	        cmocka_unit_test(keywords_of_other_drafts),
	        cmocka_unit_test(dead_keywords),
	        cmocka_unit_test(each_its_meta_schema),
	        cmocka_unit_test(identifiers),
	        cmocka_unit_test(messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
