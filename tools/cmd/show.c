#include "cmd/internal.h"

#include "base/limits.h"
#include "render/content.h"

struct args {
	struct str rev;
	int format;
};

enum { SHOW_YAML, SHOW_JSON };

static const char *const formats[] = {"yaml", "json", NULL};

/* A file that was found: its bytes and how they are read. */
struct shown {
	struct buf bytes;
	struct str name; /* for messages */
	const struct doc_options *read;
};

static enum status print(struct run *r, const struct shown *s, int format)
{
	struct source source = {s->name, buf_str(&s->bytes)};
	struct diag_list diags;
	struct docs docs;

	if (format == SHOW_YAML) {
		buf_add(&r->out.buf, source.bytes);
		return STATUS_OK;
	}
	diag_init(&diags, r->arena);
	diag_file(&diags, s->name);
	if (!doc_read(&docs, &source, s->read, r->arena, &diags))
		return run_tell_findings(r, &diags, NULL);
	for (size_t i = 0; i < docs.n; i++)
		content_json(&r->out.buf, &docs.items[i].root);
	return STATUS_OK;
}

/* ---- a published version ---- */

static enum status no_version(struct run *r, struct workplace *w, const struct found *f,
                              const struct entry_name *name)
{
	const struct doc *doc = NULL;
	struct diag_list unused;
	struct entry_log log;
	struct err err = {0};

	diag_init(&unused, r->arena);
	if (f->path.n)
		(void)found_read(&doc, f, r, w->dataset, &unused);
	if (!record_log(&log, &w->record, &f->collection->roles, doc ? &doc->root : NULL,
	                &f->known, r->arena, &err))
		return run_fail(r, &err);
	return run_no_version(r, name, &log);
}

static enum status take_version(struct shown *out, struct run *r, struct workplace *w,
                                const struct entry_name *name)
{
	const struct entry_version *v;
	struct found found;
	struct err err = {0};
	enum status status = run_find(&found, r, w, name);

	if (status != STATUS_OK)
		return status;
	v = entry_version_find(&found.known, name->version);
	if (!v)
		return no_version(r, w, &found, name);
	out->read = &found.collection->read;
	out->name = arena_fmt(r->arena, STR_FMT ":" STR_FMT,
	                      STR_ARG(w->record.releases[v->first].name),
	                      STR_ARG(v->file.path));
	if (!repo_blob(&out->bytes, w->repo, &v->file.blob, &err))
		return run_fail(r, &err);
	return STATUS_OK;
}

/* ---- the file of the work tree or of a revision ---- */

static enum status take_file(struct shown *out, struct run *r, struct workplace *w,
                             const struct entry_name *name)
{
	const struct tree *tree = w->dataset->tree;
	struct source source;
	struct found found;
	struct err err = {0};
	const char *why = "";
	enum source_status how;
	enum status status = run_find(&found, r, w, name);

	if (status != STATUS_OK)
		return status;
	out->read = &found.collection->read;
	out->name = found.path;
	how = tree->read(tree, &source, &out->bytes, found.path, &why);
	if (how == SOURCE_OK)
		return STATUS_OK;
	err_set(&err, ERR_IO, STR_FMT ": cannot be read: %s", STR_ARG(found.path),
	        how == SOURCE_TOO_LARGE ? "it is too large" : why);
	return run_fail(r, &err);
}

static enum status take(struct shown *out, struct run *r, const struct args *args,
                        const struct entry_name *name)
{
	CLEANUP(workplace_release) struct workplace w = {0};
	struct diag_list diags;
	struct err err = {0};
	bool ok;

	diag_init(&diags, r->arena);
	if (name->version)
		ok = run_open_record(&w, r, &diags, &err);
	else if (args->rev.s)
		ok = run_open_at(&w, r, args->rev, &diags, &err);
	else
		ok = run_open_files(&w, r, &diags, &err);
	if (!ok) {
		if (diags.n)
			run_tell_findings(r, &diags, NULL);
		return run_fail(r, &err);
	}
	return name->version ? take_version(out, r, &w, name)
	                     : take_file(out, r, &w, name);
}

static void shown_release(struct shown *s)
{
	buf_release(&s->bytes);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	CLEANUP(shown_release) struct shown shown = {.bytes = BUF_INIT(LIMIT_FILE_BYTES)};
	struct entry_name name;
	enum status status = entry_name_parse(&name, r, operands->items[0]);

	if (status != STATUS_OK)
		return status;
	if (name.version && args->rev.s)
		return run_usage(r, "give a version (@v%d) or --rev, not both",
		                 name.version);
	status = take(&shown, r, args, &name);
	return status == STATUS_OK ? print(r, &shown, args->format) : status;
}

static const struct opt options[] = {
        OPT_STRING('r', "rev", "REV", struct args, rev,
                   "The file as a release, tag, branch or commit has it."),
        OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format,
                   "yaml: the very bytes of the file. json: its content, the same for "
                   "every layout."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"show bootstrap@v1", "version 1 as it was published"},
        {"show bootstrap --rev 2026.06", "as the release 2026.06 has it"},
        {"show bootstrap --format json", "the work tree's, for a program"},
};

const struct command command_show = {
        .name = "show",
        .summary = "one entry, or any version of it",
        .operands = "ID[@vN]",
        .text = "Print the file of an entry: of the work tree, of a revision (--rev), or "
                "a version that was published, byte for byte as the release has it that "
                "first carried it.\n\n"
                "An id that several collections have is written COLLECTION/ID.",
        .status = "0  the entry was printed\n"
                  "1  it cannot be read as a document (json)\n"
                  "2  wrong usage, no such entry or version, or a stemma.yaml that "
                  "cannot be used\n"
                  "3  no repository, or the releases or a file cannot be read",
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
