#include <string.h>

#include "base/macro.h"
#include "base/text.h"
#include "entry/doi_reading.h"

/* ---- characters ---- */

static bool is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Zero-width characters, bidi controls, soft hyphen, variation selectors. */
static bool is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
	       (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

static bool is_slash(uint32_t c)
{
	return c == 0x2044 || c == 0x2215 || c == 0x29F8 || c == 0x2571;
}

static bool is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63;
}

/* U+2024 is a dot that stands on the line as a full stop does. */
static bool is_dot(uint32_t c)
{
	return c == 0x2024;
}

/* What copying out of a PDF and reading bytes in the wrong encoding leave behind. */
static void doubt(struct doi_reading *r, uint32_t c)
{
	if (c >= 0xFB00 && c <= 0xFB06)
		doi_note(r, DOI_SUSPICIOUS,
		         "a ligature is in it, as PDF viewers copy: write its letters");
	if (c == 0xFFFD)
		doi_note(r, DOI_SUSPICIOUS,
		         "a character in it was lost: write it in full");
}

static bool is_control(uint32_t c)
{
	return c == TEXT_BAD || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
	       (c & 0xFFFE) == 0xFFFE;
}

/* Whether C looks like a Latin letter and is none: Cyrillic ones, Greek capitals and omicron. */
static bool is_look_alike(uint32_t c)
{
	return (c >= 0x0400 && c <= 0x04FF) || (c >= 0x0391 && c <= 0x03A9) ||
	       c == 0x03BF;
}

static bool is_latin(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The plain form of C; 0 when it is left out. */
static uint32_t plain(struct doi_reading *r, uint32_t c)
{
	if (is_space(c))
		return ' ';
	if (is_control(c)) {
		doi_note(r, DOI_INVALID,
		         "it holds a control character or bad UTF-8: delete that");
		return c;
	}
	if (c < 0x80)
		return c;
	if (is_invisible(c)) {
		doi_note(r, DOI_NORMALISED, "an invisible character was left out");
		return 0;
	}
	if (is_slash(c) || is_dash(c)) {
		doi_note(r, DOI_NORMALISED, "a typographic slash or dash was made plain");
		return is_slash(c) ? '/' : '-';
	}
	if (c >= 0xFF01 && c <= 0xFF5E) {
		doi_note(r, DOI_NORMALISED, "full-width characters were made plain");
		return c - 0xFEE0;
	}
	if (is_dot(c)) {
		doi_note(r, DOI_NORMALISED, "a typographic dot was made plain");
		return '.';
	}
	doubt(r, c);
	return c;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] < ' ' || s.s[i] == 0x7F)
			return false;
	return true;
}

/* What a buf holds, in the arena. */
static void take(struct doi_reading *r, const struct buf *b)
{
	r->s = arena_str(r->arena, buf_str(b));
}

void doi_clean(struct doi_reading *r)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT(r->s.n);
	uint32_t last = 0;
	size_t before;

	if (!is_plain(r->s)) {
		for (size_t at = 0; at < r->s.n;) {
			uint32_t c = plain(r, text_next(r->s, &at));

			r->foreign = r->foreign || (is_look_alike(c) && is_latin(last)) ||
			             (is_look_alike(last) && is_latin(c));
			last = c;
			if (c && c != TEXT_BAD)
				text_add_char(&b, c);
		}
		take(r, &b);
	}
	before = r->s.n;
	r->s = str_trim(r->s);
	if (r->s.n < before)
		doi_note(r, DOI_NORMALISED, "white space around it was left out");
}

/* ---- HTML and LaTeX ---- */

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "&#38;" or "&#x26;" at the start of S: its length and the character; 0: it is none. */
static size_t numeric_entity(struct str s, uint32_t *c)
{
	uint32_t base = doi_starts(s, "&#x") ? 16 : 10, value = 0;
	size_t first = base == 16 ? 3 : 2, n = first;

	if (!doi_starts(s, "&#"))
		return 0;
	for (; n < s.n && n < first + 7; n++) {
		int digit = hex_value(s.s[n]);

		if (digit < 0 || (uint32_t)digit >= base)
			break;
		value = value * base + (uint32_t)digit;
	}
	if (n == first || n == s.n || s.s[n] != ';' || value == 0 || value > 0x10FFFF)
		return 0;
	*c = value;
	return n + 1;
}

