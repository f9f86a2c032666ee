/*
 * transition_public.c - events about what readers get: the record tells what that is
 */
#include "cmd/transition.h"

#include "base/text.h"

bool transition_open_record(struct transition *t, struct err *err)
{
	const struct release_policy *p = &t->dataset->release;

	if (!record_open(&t->record, t->repo, t->dataset, t->run->arena, err))
		return false;
	if (t->record.n)
		return true;
	return err_set(err, ERR_REPO,
	               "there is no branch \"" STR_FMT
	               "\" here, so nothing is published as far as this clone knows; if "
	               "there are releases, fetch them: " STR_FMT,
	               STR_ARG(p->branch),
	               STR_ARG(record_fetch_advice(&t->record, t->run->arena)));
}

/* The first public event of P that H does not have, or NULL. */
static const struct history_line *unknown_event(const struct history *h,
                                                const struct history *p)
{
	for (size_t i = 0; i < p->n; i++) {
		bool found = !event_is_public(p->lines[i].event);

		for (size_t k = 0; !found && k < h->n; k++)
			found = doc_equal(h->lines[k].node, p->lines[i].node);
		if (!found)
			return &p->lines[i];
	}
	return NULL;
}

/* Whether the history of the file here knows what the release R says of the entry. */
static bool is_up_to_date(struct transition *t, struct step *step,
                          const struct reading *r, const struct release *newest,
                          const struct published *p)
{
	const struct history_line *event = unknown_event(&r->history, &p->history);

	if (!history_approved(&r->history, r->history.n, p->version)) {
		transition_refuse(
		        t, step,
		        "release " STR_FMT
		        " has v%d of it, which the history of this file does not "
		        "know; bring the branch up to date first",
		        STR_ARG(newest->name), p->version);
		return false;
	}
	if (!event)
		return true;
	transition_refuse(
	        t, step,
	        "release " STR_FMT " says that v%d was %s on " STR_FMT
	        ", which the history of this file does not; merge the branch " STR_FMT
	        " first",
	        STR_ARG(newest->name), event->version, event_name(event->event),
	        STR_ARG(event->date), STR_ARG(t->dataset->release.branch));
	return false;
}

void transition_look_at_record(struct transition *t)
{
	struct err why = {0};

	if (!t->repo && !repo_open(&t->repo, t->dataset->dir, t->run->arena, &why))
		t->repo = NULL;
	if (!t->repo ||
	    !record_open(&t->record, t->repo, t->dataset, t->run->arena, &why))
		t->record = (struct record){0};
}

/* What RELEASE has where STEP's file lies now; false when it cannot be told. */
static bool read_in_place(struct published *out, struct transition *t,
                          const struct step *step, const struct release *release,
                          struct arena *arena)
{
	struct release_file file = {repo_path(t->repo, step->file.path, arena), {{0}}};
	const struct collection *c;
	struct err unused = {0};
	struct doc *doc;

	if (!file.path.s ||
	    repo_at(&file.blob, t->repo, &release->tree, file.path) != TREE_FILE ||
	    !release_read(&doc, &c, &t->record, release, step->file.collection->name,
	                  &file, arena, &unused))
		return false;
	published_read(out, &c->roles, &doc->root, arena);
	return out->version > 0;
}

bool transition_is_new(struct transition *t, struct step *step, const struct reading *r)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct release *newest;
	struct published p;

	if (!t->record.n)
		return true;
	newest = &t->record.releases[t->record.n - 1];
	if (!read_in_place(&p, t, step, newest, &scratch) ||
	    p.version <= r->standing.approved)
		return true;
	transition_refuse(t, step,
	                  "release " STR_FMT
	                  " has v%d of it already, which the history of this file does "
	                  "not know, as after a revert or on an old branch; bring the "
	                  "history lines of the release back, keep the content (`stemma "
	                  "show " STR_FMT " --rev " STR_FMT
	                  "` prints them), then submit it as v%d",
	                  STR_ARG(newest->name), p.version, STR_ARG(step->name),
	                  STR_ARG(newest->name), p.version + 1);
	return false;
}

