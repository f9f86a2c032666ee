/*
 * fold.c - titles and names as words
 *
 * Records hold JATS, MathML and HTML elements and entities, entries what curators copied.
 */
#include "reference/internal.h"

#include "base/text.h"

#include <string.h>

/* A longer one is no tag. */
#define TAG_MAX 200

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_';
}

/* Bytes of the tag at the start of S; 0: it is none ("p < 0.05", "a<b and b>c"). */
static size_t tag_length(struct str s)
{
	size_t from = s.n > 1 && s.s[1] == '/' ? 2 : 1, name = from, n;
	bool attributes = false;

	if (name >= s.n || !is_letter(s.s[name]))
		return 0;
	while (name < s.n && name < TAG_MAX && is_name(s.s[name]))
		name++;
	for (n = name; n < s.n && n < TAG_MAX && s.s[n] != '<' && s.s[n] != '>'; n++)
		attributes = attributes || s.s[n] == '=';
	if (n >= s.n || s.s[n] != '>')
		return 0;
	return n == name || s.s[name] == '/' || s.s[n - 1] == '/' || attributes ? n + 1
	                                                                        : 0;
}

/* "&#38;" or "&#x26;" at the start of S. */
static size_t numeric(struct str s, uint32_t *c)
{
	static const char digits[] = "0123456789abcdef";
	bool sixteen = s.n > 2 && (s.s[2] | 0x20) == 'x';
	size_t n = sixteen ? 3 : 2;

	for (*c = 0; n < s.n && n < 10 && s.s[n] != ';'; n++) {
		const char *p = s.s[n] ? strchr(digits, s.s[n] | 0x20) : NULL;

		if (!p || (p - digits >= 10 && !sixteen))
			return 0;
		*c = *c * (sixteen ? 16 : 10) + (uint32_t)(p - digits);
	}
	if (n >= s.n || s.s[n] != ';' || *c > 0x10FFFF || (*c >= 0xD800 && *c <= 0xDFFF))
		return 0;
	return n + 1;
}

/* The entity at the start of S: its length and the character; 0: it is none. */
static size_t entity(struct str s, uint32_t *c)
{
	static const struct {
		struct str text;
		uint32_t c;
	} known[] = {
	        {STR("&lt;"), '<'},       {STR("&gt;"), '>'},
	        {STR("&amp;"), '&'},      {STR("&quot;"), '"'},
	        {STR("&apos;"), '\''},    {STR("&nbsp;"), ' '},
	        {STR("&ndash;"), 0x2013}, {STR("&mdash;"), 0x2014},
	        {STR("&lsquo;"), 0x2018}, {STR("&rsquo;"), 0x2019},
	        {STR("&ldquo;"), 0x201C}, {STR("&rdquo;"), 0x201D},
	        {STR("&alpha;"), 0x3B1},  {STR("&beta;"), 0x3B2},
	        {STR("&gamma;"), 0x3B3},  {STR("&delta;"), 0x3B4},
	        {STR("&auml;"), 0xE4},    {STR("&ouml;"), 0xF6},
	        {STR("&uuml;"), 0xFC},    {STR("&szlig;"), 0xDF},
	        {STR("&eacute;"), 0xE9},  {STR("&egrave;"), 0xE8},
	        {STR("&aacute;"), 0xE1},  {STR("&oacute;"), 0xF3},
	        {STR("&iacute;"), 0xED},  {STR("&uacute;"), 0xFA},
	        {STR("&ntilde;"), 0xF1},  {STR("&ccedil;"), 0xE7},
	        {STR("&oslash;"), 0xF8},  {STR("&aring;"), 0xE5},
	};

	if (s.n > 2 && s.s[1] == '#')
		return numeric(s, c);
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_starts(s, known[i].text)) {
			*c = known[i].c;
			return known[i].text.n;
		}
	return 0;
}

static void without_entities(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		struct str rest = str_sub(s, i, s.n);
		uint32_t c = 0;
		size_t n = rest.s[0] == '&' ? entity(rest, &c) : 0;

		if (n)
			text_add_char(out, c);
		else
			buf_addc(out, rest.s[0]);
		i += n ? n : 1;
	}
}

/* Tags go without a blank: "H<sub>2</sub>O" is one word. */
static void without_tags(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t n = s.s[i] == '<' ? tag_length(str_sub(s, i, s.n)) : 0;

		if (!n)
			buf_addc(out, s.s[i]);
		i += n ? n : 1;
	}
}

struct str fold_words(struct arena *arena, struct str text)
{
	CLEANUP(buf_release) struct buf decoded = BUF_INIT(text.n + 1);
	CLEANUP(buf_release) struct buf plain = BUF_INIT(text.n + 1);

	if (str_find(text, '&') == text.n && str_find(text, '<') == text.n)
		return text_words(arena, text);
	/* Tags may be written with entities, and hold some. */
	without_entities(&decoded, text);
	without_tags(&plain, buf_str(&decoded));
	buf_reset(&decoded);
	without_entities(&decoded, buf_str(&plain));
	return text_words(arena, buf_str(&decoded));
}

size_t count_words(struct str words)
{
	size_t n = words.n > 0;

	for (size_t i = 0; i < words.n; i++)
		n += words.s[i] == ' ';
	return n;
}
