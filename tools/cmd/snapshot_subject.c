/*
 * snapshot_subject.c - what a snapshot is made of: a release, or the preview of one
 */
#include "cmd/release.h"
#include "cmd/snapshot.h"
#include "export/export.h"

void subject_release(struct subject *s)
{
	previewed_release(&s->previewed);
}

static const struct release *last_of(const struct record *record)
{
	return record->n ? &record->releases[record->n - 1] : NULL;
}

/* The release that NAME is: its name, or a revision: "published~1", a hash. NULL: none. */
static const struct release *find_release(const struct record *record, struct str name,
                                          const struct oid *commit)
{
	const struct release *release = record_find(record, name);

	for (size_t i = 0; i < record->n && !release && commit; i++)
		if (oid_eq(&record->releases[i].commit, commit))
			release = &record->releases[i];
	return release;
}

static bool fail_unknown(const struct record *record, struct str name,
                         const struct err *why, struct err *err)
{
	const struct release *last = last_of(record);

	if (!last || why->code != ERR_USAGE)
		return err_set(err, why->code, "%s", why->text);
	return err_set(err, ERR_USAGE,
	               "there is no release \"" STR_FMT "\", the last one is " STR_FMT
	               "; and %s",
	               STR_ARG(diag_quote(record->arena, name)), STR_ARG(last->name),
	               why->text);
}

static enum status preview(struct subject *s, struct run *r, const struct workplace *w,
                           const struct oid *commit)
{
	struct previewed *p = &s->previewed;
	struct diag_list diags;
	struct err err = {0};

	diag_init(&diags, r->arena);
	if (!previewed_open(p, r, w, commit, &diags, &err)) {
		if (diags.n)
			(void)run_tell_findings(r, &diags, p->tree);
		return run_fail(r, &err);
	}
	if (!previewed_plan_next(p, &err))
		return run_fail(r, &err);
	if (p->preview.plan.refused)
		return release_refuse(r, &p->preview.plan, "no snapshot was made");
	release_tell_uncommitted(r, w->repo, p->dataset, s->name, "preview");
	s->record = p->result;
	return STATUS_OK;
}

enum status subject_work_tree(struct subject *out, struct run *r,
                              const struct workplace *w, struct str except)
{
	struct err err = {0};
	struct oid commit;

	out->name = STR("the work tree");
	if (repo_is_bare(w->repo))
		return run_usage(r,
		                 "this repository is bare and has no work tree; name a "
		                 "revision or a release");
	if (!repo_work_commit(&commit, w->repo, except, &err))
		return run_fail(r, &err);
	return preview(out, r, w, &commit);
}

enum status subject_named(struct subject *s, struct run *r, const struct workplace *w,
                          struct str name)
{
	const struct record *record = &w->record;
	const struct release *release = last_of(record);
	struct err err = {0}, why = {0};
	struct oid commit;
	bool known = name.s && repo_resolve(&commit, w->repo, name, r->arena, &why);

	s->name = name;
	if (name.s)
		release = find_release(record, name, known ? &commit : NULL);
	if (release) {
		s->record = record_until(record, release->index);
		return STATUS_OK;
	}
	if (known)
		return preview(s, r, w, &commit);
	if (name.s)
		(void)fail_unknown(record, name, &why, &err);
	else
		(void)err_set(&err, ERR_REPO,
		              "there is no release to make a snapshot of%s",
		              record_may_be_elsewhere(record)
		                      ? ""
		                      : "; `stemma release --first` makes the first one");
	return run_fail(r, &err);
}

void subject_tell(struct run *r, const struct subject *s)
{
	const struct record *known = &s->previewed.record;
	size_t n = s->previewed.preview.known.n;

	if (!s->previewed.dataset)
		return;
	if (!last_of(&s->record)->preview)
		run_say(r,
		        "nothing in " STR_FMT " differs from release " STR_FMT
		        ": this is the snapshot of that",
		        STR_ARG(s->name), STR_ARG(last_of(&s->record)->name));
	if (n < known->n)
		run_say(r,
		        STR_FMT " lacks release " STR_FMT "%s, and so does its preview",
		        STR_ARG(s->name), STR_ARG(known->releases[n].name),
		        n + 1 < known->n ? " and later ones" : "");
}

void subject_words(struct buf *out, const struct subject *s)
{
	const struct release *last = last_of(&s->record);

	if (!last->preview) {
		buf_addf(out, "release " STR_FMT, STR_ARG(last->name));
		return;
	}
	buf_addf(out, STR_FMT " of " STR_FMT, STR_ARG(last->name), STR_ARG(s->name));
	if (last->index)
		buf_addf(out, ", after release " STR_FMT, STR_ARG(last[-1].name));
}
