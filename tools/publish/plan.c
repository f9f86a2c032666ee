/*
 * plan.c - what the next release carries
 */
#include "base/limits.h"
#include "base/text.h"
#include "publish/internal.h"

#include <stdlib.h>

#define PLANNED(symbol, name) #name,
static const char *const change_names[] = {PLANNED_CHANGES(PLANNED)};
#undef PLANNED

const char *planned_change_name(enum planned_change c)
{
	return change_names[c];
}

void plan_obstacle(struct release_plan *p, struct str where, const char *fmt, ...)
{
	struct obstacle *o =
	        arena_push(p->arena, p->obstacles, p->obstacles_n, p->obstacles_cap);
	va_list ap;

	va_start(ap, fmt);
	o->where = where;
	o->text = arena_vfmt(p->arena, fmt, ap);
	va_end(ap);
	p->refused = true;
}

void plan_edit(struct release_plan *p, struct str path, const struct oid *blob)
{
	struct repo_edit *e = arena_push(p->arena, p->edits, p->edits_n, p->edits_cap);

	*e = (struct repo_edit){.path = path, .removed = !blob};
	if (blob)
		e->blob = *blob;
}

bool plan_read(const struct doc **out, struct release_plan *p, struct str path,
               const struct oid *blob, const struct doc_options *opt, struct arena *arena,
               struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct source *source = arena_new(arena, struct source);
	struct diag_list unused;
	struct docs docs;

	*out = NULL;
	if (!repo_blob(&bytes, p->record->repo, blob, err))
		return false;
	*source = (struct source){path, arena_str(arena, buf_str(&bytes))};
	diag_init(&unused, arena);
	if (doc_read(&docs, source, opt, arena, &unused) && docs.n == 1)
		*out = &docs.items[0];
	return true;
}

/* ---- edits ---- */

static int by_edit_path(const void *a, const void *b)
{
	const struct repo_edit *x = a, *y = b;
	int order = str_cmp(x->path, y->path);

	/* What one entry leaves another may come to: the file itself is last. */
	return order ? order : (int)y->removed - (int)x->removed;
}

/* Sort the edits; of two about one path the file stays. */
static void finish_edits(struct release_plan *p)
{
	size_t n = 0;

	if (p->edits_n)
		qsort(p->edits, p->edits_n, sizeof(*p->edits), by_edit_path);
	for (size_t i = 0; i < p->edits_n; i++) {
		if (n && str_eq(p->edits[n - 1].path, p->edits[i].path))
			n--;
		p->edits[n++] = p->edits[i];
	}
	p->edits_n = n;
}

/* ---- the name ---- */

static bool is_taken(const struct release_plan *p, struct str name, struct err *err)
{
	struct arena *arena = p->arena;
	struct str tag = record_tag(p->record, name, arena);
	struct oid id;

	if (record_find(p->record, name)) {
		err_set(err, ERR_USAGE, "there is a release " STR_FMT " already",
		        STR_ARG(name));
		return true;
	}
	if (!repo_ref(&id, p->record->repo,
	              arena_fmt(arena, "refs/tags/" STR_FMT, STR_ARG(tag)).s))
		return false;
	err_set(err, ERR_REPO,
	        "the tag " STR_FMT
	        " is there, but is no release; delete it (git tag -d " STR_FMT
	        ") or give the release another name",
	        STR_ARG(tag), STR_ARG(tag));
	return true;
}

static bool take_given(struct release_plan *p, const int *last, struct str least,
                       struct err *err)
{
	bool semver = p->dataset->release.semver;
	struct str given = p->options->version;
	int asked[3], needed[3];

	if (!release_name_parse(asked, semver, given))
		return err_set(err, ERR_USAGE,
		               "\"" STR_FMT "\" is no name of a release; %s is expected",
		               STR_ARG(diag_quote(p->arena, given)),
		               semver ? "a version such as 1.2.0"
		                      : "year and month such as 2026.06, or 2026.06.1");
	if (last && release_name_cmp(asked, last) <= 0)
		return err_set(
		        err, ERR_USAGE,
		        STR_FMT " does not come after " STR_FMT
		                ", the last release; at least " STR_FMT " is expected",
		        STR_ARG(given), STR_ARG(p->previous->name), STR_ARG(least));
	if (semver && last && release_name_parse(needed, semver, least) &&
	    release_name_cmp(asked, needed) < 0)
		return err_set(err, ERR_USAGE,
		               STR_FMT " is too small: what changed since " STR_FMT
		                       " is %s, so at least " STR_FMT " is expected",
		               STR_ARG(given), STR_ARG(p->previous->name),
		               release_level_name(p->level), STR_ARG(least));
	p->name = given;
	return true;
}

