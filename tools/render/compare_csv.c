/*
 * compare_csv.c - a comparison for spreadsheets
 *
 * One record a row of the table; the head names the entries by id.
 * Source: RFC 4180
 */
#include "render/compare_internal.h"

static void add_field(struct buf *out, struct str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.n; i++)
		quote = quote || s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' ||
		        s.s[i] == '\r';
	if (!quote) {
		buf_add(out, s);
		return;
	}
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '"')
			buf_addc(out, '"');
		buf_addc(out, s.s[i]);
	}
	buf_addc(out, '"');
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
