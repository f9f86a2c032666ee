#include "cmd/internal.h"

#include "base/limits.h"
#include "dataset/dataset.h"
#include "export/shelf.h"
#include "render/compare.h"
#include "snapshot/compare.h"

#include <time.h>

struct args {
	struct str lang, accessed, rev;
	struct opt_list snapshots;
	int format, width;
	bool only_differences;
};

static bool is_date(struct str s)
{
	return s.n == 10 && schema_format_valid(STR("date"), s);
}

static struct str today(struct arena *arena)
{
	time_t now = time(NULL);
	struct tm tm;

	if (!localtime_r(&now, &tm))
		return STR_NONE;
	return arena_fmt(arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	                 tm.tm_mday);
}

/* Tell when no text can be had in the language asked for. */
static void tell_language(struct run *r, const struct dataset *d, struct str lang)
{
	struct str chain[LANGUAGE_CHAIN], known = STR("");
	size_t n = language_chain(chain, lang, d, r->arena);

	for (size_t i = 0; i < d->languages_n; i++) {
		for (size_t k = 0; k + 1 < n; k++)
			if (str_eq(chain[k], d->languages[i]))
				return;
		known = arena_fmt(r->arena, STR_FMT "%s" STR_FMT, STR_ARG(known),
		                  i ? ", " : "", STR_ARG(d->languages[i]));
	}
	if (!str_eq(chain[0], d->default_language))
		run_say(r, "the dataset has no texts in " STR_FMT ", only in " STR_FMT,
		        STR_ARG(lang), STR_ARG(known));
}

static bool open_place(struct workplace *w, struct run *r, struct str rev,
                       struct diag_list *diags, struct err *err)
{
	if (rev.s ? !run_open_at(w, r, rev, diags, err)
	          : !run_open_known(w, r, diags, err))
		return false;
	if (w->repo && w->unknown.s)
		run_say(r, "what is published is not known: " STR_FMT,
		        STR_ARG(w->unknown));
	return true;
}

static void note_release(struct compare_options *opt, const struct workplace *w,
                         struct arena *arena)
{
	if (!w->release)
		return;
	opt->release = w->release->name;
	opt->release_date = w->release->date;
	opt->commit = oid_hex(&w->release->commit, OID_HEX, arena);
}

/* ---- of snapshots: nothing but their files is read ---- */

/* The operands as every snapshot has them: "a b" of two snapshots are four columns. */
static enum status find_all(struct shelf_entry *out, size_t *n, struct shelf *shelf,
                            struct run *r, const struct opt_list *operands)
{
	for (size_t i = 0; i < operands->n; i++) {
		struct entry_name name = {.id = operands->items[i]};
		struct err err = {0};
		enum status status = STATUS_OK;

		if (run_names_version(name.id))
			status = entry_name_parse(&name, r, operands->items[i]);
		else
			entry_name_split(&name, name.id);
		if (status != STATUS_OK)
			return status;
		if (!shelf_find(&out[*n], shelf, name.collection, name.id, name.version,
		                &err))
			return run_fail(r, &err);
		++*n;
	}
	return STATUS_OK;
}

static bool any_pinned(const struct shelf_entry *entries, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (entries[i].view.column.pinned)
			return true;
	return false;
}

static enum status compare_snapshots(struct run *r, const struct args *args,
                                     struct compare_options *opt,
                                     const struct compare_style *style,
                                     const struct opt_list *operands)
{
	size_t shelves = args->snapshots.n, n = 0;
	struct shelf_entry *entries =
	        arena_array(r->arena, struct shelf_entry, shelves * operands->n);
	struct shelf *shelf = NULL;
	struct comparison c;
	struct err err = {0};

	if (args->rev.s)
		return run_usage(r, "give --snapshot or --rev, not both");
	if (shelves * operands->n > LIMIT_COMPARE_ENTRIES)
		return run_usage(r, "more than %d columns", LIMIT_COMPARE_ENTRIES);
	for (size_t i = 0; i < shelves; i++) {
		enum status status;

		if (!shelf_open(&shelf, args->snapshots.items[i], opt->lang, r->arena,
		                &err))
			return run_fail(r, &err);
		status = find_all(entries, &n, shelf, r, operands);
		if (status != STATUS_OK)
			return status;
	}
	if (shelves == 1 && !any_pinned(entries, n)) {
		opt->release = shelf_release(shelf);
		opt->release_date = shelf_date(shelf);
		opt->commit = shelf_commit(shelf);
	}
	shelf_compare(&c, entries, n, opt, r->arena);
	compare_render(&r->out.buf, &c, (enum compare_format)args->format, style);
	return STATUS_OK;
}

