#include "cmd/internal.h"

#include "base/limits.h"
#include "dataset/dataset.h"
#include "render/compare.h"
#include "render/findings.h"
#include "snapshot/compare.h"

#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

struct args {
	struct str lang, accessed;
	int format, width;
	bool only_differences;
};

static enum status tell_findings(struct run *r, const struct diag_list *diags)
{
	struct findings_lines lines = {0};
	struct findings f = {
	        .format = FINDINGS_HUMAN,
	        .out = &r->err.buf,
	        .colour = r->err.colour,
	        .line = findings_lines_get,
	        .context = &lines,
	};
	enum status status = STATUS_FINDINGS;

	findings_begin(&f);
	for (size_t i = 0; i < diags->n; i++) {
		findings_add(&f, &diags->items[i]);
		if (diags->items[i].rule == &rule_io_unreadable)
			status = STATUS_FAILED;
	}
	f.summary.files = f.summary.files_with;
	findings_end(&f);
	findings_lines_release(&lines);
	(void)output_flush(&r->err);
	return status;
}

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

/* Columns of the terminal; a fixed number when the output is none, so that files are alike. */
static int terminal_width(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0)
		return size.ws_col;
	return 120;
}

/* Find the entries; a message and a status when one is not to be had. */
static enum status find_entries(struct entry *out, const struct library *l, struct run *r,
                                const struct opt_list *ids)
{
	struct diag_list diags;
	struct str near;

	diag_init(&diags, r->arena);
	for (size_t i = 0; i < ids->n; i++) {
		struct str id = ids->items[i], several = library_several(l, id);

		if (several.n)
			return run_usage(r,
			                 "several collections have an entry \"" STR_FMT
			                 "\": give " STR_FMT,
			                 STR_ARG(id), STR_ARG(several));
		if (library_entry(&out[i], l, id, &near, &diags))
			continue;
		if (diags.n)
			return tell_findings(r, &diags);
		if (near.n)
			return run_usage(r,
			                 "there is no entry \"" STR_FMT
			                 "\"; did you mean \"" STR_FMT "\"?",
			                 STR_ARG(id), STR_ARG(near));
		return run_usage(r, "there is no entry \"" STR_FMT "\"", STR_ARG(id));
	}
	return STATUS_OK;
}

static bool open_library(struct library *l, struct run *r, struct diag_list *diags,
                         struct err *err)
{
	struct dataset *dataset;

	return run_open_dataset(&dataset, r, "", diags, err) &&
	       library_open(l, dataset, r->arena, diags, err);
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

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	struct compare_options opt = {.lang = args->lang,
	                              .accessed = args->accessed,
	                              .only_differences = args->only_differences};
	struct compare_style style = {args->width ? args->width : terminal_width(),
	                              r->out.colour};
	struct entry *entries = arena_array(r->arena, struct entry, operands->n);
	struct comparison c;
	CLEANUP(library_release) struct library library = {0};
	struct diag_list diags;
	struct err err = {0};
	enum status status;

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
	diag_init(&diags, r->arena);
	if (!open_library(&library, r, &diags, &err)) {
		if (diags.n)
			tell_findings(r, &diags);
		return run_fail(r, &err);
	}
	if (opt.lang.n)
		tell_language(r, library.dataset, opt.lang);
	status = find_entries(entries, &library, r, operands);
	if (status != STATUS_OK)
		return status;
	if (!compare(&c, &library, entries, operands->n, &opt, r->arena, &err))
		return run_fail(r, &err);
	compare_render(&r->out.buf, &c, (enum compare_format)args->format, &style);
	return STATUS_OK;
}

static const struct opt options[] = {
        OPT_STRING('l', "lang", "TAG", struct args, lang,
                   "The language of names, labels and texts, such as en or vi. What is "
                   "not to be had in it is shown in another one, and told."),
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
};

const struct command command_compare = {
        .name = "compare",
        .summary = "set entries side by side",
        .operands = "ID...",
        .text = "Set entries side by side, in the order given, and mark the rows that "
                "differ. An id that several collections have is written "
                "COLLECTION/ID.\n\n"
                "Rows, labels and the citation line are those of stemma.yaml; without "
                "rows there, every key of the entries is a row.",
        .status = "0  the comparison was printed\n"
                  "1  an entry cannot be read; its findings are told\n"
                  "2  wrong usage, no such entry, or a stemma.yaml that cannot be used\n"
                  "3  a file could not be read",
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
