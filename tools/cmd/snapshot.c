#include "cmd/snapshot.h"

#include "base/limits.h"
#include "base/source.h"
#include "export/export.h"
#include "export/shelf.h"

struct args {
	struct str output, cache;
	struct opt_list only, with, without;
	bool bom, csv_guard, work_tree;
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

static void tell(struct run *r, const struct export_request *request,
                 const struct subject *s, const struct export_result *result)
{
	buf_addf(&r->out.buf, STR_FMT ": ", STR_ARG(request->dir));
	subject_words(&r->out.buf, s);
	buf_addf(&r->out.buf, ", %zu %s, %zu %s\n", result->entries,
	         result->entries == 1 ? "entry" : "entries", result->files,
	         result->files == 1 ? "file" : "files");
	subject_tell(r, s);
	tell_left_out(r, result);
	if (request->cache.s)
		run_say(r, "%zu of %zu entries came from " STR_FMT, result->reused,
		        result->entries, STR_ARG(request->cache));
	if (result->linked)
		run_say(r,
		        "%zu of %zu files are hard links to those of the folder before",
		        result->linked, result->files);
	if (result->not_kept.n)
		run_say(r, "nothing is kept for the next snapshot: " STR_FMT,
		        STR_ARG(result->not_kept));
}

/* The folder that PATH lies in or would lie in, as the disk has it; absent: there is none. */
static struct str folder_around(struct str path, struct arena *arena)
{
	size_t slash;

	while (path.n > 1 && path.s[path.n - 1] == '/')
		path.n--;
	slash = str_rfind(path, '/');
	return real_path(slash < path.n ? arena_str(arena, str_sub(path, 0, slash + 1))
	                                : STR("."),
	                 arena);
}

/* The collection of D that files in the new folder DIR would be entries of; or NULL. */
static const struct collection *takes_in(const struct dataset *d, struct str dir,
                                         struct arena *arena)
{
	struct str around = folder_around(dir, arena);

	for (size_t i = 0; i < d->collections_n; i++) {
		const struct collection *c = &d->collections[i];
		struct str root = real_path(arena_str(arena, c->folder), arena);

		if (root.s && around.s && path_below(root, around) &&
		    dataset_collection_of(d, arena_cat(arena, c->folder,
		                                       str_sub(around, root.n, around.n),
		                                       STR("/x/versions/x/v1.yaml"))) ==
		            c)
			return c;
	}
	return NULL;
}

static enum status make(struct run *r, const struct args *args, struct str name)
{
	struct export_request request = {.dir = args->output,
	                                 .named = args->only.n > 0,
	                                 .arena = r->arena,
	                                 .cache = args->cache};
	CLEANUP(workplace_release) struct workplace w = {0};
	CLEANUP(subject_release) struct subject subject = {0};
	const struct collection *c;
	struct export_result result;
	struct diag_list diags;
	struct err err = {0};
	enum status status;

	status = choose_forms(&request, r, args);
	if (status != STATUS_OK)
		return status;
	request.options = (struct export_options){args->bom, args->csv_guard, args->jobs};
	diag_init(&diags, r->arena);
	if (!shelf_may_replace(&request.replace, args->output, &err) ||
	    !run_open_record(&w, r, &diags, &err))
		return run_fail(r, &err);
	c = takes_in(w.dataset, args->output, r->arena);
	if (c)
		return run_usage(r,
		                 "-o: files in " STR_FMT
		                 " would be taken for entries of \"" STR_FMT
		                 "\", which are in " STR_FMT "; name a folder elsewhere",
		                 STR_ARG(args->output), STR_ARG(c->name),
		                 STR_ARG(c->folder));
	status = args->work_tree ? subject_work_tree(&subject, r, &w, args->output)
	                         : subject_named(&subject, r, &w, name);
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

/* Whether FILE would go with the folder DIR when that is replaced. */
static bool goes_with(struct str file, struct str dir, struct arena *arena)
{
	struct str root = real_path(arena_str(arena, dir), arena);
	struct str folder = folder_around(file, arena);

	return root.s && folder.s && path_below(root, folder);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;

	if (!args->output.n)
		return run_usage(r, "give the folder to make: -o DIR");
	if (args->cache.s && !args->cache.n)
		return run_usage(r, "give the file that keeps entries: --cache FILE");
	if (args->cache.s && goes_with(args->cache, args->output, r->arena))
		return run_usage(r,
		                 "--cache: " STR_FMT " lies in " STR_FMT
		                 ", which is replaced as a whole; name a file beside it",
		                 STR_ARG(args->cache), STR_ARG(args->output));
	if (args->work_tree && operands->n)
		return run_usage(r,
		                 "--work-tree stands in place of a revision or release: "
		                 "give one of both");
	return make(r, args, operands->n ? operands->items[0] : STR_NONE);
}

static const struct opt options[] = {
        OPT_STRING('o', "output", "DIR", struct args, output,
                   "The folder to make. One that is there is replaced when it is a "
                   "snapshot, and refused otherwise."),
        OPT_FLAG(
                0, "work-tree", struct args, work_tree,
                "Of the files on the disk, as if all that `git status` names, but DIR, were "
                "committed, in place of a revision."),
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
        OPT_STRING(
                0, "cache", "FILE", struct args, cache,
                "Keep what entries became in FILE, which becomes as large as the "
                "snapshot, and take from it what has not changed since. Files that are "
                "the same as in the folder made with FILE before, if that is there "
                "untouched, are hard links to those: write to neither, but replace."),
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
        {"snapshot -o out --cache ../kept", "and keep what the next one can take over"},
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
                "behind the releases that REV comes after. When nothing differs from the last of "
                "those, it is the snapshot of that. What stands in the way of the "
                "release stops the preview, too. It is called preview- and the first "
                "digits of the commit, its day is that of the commit, it has no tag, "
                "and snapshot.json says `\"preview\": true`. The repository gets nothing. "
                "--work-tree previews what is not committed, too: its day is that of HEAD, "
                "and nobody has its commit, so `stemma verify` needs the same files.\n\n"
                "The forms are:\n"
                "snapshot: every entry, version and language, ready to be compared\n"
                "entries, csv, sources, versions: entries.jsonl and tables, with a column for "
                "each row of stemma.yaml, or else each property of the schemas\n"
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
