#include "cmd/point.h"

/* ---- where to look ---- */

enum status field_open(struct field *f, struct run *r)
{
	struct diag_list diags;
	struct err err = {0};

	diag_init(&diags, r->arena);
	if (run_open_record(&f->place, r, &diags, &err))
		return STATUS_OK;
	if (!f->place.repo || !f->place.dataset) {
		if (diags.n)
			run_tell_findings(r, &diags, NULL);
		return run_fail(r, &err);
	}
	f->place.record = (struct record){.arena = r->arena};
	f->why = err;
	return STATUS_OK;
}

void field_release(struct field *f)
{
	for (size_t i = 0; i < f->opened_n; i++)
		dataset_release(f->opened[i]);
	workplace_release(&f->place);
}

/* ---- datasets of revisions ---- */

static enum status open_dataset(struct point *out, struct field *f, struct run *r,
                                const struct tree *tree, struct str config)
{
	struct diag_list diags;
	struct dataset *d;
	struct err err = {0};

	diag_init(&diags, r->arena);
	if (!dataset_open(&d, tree, config, r->arena, &diags, &err)) {
		run_say(r, "in " STR_FMT ":", STR_ARG(out->side.name));
		run_tell_findings(r, &diags, tree);
		return run_fail(r, &err);
	}
	*arena_push(r->arena, f->opened, f->opened_n, f->opened_cap) = d;
	out->side.dataset = d;
	return STATUS_OK;
}

static const struct release *release_of(const struct record *record,
                                        const struct oid *commit)
{
	for (size_t i = 0; i < record->n; i++)
		if (oid_eq(&record->releases[i].commit, commit))
			return &record->releases[i];
	return NULL;
}

/* The commit and, when it is one, the release that TEXT names. */
static bool find_commit(struct oid *out, const struct release **release,
                        const struct field *f, struct run *r, struct str text,
                        struct err *err)
{
	*release = f->place.record.n ? record_find(&f->place.record, text) : NULL;
	if (*release) {
		*out = (*release)->commit;
		return true;
	}
	if (!repo_resolve(out, f->place.repo, text, r->arena, err))
		return false;
	*release = release_of(&f->place.record, out);
	return true;
}

static enum status open_commit(struct point *out, struct field *f, struct run *r)
{
	struct commit *commit = arena_new(r->arena, struct commit);
	const struct release *release;
	const struct tree *tree;
	struct err err = {0};
	struct str config;
	struct oid id;

	if (!find_commit(&id, &release, f, r, out->side.name, &err) ||
	    !repo_commit(commit, f->place.repo, &id, r->arena, &err))
		return run_fail(r, &err);
	out->commit = commit->id;
	out->side.tree = &commit->tree;
	out->side.released = release != NULL;
	tree = repo_tree_at_top(f->place.repo, &commit->tree, r->arena);
	if (release)
		return open_dataset(out, f, r, tree, release->config);
	if (run_find_config(&config, &f->place, r, tree))
		return open_dataset(out, f, r, tree, config);
	run_say(r, STR_FMT " has no stemma.yaml: it counts as empty",
	        STR_ARG(out->side.name));
	return STATUS_OK;
}

/* ---- versions of entries ---- */

/* "ID@vN" and nothing that git would understand by its '@', such as main@{1}. */
static bool names_version(struct str text)
{
	size_t at = str_rfind(text, '@');

	return at > 0 && at + 2 < text.n && text.s[at + 1] == 'v' &&
	       text.s[at + 2] >= '1' && text.s[at + 2] <= '9';
}

static enum status no_version(struct field *f, struct run *r, const struct found *found,
                              const struct entry_name *name)
{
	const struct doc *doc = NULL;
	struct entry_log log;
	struct diag_list diags;
	struct err err = {0};

	diag_init(&diags, r->arena);
	if (found->path.n && !found_read(&doc, found, r, f->place.dataset, &diags))
		return run_tell_findings(r, &diags, f->place.dataset->tree);
	if (!record_log(&log, &f->place.record, &found->collection->roles,
	                doc ? &doc->root : NULL, &found->known, r->arena, &err))
		return run_fail(r, &err);
	return run_no_version(r, name, &log);
}

