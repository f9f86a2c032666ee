/* What is told to curators: rule, place, words and suggestion, keyword by keyword. */
#include "checking.h"

static void types(void **state)
{
	(void)state;
	tells("{properties: {a: {type: integer}}}", "a: x", &rule_schema_type,
	      "1:4 /a \"a\" is the text \"x\", but a whole number is expected");
	tells("{properties: {a: {type: integer}}}", "a: \"2020\"", &rule_schema_type,
	      "1:4 /a \"a\" is the text \"2020\", but a whole number is expected "
	      "[write it without quotes: 2020]");
	tells("{properties: {a: {type: string}}}", "a: 5", &rule_schema_type,
	      "1:4 /a \"a\" is the number 5, but text is expected "
	      "[write it in quotes: \"5\"]");
	tells("{properties: {a: {type: [string, 'null']}}}", "a: [1]", &rule_schema_type,
	      "1:4 /a \"a\" is a list of 1 item, but text or nothing (null) is expected");
	tells("{properties: {a: {type: array}}}", "a: x", &rule_schema_type,
	      "1:4 /a \"a\" is the text \"x\", but a list is expected "
	      "[write it as a list, even if there is only one]");
	tells("{type: object}", "[]", &rule_schema_type,
	      "1:1  the document is an empty list, but a map is expected");
	tells("{items: {type: boolean}}", "[true, {}]", &rule_schema_type,
	      "1:8 /1 item 2 is an empty map, but true or false is expected");
}

static void values(void **state)
{
	(void)state;
	tells("{properties: {a: {enum: [left, right, 3]}}}", "a: rigth",
	      &rule_schema_enum,
	      "1:4 /a \"a\" is \"rigth\", but one of these is expected: \"left\", "
	      "\"right\", 3 [did you mean \"right\"?]");
	tells("{enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}", "12", &rule_schema_enum,
	      "1:1  the document is 12, but one of these is expected: 1, 2, 3, 4, 5, 6, "
	      "7, 8 and 3 more");
	tells("{properties: {a: {const: [x]}}}", "a: y", &rule_schema_const,
	      "1:4 /a \"a\" is \"y\", but a list of 1 item is expected");
	tells("{properties: {a: {not: {enum: [x, y]}}}}", "a: y", &rule_schema_not,
	      "1:4 /a \"a\" must not be \"x\", \"y\"");
	tells("{not: {required: [old]}}", "old: 1", &rule_schema_not,
	      "1:1  the document must not have the key \"old\"");
	tells("{properties: {a: {not: {type: string}}}}", "a: y", &rule_schema_not,
	      "1:4 /a \"a\" must not be text");
	tells("{properties: {a: false}}", "a: y", &rule_schema_false,
	      "1:4 /a \"a\" is not allowed here");
}

static void numbers(void **state)
{
	(void)state;
	tells("{properties: {year: {minimum: 1600}}}", "year: 1500", &rule_schema_minimum,
	      "1:7 /year \"year\" is 1500, below the minimum 1600");
	tells("{maximum: 9007199254740992}", "9007199254740993", &rule_schema_maximum,
	      "1:1  the document is 9007199254740993, above the maximum "
	      "9007199254740992");
	tells("{exclusiveMinimum: 0}", "0.0", &rule_schema_exclusive_minimum,
	      "1:1  the document is 0.0, but must be above 0");
	tells("{exclusiveMaximum: 1}", "1", &rule_schema_exclusive_maximum,
	      "1:1  the document is 1, but must be below 1");
	tells("{multipleOf: 0.01}", "19.999", &rule_schema_multiple_of,
	      "1:1  the document is 19.999, not a multiple of 0.01");
}

static void texts(void **state)
{
	(void)state;
	tells("{properties: {t: {maxLength: 1}}}", "t: äöü", &rule_schema_max_length,
	      "1:4 /t \"t\" has 3 characters, but at most 1 is allowed");
	tells("{properties: {t: {minLength: 1}}}", "t: ''", &rule_schema_min_length,
	      "1:4 /t \"t\" is empty, but at least 1 character is expected");
	tells("{properties: {t: {minLength: 2}}}", "t: x", &rule_schema_min_length,
	      "1:4 /t \"t\" has 1 character, but at least 2 are expected");
	tells("{properties: {t: {pattern: '^[a-z]+$'}}}", "t: A b", &rule_schema_pattern,
	      "1:4 /t \"t\" is \"A b\", which does not match the pattern ^[a-z]+$");
	tells("{properties: {t: {format: date}}}", "t: 2020-13-01", &rule_schema_format,
	      "1:4 /t \"t\" is \"2020-13-01\", which is not of the format \"date\"");
}

