/*
 * links_tell.c - `stemma links` and `stemma report merge`: what comes out
 */
#include "cmd/links.h"

#include "render/findings.h"
#include "render/links.h"

static enum severity severity_of(const struct rule *rule, enum severity own, void *ctx)
{
	const struct diag finding = {.rule = rule, .severity = own};
	const struct linking *l = ctx;

	return dataset_finding_severity(l->dataset, &finding);
}

static bool drain(void *ctx)
{
	struct linking *l = ctx;

	return output_drain(&l->run->out);
}

static void print_all(struct linking *l, int format)
{
	const struct links_style style = {
	        .colour = l->run->out.colour,
	        .drain = drain,
	        .severity = severity_of,
	        .ctx = l,
	};

	if (format == FINDINGS_JSON)
		links_json(&l->run->out.buf, &l->set, &style);
	else
		links_text(&l->run->out.buf, &l->set, &style);
}

static enum status worse(enum status a, enum status b)
{
	return a > b ? a : b;
}

/* As all commands do by findings: 1 with an error. */
static enum status status_of(struct linking *l, const struct diag_list *told)
{
	for (size_t i = 0; i < told->n; i++)
		if (dataset_finding_severity(l->dataset, &told->items[i]) ==
		    SEVERITY_ERROR)
			return STATUS_FINDINGS;
	return STATUS_OK;
}

static bool has_unknown(const struct link_set *set)
{
	for (size_t i = 0; i < set->urls.n; i++) {
		const struct link_url *u = set->urls.items[i].value;

		if (u->result.verdict == LINK_UNKNOWN)
			return true;
	}
	for (size_t i = 0; i < set->citations.n; i++) {
		const struct link_citation *c = set->citations.items[i].value;

		if (c->result.verdict == LINK_UNKNOWN)
			return true;
	}
	return false;
}

/* In the forms of `validate`: what was found about files comes first. */
static enum status tell_findings(struct linking *l, const struct diag_list *told,
                                 int format)
{
	const struct told t = {
	        .format = format,
	        .tree = l->dataset ? l->dataset->tree : NULL,
	        .dataset = l->dataset,
	        .before = &l->found,
	        .found = told,
	        .files = l->set.files,
	        .dropped = told->dropped + l->found.dropped,
	};

	return run_tell(&l->run->out, &t);
}

enum status links_tell(struct linking *l, int format)
{
	enum status status = STATUS_OK;
	struct diag_list told;

	diag_init(&told, l->run->arena);
	link_findings(&told, &l->set);
	if (format != FINDINGS_HUMAN && format != FINDINGS_JSON) {
		status = tell_findings(l, &told, format);
	} else {
		if (l->found.n)
			status = run_tell_findings(l->run, &l->found,
			                           l->dataset ? l->dataset->tree : NULL);
		status = worse(status, status_of(l, &told));
		print_all(l, format);
	}
	if (l->trouble)
		status = STATUS_FAILED;
	if (l->signal)
		return (enum status)(STATUS_SIGNAL + l->signal);
	if (status == STATUS_OK && l->args && l->args->strict &&
	    (l->set.interrupted || has_unknown(&l->set)))
		return STATUS_UNKNOWN;
	return status;
}
