/*
 * remote.c - the record on a remote: fetched before a release, pushed after it
 *
 * git itself does both: atomic pushes and a server's answers are out of libgit2's reach.
 */
#include "base/limits.h"
#include "publish/internal.h"

#include <string.h>

/* References of a remote: name -> struct oid *. */
static bool list_remote(struct map *out, struct repo *r, struct str remote,
                        const char *branch, const char *tags, struct arena *arena,
                        struct err *err)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const char *args[] = {"ls-remote", "--", arena_str(arena, remote).s,
	                      branch,      tags, NULL};
	struct str rest, line;
	int status;

	map_init(out, arena);
	if (!repo_git(r, args, STR(""), &text, &talk, &status, err))
		return false;
	if (status)
		return err_set(err, ERR_REPO, "cannot reach " STR_FMT ": " STR_FMT,
		               STR_ARG(remote), STR_ARG(git_words(buf_str(&talk))));
	rest = arena_str(arena, buf_str(&text));
	while (str_split(&rest, '\n', &line)) {
		struct oid *id = arena_new(arena, struct oid);

		if (oid_parse(id, str_sub(line, 0, OID_HEX)))
			map_set(out, str_sub(line, OID_HEX + 1, line.n), id);
	}
	return true;
}

static struct str branch_ref(const struct dataset *d, struct arena *arena)
{
	return arena_fmt(arena, "refs/heads/" STR_FMT, STR_ARG(d->release.branch));
}

static struct str tags_glob(const struct dataset *d, struct arena *arena)
{
	return arena_fmt(arena, "refs/tags/" STR_FMT "*", STR_ARG(d->release.tag_prefix));
}

/* ---- fetching ---- */

static bool run_fetch(struct repo *r, struct str remote, struct str refspec,
                      struct buf *talk, int *status, struct err *err)
{
	const char *args[] = {"fetch", "--no-tags", remote.s, refspec.s, NULL};

	return repo_git(r, args, STR(""), NULL, talk, status, err);
}

static bool fail_fetch(struct str remote, struct str talk, struct err *err)
{
	return err_set(err, ERR_REPO,
	               "cannot fetch what is published from " STR_FMT ": " STR_FMT
	               "; nothing was changed",
	               STR_ARG(remote), STR_ARG(git_words(talk)));
}

/* From " ! [rejected]  v2026.06 -> v2026.06  (would clobber existing tag)" the first name. */
static struct str rejected_tag(struct str talk)
{
	struct str line, word;

	while (str_split(&talk, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("! [rejected]")))
			continue;
		line = str_trim(str_sub(line, strlen("! [rejected]"), line.n));
		if (str_split(&line, ' ', &word))
			return word;
	}
	return STR_NONE;
}

static bool fetch_tags(struct repo *r, const struct dataset *d, struct str remote,
                       struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str glob = tags_glob(d, arena), tag;
	int status;

	if (!run_fetch(
	            r, remote,
	            arena_fmt(arena, STR_FMT ":" STR_FMT, STR_ARG(glob), STR_ARG(glob)),
	            &talk, &status, err))
		return false;
	if (!status)
		return true;
	tag = rejected_tag(buf_str(&talk));
	if (!tag.n)
		return fail_fetch(remote, buf_str(&talk), err);
	return err_set(err, ERR_REPO,
	               "the tag " STR_FMT " is another one on " STR_FMT
	               "; if the remote is right, take yours back (git tag -d " STR_FMT
	               ") and run this again; else find out who moved it there",
	               STR_ARG(tag), STR_ARG(remote), STR_ARG(tag));
}

/* Whether one of both is an ancestor of the other; reading the record tells when not. */
static bool is_line(struct repo *r, struct str local, struct str tracking)
{
	struct err ignored = {0};
	bool ahead, behind;
	struct oid a, b;

	return !repo_ref(&a, r, local.s) || !repo_ref(&b, r, tracking.s) ||
	       (repo_is_ancestor(&behind, r, &a, &b, &ignored) &&
	        repo_is_ancestor(&ahead, r, &b, &a, &ignored) && (ahead || behind));
}

