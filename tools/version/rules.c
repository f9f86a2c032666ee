#include "version/version.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "version/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const version_rules[] = {
#include "version/rules.def"
};
#undef RULE

const size_t version_rules_n = ARRAY_LEN(version_rules);
