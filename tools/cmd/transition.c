#include "cmd/transition.h"

#include "base/limits.h"
#include "base/text.h"
#include "cmd/replace.h"
#include "render/findings.h"
#include "render/transition.h"

#include <stdarg.h>

static enum event event_of(const struct command *c)
{
	static const struct command *const by_event[EVENTS_N] = {
	        [EVENT_REVIEW] = &command_submit,
	        [EVENT_RETURNED] = &command_return,
	        [EVENT_APPROVED] = &command_approve,
	        [EVENT_DEPRECATED] = &command_deprecate,
	        [EVENT_WITHDRAWN] = &command_withdraw,
	        [EVENT_REINSTATED] = &command_reinstate,
	};
	size_t e = 0;

	while (e + 1 < EVENTS_N && by_event[e] != c)
		e++;
	return (enum event)e;
}

/* ---- what is asked for ---- */

/* A text for a history line: one line, without white space around it. */
static bool clean_text(struct str *text, const char *option, struct err *err)
{
	if (!text->s)
		return true;
	*text = str_trim(*text);
	if (!text->n)
		return err_set(err, ERR_USAGE, "--%s is empty", option);
	if (text_invalid(*text) < text->n)
		return err_set(err, ERR_USAGE, "--%s is no UTF-8 text", option);
	for (size_t at = 0; at < text->n;)
		if (text_unsafe(text_next(*text, &at)))
			return err_set(err, ERR_USAGE,
			               "--%s holds a line end or another control "
			               "character; write it in one line",
			               option);
	return true;
}

/* "Name <address>", as git has it. */
static bool is_identity(struct str who)
{
	size_t from = str_find(who, '<');
	struct str mail;

	if (!str_trim(str_sub(who, 0, from)).n || !str_ends(who, STR(">")))
		return false;
	mail = str_sub(who, from + 1, who.n - from - 2);
	return mail.n && str_find(mail, '<') == mail.n && str_find(mail, '>') == mail.n &&
	       str_find(mail, ' ') == mail.n;
}

static bool check_args(struct transition *t, const struct opt_list *operands,
                       struct err *err)
{
	struct transition_args *a = &t->args;
	const char *verb = t->run->command->name;

	if (!clean_text(&a->reason, "reason", err) ||
	    !clean_text(&a->note, "note", err) || !clean_text(&a->by, "by", err))
		return false;
	if (a->by.s && !is_identity(a->by))
		return err_set(err, ERR_USAGE,
		               "--by \"" STR_FMT
		               "\" is not of the form \"Name <address>\"",
		               STR_ARG(diag_quote(t->run->arena, a->by)));
	if (event_needs_reason(t->event) && !a->reason.s)
		return err_set(
		        err, ERR_USAGE,
		        "%s needs --reason TEXT: it stands in the history for ever",
		        verb);
	if (operands->n && t->choosing)
		return err_set(err, ERR_USAGE,
		               "give ids, or choose with --all or --field, not both");
	if (!operands->n && !t->choosing)
		return err_set(err, ERR_USAGE,
		               "%s which entries? Give ids, or choose with --field%s",
		               verb, event_is_public(t->event) ? "" : " or --all");
	if (a->all && !a->fields.n && event_is_public(t->event))
		return err_set(err, ERR_USAGE,
		               "--all alone would %s everything that is published; give "
		               "ids, or --field TERM",
		               verb);
	return run_day(&t->date, a->date, t->run, err);
}

static bool open_repo(struct transition *t, struct err *err)
{
	struct err why = {0};

	if (repo_open(&t->repo, t->dataset->dir, t->run->arena, &why))
		return true;
	t->repo = NULL;
	if (event_is_public(t->event) || t->args.commit)
		return err_set(err, why.code, "%s", why.text);
	return err_set(err, ERR_USAGE,
	               "%s; outside of a repository give --by \"Name <address>\"",
	               why.text);
}

static bool own_identity(struct transition *t, struct err *err)
{
	struct err why = {0};

	if (!repo_identity(&t->by, t->repo, t->run->arena, err))
		return false;
	if (clean_text(&t->by, "by", &why))
		return true;
	return err_set(err, ERR_REPO,
	               "git's user.name or user.email is no UTF-8 text; set it anew or "
	               "give --by \"Name <address>\"");
}