static bool fetch(struct repo *r, const struct dataset *d, struct str tracking,
                  struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str remote = arena_str(arena, d->release.remote);
	struct str branch = branch_ref(d, arena);
	int status;

	if (!run_fetch(r, remote,
	               arena_fmt(arena, "+" STR_FMT ":" STR_FMT, STR_ARG(branch),
	                         STR_ARG(tracking)),
	               &talk, &status, err))
		return false;
	if (status)
		return fail_fetch(remote, buf_str(&talk), err);
	return !is_line(r, branch, tracking) || fetch_tags(r, d, remote, arena, err);
}

bool publish_fetch(struct repo *r, const struct dataset *d, bool always,
                   struct arena *arena, struct err *err)
{
	const struct release_policy *p = &d->release;
	struct str url = arena_fmt(arena, "remote." STR_FMT ".url", STR_ARG(p->remote));
	struct str tracking = arena_fmt(arena, "refs/remotes/" STR_FMT "/" STR_FMT,
	                                STR_ARG(p->remote), STR_ARG(p->branch));
	struct str branch = branch_ref(d, arena);
	struct err why = {0};
	struct map there;
	struct oid id;
	bool known = repo_ref(&id, r, tracking.s);

	if (!repo_config(r, url.s, arena).n || (!known && !always))
		return true;
	if (!list_remote(&there, r, p->remote, branch.s, NULL, arena, &why))
		return err_set(err, why.code,
		               "%s; try again, or go by what was fetched before with "
		               "--offline",
		               why.text);
	if (map_has(&there, branch))
		return fetch(r, d, tracking, arena, err);
	return !known ||
	       err_set(err, ERR_REPO,
	               "the branch " STR_FMT " is gone from " STR_FMT
	               "; find out who removed it, and push it again (git push " STR_FMT
	               " " STR_FMT ":refs/heads/" STR_FMT ")",
	               STR_ARG(p->branch), STR_ARG(p->remote), STR_ARG(p->remote),
	               STR_ARG(tracking), STR_ARG(p->branch));
}

/* ---- pushing ---- */

struct pushing {
	const struct record *record;
	struct str remote;
	struct map there;
	const char **refspecs; /* n of them */
	struct str *names; /* of the references on the remote */
	struct oid *targets;
	size_t n;
	struct arena *arena;
	struct err *err;
};

static void push_add(struct pushing *p, struct str name, const struct oid *target)
{
	p->names[p->n] = name;
	p->targets[p->n] = *target;
	p->refspecs[p->n++] =
	        arena_fmt(p->arena, STR_FMT ":" STR_FMT,
	                  STR_ARG(oid_hex(target, OID_HEX, p->arena)), STR_ARG(name))
	                .s;
}

static bool add_tag(struct pushing *p, const struct release *release)
{
	struct str name =
	        arena_fmt(p->arena, "refs/tags/" STR_FMT,
	                  STR_ARG(record_tag(p->record, release->name, p->arena)));
	const struct oid *other = map_get(&p->there, name);
	struct oid id;

	if (!repo_ref(&id, p->record->repo, name.s))
		return true;
	if (!other)
		push_add(p, name, &id);
	return !other || oid_eq(other, &id) ||
	       err_set(p->err, ERR_REPO,
	               STR_FMT
	               " is another one on " STR_FMT
	               ": a tag of a release is never moved; find out who moved it",
	               STR_ARG(name), STR_ARG(p->remote));
}

/* The remote's branch leads somewhere else. */
static bool fail_behind(struct pushing *p)
{
	struct str tag = record_tag(p->record, p->record->releases[p->record->n - 1].name,
	                            p->arena);

	return err_set(p->err, ERR_MOVED,
	               STR_FMT
	               " has a release that is not here: somebody else was faster. "
	               "Take yours back (git tag -d " STR_FMT
	               "; git update-ref -d " STR_FMT
	               "), then run this again: what is published there is fetched first",
	               STR_ARG(p->remote), STR_ARG(tag), STR_ARG(p->record->local));
}

