#include "merge/internal.h"

/* A member or item within its lines: "key: ", the value, and what stands behind it. */
struct inside {
	struct str prefix[SIDES], raw[SIDES], trail[SIDES];
	size_t column[SIDES];
};

static void add_piece(struct merging *m, const struct piece *p, size_t column)
{
	if (!p)
		return;
	lines_add_whole(&m->out, p->lead, p->column, column);
	buf_fill(&m->out, ' ', column);
	lines_add(&m->out, p->main, p->column, column);
}

static bool same_main(const struct piece *a, const struct piece *b)
{
	return lines_same(a->main, a->column, b->main, b->column);
}

static bool same_piece(const struct piece *a, const struct piece *b)
{
	if (!a || !b)
		return a == b;
	return same_main(a, b) && lines_same(a->lead, a->column, b->lead, b->column);
}

const char *value_clash(struct merging *m, const struct doc_node *const nodes[SIDES])
{
	bool block = true;

	for (int s = BASE; s < SIDES; s++) {
		char c = nodes[s] && nodes[s]->start.offset < m->text[s].n
		                 ? m->text[s].s[nodes[s]->start.offset]
		                 : '\0';

		block = block && (c == '|' || c == '>') && nodes[s]->kind == DOC_STRING;
	}
	if (block)
		return "the block of text was changed on both sides";
	if (!nodes[BASE])
		return "it was added on both sides, but not the same";
	if (!same_kind(nodes))
		return "it was changed on both sides, and to another type of value";
	return "it was changed on both sides, but not to the same";
}

/* One side took the piece away. */
static const char *removed(struct merging *m, const struct piece *const p[SIDES])
{
	enum side left = p[OURS] ? OURS : THEIRS, gone = p[OURS] ? THEIRS : OURS;

	if (!doc_equal(p[left]->node, p[BASE]->node))
		return gone == THEIRS ? "theirs removed what ours changed"
		                      : "ours removed what theirs changed";
	if (!piece_comments_kept(m, p, left, gone))
		return "one side removed what the other put a comment to";
	return NULL;
}

static const char *both_added(struct merging *m, const struct piece *const p[SIDES],
                              size_t column)
{
	if (!doc_equal(p[OURS]->node, p[THEIRS]->node))
		return "it was added on both sides, but not the same";
	if (!piece_comments_kept(m, p, THEIRS, OURS))
		return "it was added on both sides, with different comments";
	add_piece(m, p[OURS], column);
	return NULL;
}

/* Which side stands when a value alone decides; NO_SIDE: both changed it. */
static int pick_value(const struct piece *const p[SIDES])
{
	if (doc_equal(p[OURS]->node, p[THEIRS]->node) ||
	    doc_equal(p[THEIRS]->node, p[BASE]->node))
		return OURS;
	return doc_equal(p[OURS]->node, p[BASE]->node) ? THEIRS : NO_SIDE;
}

static struct inside look_inside(const struct merging *m,
                                 const struct piece *const p[SIDES])
{
	struct inside in;

	for (int s = BASE; s < SIDES; s++) {
		size_t at = (size_t)(p[s]->main.s - m->text[s].s);
		size_t from = p[s]->node->start.offset - at;
		size_t to = p[s]->node->end.offset - at;

		in.prefix[s] = str_sub(p[s]->main, 0, from);
		in.raw[s] = str_sub(p[s]->main, from, to - from);
		in.trail[s] = str_sub(p[s]->main, to, p[s]->main.n);
		in.column[s] = p[s]->column;
	}
	return in;
}

