#include "verify/verify.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "verify/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const verify_rules[] = {
#include "verify/rules.def"
};
#undef RULE

const size_t verify_rules_n = ARRAY_LEN(verify_rules);