/* ---- of the dataset ---- */

static enum status compare_dataset(struct run *r, const struct args *args,
                                   struct compare_options *opt,
                                   const struct compare_style *style,
                                   const struct opt_list *operands)
{
	struct entry *entries = arena_array(r->arena, struct entry, operands->n);
	struct comparison c;
	CLEANUP(workplace_release) struct workplace w = {0};
	CLEANUP(library_release) struct library library = {0};
	struct diag_list diags;
	struct err err = {0};
	enum status status;

	diag_init(&diags, r->arena);
	if (!open_place(&w, r, args->rev, &diags, &err) ||
	    !library_open(&library, w.dataset, r->arena, &diags, &err)) {
		if (diags.n)
			run_tell_findings(r, &diags, NULL);
		return run_fail(r, &err);
	}
	if (opt->lang.n)
		tell_language(r, library.dataset, opt->lang);
	status = run_columns(entries, r, &w, &library, operands);
	if (status != STATUS_OK)
		return status;
	note_release(opt, &w, r->arena);
	if (!compare(&c, &library, entries, operands->n, opt, r->arena, &err))
		return run_fail(r, &err);
	compare_render(&r->out.buf, &c, (enum compare_format)args->format, style);
	return STATUS_OK;
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	struct compare_options opt = {.lang = args->lang,
	                              .accessed = args->accessed,
	                              .only_differences = args->only_differences};
	struct compare_style style = {args->width ? args->width : layout_terminal(),
	                              r->out.colour};

	if (opt.lang.s && !language_valid(opt.lang))
		return run_usage(r,
		                 "--lang \"" STR_FMT
		                 "\" is no language tag such as en, vi or pt-BR",
		                 STR_ARG(opt.lang));
	if (opt.accessed.s && !is_date(opt.accessed))
		return run_usage(
		        r, "--accessed \"" STR_FMT "\" is no date such as 2026-06-20",
		        STR_ARG(opt.accessed));
	if (!opt.accessed.s)
		opt.accessed = today(r->arena);
	if (args->snapshots.n)
		return compare_snapshots(r, args, &opt, &style, operands);
	return compare_dataset(r, args, &opt, &style, operands);
}

static const struct opt options[] = {
        OPT_STRING('l', "lang", "TAG", struct args, lang,
                   "The language of names, labels and texts, such as en or vi. What is "
                   "not to be had in it is shown in another one, and told."),
        OPT_STRING('r', "rev", "REV", struct args, rev,
                   "All of it as a release, tag, branch or commit has it: entries, "
                   "vocabularies, labels and rows."),
        OPT_LIST(0, "snapshot", "DIR", struct args, snapshots,
                 "From the files of a snapshot alone, without a repository; of several, "
                 "each entry as each of them has it."),
        OPT_CHOICE('f', "format", "FORMAT", compare_format_names, struct args, format,
                   "How the comparison is printed."),
        OPT_FLAG('d', "only-differences", struct args, only_differences,
                 "Leave out the rows that do not differ."),
        OPT_STRING(0, "accessed", "DATE", struct args, accessed,
                   "The date in the citation line, YYYY-MM-DD; without it today's."),
        OPT_INT('w', "width", "N", 40, 1000, struct args, width,
                "Columns of a line of text; without it the terminal's, or 120."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"compare bootstrap cross-validation", "two entries side by side"},
        {"compare a b c --lang vi --format md", "in Vietnamese, as Markdown"},
        {"compare a b --only-differences", "only the rows that differ"},
        {"compare a@v1 a@v2 a", "two published versions beside the work tree's"},
        {"compare a b --rev 2026.06", "as the release 2026.06 has them"},
        {"compare a b --snapshot out", "from the files of a snapshot"},
};

const struct command command_compare = {
        .name = "compare",
        .summary = "set entries side by side",
        .operands = "ID[@vN]...",
        .text = "Set entries side by side, in the order given, and mark the rows that "
                "differ. An id that several collections have is written "
                "COLLECTION/ID; ID@vN is version N as it was published.\n\n"
                "Rows, labels and the citation line are those of stemma.yaml; without "
                "rows there, every key of the entries is a row.",
        .status = "0  the comparison was printed\n"
                  "1  an entry cannot be read; its findings are told\n"
                  "2  wrong usage, no such entry or version, or a stemma.yaml that "
                  "cannot be used\n"
                  "3  a file or the releases could not be read",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 1,
        .operands_max = LIMIT_COMPARE_ENTRIES,
        .run = run,
};
