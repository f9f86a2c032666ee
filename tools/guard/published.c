/*
 * published.c - a change against the record of what was published
 */
#include "guard/internal.h"

#include "base/limits.h"

/* What the newest release has of an entry. */
struct carried {
	const struct release *release; /* NULL: it does not have it */
	struct published published;
};

static const struct release_policy *policy_of(const struct change *c)
{
	return &(c->old.dataset ? c->old.dataset : c->new.dataset)->release;
}

bool change_has_remote(struct change *c)
{
	struct str key = arena_fmt(c->arena, "remote." STR_FMT ".url",
	                           STR_ARG(policy_of(c)->remote));

	return repo_config(c->repo, key.s, c->arena).s != NULL;
}

/* How to get the releases, for the end of a message. */
static struct str fetch_advice(struct change *c)
{
	const struct release_policy *p = policy_of(c);

	if (!change_has_remote(c))
		return arena_fmt(c->arena,
		                 "fetch the branch " STR_FMT
		                 " from where releases are made",
		                 STR_ARG(p->branch));
	return arena_fmt(c->arena,
	                 "run `git fetch " STR_FMT " " STR_FMT ":refs/remotes/" STR_FMT
	                 "/" STR_FMT "` and check again",
	                 STR_ARG(p->remote), STR_ARG(p->branch), STR_ARG(p->remote),
	                 STR_ARG(p->branch));
}

void change_tell_unknown(struct change *c, struct str file, const char *why)
{
	if (c->unknown_told)
		return;
	c->unknown_told = true;
	diag_file(c->out, file);
	diag_add(c->out, &rule_history_unknown, (struct span){0},
	         "unknown: whether this agrees with what was published; %s", why)
	        ->suggestion = fetch_advice(c);
}

static bool open_record(struct change *c, const struct dataset *d, struct err *err)
{
	if (c->opt->released)
		return record_open_at(&c->record, c->repo, d, c->opt->released, c->arena,
		                      err);
	return record_open(&c->record, c->repo, d, c->arena, err);
}

struct record *change_record(struct change *c, struct str file)
{
	const struct dataset *d = c->old.dataset ? c->old.dataset : c->new.dataset;
	struct err err = {0};

	if (c->record_state == RECORD_UNASKED) {
		c->record_state = RECORD_ABSENT;
		if (!open_record(c, d, &err))
			change_tell_unknown(c, file,
			                    arena_str(c->arena, str_of(err.text)).s);
		else if (c->record.n)
			c->record_state = RECORD_READ;
	}
	return c->record_state == RECORD_READ ? &c->record : NULL;
}

static bool find_carried(struct carried *out, struct change *c, struct record *r,
                         const struct pair *p, struct arena *arena)
{
	const struct release *last = &r->releases[r->n - 1];
	struct str name = (p->old ? p->old : p->new)->name;
	const struct collection *k;
	struct release_file file;
	struct err err = {0};
	struct doc *doc;

	*out = (struct carried){0};
	if (!release_locate(&file, r, last, name, p->id, arena, &err) ||
	    !release_read(&doc, &k, r, last, name, &file, arena, &err)) {
		if (err.code)
			change_tell_unknown(c, p->new ? p->new_path : p->old_path,
			                    arena_str(c->arena, str_of(err.text)).s);
		return false;
	}
	published_read(&out->published, &k->roles, &doc->root, arena);
	out->release = last;
	return true;
}

static void tell_deleted(struct change *c, const struct pair *p,
                         const struct carried *carried)
{
	diag_file(c->out, p->old_path);
	diag_add(c->out, &rule_history_deleted, (struct span){0},
	         STR_FMT "@v%d is published (release " STR_FMT "), but gone with this "
	                 "change",
	         STR_ARG(p->id), carried->published.version,
	         STR_ARG(carried->release->name))
	        ->suggestion = arena_fmt(
	        c->arena,
	        "bring it back, and withdraw it instead: `stemma withdraw " STR_FMT
	        " --reason ...`",
	        STR_ARG(p->id));
}

static void tell_reused(struct change *c, const struct pair *p,
                        const struct carried *carried)
{
	diag_file(c->out, p->new_path);
	diag_add(c->out, &rule_history_id_reused, (struct span){0},
	         "the id \"" STR_FMT "\" is that of an entry in release " STR_FMT
	         ", whose history this file does not continue",
	         STR_ARG(p->id), STR_ARG(carried->release->name))
	        ->suggestion =
	        carried->published.state == STATE_WITHDRAWN
	                ? STR("give the new entry another id; that of a withdrawn one "
	                      "never comes back")
	                : STR("give the new entry another id, or restore the history, "
	                      "keep the content");
}

