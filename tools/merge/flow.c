#include "merge/internal.h"

/* A merge within brackets. Ours gives the brackets, the white space and the commas. */
struct flow {
	struct merging *m;
	const struct doc_node *nodes[SIDES];
	const size_t *column; /* of the pieces that the sides' nodes lie in */
};

static const char *merge_node(struct merging *m,
                              const struct doc_node *const nodes[SIDES],
                              const size_t column[SIDES]);

/* The bytes of member or item AT: its key too when it has one. */
static struct str raw_element(const struct flow *f, enum side s, uint32_t at)
{
	const struct doc_node *node = f->nodes[s];
	size_t from, to;

	if (node->kind == DOC_LIST) {
		from = node->items[at].start.offset;
		to = node->items[at].end.offset;
	} else {
		from = node->members[at].start.offset;
		to = node->members[at].value.end.offset;
		if (to < node->members[at].end.offset)
			to = node->members[at].end.offset;
	}
	return str_sub(f->m->text[s], from, to - from);
}

static size_t offset_in(const struct flow *f, enum side s, struct str raw)
{
	return (size_t)(raw.s - f->m->text[s].s);
}

/* What stands between two elements of ours. */
static struct str separator(const struct flow *f)
{
	struct str a, b;
	size_t end;

	if (f->nodes[OURS]->n < 2)
		return STR(", ");
	a = raw_element(f, OURS, 0);
	b = raw_element(f, OURS, 1);
	end = offset_in(f, OURS, a) + a.n;
	return str_sub(f->m->text[OURS], end, offset_in(f, OURS, b) - end);
}

static const char *add_element(const struct flow *f, const struct plan_item *item)
{
	const struct doc_node *n[SIDES];
	struct merging *m = f->m;
	struct str ours;

	plan_nodes(n, item, f->nodes);
	if (!n[OURS] || !n[THEIRS]) {
		enum side left = n[OURS] ? OURS : THEIRS;

		if (n[BASE])
			return doc_equal(n[BASE], n[left]) ? NULL : value_clash(m, n);
		lines_add(&m->out, raw_element(f, left, item->at[left]), f->column[left],
		          f->column[OURS]);
		return NULL;
	}
	ours = raw_element(f, OURS, item->at[OURS]);
	if (same_value(n[OURS], n[THEIRS]) || same_value(n[THEIRS], n[BASE])) {
		buf_add(&m->out, ours);
		return NULL;
	}
	if (same_value(n[OURS], n[BASE])) {
		lines_add(&m->out, raw_element(f, THEIRS, item->at[THEIRS]),
		          f->column[THEIRS], f->column[OURS]);
		return NULL;
	}
	buf_add(&m->out,
	        str_sub(ours, 0, n[OURS]->start.offset - offset_in(f, OURS, ours)));
	return merge_node(m, n, f->column);
}

/* Where ours' first element starts, and where its last one ends. */
static void insides(const struct flow *f, size_t *first, size_t *last)
{
	const struct doc_node *node = f->nodes[OURS];
	struct str raw;

	*first = *last = node->start.offset + 1;
	if (!node->n)
		return;
	raw = raw_element(f, OURS, 0);
	*first = offset_in(f, OURS, raw);
	raw = raw_element(f, OURS, node->n - 1);
	*last = offset_in(f, OURS, raw) + raw.n;
}

static const char *add_elements(const struct flow *f, const struct plan *plan)
{
	struct merging *m = f->m;
	struct str between = separator(f);
	size_t first, last, n = 0;

	insides(f, &first, &last);
	buf_add(&m->out, str_sub(m->text[OURS], f->nodes[OURS]->start.offset,
	                         first - f->nodes[OURS]->start.offset));
	for (size_t i = 0; i < plan->n; i++) {
		size_t at = m->out.n, begin;
		const char *why;

		if (n)
			buf_add(&m->out, between);
		begin = m->out.n;
		why = add_element(f, &plan->items[i]);
		if (why)
			return why;
		if (m->out.n == begin)
			buf_truncate(&m->out, at);
		else
			n++;
	}
	buf_add(&m->out, str_sub(m->text[OURS], last, f->nodes[OURS]->end.offset - last));
	return NULL;
}

static bool has_brackets(const struct merging *m, enum side s,
                         const struct doc_node *node)
{
	char c = node->start.offset < m->text[s].n ? m->text[s].s[node->start.offset]
	                                           : '\0';

	return c == '[' || c == '{';
}

static const char *merge_node(struct merging *m,
                              const struct doc_node *const nodes[SIDES],
                              const size_t column[SIDES])
{
	struct flow f = {.m = m, .column = column};
	struct plan plan;
	const char *why;

	if (!same_kind(nodes) ||
	    (nodes[OURS]->kind != DOC_LIST && nodes[OURS]->kind != DOC_MAP))
		return value_clash(m, nodes);
	for (int s = BASE; s < SIDES; s++) {
		f.nodes[s] = nodes[s];
		if (!has_brackets(m, (enum side)s, nodes[s]))
			return "both sides changed it, and its layout cannot be taken apart";
	}
	if (!may_take_apart(m, nodes))
		return TOO_DEEP;
	why = is_history(m, nodes) ? plan_history(&plan, m, nodes)
	                           : plan_make(&plan, m, nodes);
	return why ? why : add_elements(&f, &plan);
}

const char *flow_merge(struct merging *m, const struct doc_node *const nodes[SIDES],
                       const size_t column[SIDES])
{
	for (int s = BASE; s < SIDES; s++)
		if (has_brackets(m, (enum side)s, nodes[s]) &&
		    node_has_comment(m, (enum side)s, nodes[s]))
			return "both sides changed it, and there are comments within its "
			       "brackets";
	return merge_node(m, nodes, column);
}
