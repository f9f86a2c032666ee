#include "cmd/point.h"

#include "render/change.h"

struct args {
	int format, width;
	bool staged, exit_code;
};

/* Both ends; the second one is the index or the work tree when it is not named. */
static enum status find_ends(struct point ends[2], struct field *f, struct run *r,
                             const struct str *named, size_t n, bool staged)
{
	enum status status = point_named(&ends[0], f, r, n ? named[0] : STR("HEAD"));

	if (status != STATUS_OK)
		return status;
	if (n > 1)
		return point_named(&ends[1], f, r, named[1]);
	return staged ? point_index(&ends[1], f, r) : point_work_tree(&ends[1], f, r);
}

/* When one end is a version of an entry, the other one is that entry too. */
static enum status narrow(struct point ends[2], struct field *f, struct run *r)
{
	struct point side;

	for (int i = 0; i < 2; i++) {
		if (ends[i].is_entry || !ends[1 - i].is_entry)
			continue;
		side = ends[i];
		return point_entry(&ends[i], &side, &ends[1 - i], f, r);
	}
	return STATUS_OK;
}

/* What stands behind "--": an id, a path, or both. */
static struct diff_filter filter_of(const struct field *f, struct run *r,
                                    const struct str *items, size_t n)
{
	struct str *paths = arena_array(r->arena, struct str, n);
	struct diff_filter out = {.ids = items, .ids_n = n, .paths = paths};

	for (size_t i = 0; i < n; i++) {
		struct str path = repo_path(f->place.repo, items[i], r->arena);

		if (path.s)
			paths[out.paths_n++] = path;
	}
	return out;
}

/* Whether D has an entry NAME or a file at PATH; else the nearest id, or absent, in NEAR. */
static bool is_known(const struct diff_side *side, struct str name, struct str path,
                     struct run *r, struct str *near)
{
	CLEANUP(library_release) struct library library = {0};
	const struct dataset *d = side->dataset;
	struct diag_list unused;
	struct entry entry;
	struct err ignored = {0};

	*near = STR_NONE;
	diag_init(&unused, r->arena);
	path = side->tree ? path : name;
	return (path.s && d->tree->kind(d->tree, path) != TREE_NONE) ||
	       !library_open(&library, d, r->arena, &unused, &ignored) ||
	       library_entry(&entry, &library, name, near, &unused) || unused.n;
}

/* Nothing differs: that must not be because of a slip of the pen. */
static enum status check_names(const struct diff_side *side, const struct field *f,
                               struct run *r, const struct diff_filter *only)
{
	struct str near;

	for (size_t i = 0; side->dataset && i < only->ids_n; i++) {
		struct str name = only->ids[i];
		struct str path = repo_path(f->place.repo, name, r->arena);

		if (is_known(side, name, path, r, &near))
			continue;
		if (!near.n)
			return run_usage(r,
			                 "there is no entry and no file \"" STR_FMT "\"",
			                 STR_ARG(name));
		return run_usage(r,
		                 "there is no entry \"" STR_FMT
		                 "\"; did you mean \"" STR_FMT "\"?",
		                 STR_ARG(name), STR_ARG(near));
	}
	return STATUS_OK;
}

static enum status compare_ends(struct change_set *out, struct field *f, struct run *r,
                                struct point ends[2], const struct diff_filter *only)
{
	struct err err = {0};
	enum status status = narrow(ends, f, r);

	if (status != STATUS_OK)
		return status;
	if (ends[0].is_entry) {
		diff_entries(out, &ends[0].entry, &ends[1].entry, r->arena);
		return STATUS_OK;
	}
	if (!diff_trees(out, f->place.repo, &ends[0].side, &ends[1].side, only, r->arena,
	                &err))
		return run_fail(r, &err);
	return out->entries_n || out->files_n ? STATUS_OK
	                                      : check_names(&ends[1].side, f, r, only);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	const struct change_style style = {args->width ? args->width : layout_terminal(),
	                                   r->out.colour};
	CLEANUP(field_release) struct field field = {0};
	size_t n = operands->n - operands->rest;
	struct point ends[2];
	struct diff_filter only;
	struct change_set set;
	enum status status;

	if (n > (args->staged ? 1 : 2))
		return run_usage(r,
		                 "\"" STR_FMT "\" is one too many to compare; ids and "
		                 "paths stand behind --",
		                 STR_ARG(diag_quote(r->arena, operands->items[n - 1])));
	status = field_open(&field, r);
	if (status != STATUS_OK)
		return status;
	only = filter_of(&field, r, operands->items + n, operands->rest);
	status = find_ends(ends, &field, r, operands->items, n, args->staged);
	if (status == STATUS_OK)
		status = compare_ends(&set, &field, r, ends, &only);
	if (status != STATUS_OK)
		return status;
	change_render(&r->out.buf, &set, (enum change_format)args->format, &style);
	return args->exit_code && (set.entries_n || set.files_n) ? STATUS_FINDINGS
	                                                         : STATUS_OK;
}

static const struct opt options[] = {
        OPT_CHOICE('f', "format", "FORMAT", change_format_names, struct args, format,
                   "How the differences are printed."),
        OPT_FLAG('s', "staged", struct args, staged,
                 "Compare with the index, what the next commit would have, in place of "
                 "the work tree."),
        OPT_FLAG(0, "exit-code", struct args, exit_code,
                 "End with status 1 when anything differs."),
        OPT_INT('w', "width", "N", 40, 1000, struct args, width,
                "Columns of a line of text; without it the terminal's, or 120."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"diff", "what the work tree changes"},
        {"diff main --staged", "what is staged, against main"},
        {"diff 2026.05 2026.06", "from one release to another"},
        {"diff bootstrap@v1 bootstrap@v2", "two published versions of an entry"},
        {"diff HEAD~3 -- bootstrap methods/b", "one entry and one folder only"},
};

const struct command command_diff = {
        .name = "diff",
        .summary = "what differs between two states of the dataset",
        .operands = "[A [B]] [-- ID|PATH...]",
        .text = "Tell what differs from A to B, entry by entry and field by field: "
                "added, removed, changed and moved entries, those that are only laid "
                "out otherwise, and those with new history lines only; then "
                "vocabularies, labels, schemas and stemma.yaml. Entries are known by "
                "collection and id, and items of lists by their key.\n\n"
                "A and B are revisions as git names them, releases by name or tag, or "
                "published versions of entries, ID@vN. Without B it is the work tree, "
                "or the index with --staged; without A it is HEAD. When one of them is "
                "a version, the other one is the same entry there.\n\n"
                "Behind -- stand the entries and files to be told about, by id or "
                "path.",
        .status = "0  the differences were printed, also when there are none\n"
                  "1  with --exit-code: something differs; or an entry cannot be read\n"
                  "2  wrong usage, no such revision, release, entry or version, or a "
                  "stemma.yaml that cannot be used\n"
                  "3  no repository, or it cannot be read",
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