static void tell_unpublished(struct change *c, const struct pair *p,
                             const struct history_line *l, size_t index,
                             const struct carried *carried)
{
	const struct roles *roles = &(p->old ? p->old : p->new)->roles;
	CLEANUP(buf_release) struct buf pointer = BUF_INIT(LIMIT_POINTER_BYTES);
	struct diag *d;

	doc_pointer_key(&pointer, history_key(roles));
	doc_pointer_index(&pointer, index);
	diag_file(c->out, p->new_path);
	d = diag_add(c->out, &rule_history_unpublished, doc_span(l->node),
	             "`%s` is about v%d, which no release carries", event_name(l->event),
	             l->version);
	d->pointer = arena_str(c->arena, buf_str(&pointer));
	if (carried->release && carried->published.version)
		d->suggestion = arena_fmt(c->arena, "v%d is the published version",
		                          carried->published.version);
	else
		d->suggestion = STR("release it first, or return it");
}

/* Whether a release carries, or carried, the version that L is about. */
static bool is_carried(struct change *c, struct record *r, const struct pair *p,
                       const struct history_line *l, struct arena *arena)
{
	struct entry_record entry;
	struct err err = {0};

	if (!record_entry(&entry, r, p->new->name, p->id, arena, &err)) {
		change_tell_unknown(c, p->new_path,
		                    arena_str(c->arena, str_of(err.text)).s);
		return true;
	}
	for (size_t i = 0; i < entry.n; i++)
		if (entry.versions[i].version == l->version)
			return true;
	return false;
}

static const struct doc_node *item_at(const struct history *h, size_t i)
{
	return h->node && h->node->kind == DOC_LIST ? h->node->items + i : NULL;
}

/* Public events that this change adds. */
static void check_events(struct change *c, const struct pair *p,
                         const struct history *old, const struct history *new,
                         struct record *r, const struct carried *carried,
                         struct arena *scratch)
{
	static const struct history nothing;
	size_t same = 0;

	(void)history_relate(&same, old ? old : &nothing, new);
	for (size_t i = 0; i < new->n; i++) {
		const struct history_line *l = &new->lines[i];

		if (!event_is_public(l->event) || l->node < item_at(new, same))
			continue;
		if (!r)
			change_tell_unknown(c, p->new_path,
			                    "the releases are not in this repository");
		else if (!is_carried(c, r, p, l, scratch))
			tell_unpublished(c, p, l, (size_t)(l->node - item_at(new, 0)),
			                 carried);
	}
}

/* Whether the lines of H say that the entry may have been published elsewhere. */
static bool may_be_published(struct change *c, const struct history *h)
{
	bool approved = false;

	for (size_t i = 0; h && i < h->n; i++) {
		if (event_is_public(h->lines[i].event))
			return true;
		approved = approved || h->lines[i].event == EVENT_APPROVED;
	}
	return approved && (repo_is_shallow(c->repo) || change_has_remote(c) ||
	                    !str_eqz(policy_of(c)->remote, "origin"));
}

static bool adds_public_events(const struct history *old, const struct history *new)
{
	size_t before = 0, after = 0;

	for (size_t i = 0; old && i < old->n; i++)
		before += event_is_public(old->lines[i].event);
	for (size_t i = 0; new &&i < new->n; i++)
		after += event_is_public(new->lines[i].event);
	return after > before;
}

void check_published(struct change *c, const struct pair *p, const struct history *old,
                     const struct history *new, struct arena *scratch)
{
	struct str file = p->new ? p->new_path : p->old_path;
	struct carried carried = {0};
	struct record *r;
	size_t same;

	/* An entry that stays and says nothing new of its publication needs no record. */
	if (p->old && p->new && !adds_public_events(old, new))
		return;
	r = change_record(c, file);
	if (r)
		(void)find_carried(&carried, c, r, p, scratch);
	else if (p->new ? !p->old &&repo_is_shallow(c->repo) : may_be_published(c, old))
		change_tell_unknown(c, file, "the releases are not in this repository");
	if (carried.release && !p->new)
		tell_deleted(c, p, &carried);
	if (!new)
		return;
	if (carried.release && !p->old &&
	    history_relate(&same, &carried.published.history, new) > HISTORY_APPENDED)
		tell_reused(c, p, &carried);
	else
		check_events(c, p, old, new, r, &carried, scratch);
}