static bool any_comment(const struct str text[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (str_find(text[s], '#') < text[s].n)
			return true;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool is_block_text(struct str raw)
{
	return raw.n && (raw.s[0] == '|' || raw.s[0] == '>');
}

/* The value: one side's, or, of two that changed, their merge. */
static const char *add_value(struct merging *m, const struct piece *const p[SIDES],
                             const struct inside *in, size_t column)
{
	const struct doc_node *nodes[SIDES] = {p[BASE]->node, p[OURS]->node,
	                                       p[THEIRS]->node};
	int take = pick_value(p), leave = take == OURS ? THEIRS : OURS;

	if (take == NO_SIDE)
		return flow_merge(m, nodes, in->column);
	if (node_has_comment(m, (enum side)leave, nodes[leave]) &&
	    !piece_comments_kept(m, p, (enum side)leave, (enum side)take))
		return "it was changed on one side and a comment in it on the other";
	lines_add(&m->out, in->raw[take], in->column[take], column);
	return NULL;
}

static const char *add_inside(struct merging *m, const struct piece *const p[SIDES],
                              size_t column)
{
	struct inside in = look_inside(m, p);
	int prefix = any_comment(in.prefix) ? lines_pick(in.prefix, in.column) : OURS;
	int trail = lines_pick(in.trail, in.column);
	struct str rest, line;
	const char *why;
	size_t at;

	if (prefix == NO_SIDE || trail == NO_SIDE)
		return "its comment was changed on both sides";
	lines_add(&m->out, in.prefix[prefix], in.column[prefix], column);
	/* A key whose value is missing has no blank behind its colon. */
	if (m->out.n && in.prefix[prefix].n && !is_space(m->out.s[m->out.n - 1]))
		buf_addc(&m->out, ' ');
	at = m->out.n;
	why = add_value(m, p, &in, column);
	if (why)
		return why;
	if (m->out.n == at && m->out.n && m->out.s[at - 1] == ' ')
		buf_truncate(&m->out, at - 1);
	rest = in.trail[trail];
	if (is_block_text(str_sub(buf_str(&m->out), at, 1)) &&
	    str_split(&rest, '\n', &line) && str_trim(line).n)
		return "a comment stands where a block of text would begin";
	lines_add(&m->out, in.trail[trail], in.column[trail], column);
	return NULL;
}

/* Take the one side that changed the value; WHY when there is none. */
static const char *take_whole(struct merging *m, const struct piece *const p[SIDES],
                              size_t column, const char *why)
{
	int take = pick_value(p), leave = take == OURS ? THEIRS : OURS;

	if (take == NO_SIDE)
		return why;
	if (!piece_comments_kept(m, p, (enum side)leave, (enum side)take))
		return "it was changed on one side and a comment in it on the other";
	buf_fill(&m->out, ' ', column);
	lines_add(&m->out, p[take]->main, p[take]->column, column);
	return NULL;
}

static bool is_empty(const struct piece *p)
{
	return !p ||
	       ((p->node->kind == DOC_LIST || p->node->kind == DOC_MAP) && !p->node->n);
}

static bool any_property(const struct merging *m, const struct piece *const p[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (p[s] && has_property(m, (enum side)s, p[s]->node))
			return true;
	return false;
}

/* Whether both sides have block lists, or both block maps, and the base one or an empty one. */
static bool can_nest(const struct piece *const p[SIDES])
{
	return is_block(p[OURS]->node) && is_block(p[THEIRS]->node) &&
	       p[OURS]->node->kind == p[THEIRS]->node->kind &&
	       (is_empty(p[BASE]) ||
	        (is_block(p[BASE]->node) && p[BASE]->node->kind == p[OURS]->node->kind));
}

static bool any_block(const struct piece *const p[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (p[s] && is_block(p[s]->node))
			return true;
	return false;
}

static const char *layout_clash(struct merging *m, const struct piece *const p[SIDES])
{
	const struct doc_node *nodes[SIDES] = {p[BASE] ? p[BASE]->node : NULL,
	                                       p[OURS]->node, p[THEIRS]->node};

	return same_kind(nodes) ? "both sides changed it, and one of them its layout too"
	                        : value_clash(m, nodes);
}

static const char *merge_main(struct merging *m, const struct piece *const p[SIDES],
                              size_t column)
{
	size_t at = m->out.n, n = m->n;
	const char *why;

	if (any_property(m, p))
		return "it has an anchor, an alias or a tag and was changed on both sides";
	if (p[BASE] && !any_block(p)) {
		buf_fill(&m->out, ' ', column);
		return add_inside(m, p, column);
	}
	why = can_nest(p) ? nested_merge(m, p, column) : layout_clash(m, p);
	if (!why || !p[BASE])
		return why;
	buf_truncate(&m->out, at);
	m->n = n;
	return take_whole(m, p, column, why);
}

/* The lines before it; its own lines, as a whole or from within. */
static const char *merge_both(struct merging *m, const struct piece *const p[SIDES],
                              size_t column)
{
	struct str lead[SIDES] = {p[BASE] ? p[BASE]->lead : STR_NONE, p[OURS]->lead,
	                          p[THEIRS]->lead};
	size_t columns[SIDES] = {p[BASE] ? p[BASE]->column : 0, p[OURS]->column,
	                         p[THEIRS]->column};
	int take = lines_pick(lead, columns);
	const struct piece *main = NULL;

	if (take == NO_SIDE)
		return "the comment before it was changed on both sides";
	lines_add_whole(&m->out, lead[take], columns[take], column);
	if (p[BASE] && same_main(p[OURS], p[BASE]))
		main = p[THEIRS];
	else if (same_main(p[OURS], p[THEIRS]) ||
	         (p[BASE] && same_main(p[THEIRS], p[BASE])))
		main = p[OURS];
	if (!main)
		return merge_main(m, p, column);
	buf_fill(&m->out, ' ', column);
	lines_add(&m->out, main->main, main->column, column);
	return NULL;
}

static const char *try_merge(struct merging *m, const struct piece *const p[SIDES],
                             size_t column)
{
	const struct doc_node *nodes[SIDES];
	bool history;
	const char *why;

	for (int s = BASE; s < SIDES; s++)
		nodes[s] = p[s] ? p[s]->node : NULL;
	history = is_history(m, nodes);
	why = history ? history_clash(nodes) : NULL;
	if (why)
		return why;
	if (same_piece(p[OURS], p[BASE])) {
		add_piece(m, p[THEIRS], column);
		return NULL;
	}
	if (same_piece(p[THEIRS], p[BASE]) || same_piece(p[OURS], p[THEIRS])) {
		add_piece(m, p[OURS], column);
		return NULL;
	}
	if (!p[OURS] || !p[THEIRS])
		return removed(m, p);
	if (!p[BASE] && (!history || doc_equal(nodes[OURS], nodes[THEIRS])))
		return both_added(m, p, column);
	return merge_both(m, p, column);
}

void marker_add(struct merging *m, char mark, struct str label)
{
	buf_fill(&m->out, mark, m->opt->marker ? (size_t)m->opt->marker : 7);
	if (label.n)
		buf_addf(&m->out, " " STR_FMT, STR_ARG(label));
	buf_addc(&m->out, '\n');
}

static struct str label(struct str given, const char *otherwise)
{
	return given.s ? given : str_of(otherwise);
}

void markers_add(struct merging *m, const struct str text[SIDES],
                 const size_t column[SIDES], size_t to)
{
	marker_add(m, '<', label(m->opt->ours, "ours"));
	lines_add_whole(&m->out, text[OURS], column[OURS], to);
	marker_add(m, '|', label(m->opt->base, "base"));
	lines_add_whole(&m->out, text[BASE], column[BASE], to);
	marker_add(m, '=', STR_NONE);
	lines_add_whole(&m->out, text[THEIRS], column[THEIRS], to);
	marker_add(m, '>', label(m->opt->theirs, "theirs"));
}

/* All lines of P, each with its indent: a dash before its key is none of them. */
static struct str whole_lines(const struct merging *m, enum side s, const struct piece *p)
{
	size_t at = (size_t)(p->main.s - m->text[s].s), from = line_start(m->text[s], at);
	struct str before = str_sub(m->text[s], from, at - from);

	if (str_trim(before).n)
		return arena_fmt(m->arena, "%*s" STR_FMT, (int)p->column, "",
		                 STR_ARG(p->main));
	if (p->lead.n)
		from = (size_t)(p->lead.s - m->text[s].s);
	return str_sub(m->text[s], from, at + p->main.n - from);
}

/* Lines of the history that all sides have stand before the markers. */
static void skip_common(struct merging *m, struct str text[SIDES],
                        const size_t column[SIDES], size_t to)
{
	size_t n = lines_common(text);

	if (column[BASE] != column[OURS] || column[BASE] != column[THEIRS])
		return;
	lines_add_whole(&m->out, str_sub(text[BASE], 0, n), column[BASE], to);
	for (int s = BASE; s < SIDES; s++)
		text[s] = str_sub(text[s], n, text[s].n);
}

static void add_clash(struct merging *m, const struct piece *const p[SIDES],
                      size_t column, const char *why)
{
	struct clash *clash = arena_push(m->arena, m->clashes, m->n, m->cap);
	struct str text[SIDES] = {STR_NONE, STR_NONE, STR_NONE};
	size_t columns[SIDES] = {0};

	*clash = (struct clash){.place = arena_str(m->arena, buf_str(&m->place)),
	                        .why = str_of(why)};
	for (int s = BASE; s < SIDES; s++) {
		if (!p[s])
			continue;
		clash->nodes[s] = p[s]->node;
		text[s] = whole_lines(m, (enum side)s, p[s]);
		columns[s] = p[s]->column;
	}
	if (m->take == BASE && is_history(m, clash->nodes))
		skip_common(m, text, columns, column);
	if (m->take == BASE)
		markers_add(m, text, columns, column);
	else
		lines_add_whole(&m->out, text[m->take], columns[m->take], column);
}

bool piece_merge(struct merging *m, const struct piece *const p[SIDES], size_t column)
{
	size_t at = m->out.n, n = m->n;
	const char *why = try_merge(m, p, column);

	if (!why)
		return false;
	buf_truncate(&m->out, at);
	m->n = n;
	add_clash(m, p, column, why);
	return true;
}
