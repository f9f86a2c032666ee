/*
 * hooks_push.c - pre-push and pre-receive: references that are about to move
 */
#include "cmd/hooks.h"

#include "base/limits.h"
#include "verify/verify.h"

/* A reference that is about to move. */
struct move {
	struct str name; /* "refs/heads/main" */
	struct oid old, new; /* zero: it is not there */
};

struct moving {
	struct hooking *h;
	struct dataset *dataset; /* whose policy holds; NULL: none was found */
	struct release_policy policy;
	struct str head; /* the branch that HEAD names, on a server */
	const struct oid *released; /* the last release when it comes with the push */
};

static const char *text_of(struct moving *m, struct str s)
{
	return arena_str(m->h->run->arena, s).s;
}

/* ---- the policy from before ---- */

static bool open_dataset(struct moving *m, struct str rev)
{
	struct diag_list unused;
	struct err ignored = {0};

	diag_init(&unused, m->h->run->arena);
	if (!run_open_revision(&m->dataset, m->h->repo, rev, m->h->run, &unused,
	                       &ignored))
		m->dataset = NULL;
	return m->dataset;
}

/* That of HEAD; before anything was pushed, that of what is pushed. */
static void find_policy(struct moving *m, const struct move *moves, size_t n)
{
	struct arena *a = m->h->run->arena;
	bool found = open_dataset(m, STR("HEAD"));

	for (size_t i = 0; !found && i < n; i++)
		if (!oid_is_zero(&moves[i].new))
			found = open_dataset(m, oid_hex(&moves[i].new, OID_HEX, a));
	if (found)
		m->policy = m->dataset->release;
	else
		m->policy = (struct release_policy){.branch = STR("published"),
		                                    .tag_prefix = STR("v"),
		                                    .remote = STR("origin")};
}

/* ---- releases ---- */

static bool is_record(const struct moving *m, const struct move *v)
{
	struct str heads = STR("refs/heads/");

	return str_starts(v->name, heads) &&
	       str_eq(str_sub(v->name, heads.n, v->name.n), m->policy.branch);
}

static bool is_release_tag(const struct moving *m, const struct move *v)
{
	struct str tags = STR("refs/tags/");

	return str_starts(v->name, tags) &&
	       str_starts(str_sub(v->name, tags.n, v->name.n), m->policy.tag_prefix);
}

static void check_tag(struct moving *m, const struct move *v)
{
	if (oid_is_zero(&v->old) || oid_eq(&v->old, &v->new))
		return;
	hook_refuse(
	        m->h,
	        "%s is %s; the tag of a release stays where it is, for others rely on "
	        "it: make a new release instead",
	        text_of(m, v->name), oid_is_zero(&v->new) ? "deleted" : "moved");
}

static bool goes_forward(struct moving *m, const struct move *v)
{
	struct err err = {0};
	bool forward = false;

	if (oid_is_zero(&v->old))
		return true;
	if (!repo_has(m->h->repo, &v->old)) {
		hook_refuse(m->h,
		            "%s holds releases that are not here; fetch them first: git "
		            "fetch " STR_FMT,
		            text_of(m, v->name), STR_ARG(m->policy.remote));
		return false;
	}
	if (!repo_is_ancestor(&forward, m->h->repo, &v->old, &v->new, &err))
		hook_fail(m->h, &err);
	else if (!forward)
		hook_refuse(
		        m->h,
		        "%s would lose releases that are published; it only ever grows: "
		        "fetch it, and make the release again on top",
		        text_of(m, v->name));
	return forward;
}

static void drop_rule(struct diag_list *l, const struct rule *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].rule != rule)
			l->items[n++] = l->items[i];
	l->n = n;
}

/* The releases that come with V: each is the one before it and more. */
static void check_releases(struct moving *m, const struct move *v)
{
	struct arena *a = m->h->run->arena;
	struct verify_result result;
	struct record record;
	struct err err = {0};
	size_t from = 0;

	if (!record_open_at(&record, m->h->repo, m->dataset, &v->new, a, &err)) {
		hook_refuse(m->h, "%s", err.text);
		return;
	}
	while (from < record.n && !oid_is_zero(&v->old) &&
	       !oid_eq(&record.releases[from].commit, &v->old))
		from++;
	if (!oid_is_zero(&v->old))
		from++;
	if (from >= record.n)
		return;
	if (!verify_releases(&result, &record, from, record.n - 1, 0, a, &err)) {
		hook_fail(m->h, &err);
		return;
	}
	/* A tag that comes with the push is not there yet. */
	drop_rule(&result.diags, &rule_release_tag);
	hook_tell(m->h,
	          &(struct told){.dataset = m->dataset,
	                         .found = &result.diags,
	                         .files = result.versions},
	          text_of(m, v->name), false);
}

