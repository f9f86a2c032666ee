#include "render/jansson.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>

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

/* A number as JSON carries it: an integer of 64 bits, else a double; one too large is text. */
static json_t *number(const struct doc_node *node)
{
	double d;

	if (node->fits)
		return jansson_must(json_integer(node->integer));
	errno = 0;
	d = strtod(node->text.s, NULL);
	if (errno || node->is_integer)
		return jansson_text(node->text);
	return jansson_must(json_real(d));
}

/* jansson's keys end at a NUL character, which is shown as an escape instead. */
static void set_member(json_t *object, const struct doc_member *m)
{
	CLEANUP(buf_release) struct buf key = BUF_INIT(LIMIT_FILE_BYTES);

	for (size_t i = 0; i < m->key.n; i++) {
		if (m->key.s[i])
			buf_addc(&key, m->key.s[i]);
		else
			buf_addz(&key, "\\u{0000}");
	}
	json_object_set_new_nocheck(object, buf_z(&key), jansson_value(&m->value));
}

json_t *jansson_value(const struct doc_node *node)
{
	json_t *j;

	switch (node->kind) {
	case DOC_BOOL:
		return jansson_must(json_boolean(node->truth));
	case DOC_NUMBER:
		return number(node);
	case DOC_STRING:
		return jansson_text(node->text);
	case DOC_LIST:
		j = jansson_must(json_array());
		for (uint32_t i = 0; i < node->n; i++)
			json_array_append_new(j, jansson_value(&node->items[i]));
		return j;
	case DOC_MAP:
		j = jansson_must(json_object());
		for (uint32_t i = 0; i < node->n; i++)
			set_member(j, &node->members[i]);
		return j;
	default:
		return jansson_must(json_null());
	}
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