static enum status open_version(struct point *out, struct field *f, struct run *r)
{
	struct record *record = &f->place.record;
	const struct entry_version *v = NULL;
	struct doc *doc;
	struct found found;
	struct err err = {0};
	enum status status = entry_name_parse(&out->named, r, out->side.name);

	if (status == STATUS_OK && f->why.code)
		return run_fail(r, &f->why);
	if (status == STATUS_OK)
		status = run_find(&found, r, &f->place, &out->named);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < found.known.n; i++)
		if (found.known.versions[i].version == out->named.version)
			v = &found.known.versions[i];
	if (!v)
		return no_version(f, r, &found, &out->named);
	if (!release_read(&doc, &out->entry.collection, record,
	                  &record->releases[v->first], found.collection->name, &v->file,
	                  r->arena, &err))
		return run_fail(r, &err);
	out->is_entry = true;
	out->entry.name = out->side.name;
	out->entry.id = out->named.id;
	out->entry.path = v->file.path;
	out->entry.doc = doc;
	out->entry.released = true;
	return STATUS_OK;
}

/* ---- points ---- */

enum status point_named(struct point *out, struct field *f, struct run *r,
                        struct str text)
{
	*out = (struct point){.side.name = text};
	if (names_version(text))
		return open_version(out, f, r);
	return open_commit(out, f, r);
}

enum status point_work_tree(struct point *out, struct field *f, struct run *r)
{
	*out = (struct point){
	        .side = {.name = STR("work tree"), .dataset = f->place.dataset}};
	if (!repo_is_bare(f->place.repo))
		return STATUS_OK;
	return run_usage(r, "this repository is bare and has no work tree; name two "
	                    "revisions, releases or versions");
}

enum status point_index(struct point *out, struct field *f, struct run *r)
{
	const struct tree *tree;
	struct err err = {0};
	struct str path;

	*out = (struct point){.side.name = STR("index")};
	if (repo_is_bare(f->place.repo))
		return run_usage(r, "this repository is bare and has no index; name two "
		                    "revisions, releases or versions");
	if (!repo_index(&tree, f->place.repo, r->arena, &err))
		return run_fail(r, &err);
	if (dataset_find(&path, tree, r->dataset, r->arena))
		return open_dataset(out, f, r, tree, path);
	run_say(r, "the index has no stemma.yaml: it counts as empty");
	return STATUS_OK;
}

static const struct collection *collection_named(const struct dataset *d, struct str name)
{
	for (size_t i = 0; d && i < d->collections_n; i++)
		if (str_eq(d->collections[i].name, name))
			return &d->collections[i];
	return NULL;
}

const struct collection *point_locate(struct str *path, const struct point *of,
                                      struct str collection, struct str id,
                                      struct str hint, struct run *r)
{
	const struct dataset *d = of->side.dataset;
	const struct collection *c = collection_named(d, collection);

	*path = STR_NONE;
	return c && dataset_locate(path, d, c, id, hint, r->arena) ? c : NULL;
}

enum status point_entry(struct point *out, const struct point *of,
                        const struct point *version, struct field *f, struct run *r)
{
	const struct diff_entry *e = &version->entry;
	struct found found = {0};
	struct diag_list diags;

	*out = (struct point){
	        .side = of->side, .is_entry = true, .named = version->named};
	found.collection =
	        point_locate(&found.path, of, e->collection->name, e->id, e->path, r);
	out->entry = (struct diff_entry){.name = of->side.name,
	                                 .id = e->id,
	                                 .collection = found.collection,
	                                 .released = of->side.released};
	if (!found.collection)
		return STATUS_OK;
	out->entry.path = of->side.tree ? found.path
	                                : repo_path(f->place.repo, found.path, r->arena);
	diag_init(&diags, r->arena);
	if (found_read(&out->entry.doc, &found, r, of->side.dataset, &diags))
		return STATUS_OK;
	return run_tell_findings(r, &diags, of->side.dataset->tree);
}
