/*
 * make.c - objects first, then the tag, then the branch
 */
#include "base/limits.h"
#include "publish/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the steps of making one ---- */

struct making {
	const struct release_plan *plan;
	struct repo *repo;
	struct arena *arena;
	struct str who, tag_ref;
	struct oid tag;
	struct err *err;
};

static void write_message(struct buf *out, const struct release_plan *p)
{
	const struct release release = {.name = p->name,
	                                .date = p->options->date,
	                                .config = p->options->config,
	                                .source = p->options->source};

	buf_addf(out, "Release " STR_FMT "\n\n", STR_ARG(p->name));
	release_plan_summary(out, p);
	buf_addz(out, "\n\n");
	release_trailer(out, &release);
}

/* The branch must not be moved below somebody's work tree. */
static bool check_work_trees(struct making *m)
{
	static const char *const args[] = {"worktree", "list", "--porcelain", NULL};
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str branch = m->plan->dataset->release.branch, rest, line;
	struct str wanted =
	        arena_fmt(m->arena, "branch refs/heads/" STR_FMT, STR_ARG(branch));
	struct err ignored = {0};
	int status;

	if (!repo_git(m->repo, args, STR(""), &out, NULL, &status, &ignored))
		return true;
	rest = buf_str(&out);
	while (str_split(&rest, '\n', &line))
		if (str_eq(line, wanted))
			return err_set(
			        m->err, ERR_REPO,
			        "the branch " STR_FMT
			        " is checked out; only stemma writes to it: switch to "
			        "a branch of your own (git switch -c urgent) and run "
			        "this again",
			        STR_ARG(branch));
	return true;
}

static bool write_commit(struct making *m, struct oid *out)
{
	CLEANUP(buf_release) struct buf message = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct release_plan *p = m->plan;
	const struct oid *parent = p->previous ? &p->previous->commit : NULL;

	write_message(&message, p);
	if (p->options->sign)
		return sign_commit(out, m->repo, &p->tree, parent, p->options->time,
		                   buf_str(&message), m->arena, m->err);
	return repo_write_commit(out, m->repo, &p->tree, parent, m->who, p->options->time,
	                         buf_str(&message), m->err);
}

static bool write_tag(struct making *m, const struct oid *commit, struct str notes)
{
	const struct release_plan *p = m->plan;

	if (p->options->sign)
		return sign_tag(m->repo, p->tag, commit, p->options->time, notes,
		                m->arena, m->err) &&
		       repo_ref(&m->tag, m->repo, m->tag_ref.s);
	return repo_write_tag(&m->tag, m->repo, p->tag, commit, m->who, p->options->time,
	                      notes, m->err) &&
	       repo_move_ref(m->repo, m->tag_ref.s, NULL, &m->tag, "release", m->err);
}

/* The branch was moved by somebody else: the tag that is on no branch goes again. */
static void take_back(struct making *m)
{
	const char *args[] = {"update-ref", "-d", m->tag_ref.s,
	                      oid_hex(&m->tag, OID_HEX, m->arena).s, NULL};
	struct err ignored = {0};
	int status;

	if (!repo_git(m->repo, args, STR(""), NULL, NULL, &status, &ignored))
		return; /* the message tells of the branch, which is what matters */
}

static bool move_branch(struct repo *r, const struct record *record,
                        const struct oid *commit, struct err *err)
{
	struct oid now;
	bool there = repo_ref(&now, r, record->local.s);

	return repo_move_ref(r, record->local.s, there ? &now : NULL, commit, "release",
	                     err);
}

static bool finish(struct making *m, const struct oid *from, const struct oid *commit)
{
	const struct record *record = m->plan->record;
	struct err why = {0};

	if (repo_move_ref(m->repo, record->local.s, from, commit, "release", &why))
		return true;
	if (why.code == ERR_MOVED) {
		take_back(m);
		return err_set(m->err, why.code, "%s", why.text);
	}
	return err_set(m->err, why.code,
	               "%s; the release " STR_FMT
	               " is tagged, and the next `stemma release` completes it",
	               why.text, STR_ARG(m->plan->name));
}

