#include "merge/internal.h"

bool is_history(const struct merging *m, const struct doc_node *const nodes[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (nodes[s] && nodes[s] == m->history[s])
			return true;
	return false;
}

static uint32_t lines(const struct doc_node *node)
{
	return node ? node->n : 0;
}

/* What a line is about: work on a version, or the public status of one. */
enum about { ABOUT_NOTHING, ABOUT_WORK, ABOUT_STATUS, ABOUT_BOTH, ABOUT_UNKNOWN = 4 };

static unsigned about(const struct doc_node *line)
{
	static const struct {
		const char *event;
		enum about about;
	} events[] = {
	        {"review", ABOUT_WORK},      {"returned", ABOUT_WORK},
	        {"approved", ABOUT_WORK},    {"deprecated", ABOUT_STATUS},
	        {"withdrawn", ABOUT_STATUS}, {"reinstated", ABOUT_STATUS},
	};
	struct str event = doc_text(doc_get(line, "event"));

	for (size_t i = 0; i < ARRAY_LEN(events); i++)
		if (str_eqz(event, events[i].event))
			return events[i].about;
	return ABOUT_UNKNOWN;
}

static unsigned about_all(const struct doc_node *node, uint32_t from)
{
	unsigned all = ABOUT_NOTHING;

	for (uint32_t i = from; i < lines(node); i++)
		all |= about(&node->items[i]);
	return all;
}

/* Whether the lines from FROM on leave the entry withdrawn. */
static bool withdraws(const struct doc_node *node, uint32_t from)
{
	for (uint32_t i = lines(node); i > from; i--) {
		const struct doc_node *line = &node->items[i - 1];

		if (about(line) == ABOUT_STATUS)
			return str_eqz(doc_text(doc_get(line, "event")), "withdrawn");
	}
	return false;
}

/* How many lines, from FROM on, are the same in A and B. */
static uint32_t common(const struct doc_node *a, const struct doc_node *b, uint32_t from)
{
	uint32_t i = from;

	while (i < lines(a) && i < lines(b) && doc_equal(&a->items[i], &b->items[i]))
		i++;
	return i;
}

static bool all_lists(const struct doc_node *const nodes[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (nodes[s] && nodes[s]->kind != DOC_LIST)
			return false;
	return true;
}

const char *history_clash(const struct doc_node *const nodes[SIDES])
{
	const struct doc_node *base = nodes[BASE], *ours = nodes[OURS],
	                      *theirs = nodes[THEIRS];
	unsigned a, b;
	uint32_t shared;

	if (same_value(base, ours) && same_value(base, theirs))
		return NULL;
	if (!all_lists(nodes) || (base && (!ours || !theirs)))
		return "the history is not a list of lines on both sides";
	if (common(base, ours, 0) < lines(base) || common(base, theirs, 0) < lines(base))
		return "a line of the history was changed or removed; lines are only ever "
		       "appended";
	shared = common(ours, theirs, lines(base));
	a = about_all(ours, shared);
	b = about_all(theirs, shared);
	if (!a || !b)
		return NULL;
	if ((a == ABOUT_WORK && b == ABOUT_STATUS) ||
	    (a == ABOUT_STATUS && b == ABOUT_WORK))
		return withdraws(a == ABOUT_STATUS ? ours : theirs, shared)
		               ? "one side withdrew the entry, the other one worked on; "
		                 "keep the lines of the withdrawal, not those of the "
		                 "work: it is submitted again after `stemma reinstate`"
		               : NULL;
	if ((a | b) & ABOUT_UNKNOWN)
		return "both sides appended lines, and one of them has no known event";
	return "both sides appended events; which of them holds is for you to decide";
}

/* The lines of SIDE from FROM on. */
static void append(struct plan *out, const struct doc_node *node, enum side side,
                   uint32_t from)
{
	for (uint32_t i = from; i < lines(node); i++) {
		struct plan_item *item = &out->items[out->n++];

		*item = (struct plan_item){{NOT_THERE, NOT_THERE, NOT_THERE}};
		item->at[side] = i;
	}
}

const char *plan_history(struct plan *out, struct merging *m,
                         const struct doc_node *const nodes[SIDES])
{
	const char *why = history_clash(nodes);
	uint32_t base = lines(nodes[BASE]), shared;
	enum side first;

	if (why)
		return why;
	shared = common(nodes[OURS], nodes[THEIRS], base);
	*out = (struct plan){
	        .items = arena_array(m->arena, struct plan_item,
	                             (size_t)lines(nodes[OURS]) + lines(nodes[THEIRS])),
	};
	for (uint32_t i = 0; i < shared; i++)
		out->items[out->n++] =
		        (struct plan_item){{i < base ? i : NOT_THERE, i, i}};
	/* Status is first from whichever side: it may be published, and then must stay. */
	first = about_all(nodes[THEIRS], shared) == ABOUT_STATUS ? THEIRS : OURS;
	append(out, nodes[first], first, shared);
	first = first == OURS ? THEIRS : OURS;
	append(out, nodes[first], first, shared);
	return NULL;
}
