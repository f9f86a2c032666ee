/*
 * preview.c - the release of a commit, planned but not made
 */
#include "publish/publish.h"

#define COMMIT_DIGITS 12

static void choose_options(struct preview *p, const struct record *r, size_t n,
                           const struct preview_source *source)
{
	struct arena *arena = r->arena;
	struct str hex = oid_hex(&source->commit, COMMIT_DIGITS, arena);
	struct str before = n ? r->releases[n - 1].date : STR_NONE;

	p->options = (struct release_options){
	        .source = source->commit,
	        .config = source->config,
	        .version = arena_fmt(arena, PREVIEW_NAME STR_FMT, STR_ARG(hex)),
	        .date = source->date,
	        .preview = true};
	/* An older day would contradict the order of releases. */
	if (n && str_cmp(source->date, before) < 0)
		p->options.date = before;
}

bool publish_preview(struct preview *out, const struct record *r, size_t n,
                     struct dataset *d, const struct preview_source *source,
                     struct err *err)
{
	*out = (struct preview){.known = *r};
	out->known.n = n;
	choose_options(out, r, n, source);
	return repo_write_apart(r->repo, err) &&
	       publish_plan(&out->plan, &out->known, d, &out->options, r->arena, err);
}

struct record preview_record(const struct preview *p, struct str notes)
{
	const struct release last = {.name = p->plan.name,
	                             .date = p->options.date,
	                             .config = p->options.config,
	                             .commit = p->options.source,
	                             .tree = p->plan.tree,
	                             .source = p->options.source,
	                             .preview = true,
	                             .notes = notes};

	return p->known.n && release_plan_is_empty(&p->plan)
	               ? p->known
	               : record_ahead(&p->known, &last);
}
