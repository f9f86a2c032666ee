#include "dataset/dataset.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "dataset/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const dataset_rules[] = {
#include "dataset/rules.def"
};
#undef RULE

const size_t dataset_rules_n = ARRAY_LEN(dataset_rules);
