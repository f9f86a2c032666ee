#include "change/internal.h"

#include "base/limits.h"
#include "base/text.h"

/* Whether S could be taken for more than one step, or for none. */
static bool needs_quotes(struct str s)
{
	if (!s.n || s.s[0] == '#')
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] == '"' || s.s[i] == '[' || s.s[i] == ']' ||
		    (unsigned char)s.s[i] < 0x20)
			return true;
	return false;
}

/* S up to its LIMIT_MESSAGE_VALUE-th character. */
static struct str cut(struct str s)
{
	size_t at = 0;

	for (size_t i = 0; i < LIMIT_MESSAGE_VALUE && at < s.n; i++)
		text_next(s, &at);
	return str_sub(s, 0, at);
}

void place_member(struct buf *place, struct str key)
{
	bool quote = needs_quotes(key) || str_find(key, '.') < key.n ||
	             str_find(key, ' ') < key.n;

	if (place->n)
		buf_addc(place, '.');
	if (quote)
		doc_json_string(place, key);
	else
		buf_add(place, key);
}

static struct str scalar_text(const struct doc_node *node)
{
	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		return STR("null");
	case DOC_BOOL:
		return node->truth ? STR("true") : STR("false");
	default:
		return node->text;
	}
}

void place_item(struct buf *place, const struct doc_node *key, size_t i, bool *whole)
{
	struct str text = key ? scalar_text(key) : STR_NONE, shown = cut(text);

	*whole = key && shown.n == text.n;
	if (!key)
		buf_addf(place, "[#%zu]", i + 1);
	else if (needs_quotes(shown)) {
		buf_addc(place, '[');
		doc_json_string(place, shown);
		buf_addz(place, *whole ? "]" : "...]");
	} else {
		buf_addf(place, "[" STR_FMT "%s]", STR_ARG(shown), *whole ? "" : "...");
	}
}
