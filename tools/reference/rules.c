#include "reference/reference.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "reference/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const reference_rules[] = {
#include "reference/rules.def"
};
#undef RULE

const size_t reference_rules_n = ARRAY_LEN(reference_rules);
