/*
 * entry.c - the version of an entry, and two entries set against each other
 */
#include "diff/internal.h"

#include "version/version.h"

/* What readers see: the version whose content it has. */
static void published(int *version, const char **state, const struct history *h,
                      struct str content)
{
	const struct history_line *line = history_version_of(h, content);
	struct standing s;

	if (!line)
		return;
	s = history_standing(h, h->n);
	*version = line->version;
	*state = state_name(standing_public(&s, line->version));
}

void diff_standing(int *version, const char **state, const struct collection *c,
                   const struct doc_node *root, bool released)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct history h;
	struct working w;
	struct str content;

	if (!c->versioned || !root)
		return;
	history_read(&h, &c->roles, root, &scratch);
	content = version_content(&c->roles, root, &scratch);
	if (released) {
		published(version, state, &h, content);
		return;
	}
	w = history_working(&h, content);
	*version = w.version;
	*state = state_name(w.state);
}

static const struct doc_node *root_of(const struct diff_entry *e)
{
	return e->doc ? &e->doc->root : NULL;
}

static struct str bytes_of(const struct diff_entry *e)
{
	return e->doc ? e->doc->source->bytes : STR_NONE;
}

void diff_entries(struct change_set *out, const struct diff_entry *old,
                  const struct diff_entry *new, struct arena *arena)
{
	const struct diff_entry *one = new->doc ? new : old;
	struct entry_change c = {.collection = one->collection->name, .id = one->id};

	*out = (struct change_set){.old_name = old->name, .new_name = new->name};
	if (old->doc) {
		c.old_path = old->path;
		diff_standing(&c.old_version, &c.old_state, old->collection, root_of(old),
		              old->released);
	}
	if (new->doc) {
		c.new_path = new->path;
		diff_standing(&c.new_version, &c.new_state, new->collection, root_of(new),
		              new->released);
	}
	if (change_classify(&c, &one->collection->roles, root_of(old), root_of(new),
	                    bytes_of(old), bytes_of(new), arena))
		*arena_push(arena, out->entries, out->entries_n, out->entries_cap) = c;
	/* Nobody wrote the history of one as that of the other. */
	if (out->entries_n && old->doc && new->doc && !str_eq(old->id, new->id)) {
		out->entries->history_rewritten = false;
		out->entries->events_n = 0;
	}
	change_set_finish(out);
}
