#include "export/csv.h"

bool csv_head(struct form_run *f, struct str names, struct err *err)
{
	if (f->edition->options->bom && !file_write(f->file, STR("\xEF\xBB\xBF"), err))
		return false;
	return file_write(f->file, names, err) && file_write(f->file, STR("\r\n"), err);
}

static bool needs_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' || s.s[i] == '\r')
			return true;
	return s.n && (s.s[0] == ' ' || s.s[s.n - 1] == ' ');
}

/* What spreadsheets take for a formula. Source: OWASP, CSV injection */
static bool is_formula(struct str s)
{
	return s.n && (s.s[0] == '=' || s.s[0] == '+' || s.s[0] == '-' || s.s[0] == '@' ||
	               s.s[0] == '\t' || s.s[0] == '\r');
}

void csv_cell(struct buf *out, size_t from, const struct edition *x, struct str s)
{
	bool guard = x->options->csv_guard && is_formula(s), quotes = needs_quotes(s);

	if (out->n > from)
		buf_addc(out, ',');
	if (quotes)
		buf_addc(out, '"');
	if (guard)
		buf_addc(out, '\'');
	while (quotes && str_find(s, '"') < s.n) {
		size_t at = str_find(s, '"');

		buf_add(out, str_sub(s, 0, at));
		buf_addz(out, "\"\"");
		s = str_sub(s, at + 1, s.n);
	}
	buf_add(out, s);
	if (quotes)
		buf_addc(out, '"');
}

void csv_number(struct buf *out, size_t from, size_t n)
{
	if (out->n > from)
		buf_addc(out, ',');
	buf_addn(out, n);
}

void csv_end(struct buf *out)
{
	buf_addz(out, "\r\n");
}
