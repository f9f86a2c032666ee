/*
 * check.h - whether a snapshot is whole, agrees with itself, and is what its release gives
 */
#pragma once

#include "base/diag.h"
#include "export/export.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "export/rules.def"
#undef RULE
extern const struct rule *const export_rules[];
extern const size_t export_rules_n;

/* A snapshot under check. */
struct checked {
	struct str dir;
	struct str release, commit; /* that it says it is of */
	bool preview; /* no release: what the commit would give after `previous` */
	struct str previous; /* of a preview; absent: there was none */
	struct export_sum
	        *sums; /* what SHA256SUMS lists: sums_n of them, sorted by path */
	size_t sums_n;
	size_t entries; /* of its manifest */
	const struct doc_node *manifest;
};

/*
 * Check the snapshot in DIR by its own files: sums, what is missing, what is too much, whether
 * it agrees with itself.
 * Lives: OUT as long as ARENA
 * Fails: ERR_USAGE when it is none; ERR_IO when a file cannot be read
 */
bool snapshot_check(struct checked *out, struct diag_list *diags, struct str dir,
                    struct arena *arena, struct err *err) MUST_CHECK;
/*
 * Whether this program writes files as the one did that made it: another version may give other
 * bytes for the same release, and nothing follows from that.
 */
bool snapshot_can_rebuild(const struct checked *c);
/*
 * Make it again from the release that R ends with, in a folder of its own below TEMP that goes
 * again, and compare.
 * Fails: as export_make(); ERR_USAGE when it has a form that is not known here
 */
bool snapshot_rebuild(struct diag_list *diags, const struct checked *c,
                      const struct record *r, struct str temp, int jobs,
                      struct arena *arena, struct err *err) MUST_CHECK;
