#include "cmd/snapshot.h"

#include "base/limits.h"
#include "cmd/release.h"
#include "export/export.h"
#include "export/shelf.h"

struct args {
	struct str output, cache;
	struct opt_list only, with, without;
	bool bom, csv_guard;
	int jobs;
};

/* ---- which forms ---- */

struct choice {
	struct run *run;
	bool *wanted; /* forms_n of them */
};

static struct str form_names(struct arena *arena)
{
	struct str out = STR("");

	for (size_t i = 0; i < forms_n; i++)
		out = arena_fmt(arena, STR_FMT "%s%s", STR_ARG(out), i ? ", " : "",
		                forms[i]->name);
	return out;
}

/* NAMES with commas between. */
static enum status set_forms(struct choice *c, struct str names, const char *option,
                             bool wanted)
{
	struct str name;

	while (str_split(&names, ',', &name)) {
		const struct form *form = form_find(str_trim(name));

		if (!form)
			return run_usage(c->run,
			                 "--%s: there is no form \"" STR_FMT
			                 "\"; there are " STR_FMT,
			                 option, STR_ARG(str_trim(name)),
			                 STR_ARG(form_names(c->run->arena)));
		for (size_t i = 0; i < forms_n; i++)
			if (forms[i] == form)
				c->wanted[i] = wanted || form_is_fixed(form);
	}
	return STATUS_OK;
}

static enum status choose_forms(struct export_request *out, struct run *r,
                                const struct args *args)
{
	const struct form **chosen = arena_array(r->arena, const struct form *, forms_n);
	struct choice c = {r, arena_array(r->arena, bool, forms_n)};
	enum status status = STATUS_OK;

	for (size_t i = 0; i < forms_n; i++)
		c.wanted[i] =
		        form_is_fixed(forms[i]) || (!args->only.n && !forms[i]->optional);
	for (size_t i = 0; i < args->only.n && status == STATUS_OK; i++)
		status = set_forms(&c, args->only.items[i], "only", true);
	for (size_t i = 0; i < args->with.n && status == STATUS_OK; i++)
		status = set_forms(&c, args->with.items[i], "with", true);
	for (size_t i = 0; i < args->without.n && status == STATUS_OK; i++)
		status = set_forms(&c, args->without.items[i], "without", false);
	for (size_t i = 0; i < forms_n; i++)
		if (c.wanted[i])
			chosen[out->forms_n++] = forms[i];
	out->forms = chosen;
	return status;
}

/* ---- the run ---- */

/* What a snapshot is made of: a release, or the preview of one. */
struct subject {
	struct str name; /* as the user named it; absent: the last release */
	struct record record; /* ends with it */
	struct previewed previewed;
};

static void subject_release(struct subject *s)
{
	previewed_release(&s->previewed);
}

static const struct release *last_of(const struct record *record)
{
	return record->n ? &record->releases[record->n - 1] : NULL;
}

/* The release that NAME is: its name, or a revision: "published~1", a hash. NULL: none. */
static const struct release *find_release(const struct record *record, struct str name,
                                          const struct oid *commit)
{
	const struct release *release = record_find(record, name);

	for (size_t i = 0; i < record->n && !release && commit; i++)
		if (oid_eq(&record->releases[i].commit, commit))
			release = &record->releases[i];
	return release;
}

static bool fail_unknown(const struct record *record, struct str name,
                         const struct err *why, struct err *err)
{
	const struct release *last = last_of(record);

	if (!last || why->code != ERR_USAGE)
		return err_set(err, why->code, "%s", why->text);
	return err_set(err, ERR_USAGE,
	               "there is no release \"" STR_FMT "\", the last one is " STR_FMT
	               "; and %s",
	               STR_ARG(diag_quote(record->arena, name)), STR_ARG(last->name),
	               why->text);
}

static enum status preview(struct subject *s, struct run *r, const struct workplace *w,
                           const struct oid *commit)
{
	struct previewed *p = &s->previewed;
	struct diag_list diags;
	struct err err = {0};

	diag_init(&diags, r->arena);
	if (!previewed_open(p, r, w, commit, &diags, &err)) {
		if (diags.n)
			(void)run_tell_findings(r, &diags, p->tree);
		return run_fail(r, &err);
	}
	if (!previewed_plan_next(p, &err))
		return run_fail(r, &err);
	if (p->preview.plan.refused)
		return release_refuse(r, &p->preview.plan, "no snapshot was made");
	release_tell_uncommitted(r, w->repo, p->dataset, s->name, "preview");
	s->record = p->result;
	return STATUS_OK;
}

