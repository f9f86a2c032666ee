#include "cmd/internal.h"

#include "base/limits.h"
#include "dataset/dataset.h"
#include "render/findings.h"
#include "repo/repo.h"

#include <string.h>
#include <unistd.h>

struct args {
	struct str schema, files_from, rev, since;
	struct opt_list schema_maps;
	int format, jobs;
	bool format_assertion, cache, staged;
};

/* The run of one `validate`. */
struct job {
	struct run *run;
	const struct args *args;
	struct repo *repo; /* with --rev; else NULL */
	struct dataset *dataset; /* NULL: --schema alone */
	const struct schema *schema;
	struct file_list files;
	bool partial; /* named by the user: the dataset may have more */
	struct diag_list
	        found; /* before any file is read: listing, configuration, schemas */
	size_t skipped; /* names of a list that belong to nothing */
};

static bool read_maps(struct job *j, struct schema_options *opt, struct err *err)
{
	struct schema_map *maps;

	*opt = (struct schema_options){.no_format = !j->args->format_assertion,
	                               .maps_n = j->args->schema_maps.n};
	maps = arena_array(j->run->arena, struct schema_map, opt->maps_n);
	for (size_t i = 0; i < opt->maps_n; i++) {
		struct str text = j->args->schema_maps.items[i];
		size_t eq = str_rfind(text, '=');

		if (eq == text.n || eq == 0)
			return err_set(err, ERR_USAGE,
			               "--schema-map \"" STR_FMT "\" is not PREFIX=DIR",
			               STR_ARG(text));
		maps[i].prefix = str_sub(text, 0, eq);
		maps[i].dir = str_sub(text, eq + 1, text.n);
	}
	opt->maps = maps;
	return true;
}

/* The dataset, unless a schema is given and no dataset is asked for. */
static bool open_dataset(struct job *j, struct err *err)
{
	if (j->args->rev.s)
		return repo_open(&j->repo, STR("."), j->run->arena, err) &&
		       run_open_revision(&j->dataset, j->repo, j->args->rev, j->run,
		                         &j->found, err);
	if (j->args->schema.s && !j->run->dataset.s)
		return true;
	return run_open_dataset(&j->dataset, j->run,
	                        ", or --schema SCHEMA FILE... to check files without one",
	                        &j->found, err);
}

static bool load_schemas(struct job *j, struct err *err)
{
	struct schema_options opt;

	if (!read_maps(j, &opt, err))
		return false;
	if (j->args->schema.s && !j->args->schema.n)
		return err_set(err, ERR_USAGE, "--schema \"\" is no name of a file");
	if (j->args->schema.s)
		return schema_load(&j->schema, j->args->schema, &opt, j->run->arena,
		                   &j->found, err);
	return dataset_load_schemas(j->dataset, &opt, &j->found, err);
}

static bool add_name(struct job *j, struct str name, bool listed, struct err *err)
{
	bool known = true, ok;

	if (!name.n)
		return err_set(err, ERR_USAGE, "\"\" is no name of a file or folder");
	ok = j->dataset ? dataset_add_path(j->dataset, name, &j->files, &known, &j->found,
	                                   err)
	                : files_add(&j->files, &tree_disk, name, &j->found, err);

	if (ok && !known && listed)
		j->skipped++;
	else if (ok && !known)
		return err_set(
		        err, ERR_USAGE,
		        STR_FMT
		        " belongs to no collection of " STR_FMT
		        "; name an entry, or give --schema SCHEMA to check it alone",
		        STR_ARG(name), STR_ARG(j->dataset->config_path));
	return ok;
}

/* Names from a file or stdin, each followed by a NUL byte (`git ls-files -z`). */
static bool add_list(struct job *j, struct err *err)
{
	struct buf b = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str from = j->args->files_from, rest, name;
	const char *why = "it could not be read";
	struct source source;
	bool ok;

	if (str_eqz(from, "-"))
		ok = source_read_fd(&b, STDIN_FILENO, &why) == SOURCE_OK;
	else
		ok = source_read(&source, &b, from, &why) == SOURCE_OK;
	rest = arena_str(j->run->arena, buf_str(&b));
	buf_release(&b);
	if (!ok)
		return err_set(err, ERR_IO, "--files-from " STR_FMT ": %s", STR_ARG(from),
		               why);
	while (ok && rest.n && str_split(&rest, '\0', &name))
		ok = name.n == 0 || add_name(j, name, true, err);
	return ok;
}

/* Leave out the files that are named a second time. */
static void drop_repeated(struct file_list *files, struct arena *arena)
{
	struct map seen;
	size_t n = 0;
	bool added;

	map_init(&seen, arena);
	for (size_t i = 0; i < files->n; i++) {
		map_at(&seen, files->items[i].path, &added);
		if (added)
			files->items[n++] = files->items[i];
	}
	files->n = n;
}

static bool list_files(struct job *j, const struct opt_list *operands, struct err *err)
{
	size_t before = j->found.n;
	bool ok = true;

	j->files.arena = j->run->arena;
	for (size_t i = 0; ok && i < operands->n; i++)
		ok = add_name(j, operands->items[i], false, err);
	if (ok && j->args->files_from.s)
		ok = add_list(j, err);
	if (ok && operands->n && !j->files.n && j->found.n == before)
		return err_set(err, ERR_USAGE, "nothing to check: " STR_FMT " has no %s",
		               STR_ARG(operands->items[0]),
		               j->dataset ? "entry" : ".yaml, .yml or .json file");
	drop_repeated(&j->files, j->run->arena);
	j->partial = operands->n || j->args->files_from.s;
	if (!ok || j->partial)
		return ok;
	if (!j->dataset)
		return err_set(err, ERR_USAGE, "--schema needs files to check");
	return dataset_files(j->dataset, &j->files, &j->found, err);
}

