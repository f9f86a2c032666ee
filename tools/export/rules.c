#include "export/check.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "export/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const export_rules[] = {
#include "export/rules.def"
};
#undef RULE

const size_t export_rules_n = ARRAY_LEN(export_rules);
