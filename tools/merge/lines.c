#include "merge/internal.h"

size_t line_start(struct str text, size_t at)
{
	while (at > 0 && text.s[at - 1] != '\n')
		at--;
	return at;
}

size_t line_next(struct str text, size_t at)
{
	while (at < text.n && text.s[at] != '\n')
		at++;
	return at < text.n ? at + 1 : at;
}

static struct str without_indent(struct str line, size_t column)
{
	size_t n = 0;

	while (n < column && n < line.n && line.s[n] == ' ')
		n++;
	return str_sub(line, n, line.n);
}

static void add(struct buf *out, struct str text, size_t from, size_t to, bool indented)
{
	for (size_t at = 0, next; at < text.n; at = next) {
		struct str line;

		next = line_next(text, at);
		line = str_sub(text, at, next - at);
		if (indented) {
			line = without_indent(line, from);
			if (!str_eqz(line, "\n"))
				buf_fill(out, ' ', to);
		}
		buf_add(out, line);
		indented = true;
	}
}

void lines_add(struct buf *out, struct str text, size_t from, size_t to)
{
	if (from == to)
		buf_add(out, text);
	else
		add(out, text, from, to, false);
}

void lines_add_whole(struct buf *out, struct str text, size_t from, size_t to)
{
	if (from == to)
		buf_add(out, text);
	else
		add(out, text, from, to, true);
}

bool lines_same(struct str a, size_t a_column, struct str b, size_t b_column)
{
	struct str x, y;

	if (a_column == b_column)
		return str_eq(a, b);
	while (str_split(&a, '\n', &x)) {
		if (!str_split(&b, '\n', &y) ||
		    !str_eq(without_indent(x, a_column), without_indent(y, b_column)))
			return false;
	}
	return b.n == 0;
}

/* The next line that is not blank, trimmed. */
static bool next_words(struct str *rest, struct str *line)
{
	while (str_split(rest, '\n', line)) {
		*line = str_trim(*line);
		if (line->n)
			return true;
	}
	return false;
}

/* The same but for white space at the ends of lines and for blank lines. */
static bool alike(struct str a, struct str b)
{
	struct str x, y;
	bool more_a, more_b;

	do {
		more_a = next_words(&a, &x);
		more_b = next_words(&b, &y);
		if (more_a != more_b || (more_a && !str_eq(x, y)))
			return false;
	} while (more_a);
	return true;
}

int lines_pick(const struct str text[SIDES], const size_t column[SIDES])
{
	if (lines_same(text[THEIRS], column[THEIRS], text[BASE], column[BASE]))
		return OURS;
	if (lines_same(text[OURS], column[OURS], text[BASE], column[BASE]))
		return THEIRS;
	if (alike(text[THEIRS], text[BASE]) || alike(text[OURS], text[THEIRS]))
		return OURS;
	return alike(text[OURS], text[BASE]) ? THEIRS : NO_SIDE;
}

size_t lines_common(const struct str text[SIDES])
{
	size_t end = 0;

	for (size_t at = 0; at < text[BASE].n; at++) {
		if (at >= text[OURS].n || at >= text[THEIRS].n ||
		    text[BASE].s[at] != text[OURS].s[at] ||
		    text[BASE].s[at] != text[THEIRS].s[at])
			break;
		if (text[BASE].s[at] == '\n')
			end = at + 1;
	}
	return end;
}
