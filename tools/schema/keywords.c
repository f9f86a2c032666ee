#include "schema/internal.h"

#define DRAFT "https://json-schema.org/draft/2020-12/"

#define NUL KIND(DOC_NULL)
#define BOOLEAN KIND(DOC_BOOL)
#define NUMBER KIND(DOC_NUMBER)
#define WHOLE KIND_INTEGER
#define TEXT KIND(DOC_STRING)
#define LIST KIND(DOC_LIST)
#define MAP KIND(DOC_MAP)
#define ANY KIND_ANY
#define SCHEMA KIND_SCHEMA

/* name, rule, compile; kinds of its value, kinds of data; shape, phase, in place */
static const struct keyword core[] = {
        {"$schema", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"$id", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"$vocabulary", NULL, NULL, MAP, ANY, 0, 0, false},
        {"$comment", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"$anchor", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"$dynamicAnchor", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"$ref", NULL, compile_ref, TEXT, ANY, 0, PHASE_APPLY, true},
        {"$dynamicRef", NULL, compile_dynamic_ref, TEXT, ANY, 0, PHASE_APPLY, true},
        {"$defs", NULL, compile_defs, MAP, ANY, SHAPE_MAP, 0, false},
        {"definitions", NULL, compile_defs, MAP, ANY, SHAPE_MAP, 0, false},
        {"$recursiveAnchor", NULL, NULL, ANY, ANY, 0, 0, false},
        {"$recursiveRef", NULL, NULL, ANY, ANY, 0, 0, false},
};

static const struct keyword applicator[] = {
        {"properties", NULL, compile_properties, MAP, MAP, SHAPE_MAP, PHASE_CHILD, false},
        {"patternProperties", NULL, compile_pattern_properties, MAP, MAP, SHAPE_MAP,
         PHASE_CHILD, false},
        {"additionalProperties", &rule_schema_additional_properties,
         compile_additional_properties, SCHEMA, MAP, SHAPE_SCHEMA, PHASE_CHILD, false},
        {"propertyNames", &rule_schema_property_names, compile_property_names, SCHEMA,
         MAP, SHAPE_SCHEMA, PHASE_CHILD, false},
        {"prefixItems", NULL, compile_prefix_items, LIST, LIST, SHAPE_LIST, PHASE_CHILD,
         false},
        {"items", &rule_schema_items, compile_items, SCHEMA, LIST, SHAPE_SCHEMA,
         PHASE_CHILD, false},
        {"contains", &rule_schema_contains, compile_contains, SCHEMA, LIST, SHAPE_SCHEMA,
         PHASE_CHILD, false},
        {"allOf", NULL, compile_all_of, LIST, ANY, SHAPE_LIST, PHASE_APPLY, true},
        {"anyOf", &rule_schema_any_of, compile_any_of, LIST, ANY, SHAPE_LIST, PHASE_APPLY,
         true},
        {"oneOf", &rule_schema_one_of, compile_one_of, LIST, ANY, SHAPE_LIST, PHASE_APPLY,
         true},
        {"not", &rule_schema_not, compile_not, SCHEMA, ANY, SHAPE_SCHEMA, PHASE_APPLY,
         true},
        {"if", NULL, compile_if, SCHEMA, ANY, SHAPE_SCHEMA, PHASE_APPLY, true},
        {"then", NULL, NULL, SCHEMA, ANY, SHAPE_SCHEMA, 0, true},
        {"else", NULL, NULL, SCHEMA, ANY, SHAPE_SCHEMA, 0, true},
        {"dependentSchemas", NULL, compile_dependents, MAP, MAP, SHAPE_MAP, PHASE_APPLY,
         true},
        {"dependencies", &rule_schema_dependent_required, compile_dependents, MAP, MAP,
         SHAPE_MAP, PHASE_APPLY, true},
};

static const struct keyword unevaluated[] = {
        {"unevaluatedProperties", &rule_schema_unevaluated_properties,
         compile_unevaluated_properties, SCHEMA, MAP, SHAPE_SCHEMA, PHASE_LAST, false},
        {"unevaluatedItems", &rule_schema_unevaluated_items, compile_unevaluated_items,
         SCHEMA, LIST, SHAPE_SCHEMA, PHASE_LAST, false},
};