static bool unpublished(struct transition *t, struct step *step)
{
	if (t->choosing)
		step->possible = false;
	else
		transition_refuse(t, step,
		                  "no release has it; only what is published can be %s",
		                  event_name(t->event));
	return false;
}

bool transition_published(struct transition *t, struct step *step,
                          const struct reading *r, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct release *newest = &t->record.releases[t->record.n - 1];
	struct str name = step->file.collection->name;
	const struct collection *c;
	struct release_file file;
	struct published p;
	struct doc *doc;

	if (!release_locate(&file, &t->record, newest, name, step->id, &scratch, err))
		return !err->code && unpublished(t, step);
	if (!release_read(&doc, &c, &t->record, newest, name, &file, &scratch, err))
		return false;
	published_read(&p, &c->roles, &doc->root, &scratch);
	if (!p.version) {
		transition_refuse(t, step,
		                  "the file in release " STR_FMT
		                  " is no approved version; `stemma verify` tells more",
		                  STR_ARG(newest->name));
		return false;
	}
	if (!is_up_to_date(t, step, r, newest, &p))
		return false;
	step->line.version = p.version;
	step->line.content = arena_str(t->run->arena, p.content);
	return true;
}

/* ---- other entries ---- */

/* Why ID of C cannot be named as another entry, or "". */
static const char *look_up(struct transition *t, const struct collection *c,
                           struct str id)
{
	struct arena *arena = t->run->arena;
	struct str shown = diag_quote(arena, id), near = STR_NONE;
	struct diag_list diags;
	struct history h;
	struct entry e;

	diag_init(&diags, arena);
	if (str_find(id, '/') < id.n || text_invalid(id) < id.n ||
	    !library_entry(
	            &e, &t->library,
	            arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(c->name), STR_ARG(id)),
	            &near, &diags)) {
		if (near.n)
			return arena_fmt(arena,
			                 "there is no entry \"" STR_FMT "\" in " STR_FMT
			                 "; did you mean \"" STR_FMT "\"?",
			                 STR_ARG(shown), STR_ARG(c->name), STR_ARG(near))
			        .s;
		return arena_fmt(arena, "%s \"" STR_FMT "\" in " STR_FMT,
		                 diags.n ? "cannot read the entry" : "there is no entry",
		                 STR_ARG(shown), STR_ARG(c->name))
		        .s;
	}
	history_read(&h, &c->roles, &e.doc->root, arena);
	if (history_standing(&h, h.n).public_state != STATE_WITHDRAWN)
		return "";
	return arena_fmt(arena, "\"" STR_FMT "\" is withdrawn itself", STR_ARG(shown)).s;
}

/* ID may be written COLLECTION/ID; it is cut to the id alone. */
static bool other(struct transition *t, struct step *step, const char *option,
                  struct str *id)
{
	const struct collection *c = step->file.collection;
	struct str own = arena_fmt(t->run->arena, STR_FMT "/", STR_ARG(c->name)), key;
	const char *why;

	if (str_starts(*id, own))
		*id = str_sub(*id, own.n, id->n);
	key = arena_fmt(t->run->arena, STR_FMT STR_FMT, STR_ARG(own), STR_ARG(*id));
	if (str_eq(*id, step->id)) {
		transition_refuse(t, step, "--%s: that is the entry itself", option);
		return false;
	}
	why = map_get(&t->others, key);
	if (!why) {
		why = look_up(t, c, *id);
		map_set(&t->others, key, (void *)(uintptr_t)why);
	}
	if (*why)
		transition_refuse(t, step, "--%s: %s", option, why);
	return !*why;
}

bool transition_others(struct transition *t, struct step *step)
{
	const struct opt_list *successors = &t->args.successors;
	struct str *ids = arena_array(t->run->arena, struct str, successors->n);
	struct str duplicate_of = t->args.duplicate_of;

	for (size_t i = 0; i < successors->n; i++) {
		ids[i] = successors->items[i];
		if (!other(t, step, "successor", &ids[i]))
			return false;
	}
	if (duplicate_of.s && !other(t, step, "duplicate-of", &duplicate_of))
		return false;
	step->line.successors = ids;
	step->line.successors_n = successors->n;
	step->line.duplicate_of = duplicate_of;
	return true;
}
