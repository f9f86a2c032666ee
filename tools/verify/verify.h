/*
 * verify.h - prove that nothing published was changed
 *
 * What the repository itself proves: each release is the one before it plus new versions, new
 * history lines and nothing else; contents are the approved ones; counts are right; objects are
 * intact. That the whole chain was not replaced can only be seen from outside: against a mark
 * kept from an earlier run, a remote, or a manifest.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "record/record.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "verify/rules.def"
#undef RULE
extern const struct rule *const verify_rules[];
extern const size_t verify_rules_n;

struct verify_result {
	struct diag_list diags; /* in the order of releases, then paths */
	size_t releases,
	        versions; /* looked at: releases, and files that differ in them */
	size_t tags_known; /* as verify_tags_known() */
	size_t untagged; /* releases whose tags are not here, but may be elsewhere */
};

/*
 * How many releases, from the first one on, have tags that are known here. Those after them have
 * none, and git may not have fetched them: that is no finding.
 */
size_t verify_tags_known(const struct record *r);

/*
 * Check the releases FROM to TO (indices, TO included) of R against the one before each.
 * JOBS     threads; 0: one a core
 * Lives:   OUT as long as ARENA
 * Fails:   ERR_IO, ERR_LIMIT; what is missing or damaged is a finding
 */
bool verify_releases(struct verify_result *out, struct record *r, size_t from, size_t to,
                     int jobs, struct arena *arena, struct err *err) MUST_CHECK;
/* Check release.json of release I, and its tag if it is KNOWN. */
void verify_tag(struct diag_list *out, const struct record *r, size_t i, bool known);
/*
 * Ask git whether the tag of release I has a good signature (by git's own configuration).
 * Fails: ERR_REPO when git cannot be run
 */
bool verify_signature(struct diag_list *out, const struct record *r, size_t i,
                      struct err *err) MUST_CHECK;

/* ---- the kept mark: where releases and tags were when all was well ---- */

struct mark {
	bool found; /* false: none was kept yet */
	size_t known; /* how many releases, from the first one on, it knows */
};

/* Compare R with the mark in the repository. Fails: ERR_IO when it is there but unreadable */
bool mark_compare(struct mark *out, struct diag_list *diags, const struct record *r,
                  struct arena *arena, struct err *err) MUST_CHECK;
/* Keep a mark of R as it is now, in one rename. Fails: ERR_IO */
bool mark_keep(const struct record *r, struct arena *arena, struct err *err) MUST_CHECK;
/*
 * Compare R with what the remote NAME shows now (`git ls-remote`).
 * Fails: ERR_REPO when it cannot be reached
 */
bool remote_compare(struct diag_list *diags, const struct record *r, const char *name,
                    struct arena *arena, struct err *err) MUST_CHECK;

/* ---- manifests: what a release holds, entry by entry ---- */

struct manifest_entry {
	struct str collection, id, path;
	struct oid blob;
	char sha256[65];
	struct published published;
};
typedef void manifest_fn(void *ctx, const struct manifest_entry *e);
/* Call FN for each versioned entry of RELEASE, sorted by path. */
bool manifest_each(struct record *r, const struct release *release, manifest_fn *fn,
                   void *ctx, struct err *err) MUST_CHECK;
/*
 * Compare R with the manifest in SOURCE (JSON, as `stemma verify --manifest` prints it).
 * Fails: ERR_USAGE when it is no manifest
 */
bool manifest_compare(struct diag_list *diags, struct record *r,
                      const struct source *source, struct arena *arena,
                      struct err *err) MUST_CHECK;
