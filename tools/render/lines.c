#include "render/findings.h"

#include "base/limits.h"
#include "base/source.h"

static void open_file(struct findings_lines *l, struct str file)
{
	struct source source;
	const char *why;

	l->name.max = l->bytes.max = LIMIT_FILE_BYTES;
	buf_reset(&l->name);
	buf_add(&l->name, file);
	l->readable = source_read(&source, &l->bytes, file, &why) == SOURCE_OK;
	l->line = 1;
	l->at = 0;
}

/* Offset of the line end at or after AT; the text's length when there is none. */
static size_t line_end(struct str text, size_t at)
{
	struct str rest = str_sub(text, at, text.n), line;

	line = str_sub(rest, 0, str_find(rest, '\n'));
	return at + str_find(line, '\r');
}

/* Move to the next line; false at the end of the text. */
static bool advance(struct findings_lines *l, struct str text)
{
	size_t end = line_end(text, l->at);

	if (end == text.n)
		return false;
	end += text.s[end] == '\r' && end + 1 < text.n && text.s[end + 1] == '\n' ? 2 : 1;
	l->at = end;
	l->line++;
	return true;
}

bool findings_lines_get(void *context, struct str file, int line, struct str *out)
{
	struct findings_lines *l = context;
	struct str text;

	if (!l->line || !str_eq(buf_str(&l->name), file))
		open_file(l, file);
	text = buf_str(&l->bytes);
	if (!l->readable || line < 1)
		return false;
	if (line < l->line) {
		l->line = 1;
		l->at = 0;
	}
	while (l->line < line)
		if (!advance(l, text))
			return false;
	*out = str_sub(text, l->at, line_end(text, l->at) - l->at);
	return true;
}

void findings_lines_release(struct findings_lines *l)
{
	buf_release(&l->name);
	buf_release(&l->bytes);
}
