#include "merge/internal.h"

#include "base/limits.h"

#include <string.h>

/* The blocks of the three sides; an empty one where there is nothing to split. */
struct blocks {
	struct block side[SIDES];
	const struct doc_node *nodes[SIDES];
	size_t column[SIDES]; /* of the pieces they are part of */
};

static bool split_all(struct blocks *b, struct merging *m,
                      const struct piece *const p[SIDES])
{
	for (int s = BASE; s < SIDES; s++) {
		b->nodes[s] = p[s] ? p[s]->node : NULL;
		b->column[s] = p[s] ? p[s]->column : 0;
		if (!block_split(&b->side[s], m, (enum side)s, p[s]))
			return false;
	}
	return true;
}

/* The header that stands; NO_SIDE when both changed it, or when it would not fit. */
static int pick_header(const struct blocks *b)
{
	struct str text[SIDES];
	int take;

	for (int s = BASE; s < SIDES; s++)
		text[s] = b->side[s].header;
	/* An empty base ("[]") has no header of its own. */
	if (!b->side[BASE].n)
		text[BASE] = text[OURS];
	take = lines_pick(text, b->column);
	if (take == THEIRS && b->side[OURS].compact != b->side[THEIRS].compact)
		return str_eq(str_trim(text[OURS]), str_trim(text[BASE])) ? NO_SIDE
		                                                          : OURS;
	return take;
}

static int pick_tail(const struct blocks *b)
{
	struct str text[SIDES];
	size_t column[SIDES];

	for (int s = BASE; s < SIDES; s++) {
		text[s] = b->side[s].tail;
		column[s] = b->side[s].column;
	}
	return lines_pick(text, column);
}

/* Append the name of child ITEM to the place; where it ended before is in *END. */
static void enter(struct merging *m, const struct blocks *b, const struct plan_item *item)
{
	enum side s = item->at[OURS] != NOT_THERE ? OURS : THEIRS;
	const struct doc_node *node = b->nodes[s];

	if (node->kind == DOC_MAP)
		doc_pointer_key(&m->place, node->members[item->at[s]].key);
	else
		doc_pointer_key(&m->place, item_name(m, node, item->at[s], m->arena));
}

/*
 * The first piece of a compact block stands behind the header: its indent goes. False when
 * comments or a clash stand there.
 */
static bool join_first(struct merging *m, size_t at, size_t indent)
{
	char c = at + indent < m->out.n ? m->out.s[at + indent] : '\n';

	if (c == '#' || c == '\n' || c == ' ')
		return false;
	memmove(m->out.s + at, m->out.s + at + indent, m->out.n - at - indent);
	buf_truncate(&m->out, m->out.n - indent);
	return true;
}

static const char *add_children(struct merging *m, const struct blocks *b,
                                const struct plan *plan)
{
	size_t at = m->out.n, before, place = m->place.n, column = b->side[OURS].column;
	bool joined = !b->side[OURS].compact, clash, left = false;

	for (size_t i = 0; i < plan->n; i++) {
		const struct piece *p[SIDES];

		for (int s = BASE; s < SIDES; s++) {
			uint32_t n = plan->items[i].at[s];

			p[s] = n == NOT_THERE ? NULL : &b->side[s].pieces[n];
		}
		enter(m, b, &plan->items[i]);
		before = m->out.n;
		clash = piece_merge(m, p, column);
		buf_truncate(&m->place, place);
		/* Of a clash, something is left whichever side is chosen. */
		left = left || (clash ? p[OURS] && p[THEIRS] : m->out.n > before);
		if (joined || (!clash && m->out.n == at))
			continue;
		if (clash || !join_first(m, at, column))
			return "the first of its lines cannot be merged by itself";
		joined = true;
	}
	return left ? NULL : "each side removed a part, and nothing would be left";
}

bool may_take_apart(struct merging *m, const struct doc_node *const nodes[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (nodes[s])
			m->work += nodes[s]->end.offset - nodes[s]->start.offset;
	return m->work <= LIMIT_MERGE_BYTES;
}

const char *nested_merge(struct merging *m, const struct piece *const p[SIDES],
                         size_t column)
{
	struct blocks b;
	struct plan plan;
	const char *why;
	int header, tail;

	if (!split_all(&b, m, p))
		return "both sides changed it, and its layout cannot be taken apart";
	if (!may_take_apart(m, b.nodes))
		return TOO_DEEP;
	why = is_history(m, b.nodes) ? plan_history(&plan, m, b.nodes)
	                             : plan_make(&plan, m, b.nodes);
	if (why)
		return why;
	header = pick_header(&b);
	tail = pick_tail(&b);
	if (header == NO_SIDE || tail == NO_SIDE)
		return "a comment in it was changed on both sides";
	buf_fill(&m->out, ' ', column);
	lines_add(&m->out, b.side[header].header, b.column[header], column);
	why = add_children(m, &b, &plan);
	if (why)
		return why;
	lines_add_whole(&m->out, b.side[tail].tail, b.side[tail].column,
	                b.side[OURS].column);
	return NULL;
}
