/*
 * entry.c - one entry from one release to the next
 */
#include "verify/internal.h"

#include "base/limits.h"

/* One side of a change, read. */
struct side {
	struct doc *doc;
	const struct collection *collection;
	struct published published;
};

static struct diag *tell(const struct pair_check *c, const struct rule *rule,
                         const char *fmt, ...) PRINTF_FORMAT(3, 4);

static struct diag *tell(const struct pair_check *c, const struct rule *rule,
                         const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(c->scratch, fmt, ap);
	va_end(ap);
	return diag_add(c->out, rule, (struct span){0}, STR_FMT, STR_ARG(text));
}

/* False: it is told why the file cannot be read. */
static bool read_side(struct side *out, const struct pair_check *c,
                      const struct release *release, const struct release_file *file)
{
	struct err err = {0};

	if (!release_read(&out->doc, &out->collection, c->record, release,
	                  c->change->collection, file, c->scratch, &err)) {
		tell(c,
		     err.code == ERR_REPO ? &rule_release_object : &rule_release_content,
		     "%s", err.text)
		        ->suggestion = STR(
		        "fetch it from the remote or from another clone: git fsck --full");
		return false;
	}
	published_read(&out->published, &out->collection->roles, &out->doc->root,
	               c->scratch);
	return true;
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

static void check_versions(const struct pair_check *c, const struct side *old,
                           const struct side *new)
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
static void check_history(const struct pair_check *c, const struct side *new)
{
	size_t from = c->out->n, kept;

	history_check(&new->collection->roles, &new->doc->root, c->scratch, c->out);
	kept = from;
	for (size_t i = from; i < c->out->n; i++)
		if (c->out->items[i].severity == SEVERITY_ERROR)
			c->out->items[kept++] = c->out->items[i];
	c->out->n = kept;
}

static void check_lines(const struct pair_check *c, const struct side *old,
                        const struct side *new)
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

static void check_new(const struct pair_check *c, const struct side *new)
{
	struct str id = entry_id(&new->collection->roles, &new->doc->root, c->change->id);

	if (!new->published.version)
		tell(c, &rule_release_unapproved,
		     "no approved line has the fingerprint of this content");
	if (!str_eq(id, c->change->id))
		tell(c, &rule_release_content, "the id is \"" STR_FMT "\"",
		     STR_ARG(diag_quote(c->scratch, id)));
	check_history(c, new);
}

void verify_pair(const struct pair_check *c)
{
	struct side old = {0}, new = {0};

	if (!c->change->new) {
		tell(c, &rule_release_deleted, STR_FMT " was published in %s and is gone",
		     STR_ARG(c->change->id), c->old->name.s)
		        ->suggestion = STR("entries are withdrawn, never deleted");
		return;
	}
	if (!read_side(&new, c, c->new, c->change->new))
		return;
	check_new(c, &new);
	if (!c->change->old || !read_side(&old, c, c->old, c->change->old))
		return;
	check_versions(c, &old, &new);
	check_lines(c, &old, &new);
}