static enum status find_subject(struct subject *s, struct run *r,
                                const struct workplace *w)
{
	const struct record *record = &w->record;
	const struct release *release = last_of(record);
	struct err err = {0}, why = {0};
	struct oid commit;
	bool known = s->name.s && repo_resolve(&commit, w->repo, s->name, r->arena, &why);

	if (s->name.s)
		release = find_release(record, s->name, known ? &commit : NULL);
	if (release) {
		s->record = record_until(record, release->index);
		return STATUS_OK;
	}
	if (known)
		return preview(s, r, w, &commit);
	if (s->name.s)
		(void)fail_unknown(record, s->name, &why, &err);
	else
		(void)err_set(&err, ERR_REPO,
		              "there is no release to make a snapshot of%s",
		              record_may_be_elsewhere(record)
		                      ? ""
		                      : "; `stemma release --first` makes the first one");
	return run_fail(r, &err);
}

static void tell_left_out(struct run *r, const struct export_result *result)
{
	struct str names = STR("");

	if (!result->left_out_n)
		return;
	for (size_t i = 0; i < result->left_out_n; i++)
		names = arena_fmt(r->arena, STR_FMT "%s%s", STR_ARG(names), i ? ", " : "",
		                  result->left_out[i].form);
	run_say(r,
	        "left out, since stemma.yaml does not say enough: " STR_FMT
	        " (`--only %s` tells what it lacks)",
	        STR_ARG(names), result->left_out[0].form);
}

/* What the user might not expect of a revision. */
static void tell_preview(struct run *r, const struct subject *s)
{
	const struct record *known = &s->previewed.record;
	size_t n = s->previewed.preview.known.n;

	if (!s->previewed.dataset)
		return;
	if (!last_of(&s->record)->preview)
		run_say(r,
		        "nothing in " STR_FMT " differs from release " STR_FMT
		        ": this is the snapshot of that",
		        STR_ARG(s->name), STR_ARG(last_of(&s->record)->name));
	if (n < known->n)
		run_say(r,
		        STR_FMT " lacks release " STR_FMT "%s, and so does its preview",
		        STR_ARG(s->name), STR_ARG(known->releases[n].name),
		        n + 1 < known->n ? " and later ones" : "");
}

/* "release 2026.12", "preview-1a2b3c4d5e6f of HEAD, after release 2026.12" */
static void add_subject(struct buf *out, const struct subject *s)
{
	const struct release *last = last_of(&s->record);

	if (!last->preview) {
		buf_addf(out, "release " STR_FMT, STR_ARG(last->name));
		return;
	}
	buf_addf(out, STR_FMT " of " STR_FMT, STR_ARG(last->name), STR_ARG(s->name));
	if (last->index)
		buf_addf(out, ", after release " STR_FMT, STR_ARG(last[-1].name));
}

static void tell(struct run *r, const struct export_request *request,
                 const struct subject *s, const struct export_result *result)
{
	buf_addf(&r->out.buf, STR_FMT ": ", STR_ARG(request->dir));
	add_subject(&r->out.buf, s);
	buf_addf(&r->out.buf, ", %zu %s, %zu %s\n", result->entries,
	         result->entries == 1 ? "entry" : "entries", result->files,
	         result->files == 1 ? "file" : "files");
	tell_preview(r, s);
	tell_left_out(r, result);
	if (request->cache.s)
		run_say(r, "%zu of %zu entries came from " STR_FMT, result->reused,
		        result->entries, STR_ARG(request->cache));
	if (result->not_kept.n)
		run_say(r, STR_FMT "; the next run begins anew",
		        STR_ARG(result->not_kept));
}

static enum status make(struct run *r, const struct args *args, struct str name)
{
	struct export_request request = {.dir = args->output,
	                                 .named = args->only.n > 0,
	                                 .arena = r->arena,
	                                 .cache = args->cache};
	CLEANUP(workplace_release) struct workplace w = {0};
	CLEANUP(subject_release) struct subject subject = {.name = name};
	struct export_result result;
	struct diag_list diags;
	struct err err = {0};
	enum status status;

	status = choose_forms(&request, r, args);
	if (status != STATUS_OK)
		return status;
	request.options = (struct export_options){args->bom, args->csv_guard, args->jobs};
	diag_init(&diags, r->arena);
	repo_read_once();
	if (!shelf_may_replace(&request.replace, args->output, &err) ||
	    !run_open_record(&w, r, &diags, &err))
		return run_fail(r, &err);
	status = find_subject(&subject, r, &w);
	if (status != STATUS_OK)
		return status;
	if (!export_make(&result, &request, &subject.record, &err))
		return run_fail(r, &err);
	tell(r, &request, &subject, &result);
	return STATUS_OK;
}

