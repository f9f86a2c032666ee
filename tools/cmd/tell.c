/*
 * tell.c - findings as a command's result
 */
#include "cmd/internal.h"

#include "render/findings.h"

/* How many files, schemas among them, had findings before any entry was read. */
static size_t files_of(const struct diag_list *found)
{
	size_t n = 0;

	for (size_t i = 0; found && i < found->n; i++)
		n += i == 0 || !str_eq(found->items[i].file, found->items[i - 1].file);
	return n;
}

static void add(struct findings *f, const struct told *t, const struct diag *finding,
                bool *trouble)
{
	struct diag d = *finding;

	d.severity = dataset_finding_severity(t->dataset, &d);
	findings_add(f, &d);
	*trouble = *trouble || (d.severity && d.rule == &rule_io_unreadable);
}

enum status run_tell(struct output *out, const struct told *t)
{
	struct findings_lines lines = {.tree = t->tree};
	struct findings f = {
	        .format = (enum findings_format)t->format,
	        .out = &out->buf,
	        .colour = out->colour,
	        .line = findings_lines_get,
	        .context = &lines,
	};
	const struct diag_list *lists[] = {t->before, t->found};
	bool trouble = t->trouble;

	findings_begin(&f);
	for (size_t k = 0; k < ARRAY_LEN(lists); k++)
		for (size_t i = 0; lists[k] && i < lists[k]->n; i++) {
			add(&f, t, &lists[k]->items[i], &trouble);
			if (!output_drain(out))
				break;
		}
	f.summary.files = t->files + files_of(t->before);
	f.summary.dropped = t->dropped;
	findings_end(&f);
	findings_lines_release(&lines);
	if (trouble)
		return STATUS_FAILED;
	return f.summary.errors ? STATUS_FINDINGS : STATUS_OK;
}

enum status run_tell_findings(struct run *r, const struct diag_list *diags,
                              const struct tree *tree)
{
	struct told t = {.format = FINDINGS_HUMAN, .tree = tree, .before = diags};
	enum status status = run_tell(&r->err, &t);

	(void)output_flush(&r->err);
	return status == STATUS_FAILED ? status : STATUS_FINDINGS;
}
