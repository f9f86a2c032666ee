#include "schema/internal.h"

#define NUL KIND(DOC_NULL)
#define BOOLEAN KIND(DOC_BOOL)
#define NUMBER KIND(DOC_NUMBER)
#define WHOLE KIND_INTEGER
#define TEXT KIND(DOC_STRING)
#define LIST KIND(DOC_LIST)
#define MAP KIND(DOC_MAP)
#define ANY KIND_ANY
#define SCHEMA KIND_SCHEMA

/* name; rule, compile; drafts, kinds of its value, kinds of data; shape, phase, in place */
static const struct keyword core[] = {
        {"$schema", NULL, NULL, DRAFT_ANY, TEXT, ANY, 0, 0, false},
        {"$id", NULL, NULL, SINCE(DRAFT_06), TEXT, ANY, 0, 0, false},
        {"id", NULL, NULL, DRAFT_04, TEXT, ANY, 0, 0, false},
        {"$vocabulary", NULL, NULL, SINCE(DRAFT_2019_09), MAP, ANY, 0, 0, false},
        {"$comment", NULL, NULL, SINCE(DRAFT_07), TEXT, ANY, 0, 0, false},
        {"$anchor", NULL, NULL, SINCE(DRAFT_2019_09), TEXT, ANY, SHAPE_ANCHOR, 0, false},
        {"$dynamicAnchor", NULL, NULL, DRAFT_2020_12, TEXT, ANY, SHAPE_DYNAMIC, 0, false},
        {"$ref", NULL, compile_ref, DRAFT_ANY, TEXT, ANY, 0, PHASE_APPLY, true},
        {"$dynamicRef", NULL, compile_dynamic_ref, DRAFT_2020_12, TEXT, ANY, 0,
         PHASE_APPLY, true},
        {"$defs", NULL, compile_defs, SINCE(DRAFT_2019_09), MAP, ANY, SHAPE_MAP, 0,
         false},
        {"definitions", NULL, compile_defs, DRAFT_ANY, MAP, ANY, SHAPE_MAP, 0, false},
        {"$recursiveAnchor", NULL, NULL, DRAFT_2020_12, ANY, ANY, 0, 0, false},
        {"$recursiveRef", NULL, NULL, DRAFT_2020_12, ANY, ANY, 0, 0, false},
        {"$recursiveAnchor", NULL, NULL, DRAFT_2019_09, BOOLEAN, ANY, SHAPE_RECURSIVE, 0,
         false},
        {"$recursiveRef", NULL, compile_recursive_ref, DRAFT_2019_09, TEXT, ANY, 0,
         PHASE_APPLY, true},
};

static const struct keyword applicator[] = {
        {"properties", NULL, compile_properties, DRAFT_ANY, MAP, MAP, SHAPE_MAP,
         PHASE_CHILD, false},
        {"patternProperties", NULL, compile_pattern_properties, DRAFT_ANY, MAP, MAP,
         SHAPE_MAP, PHASE_CHILD, false},
        {"additionalProperties", &rule_schema_additional_properties,
         compile_additional_properties, DRAFT_ANY, SCHEMA, MAP, SHAPE_SCHEMA, PHASE_CHILD,
         false},
        {"propertyNames", &rule_schema_property_names, compile_property_names,
         SINCE(DRAFT_06), SCHEMA, MAP, SHAPE_SCHEMA, PHASE_CHILD, false},
        {"prefixItems", NULL, compile_prefix_items, DRAFT_2020_12, LIST, LIST, SHAPE_LIST,
         PHASE_CHILD, false},
        {"items", &rule_schema_items, compile_items, DRAFT_2020_12, SCHEMA, LIST,
         SHAPE_SCHEMA, PHASE_CHILD, false},
        {"items", &rule_schema_items, compile_items_or_list, BEFORE(DRAFT_2020_12),
         SCHEMA | LIST, LIST, SHAPE_SCHEMA | SHAPE_LIST, PHASE_CHILD, false},
        {"additionalItems", &rule_schema_items, compile_additional_items,
         BEFORE(DRAFT_2020_12), SCHEMA, LIST, SHAPE_SCHEMA, PHASE_CHILD, false},
        {"contains", &rule_schema_contains, compile_contains, SINCE(DRAFT_06), SCHEMA,
         LIST, SHAPE_SCHEMA, PHASE_CHILD, false},
        {"allOf", NULL, compile_all_of, DRAFT_ANY, LIST, ANY, SHAPE_LIST, PHASE_APPLY,
         true},
        {"anyOf", &rule_schema_any_of, compile_any_of, DRAFT_ANY, LIST, ANY, SHAPE_LIST,
         PHASE_APPLY, true},
        {"oneOf", &rule_schema_one_of, compile_one_of, DRAFT_ANY, LIST, ANY, SHAPE_LIST,
         PHASE_APPLY, true},
        {"not", &rule_schema_not, compile_not, DRAFT_ANY, SCHEMA, ANY, SHAPE_SCHEMA,
         PHASE_APPLY, true},
        {"if", NULL, compile_if, SINCE(DRAFT_07), SCHEMA, ANY, SHAPE_SCHEMA, PHASE_APPLY,
         true},
        {"then", NULL, NULL, SINCE(DRAFT_07), SCHEMA, ANY, SHAPE_SCHEMA, 0, true},
        {"else", NULL, NULL, SINCE(DRAFT_07), SCHEMA, ANY, SHAPE_SCHEMA, 0, true},
        {"dependentSchemas", NULL, compile_dependents, SINCE(DRAFT_2019_09), MAP, MAP,
         SHAPE_MAP, PHASE_APPLY, true},
        {"dependencies", &rule_schema_dependent_required, compile_dependents, DRAFT_ANY,
         MAP, MAP, SHAPE_MAP, PHASE_APPLY, true},
};

