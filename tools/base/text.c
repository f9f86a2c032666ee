#include "base/text.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

uint32_t text_next(struct str s, size_t *at)
{
	ucs4_t c;
	int n;

	if ((unsigned char)s.s[*at] < 0x80)
		return (unsigned char)s.s[(*at)++];
	n = u8_mbtoucr(&c, (const uint8_t *)s.s + *at, s.n - *at);
	if (n <= 0) {
		(*at)++;
		return TEXT_BAD;
	}
	*at += (size_t)n;
	return c;
}

/* Skip the ASCII bytes from AT on, eight at a time. */
static size_t skip_ascii(struct str s, size_t at)
{
	uint64_t w;

	for (; at + 8 <= s.n; at += 8) {
		memcpy(&w, s.s + at, 8);
		if (w & 0x8080808080808080u)
			break;
	}
	while (at < s.n && (unsigned char)s.s[at] < 0x80)
		at++;
	return at;
}

bool text_is_ascii(struct str s)
{
	return skip_ascii(s, 0) == s.n;
}

size_t text_invalid(struct str s)
{
	size_t at = 0;

	for (;;) {
		size_t from;

		from = at = skip_ascii(s, at);
		if (at == s.n || text_next(s, &at) == TEXT_BAD)
			return from;
	}
}

size_t text_length(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.s[i] & 0xC0) != 0x80;
	return n;
}

int text_char_width(uint32_t c)
{
	int w = uc_width(c, "UTF-8");

	return w < 0 ? 0 : w;
}

size_t text_width(struct str s)
{
	size_t w = 0, at = skip_ascii(s, 0);

	if (at == s.n)
		return s.n;
	for (at = 0; at < s.n;) {
		uint32_t c = text_next(s, &at);

		w += c == TEXT_BAD ? 1 : (size_t)text_char_width(c);
	}
	return w;
}

void text_add_char(struct buf *b, uint32_t c)
{
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, c, sizeof(bytes));

	if (n > 0)
		buf_add(b, (struct str){(const char *)bytes, (size_t)n});
}

bool text_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
	       c == 0x200E || c == 0x200F || c == 0x061C ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0xFEFF;
}

void text_add_visible(struct buf *b, struct str s, size_t *at)
{
	size_t from = *at;
	uint32_t c = text_next(s, at);

	if (c == TEXT_BAD)
		buf_addf(b, "\\x%02x", (unsigned)(unsigned char)s.s[from]);
	else if (c == '\n')
		buf_addz(b, "\\n");
	else if (c == '\t')
		buf_addz(b, "\\t");
	else if (c == '\r')
		buf_addz(b, "\\r");
	else if (text_unsafe(c))
		buf_addf(b, "\\u{%04x}", (unsigned)c);
	else
		buf_add(b, str_sub(s, from, *at - from));
}

/* What a reader does not see or tell apart: white space, hyphens, ignorable characters. */
static bool fold_skips(uint32_t c)
{
	if (c < 0x80)
		return c == '-' || c == '_' || c == ' ' || (c >= '\t' && c <= '\r');
	return uc_is_property_white_space(c) || uc_is_property_dash(c) ||
	       uc_is_property_default_ignorable_code_point(c);
}

/* Most ids are ASCII: no library, one pass. */
static bool fold_ascii(struct arena *a, struct str s, struct str *out)
{
	char *p;
	size_t n = 0;

	if (!text_is_ascii(s))
		return false;
	p = arena_alloc(a, s.n + 1, 1);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (!fold_skips((uint32_t)c))
			p[n++] = ascii_lower(c);
	}
	*out = (struct str){p, n};
	return true;
}

struct str text_fold(struct arena *a, struct str s)
{
	struct str out;
	size_t n = 0, len = 0;
	uint8_t *folded;
	char *p;

	if (fold_ascii(a, s, &out))
		return out;
	if (text_invalid(s) != s.n) /* the library would put U+FFFD in its place */
		return s;
	folded = u8_casefold((const uint8_t *)s.s, s.n, NULL, UNINORM_NFKC, NULL, &len);
	if (!folded)
		return s;
	p = arena_alloc(a, len + 1, 1);
	out = (struct str){(const char *)folded, len};
	for (size_t at = 0; at < len;) {
		size_t from = at;

		if (fold_skips(text_next(out, &at)))
			continue;
		memcpy(p + n, folded + from, at - from);
		n += at - from;
	}
	free(folded);
	return (struct str){p, n};
}

static bool is_unspaced(uint32_t c)
{
	const uc_script_t *script = c < 0x2E80 || c == TEXT_BAD ? NULL : uc_script(c);

	return script && (c == 0x30FC || strcmp(script->name, "Han") == 0 ||
	                  strcmp(script->name, "Hiragana") == 0 ||
	                  strcmp(script->name, "Katakana") == 0);
}

