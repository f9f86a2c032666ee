#include "schema/pattern_translate.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* ECMA-262 2023, sections 12.2 and 12.3: WhiteSpace and LineTerminator. */
#define SPACE_RANGES \
	"\\x09-\\x0d\\x20\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}" \
	"\\x{205f}\\x{3000}\\x{feff}"
#define NO_SPACE_RANGES \
	"\\x00-\\x08\\x0e-\\x1f\\x21-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}" \
	"\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}" \
	"\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

#define SURROGATE_FIRST 0xD800u
#define SURROGATE_LAST 0xDFFFu

/* ---- escapes ---- */

/* What other dialects mean by an escape that ECMA-262 does not have. */
static const char *escape_advice(int c)
{
	static const struct {
		char letter;
		const char *advice;
	} other[] = {
	        {'A', "write ^"},
	        {'Z', "write $"},
	        {'z', "write $"},
	        {'G', "leave it out"},
	        {'K', "use a look-behind, (?<=...)"},
	        {'Q', "write a backslash before each character"},
	        {'E', "write a backslash before each character"},
	        {'R', "write (?:\\r\\n|\\n|\\r)"},
	        {'h', "write [\\t\\p{Zs}]"},
	        {'H', "write [^\\t\\p{Zs}]"},
	        {'N', "write ."},
	        {'X', "write \\P{M}\\p{M}*"},
	        {'C', "write ."},
	        {'a', "write \\x07"},
	        {'e', "write \\x1B"},
	        {'g', "write \\1 or \\k<name>"},
	        {'<', "write \\b"},
	        {'>', "write \\b"},
	};

	for (size_t i = 0; i < ARRAY_LEN(other); i++)
		if (other[i].letter == c)
			return other[i].advice;
	if (c >= '0' && c <= '9')
		return "write the character as \\xHH, with two hexadecimal digits";
	return "write the character without the backslash";
}

static bool unknown_escape(struct pattern_translation *t)
{
	char what[64];
	int c = pattern_peek(t, 1);

	if (c < 0)
		return pattern_bad(t, t->at, "a backslash at the end",
		                   "for the character itself write \\\\");
	if (c > ' ' && c < 0x7F)
		snprintf(what, sizeof(what), "an unknown escape \\%c", c);
	else
		snprintf(what, sizeof(what), "an unknown escape");
	return pattern_bad(t, t->at, what, escape_advice(c));
}

