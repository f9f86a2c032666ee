#include "render/findings.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>

static void add_start(struct findings_lines *l, size_t at)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 256;
		l->starts = mem_realloc(l->starts, l->cap * sizeof(*l->starts));
	}
	l->starts[l->n++] = (uint32_t)at; /* a file has at most LIMIT_FILE_BYTES */
}

/* All lines at once: findings come back to earlier lines, and lines may be very long. */
static void find_lines(struct findings_lines *l)
{
	struct str text = buf_str(&l->bytes);

	l->n = 0;
	add_start(l, 0);
	for (size_t i = 0; i < text.n; i++) {
		bool crlf = text.s[i] == '\r' && i + 1 < text.n && text.s[i + 1] == '\n';

		if ((text.s[i] == '\n' || text.s[i] == '\r') && !crlf)
			add_start(l, i + 1);
	}
}

static void open_file(struct findings_lines *l, struct str file)
{
	const struct tree *t = l->tree ? l->tree : &tree_disk;
	struct source source;
	const char *why;

	l->name.max = l->bytes.max = LIMIT_FILE_BYTES;
	buf_reset(&l->name);
	buf_add(&l->name, file);
	l->n = 0;
	if (t->read(t, &source, &l->bytes, file, &why) == SOURCE_OK)
		find_lines(l);
	l->opened = true;
}

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

bool findings_lines_get(void *context, struct str file, int line, struct str *out)
{
	struct findings_lines *l = context;
	size_t from, to;

	if (!l->opened || !str_eq(buf_str(&l->name), file))
		open_file(l, file);
	if (line < 1 || (size_t)line > l->n)
		return false;
	from = l->starts[line - 1];
	to = (size_t)line < l->n ? l->starts[line] : l->bytes.n;
	if (to > from && is_end(l->bytes.s[to - 1])) /* CR LF is one end */
		to -= to - from > 1 && l->bytes.s[to - 1] == '\n' &&
		                      l->bytes.s[to - 2] == '\r'
		              ? 2
		              : 1;
	*out = str_sub(buf_str(&l->bytes), from, to - from);
	return true;
}

void findings_lines_release(struct findings_lines *l)
{
	buf_release(&l->name);
	buf_release(&l->bytes);
	free(l->starts);
}