void text_add_grams(struct buf *out, struct str s)
{
	size_t starts[TEXT_GRAM], run = 0,
	                          at = 0; /* of the last letters; how many there are */

	while (at < s.n) {
		size_t start = at;

		if (!is_unspaced(text_next(s, &at))) {
			run = 0;
			continue;
		}
		starts[run++ % TEXT_GRAM] = start;
		for (size_t n = 1; n <= run && n <= TEXT_GRAM; n++) {
			size_t from = starts[(run - n) % TEXT_GRAM];

			buf_add(out, str_sub(s, from, at - from));
			buf_addc(out, ' ');
		}
	}
}

bool text_is_nfc(struct str s)
{
	size_t n = 0;
	uint8_t *norm;
	bool same;

	if (text_is_ascii(s))
		return true;
	norm = u8_normalize(UNINORM_NFC, (const uint8_t *)s.s, s.n, NULL, &n);
	same = norm && n == s.n && memcmp(norm, s.s, n) == 0;
	free(norm);
	return same;
}

/* Bytes of S that fill WIDTH columns, at least one character with the marks on it. */
static size_t cut_at(struct str s, int width)
{
	size_t at = 0;
	int used = 0;

	while (at < s.n) {
		size_t from = at;
		uint32_t c = text_next(s, &at);
		int w = c == TEXT_BAD ? 1 : text_char_width(c);

		used += w;
		if (w && used > width && from > 0)
			return from;
	}
	return s.n;
}

/* The last blank before byte AT of S ends here; 0 when there is none. */
static size_t word_start(struct str s, size_t at)
{
	while (at > 0 && s.s[at - 1] != ' ')
		at--;
	return at;
}

/* Whether a break at byte AT would cut through an address, which nobody could then follow. */
static bool cuts_address(struct str s, size_t at)
{
	size_t from = word_start(s, at);
	struct str word = str_sub(s, from, at - from);

	return word.n && memmem(word.s, word.n, "://", 3);
}

/* How much of S a decision about byte AT needs: a little more, whole characters. */
static struct str window(struct str s, size_t at)
{
	size_t n = at + 64 < s.n ? at + 64 : s.n;

	while (n < s.n && ((unsigned char)s.s[n] & 0xC0) == 0x80)
		n++;
	return str_sub(s, 0, n);
}

size_t text_line(struct str s, int width)
{
	size_t full = cut_at(s, width), at;
	char *breaks;

	if (full == s.n)
		return s.n;
	while (full < s.n && s.s[full] == ' ')
		full++;
	s = window(s, full);
	breaks = mem_alloc(s.n + 1);
	u8_possible_linebreaks((const uint8_t *)s.s, s.n, "UTF-8", breaks);
	/* breaks[i] tells whether a line may start at byte i. */
	for (at = full; at > 0 && (at == s.n || breaks[at] != UC_BREAK_POSSIBLE); at--)
		;
	free(breaks);
	if (at && cuts_address(s, at))
		at = word_start(s, at);
	return at ? at : full;
}

/* The direction of C. Of ASCII, only letters have a strong one. */
static int direction(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? UC_BIDI_L : UC_BIDI_ON;
	return c == TEXT_BAD ? UC_BIDI_ON : uc_bidi_category(c);
}

bool text_is_rtl(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		int bidi = direction(text_next(s, &at));

		if (bidi == UC_BIDI_L)
			return false;
		if (bidi == UC_BIDI_R || bidi == UC_BIDI_AL)
			return true;
	}
	return false;
}

/* The characters of S, ASCII letters lowered, into OUT; 0 when longer than it holds. */
static size_t letters(uint32_t out[LIMIT_SUGGEST_CHARS], struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = text_next(s, &at);

		if (n == LIMIT_SUGGEST_CHARS)
			return 0;
		out[n++] = c >= 'A' && c <= 'Z' ? c + 32 : c;
	}
	return n;
}

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* Optimal string alignment distance: Damerau-Levenshtein without overlapping swaps. */
static size_t distance(const uint32_t *a, size_t an, const uint32_t *b, size_t bn)
{
	size_t rows[3][LIMIT_SUGGEST_CHARS + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= bn; j++)
		above[j] = j;
	for (size_t i = 1; i <= an; i++) {
		size_t *next = before;

		row[0] = i;
		for (size_t j = 1; j <= bn; j++) {
			size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);

			row[j] = min3(above[j] + 1, row[j - 1] + 1, change);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = above;
		above = row;
		row = next;
	}
	return above[bn];
}

struct str text_nearest(struct str word, const struct str *candidates, size_t n)
{
	uint32_t a[LIMIT_SUGGEST_CHARS], b[LIMIT_SUGGEST_CHARS];
	size_t an = letters(a, word), best = an / 3 + 1;
	struct str found = STR_NONE;

	if (!an)
		return STR_NONE;
	for (size_t i = 0; i < n; i++) {
		size_t bn = letters(b, candidates[i]), d;

		if (!bn || bn > an + best || an > bn + best)
			continue;
		d = distance(a, an, b, bn);
		if (d < best && d < bn) {
			best = d;
			found = candidates[i];
		}
	}
	return found;
}
