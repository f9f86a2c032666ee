#include "cmd/internal.h"

#include "render/log.h"

struct args {
	int format;
	bool events;
};

enum { LOG_TEXT, LOG_JSON };

static const char *const formats[] = {"text", "json", NULL};

static enum status make_log(struct entry_log *log, struct run *r, struct workplace *w,
                            const struct found *f)
{
	const struct doc *doc = NULL;
	struct diag_list diags;
	struct err err = {0};

	diag_init(&diags, r->arena);
	if (f->path.n && !found_read(&doc, f, r, w->dataset, &diags))
		return run_tell_findings(r, &diags, w->dataset->tree);
	if (!record_log(log, &w->record, &f->collection->roles, doc ? &doc->root : NULL,
	                &f->known, r->arena, &err))
		return run_fail(r, &err);
	return STATUS_OK;
}

/* ID@vN: that version alone. */
static enum status log_only(struct entry_log *log, struct run *r,
                            const struct entry_name *name)
{
	const struct log_version *v = log_find(log, name->version);

	if (!v)
		return run_no_version(r, name, log);
	log->versions = v;
	log->n = 1;
	return STATUS_OK;
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	CLEANUP(workplace_release) struct workplace w = {0};
	struct log_style style = {args->events, r->out.colour};
	struct entry_name name;
	struct entry_log log;
	struct diag_list diags;
	struct found found;
	struct err err = {0};
	enum status status = entry_name_parse(&name, r, operands->items[0]);

	if (status != STATUS_OK)
		return status;
	diag_init(&diags, r->arena);
	if (!run_open_record(&w, r, &diags, &err)) {
		if (diags.n)
			run_tell_findings(r, &diags, NULL);
		return run_fail(r, &err);
	}
	status = run_find(&found, r, &w, &name);
	if (status == STATUS_OK)
		status = make_log(&log, r, &w, &found);
	if (status == STATUS_OK && name.version)
		status = log_only(&log, r, &name);
	if (status != STATUS_OK)
		return status;
	if (args->format == LOG_JSON)
		log_json(&r->out.buf, &log);
	else
		log_text(&r->out.buf, &log, &style);
	return STATUS_OK;
}

static const struct opt options[] = {
        OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format,
                   "How the versions are printed."),
        OPT_FLAG('e', "events", struct args, events,
                 "Every history line below its version (text; json always has them)."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"log bootstrap", "the versions of one entry"},
        {"log bootstrap --events", "with who submitted, approved or withdrew it"},
        {"log bootstrap --format json", "for a program"},
};

const struct command command_log = {
        .name = "log",
        .summary = "the versions of an entry",
        .operands = "ID",
        .text = "List the versions of an entry, newest first: state, date, number of "
                "sources, the release that first carried it with its commit, and who "
                "approved it. A draft or review in the work tree stands on top.\n\n"
                "The number of sources of an approved version is the one it was "
                "approved with. An entry whose file is gone is found in the releases. "
                "An id that several collections have is written COLLECTION/ID.",
        .status = "0  the versions were printed\n"
                  "1  the entry cannot be read; its findings are told\n"
                  "2  wrong usage, no such entry, or a stemma.yaml that cannot be used\n"
                  "3  no repository, or the releases cannot be read",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 1,
        .operands_max = 1,
        .run = run,
};
