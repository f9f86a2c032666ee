#include "cmd/internal.h"

#include "base/diag.h"
#include "dataset/dataset.h"
#include "export/check.h"
#include "reference/reference.h"
#include "verify/verify.h"
#include "version/version.h"

/* One row a folder that has rules; a folder with a rules.def of its own joins here. */
static const struct {
	const struct rule *const *rules;
	const size_t *n;
} tables[] = {
        {doc_rules, &doc_rules_n},         {schema_rules, &schema_rules_n},
        {entry_rules, &entry_rules_n},     {version_rules, &version_rules_n},
        {dataset_rules, &dataset_rules_n}, {reference_rules, &reference_rules_n},
        {verify_rules, &verify_rules_n},   {export_rules, &export_rules_n},
};

static void print_rule(struct buf *out, const struct rule *rule)
{
	buf_addf(out, "%-34s %-8s ", rule->id, severity_name(rule->severity));
	layout_wrap(out, str_of(rule->summary), 44, 44);
	buf_addc(out, '\n');
}

static void print_one(struct buf *out, const struct rule *rule)
{
	buf_addf(out, "%s\n\n", rule->id);
	layout_wrap(out, str_of(rule->summary), 2, 0);
	buf_addf(out, "\n\nSeverity: %s, unless stemma.yaml sets another one.\n",
	         severity_name(rule->severity));
}

static const struct rule *rule_at(size_t i)
{
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		if (i < *tables[t].n)
			return tables[t].rules[i];
		i -= *tables[t].n;
	}
	return NULL;
}

static enum status unknown_rule(struct run *r, struct str id)
{
	const struct rule *rule;
	struct str *ids = NULL, hint;
	size_t n = 0, cap = 0;

	for (size_t i = 0; (rule = rule_at(i)); i++)
		*arena_push(r->arena, ids, n, cap) = str_of(rule->id);
	hint = opt_suggest(r->arena, id, "", ids, n);
	run_say(r, "there is no rule '" STR_FMT "'" STR_FMT,
	        STR_ARG(diag_quote(r->arena, id)), STR_ARG(hint));
	buf_addz(&r->err.buf, "See 'stemma help rules'.\n");
	(void)output_flush(&r->err);
	return STATUS_USAGE;
}

enum status rules_print(struct run *r, const struct opt_list *operands)
{
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_at(i)); i++) {
		if (!operands->n) {
			print_rule(&r->out.buf, rule);
		} else if (str_eqz(operands->items[0], rule->id)) {
			print_one(&r->out.buf, rule);
			return STATUS_OK;
		}
	}
	return operands->n ? unknown_rule(r, operands->items[0]) : STATUS_OK;
}
