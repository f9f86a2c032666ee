/*
 * compare_csv.c - a comparison for spreadsheets
 *
 * One record a row of the table; the head names the entries by id.
 * Source: RFC 4180
 */
#include "render/compare_internal.h"

#include "base/text.h"

/* Line ends and tabs are data here, and so are marks that texts from right to left need. */
static bool may_stand(uint32_t c)
{
	return !text_unsafe(c) || c == '\n' || c == '\r' || c == '\t' || c == 0x200E ||
	       c == 0x200F || c == 0x061C;
}

/* RFC 4180 has no control characters in a field: they are escaped as in other formats. */
static void add_field(struct buf *out, struct str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.n; i++)
		quote = quote || s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' ||
		        s.s[i] == '\r';
	buf_addz(out, quote ? "\"" : "");
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = text_next(s, &at);

		if (c == '"')
			buf_addc(out, '"');
		if (c != TEXT_BAD && may_stand(c))
			buf_add(out, str_sub(s, from, at - from));
		else
			text_add_visible(out, s, &from);
	}
	buf_addz(out, quote ? "\"" : "");
}

void compare_csv(struct buf *out, const struct comparison *c,
                 const struct compare_style *s)
{
	(void)s;
	buf_addz(out, "key,label,differs");
	for (size_t i = 0; i < c->columns_n; i++) {
		buf_addc(out, ',');
		add_field(out, c->columns[i].id);
	}
	buf_addz(out, "\r\nname,,");
	for (size_t i = 0; i < c->columns_n; i++) {
		buf_addc(out, ',');
		add_field(out, c->columns[i].name.text);
	}
	buf_addz(out, "\r\n");
	for (size_t r = 0; r < c->rows_n; r++) {
		const struct row *row = &c->rows[r];

		add_field(out, row->key);
		buf_addc(out, ',');
		add_field(out, row->label.text);
		buf_addz(out, row->difference != DIFFERS_NOT ? ",true" : ",false");
		for (size_t i = 0; i < c->columns_n; i++) {
			buf_addc(out, ',');
			if (row->cells[i].kind != VALUE_NONE)
				add_field(out, row->cells[i].words.text);
		}
		buf_addz(out, "\r\n");
	}
}