static void check_record(struct moving *m, const struct move *v)
{
	if (oid_is_zero(&v->new))
		hook_refuse(
		        m->h,
		        "%s is deleted, but it is the record of what was published and "
		        "is kept for ever",
		        text_of(m, v->name));
	else if (goes_forward(m, v) && m->dataset)
		check_releases(m, v);
}

/* ---- other branches ---- */

/* Where a new branch left the one that NAME points at. */
static bool left_from(struct oid *out, struct moving *m, const struct move *v,
                      const char *name)
{
	struct err ignored = {0};
	struct oid tip;
	bool found = false;

	if (!repo_ref(&tip, m->h->repo, name) ||
	    !repo_merge_base(out, &found, m->h->repo, &tip, &v->new, &ignored))
		return false;
	return found;
}

static bool base_of(struct oid *out, struct moving *m, const struct move *v)
{
	static const char *const names[] = {"HEAD", "main", "master"};
	struct str remote = m->h->args.n ? m->h->args.items[0] : m->policy.remote;

	if (!oid_is_zero(&v->old) && repo_has(m->h->repo, &v->old)) {
		*out = v->old;
		return true;
	}
	if (m->h->hook == &hooks[HOOK_PRE_RECEIVE])
		return left_from(out, m, v, "HEAD");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (left_from(out, m, v,
		              arena_fmt(m->h->run->arena, "refs/remotes/" STR_FMT "/%s",
		                        STR_ARG(remote), names[i])
		                      .s))
			return true;
	return false;
}

static void check_branch(struct moving *m, const struct move *v)
{
	struct guard_options opt = {.kind = GUARD_COMMIT,
	                            .commit = v->new,
	                            .released = m->released,
	                            .folder = m->h->run->dataset};
	bool lenient =
	        m->h->hook == &hooks[HOOK_PRE_RECEIVE] && !str_eq(v->name, m->head);
	struct oid base;

	if (oid_is_zero(&v->new))
		return;
	if (base_of(&base, m, v)) {
		opt.bases = &base;
		opt.bases_n = 1;
	}
	hook_check(m->h, &opt, text_of(m, v->name), lenient);
}

static void check_moves(struct moving *m, const struct move *moves, size_t n)
{
	find_policy(m, moves, n);
	for (size_t i = 0; i < n; i++)
		if (is_record(m, &moves[i]) && !oid_is_zero(&moves[i].new))
			m->released = &moves[i].new;
	for (size_t i = 0; i < n; i++) {
		const struct move *v = &moves[i];

		if (is_record(m, v))
			check_record(m, v);
		else if (is_release_tag(m, v))
			check_tag(m, v);
		else if (str_starts(v->name, STR("refs/heads/")))
			check_branch(m, v);
	}
	dataset_release(m->dataset);
}

/* ---- what git writes ---- */

/* The words of LINE, at most N; returns how many. */
static size_t words(struct str *out, size_t n, struct str line)
{
	size_t k = 0;

	while (k < n && str_split(&line, ' ', &out[k]))
		k++;
	return k;
}

/*
 * Each line: OLD NEW NAME (pre-receive), or LOCAL-NAME NEW NAME OLD (pre-push).
 * Source: githooks(5)
 */
static size_t read_moves(struct move **out, struct hooking *h)
{
	bool push = h->hook == &hooks[HOOK_PRE_PUSH];
	struct str rest = h->lines, line, w[4];
	struct move *moves = NULL;
	size_t n = 0, cap = 0;

	while (str_split(&rest, '\n', &line)) {
		struct move v;

		if (words(w, 4, line) != (push ? 4 : 3))
			continue;
		v.name = w[2];
		if (oid_parse(&v.old, push ? w[3] : w[0]) && oid_parse(&v.new, w[1]))
			*arena_push(h->run->arena, moves, n, cap) = v;
	}
	*out = moves;
	return n;
}

void hook_run_push(struct hooking *h)
{
	struct moving m = {.h = h};
	struct move *moves;
	size_t n = read_moves(&moves, h);

	check_moves(&m, moves, n);
}

void hook_run_receive(struct hooking *h)
{
	static const char *const args[] = {"symbolic-ref", "-q", "HEAD", NULL};
	CLEANUP(buf_release) struct buf head = BUF_INIT(65536);
	struct moving m = {.h = h};
	struct err err = {0};
	struct move *moves;
	size_t n = read_moves(&moves, h);
	int status;

	if (!repo_git(h->repo, args, STR(""), &head, NULL, &status, &err)) {
		hook_fail(h, &err);
		return;
	}
	m.head = arena_str(h->run->arena, str_trim(buf_str(&head)));
	check_moves(&m, moves, n);
}
