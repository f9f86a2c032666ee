/*
 * entry.c - one entry from one release to the next
 */
#include "verify/internal.h"

#include "base/limits.h"

static struct diag *tell(struct entry_check *c, const struct rule *rule, const char *fmt,
                         ...) PRINTF_FORMAT(3, 4);

static struct diag *tell(struct entry_check *c, const struct rule *rule, const char *fmt,
                         ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(&c->scratch, fmt, ap);
	va_end(ap);
	return diag_add(c->out, rule, (struct span){0}, STR_FMT, STR_ARG(text));
}

/* False: it is told why the file cannot be read. */
static bool read_side(struct verify_side *out, struct entry_check *c,
                      const struct release *release, const struct release_file *file)
{
	struct err err = {0};

	arena_reset(&out->arena);
	out->blob = file->blob;
	out->read = release_read(&out->doc, &out->collection, c->record, release,
	                         c->chain->collection, file, &out->arena, &err);
	if (!out->read) {
		tell(c,
		     err.code == ERR_REPO ? &rule_release_object : &rule_release_content,
		     "%s", err.text)
		        ->suggestion = STR(
		        "fetch it from the remote or from another clone: git fsck --full");
		return false;
	}
	published_read(&out->published, &out->collection->roles, &out->doc->root,
	               &out->arena);
	return true;
}

/* Whether the file of the step before is the old one of this step, read in the same way. */
static bool is_old(struct entry_check *c)
{
	const struct verify_side *last = &c->sides[c->last];
	const struct release *before = c->step->release - 1;
	struct err unused = {0};

	return last->read && oid_eq(&last->blob, &c->step->old->blob) &&
	       release_collection(c->record, before, c->chain->collection, &unused) ==
	               last->collection;
}

/* Whether NEW is OLD with bytes added in one place. */
static bool is_insertion(struct str old, struct str new)
{
	size_t front = 0, back = 0;

	if (new.n < old.n)
		return false;
	while (front < old.n && old.s[front] == new.s[front])
		front++;
	while (back < old.n && old.s[old.n - 1 - back] == new.s[new.n - 1 - back])
		back++;
	return front + back >= old.n;
}

static void check_versions(struct entry_check *c, const struct verify_side *old,
                           const struct verify_side *new)
{
	const struct published *a = &old->published, *b = &new->published;

	if (!a->version || !b->version)
		return;
	if (b->version < a->version)
		tell(c, &rule_release_version, "v%d comes after v%d", b->version,
		     a->version);
	if (b->version == a->version && !str_eq(a->content, b->content))
		tell(c, &rule_release_version,
		     "v%d has another content than in the release before", b->version);
	else if (b->version == a->version &&
	         !is_insertion(old->doc->source->bytes, new->doc->source->bytes))
		tell(c, &rule_release_content,
		     "other bytes of v%d than history lines differ from the release before",
		     b->version);
}

/* The findings of history rules that are about what is published. */
static void check_history(struct entry_check *c, const struct verify_side *new)
{
	struct diag_list all; /* most are warnings, and not kept */

	diag_init(&all, &c->scratch);
	history_check_read(&new->collection->roles, &new->doc->root,
	                   &new->published.history, new->published.content, &c->scratch,
	                   &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].severity == SEVERITY_ERROR)
			verify_keep(c->out, &all.items[i]);
}

static void check_lines(struct entry_check *c, const struct verify_side *old,
                        const struct verify_side *new)
{
	size_t same;

	switch (history_relate(&same, &old->published.history, &new->published.history)) {
	case HISTORY_REMOVED:
		tell(c, &rule_history_removed,
		     "history lines of the release before are missing, from line %zu on",
		     same + 1);
		break;
	case HISTORY_CHANGED:
		tell(c, &rule_history_changed,
		     "history line %zu is not that of the release before", same + 1);
		break;
	default:
		break;
	}
}

static void check_new(struct entry_check *c, const struct verify_side *new)
{
	struct str id = entry_id(&new->collection->roles, &new->doc->root, c->chain->id);

	if (!new->published.version)
		tell(c, &rule_release_unapproved,
		     "no approved line has the fingerprint of this content");
	if (!str_eq(id, c->chain->id))
		tell(c, &rule_release_content, "the id is \"" STR_FMT "\"",
		     STR_ARG(diag_quote(&c->scratch, id)));
	check_history(c, new);
}

/* What is new of this step, and how it follows what was old. */
static void check_step(struct entry_check *c)
{
	struct verify_side *old = &c->sides[c->last], *new = &c->sides[!c->last];
	const struct entry_step *step = c->step;

	if (!read_side(new, c, step->release, step->new))
		return;
	check_new(c, new);
	if (!step->old)
		return;
	if (!is_old(c) && !read_side(old, c, step->release - 1, step->old))
		return;
	check_versions(c, old, new);
	check_lines(c, old, new);
}

void verify_step(struct entry_check *c, const struct entry_step *step,
                 struct diag_list *out)
{
	c->step = step;
	c->out = out;
	if (!step->new) {
		tell(c, &rule_release_deleted, STR_FMT " was published in %s and is gone",
		     STR_ARG(c->chain->id), step->release[-1].name.s)
		        ->suggestion = STR("entries are withdrawn, never deleted");
		return;
	}
	check_step(c);
	c->last = !c->last;
	arena_reset(&c->scratch);
}

void entry_check_reset(struct entry_check *c)
{
	for (size_t i = 0; i < ARRAY_LEN(c->sides); i++)
		c->sides[i].read = false;
}

void entry_check_release(struct entry_check *c)
{
	for (size_t i = 0; i < ARRAY_LEN(c->sides); i++)
		arena_release(&c->sides[i].arena);
	arena_release(&c->scratch);
}
