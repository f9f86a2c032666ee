#include "cmd/point.h"

#include "render/blame.h"

struct args {
	struct str rev;
	int format, width;
};

enum { BLAME_TEXT, BLAME_JSON };

static const char *const formats[] = {"text", "json", NULL};

/* What is blamed, and where history is followed from. */
struct subject {
	struct blame_subject shown;
	struct blame_start start;
	struct point from; /* the revision, or HEAD */
};

/* The entry in the revision S->from. */
static enum status find_in_revision(struct subject *s, struct field *f, struct run *r,
                                    const struct entry_name *name)
{
	struct workplace there = f->place; /* all but the dataset */
	struct found found;
	struct diag_list diags;
	enum status status;

	there.dataset = (struct dataset *)(uintptr_t)s->from.side.dataset;
	if (!there.dataset)
		return STATUS_USAGE; /* told already */
	status = run_find(&found, r, &there, name);
	if (status != STATUS_OK)
		return status;
	if (!found.path.n)
		return run_usage(r, "there is no entry \"" STR_FMT "\" in " STR_FMT,
		                 STR_ARG(name->text), STR_ARG(s->from.side.name));
	s->start.collection = found.collection;
	s->start.path = s->shown.path = found.path;
	s->start.commit = &s->from.commit;
	s->start.committed = true;
	s->start.released = s->from.side.released;
	diag_init(&diags, r->arena);
	if (found_read(&s->start.doc, &found, r, there.dataset, &diags))
		return STATUS_OK;
	return run_tell_findings(r, &diags, there.dataset->tree);
}

/* Where HEAD has the entry of the work tree, if it does. */
static enum status find_in_head(struct subject *s, struct field *f, struct run *r,
                                const struct found *found, struct str id)
{
	enum status status;
	struct oid unborn;

	if (!repo_ref(&unborn, f->place.repo, "HEAD"))
		return STATUS_OK;
	status = point_named(&s->from, f, r, STR("HEAD"));
	if (status != STATUS_OK)
		return status;
	s->start.commit = &s->from.commit;
	(void)point_locate(&s->start.path, &s->from, found->collection->name, id,
	                   s->shown.path, r);
	return STATUS_OK;
}

static enum status find_in_work_tree(struct subject *s, struct field *f, struct run *r,
                                     const struct entry_name *name)
{
	const struct dataset *d = f->place.dataset;
	struct found found;
	struct diag_list diags;
	enum status status = run_find(&found, r, &f->place, name);

	if (status != STATUS_OK)
		return status;
	if (!found.path.n)
		return run_usage(r,
		                 "the work tree has no entry \"" STR_FMT
		                 "\" any more; name a revision that has it with --rev",
		                 STR_ARG(name->text));
	diag_init(&diags, r->arena);
	if (!found_read(&s->start.doc, &found, r, d, &diags))
		return run_tell_findings(r, &diags, d->tree);
	s->start.collection = found.collection;
	s->shown.path = repo_path(f->place.repo, found.path, r->arena);
	return find_in_head(s, f, r, &found, name->id);
}

static enum status find(struct subject *s, struct field *f, struct run *r, struct str rev,
                        const struct entry_name *name)
{
	enum status status;

	if (!rev.s && repo_is_bare(f->place.repo))
		rev = STR("HEAD");
	s->shown.rev = rev;
	if (!rev.s)
		return find_in_work_tree(s, f, r, name);
	status = point_named(&s->from, f, r, rev);
	if (status != STATUS_OK)
		return status;
	if (s->from.is_entry)
		return run_usage(
		        r, "--rev takes a revision or a release, not \"" STR_FMT "\"",
		        STR_ARG(rev));
	return find_in_revision(s, f, r, name);
}

/* What the marks mean, when there are any. */
static void tell_older(struct run *r, const struct field *f, const struct blame *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (!b->fields[i].origin->older)
			continue;
		if (repo_is_shallow(f->place.repo))
			run_say(r, "values marked ^ may be older: this clone ends there; "
			           "\"git fetch --unshallow\" brings the rest");
		else
			run_say(r, "values marked ^ may be older: that many commits are "
			           "not looked through");
		return;
	}
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	const struct blame_style style = {args->width ? args->width : layout_terminal(),
	                                  r->out.colour};
	CLEANUP(field_release) struct field field = {0};
	struct subject s = {0};
	struct entry_name name;
	struct blame blame;
	struct err err = {0};
	enum status status = entry_name_parse(&name, r, operands->items[0]);

	if (status == STATUS_OK && name.version)
		return run_usage(r, "blame takes an id; what a release has of it is told "
		                    "with --rev RELEASE");
	if (status == STATUS_OK)
		status = field_open(&field, r);
	if (status == STATUS_OK)
		status = find(&s, &field, r, args->rev, &name);
	if (status != STATUS_OK)
		return status;
	s.start.id = name.id;
	s.shown.id = name.id;
	s.shown.collection = s.start.collection->name;
	if (!blame_entry(&blame, field.place.repo, &s.start, r->arena, &err))
		return run_fail(r, &err);
	if (args->format == BLAME_JSON)
		blame_json(&r->out.buf, &blame, &s.shown);
	else
		blame_text(&r->out.buf, &blame, &style);
	tell_older(r, &field, &blame);
	return STATUS_OK;
}

static const struct opt options[] = {
        OPT_CHOICE('f', "format", "FORMAT", formats, struct args, format,
                   "How the values are printed."),
        OPT_STRING('r', "rev", "REV", struct args, rev,
                   "The entry as this revision or release has it, in place of the work "
                   "tree."),
        OPT_INT('w', "width", "N", 40, 1000, struct args, width,
                "Columns of a line of text; without it the terminal's, or 120."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"blame bootstrap", "who gave each field its value"},
        {"blame bootstrap --rev 2026.06", "as that release has it"},
        {"blame bootstrap --format json", "for a program"},
};

const struct command command_blame = {
        .name = "blame",
        .summary = "who gave each field of an entry its value, and when",
        .operands = "ID",
        .text = "For each value of an entry, tell the commit since which it is what it "
                "is, with its author and date, and the version and state of the entry "
                "then. Items of lists are known by their key, so that a new item, "
                "another order, comments and layout change nothing for the others; the "
                "file is followed when it moves with its id.\n\n"
                "What the work tree has and HEAD does not is not committed.",
        .status = "0  the values were printed\n"
                  "1  the entry cannot be read; its findings are told\n"
                  "2  wrong usage, no such entry or revision, or a stemma.yaml that "
                  "cannot be used\n"
                  "3  no repository, or it cannot be read",
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
