#include "cmd/internal.h"

#include "base/limits.h"
#include "render/status.h"

struct args {
	struct str rev;
	int format, jobs;
	bool all, no_cache;
};

enum { STATUS_TEXT, STATUS_JSON };

static const char *const formats[] = {"text", "json", NULL};

static enum status add_operand(struct file_list *out, struct run *r, struct workplace *w,
                               struct str operand, struct diag_list *diags)
{
	CLEANUP(file_list_release) struct file_list named = {.arena = r->arena};
	const struct dataset *d = w->dataset;
	struct workplace here = *w;
	struct entry_name name;
	struct found found;
	struct err err = {0};
	bool known;
	size_t before = out->n;
	enum status status;

	if (d->tree->kind(d->tree, operand) != TREE_NONE) {
		if (!dataset_add_path(d, operand, &named, &known, diags, &err))
			return run_fail(r, &err);
		file_list_add_versioned(out, &named);
		if (out->n > before)
			return STATUS_OK;
		return run_usage(r, "\"" STR_FMT "\" has no entries with versions",
		                 STR_ARG(operand));
	}
	here.record = (struct record){0}; /* what is only published is no file */
	status = entry_name_parse(&name, r, operand);
	if (status == STATUS_OK && name.version)
		return run_usage(r, "\"" STR_FMT "\": give an id without a version",
		                 STR_ARG(operand));
	if (status == STATUS_OK)
		status = run_find(&found, r, &here, &name);
	if (status == STATUS_OK)
		file_list_add(out,
		              &(struct file){found.path, FILE_ENTRY, found.collection});
	return status;
}

static enum status list_files(struct file_list *out, struct run *r, struct workplace *w,
                              const struct opt_list *operands, struct kept *kept,
                              struct diag_list *diags)
{
	CLEANUP(file_list_release) struct file_list all = {.arena = r->arena};
	struct err err = {0};

	for (size_t i = 0; i < operands->n; i++) {
		enum status status = add_operand(out, r, w, operands->items[i], diags);

		if (status != STATUS_OK)
			return status;
	}
	if (operands->n)
		return STATUS_OK;
	if (kept ? !kept_files(out, kept, diags, &err)
	         : !dataset_files(w->dataset, &all, diags, &err))
		return run_fail(r, &err);
	file_list_add_versioned(out, &all);
	return STATUS_OK;
}

static enum status print(struct run *r, const struct args *args, struct workplace *w,
                         const struct file_list *files, bool whole, struct kept *kept)
{
	struct table_options opt = {.whole = whole, .jobs = args->jobs, .kept = kept};
	struct status_style style = {.known = !w->unknown.s,
	                             .part = !whole,
	                             .all = args->all,
	                             .colour = r->out.colour,
	                             .width = layout_terminal()};
	struct table table;
	struct err err = {0};

	if (!record_table(&table, &w->record, w->dataset, files, &opt, r->arena, &err))
		return run_fail(r, &err);
	if (args->format == STATUS_JSON)
		status_json(&r->out.buf, &table, style.known);
	else
		status_text(&r->out.buf, &table, &style);
	return status_count(&table).unreadable ? STATUS_FINDINGS : STATUS_OK;
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	CLEANUP(workplace_release) struct workplace w = {0};
	CLEANUP(file_list_release) struct file_list files = {.arena = r->arena};
	CLEANUP(kept_close) struct kept *kept = NULL;
	struct diag_list diags;
	struct err err = {0};
	enum status status;
	bool ok;

	diag_init(&diags, r->arena);
	ok = args->rev.s ? run_open_at(&w, r, args->rev, &diags, &err)
	                 : run_open_known(&w, r, &diags, &err);
	if (!ok) {
		if (diags.n)
			run_tell_findings(r, &diags, NULL);
		return run_fail(r, &err);
	}
	if (!operands->n && !run_need_versions(w.dataset, &err))
		run_say(r, "%s", err.text);
	else if (w.unknown.s)
		run_say(r, "what is published is not known: " STR_FMT,
		        STR_ARG(w.unknown));
	if (!operands->n && !args->rev.s && !args->no_cache)
		kept = kept_open(&w.record, w.dataset, r->arena);
	status = list_files(&files, r, &w, operands, kept, &diags);
	if (status != STATUS_OK)
		return status;
	if (diags.n)
		run_tell_findings(r, &diags, w.dataset->tree);
	return print(r, args, &w, &files, operands->n == 0, kept);
}

static const struct opt options[] = {
        OPT_FLAG('a', "all", struct args, all,
                 "Also the entries that are published and unchanged (text; json always "
                 "has them)."),
        OPT_STRING('r', "rev", "REV", struct args, rev,
                   "The entries of a release, tag, branch or commit instead of the work "
                   "tree's."),
        OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format,
                   "How the table is printed."),
        OPT_FLAG(0, "no-cache", struct args, no_cache,
                 "Read every file, and neither use nor write what is kept between runs."),
        OPT_INT('j', "jobs", "N", 1, LIMIT_JOBS, struct args, jobs,
                "Threads; without it one a core."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"status", "what differs from what is published"},
        {"status bootstrap methods/al", "of one entry and of a folder"},
        {"status --all", "a line for every entry"},
        {"status --format json", "for a program"},
};

const struct command command_status = {
        .name = "status",
        .summary = "where the entries stand, and what the next release carries",
        .operands = "[ID|PATH...]",
        .text = "Compare the entries with the last release: version and state here, what "
                "is published, the number of sources, and the fields that differ. Then "
                "come totals, and what the next release would carry.\n\n"
                "An entry whose content is the published one has its public state: "
                "published, deprecated or withdrawn, as its history has it, so that what "
                "is yet to be released is seen. Any other is a draft, under review or "
                "approved. Without a branch of releases nothing is published.",
        .status = "0  the table was printed\n"
                  "1  an entry cannot be read\n"
                  "2  wrong usage, no such entry, or a stemma.yaml that cannot be used\n"
                  "3  the releases or a file cannot be read",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 0,
        .operands_max = -1,
        .run = run,
};
