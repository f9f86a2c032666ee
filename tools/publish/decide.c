/*
 * decide.c - what a release does with one entry
 */
#include "base/limits.h"
#include "publish/internal.h"

/* One entry under decision. */
struct decision {
	struct release_plan *plan;
	const struct roster_item *item;
	struct planned_entry entry;
	struct published old; /* as readers have it now */
	struct history source; /* the lines in the source */
	struct standing standing; /* what these say */
	struct str content; /* of the source's file */
	size_t kept; /* lines that both have */
	/* For what is read: the plan's when there is something to compare, else for a while. */
	struct arena *arena;
	struct err *err;
};

static const struct roles *roles_of(const struct planned_side *side)
{
	return &side->collection->roles;
}

/* "1 history line", "2 history lines" */
static struct str count_lines(size_t n, struct arena *arena)
{
	return arena_fmt(arena, "%zu history %s", n, n == 1 ? "line" : "lines");
}

/* The published lines from FROM on, as they stand in the file. */
static struct str lines_from(const struct decision *d, size_t from)
{
	struct buf text = BUF_INIT(LIMIT_FILE_BYTES);
	const struct doc_node *list = d->old.history.node;
	struct str bytes = d->entry.old.doc->source->bytes, out;

	for (size_t i = from; i < list->n; i++) {
		const struct doc_node *line = &list->items[i];

		buf_addz(&text, "\n  - ");
		buf_add(&text, str_sub(bytes, line->start.offset,
		                       line->end.offset - line->start.offset));
	}
	out = arena_str(d->plan->arena, buf_str(&text));
	buf_release(&text);
	return out;
}

/* What readers have is the beginning of what the source has; else an obstacle. */
static bool continues(struct decision *d)
{
	struct arena *arena = d->plan->arena;
	size_t same = 0;
	enum history_relation relation;

	if (d->source.bad) {
		plan_obstacle(d->plan, d->item->id,
		              "a history line %s; see `stemma validate " STR_FMT "`",
		              d->source.bad_why, STR_ARG(d->item->new.path));
		return false;
	}
	if (!d->entry.old.doc)
		return true;
	relation = history_relate(&same, &d->old.history, &d->source);
	d->kept = same;
	if (relation == HISTORY_SAME || relation == HISTORY_APPENDED)
		return true;
	plan_obstacle(
	        d->plan, d->item->id,
	        STR_FMT
	        " of what is published %s not in the source; restore the history, keep "
	        "the content:" STR_FMT,
	        STR_ARG(count_lines(d->old.history.node->n - same, arena)),
	        d->old.history.node->n - same == 1 ? "is" : "are",
	        STR_ARG(lines_from(d, same)));
	return false;
}

static bool is_held(const struct decision *d)
{
	const struct release_options *opt = d->plan->options;
	struct str both = arena_fmt(d->plan->arena, STR_FMT "/" STR_FMT,
	                            STR_ARG(d->item->collection), STR_ARG(d->item->id));

	for (size_t i = 0; i < opt->hold_n; i++)
		if (str_eq(opt->hold[i], d->item->id) || str_eq(opt->hold[i], both))
			return true;
	return false;
}

/* Whether a later version than the public one is to be carried; an obstacle may say not yet. */
static bool wants_new(struct decision *d)
{
	int approved = d->standing.approved;

	if (approved <= d->old.version || d->standing.public_state == STATE_WITHDRAWN ||
	    is_held(d))
		return false;
	if (d->content.n && str_eq(d->content, d->standing.approved_content))
		return true;
	plan_obstacle(
	        d->plan, d->item->id,
	        "v%d is approved, but its content was edited since: restore that content, "
	        "approve the edit with `stemma submit` and `stemma approve`, or leave "
	        "the entry %s with --hold " STR_FMT,
	        approved, d->old.version ? "as it is published" : "out",
	        STR_ARG(d->item->id));
	return false;
}

/* How many of the source's lines go to readers with the content that they have. */
static size_t lines_for_readers(const struct decision *d)
{
	size_t n = d->source.n;

	while (n > d->kept && !event_is_public(d->source.lines[n - 1].event))
		n--;
	return n;
}

/*
 * The published bytes with the source's lines up to N. BLOB is set when there are any. A line
 * is written anew; one that has more than stemma writes would not come out the same.
 */
