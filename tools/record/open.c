/*
 * open.c - which reference the record stands in, and the chain of its releases
 */
#include "record/internal.h"

#include "base/limits.h"

/* The end of REF for people: "published", "origin/published". */
static struct str short_name(struct str ref)
{
	struct str heads = STR("refs/heads/"), remotes = STR("refs/remotes/");

	return str_sub(ref, str_starts(ref, heads) ? heads.n : remotes.n, ref.n);
}

/* The further one of the two references. */
static bool choose(struct record *r, struct oid *tip, struct err *err)
{
	struct oid local, remote;
	bool has_local = repo_ref(&local, r->repo, r->local.s), ahead, behind;
	bool has_remote = repo_ref(&remote, r->repo, r->remote.s);

	if (!has_local && !has_remote)
		return true;
	*tip = has_local ? local : remote;
	r->ref = has_local ? r->local : r->remote;
	if (!has_local || !has_remote || oid_eq(&local, &remote))
		return true;
	if (!repo_is_ancestor(&behind, r->repo, &local, &remote, err) ||
	    !repo_is_ancestor(&ahead, r->repo, &remote, &local, err))
		return false;
	if (!ahead && !behind)
		return err_set(
		        err, ERR_REPO,
		        "the branches " STR_FMT " and " STR_FMT
		        " have diverged: releases are never rewritten; find out who "
		        "moved one of them, then `git branch -f " STR_FMT " " STR_FMT
		        "` takes over the remote's",
		        STR_ARG(short_name(r->local)), STR_ARG(short_name(r->remote)),
		        STR_ARG(short_name(r->local)), STR_ARG(short_name(r->remote)));
	if (behind) {
		*tip = remote;
		r->ref = r->remote;
	}
	return true;
}

/* The value of the line "KEY: ..." in TEXT, or absent; the last one counts. */
static struct str trailer(struct str text, struct str key)
{
	struct str rest = text, line, found = STR_NONE;

	while (str_split(&rest, '\n', &line))
		if (str_starts(line, key))
			found = str_trim(str_sub(line, key.n, line.n));
	return found;
}

bool release_parse(struct release *out, const struct commit *c, struct arena *arena)
{
	struct str source = trailer(c->message, STR("Source: "));

	*out = (struct release){.commit = c->id, .tree = c->tree};
	out->name = trailer(c->message, STR("Release: "));
	out->date = trailer(c->message, STR("Date: "));
	out->config = trailer(c->message, STR("Config: "));
	if (!out->name.n || !out->config.n)
		return false;
	out->name = arena_str(arena, out->name);
	out->date = arena_str(arena, out->date);
	out->config = arena_str(arena, out->config);
	if (source.n && !oid_parse(&out->source, source))
		return false;
	return true;
}

void release_trailer(struct buf *out, const struct release *release)
{
	CLEANUP(arena_release) struct arena arena = {0};

	buf_addf(out,
	         "Release: " STR_FMT "\nDate: " STR_FMT "\nSource: " STR_FMT
	         "\nConfig: " STR_FMT "\n",
	         STR_ARG(release->name), STR_ARG(release->date),
	         STR_ARG(oid_hex(&release->source, OID_HEX, &arena)),
	         STR_ARG(release->config));
}

static bool bad_commit(const struct record *r, const struct commit *c, const char *what,
                       struct err *err)
{
	return err_set(err, ERR_REPO,
	               "commit " STR_FMT " on " STR_FMT
	               " %s; each commit there is one release, made by `stemma release`",
	               STR_ARG(oid_hex(&c->id, 12, r->arena)),
	               STR_ARG(short_name(r->ref)), what);
}

/* Read the chain from TIP down to the first release. */
static bool read_chain(struct record *r, struct oid tip, struct err *err)
{
	struct release *chain = NULL, *ordered;
	size_t n = 0, cap = 0;

	for (;;) {
		struct commit c;

		if (!repo_commit(&c, r->repo, &tip, r->arena, err))
			return false;
		if (c.parents_n > 1)
			return bad_commit(r, &c, "is a merge", err);
		if (!release_parse(arena_push(r->arena, chain, n, cap), &c, r->arena))
			return bad_commit(r, &c, "is no release", err);
		if (!c.parents_n)
			break;
		if (n == LIMIT_RELEASES)
			return err_set(err, ERR_LIMIT, "more than %d releases",
			               LIMIT_RELEASES);
		tip = c.parents[0];
	}
	ordered = arena_array(r->arena, struct release, n);
	for (size_t i = 0; i < n; i++) {
		ordered[i] = chain[n - 1 - i];
		ordered[i].index = i;
	}
	r->releases = ordered;
	r->layout_of = arena_array(r->arena, const struct layout *, n);
	r->n = n;
	return true;
}