bool snapshot_ready(struct str dir, struct err *err)
{
	bool replace;

	return shelf_may_replace(&replace, dir, err);
}

enum status run_snapshot(struct run *r, struct str release, struct str dir, bool archive)
{
	struct str tar = STR("tar-gz");
	const struct args args = {.output = dir, .with = {.items = &tar, .n = archive}};

	return make(r, &args, release);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;

	if (!args->output.n)
		return run_usage(r, "give the folder to make: -o DIR");
	return make(r, args, operands->n ? operands->items[0] : STR_NONE);
}

static const struct opt options[] = {
        OPT_STRING('o', "output", "DIR", struct args, output,
                   "The folder to make. One that is there is replaced when it is a "
                   "snapshot, and refused otherwise."),
        OPT_LIST(0, "only", "FORMS", struct args, only,
                 "Only these forms, with commas between."),
        OPT_LIST(0, "with", "FORMS", struct args, with,
                 "All usual forms and these, with commas between: the archives."),
        OPT_LIST(0, "without", "FORMS", struct args, without,
                 "All forms but these, with commas between."),
        OPT_FLAG(0, "bom", struct args, bom,
                 "Begin CSV files with a byte order mark, which Excel needs to see that "
                 "they are UTF-8."),
        OPT_FLAG(0, "csv-guard", struct args, csv_guard,
                 "Put a ' before cells that a spreadsheet would compute: those that "
                 "begin with =, +, - or @."),
        OPT_STRING(0, "cache", "FILE", struct args, cache,
                   "Keep what entries became in FILE, and take from it what has not "
                   "changed since."),
        OPT_INT('j', "jobs", "N", 1, LIMIT_JOBS, struct args, jobs,
                "Use N threads; without it as many as there are cores."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"snapshot -o out", "all forms of the last release"},
        {"snapshot 2026.06 -o out --without files", "of a release, without the files of "
                                                    "versions"},
        {"snapshot HEAD -o next --only snapshot", "what would be published, to be "
                                                  "compared"},
        {"snapshot -o out --only csv,sources --bom", "tables for a spreadsheet"},
        {"snapshot -o out --with tar-gz", "and all of it as one file, as deposits want"},
        {"snapshot -o out --only cff,datacite-json", "what repositories ask for"},
};

const struct command command_snapshot = {
        .name = "snapshot",
        .summary = "write the files of a release for readers and programs",
        .operands = "[RELEASE|REV]",
        .text = "Make a folder with a release in every form: entries ready to be "
                "compared, JSON, CSV, the files of all versions, what is new. Without "
                "RELEASE it is the last one.\n\n"
                "REV is a revision: of one that is a release, the snapshot of that; of any "
                "other, a preview of what `stemma release --source REV` would publish, "
                "behind the releases that REV comes after. What stands in the way of the "
                "release stops the preview, too. It is called preview- and the first "
                "digits of the commit, its day is that of the commit, it has no tag, "
                "and snapshot.json says `\"preview\": true`. The repository gets nothing. "
                "What is not committed is in no revision.\n\n"
                "The forms are:\n"
                "snapshot: every entry, version and language, ready to be compared\n"
                "entries, csv, sources, versions: entries.jsonl and tables\n"
                "files: every published version, byte for byte\n"
                "delta, changelog, atom: what differs from the release before, and "
                "what each release changed\n"
                "bibtex, ris, csl: the cited works, each once\n"
                "terms, jsonld: entries and dataset in the words of schema.org\n"
                "sqlite: all tables as a database, with an index of all words\n"
                "datapackage, ro-crate, croissant: what the files are\n"
                "cff, datacite-json, datacite-xml: how to cite and to register it\n"
                "tar-gz, tar-zst: all files in one; only when asked for\n"
                "manifest, sums: MANIFEST.json and SHA256SUMS, which are always there.\n\n"
                "A form that must know what stemma.yaml does not say under `about` is "
                "left out, and told; with --only it is refused. `stemma help "
                "configuration` explains the keys.\n\n"
                "The folder follows from the release (of a preview: from the commit and the "
                "release before it) alone, byte for byte: neither the "
                "day nor the machine is in it. It is made beside its place and gets its "
                "name when it is whole. `stemma verify DIR` checks it, `stemma compare "
                "--snapshot DIR` reads it.",
        .status =
                "0  the folder was made\n"
                "1  something stands in the way of the release that REV would be\n"
                "2  wrong usage, no such release, revision or form, or a stemma.yaml that cannot "
                "be used\n"
                "3  the releases cannot be read or the folder cannot be written; "
                "nothing was changed",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_max = 1,
        .run = run,
};
