/*
 * diff.h - what differs between two states of a dataset: revisions, releases, index, disk
 *
 * Entries are paired by collection and id, wherever their files lie; only files whose bytes
 * differ are read. Paths in results are those of the repository.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/macro.h"
#include "change/change.h"
#include "dataset/dataset.h"
#include "repo/repo.h"

/* One state of a dataset. */
struct diff_side {
	struct str name; /* for people: "v2026.06", "HEAD", "work tree" */
	/* NULL: there is no dataset, and all of the other side is added or removed. */
	const struct dataset *dataset;
	/*
	 * The tree of a commit; DATASET was then opened through repo_tree_at_top() of it. NULL:
	 * the disk or the index, through DATASET's own tree.
	 */
	const struct oid *tree;
	bool released; /* its entries have published versions, not working states */
};

/* What is asked for; no ids and no paths: everything. */
struct diff_filter {
	const struct str *ids; /* ids_n of them: ID or COLLECTION/ID */
	const struct str *paths; /* paths_n files or folders of the repository */
	size_t ids_n, paths_n;
	/*
	 * Added and removed entries without their fields, which are all they had: their contents
	 * are not kept then, however many there are.
	 */
	bool brief;
};

/*
 * Fill OUT with all that differs from OLD to NEW: entries, and the shared files stemma.yaml
 * names (with the schemas beside its schemas, and its folder of records, else `references`
 * beside itself).
 * ONLY    NULL: everything
 * Lives:  OUT as long as ARENA and both sides
 * Cost:   between two commits with one stemma.yaml that of what differs; otherwise all files
 *         are listed, and those of the disk read to be hashed
 * Fails:  ERR_REPO, ERR_IO (a folder of the disk that cannot be listed), ERR_LIMIT
 */
bool diff_trees(struct change_set *out, struct repo *repo, const struct diff_side *old,
                const struct diff_side *new, const struct diff_filter *only,
                struct arena *arena, struct err *err) MUST_CHECK;

/* One entry by itself, as some version or state has it. */
struct diff_entry {
	struct str name; /* for people: "x@v1" */
	struct str id, path; /* of the repository */
	const struct collection *collection;
	const struct doc *doc; /* NULL: it is not there; only the name counts then */
	bool released;
};

/*
 * Fill OUT with what differs between two entries, one of which may not be there. They may have
 * different ids: then it is told under NEW's. Lives as long as ARENA, OLD and NEW.
 */
void diff_entries(struct change_set *out, const struct diff_entry *old,
                  const struct diff_entry *new, struct arena *arena);
