#include "cmd/internal.h"

#include "base/limits.h"
#include "cmd/replace.h"
#include "dataset/dataset.h"
#include "digest/digest.h"
#include "merge/merge.h"
#include "version/version.h"

struct args {
	struct str base, ours, theirs;
};

/* The operands in git's order: %O %A %B %L %P. */
enum { OPERAND_BASE, OPERAND_OURS, OPERAND_THEIRS, OPERAND_MARKER, OPERAND_PATH };

#define MARKER_MOST 1000

/* One file as git hands it over. Its bytes lie in the run's arena. */
static bool read_side(struct source *out, struct run *r, struct str file, struct str name,
                      struct err *err)
{
	struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	const char *why = "it is too large";
	struct source source;
	bool ok = source_read(&source, &b, file, &why) == SOURCE_OK;

	if (ok)
		*out = (struct source){.name = name,
		                       .bytes = arena_str(r->arena, source.bytes)};
	buf_release(&b);
	return ok || err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(file), why);
}

/* Put TEXT in the place of the file PATH, which has held what OURS says. */
static bool put(struct run *r, struct str path, const struct source *ours,
                struct str text, struct err *err)
{
	char digest[65];
	struct replacing all;
	bool ok;

	sha256_text(digest, ours->bytes);
	replacing_begin(&all, r->arena);
	ok = replacing_add(&all, path, digest, text, err) && replacing_finish(&all, err);
	replacing_release(&all);
	return ok;
}

static bool read_marker(int *out, struct str text)
{
	*out = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
		*out = *out * 10 + text.s[i] - '0';
		if (*out > MARKER_MOST)
			return false;
	}
	return *out > 0;
}

/* ---- the dataset that the file belongs to ---- */

struct home {
	struct dataset *dataset; /* NULL: none, or none that can be used */
	struct file file; /* .collection NULL: it belongs to none */
};

static void home_release(struct home *h)
{
	dataset_release(h->dataset);
}

/*
 * The collection that PATH is an entry of. git names it from the top of the work tree, which
 * is the current folder. A configuration that cannot be used is no reason not to merge.
 */
static void find_home(struct home *out, struct run *r, struct str path)
{
	struct file_list files = {.arena = r->arena};
	struct diag_list diags;
	struct err err = {0};
	bool known;

	diag_init(&diags, r->arena);
	if (!run_open_dataset(&out->dataset, r, "", &diags, &err)) {
		if (err.code != ERR_USAGE || r->dataset.n)
			run_say(r, "%s; merging without it", err.text);
		return;
	}
	if (dataset_add_path(out->dataset, path, &files, &known, &diags, &err) && known &&
	    files.n == 1 && files.items[0].kind == FILE_ENTRY)
		out->file = files.items[0];
	file_list_release(&files);
}

/* ---- what there is to say afterwards ---- */

static void say_conflicts(struct run *r, struct str name,
                          const struct merge_result *result)
{
	for (size_t i = 0; i < result->n; i++) {
		const struct merge_conflict *c = &result->conflicts[i];

		run_say(r, "conflict in " STR_FMT "%s" STR_FMT ": " STR_FMT,
		        STR_ARG(name), c->place.n ? ", " : "", STR_ARG(c->place),
		        STR_ARG(c->why));
	}
	run_say(r,
	        "resolve what stands between the markers in " STR_FMT
	        ", then run `stemma validate` and `git add` it",
	        STR_ARG(name));
}

/* The rules of one entry, by itself. False: it cannot be checked. */
static bool find_broken(struct diag_list *out, struct run *r, const struct home *home,
                        const struct source *source)
{
	const struct collection *c = home->file.collection;
	struct schema_scratch scratch = {0};
	struct err err = {0};
	struct docs docs;

	if (!c || !dataset_load_schemas(home->dataset, NULL, NULL, &err) ||
	    !doc_read(&docs, source, &c->read, r->arena, out) || docs.n != 1)
		return false;
	if (c->schema)
		schema_check(c->schema, &docs.items[0], &scratch, out);
	entry_check(&c->roles, &docs.items[0].root,
	            c->id_is_stem ? file_stem(source->name) : STR_NONE, r->arena, out);
	history_check(&c->roles, &docs.items[0].root, r->arena, out);
	schema_scratch_release(&scratch);
	return true;
}

/* A merge that is clean by itself can still break a rule. */
static void check_result(struct run *r, const struct home *home, struct str name,
                         struct str text)
{
	struct source source = {.name = name, .bytes = text};
	struct diag_list diags;

