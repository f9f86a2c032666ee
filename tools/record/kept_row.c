/*
 * kept_row.c - one row of the table, out of what was kept
 */
#include "record/kept.h"

void kept_take(struct table_row *row, const struct kept *k, const struct kept_row *was)
{
	row->unreadable = was->unreadable;
	row->version = was->version;
	row->state = (enum state)was->state;
	row->sources = (size_t)was->sources;
	row->due = was->due;
	row->next = (enum state)was->next;
	row->stale = was->stale;
	row->published = (struct table_published){.version = was->public_version,
	                                          .state = (enum state)was->public_state,
	                                          .sources = (size_t)was->public_sources};
	if (was->public_version)
		row->published.release = &k->record->releases[was->release];
	row->changed = k->pointers + was->changed;
	row->changed_n = was->changed_n;
}

struct known *kept_known(const struct table_row *row, const struct kept_row *was,
                         struct arena *arena)
{
	struct known *known;

	if (oid_is_zero(&was->last))
		return NULL;
	known = arena_new(arena, struct known);
	known->collection = row->collection;
	known->id = row->id;
	known->steps = arena_new(arena, struct release_step);
	known->steps[0] = (struct release_step){was->release, was->last};
	known->n = known->cap = 1;
	return known;
}
