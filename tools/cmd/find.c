/*
 * find.c - the entry that a user means, in the work tree and in the record
 */
#include "cmd/internal.h"

#include "base/text.h"

/* "@v" and a number at the end of an operand. */
static bool parse_version(int *out, struct str text)
{
	long n = 0;

	if (text.n < 2 || text.n > 8 || text.s[0] != 'v' || text.s[1] == '0')
		return false;
	for (size_t i = 1; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
		n = n * 10 + (text.s[i] - '0');
	}
	*out = (int)n;
	return true;
}

void entry_name_split(struct entry_name *out, struct str text)
{
	size_t slash = str_rfind(text, '/');

	out->text = out->id = text;
	if (slash < text.n) {
		out->collection = str_sub(text, 0, slash);
		out->id = str_sub(text, slash + 1, text.n);
	}
}

enum status entry_name_parse(struct entry_name *out, struct run *r, struct str text)
{
	size_t at = str_rfind(text, '@');

	*out = (struct entry_name){.text = str_sub(text, 0, at)};
	if (at < text.n && !parse_version(&out->version, str_sub(text, at + 1, text.n)))
		return run_usage(
		        r, "\"" STR_FMT "\": behind @ stands a version such as v1 or v12",
		        STR_ARG(text));
	entry_name_split(out, out->text);
	if (!out->id.n)
		return run_usage(r, "\"" STR_FMT "\" is no id", STR_ARG(text));
	return STATUS_OK;
}

/* ---- suggestions ---- */

struct ids {
	struct str *items;
	size_t n, cap;
	struct arena *arena;
};

static void add_id(struct ids *ids, struct str id)
{
	*arena_push(ids->arena, ids->items, ids->n, ids->cap) = id;
}

static bool add_released(void *ctx, const struct release_change *c, struct err *err)
{
	struct ids *ids = ctx;

	(void)err;
	add_id(ids, arena_str(ids->arena, c->id));
	return true;
}

/* The id nearest to ID among the files here and those of the last release. */
static struct str nearest(struct run *r, struct workplace *w, struct str id)
{
	CLEANUP(file_list_release) struct file_list files = {.arena = r->arena};
	struct ids ids = {.arena = r->arena};
	struct diag_list unused;
	struct err ignored = {0};

	diag_init(&unused, r->arena);
	if (dataset_files(w->dataset, &files, &unused, &ignored))
		for (size_t i = 0; i < files.n; i++)
			if (files.items[i].kind == FILE_ENTRY)
				add_id(&ids, file_stem(files.items[i].path));
	if (w->record.n &&
	    !release_changes(&w->record, NULL, &w->record.releases[w->record.n - 1],
	                     add_released, &ids, &ignored))
		return STR_NONE;
	return text_nearest(id, ids.items, ids.n);
}

/* ---- finding ---- */

/* Look for NAME in one collection. False: it is not there, or ERR is set. */
static bool find_in(struct found *out, struct run *r, struct workplace *w,
                    const struct collection *c, const struct entry_name *name,
                    struct err *err)
{
	struct str hint = STR_NONE;

	*out = (struct found){.collection = c};
	/* Most entries lie in releases where they lie here, and here is quicker to search. */
	if (dataset_locate(&out->path, w->dataset, c, name->id, STR_NONE, r->arena) &&
	    w->repo)
		hint = repo_path(w->repo, out->path, r->arena);
	if (!record_entry_near(&out->known, &w->record, c->name, name->id, hint, r->arena,
	                       err))
		return false;
	return out->path.n || out->known.n;
}

const char *run_why_unversioned(const struct collection *c)
{
	if (!c->roles.history)
		return "it has no role `history`";
	if (c->roles.history->n != 1)
		return "its role `history` is no key of the top, such as /history";
	if (!c->id_is_stem)
		return "the rule `entry.id-filename` is off, and versions need files that "
		       "are named after their ids";
	return "its files are not YAML";
}

bool run_need_versions(const struct dataset *d, struct err *err)
{
	for (size_t i = 0; i < d->collections_n; i++)
		if (d->collections[i].versioned)
			return true;
	for (size_t i = 0; i < d->collections_n; i++) {
		const struct collection *c = &d->collections[i];

		if (c->roles.history)
			return err_set(err, ERR_USAGE,
			               "no collection of " STR_FMT
			               " has versions; of \"" STR_FMT "\": %s",
			               STR_ARG(d->config_path), STR_ARG(c->name),
			               run_why_unversioned(c));
	}
	return err_set(err, ERR_USAGE,
	               "no collection of " STR_FMT
	               " has versions: they need the role `history` (see `stemma help "
	               "configuration`)",
	               STR_ARG(d->config_path));
}

