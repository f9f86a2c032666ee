/*
 * source.c - whether a release may be made from a commit at all
 *
 * What the last release was made from must be in it, or else something that is published could
 * be undone by a branch that never saw it.
 */
#include "publish/publish.h"

/* No release is known: is this the first one, or was it not fetched? */
static bool check_first(const struct record *r, const struct release_options *opt,
                        struct err *err)
{
	const struct release_policy *p = &r->dataset->release;

	if (opt->first)
		return true;
	if (record_may_be_elsewhere(r))
		return err_set(err, ERR_REPO,
		               "no release is known here: there is no branch " STR_FMT
		               "; fetch it (" STR_FMT
		               "), or say --first if this dataset was never released",
		               STR_ARG(p->branch),
		               STR_ARG(record_fetch_advice(r, r->arena)));
	return err_set(err, ERR_USAGE,
	               "there is no release yet: no branch " STR_FMT
	               "; to make the first one, say --first",
	               STR_ARG(p->branch));
}

static bool is_here(const struct record *r, const struct oid *commit)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct err ignored = {0};
	struct commit c;

	return !oid_is_zero(commit) &&
	       repo_commit(&c, r->repo, commit, &scratch, &ignored);
}

/* Each may be gone with the branch it was made on: then neither descends from the other. */
static bool descends(bool *out, const struct record *r, const struct oid *ancestor,
                     const struct oid *from, struct err *err)
{
	*out = false;
	if (!is_here(r, ancestor) || !is_here(r, from))
		return true;
	return repo_is_ancestor(out, r->repo, ancestor, from, err);
}

/* Whether release I was made from a branch on the release before it. */
static bool is_emergency(bool *out, const struct record *r, size_t i, struct err *err)
{
	*out = false;
	if (!i || oid_is_zero(&r->releases[i].source))
		return true;
	return descends(out, r, &r->releases[i - 1].commit, &r->releases[i].source, err);
}

static bool fail_source(const struct record *r, struct err *err)
{
	const struct release *last = &r->releases[r->n - 1];
	struct str source = oid_hex(&last->source, 12, r->arena);

	if (!is_here(r, &last->source))
		return err_set(
		        err, ERR_REPO,
		        "the commit to be released does not contain " STR_FMT
		        ", which the last release " STR_FMT
		        " was made from, and this repository has no such commit; fetch "
		        "the branch that has it (git fetch --all) and merge that; if it "
		        "was rewritten and the commit is lost, start from the release "
		        "itself (git switch -c mended " STR_FMT "), bring in what is to "
		        "be released, and release that",
		        STR_ARG(source), STR_ARG(last->name),
		        STR_ARG(record_tag(r, last->name, r->arena)));
	return err_set(err, ERR_REPO,
	               "the commit to be released does not contain " STR_FMT
	               ", which the last release " STR_FMT
	               " was made from; bring it in first (git merge " STR_FMT
	               ") or release from the branch that has it",
	               STR_ARG(source), STR_ARG(last->name), STR_ARG(source));
}

bool publish_check_clone(const struct repo *r, struct err *err)
{
	return !repo_is_shallow(r) ||
	       err_set(err, ERR_REPO,
	               "this clone is shallow, so nobody can tell what was published; "
	               "run git fetch --unshallow");
}

bool publish_before(size_t *n, const struct record *record, const struct oid *from,
                    struct err *err)
{
	const struct release *all = record->releases;
	size_t run = record->n; /* releases from I to here are emergencies after I */
	bool in = false, emergency;

	*n = 0;
	for (size_t i = record->n; i > 0; i--) {
		if (!*n) {
			if (!descends(&in, record, &all[i - 1].commit, from, err))
				return false;
			*n = in ? i : 0;
		}
		if (*n == record->n)
			return true;
		if (!descends(&in, record, &all[i - 1].source, from, err))
			return false;
		if (in) {
			*n = run > *n ? run : *n;
			return true;
		}
		if (!is_emergency(&emergency, record, i - 1, err))
			return false;
		if (!emergency)
			run = i - 1;
	}
	return true;
}

bool publish_check_before(const struct record *record, size_t n, struct err *err)
{
	for (size_t i = n; i < record->n; i++) {
		const struct release *r = &record->releases[i];

		if (oid_is_zero(&r->source))
			return err_set(err, ERR_REPO,
			               "nobody can tell whether the revision comes after "
			               "release " STR_FMT
			               ", which does not say what it was made from",
			               STR_ARG(r->name));
		if (!is_here(record, &r->source))
			return err_set(
			        err, ERR_REPO,
			        "nobody can tell whether the revision comes after "
			        "release " STR_FMT ": the commit " STR_FMT
			        ", which that was made from, is not here; fetch the "
			        "branch that has it (git fetch --all)",
			        STR_ARG(r->name),
			        STR_ARG(oid_hex(&r->source, 12, record->arena)));
	}
	return true;
}

bool publish_check_source(const struct record *record, const struct release_options *opt,
                          struct err *err)
{
	size_t n;

	if (!record->n)
		return check_first(record, opt, err);
	if (opt->first)
		return err_set(
		        err, ERR_USAGE,
		        "--first: there are releases already, the last one is " STR_FMT
		        "; leave --first out",
		        STR_ARG(record->releases[record->n - 1].name));
	if (!publish_before(&n, record, &opt->source, err))
		return false;
	return n == record->n || fail_source(record, err);
}