static const struct keyword validation[] = {
        {"type", &rule_schema_type, compile_type, TEXT | LIST, ANY, 0, 0, false},
        {"enum", &rule_schema_enum, compile_enum, LIST, ANY, 0, 0, false},
        {"const", &rule_schema_const, compile_const, ANY, ANY, 0, 0, false},
        {"multipleOf", &rule_schema_multiple_of, compile_multiple_of, NUMBER, NUMBER, 0,
         0, false},
        {"maximum", &rule_schema_maximum, compile_maximum, NUMBER, NUMBER, 0, 0, false},
        {"exclusiveMaximum", &rule_schema_exclusive_maximum, compile_exclusive_maximum,
         NUMBER, NUMBER, 0, 0, false},
        {"minimum", &rule_schema_minimum, compile_minimum, NUMBER, NUMBER, 0, 0, false},
        {"exclusiveMinimum", &rule_schema_exclusive_minimum, compile_exclusive_minimum,
         NUMBER, NUMBER, 0, 0, false},
        {"maxLength", &rule_schema_max_length, compile_max_length, WHOLE, TEXT, 0, 0,
         false},
        {"minLength", &rule_schema_min_length, compile_min_length, WHOLE, TEXT, 0, 0,
         false},
        {"pattern", &rule_schema_pattern, compile_pattern_keyword, TEXT, TEXT, 0, 0,
         false},
        {"maxItems", &rule_schema_max_items, compile_max_items, WHOLE, LIST, 0, 0, false},
        {"minItems", &rule_schema_min_items, compile_min_items, WHOLE, LIST, 0, 0, false},
        {"uniqueItems", &rule_schema_unique_items, compile_unique_items, BOOLEAN, LIST, 0,
         0, false},
        {"maxContains", &rule_schema_max_contains, NULL, WHOLE, LIST, 0, 0, false},
        {"minContains", &rule_schema_min_contains, NULL, WHOLE, LIST, 0, 0, false},
        {"maxProperties", &rule_schema_max_properties, compile_max_properties, WHOLE, MAP,
         0, 0, false},
        {"minProperties", &rule_schema_min_properties, compile_min_properties, WHOLE, MAP,
         0, 0, false},
        {"required", &rule_schema_required, compile_required, LIST, MAP, 0, PHASE_CHILD,
         false},
        {"dependentRequired", &rule_schema_dependent_required, compile_dependents, MAP,
         MAP, 0, PHASE_APPLY, false},
};

static const struct keyword meta_data[] = {
        {"title", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"description", NULL, NULL, TEXT, ANY, 0, 0, false},
        {"default", NULL, NULL, ANY, ANY, 0, 0, false},
        {"deprecated", NULL, NULL, BOOLEAN, ANY, 0, 0, false},
        {"readOnly", NULL, NULL, BOOLEAN, ANY, 0, 0, false},
        {"writeOnly", NULL, NULL, BOOLEAN, ANY, 0, 0, false},
        {"examples", NULL, NULL, LIST, ANY, 0, 0, false},
};

static const struct keyword format[] = {
        {"format", &rule_schema_format, compile_format, TEXT, TEXT, 0, 0, false},
};

static const struct keyword content[] = {
        {"contentEncoding", NULL, NULL, TEXT, TEXT, 0, 0, false},
        {"contentMediaType", NULL, NULL, TEXT, TEXT, 0, 0, false},
        {"contentSchema", NULL, NULL, SCHEMA, TEXT, SHAPE_SCHEMA, 0, false},
};

#define VOCABULARY(name, table, asserts) \
	{ \
		DRAFT "vocab/" name, table, ARRAY_LEN(table), asserts \
	}

static const struct vocabulary vocabularies[] = {
        VOCABULARY("core", core, false),
        VOCABULARY("applicator", applicator, false),
        VOCABULARY("unevaluated", unevaluated, false),
        VOCABULARY("validation", validation, false),
        VOCABULARY("meta-data", meta_data, false),
        VOCABULARY("format-annotation", format, false),
        VOCABULARY("content", content, false),
        VOCABULARY("format-assertion", format, true),
};

const struct vocabulary *vocabulary_find(struct str uri)
{
	for (size_t i = 0; i < ARRAY_LEN(vocabularies); i++)
		if (str_eqz(uri, vocabularies[i].uri))
			return &vocabularies[i];
	return NULL;
}

const struct vocabulary *vocabulary_at(size_t n)
{
	return n < ARRAY_LEN(vocabularies) ? &vocabularies[n] : NULL;
}

bool vocabulary_knows(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(vocabularies); i++)
		for (size_t j = 0; j < vocabularies[i].n; j++)
			if (str_eqz(name, vocabularies[i].keywords[j].name))
				return true;
	return false;
}
