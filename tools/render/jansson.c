#include "render/jansson.h"

#include "base/arena.h"
#include "base/text.h"

void jansson_release(json_t **j)
{
	json_decref(*j);
}

json_t *jansson_must(json_t *j)
{
	if (!j)
		out_of_memory();
	return j;
}

static json_t *repaired(struct str s)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(s.n * 4 + 16);
	size_t at = 0;

	while (at < s.n) {
		size_t from = at;

		if (text_next(s, &at) == TEXT_BAD)
			buf_addf(&b, "\\x%02x", (unsigned)(unsigned char)s.s[from]);
		else
			buf_add(&b, str_sub(s, from, at - from));
	}
	return jansson_must(json_stringn(buf_z(&b), b.n));
}

json_t *jansson_text(struct str s)
{
	if (!s.s)
		return jansson_must(json_null());
	if (text_invalid(s) < s.n)
		return repaired(s);
	return jansson_must(json_stringn(s.s, s.n));
}

json_t *jansson_count(size_t n)
{
	return jansson_must(json_integer((json_int_t)n));
}

/*
 * What must not reach a terminal raw stands only in strings, where JSON has an escape for it.
 * (jansson itself escapes the characters below U+0020, and hands out whole characters.)
 */
static int append(const char *bytes, size_t n, void *out)
{
	struct str s = {bytes, n};
	size_t from = 0;

	for (size_t at = 0; at < n;) {
		size_t before = at;
		uint32_t c = text_next(s, &at);

		if (c < 0x7F || c == TEXT_BAD || !text_unsafe(c))
			continue;
		buf_add(out, str_sub(s, from, before - from));
		buf_addf(out, "\\u%04x", (unsigned)c);
		from = at;
	}
	buf_add(out, str_sub(s, from, n - from));
	return 0;
}

void jansson_append(struct buf *out, const json_t *j, size_t flags)
{
	if (json_dump_callback(j, append, out, flags))
		out_of_memory();
}