static bool append_lines(struct decision *d, size_t n, struct oid *blob)
{
	struct planned_side *new = &d->entry.new;
	struct release_plan *p = d->plan;
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_FILE_BYTES);
	struct err why = {0};

	if (n <= d->kept)
		return true;
	if (!history_append_all(&out, new->doc, roles_of(&d->entry.old),
	                        d->source.lines + d->kept, n - d->kept, &why)) {
		plan_obstacle(p, d->item->id, "%s", why.text);
		return true;
	}
	return repo_write_blob(blob, p->record->repo, buf_str(&out), d->err) &&
	       plan_read(&new->doc, p, new->file.path, blob,
	                 &d->entry.old.collection->read, d->arena, d->err);
}

/* After APPEND_LINES: the lines are those of the source. */
static bool lines_are_same(struct decision *d, size_t n)
{
	struct history now;
	size_t same;

	history_read(&now, roles_of(&d->entry.old), &d->entry.new.doc->root, d->arena);
	if (now.n == n && history_relate(&same, &now, &d->source) <= HISTORY_APPENDED)
		return true;
	plan_obstacle(
	        d->plan, d->item->id,
	        "its history has a line with more in it than stemma writes, which "
	        "cannot be published; use `stemma deprecate`, `stemma withdraw` and "
	        "`stemma reinstate`");
	return false;
}

/* What is public stays, perhaps elsewhere, perhaps with more lines. */
static bool keep(struct decision *d)
{
	struct planned_side *new = &d->entry.new;
	size_t n = lines_for_readers(d);

	if (!d->old.version)
		return true;
	new->collection = d->item->new_collection;
	new->file = (struct release_file){d->item->new.path, d->item->old.blob};
	new->doc = d->entry.old.doc;
	if (!append_lines(d, n, &new->file.blob))
		return false;
	if (n > d->kept && !lines_are_same(d, n))
		new->file.path = STR_NONE;
	return true;
}

static void carry(struct decision *d, const struct doc *doc)
{
	d->entry.new.collection = d->item->new_collection;
	d->entry.new.file = d->item->new;
	d->entry.new.doc = doc;
}

/* ---- what it comes to ---- */

static enum planned_change kind_of(const struct decision *d)
{
	const struct planned_entry *e = &d->entry;
	enum planned_change c =
	        e->old.version != e->new.version ? PLANNED_REVISED : PLANNED_MOVED;

	if (!e->old.version)
		return PLANNED_ADDED;
	for (size_t i = 0; i < e->lines_n; i++) {
		if (e->lines[i].event == EVENT_WITHDRAWN)
			c = PLANNED_WITHDRAWN;
		if (e->lines[i].event == EVENT_DEPRECATED)
			c = PLANNED_DEPRECATED;
		if (e->lines[i].event == EVENT_REINSTATED)
			c = PLANNED_REINSTATED;
	}
	/* A later version may have come with or after it. */
	if (e->old.version != e->new.version && e->new.state == STATE_PUBLISHED)
		return PLANNED_REVISED;
	return c;
}

static struct str name_of(const struct decision *d)
{
	const struct planned_side *new = &d->entry.new;
	const struct doc_node *node =
	        path_first(new->collection->roles.name, &new->doc->root);
	struct str lang, name = STR_NONE;

	if (node)
		name = localised(node, &d->plan->dataset->default_language, 1, &lang);
	return name.n ? arena_str(d->plan->arena, name) : STR_NONE;
}

static void note_people(struct decision *d)
{
	struct map *people = &d->plan->people;

	for (size_t i = 0; i < d->entry.lines_n; i++) {
		struct str who = d->entry.lines[i].by;

		if (who.n && !map_has(people, who))
			map_set(people, arena_str(d->plan->arena, who), NULL);
	}
}

/* Read what the release will have. False: it is not what the lines promise. */
static bool read_new(struct decision *d)
{
	struct planned_entry *e = &d->entry;
	struct published now;

	published_read(&now, roles_of(&e->new), &e->new.doc->root, d->arena);
	if (!now.version) {
		plan_obstacle(d->plan, d->item->id,
		              "none of its approved history lines is about its content");
		return false;
	}
	e->new.version = now.version;
	e->new.state = now.state;
	e->new.sources = now.sources;
	e->content = arena_str(d->plan->arena, now.content);
	e->name = name_of(d);
	e->lines = now.history.lines + d->kept;
	e->lines_n = now.history.n - d->kept;
	return true;
}