static bool open_all(struct transition *t, struct err *err)
{
	struct run *r = t->run;

	if (!run_open_dataset(&t->dataset, r, "", &t->found, err))
		return false;
	t->by = t->args.by;
	if ((!t->by.s || t->args.commit || event_is_public(t->event)) &&
	    !open_repo(t, err))
		return false;
	if (t->args.commit && !transition_may_commit(t, err))
		return false;
	if (!t->by.s && !own_identity(t, err))
		return false;
	if (event_is_public(t->event))
		return transition_open_record(t, err);
	transition_look_at_record(t);
	return true;
}

/* ---- findings ---- */

void transition_tell(const struct transition *t, const struct diag_list *diags,
                     size_t files)
{
	struct output *out = &t->run->err;
	struct findings_lines lines = {0};
	struct findings f = {
	        .format = FINDINGS_HUMAN,
	        .out = &out->buf,
	        .colour = out->colour,
	        .line = findings_lines_get,
	        .context = &lines,
	};

	findings_begin(&f);
	for (size_t i = 0; i < diags->n; i++) {
		struct diag d = diags->items[i];

		d.severity = dataset_finding_severity(t->dataset, &d);
		findings_add(&f, &d);
	}
	f.summary.files = files ? files : f.summary.files_with;
	findings_end(&f);
	findings_lines_release(&lines);
	(void)output_flush(out);
}

/*
 * Whether D stands in the way. What is submitted or approved must be in order; the other events
 * are not about the content that lies here.
 */
static bool matters(const struct transition *t, const struct diag *d)
{
	struct str id = str_of(d->rule->id);

	if (dataset_finding_severity(t->dataset, d) != SEVERITY_ERROR)
		return false;
	if (t->event == EVENT_REVIEW || t->event == EVENT_APPROVED)
		return true;
	return d->rule != &rule_history_number &&
	       (str_starts(id, STR("history.")) || str_starts(id, STR("syntax.")) ||
	        str_starts(id, STR("io.")));
}

static bool check_files(struct transition *t, bool *trouble, struct err *err)
{
	struct arena *arena = t->run->arena;
	CLEANUP(file_list_release) struct file_list files = {.arena = arena};
	struct check_options opt = {.dataset = t->dataset, .partial = true};
	struct check_result result;

	*trouble = false;
	if (!t->n)
		return true;
	for (size_t i = 0; i < t->n; i++)
		file_list_add(&files, &t->steps[i].file);
	if (!dataset_load_schemas(t->dataset, &(struct schema_options){0}, NULL, err) ||
	    !dataset_check(&result, &files, &opt, arena, err))
		return false;
	for (size_t i = 0; i < result.diags.n; i++)
		if (matters(t, &result.diags.items[i]))
			map_set(&t->broken, result.diags.items[i].file, t);
	*trouble = result.io_trouble;
	if (t->broken.n && !t->choosing)
		transition_tell(t, &result.diags, result.files);
	return true;
}

/* ---- refusing ---- */

void transition_refuse(struct transition *t, struct step *step, const char *fmt, ...)
{
	struct str why;
	va_list ap;

	va_start(ap, fmt);
	why = arena_vfmt(t->run->arena, fmt, ap);
	va_end(ap);
	step->possible = false;
	t->refused += !t->choosing;
	t->left_out += t->choosing;
	run_say(t->run, "%s" STR_FMT ": " STR_FMT, t->choosing ? "left out " : "",
	        STR_ARG(step->name), STR_ARG(why));
}

static enum status tell_refused(const struct transition *t, bool trouble)
{
	if (t->n > 1)
		run_say(t->run, "%zu of %zu entries refused; nothing was written",
		        t->refused, t->n);
	return trouble ? STATUS_FAILED : STATUS_FINDINGS;
}

/* ---- writing ---- */