static const struct keyword unevaluated[] = {
        {"unevaluatedProperties", &rule_schema_unevaluated_properties,
         compile_unevaluated, SINCE(DRAFT_2019_09), SCHEMA, MAP, SHAPE_SCHEMA, PHASE_LAST,
         false},
        {"unevaluatedItems", &rule_schema_unevaluated_items, compile_unevaluated,
         SINCE(DRAFT_2019_09), SCHEMA, LIST, SHAPE_SCHEMA, PHASE_LAST, false},
};

static const struct keyword validation[] = {
        {"type", &rule_schema_type, compile_type, DRAFT_ANY, TEXT | LIST, ANY, 0, 0,
         false},
        {"enum", &rule_schema_enum, compile_enum, DRAFT_ANY, LIST, ANY, 0, 0, false},
        {"const", &rule_schema_const, compile_const, SINCE(DRAFT_06), ANY, ANY, 0, 0,
         false},
        {"multipleOf", &rule_schema_multiple_of, compile_multiple_of, DRAFT_ANY, NUMBER,
         NUMBER, 0, 0, false},
        {"maximum", &rule_schema_maximum, compile_maximum, SINCE(DRAFT_06), NUMBER,
         NUMBER, 0, 0, false},
        {"exclusiveMaximum", &rule_schema_exclusive_maximum, compile_exclusive_maximum,
         SINCE(DRAFT_06), NUMBER, NUMBER, 0, 0, false},
        {"minimum", &rule_schema_minimum, compile_minimum, SINCE(DRAFT_06), NUMBER,
         NUMBER, 0, 0, false},
        {"exclusiveMinimum", &rule_schema_exclusive_minimum, compile_exclusive_minimum,
         SINCE(DRAFT_06), NUMBER, NUMBER, 0, 0, false},
        {"maximum", &rule_schema_maximum, compile_maximum_or_below, DRAFT_04, NUMBER,
         NUMBER, 0, 0, false},
        {"exclusiveMaximum", &rule_schema_exclusive_maximum, NULL, DRAFT_04, BOOLEAN,
         NUMBER, 0, 0, false},
        {"minimum", &rule_schema_minimum, compile_minimum_or_above, DRAFT_04, NUMBER,
         NUMBER, 0, 0, false},
        {"exclusiveMinimum", &rule_schema_exclusive_minimum, NULL, DRAFT_04, BOOLEAN,
         NUMBER, 0, 0, false},
        {"maxLength", &rule_schema_max_length, compile_max_length, DRAFT_ANY, WHOLE, TEXT,
         0, 0, false},
        {"minLength", &rule_schema_min_length, compile_min_length, DRAFT_ANY, WHOLE, TEXT,
         0, 0, false},
        {"pattern", &rule_schema_pattern, compile_pattern_keyword, DRAFT_ANY, TEXT, TEXT,
         0, 0, false},
        {"maxItems", &rule_schema_max_items, compile_max_items, DRAFT_ANY, WHOLE, LIST, 0,
         0, false},
        {"minItems", &rule_schema_min_items, compile_min_items, DRAFT_ANY, WHOLE, LIST, 0,
         0, false},
        {"uniqueItems", &rule_schema_unique_items, compile_unique_items, DRAFT_ANY,
         BOOLEAN, LIST, 0, 0, false},
        {"maxContains", &rule_schema_max_contains, NULL, SINCE(DRAFT_2019_09), WHOLE,
         LIST, 0, 0, false},
        {"minContains", &rule_schema_min_contains, NULL, SINCE(DRAFT_2019_09), WHOLE,
         LIST, 0, 0, false},
        {"maxProperties", &rule_schema_max_properties, compile_max_properties, DRAFT_ANY,
         WHOLE, MAP, 0, 0, false},
        {"minProperties", &rule_schema_min_properties, compile_min_properties, DRAFT_ANY,
         WHOLE, MAP, 0, 0, false},
        {"required", &rule_schema_required, compile_required, DRAFT_ANY, LIST, MAP, 0,
         PHASE_CHILD, false},
        {"dependentRequired", &rule_schema_dependent_required, compile_dependents,
         SINCE(DRAFT_2019_09), MAP, MAP, 0, PHASE_APPLY, false},
};