static enum status not_found(struct run *r, struct workplace *w,
                             const struct entry_name *name)
{
	struct str in =
	        w->rev.n ? arena_fmt(r->arena, " in " STR_FMT, STR_ARG(w->rev)) : STR("");
	struct err err = {0};
	struct str near;

	if (!run_need_versions(w->dataset, &err))
		return run_usage(r, "%s", err.text);
	near = nearest(r, w, name->id);
	if (!near.n)
		return run_usage(r, "there is no entry \"" STR_FMT "\"" STR_FMT,
		                 STR_ARG(name->text), STR_ARG(in));
	return run_usage(r,
	                 "there is no entry \"" STR_FMT "\"" STR_FMT
	                 "; did you mean \"" STR_FMT "\"?",
	                 STR_ARG(name->text), STR_ARG(in), STR_ARG(near));
}

enum status run_find(struct found *out, struct run *r, struct workplace *w,
                     const struct entry_name *name)
{
	struct found one;
	struct err err = {0};
	size_t n = 0;

	for (size_t i = 0; i < w->dataset->collections_n; i++) {
		const struct collection *c = &w->dataset->collections[i];

		if (!c->versioned ||
		    (name->collection.n && !str_eq(c->name, name->collection)) ||
		    !find_in(&one, r, w, c, name, &err))
			continue;
		if (n++)
			return run_usage(
			        r,
			        "several collections have an entry \"" STR_FMT
			        "\": give " STR_FMT "/" STR_FMT " or " STR_FMT
			        "/" STR_FMT,
			        STR_ARG(name->id), STR_ARG(out->collection->name),
			        STR_ARG(name->id), STR_ARG(c->name), STR_ARG(name->id));
		*out = one;
	}
	if (err.code)
		return run_fail(r, &err);
	return n ? STATUS_OK : not_found(r, w, name);
}

bool found_read(const struct doc **out, const struct found *f, struct run *r,
                const struct dataset *d, struct diag_list *diags)
{
	struct file file = {f->path, FILE_ENTRY, f->collection};
	struct docs docs;

	if (!dataset_read(&docs, d, &file, r->arena, diags))
		return false;
	if (docs.n == 1) {
		*out = &docs.items[0];
		return true;
	}
	diag_add(diags, &rule_syntax_documents, (struct span){0},
	         "the file has %zu documents, but one is expected", docs.n);
	return false;
}

/* "v1, v2 and v4", ascending. */
static struct str version_list(const struct entry_log *log, struct arena *arena)
{
	struct str out = STR("");

	for (size_t i = log->n; i > 0; i--)
		out = arena_fmt(arena, STR_FMT "%sv%d", STR_ARG(out),
		                i == log->n ? ""
		                : i > 1     ? ", "
		                            : " and ",
		                log->versions[i - 1].version);
	return out;
}

const struct log_version *log_find(const struct entry_log *log, int version)
{
	for (size_t i = 0; i < log->n; i++)
		if (log->versions[i].version == version)
			return &log->versions[i];
	return NULL;
}

enum status run_no_version(struct run *r, const struct entry_name *name,
                           const struct entry_log *log)
{
	const struct log_version *v = log_find(log, name->version);
	bool top = v == log->versions;

	if (!v)
		return run_usage(r, STR_FMT " has " STR_FMT "; there is no v%d",
		                 STR_ARG(name->text),
		                 STR_ARG(version_list(log, r->arena)), name->version);
	if (v->state != STATE_APPROVED)
		return run_usage(r,
		                 STR_FMT "@v%d is %s and in no release; give " STR_FMT
		                         " for what the work tree has",
		                 STR_ARG(name->text), name->version,
		                 v->state == STATE_DRAFT ? "a draft" : "under review",
		                 STR_ARG(name->text));
	if (top)
		return run_usage(r,
		                 STR_FMT "@v%d was approved on " STR_FMT
		                         " but is in no release; give " STR_FMT
		                         " for what the work tree has",
		                 STR_ARG(name->text), name->version, STR_ARG(v->date),
		                 STR_ARG(name->text));
	return run_usage(r,
	                 STR_FMT "@v%d was approved on " STR_FMT
	                         " but is in no release: it was edited before one "
	                         "was made",
	                 STR_ARG(name->text), name->version, STR_ARG(v->date));
}