static bool write_step(struct replacing *all, const struct transition *t,
                       const struct step *step, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_FILE_BYTES);
	struct reading reading;
	struct diag_list unused;

	diag_init(&unused, &scratch);
	if (!transition_read(&reading, t, step, &scratch, &unused))
		return err_set(err, ERR_IO,
		               STR_FMT ": somebody else changed it meanwhile",
		               STR_ARG(step->file.path));
	return history_append(&text, &reading.doc, &step->file.collection->roles,
	                      &step->line, err) &&
	       replacing_add(all, step->file.path, step->digest, buf_str(&text), err);
}

static bool write_all_steps(const struct transition *t, struct err *err)
{
	struct replacing all;
	bool ok = true;

	replacing_begin(&all, t->run->arena);
	for (size_t i = 0; ok && i < t->n; i++)
		if (t->steps[i].possible)
			ok = write_step(&all, t, &t->steps[i], err);
	ok = ok && replacing_finish(&all, err);
	replacing_release(&all);
	return ok;
}

/* ---- telling ---- */

static size_t print(struct transition *t, struct str *only)
{
	struct transition_row *rows =
	        arena_array(t->run->arena, struct transition_row, t->n);
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct step *s = &t->steps[i];

		if (!s->possible)
			continue;
		*only = s->name;
		rows[n++] =
		        (struct transition_row){.id = s->id,
		                                .collection = s->file.collection->name,
		                                .path = s->file.path,
		                                .name = s->name,
		                                .version = s->line.version,
		                                .from = s->from,
		                                .to = s->to};
	}
	transition_render(&t->run->out.buf, (enum transition_format)t->args.format, rows,
	                  n);
	return n;
}

/* What comes next, once. */
static void hint(const struct transition *t, size_t n, struct str only)
{
	struct str id = n == 1 ? only : STR("ID...");
	const char *release = "readers see it with the next release: `stemma release`";

	if (!n && t->choosing)
		run_say(t->run, "nothing to %s", t->run->command->name);
	else if (t->args.dry_run)
		run_say(t->run, "nothing was written (--dry-run)");
	else if (t->event == EVENT_REVIEW)
		run_say(t->run,
		        "next: `stemma approve " STR_FMT "`, or `stemma return " STR_FMT
		        " --reason TEXT`",
		        STR_ARG(id), STR_ARG(id));
	else if (t->event == EVENT_RETURNED)
		run_say(t->run, "next: edit, then `stemma submit " STR_FMT "`",
		        STR_ARG(id));
	else
		run_say(t->run, "%s", release);
}

static enum status finish(struct transition *t)
{
	struct str only = STR_NONE;
	struct err err = {0};
	size_t n;

	if (!t->args.dry_run && !write_all_steps(t, &err))
		return run_fail(t->run, &err);
	n = print(t, &only);
	if (n && t->args.commit && !t->args.dry_run && !transition_commit(t, &err))
		return run_fail(t->run, &err);
	hint(t, n, only);
	return STATUS_OK;
}

static void release(struct transition *t)
{
	library_release(&t->library);
	dataset_release(t->dataset);
	repo_close(t->repo);
}

static enum status fail(const struct transition *t, const struct err *err)
{
	if (t->found.n)
		transition_tell(t, &t->found, 0);
	return run_fail(t->run, err);
}

enum status transition_run(struct run *r, const void *values,
                           const struct opt_list *operands)
{
	const struct transition_args *args = values;
	CLEANUP(release)
	struct transition t = {.run = r,
	                       .args = *args,
	                       .event = event_of(r->command),
	                       .choosing = args->all || args->fields.n};
	struct err err = {0};
	enum status status;
	bool trouble;

	diag_init(&t.found, r->arena);
	map_init(&t.seen, r->arena);
	map_init(&t.stems, r->arena);
	map_init(&t.broken, r->arena);
	map_init(&t.others, r->arena);
	if (!check_args(&t, operands, &err))
		return run_usage(r, "%s", err.text);
	if (!open_all(&t, &err))
		return fail(&t, &err);
	status = transition_select(&t, operands);
	if (status != STATUS_OK)
		return status;
	if (!check_files(&t, &trouble, &err) || !transition_decide(&t, &err))
		return fail(&t, &err);
	return t.refused ? tell_refused(&t, trouble) : finish(&t);
}
