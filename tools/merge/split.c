#include "merge/internal.h"

bool is_block(const struct doc_node *node)
{
	return node && (node->kind == DOC_LIST || node->kind == DOC_MAP) && !node->flow &&
	       node->n;
}

static char byte_at(struct str text, size_t at)
{
	return at < text.n ? text.s[at] : '\0';
}

bool has_property(const struct merging *m, enum side side, const struct doc_node *node)
{
	char c = byte_at(m->text[side], node->start.offset);

	return node->start.offset < node->end.offset &&
	       (c == '&' || c == '*' || c == '!');
}

static bool is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

static bool is_comment(struct str line)
{
	return str_starts(str_trim(line), STR("#"));
}

static size_t indent_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.s[n] == ' ')
		n++;
	return n;
}

static struct str line_at(struct str text, size_t at)
{
	return str_sub(text, at, line_next(text, at) - at);
}

/* Where child I of NODE ends. */
static size_t child_end(const struct doc_node *node, uint32_t i)
{
	if (node->kind == DOC_LIST)
		return node->items[i].end.offset;
	return node->members[i].value.end.offset > node->members[i].end.offset
	               ? node->members[i].value.end.offset
	               : node->members[i].end.offset;
}

/* The first byte, from AT (the start of a line) on, that is no comment or blank line. */
static size_t skip_comments(struct str text, size_t at, size_t to)
{
	while (at < to && (is_blank(line_at(text, at)) || is_comment(line_at(text, at))))
		at = line_next(text, at);
	return at;
}

/* Where child I of NODE starts: its key, or its dash. False when it is not to be found. */
static bool child_start(size_t *out, const struct doc_node *node, struct str text,
                        uint32_t i, size_t column)
{
	if (node->kind == DOC_MAP) {
		*out = node->members[i].start.offset;
		return byte_at(text, *out) != '&' && byte_at(text, *out) != '*' &&
		       byte_at(text, *out) != '!';
	}
	if (i == 0)
		*out = node->start.offset;
	else
		*out = skip_comments(text, line_next(text, child_end(node, i - 1)),
		                     node->items[i].start.offset) +
		       column;
	return byte_at(text, *out) == '-' && *out < node->items[i].start.offset;
}

/* Comments that are indented more than COLUMN belong to what stands before them. */
static size_t own_comments(struct str text, size_t from, size_t to, size_t column)
{
	size_t end = from;

	for (size_t at = from; at < to; at = line_next(text, at)) {
		struct str line = line_at(text, at);

		if (is_comment(line) && indent_of(line) > column)
			end = line_next(text, at);
		else if (!is_blank(line))
			break;
	}
	return end;
}

/* Only spaces between the start of AT's line and AT. */
static bool is_first_on_line(struct str text, size_t at)
{
	size_t start = line_start(text, at);

	return indent_of(str_sub(text, start, at - start)) == at - start;
}

/* Cut bytes FROM to TO into pieces; START is where the first one begins. */
static bool cut(struct block *b, struct str text, const struct doc_node *node,
                size_t from, size_t to, size_t start)
{
	for (uint32_t i = 0; i < node->n; i++) {
		struct piece *p = &b->pieces[i];
		size_t end = line_next(text, child_end(node, i)), next = to;

		if (i + 1 < node->n) {
			if (!child_start(&next, node, text, i + 1, b->column) ||
			    !is_first_on_line(text, next) ||
			    next - line_start(text, next) != b->column)
				return false;
			next = line_start(text, next);
		}
		if (end > next || next > to)
			return false;
		end = own_comments(text, end, next, b->column);
		p->lead = i || !b->compact
		                  ? str_sub(text, from, line_start(text, start) - from)
		                  : STR_NONE;
		p->main = str_sub(text, start, end - start);
		p->column = b->column;
		p->member = node->kind == DOC_MAP ? &node->members[i] : NULL;
		p->node = p->member ? &p->member->value : &node->items[i];
		from = end;
		start = next + b->column;
	}
	b->tail = str_sub(text, from, to - from);
	return true;
}

/* A file's header ends with its last blank line, mark or directive before the first key. */
static size_t file_header(struct str text, size_t to)
{
	size_t end = 0;

	for (size_t at = 0; at < to; at = line_next(text, at))
		if (!is_comment(line_at(text, at)))
			end = line_next(text, at);
	return end;
}

bool block_split(struct block *out, struct merging *m, enum side side,
                 const struct piece *p)
{
	struct str text = m->text[side];
	size_t from, to, start, line;

	*out = (struct block){0};
	if (!p || !is_block(p->node))
		return true;
	from = (size_t)(p->main.s - text.s);
	to = from + p->main.n;
	/* Members that `<<` merged in stand elsewhere. */
	if (!child_start(&start, p->node, text, 0, 0) || start < from || start >= to)
		return false;
	line = line_start(text, start);
	out->column = start - line;
	out->n = p->node->n;
	out->pieces = arena_array(m->arena, struct piece, out->n);
	if (p->node == m->root[side]) {
		out->header = str_sub(text, 0, file_header(text, line));
	} else {
		out->compact = line_next(text, from) > start;
		out->header = out->compact
		                      ? str_sub(text, from, start - from)
		                      : str_sub(text, from, line_next(text, from) - from);
	}
	if (!out->compact && !is_first_on_line(text, start))
		return false;
	return cut(out, text, p->node, from + out->header.n, to, start);
}