static int hex_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* N hexadecimal digits OFFSET bytes ahead; -1 when they are none. */
static int32_t hex_digits(const struct pattern_translation *t, size_t offset, size_t n)
{
	int32_t value = 0;

	for (size_t i = 0; i < n; i++) {
		int digit = hex_value(pattern_peek(t, offset + i));

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* "{H...}" stands behind the "\u" at T->at. */
static bool braced_code_point(struct pattern_translation *t, uint32_t *c)
{
	size_t at = t->at;
	int digit;

	*c = 0;
	for (t->at += 3; (digit = hex_value(pattern_peek(t, 0))) >= 0; t->at++)
		if (*c <= 0x10FFFF)
			*c = *c * 16 + (uint32_t)digit;
	if (t->at == at + 3 || *c > 0x10FFFF || !pattern_skip(t, "}"))
		return pattern_bad(t, at, "a wrong code point",
		                   "write \\u{0} to \\u{10FFFF}, in hexadecimal digits");
	return true;
}

/* "\u" stands at T->at. */
static bool unicode_escape(struct pattern_translation *t, uint32_t *c)
{
	int32_t unit, low;

	if (pattern_peek(t, 2) == '{')
		return braced_code_point(t, c);
	unit = hex_digits(t, 2, 4);
	if (unit < 0)
		return pattern_bad(t, t->at, "an escape \\u without its digits",
		                   "write \\uHHHH or \\u{H...}");
	*c = (uint32_t)unit;
	t->at += 6;
	if (unit < 0xD800 || unit > 0xDBFF || pattern_peek(t, 0) != '\\' ||
	    pattern_peek(t, 1) != 'u')
		return true;
	low = hex_digits(t, 2, 4);
	if (low < 0xDC00 || low > 0xDFFF)
		return true;
	*c = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
	t->at += 6;
	return true;
}

/* "\c" stands at T->at. */
static bool control_letter(struct pattern_translation *t, uint32_t *c)
{
	int letter = pattern_peek(t, 2) | 0x20;

	if (letter < 'a' || letter > 'z')
		return pattern_bad(t, t->at, "an escape \\c without a letter",
		                   "write \\cA to \\cZ");
	*c = (uint32_t)letter & 0x1F;
	t->at += 3;
	return true;
}

bool pattern_character_escape(struct pattern_translation *t, uint32_t *c)
{
	static const char letters[] = "tnvfr", itself[] = "^$\\.*+?()[]{}|/";
	int next = pattern_peek(t, 1);
	const char *letter = next > 0 ? strchr(letters, next) : NULL;
	int32_t byte;

	*c = (uint32_t)next;
	if (letter) {
		*c = 9 + (uint32_t)(letter - letters);
		*c = next == 'n' ? '\n' : *c;
	}
	switch (next) {
	case 'u':
		return unicode_escape(t, c);
	case 'c':
		return control_letter(t, c);
	case 'x':
		byte = hex_digits(t, 2, 2);
		if (byte < 0)
			return pattern_bad(t, t->at, "an escape \\x without its digits",
			                   "write \\xHH");
		*c = (uint32_t)byte;
		t->at += 4;
		return true;
	case '0':
		if (pattern_peek(t, 2) >= '0' && pattern_peek(t, 2) <= '9')
			return unknown_escape(t);
		*c = 0;
		break;
	default:
		if (!letter && (next <= 0 || !strchr(itself, next)))
			return unknown_escape(t);
	}
	t->at += 2;
	return true;
}

bool pattern_set_escape(struct pattern_translation *t, bool in_class, bool *is_set)
{
	int letter = pattern_peek(t, 1);

	*is_set = true;
	switch (letter) {
	case 'd':
	case 'D':
	case 'w':
	case 'W':
		buf_addf(t->out, "\\%c", letter);
		break;
	case 's':
		buf_addz(t->out, in_class ? SPACE_RANGES : "[" SPACE_RANGES "]");
		break;
	case 'S':
		buf_addz(t->out, in_class ? NO_SPACE_RANGES : "[^" SPACE_RANGES "]");
		break;
	case 'p':
	case 'P':
		t->at += 2;
		return pattern_property(t, letter == 'P', in_class);
	default:
		*is_set = false;
		return true;
	}
	t->at += 2;
	return true;
}

/* ---- classes ---- */

struct class_atom {
	bool is_set; /* and written already */
	uint32_t c;
};

static bool class_atom(struct pattern_translation *t, struct class_atom *a)
{
	*a = (struct class_atom){0};
	if (pattern_peek(t, 0) != '\\') {
		a->c = text_next(t->in, &t->at);
		return true;
	}
	if (pattern_skip(t, "\\b")) {
		a->c = '\b';
		return true;
	}
	if (pattern_skip(t, "\\-")) {
		a->c = '-';
		return true;
	}
	if (!pattern_set_escape(t, true, &a->is_set))
		return false;
	return a->is_set || pattern_character_escape(t, &a->c);
}

/* FIRST to LAST without the surrogates, which no UTF-8 holds. */
static void emit_range(struct pattern_translation *t, uint32_t first, uint32_t last)
{
	if (first >= SURROGATE_FIRST && first <= SURROGATE_LAST)
		first = SURROGATE_LAST + 1;
	if (last >= SURROGATE_FIRST && last <= SURROGATE_LAST)
		last = SURROGATE_FIRST - 1;
	if (first > last)
		return;
	pattern_emit(t, first);
	if (first == last)
		return;
	buf_addc(t->out, '-');
	pattern_emit(t, last);
}

/* One character, one set, or one range. */
static bool class_item(struct pattern_translation *t)
{
	struct class_atom a, b;
	size_t at = t->at;

	if (!class_atom(t, &a))
		return false;
	b = a;
	if (pattern_peek(t, 0) == '-' && pattern_peek(t, 1) != ']' &&
	    pattern_peek(t, 1) >= 0) {
		t->at++;
		if (!class_atom(t, &b))
			return false;
		if (a.is_set || b.is_set)
			return pattern_bad(t, at, "a range with a set at its end",
			                   "for the character itself write \\-");
		if (a.c > b.c)
			return pattern_bad(t, at, "a range out of order",
			                   "write the smaller character first; for the "
			                   "character itself write \\-");
	}
	if (!a.is_set)
		emit_range(t, a.c, b.c);
	return true;
}

bool pattern_class(struct pattern_translation *t)
{
	size_t at = t->at++, empty;

	buf_addc(t->out, '[');
	if (pattern_skip(t, "^"))
		buf_addc(t->out, '^');
	empty = t->out->n;
	while (!pattern_skip(t, "]")) {
		if (t->at == t->in.n)
			return pattern_bad(t, at, "a '[' without its ']'",
			                   "close it, or for the character itself write "
			                   "\\[");
		if (!class_item(t))
			return false;
	}
	if (t->out->n > empty || t->in.s[at + 1] == '^') {
		buf_addc(t->out, ']');
		return true;
	}
	buf_truncate(t->out, empty - 1);
	buf_addz(t->out, PATTERN_NOTHING);
	return true;
}
