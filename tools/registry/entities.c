/* entities.c - character references of XML and HTML */
#include "base/text.h"
#include "registry/internal.h"

struct entity {
	const char *name;
	uint32_t c;
};

/* Those that occur in titles and names. Source: HTML 4.01, section 24 */
static const struct entity entities[] = {
        {"amp", '&'},       {"lt", '<'},        {"gt", '>'},        {"quot", '"'},
        {"apos", '\''},     {"nbsp", 0xA0},     {"iexcl", 0xA1},    {"pound", 0xA3},
        {"sect", 0xA7},     {"copy", 0xA9},     {"laquo", 0xAB},    {"reg", 0xAE},
        {"deg", 0xB0},      {"plusmn", 0xB1},   {"sup2", 0xB2},     {"sup3", 0xB3},
        {"acute", 0xB4},    {"micro", 0xB5},    {"middot", 0xB7},   {"raquo", 0xBB},
        {"frac12", 0xBD},   {"iquest", 0xBF},   {"Agrave", 0xC0},   {"Aacute", 0xC1},
        {"Acirc", 0xC2},    {"Atilde", 0xC3},   {"Auml", 0xC4},     {"Aring", 0xC5},
        {"AElig", 0xC6},    {"Ccedil", 0xC7},   {"Egrave", 0xC8},   {"Eacute", 0xC9},
        {"Ecirc", 0xCA},    {"Euml", 0xCB},     {"Igrave", 0xCC},   {"Iacute", 0xCD},
        {"Icirc", 0xCE},    {"Iuml", 0xCF},     {"Ntilde", 0xD1},   {"Ograve", 0xD2},
        {"Oacute", 0xD3},   {"Ocirc", 0xD4},    {"Otilde", 0xD5},   {"Ouml", 0xD6},
        {"times", 0xD7},    {"Oslash", 0xD8},   {"Ugrave", 0xD9},   {"Uacute", 0xDA},
        {"Ucirc", 0xDB},    {"Uuml", 0xDC},     {"Yacute", 0xDD},   {"szlig", 0xDF},
        {"agrave", 0xE0},   {"aacute", 0xE1},   {"acirc", 0xE2},    {"atilde", 0xE3},
        {"auml", 0xE4},     {"aring", 0xE5},    {"aelig", 0xE6},    {"ccedil", 0xE7},
        {"egrave", 0xE8},   {"eacute", 0xE9},   {"ecirc", 0xEA},    {"euml", 0xEB},
        {"igrave", 0xEC},   {"iacute", 0xED},   {"icirc", 0xEE},    {"iuml", 0xEF},
        {"eth", 0xF0},      {"ntilde", 0xF1},   {"ograve", 0xF2},   {"oacute", 0xF3},
        {"ocirc", 0xF4},    {"otilde", 0xF5},   {"ouml", 0xF6},     {"divide", 0xF7},
        {"oslash", 0xF8},   {"ugrave", 0xF9},   {"uacute", 0xFA},   {"ucirc", 0xFB},
        {"uuml", 0xFC},     {"yacute", 0xFD},   {"thorn", 0xFE},    {"yuml", 0xFF},
        {"OElig", 0x152},   {"oelig", 0x153},   {"Scaron", 0x160},  {"scaron", 0x161},
        {"Alpha", 0x391},   {"Beta", 0x392},    {"Gamma", 0x393},   {"Delta", 0x394},
        {"Lambda", 0x39B},  {"Sigma", 0x3A3},   {"Phi", 0x3A6},     {"Psi", 0x3A8},
        {"Omega", 0x3A9},   {"alpha", 0x3B1},   {"beta", 0x3B2},    {"gamma", 0x3B3},
        {"delta", 0x3B4},   {"epsilon", 0x3B5}, {"zeta", 0x3B6},    {"eta", 0x3B7},
        {"theta", 0x3B8},   {"kappa", 0x3BA},   {"lambda", 0x3BB},  {"mu", 0x3BC},
        {"nu", 0x3BD},      {"xi", 0x3BE},      {"pi", 0x3C0},      {"rho", 0x3C1},
        {"sigma", 0x3C3},   {"tau", 0x3C4},     {"phi", 0x3C6},     {"chi", 0x3C7},
        {"psi", 0x3C8},     {"omega", 0x3C9},   {"ndash", 0x2013},  {"mdash", 0x2014},
        {"lsquo", 0x2018},  {"rsquo", 0x2019},  {"sbquo", 0x201A},  {"ldquo", 0x201C},
        {"rdquo", 0x201D},  {"bdquo", 0x201E},  {"dagger", 0x2020}, {"bull", 0x2022},
        {"hellip", 0x2026}, {"prime", 0x2032},  {"Prime", 0x2033},  {"trade", 0x2122},
        {"larr", 0x2190},   {"rarr", 0x2192},   {"minus", 0x2212},  {"infin", 0x221E},
        {"asymp", 0x2248},  {"ne", 0x2260},     {"le", 0x2264},     {"ge", 0x2265},
};

static int digit(char c, int base)
{
	int v = c >= '0' && c <= '9'                     ? c - '0'
	        : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
	                                                 : 16;

	return v < base ? v : -1;
}

/* The character of "#123" or "#xAB", or TEXT_BAD. */
static uint32_t numbered(struct str name)
{
	int base = name.n > 1 && (name.s[1] | 0x20) == 'x' ? 16 : 10;
	size_t at = base == 16 ? 2 : 1;
	uint32_t c = 0;

	if (at >= name.n)
		return TEXT_BAD;
	for (; at < name.n; at++) {
		int v = digit(name.s[at], base);

		if (v < 0 || c > 0x10FFFF)
			return TEXT_BAD;
		c = c * (uint32_t)base + (uint32_t)v;
	}
	return !c || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? TEXT_BAD : c;
}

static uint32_t named(struct str name)
{
	if (name.n && name.s[0] == '#')
		return numbered(name);
	for (size_t i = 0; i < ARRAY_LEN(entities); i++)
		if (str_eqz(name, entities[i].name))
			return entities[i].c;
	return TEXT_BAD;
}

struct str registry_entities(struct str s, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(s.n + 1);

	for (size_t at = 0; at < s.n; at++) {
		/* The longest name with its ';' has no more bytes than this. */
		struct str name = str_sub(s, at + 1, 12);
		size_t n = str_find(name, ';');
		uint32_t c = s.s[at] == '&' && n < name.n ? named(str_sub(name, 0, n))
		                                          : TEXT_BAD;

		if (c == TEXT_BAD) {
			buf_addc(&out, s.s[at]);
			continue;
		}
		text_add_char(&out, c);
		at += n + 1;
	}
	return arena_str(arena, buf_str(&out));
}
