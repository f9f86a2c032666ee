/*
 * snapshot.h - a snapshot as a step of another command, and previews; private to this folder
 */
#pragma once

#include "cmd/internal.h"
#include "publish/publish.h"

/* Whether DIR may be made or replaced. Fails: ERR_USAGE */
bool snapshot_ready(struct str dir, struct err *err) MUST_CHECK;
/*
 * Make DIR with the usual forms of RELEASE, and with ARCHIVE all files in one as well; tell of
 * it as `stemma snapshot` does.
 */
enum status run_snapshot(struct run *r, struct str release, struct str dir, bool archive);

/* ---- snapshot_preview.c ---- */

/* What a revision would give, were it released. {0} can be released. Not to be copied. */
struct previewed {
	const struct tree *tree; /* of the revision, from its top */
	struct dataset *dataset; /* of that */
	struct record record; /* its releases */
	struct preview_source source;
	struct preview preview; /* when it was planned */
	struct record
	        result; /* ends with it, or as preview_record() says; none: refused */
};

/*
 * Open the dataset of the commit REVISION, and the releases of that. DIAGS are about its
 * stemma.yaml.
 * Lives: as long as W and the run, until previewed_release()
 * Fails: ERR_REPO, ERR_USAGE, as dataset_open() and record_open()
 */
bool previewed_open(struct previewed *out, struct run *r, const struct workplace *w,
                    const struct oid *revision, struct diag_list *diags,
                    struct err *err) MUST_CHECK;
/*
 * Plan it behind the first N releases, or behind those that the revision comes after. What
 * stands in the way is in the plan. Fails: as publish_preview(), publish_check_before()
 */
bool previewed_plan(struct previewed *p, size_t n, struct err *err) MUST_CHECK;
bool previewed_plan_next(struct previewed *p, struct err *err) MUST_CHECK;
void previewed_release(struct previewed *p);

/* ---- snapshot_subject.c ---- */

/* What a snapshot is made of: a release, or the preview of one. {0} can be released. */
struct subject {
	struct str name; /* as the user named it; absent: the last release */
	struct record record; /* ends with it */
	struct previewed previewed;
};

/*
 * The release or revision NAME (absent: the last release), or the work tree but the folder
 * EXCEPT. Returns STATUS_OK, or tells what is wrong.
 */
enum status subject_named(struct subject *out, struct run *r, const struct workplace *w,
                          struct str name);
enum status subject_work_tree(struct subject *out, struct run *r,
                              const struct workplace *w, struct str except);
/* "release 2026.12", "preview-1a2b3c4d5e6f of HEAD, after release 2026.12" */
void subject_words(struct buf *out, const struct subject *s);
/* Tell what the user might not expect of a revision. */
void subject_tell(struct run *r, const struct subject *s);
void subject_release(struct subject *s);