bool record_open(struct record *out, struct repo *repo, const struct dataset *d,
                 struct arena *arena, struct err *err)
{
	const struct release_policy *p = &d->release;
	struct oid tip;

	*out = (struct record){.repo = repo, .dataset = d, .arena = arena};
	out->local = arena_fmt(arena, "refs/heads/" STR_FMT, STR_ARG(p->branch));
	out->remote = arena_fmt(arena, "refs/remotes/" STR_FMT "/" STR_FMT,
	                        STR_ARG(p->remote), STR_ARG(p->branch));
	if (!choose(out, &tip, err))
		return false;
	return !out->ref.s || read_chain(out, tip, err);
}

bool record_open_at(struct record *out, struct repo *repo, const struct dataset *d,
                    const struct oid *tip, struct arena *arena, struct err *err)
{
	*out = (struct record){.repo = repo, .dataset = d, .arena = arena};
	out->local = arena_fmt(arena, "refs/heads/" STR_FMT, STR_ARG(d->release.branch));
	out->ref = out->local;
	return read_chain(out, *tip, err);
}

struct record record_ahead(const struct record *r, const struct release *last)
{
	struct release *all = arena_array(r->arena, struct release, r->n + 1);
	struct record out = *r;

	for (size_t i = 0; i < r->n; i++)
		all[i] = r->releases[i];
	all[r->n] = *last;
	all[r->n].index = r->n;
	out.releases = all;
	out.n = r->n + 1;
	out.layout_of = arena_array(r->arena, const struct layout *, out.n);
	return out;
}

bool record_has_remote(const struct record *r)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str key = arena_fmt(&arena, "remote." STR_FMT ".url",
	                           STR_ARG(r->dataset->release.remote));

	return repo_config(r->repo, key.s, &arena).n > 0;
}

static bool is_one(void *ctx, struct str name, const struct oid *target)
{
	(void)name;
	(void)target;
	*(bool *)ctx = true;
	return false;
}

/* Whether the remote's branches were fetched, all of them: then one that is not here is none. */
static bool has_all_branches(const struct record *r, struct arena *arena)
{
	struct str name = r->dataset->release.remote;
	struct str key = arena_fmt(arena, "remote." STR_FMT ".fetch", STR_ARG(name));
	struct str all = arena_fmt(arena, "+refs/heads/*:refs/remotes/" STR_FMT "/*",
	                           STR_ARG(name));
	struct str glob = arena_fmt(arena, "refs/remotes/" STR_FMT "/*", STR_ARG(name));
	struct err unused = {0};
	bool fetched = false;

	return str_eq(repo_config(r->repo, key.s, arena), all) &&
	       repo_refs(r->repo, glob.s, is_one, &fetched, &unused) && fetched;
}

bool record_may_be_elsewhere(const struct record *r)
{
	if (repo_is_shallow(r->repo) || !str_eqz(r->dataset->release.remote, "origin"))
		return true;
	return record_has_remote(r) && !has_all_branches(r, r->arena);
}

struct str record_fetch_advice(const struct record *r, struct arena *arena)
{
	const struct release_policy *p = &r->dataset->release;
	struct str add = STR("");

	if (!record_has_remote(r))
		add = arena_fmt(arena, "git remote add " STR_FMT " ADDRESS && ",
		                STR_ARG(p->remote));
	return arena_fmt(arena,
	                 STR_FMT "git fetch " STR_FMT " " STR_FMT ":refs/remotes/" STR_FMT
	                         "/" STR_FMT,
	                 STR_ARG(add), STR_ARG(p->remote), STR_ARG(p->branch),
	                 STR_ARG(p->remote), STR_ARG(p->branch));
}

const struct release *record_find(const struct record *r, struct str name)
{
	struct str prefix = r->dataset->release.tag_prefix;

	for (size_t i = r->n; i > 0; i--)
		if (str_eq(r->releases[i - 1].name, name))
			return &r->releases[i - 1];
	if (prefix.n && str_starts(name, prefix))
		return record_find(r, str_sub(name, prefix.n, name.n));
	return NULL;
}

struct str record_tag(const struct record *r, struct str name, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT STR_FMT, STR_ARG(r->dataset->release.tag_prefix),
	                 STR_ARG(name));
}