	diag_init(&diags, r->arena);
	diag_file(&diags, name);
	if (!find_broken(&diags, r, home, &source))
		return;
	diag_sort(&diags, 0);
	for (size_t i = 0; i < diags.n; i++) {
		const struct diag *d = &diags.items[i];

		if (dataset_finding_severity(home->dataset, d) == SEVERITY_ERROR)
			run_say(r, "merged, but " STR_FMT ":%d:%d: " STR_FMT " [%s]",
			        STR_ARG(name), d->span.line, d->span.column,
			        STR_ARG(d->text), d->rule->id);
	}
}

/* "ours: NAME", where NAME is what the user gave, else the file's path. */
static struct str label(struct run *r, const char *side, struct str given,
                        struct str path)
{
	struct str name = given.n ? given : path;

	/* A marker is one line. */
	if (!name.n || str_find(name, '\n') < name.n || str_find(name, '\r') < name.n)
		return str_of(side);
	return arena_fmt(r->arena, "%s: " STR_FMT, side, STR_ARG(name));
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	const struct str *files = operands->items;
	struct str path = operands->n > OPERAND_PATH ? files[OPERAND_PATH] : STR_NONE;
	struct str name = path.n ? path : files[OPERAND_OURS];
	CLEANUP(home_release) struct home home = {0};
	struct source base, ours, theirs;
	struct merge_result result;
	struct merge_options opt = {.ours = label(r, "ours", args->ours, path),
	                            .base = label(r, "base", args->base, STR_NONE),
	                            .theirs = label(r, "theirs", args->theirs, path)};
	struct err err = {0};
	bool clean;

	if (operands->n > OPERAND_MARKER &&
	    !read_marker(&opt.marker, files[OPERAND_MARKER]))
		return run_usage(r, "\"" STR_FMT "\" is no length of a conflict marker",
		                 STR_ARG(files[OPERAND_MARKER]));
	if (!read_side(&base, r, files[OPERAND_BASE], name, &err) ||
	    !read_side(&ours, r, files[OPERAND_OURS], name, &err) ||
	    !read_side(&theirs, r, files[OPERAND_THEIRS], name, &err))
		return run_fail(r, &err);
	if (path.n)
		find_home(&home, r, path);
	if (home.file.collection) {
		opt.roles = &home.file.collection->roles;
		opt.read = home.file.collection->read;
	}
	clean = merge_texts(&result, &base, &ours, &theirs, &opt, r->arena);
	if (!put(r, files[OPERAND_OURS], &ours, result.text, &err))
		return run_fail(r, &err);
	if (!clean) {
		say_conflicts(r, name, &result);
		return STATUS_FINDINGS;
	}
	check_result(r, &home, name, result.text);
	return STATUS_OK;
}

static const struct opt options[] = {
        OPT_STRING(
                0, "ours", "NAME", struct args, ours,
                "What stands behind `ours:` in conflict markers; without it the path."),
        OPT_STRING(0, "base", "NAME", struct args, base,
                   "What stands behind `base:` in conflict markers; without it nothing."),
        OPT_STRING(
                0, "theirs", "NAME", struct args, theirs,
                "What stands behind `theirs:` in conflict markers; without it the path."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"merge-driver %O %A %B %L %P", "as git calls it"},
        {"merge-driver base.yaml mine.yaml other.yaml",
         "merge by hand; mine.yaml becomes the result"},
};

const struct command command_merge_driver = {
        .name = "merge-driver",
        .summary = "merge three versions of an entry by field, for git",
        .operands = "BASE OURS THEIRS [MARKER-SIZE [PATH]]",
        .text = "Merge what OURS and THEIRS made of BASE, and write the result over OURS. "
                "Fields and list items that one side changed are taken over; comments, "
                "quoting and layout stay. What both sides changed differently stays a "
                "conflict between markers around that field, and so does a history to "
                "which both sides appended events about the same thing. PATH, from the "
                "top of the work tree, tells the collection, whose roles say which key "
                "tells sources apart and where the history is.\n\n"
                "git calls it for the entries that .gitattributes names, as in "
                "`/notes/**/*.yaml merge=stemma`. In each clone, `stemma hooks install` "
                "tells git of it.",
        .status = "0  merged; a finding about the result is told\n"
                  "1  conflicts, with markers in OURS\n"
                  "2  wrong usage\n"
                  "3  a file could not be read or written",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 3,
        .operands_max = 5,
        .run = run,
};