static const struct keyword meta_data[] = {
        {"title", NULL, NULL, DRAFT_ANY, TEXT, ANY, 0, 0, false},
        {"description", NULL, NULL, DRAFT_ANY, TEXT, ANY, 0, 0, false},
        {"default", NULL, NULL, DRAFT_ANY, ANY, ANY, 0, 0, false},
        {"deprecated", NULL, NULL, SINCE(DRAFT_2019_09), BOOLEAN, ANY, 0, 0, false},
        {"readOnly", NULL, NULL, SINCE(DRAFT_07), BOOLEAN, ANY, 0, 0, false},
        {"writeOnly", NULL, NULL, SINCE(DRAFT_07), BOOLEAN, ANY, 0, 0, false},
        {"examples", NULL, NULL, SINCE(DRAFT_06), LIST, ANY, 0, 0, false},
};

static const struct keyword format[] = {
        {"format", &rule_schema_format, compile_format, DRAFT_ANY, TEXT, TEXT, 0, 0,
         false},
};

static const struct keyword content[] = {
        {"contentEncoding", NULL, NULL, SINCE(DRAFT_07), TEXT, TEXT, 0, 0, false},
        {"contentMediaType", NULL, NULL, SINCE(DRAFT_07), TEXT, TEXT, 0, 0, false},
        {"contentSchema", NULL, NULL, SINCE(DRAFT_2019_09), SCHEMA, TEXT, SHAPE_SCHEMA, 0,
         false},
};

#define TABLE(name) name, ARRAY_LEN(name)
#define VOCABULARY(draft, name) "https://json-schema.org/draft/" draft "/vocab/" name

static const struct vocabulary vocabularies[] = {
        {VOCABULARY("2020-12", "core"), TABLE(core), DRAFT_2020_12, FORMAT_OPTION},
        {VOCABULARY("2020-12", "applicator"), TABLE(applicator), DRAFT_2020_12,
         FORMAT_OPTION},
        {VOCABULARY("2020-12", "unevaluated"), TABLE(unevaluated), DRAFT_2020_12,
         FORMAT_OPTION},
        {VOCABULARY("2020-12", "validation"), TABLE(validation), DRAFT_2020_12,
         FORMAT_OPTION},
        {VOCABULARY("2020-12", "meta-data"), TABLE(meta_data), DRAFT_2020_12,
         FORMAT_OPTION},
        {VOCABULARY("2020-12", "format-annotation"), TABLE(format), DRAFT_2020_12,
         FORMAT_OPTION},
        {VOCABULARY("2020-12", "content"), TABLE(content), DRAFT_2020_12, FORMAT_OPTION},
        {VOCABULARY("2020-12", "format-assertion"), TABLE(format), DRAFT_2020_12,
         FORMAT_ALWAYS},
        {VOCABULARY("2019-09", "core"), TABLE(core), DRAFT_2019_09, FORMAT_OPTION},
        {VOCABULARY("2019-09", "applicator"), TABLE(applicator), DRAFT_2019_09,
         FORMAT_OPTION},
        {VOCABULARY("2019-09", "applicator"), TABLE(unevaluated), DRAFT_2019_09,
         FORMAT_OPTION},
        {VOCABULARY("2019-09", "validation"), TABLE(validation), DRAFT_2019_09,
         FORMAT_OPTION},
        {VOCABULARY("2019-09", "meta-data"), TABLE(meta_data), DRAFT_2019_09,
         FORMAT_OPTION},
        {VOCABULARY("2019-09", "format"), TABLE(format), DRAFT_2019_09,
         FORMAT_WHEN_REQUIRED},
        {VOCABULARY("2019-09", "content"), TABLE(content), DRAFT_2019_09, FORMAT_OPTION},
        {NULL, TABLE(core), BEFORE(DRAFT_2019_09), FORMAT_OPTION},
        {NULL, TABLE(applicator), BEFORE(DRAFT_2019_09), FORMAT_OPTION},
        {NULL, TABLE(validation), BEFORE(DRAFT_2019_09), FORMAT_OPTION},
        {NULL, TABLE(meta_data), BEFORE(DRAFT_2019_09), FORMAT_OPTION},
        {NULL, TABLE(format), BEFORE(DRAFT_2019_09), FORMAT_OPTION},
        {NULL, TABLE(content), BEFORE(DRAFT_2019_09), FORMAT_OPTION},
};

const struct vocabulary *vocabulary_at(size_t n)
{
	return n < ARRAY_LEN(vocabularies) ? &vocabularies[n] : NULL;
}

const struct keyword *vocabulary_keyword(struct str name, unsigned drafts)
{
	for (size_t i = 0; i < ARRAY_LEN(vocabularies); i++) {
		const struct vocabulary *v = &vocabularies[i];

		for (size_t j = 0; v->drafts & drafts && j < v->n; j++)
			if (v->keywords[j].drafts & v->drafts & drafts &&
			    str_eqz(name, v->keywords[j].name))
				return &v->keywords[j];
	}
	return NULL;
}