static void add_to_plan(struct decision *d)
{
	struct release_plan *p = d->plan;
	struct planned_entry *e = &d->entry;
	bool moved = e->old.file.path.s && !str_eq(e->old.file.path, e->new.file.path);

	if (!moved && e->old.file.path.s && oid_eq(&e->old.file.blob, &e->new.file.blob))
		return;
	e->change = kind_of(d);
	if (moved)
		plan_edit(p, e->old.file.path, NULL);
	plan_edit(p, e->new.file.path, &e->new.file.blob);
	p->changes[e->change]++;
	tally_planned(p, e, e->old.doc ? &e->old.doc->root : NULL, &e->new.doc->root);
	note_people(d);
	if (d->arena != p->arena) {
		e->new.doc = NULL;
		e->lines = NULL;
		e->lines_n = 0;
	}
	*arena_push(p->arena, p->entries, p->entries_n, p->entries_cap) = *e;
}

static bool read_old(struct decision *d)
{
	struct planned_side *old = &d->entry.old;
	struct release_plan *p = d->plan;

	if (!d->item->old.path.s)
		return true;
	old->file = d->item->old;
	old->collection = d->item->old_collection;
	if (!plan_read(&old->doc, p, old->file.path, &old->file.blob,
	               &old->collection->read, d->arena, d->err))
		return false;
	if (!old->doc)
		return err_set(d->err, ERR_REPO,
		               "release " STR_FMT
		               " has no entry that can be read in " STR_FMT
		               "; `stemma verify` tells more",
		               STR_ARG(p->previous->name), STR_ARG(old->file.path));
	published_read(&d->old, roles_of(old), &old->doc->root, d->arena);
	old->version = d->old.version;
	old->state = d->old.state;
	old->sources = d->old.sources;
	return true;
}

/* Whether the source has one file of the entry; else there is an obstacle, or nothing to do. */
static bool is_there(const struct decision *d)
{
	const struct roster_item *item = d->item;

	if (item->twin.s) {
		plan_obstacle(d->plan, item->id,
		              "two files have this id: " STR_FMT " and " STR_FMT,
		              STR_ARG(item->new.path), STR_ARG(item->twin));
		return false;
	}
	if (item->new.path.s)
		return true;
	plan_obstacle(d->plan, item->id,
	              "it is published, but is not in the source any more, in the "
	              "collection " STR_FMT "; restore its file (" STR_FMT
	              ") and use `stemma withdraw " STR_FMT " --reason ...`",
	              STR_ARG(item->collection), STR_ARG(item->old.path),
	              STR_ARG(item->id));
	return false;
}

/* Whether readers are to be told more of a new entry than that it is there. */
static bool has_public_events(const struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (event_is_public(h->lines[i].event))
			return true;
	return false;
}

static bool decide(struct decision *d, struct release_file *out)
{
	const struct roster_item *item = d->item;
	const struct roles *roles = &item->new_collection->roles;
	const struct doc *doc;

	if (!read_old(d) || !plan_read(&doc, d->plan, item->new.path, &item->new.blob,
	                               &item->new_collection->read, d->arena, d->err))
		return false;
	if (!doc) {
		/* What was never published may be a draft of anything. */
		if (item->old.path.s)
			plan_obstacle(
			        d->plan, item->id,
			        "its file cannot be read; see `stemma validate " STR_FMT
			        "`",
			        STR_ARG(item->new.path));
		return true;
	}
	history_read(&d->source, roles, &doc->root, d->arena);
	if (d->arena != d->plan->arena && has_public_events(&d->source)) {
		d->arena = d->plan->arena;
		return decide(d, out);
	}
	d->content = version_content(roles, &doc->root, d->arena);
	d->standing = history_standing(&d->source, d->source.n);
	if ((!d->old.version && !d->standing.approved) || !continues(d))
		return true;
	if (wants_new(d))
		carry(d, doc);
	else if (!keep(d))
		return false;
	if (!d->entry.new.file.path.s || !read_new(d))
		return true;
	*out = d->entry.new.file;
	add_to_plan(d);
	return true;
}

bool plan_entry(struct release_file *out, struct release_plan *p,
                const struct roster_item *item, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct decision d = {.plan = p, .item = item, .err = err};

	*out = (struct release_file){0};
	d.arena = item->old.path.s ? p->arena : &scratch;
	d.entry.collection = item->collection;
	d.entry.id = item->id;
	return !is_there(&d) || decide(&d, out);
}