/* "&lt;" and so on at the start of S: its length and the character; 0 when it is none. */
static size_t entity(struct str s, uint32_t *c)
{
	static const struct {
		const char *text;
		uint32_t c;
	} known[] = {
	        {"&lt;", '<'},        {"&gt;", '>'},       {"&amp;", '&'},
	        {"&quot;", '"'},      {"&apos;", '\''},    {"&nbsp;", ' '},
	        {"&sol;", '/'},       {"&lowbar;", '_'},   {"&num;", '#'},
	        {"&lpar;", '('},      {"&rpar;", ')'},     {"&semi;", ';'},
	        {"&colon;", ':'},     {"&period;", '.'},   {"&shy;", 0xAD},
	        {"&hyphen;", 0x2010}, {"&ndash;", 0x2013}, {"&mdash;", 0x2014},
	        {"&minus;", 0x2212},  {"&rdquo;", 0x201D}, {"&raquo;", 0xBB},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (doi_starts(s, known[i].text)) {
			*c = known[i].c;
			return strlen(known[i].text);
		}
	return numeric_entity(s, c);
}

static bool is_escaped(char c)
{
	return c && strchr("_&%#${}~^-<>/", c);
}

/* "$<$", "$_$" or "$\_$" at the start of S: its length and the character; 0: it is none. */
static size_t latex_formula(struct str s, uint32_t *c)
{
	size_t at = s.n > 1 && s.s[1] == '\\' ? 2 : 1;

	if (s.n < at + 2 || s.s[0] != '$' || s.s[at + 1] != '$' || !s.s[at] ||
	    !strchr("<>_", s.s[at]))
		return 0;
	*c = (uint32_t)s.s[at];
	return at + 2;
}

/* The same, or "\_" or "{\_}". */
static size_t latex(struct str s, uint32_t *c)
{
	size_t open = s.s[0] == '{' ? 1 : 0, n = latex_formula(s, c);

	if (n)
		return n;
	if (s.n < open + 2 || s.s[open] != '\\' || !is_escaped(s.s[open + 1]))
		return 0;
	*c = (uint32_t)s.s[open + 1];
	if (open && (s.n < 4 || s.s[3] != '}'))
		return 0;
	return open ? 4 : 2;
}

/* Entities within entities; more than this is not somebody's slip. */
#define UNESCAPE_ROUNDS 3

static bool may_have_escapes(struct str s)
{
	return str_find(s, '&') < s.n || str_find(s, '\\') < s.n ||
	       str_find(s, '$') < s.n;
}

/* Returns false when there was nothing to undo. */
static bool unescape_once(struct doi_reading *r)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT(r->s.n);
	bool entities = false;

	for (size_t i = 0; i < r->s.n;) {
		struct str rest = str_sub(r->s, i, r->s.n);
		uint32_t c = (unsigned char)rest.s[0];
		size_t n = entity(rest, &c);

		entities = entities || n;
		if (n)
			doi_note(r, DOI_NORMALISED, "HTML entities were undone");
		else if ((n = latex(rest, &c)))
			doi_note(r, DOI_NORMALISED, "LaTeX escapes were undone");
		if (n)
			text_add_char(&b, c);
		else
			buf_addc(&b, rest.s[0]);
		i += n ? n : 1;
	}
	take(r, &b);
	return entities;
}

void doi_unescape(struct doi_reading *r)
{
	for (int i = 0; i < UNESCAPE_ROUNDS && may_have_escapes(r->s); i++) {
		if (!unescape_once(r))
			return;
		/* What an entity stood for may be a dash or white space. */
		doi_clean(r);
	}
}

/* ---- percent-encoding ---- */

/* The byte that "%HH" at I encodes, or -1. */
static int encoded(struct str s, size_t i)
{
	if (i + 2 >= s.n || s.s[i] != '%' || hex_value(s.s[i + 1]) < 0 ||
	    hex_value(s.s[i + 2]) < 0)
		return -1;
	return hex_value(s.s[i + 1]) * 16 + hex_value(s.s[i + 2]);
}

/* Whether S encodes something that nobody would mean literally. */
static bool encodes_delimiter(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		int c = encoded(s, i);

		if (c > 0 && strchr("/<>()[]{}:;#?\"", c))
			return true;
	}
	return false;
}

static void decode_once(struct doi_reading *r)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT(r->s.n);

	for (size_t i = 0; i < r->s.n; i++) {
		int c = encoded(r->s, i);

		buf_addc(&b, c < 0 ? r->s.s[i] : (char)c);
		i += c < 0 ? 0 : 2;
	}
	take(r, &b);
	doi_note(r, DOI_NORMALISED, "percent-encoding was undone");
}

void doi_decode(struct doi_reading *r)
{
	if (str_find(r->s, '%') == r->s.n)
		return;
	if (r->url || encodes_delimiter(r->s)) {
		decode_once(r);
		if (encodes_delimiter(r->s)) {
			decode_once(r);
			doi_note(r, DOI_SUSPICIOUS,
			         "it was percent-encoded twice: write it bare");
		}
	} else {
		for (size_t i = 0; i < r->s.n; i++)
			if (encoded(r->s, i) >= 0)
				doi_note(r, DOI_SUSPICIOUS,
				         "it may be percent-encoded: write the "
				         "characters themselves");
	}
	/* What was encoded may be white space, dashes, or bytes that are no UTF-8. */
	doi_clean(r);
	doi_unescape(r);
}
