#include "snapshot/template.h"

static void add_literal(struct buf *out, struct str s)
{
	bool doubled = s.n && s.s[0] == '.' && out->n &&
	               (out->s[out->n - 1] == '.' || out->s[out->n - 1] == '?' ||
	                out->s[out->n - 1] == '!');

	buf_add(out, str_sub(s, doubled, s.n));
}

/* Fill TEXT, which has no groups. False when a value is missing. */
static bool fill_flat(struct buf *out, struct str text, template_value *value, void *ctx)
{
	bool whole = true;

	while (text.n) {
		size_t open = str_find(text, '{');
		size_t close = open + str_find(str_sub(text, open, text.n), '}');
		struct str v = STR_NONE;

		add_literal(out, str_sub(text, 0, close < text.n ? open : text.n));
		if (close >= text.n)
			return whole;
		if (!value(&v, str_sub(text, open + 1, close - open - 1), ctx))
			whole = false;
		buf_add(out, v);
		text = str_sub(text, close + 1, text.n);
	}
	return whole;
}

void template_fill(struct buf *out, struct str text, template_value *value, void *ctx)
{
	while (text.n) {
		size_t open = str_find(text, '[');
		size_t close = open + str_find(str_sub(text, open, text.n), ']');
		size_t before;

		if (close >= text.n) {
			fill_flat(out, text, value, ctx);
			return;
		}
		fill_flat(out, str_sub(text, 0, open), value, ctx);
		before = out->n;
		if (!fill_flat(out, str_sub(text, open + 1, close - open - 1), value,
		               ctx))
			buf_truncate(out, before);
		text = str_sub(text, close + 1, text.n);
	}
}

bool template_pairs(struct str *out, struct str name, void *ctx)
{
	for (const struct template_pair *p = ctx; p->name.s; p++) {
		if (str_eq(p->name, name)) {
			*out = p->value;
			return p->value.s != NULL;
		}
	}
	return false;
}
