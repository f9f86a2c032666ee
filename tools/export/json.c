#include "export/json.h"

#include "base/text.h"

#include <string.h>

void json_add(struct buf *out, struct str s)
{
	CLEANUP(buf_release) struct buf repaired = BUF_INIT(4 * s.n + 1);
	size_t at = 0;

	if (!s.s) {
		buf_addz(out, "null");
		return;
	}
	if (text_invalid(s) == s.n) {
		doc_json_string(out, s);
		return;
	}
	while (at < s.n) {
		size_t from = at;

		if (text_next(s, &at) == TEXT_BAD)
			buf_addf(&repaired, "\\x%02x",
			         (unsigned)(unsigned char)s.s[from]);
		else
			buf_add(&repaired, str_sub(s, from, at - from));
	}
	doc_json_string(out, buf_str(&repaired));
}

void json_name(struct buf *out, const char *name)
{
	char last = out->n ? out->s[out->n - 1] : '{';

	if (last != '{' && last != '[')
		buf_addc(out, ',');
	buf_addc(out, '"');
	buf_addz(out, name);
	buf_addz(out, "\":");
}

void json_member(struct buf *out, const char *name, struct str s)
{
	if (s.s)
		json_text_member(out, name, s);
}

void json_text_member(struct buf *out, const char *name, struct str s)
{
	json_name(out, name);
	json_add(out, s);
}

void json_count_member(struct buf *out, const char *name, size_t n)
{
	json_name(out, name);
	buf_addn(out, n);
}

void json_text_behind(struct buf *out, struct str name, struct str s)
{
	buf_add(out, name);
	if (s.s)
		doc_json_string(out, s);
	else
		buf_add(out, STR("null"));
}

/* Readers end a key at a NUL character, which is shown as an escape instead. */
static void add_key(struct buf *out, struct str key)
{
	CLEANUP(buf_release) struct buf visible = BUF_INIT(10 * key.n + 1);

	if (!key.n || !memchr(key.s, '\0', key.n)) {
		doc_json_string(out, key);
		buf_addc(out, ':');
		return;
	}
	for (size_t i = 0; i < key.n; i++) {
		if (key.s[i])
			buf_addc(&visible, key.s[i]);
		else
			buf_addz(&visible, "\\u{0000}");
	}
	json_add(out, (struct str){buf_z(&visible), visible.n});
	buf_addc(out, ':');
}

static void add_map(struct buf *out, const struct doc_node *node)
{
	buf_addc(out, '{');
	for (uint32_t i = 0; i < node->n; i++) {
		if (i)
			buf_addc(out, ',');
		add_key(out, node->members[i].key);
		json_node(out, &node->members[i].value);
	}
	buf_addc(out, '}');
}

static void add_list(struct buf *out, const struct doc_node *node)
{
	buf_addc(out, '[');
	for (uint32_t i = 0; i < node->n; i++) {
		if (i)
			buf_addc(out, ',');
		json_node(out, &node->items[i]);
	}
	buf_addc(out, ']');
}

/* Recursion is bounded by the depth of documents. */
void json_node(struct buf *out, const struct doc_node *node)
{
	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		buf_addz(out, "null");
		return;
	case DOC_BOOL:
		buf_addz(out, node->truth ? "true" : "false");
		return;
	case DOC_NUMBER:
		if (node->fits)
			buf_addf(out, "%lld", (long long)node->integer);
		else
			buf_add(out, node->text);
		return;
	case DOC_STRING:
		doc_json_string(out, node->text);
		return;
	case DOC_LIST:
		add_list(out, node);
		return;
	case DOC_MAP:
		add_map(out, node);
		return;
	}
}
