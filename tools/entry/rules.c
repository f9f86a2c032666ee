#include "entry/entry.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "entry/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const entry_rules[] = {
#include "entry/rules.def"
};
#undef RULE

const size_t entry_rules_n = ARRAY_LEN(entry_rules);
