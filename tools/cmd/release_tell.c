#include "cmd/release.h"

#include "base/text.h"
#include "render/findings.h"

/* ---- what stands in the way ---- */

static void tell_findings(struct run *r, const struct release_plan *plan)
{
	struct findings_lines lines = {.tree = plan->findings_tree};
	struct findings f = {
	        .format = FINDINGS_HUMAN,
	        .out = &r->err.buf,
	        .colour = r->err.colour,
	        .line = findings_lines_get,
	        .context = &lines,
	};
	const struct diag_list *diags = &plan->findings.diags;

	findings_begin(&f);
	for (size_t i = 0; i < diags->n; i++)
		if (diags->items[i].severity == SEVERITY_ERROR)
			findings_add(&f, &diags->items[i]);
	f.summary.files = plan->findings.files;
	findings_end(&f);
	findings_lines_release(&lines);
	(void)output_flush(&r->err);
}

/* The file in the work tree may be well: it is the published content that breaks a rule. */
static void tell_carried_over(struct run *r, const struct release_plan *plan)
{
	const struct diag_list *diags = &plan->findings.diags;
	struct str told = STR_NONE;

	for (size_t i = 0; i < diags->n; i++) {
		const struct diag *d = &diags->items[i];
		struct str id = file_stem(d->file);

		if (d->severity != SEVERITY_ERROR || (told.s && str_eq(told, d->file)) ||
		    !release_plan_carries_over(plan, d->file))
			continue;
		told = d->file;
		run_say(r,
		        STR_FMT ": it stays as it is published, which breaks a rule "
		                "now; mend it, and approve that: `stemma submit " STR_FMT
		                "`, `stemma approve " STR_FMT "`%s",
		        STR_ARG(id), STR_ARG(id), STR_ARG(id),
		        d->rule == &rule_dataset_related_withdrawn
		                ? " (in an emergency: --allow-related-withdrawn)"
		                : "");
	}
}

void release_tell_related(struct release_job *j)
{
	const struct diag_list *diags = &j->plan.findings.diags;

	for (size_t i = 0; j->opt.allow_related && i < diags->n; i++) {
		const struct diag *d = &diags->items[i];

		if (d->rule == &rule_dataset_related_withdrawn &&
		    d->severity == SEVERITY_WARNING)
			run_say(j->run,
			        "warning: " STR_FMT ":%d:%d: " STR_FMT
			        "; it stays as it is published, mend it for the next "
			        "release",
			        STR_ARG(d->file), d->span.line, d->span.column,
			        STR_ARG(d->text));
	}
}

/* An obstacle may have several lines: those after the first stand alone. */
static void tell_obstacle(struct run *r, const struct obstacle *o)
{
	struct str rest = o->text, line = STR("");

	(void)str_split(&rest, '\n', &line);
	run_say(r, STR_FMT ": " STR_FMT, STR_ARG(o->where), STR_ARG(line));
	while (str_split(&rest, '\n', &line)) {
		for (size_t at = 0; at < line.n;)
			text_add_visible(&r->err.buf, line, &at);
		buf_addc(&r->err.buf, '\n');
	}
	(void)output_flush(&r->err);
}

enum status release_refuse(struct run *r, const struct release_plan *plan,
                           const char *nothing)
{
	for (size_t i = 0; i < plan->obstacles_n; i++)
		tell_obstacle(r, &plan->obstacles[i]);
	if (!plan->obstacles_n) {
		tell_findings(r, plan);
		tell_carried_over(r, plan);
		run_say(r, "these are files as they would be published; %s", nothing);
		return STATUS_FINDINGS;
	}
	run_say(r, "%s", nothing);
	return STATUS_FINDINGS;
}

/* Files of a dataset that are not committed. */
struct changed {
	const struct dataset *dataset;
	struct str first;
	size_t n;
	struct arena *arena;
};

static bool count_changed(void *ctx, struct str state, struct str path)
{
	struct changed *c = ctx;

	(void)state;
	path = arena_str(c->arena, path);
	if (publish_is_of_dataset(c->dataset, path))
		c->first = c->n++ ? c->first : path;
	return true;
}

/* Without git nobody can tell. */
void release_tell_uncommitted(struct run *r, struct repo *repo, const struct dataset *d,
                              struct str rev, const char *what)
{
	struct changed c = {.dataset = d, .arena = r->arena};
	struct err ignored = {0};

	if (repo_is_bare(repo) || !str_eqz(rev, "HEAD") ||
	    !repo_changed(repo, count_changed, &c, &ignored))
		return;
	if (c.n)
		run_say(r,
		        "%zu %s of the dataset %s changes that are not committed and not "
		        "in the %s: " STR_FMT "%s",
		        c.n, c.n == 1 ? "file" : "files", c.n == 1 ? "has" : "have", what,
		        STR_ARG(c.first), c.n > 1 ? ", ..." : "");
}

/* ---- what was made ---- */

static void print_entry(struct buf *out, const struct planned_entry *e)
{
	buf_addf(out, "  %-10s ", planned_change_name(e->change));
	for (size_t at = 0; at < e->id.n;)
		text_add_visible(out, e->id, &at);
	if (e->old.version && e->old.version != e->new.version)
		buf_addf(out, " v%d -> v%d\n", e->old.version, e->new.version);
	else
		buf_addf(out, " v%d\n", e->new.version);
}

static void print_plan(struct release_job *j)
{
	struct buf *out = &j->run->out.buf;

	buf_addf(out, STR_FMT " would have: ", STR_ARG(j->plan.name));
	release_plan_summary(out, &j->plan);
	buf_addc(out, '\n');
	for (size_t i = 0; i < j->plan.entries_n; i++)
		print_entry(out, &j->plan.entries[i]);
	for (size_t i = 0; i < j->plan.files_n; i++) {
		struct str path = j->plan.files[i].change.path;

		buf_addf(out, "  %-10s ", "shared");
		for (size_t at = 0; at < path.n;)
			text_add_visible(out, path, &at);
		buf_addc(out, '\n');
	}
}

static void print_made(struct release_job *j, const struct oid *commit)
{
	const struct release_policy *policy = &j->dataset->release;
	struct buf *out = &j->run->out.buf;

	buf_addf(out, STR_FMT ": ", STR_ARG(j->plan.name));
	release_plan_summary(out, &j->plan);
	buf_addf(out, "\ntag " STR_FMT ", branch " STR_FMT ", commit " STR_FMT "\n",
	         STR_ARG(j->plan.tag), STR_ARG(policy->branch),
	         STR_ARG(oid_hex(commit, 12, j->run->arena)));
	if (!j->args->push.s)
		buf_addf(out,
		         "next: git push --atomic " STR_FMT " " STR_FMT " " STR_FMT "\n",
		         STR_ARG(policy->remote), STR_ARG(policy->branch),
		         STR_ARG(j->plan.tag));
}

void release_print(struct release_job *j, const struct oid *commit)
{
	if (j->args->first && !j->plan.entries_n)
		run_say(j->run,
		        "no entry is approved, so it carries none; `stemma status` "
		        "shows what waits");
	if (j->args->notes)
		buf_add(&j->run->out.buf, buf_str(&j->notes));
	else if (j->args->format == RELEASE_JSON)
		release_summary_json(&j->run->out.buf, &j->plan, commit);
	else if (commit)
		print_made(j, commit);
	else
		print_plan(j);
}
