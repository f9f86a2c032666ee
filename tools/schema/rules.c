#include "schema/schema.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "schema/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const schema_rules[] = {
#include "schema/rules.def"
};
#undef RULE

const size_t schema_rules_n = ARRAY_LEN(schema_rules);
