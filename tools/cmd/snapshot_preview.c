/*
 * snapshot_preview.c - the release that a revision would give, for those who make or check a
 * snapshot of it
 */
#include "cmd/snapshot.h"

#include "base/limits.h"
#include "render/notes.h"

void previewed_release(struct previewed *p)
{
	release_plan_release(&p->preview.plan);
	dataset_release(p->dataset);
	*p = (struct previewed){0};
}

bool previewed_open(struct previewed *out, struct run *r, const struct workplace *w,
                    const struct oid *revision, struct diag_list *diags, struct err *err)
{
	struct preview_source *source = &out->source;
	struct commit commit;

	if (!publish_check_clone(w->repo, err) ||
	    !repo_commit(&commit, w->repo, revision, r->arena, err))
		return false;
	out->tree = repo_tree_at_top(w->repo, &commit.tree, r->arena);
	if (!run_find_config(&source->config, w, r, out->tree))
		return err_set(err, ERR_USAGE, "commit " STR_FMT " has no stemma.yaml",
		               STR_ARG(oid_hex(revision, 12, r->arena)));
	source->commit = commit.id;
	source->date = day_of(commit.committed, r->arena);
	if (!source->date.s)
		return err_set(err, ERR_REPO, "commit " STR_FMT " has no date",
		               STR_ARG(oid_hex(revision, 12, r->arena)));
	if (!dataset_open(&out->dataset, out->tree, source->config, r->arena, diags,
	                  err) ||
	    !run_need_versions(out->dataset, err) ||
	    !record_open(&out->record, w->repo, out->dataset, r->arena, err))
		return false;
	return out->record.n || !record_may_be_elsewhere(&out->record) ||
	       err_set(err, ERR_REPO,
	               "what is published is not known here, and a preview follows what "
	               "is: " STR_FMT,
	               STR_ARG(record_fetch_advice(&out->record, r->arena)));
}

bool previewed_plan(struct previewed *p, size_t n, struct err *err)
{
	CLEANUP(buf_release) struct buf notes = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct release_plan *plan = &p->preview.plan;

	if (!publish_preview(&p->preview, &p->record, n, p->dataset, &p->source, err))
		return false;
	if (plan->refused)
		return true;
	if (!release_plan_is_empty(plan))
		notes_render(&notes, plan);
	p->result =
	        preview_record(&p->preview, arena_str(p->record.arena, buf_str(&notes)));
	return true;
}

bool previewed_plan_next(struct previewed *p, struct err *err)
{
	size_t n;

	return publish_before(&n, &p->record, &p->source.commit, err) &&
	       publish_check_before(&p->record, n, err) && previewed_plan(p, n, err);
}
