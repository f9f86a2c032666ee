#include "doc/doc.h"

#define RULE(sym, id, severity, summary) \
	const struct rule rule_##sym = {id, severity, summary};
#include "doc/rules.def"
#undef RULE

#define RULE(sym, id, severity, summary) &rule_##sym,
const struct rule *const doc_rules[] = {
#include "doc/rules.def"
};
#undef RULE

const size_t doc_rules_n = ARRAY_LEN(doc_rules);