bool publish_make(struct oid *commit, const struct release_plan *plan, struct str notes,
                  struct err *err)
{
	struct making m = {.plan = plan,
	                   .repo = plan->record->repo,
	                   .arena = plan->arena,
	                   .err = err};
	struct oid local;
	bool there = repo_ref(&local, m.repo, plan->record->local.s);

	m.tag_ref = arena_fmt(m.arena, "refs/tags/" STR_FMT, STR_ARG(plan->tag));
	return repo_identity(&m.who, m.repo, m.arena, err) && check_work_trees(&m) &&
	       write_commit(&m, commit) && write_tag(&m, commit, notes) &&
	       finish(&m, there ? &local : NULL, commit);
}

/* ---- completing one ---- */

/* A tag of a release that is not on the branch. */
struct loose {
	struct str name; /* of the release */
	struct oid commit, parent;
	bool has_parent;
};

struct looking {
	struct record *record;
	struct str config;
	struct loose *items;
	size_t n, cap;
	struct arena *arena;
};

static bool note_tag(void *ctx, struct str ref, const struct oid *target)
{
	struct looking *l = ctx;
	struct str tag = str_sub(ref, strlen("refs/tags/"), ref.n);
	struct err ignored = {0};
	struct release release;
	struct commit c;
	struct oid id;

	if (record_find(l->record, tag) || !repo_peel(&id, l->record->repo, target) ||
	    !repo_commit(&c, l->record->repo, &id, l->arena, &ignored) ||
	    c.parents_n > 1 || !release_parse(&release, &c, l->arena) ||
	    !str_eq(release.config, l->config) ||
	    !str_eq(tag, record_tag(l->record, release.name, l->arena)))
		return true;
	*arena_push(l->arena, l->items, l->n, l->cap) =
	        (struct loose){.name = release.name,
	                       .commit = id,
	                       .parent = c.parents_n ? c.parents[0] : id,
	                       .has_parent = c.parents_n};
	return true;
}

/* The one that comes right behind the last release, or NULL. */
static const struct loose *next_of(const struct looking *l)
{
	const struct record *r = l->record;

	for (size_t i = 0; i < l->n; i++)
		if (r->n ? l->items[i].has_parent && oid_eq(&l->items[i].parent,
		                                            &r->releases[r->n - 1].commit)
		         : !l->items[i].has_parent && l->n == 1)
			return &l->items[i];
	return NULL;
}

static bool look(struct looking *l, struct repo *r, const struct dataset *d,
                 struct record *record, struct arena *arena, struct err *err)
{
	struct str glob = arena_fmt(arena, "refs/tags/" STR_FMT "*",
	                            STR_ARG(d->release.tag_prefix));
	struct str config = l->config;

	*l = (struct looking){.record = record, .config = config, .arena = arena};
	return record_open(record, r, d, arena, err) &&
	       repo_refs(r, glob.s, note_tag, l, err);
}

bool publish_complete(struct str *done, struct repo *r, const struct dataset *d,
                      struct str config, bool dry, struct arena *arena, struct err *err)
{
	struct looking l = {.config = config};
	struct record record;
	const struct loose *next;

	*done = STR_NONE;
	for (;;) {
		if (!look(&l, r, d, &record, arena, err))
			return false;
		next = next_of(&l);
		if (!next && !record.n && l.n)
			return err_set(
			        err, ERR_REPO,
			        "there are tags of releases here, but no branch " STR_FMT
			        "; fetch it (git fetch " STR_FMT " " STR_FMT
			        ":refs/remotes/" STR_FMT "/" STR_FMT ")",
			        STR_ARG(d->release.branch), STR_ARG(d->release.remote),
			        STR_ARG(d->release.branch), STR_ARG(d->release.remote),
			        STR_ARG(d->release.branch));
		if (!next)
			return true;
		*done = next->name;
		if (dry)
			return true;
		if (!move_branch(r, &record, &next->commit, err))
			return false;
	}
}
