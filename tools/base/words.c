/*
 * words.c - text as words to be compared [libunistring]
 */
#include "base/text.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* What stands within a word without being a part of it: apostrophes, marks, braces of LaTeX. */
static bool vanishes(uint32_t c)
{
	return c == '\'' || c == '`' || c == '{' || c == '}' || c == 0x2019 ||
	       c == 0x2018 || c == 0x2BC || c == 0x2B9 || (c >= 0x300 && c <= 0x36F) ||
	       uc_is_property_default_ignorable_code_point(c);
}

static bool is_part(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
		       c == '#';
	return uc_is_alnum(c) || uc_is_general_category(c, UC_CATEGORY_M);
}

static void add_blank(struct buf *out)
{
	if (out->n && out->s[out->n - 1] != ' ')
		buf_addc(out, ' ');
}

static void add_letters(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == ' ')
			add_blank(out);
		else
			buf_addc(out, *text);
}

static void add_words(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = text_next(s, &at);
		const char *plain = c == '&' ? " and " : text_plain_letter(c);

		if (plain)
			add_letters(out, plain);
		else if (c != TEXT_BAD && is_part(c) && !vanishes(c))
			text_add_char(out, c);
		else if (c == TEXT_BAD || !vanishes(c))
			add_blank(out);
	}
	if (out->n && out->s[out->n - 1] == ' ')
		buf_truncate(out, out->n - 1);
}

struct str text_words(struct arena *a, struct str s)
{
	size_t n = 0;
	uint8_t *folded =
	        s.n ? u8_casefold((const uint8_t *)s.s, s.n, NULL, UNINORM_NFKD, NULL, &n)
	            : NULL;
	CLEANUP(buf_release) struct buf out = BUF_INIT(5 * (folded ? n : s.n) + 1);

	add_words(&out, folded ? (struct str){(const char *)folded, n} : s);
	free(folded);
	return arena_str(a, buf_str(&out));
}
