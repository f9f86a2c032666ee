/*
 * listing.c - lists of findings as sets
 */
#include "guard/internal.h"

#include "base/limits.h"

/* What makes two findings the same: not the line, which moves with what stands above. */
static struct str full_key(const struct diag *d, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT "\n%d\n%s\n" STR_FMT "\n" STR_FMT,
	                 STR_ARG(d->file), d->document, d->rule->id, STR_ARG(d->pointer),
	                 STR_ARG(d->text));
}

/* Seen from two parents of a merge, other lines of one history are missing. */
static struct str loose_key(const struct diag *d, struct arena *arena)
{
	if (d->rule == &rule_history_changed || d->rule == &rule_history_removed)
		return arena_fmt(arena, STR_FMT "\n%s", STR_ARG(d->file),
		                 rule_history_changed.id);
	return full_key(d, arena);
}

static void filter(struct diag_list *list, const struct diag_list *other,
                   struct str (*key)(const struct diag *d, struct arena *arena),
                   bool common)
{
	CLEANUP(arena_release) struct arena arena = {0}, scratch = {0};
	struct map known;
	size_t n = 0;

	map_init(&known, &arena);
	for (size_t i = 0; i < other->n; i++)
		map_at(&known, key(&other->items[i], &arena), NULL);
	for (size_t i = 0; i < list->n; i++) {
		if (map_has(&known, key(&list->items[i], &scratch)) == common)
			list->items[n++] = list->items[i];
		arena_reset(&scratch);
	}
	list->n = n;
}

void findings_subtract(struct diag_list *list, const struct diag_list *other)
{
	filter(list, other, full_key, false);
}

void findings_intersect(struct diag_list *list, const struct diag_list *other)
{
	filter(list, other, loose_key, true);
}

void findings_append(struct diag_list *list, const struct diag_list *other)
{
	for (size_t i = 0; i < other->n; i++)
		*arena_push(list->arena, list->items, list->n, list->cap) =
		        other->items[i];
	list->dropped += other->dropped;
}