static enum status print(struct job *j, const struct check_result *result)
{
	const struct told told = {
	        .format = j->args->format,
	        .tree = j->dataset ? j->dataset->tree : NULL,
	        .dataset = j->dataset,
	        .before = &j->found,
	        .found = &result->diags,
	        .files = result->files,
	        .dropped = j->found.dropped + result->dropped,
	        .trouble = result->io_trouble,
	};
	enum status status = run_tell(&j->run->out, &told);

	if (j->skipped)
		run_say(j->run, "%zu listed %s to no collection and %s not checked",
		        j->skipped, j->skipped == 1 ? "file belongs" : "files belong",
		        j->skipped == 1 ? "was" : "were");
	return status;
}

/* Findings that came before an error explain it: they are shown first. */
static enum status fail(struct job *j, const struct err *err)
{
	struct check_result nothing = {0};

	if (j->found.n)
		print(j, &nothing);
	return run_fail(j->run, err);
}

static void release_job(struct job *j)
{
	schema_release(j->schema);
	dataset_release(j->dataset);
	file_list_release(&j->files);
	repo_close(j->repo);
}

/* --staged and --since ask for what a change causes. */
static enum status run_change(struct run *r, const struct args *args,
                              const struct opt_list *operands)
{
	const struct change_args change = {args->rev, args->since, args->staged,
	                                   args->format, args->jobs};

	if (args->staged && args->rev.s)
		return run_usage(r, "--staged and --rev exclude each other");
	if (operands->n || args->files_from.s || args->schema.s || args->schema_maps.n)
		return run_usage(r,
		                 "--%s checks all that differs; it takes no files and no "
		                 "schema",
		                 args->staged ? "staged" : "since");
	return run_check_change(r, &change);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	CLEANUP(release_job) struct job j = {.run = r, .args = values};
	struct check_options opt = {.jobs = j.args->jobs};
	struct check_result result;
	struct err err = {0};

	if (j.args->staged || j.args->since.s)
		return run_change(r, j.args, operands);
	diag_init(&j.found, r->arena);
	if (!open_dataset(&j, &err) || !load_schemas(&j, &err) ||
	    !list_files(&j, operands, &err))
		return fail(&j, &err);
	opt.dataset = j.dataset;
	opt.partial = j.dataset && j.partial;
	opt.schema = j.schema;
	if (j.dataset && j.dataset->references.max_age_days &&
	    !run_day(&opt.today, STR_NONE, r, &err))
		return fail(&j, &err);
	if (!dataset_check(&result, &j.files, &opt, r->arena, &err))
		return fail(&j, &err);
	return print(&j, &result);
}

static const struct opt options[] = {
        OPT_STRING('s', "schema", "SCHEMA", struct args, schema,
                   "Check against this JSON Schema and nothing else; no stemma.yaml is "
                   "needed."),
        OPT_FLAG(0, "staged", struct args, staged,
                 "Check what is staged, and tell what it causes since HEAD or --since."),
        OPT_STRING(0, "rev", "REV", struct args, rev,
                   "Check the dataset as this commit has it; with --since, what it "
                   "causes."),
        OPT_STRING(0, "since", "REV", struct args, since,
                   "Tell only what was caused since this commit: by the work tree, by "
                   "what is staged, or by the commit of --rev. Rules that a change "
                   "could loosen are those of the older side, and history lines are "
                   "compared."),
        OPT_CHOICE('f', "format", "FORMAT", findings_format_names, struct args, format,
                   "How findings are printed."),
        OPT_STRING(0, "files-from", "FILE", struct args, files_from,
                   "Also check the files named in FILE ('-': standard input), each name "
                   "followed by a NUL byte, as `git ls-files -z` prints them. Names "
                   "that belong to no collection are left out."),
        OPT_LIST(0, "schema-map", "PREFIX=DIR", struct args, schema_maps,
                 "Read schemas whose address starts with PREFIX from the folder DIR. "
                 "Nothing is ever fetched."),
        OPT_OFF(0, "format-assertion", struct args, format_assertion,
                "Do not check `format` (dates, addresses and so on)."),
        OPT_INT('j', "jobs", "N", 1, LIMIT_JOBS, struct args, jobs,
                "Use N threads; without it as many as there are cores."),
        OPT_OFF(0, "cache", struct args, cache,
                "Check everything anew. Nothing is remembered between runs yet."),
};

static const struct args defaults = {.format_assertion = true, .cache = true};

static const struct command_example examples[] = {
        {"validate", "check the whole dataset"},
        {"validate methods/x.yaml", "check one entry, knowing the others"},
        {"validate --staged", "check what the next commit would change"},
        {"validate --rev HEAD --since main", "check what a branch changes"},
        {"validate --schema s.json a.yaml",
         "check a file against a schema, without a dataset"},
        {"validate --format gnu", "one line a finding, for editors"},
};

const struct command command_validate = {
        .name = "validate",
        .summary = "check entries: syntax, schema, and the rules of the dataset",
        .operands = "[PATH...]",
        .text = "Check files, folders, or the whole dataset, and tell every finding "
                "with its file, line and column. Nothing is fetched from the "
                "network.\n\n"
                "The dataset is described by the stemma.yaml of the current folder or "
                "one above. `stemma help rules` lists what is checked.",
        .status = "0  no errors\n"
                  "1  findings of severity error\n"
                  "2  wrong usage, or a stemma.yaml that cannot be used\n"
                  "3  a file could not be read, or a schema cannot be used",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_max = -1,
        .run = run,
};