static bool choose_name(struct release_plan *p, struct err *err)
{
	bool semver = p->dataset->release.semver;
	int parts[3], *last = NULL;
	struct str next;

	if (p->options->preview) {
		p->name = p->options->version;
		return true;
	}
	if (p->previous && release_name_parse(parts, semver, p->previous->name))
		last = parts;
	if (p->previous && str_cmp(p->options->date, p->previous->date) < 0)
		return err_set(err, ERR_USAGE,
		               STR_FMT " is before " STR_FMT
		                       ", the day of the last release (" STR_FMT ")",
		               STR_ARG(p->options->date), STR_ARG(p->previous->date),
		               STR_ARG(p->previous->name));
	if (!release_name_next(&next, semver, last, p->level, p->options->date,
	                       p->arena) &&
	    p->previous && !p->options->version.s)
		return err_set(err, ERR_USAGE,
		               "the last release is " STR_FMT ", which is after " STR_FMT
		               "; give the name of the next one",
		               STR_ARG(p->previous->name), STR_ARG(p->options->date));
	p->name = next;
	if (p->options->version.s && !take_given(p, last, next, err))
		return false;
	p->tag = record_tag(p->record, p->name, p->arena);
	return !is_taken(p, p->name, err);
}

static enum release_level higher(enum release_level a, enum release_level b)
{
	return a > b ? a : b;
}

static void raise_level(struct release_plan *p)
{
	if (p->changes[PLANNED_ADDED])
		p->level = higher(p->level, LEVEL_MINOR);
	if (p->changes[PLANNED_WITHDRAWN])
		p->level = LEVEL_MAJOR;
}

/* ---- what is held back ---- */

static bool check_holds(const struct release_plan *p, const struct roster *roster,
                        struct err *err)
{
	struct str *ids = arena_array(p->arena, struct str, roster->n);
	const struct release_options *opt = p->options;

	for (size_t i = 0; i < roster->n; i++)
		ids[i] = roster->items[i]->id;
	for (size_t k = 0; k < opt->hold_n; k++) {
		bool found = map_has(&roster->by_key, opt->hold[k]);
		struct str near;

		for (size_t i = 0; i < roster->n && !found; i++)
			found = str_eq(ids[i], opt->hold[k]);
		if (found)
			continue;
		near = text_nearest(opt->hold[k], ids, roster->n);
		return err_set(err, ERR_USAGE,
		               "--hold: there is no entry \"" STR_FMT "\"%s" STR_FMT "%s",
		               STR_ARG(diag_quote(p->arena, opt->hold[k])),
		               near.n ? "; did you mean \"" : "", STR_ARG(near),
		               near.n ? "\"?" : "");
	}
	return true;
}

/* ---- people ---- */

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void collect_contributors(struct release_plan *p)
{
	struct str *who = arena_array(p->arena, struct str, p->people.n);

	for (size_t i = 0; i < p->people.n; i++)
		who[i] = p->people.items[i].key;
	if (p->people.n)
		qsort(who, p->people.n, sizeof(*who), by_text);
	p->contributors = who;
	p->contributors_n = p->people.n;
}

/* ---- all of it ---- */

/* Whether stemma.yaml, and with it what is counted, is that of the release before. */
static bool same_config(const struct release_plan *p, const struct oid *source)
{
	struct oid old, new;

	return p->previous && str_eq(p->previous->config, p->options->config) &&
	       repo_at(&old, p->record->repo, &p->previous->tree, p->options->config) ==
	               TREE_FILE &&
	       repo_at(&new, p->record->repo, source, p->options->config) == TREE_FILE &&
	       oid_eq(&old, &new);
}

static bool plan_item(struct release_plan *p, const struct roster_item *item,
                      struct release_file *file, struct err *err)
{
	size_t planned = p->entries_n;

	if (roster_same(item))
		*file = item->old;
	else if (!plan_entry(file, p, item, err))
		return false;
	return !file->path.s || p->entries_n > planned || tally_unchanged(p, item, err);
}