static void lists(void **state)
{
	(void)state;
	tells("{properties: {l: {maxItems: 1}}}", "l: [1, 2]", &rule_schema_max_items,
	      "1:4 /l \"l\" has 2 items, but at most 1 is allowed");
	tells("{properties: {l: {minItems: 2}}}", "l: [1]", &rule_schema_min_items,
	      "1:4 /l \"l\" has 1 item, but at least 2 are expected");
	tells("{properties: {l: {uniqueItems: true}}}", "l: [a, b, a]",
	      &rule_schema_unique_items,
	      "1:11 /l/2 item 3 of \"l\" repeats item 1: \"a\"");
	tells("{properties: {l: {contains: {const: 1}}}}", "l: [2]",
	      &rule_schema_contains, "1:4 /l \"l\" has no item of the kind asked for");
	tells("{properties: {l: {contains: {const: 1}, minContains: 2}}}", "l: [1]",
	      &rule_schema_min_contains,
	      "1:4 /l \"l\" has 1 item of the kind asked for, but at least 2 are "
	      "expected");
	tells("{properties: {l: {contains: {const: 1}, maxContains: 1}}}", "l: [1, 1]",
	      &rule_schema_max_contains,
	      "1:4 /l \"l\" has 2 items of the kind asked for, but at most 1 is allowed");
	tells("{properties: {l: {prefixItems: [true], items: false}}}", "l: [1, 2]",
	      &rule_schema_items,
	      "1:8 /l/1 item 2 of \"l\" is one too many: at most 1 item is allowed");
	tells("{properties: {l: {prefixItems: [true], unevaluatedItems: false}}}",
	      "l: [1, 2]", &rule_schema_unevaluated_items,
	      "1:8 /l/1 item 2 of \"l\" is not described by the schema");
}

static void keys(void **state)
{
	(void)state;
	tells("{required: [title], properties: {titel: true}}", "{x: 1, y: 2}",
	      &rule_schema_required,
	      "1:2  the required key \"title\" is missing [add the key \"title\"]");
	tells("{properties: {o: {required: [title]}}}", "o: {}", &rule_schema_required,
	      "1:4 /o the required key \"title\" is missing [add the key \"title\"]");
	tells("{required: [title]}", "a: 1\ntitel: x", &rule_schema_required,
	      "1:1  the required key \"title\" is missing "
	      "[did you mean it by the key \"titel\"?]");
	tells("{properties: {author: true}, additionalProperties: false}", "o: 1\n",
	      &rule_schema_additional_properties,
	      "1:1 /o the key \"o\" is not known here");
	tells("{properties: {author: true}, additionalProperties: false}", "  autor: 1",
	      &rule_schema_additional_properties,
	      "1:3 /autor the key \"autor\" is not known here [did you mean "
	      "\"author\"?]");
	tells("{allOf: [{properties: {author: true}}], unevaluatedProperties: false}",
	      "autor: 1", &rule_schema_unevaluated_properties,
	      "1:1 /autor the key \"autor\" is not known here [did you mean "
	      "\"author\"?]");
	tells("{propertyNames: {pattern: '^[a-z]+$'}}", "a: 1\n/B~: 2",
	      &rule_schema_property_names,
	      "2:1 /~1B~0 the key is \"/B~\", which does not match the pattern ^[a-z]+$");
	tells("{propertyNames: false}", "a: 1", &rule_schema_property_names,
	      "1:1 /a the key is not allowed here");
	tells("{minProperties: 2}", "a: 1", &rule_schema_min_properties,
	      "1:1  the document has 1 key, but at least 2 are expected");
	tells("{maxProperties: 1}", "{a: 1, b: 2}", &rule_schema_max_properties,
	      "1:1  the document has 2 keys, but at most 1 is allowed");
	tells("{dependentRequired: {a: [b]}}", "{a: 1}", &rule_schema_dependent_required,
	      "1:2  the key \"a\" needs the key \"b\" beside it, which is missing "
	      "[add the key \"b\"]");
}

#define WORKS \
	"{oneOf: [" \
	"{title: a book, properties: {kind: {const: book}, isbn: {type: string}}}," \
	"{title: an article, properties: {kind: {enum: [article]}, doi: {type: " \
	"string}}}]}"