static bool is_ours(struct pushing *p, const struct oid *other)
{
	struct repo *r = p->record->repo;
	struct err ignored = {0};
	struct commit c;
	bool ours;

	return repo_commit(&c, r, other, p->arena, &ignored) &&
	       repo_is_ancestor(&ours, r, other,
	                        &p->record->releases[p->record->n - 1].commit,
	                        &ignored) &&
	       ours;
}

static bool collect(struct pushing *p)
{
	const struct record *r = p->record;
	const struct oid *tip = &r->releases[r->n - 1].commit;
	const struct oid *other = map_get(&p->there, r->local);

	if (other && !is_ours(p, other))
		return fail_behind(p);
	p->refspecs = arena_array(p->arena, const char *, r->n + 1);
	p->names = arena_array(p->arena, struct str, r->n + 1);
	p->targets = arena_array(p->arena, struct oid, r->n + 1);
	if (!other || !oid_eq(other, tip))
		push_add(p, r->local, tip);
	for (size_t i = 0; i < r->n; i++)
		if (!add_tag(p, &r->releases[i]))
			return false;
	return true;
}

#define AGAIN \
	"the release is made here and nothing is lost: when that is settled, `stemma " \
	"release --push " STR_FMT "` pushes it again"

/* The references that the remote refused, from lines "!<TAB>from:to<TAB>why". */
static bool fail_push(struct pushing *p, struct str answer, struct str talk)
{
	CLEANUP(buf_release) struct buf told = BUF_INIT(LIMIT_PUSH_TOLD);
	struct str line;

	while (str_split(&answer, '\n', &line)) {
		size_t colon = str_find(line, ':'), tab = str_rfind(line, '\t');

		if (!str_starts(line, STR("!\t")) || colon > tab || tab == line.n)
			continue;
		buf_addf(&told, "%s" STR_FMT " " STR_FMT, told.n ? ", " : "",
		         STR_ARG(str_sub(line, colon + 1, tab - colon - 1)),
		         STR_ARG(str_sub(line, tab + 1, line.n)));
	}
	if (!told.n)
		buf_add(&told, git_words(talk));
	return err_set(p->err, ERR_REPO, STR_FMT " did not take it: " STR_FMT "; " AGAIN,
	               STR_ARG(p->remote), STR_ARG(buf_str(&told)), STR_ARG(p->remote));
}

static bool send(struct pushing *p)
{
	CLEANUP(buf_release) struct buf answer = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const char **args = arena_array(p->arena, const char *, p->n + 6);
	size_t at = 0;
	int status;

	args[at++] = "push";
	args[at++] = "--atomic";
	args[at++] = "--porcelain";
	args[at++] = "--";
	args[at++] = p->remote.s;
	for (size_t i = 0; i < p->n; i++)
		args[at++] = p->refspecs[i];
	if (!repo_git(p->record->repo, args, STR(""), &answer, &talk, &status, p->err))
		return false;
	return !status || fail_push(p, buf_str(&answer), buf_str(&talk));
}

static bool list(struct pushing *p)
{
	return list_remote(&p->there, p->record->repo, p->remote, p->record->local.s,
	                   tags_glob(p->record->dataset, p->arena).s, p->arena, p->err);
}

/* A server may say yes and do something else. */
static bool read_back(struct pushing *p)
{
	if (!list(p))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		const struct oid *now = map_get(&p->there, p->names[i]);

		if (!now || !oid_eq(now, &p->targets[i]))
			return err_set(p->err, ERR_REPO,
			               STR_FMT " on " STR_FMT
			                       " is not what was pushed; " AGAIN,
			               STR_ARG(p->names[i]), STR_ARG(p->remote),
			               STR_ARG(p->remote));
	}
	return true;
}

bool publish_push(size_t *pushed, const struct record *record, struct str remote,
                  struct arena *arena, struct err *err)
{
	struct pushing p = {.record = record, .arena = arena, .err = err};
	struct err why = {0};

	*pushed = 0;
	p.remote = arena_str(arena, remote);
	if (!record->n)
		return true;
	p.err = &why;
	if (!list(&p))
		return err_set(err, why.code, "%s; " AGAIN, why.text, STR_ARG(remote));
	p.err = err;
	if (!collect(&p))
		return false;
	*pushed = p.n;
	return !p.n || (send(&p) && read_back(&p));
}