static bool plan_entries(struct release_plan *p, const struct oid *source,
                         struct release_file **files, size_t *files_n, struct err *err)
{
	const struct oid *old = p->previous ? &p->previous->tree : NULL;
	struct roster roster;

	map_init(&p->people, p->arena);
	if (!roster_read(&roster, p, old, source, err) || !check_holds(p, &roster, err) ||
	    !tally_begin(p, same_config(p, source), err))
		return false;
	*files = arena_array(p->arena, struct release_file, roster.n);
	for (size_t i = 0; i < roster.n; i++) {
		if (!plan_item(p, roster.items[i], &(*files)[*files_n], err))
			return false;
		*files_n += (*files)[*files_n].path.s != NULL;
	}
	collect_contributors(p);
	tally_end(p);
	return true;
}

/* The tree with release.json, which tells of everything else. */
static bool write_tree(struct release_plan *p, struct err *err)
{
	CLEANUP(buf_release) struct buf manifest = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct oid blob;

	release_manifest(&manifest, p);
	if (manifest.overflow)
		return err_set(err, ERR_LIMIT, "release.json would be too large");
	if (!repo_write_blob(&blob, p->record->repo, buf_str(&manifest), err))
		return false;
	plan_edit(p, STR("release.json"), &blob);
	finish_edits(p);
	return repo_write_tree(&p->tree, p->record->repo,
	                       p->previous ? &p->previous->tree : NULL, p->edits,
	                       p->edits_n, err);
}

/*
 * The branch is this dataset's: its stemma.yaml may have moved, but another one that is still
 * there has the branch for itself.
 */
static bool check_config(const struct release_plan *p, const struct oid *source,
                         struct err *err)
{
	struct str config = p->options->config;
	struct oid unused;

	if (str_find(config, '\n') < config.n)
		return err_set(err, ERR_USAGE,
		               "a folder above stemma.yaml has a line end in its name");
	if (!p->previous || str_eq(p->previous->config, config) ||
	    repo_at(&unused, p->record->repo, source, p->previous->config) == TREE_NONE)
		return true;
	return err_set(err, ERR_CONFIG,
	               "the branch " STR_FMT " holds the releases of " STR_FMT
	               "; give " STR_FMT
	               " its own with the keys branch and tag_prefix of `release`",
	               STR_ARG(p->dataset->release.branch), STR_ARG(p->previous->config),
	               STR_ARG(config));
}

bool publish_plan(struct release_plan *out, struct record *record, struct dataset *d,
                  const struct release_options *opt, struct arena *arena, struct err *err)
{
	struct release_file *files = NULL;
	struct dataset *old = NULL;
	struct commit source;
	size_t n = 0;

	*out = (struct release_plan){
	        .record = record, .dataset = d, .options = opt, .arena = arena};
	diag_init(&out->findings.diags, arena);
	if (record->n)
		out->previous = &record->releases[record->n - 1];
	if (!repo_commit(&source, record->repo, &opt->source, arena, err) ||
	    !check_config(out, &source.tree, err) ||
	    (out->previous && !release_dataset(&old, record, out->previous, arena, err)))
		return false;
	out->old_dataset = old;
	if (!plan_entries(out, &source.tree, &files, &n, err) ||
	    !plan_shared(out, d, old, &source.tree, err))
		return false;
	if (out->refused || release_plan_is_empty(out))
		return true;
	raise_level(out);
	return choose_name(out, err) && write_tree(out, err) &&
	       plan_check(out, files, n, err);
}

void release_plan_release(struct release_plan *plan)
{
	dataset_release(plan->old_dataset);
	plan->old_dataset = NULL;
}

bool release_plan_is_empty(const struct release_plan *plan)
{
	return !plan->entries_n && !plan->files_n;
}

void release_plan_summary(struct buf *out, const struct release_plan *plan)
{
	const char *join = "";

	for (int i = 0; i < PLANNED_KINDS; i++) {
		if (!plan->changes[i])
			continue;
		buf_addf(out, "%s%zu %s", join, plan->changes[i], change_names[i]);
		join = ", ";
	}
	if (plan->files_n)
		buf_addf(out, "%s%zu shared %s", join, plan->files_n,
		         plan->files_n == 1 ? "file" : "files");
}