static void alternatives(void **state)
{
	(void)state;
	tells(WORKS, "{kind: article, doi: 5}", &rule_schema_type,
	      "1:22 /doi \"doi\" is the number 5, but text is expected "
	      "[write it in quotes: \"5\"]");
	tells(WORKS, "{kind: boock}", &rule_schema_one_of,
	      "1:8 /kind \"kind\" is \"boock\", but one of these is expected: \"book\", "
	      "\"article\" [did you mean \"book\"?]");
	tells(WORKS, "{isbn: x}", &rule_schema_one_of,
	      "1:1  the document fits both alternative 1 (a book) and alternative 2 (an "
	      "article), but must fit only one");
	tells("{anyOf: [{type: string}, {type: integer, minimum: 5}]}", "3",
	      &rule_schema_minimum, "1:1  the document is 3, below the minimum 5");
	tells("{anyOf: [{type: string}, {type: integer}]}", "{}", &rule_schema_any_of,
	      "1:1  the document is an empty map, but text or a whole number is "
	      "expected");
	tells("{oneOf: [{const: MIT}, {const: BSD}]}", "MTI", &rule_schema_one_of,
	      "1:1  the document is \"MTI\", but one of these is expected: \"MIT\", "
	      "\"BSD\" [did you mean \"MIT\"?]");
	tells("{anyOf: [{required: [doi]}, {required: [url]}]}", "a: 1",
	      &rule_schema_any_of,
	      "1:1  the document fits none of the 2 alternatives: alternative 1: the "
	      "required key \"doi\" is missing; alternative 2: the required key \"url\" "
	      "is missing");
	/* The second comes nearer: its only error lies deeper. */
	tells("{anyOf: [{required: [x]}, {properties: {a: {minimum: 3}}}]}", "a: 1",
	      &rule_schema_minimum, "1:4 /a \"a\" is 1, below the minimum 3");
	tells("{if: {required: [a]}, then: {required: [b]}}", "a: 1",
	      &rule_schema_required,
	      "1:1  the required key \"b\" is missing [add the key \"b\"]");
}

static void all_errors_of_a_file(void **state)
{
	CHECKING c;

	(void)state;
	compile_text(&c, "{required: [x], properties: {a: {type: string, minLength: 3},"
	                 "b: {allOf: [{minimum: 3}, {multipleOf: 2}]}},"
	                 "additionalProperties: false}");
	check_text(&c, "a: x\nb: 1\nc: 0");
	assert_int_equal(c.found.n, 5);
}

static void told_once(void **state)
{
	(void)state;
	tells("{allOf: [{$ref: '#/$defs/a'}, {$ref: '#/$defs/a'}], $defs: {a: {type: "
	      "string}}}",
	      "[]", &rule_schema_type,
	      "1:1  the document is an empty list, but text is expected");
}

static void locations(void **state)
{
	CHECKING c;

	(void)state;
	compile_text(&c, "{properties: {a/b: {$ref: '#/$defs/t'}, c: {$ref: "
	                 "'http://x.example/e'}},"
	                 "$defs: {t: {type: string}, e: {$id: 'http://x.example/e', "
	                 "minimum: 3}}}");
	check_text(&c, "{a/b: 1, c: 1}");
	assert_int_equal(c.found.n, 2);
	assert_string_equal(c.found.items[0].pointer.s, "/a~1b");
	assert_string_equal(c.found.items[0].schema_location.s, "s.yaml#/$defs/t/type");
	assert_true(str_eqz(c.found.items[0].keyword, "type"));
	assert_string_equal(c.found.items[1].schema_location.s,
	                    "s.yaml#/$defs/e/minimum");
}

static void control_characters_stay_out(void **state)
{
	(void)state;
	tells("{properties: {a: {enum: [x]}}}", "a: \"\\u001b[31m\\u202e\"",
	      &rule_schema_enum,
	      "1:4 /a \"a\" is \"\\u{001b}[31m\\u{202e}\", but \"x\" is expected");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(types),
	        cmocka_unit_test(values),
	        cmocka_unit_test(numbers),
	        cmocka_unit_test(texts),
	        cmocka_unit_test(lists),
	        cmocka_unit_test(keys),
	        cmocka_unit_test(alternatives),
	        cmocka_unit_test(all_errors_of_a_file),
	        cmocka_unit_test(told_once),
	        cmocka_unit_test(locations),
	        cmocka_unit_test(control_characters_stay_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
