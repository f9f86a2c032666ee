/* What is said about a schema that can be used all the same; and what is not. */
#include "checking.h"

#define DIALECT "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""

static void notes(const char *schema, const struct rule *rule, const char *words)
{
	CHECKING c;

	compile_text(&c, schema);
	if (!c.compiled)
		fail_msg("%s", c.err.text);
	one_finding(&c, &c.notes, rule, words);
	assert_true(str_eqz(c.notes.items[0].file, "s.yaml"));
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

static void unknown_keywords(void **state)
{
	(void)state;
	notes("{" DIALECT ",\n\"items\": {\"minimun\": 5}}", &rule_lint_unknown_keyword,
	      "2:11 /items/minimun \"minimun\" is no keyword and has no effect "
	      "[did you mean \"minimum\"?]");
	notes("{" DIALECT ",\n\"additionalItems\": false}", &rule_lint_unknown_keyword,
	      "2:1 /additionalItems \"additionalItems\" is no keyword of 2020-12 and has "
	      "no "
	      "effect "
	      "[\"items\" after \"prefixItems\" does that]");
	silent("{" DIALECT
	       ", \"x-group\": {\"minimun\": 1}, \"definitions\": {\"a\": {}},"
	       "\"markdownDescription\": \"x\", \"$comment\": \"x\", \"examples\": [1],"
	       "\"properties\": {\"minimun\": {}}, \"default\": {\"minimun\": 1}}");
}

static void dead_keywords(void **state)
{
	(void)state;
	notes("{" DIALECT ",\n\"type\": \"array\", \"properties\": {\"a\": {}}}",
	      &rule_lint_dead_keyword,
	      "2:18 /properties \"properties\" has no effect: the type is array");
	notes("{" DIALECT ",\n\"type\": \"string\", \"minimum\": 1}",
	      &rule_lint_dead_keyword,
	      "2:19 /minimum \"minimum\" has no effect: the type is string");
	notes("{" DIALECT ",\n\"then\": {}}", &rule_lint_dead_keyword,
	      "2:1 /then \"then\" has no effect without \"if\"");
	notes("{" DIALECT ",\n\"minContains\": 2}", &rule_lint_dead_keyword,
	      "2:1 /minContains \"minContains\" has no effect without \"contains\"");
	silent("{" DIALECT ", \"type\": [\"array\", \"string\"], \"minItems\": 1, "
	       "\"minLength\": 1}");
	silent("{" DIALECT ", \"type\": \"integer\", \"minimum\": 1, \"enum\": [1]}");
	silent("{" DIALECT ", \"properties\": {\"a\": {}}, \"minimum\": 1}");
}

static void required_names(void **state)
{
	(void)state;
	notes("{" DIALECT
	      ",\n\"required\": [\"titel\"], \"properties\": {\"title\": {}}}",
	      &rule_lint_required_undeclared,
	      "2:1 /required the required key \"titel\" is not among the properties "
	      "[did you mean \"title\"?]");
	silent("{" DIALECT ", \"required\": [\"a\"]}");
	silent("{" DIALECT ", \"required\": [\"a\", \"b\", \"c\", \"d1\"],"
	       "\"properties\": {\"a\": {}}, \"allOf\": [{\"$ref\": \"#/$defs/b\"}],"
	       "\"if\": {\"properties\": {\"c\": {}}, \"required\": [\"b\"]},"
	       "\"patternProperties\": {\"^d\": {}},"
	       "\"$defs\": {\"b\": {\"properties\": {\"b\": {}}}}}");
	silent("{" DIALECT ", \"required\": [\"x\"], \"properties\": {\"a\": {}},"
	       "\"additionalProperties\": {\"type\": \"string\"}}");
}

static void formats(void **state)
{
	(void)state;
	notes("{" DIALECT ",\n\"format\": \"colour\"}", &rule_lint_unknown_format,
	      "2:1 /format the format \"colour\" is not known: it is not checked");
	silent("{" DIALECT ", \"format\": \"date\"}");
}

static void dialect(void **state)
{
	CHECKING c;

	(void)state;
	notes("{\"type\": \"string\"}", &rule_lint_dialect,
	      "1:1  the schema does not name its dialect; 2020-12 is taken [add \"$schema\": "
	      "\"https://json-schema.org/draft/2020-12/schema\"]");

	compile_text(&c, "type: object\nrequired: [a]\n");
	assert_true(c.compiled);
	assert_int_equal(c.notes.items[0].span.end_line, 1);
	assert_int_equal(c.notes.items[0].span.end_column, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(unknown_keywords), cmocka_unit_test(dead_keywords),
	        cmocka_unit_test(required_names),   cmocka_unit_test(formats),
	        cmocka_unit_test(dialect),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
