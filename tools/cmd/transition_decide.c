/*
 * transition_decide.c - the history line of each entry, or why there is none
 */
#include "cmd/transition.h"

#include "base/limits.h"
#include "digest/digest.h"

#include <string.h>

bool transition_read(struct reading *out, const struct transition *t,
                     const struct step *step, struct arena *arena,
                     struct diag_list *diags)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	const struct collection *c = step->file.collection;
	const struct tree *tree = t->dataset->tree;
	struct source *source = arena_new(arena, struct source);
	struct docs docs;
	const char *why = "it is too large";

	diag_file(diags, step->file.path);
	if (tree->read(tree, source, &bytes, step->file.path, &why) != SOURCE_OK) {
		diag_add(diags, &rule_io_unreadable, (struct span){0},
		         "cannot be read: %s", why);
		return false;
	}
	source->bytes = arena_str(arena, source->bytes);
	sha256_text(out->digest, source->bytes);
	if (!doc_read(&docs, source, &c->read, arena, diags))
		return false;
	if (docs.n != 1) {
		diag_add(
		        diags, &rule_history_line, (struct span){0},
		        "the file holds %zu documents; an entry with versions has a file "
		        "of its own",
		        docs.n);
		return false;
	}
	out->doc = docs.items[0];
	history_read(&out->history, &c->roles, &out->doc.root, arena);
	out->standing = history_standing(&out->history, out->history.n);
	out->content = version_content(&c->roles, &out->doc.root, arena);
	return true;
}

/* What to do about a refusal, as " (...)", or "". */
static const char *advice(const struct transition *t, const struct step *step,
                          const struct reading *r)
{
	struct working w = history_working(&r->history, r->content);
	const char *verb = NULL;

	if (event_is_public(t->event))
		return "";
	if (r->standing.public_state == STATE_WITHDRAWN && t->event != EVENT_RETURNED)
		verb = "reinstate";
	else if (t->event == EVENT_APPROVED && w.state == STATE_DRAFT)
		verb = "submit";
	else if (t->event == EVENT_RETURNED && r->standing.open)
		verb = "submit";
	if (verb)
		return arena_fmt(t->run->arena, " (`stemma %s " STR_FMT "`)", verb,
		                 STR_ARG(step->name))
		        .s;
	if (t->event == EVENT_REVIEW && w.state == STATE_APPROVED)
		return " (an edit makes it a draft of the next version)";
	if (t->event == EVENT_REVIEW)
		return arena_fmt(t->run->arena,
		                 " (`stemma approve " STR_FMT
		                 "` or `stemma return " STR_FMT " --reason TEXT`)",
		                 STR_ARG(step->name), STR_ARG(step->name))
		        .s;
	return "";
}

/* The state the event starts from, and the one it leads to. */
static void set_states(const struct transition *t, struct step *step,
                       const struct reading *r)
{
	step->from = event_is_public(t->event)
	                     ? standing_public(&r->standing, step->line.version)
	                     : history_working(&r->history, r->content).state;
	if (!state_next(&step->to, step->from, t->event))
		step->to = step->from;
}

static bool allowed(struct transition *t, struct step *step, const struct reading *r,
                    struct arena *scratch)
{
	const struct history *h = &r->history;
	const struct rule *rule;
	const char *why =
	        history_refuses(&r->standing, h, h->n, &step->line, &rule, scratch);

	if (why && t->choosing)
		step->possible = false; /* it is not one of those that were asked for */
	else if (why)
		transition_refuse(t, step, "%s%s", why, advice(t, step, r));
	if (why)
		return false;
	if (!h->n || str_cmp(t->date, h->lines[h->n - 1].date) >= 0)
		return true;
	transition_refuse(t, step,
	                  STR_FMT
	                  " is before " STR_FMT
	                  ", the day of its last history line; give a later --date",
	                  STR_ARG(t->date), STR_ARG(h->lines[h->n - 1].date));
	return false;
}

/* The optional rule that two people look at a version; it trusts what --by says. */
static bool by_another(struct transition *t, struct step *step, const struct standing *s)
{
	enum severity severity = dataset_severity(t->dataset, &rule_history_two_person);

	if (t->event != EVENT_APPROVED || severity == SEVERITY_OFF ||
	    !str_eq(s->open_by, t->by))
		return true;
	if (severity != SEVERITY_ERROR) {
		run_say(t->run,
		        "%s: " STR_FMT ": " STR_FMT
		        " submitted it, too; somebody else should approve it",
		        severity_name(severity), STR_ARG(step->name), STR_ARG(t->by));
		return true;
	}
	transition_refuse(t, step,
	                  STR_FMT " submitted it, and the rule %s asks for somebody else "
	                          "to approve it",
	                  STR_ARG(t->by), rule_history_two_person.id);
	return false;
}

static bool can_append(struct transition *t, struct step *step, const struct reading *r)
{
	const struct tree *tree = t->dataset->tree;
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_FILE_BYTES);
	struct err err = {0};

	if (tree->kind(tree, step->file.path) == TREE_LINK) {
		transition_refuse(t, step,
		                  STR_FMT " is a symbolic link, and nothing is written "
		                          "through one; put the file itself there",
		                  STR_ARG(step->file.path));
		return false;
	}
	if (history_append(&text, &r->doc, &step->file.collection->roles, &step->line,
	                   &err))
		return true;
	transition_refuse(t, step, "%s", err.text);
	return false;
}

/* What the line says without looking at the record. */
static void start_line(const struct transition *t, struct step *step,
                       const struct reading *r)
{
	const struct roles *roles = &step->file.collection->roles;

	step->line = (struct history_line){
	        .version = r->standing.approved + 1,
	        .event = t->event,
	        .date = t->date,
	        .by = t->by,
	        .content = arena_str(t->run->arena, r->content),
	        .reason = t->args.reason,
	        .note = t->args.note,
	        .sources = -1,
	};
	if (roles->sources && (t->event == EVENT_REVIEW || t->event == EVENT_APPROVED))
		step->line.sources = (int64_t)entry_source_count(roles, &r->doc.root);
}

static void tell_broken(struct transition *t, struct step *step)
{
	if (t->choosing)
		transition_refuse(t, step,
		                  "it has errors; `stemma validate " STR_FMT
		                  "` shows them",
		                  STR_ARG(step->file.path));
	else
		t->refused++; /* its findings are told already */
}

/* Returns false with ERR set only; refusing an entry is no failure. */
static bool decide(struct transition *t, struct step *step, struct arena *scratch,
                   struct err *err)
{
	struct diag_list diags;
	struct reading r;

	if (map_has(&t->broken, step->file.path)) {
		tell_broken(t, step);
		return true;
	}
	diag_init(&diags, scratch);
	if (!transition_read(&r, t, step, scratch, &diags)) {
		transition_refuse(t, step, STR_FMT, STR_ARG(diags.items[0].text));
		return true;
	}
	start_line(t, step, &r);
	if (event_is_public(t->event) && !transition_published(t, step, &r, err))
		return !err->code;
	set_states(t, step, &r);
	if (!event_is_public(t->event) && t->event != EVENT_RETURNED &&
	    !transition_is_new(t, step, &r))
		return true;
	step->possible = transition_others(t, step) && allowed(t, step, &r, scratch) &&
	                 by_another(t, step, &r.standing) && can_append(t, step, &r);
	memcpy(step->digest, r.digest, sizeof(step->digest));
	return true;
}

bool transition_decide(struct transition *t, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t i = 0; i < t->n; i++) {
		if (!decide(t, &t->steps[i], &scratch, err))
			return false;
		arena_reset(&scratch);
	}
	return true;
}
