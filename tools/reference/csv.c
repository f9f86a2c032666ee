#include "reference/csv.h"

#include <string.h>

/* "" within S stands for ". */
static struct str unescaped(struct str s, struct arena *arena)
{
	char *p = arena_alloc(arena, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		p[n++] = s.s[i];
		i += s.s[i] == '"';
	}
	return (struct str){p, n};
}

/* Bytes up to the quote that closes S (behind the opening one); S.n when none does. */
static size_t closing_quote(struct str s, bool *escapes)
{
	size_t i = str_find(s, '"');

	while (i + 1 < s.n && s.s[i + 1] == '"') {
		*escapes = true;
		i += 2;
		i += str_find(str_sub(s, i, s.n), '"');
	}
	return i;
}

static size_t count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.s[i] == '\n';
	return n;
}

/* Cut a field in quotes off c->rest; false when the quote is not closed. */
static bool quoted(struct csv *c, struct str *out, struct arena *arena)
{
	struct str body = str_sub(c->rest, 1, c->rest.n);
	bool escapes = false;
	size_t end = closing_quote(body, &escapes);

	if (end >= body.n) {
		c->why = "a quote is not closed";
		return false;
	}
	*out = str_sub(body, 0, end);
	c->line += count_lines(*out);
	c->rest = str_sub(body, end + 1, body.n);
	if (escapes && arena)
		*out = unescaped(*out, arena);
	return true;
}

static bool ends_field(char c)
{
	return c == ',' || c == '\n' || c == '\r';
}

static struct str plain(struct csv *c)
{
	struct str out;
	size_t n = 0;

	while (n < c->rest.n && !ends_field(c->rest.s[n]))
		n++;
	out = str_sub(c->rest, 0, n);
	c->rest = str_sub(c->rest, n, c->rest.n);
	return out;
}

/* Cut the comma or the line end off. Returns true when the row goes on. */
static bool next_field(struct csv *c)
{
	if (str_starts(c->rest, STR(","))) {
		c->rest = str_sub(c->rest, 1, c->rest.n);
		return true;
	}
	c->line++;
	if (str_starts(c->rest, STR("\r")))
		c->rest = str_sub(c->rest, 1, c->rest.n);
	if (str_starts(c->rest, STR("\n")))
		c->rest = str_sub(c->rest, 1, c->rest.n);
	return false;
}

bool csv_row(struct csv *c, struct str *fields, size_t max, size_t *n,
             struct arena *arena)
{
	*n = 0;
	if (!c->rest.n)
		return false;
	do {
		struct str field, rest;

		if (!str_starts(c->rest, STR("\"")))
			field = plain(c);
		else if (!quoted(c, &field, *n < max ? arena : NULL))
			return false;
		rest = plain(c); /* what stands behind a closing quote by mistake */
		(void)rest;
		if (*n < max)
			fields[(*n)++] = field;
	} while (next_field(c));
	return true;
}
