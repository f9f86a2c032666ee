#include "doc/internal.h"

#include <gmp.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number as YAML writes it: [-+]? digits? ("." digits?)? ([eE][-+]?digits)? */
struct shape {
	bool negative, plus, point;
	struct str whole, fraction, exponent;
};

static bool is_one_of(struct str text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(text, words[i]))
			return true;
	return false;
}

#define IS_ONE_OF(text, ...) \
	is_one_of((text), (const char *const[]){__VA_ARGS__}, \
	          ARRAY_LEN(((const char *const[]){__VA_ARGS__})))

bool scalar_is_null(struct str text)
{
	if (!text.n)
		return true;
	if (text.s[0] != '~' && (text.s[0] | 0x20) != 'n')
		return false;
	return IS_ONE_OF(text, "~", "null", "Null", "NULL");
}

static struct str digits_at(struct str text, size_t at)
{
	size_t n = 0;

	while (at + n < text.n && text.s[at + n] >= '0' && text.s[at + n] <= '9')
		n++;
	return str_sub(text, at, n);
}

static bool shape_parse(struct shape *out, struct str text)
{
	size_t at = 0, sign;

	*out = (struct shape){0};
	out->negative = text.n && text.s[0] == '-';
	out->plus = text.n && text.s[0] == '+';
	at = out->negative || out->plus;
	out->whole = digits_at(text, at);
	at += out->whole.n;
	if (at < text.n && text.s[at] == '.') {
		out->point = true;
		out->fraction = digits_at(text, ++at);
		at += out->fraction.n;
	}
	if (!out->whole.n && !out->fraction.n)
		return false;
	if (at == text.n || (text.s[at] != 'e' && text.s[at] != 'E'))
		return at == text.n;
	sign = at + 1 < text.n && (text.s[at + 1] == '-' || text.s[at + 1] == '+');
	out->exponent = digits_at(text, at + 1 + sign);
	if (at + 1 + sign + out->exponent.n != text.n || !out->exponent.n)
		return false;
	out->exponent = str_sub(text, at, text.n);
	return true;
}

/*
 * The shape in JSON's grammar: no plus, no leading zeros, digits on both sides of the
 * point.
 */
static struct str shape_text(struct arena *a, const struct shape *s, struct str text)
{
	struct str whole = s->whole;
	bool point = s->fraction.n > 0;

	while (whole.n > 1 && whole.s[0] == '0')
		whole = str_sub(whole, 1, whole.n);
	if (!s->plus && whole.n == s->whole.n && whole.n && s->point == point)
		return text;
	return arena_fmt(a, "%s" STR_FMT "%s" STR_FMT STR_FMT, s->negative ? "-" : "",
	                 STR_ARG(whole.n ? whole : STR("0")), point ? "." : "",
	                 STR_ARG(s->fraction), STR_ARG(s->exponent));
}

static void warn_leading_zero(struct build *b, const struct doc_node *node,
                              struct str text)
{
	struct str shown = diag_quote(b->diags->arena, text);
	struct diag *d;

	d = diag_add(b->diags, &rule_syntax_leading_zero, doc_span(node),
	             STR_FMT " has a leading zero: it is read as text here, but other "
	                     "programs read a number",
	             STR_ARG(shown));
	d->pointer = build_pointer(b, b->n - 1);
	d->suggestion = STR("put it in quotes");
}

/*
 * 1.10, 1.0 and +5 do not come back as they were written: their writer may have meant a
 * version or a code. Exponents are written by people who mean numbers.
 */
static void check_number_text(struct build *b, const struct doc_node *node,
                              const struct shape *s, struct str text)
{
	struct str shown, number, fraction = s->fraction;
	struct arena *a = b->diags->arena;
	struct diag *d;

	if (s->exponent.n)
		return;
	while (fraction.n && fraction.s[fraction.n - 1] == '0')
		fraction.n--;
	if (!s->plus && s->whole.n && s->point == (fraction.n > 0) &&
	    fraction.n == s->fraction.n)
		return;
	number = arena_fmt(a, "%s" STR_FMT "%s" STR_FMT, s->negative ? "-" : "",
	                   STR_ARG(s->whole.n ? s->whole : STR("0")),
	                   fraction.n ? "." : "", STR_ARG(fraction));
	number = diag_quote(a, number);
	shown = diag_quote(a, text);
	d = diag_add(b->diags, &rule_syntax_number_text, doc_span(node),
	             STR_FMT " is read as the number " STR_FMT, STR_ARG(shown),
	             STR_ARG(number));
	d->pointer = build_pointer(b, b->n - 1);
	d->suggestion = arena_fmt(
	        a, "write " STR_FMT ", or put it in quotes if it is a version or a code",
	        STR_ARG(number));
}

static void set_string(struct doc_node *node, struct str text)
{
	node->kind = DOC_STRING;
	node->text = text;
}

/* 0xFF, 0o17 as decimal text, exactly. */
static bool set_based(struct build *b, struct doc_node *node, struct str text)
{
	bool hex = str_starts(text, STR("0x")), octal = str_starts(text, STR("0o"));
	struct str digits = str_sub(text, 2, text.n);
	struct str z, decimal;
	mpz_t value;

	if ((!hex && !octal) || !digits.n)
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		char c = digits.s[i];

		if (!(c >= '0' && c <= '7') &&
		    !(hex && ((c >= '8' && c <= '9') || (c >= 'a' && c <= 'f') ||
		              (c >= 'A' && c <= 'F'))))
			return false;
	}
	if (digits.n > LIMIT_NUMBER_DIGITS) {
		build_fail(b, &rule_syntax_yaml, doc_span(node),
		           "this number has more than %d digits", LIMIT_NUMBER_DIGITS)
		        ->suggestion = STR("put it in quotes if it is text");
		return true;
	}
	z = arena_str(b->arena, digits);
	mpz_init_set_str(value, z.s, hex ? 16 : 8);
	decimal.n = mpz_sizeinbase(value, 10);
	decimal.s = mpz_get_str(arena_alloc(b->arena, decimal.n + 2, 1), 10, value);
	mpz_clear(value);
	doc_number_set(node, str_of(decimal.s));
	return true;
}

static bool is_not_finite(struct str text)
{
	if (IS_ONE_OF(text, ".nan", ".NaN", ".NAN"))
		return true;
	if (text.n && (text.s[0] == '-' || text.s[0] == '+'))
		text = str_sub(text, 1, text.n);
	return IS_ONE_OF(text, ".inf", ".Inf", ".INF");
}

static void refuse_not_finite(struct build *b, struct doc_node *node, struct str text)
{
	struct diag *d;

	d = build_fail(b, &rule_syntax_not_finite, doc_span(node),
	               STR_FMT " is no finite number and has no place in a dataset",
	               STR_ARG(text));
	d->pointer = build_pointer(b, b->n - 1);
	d->suggestion = STR("leave the value out, or put it in quotes");
}

static void set_number_or_string(struct build *b, struct doc_node *node, struct str text)
{
	struct shape s;

	if (text.s[0] == '0' && set_based(b, node, text))
		return;
	if (!shape_parse(&s, text)) {
		if (is_not_finite(text))
			refuse_not_finite(b, node, text);
		else
			set_string(node, text);
	} else if (s.whole.n > 1 && s.whole.s[0] == '0') {
		set_string(node, text);
		warn_leading_zero(b, node, text);
	} else {
		doc_number_set(node, shape_text(b->arena, &s, text));
		check_number_text(b, node, &s, text);
	}
}

static bool set_bool(struct doc_node *node, struct str text)
{
	bool truth = IS_ONE_OF(text, "true", "True", "TRUE");

	if (!truth && !IS_ONE_OF(text, "false", "False", "FALSE"))
		return false;
	node->kind = DOC_BOOL;
	node->truth = truth;
	return true;
}

void scalar_plain(struct build *b, struct doc_node *node, struct str text)
{
	/* Nearly all scalars are settled by their first character. */
	switch (text.n ? text.s[0] : '~') {
	case '~':
	case 'n':
	case 'N':
		if (scalar_is_null(text))
			node->kind = DOC_NULL;
		else
			set_string(node, text);
		return;
	case 't':
	case 'T':
	case 'f':
	case 'F':
		if (!set_bool(node, text))
			set_string(node, text);
		return;
	case '+':
	case '-':
	case '.':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		set_number_or_string(b, node, text);
		return;
	default:
		set_string(node, text);
	}
}

/* Whoever writes !!int or !!float means a number: no warnings, leading zeros go. */
static bool set_tagged_number(struct build *b, struct doc_node *node, bool integer,
                              struct str text)
{
	struct shape s;

	if (set_based(b, node, text))
		return true;
	if (!integer && is_not_finite(text)) {
		refuse_not_finite(b, node, text);
		return true;
	}
	if (!shape_parse(&s, text) || (integer && (s.point || s.exponent.n)))
		return false;
	doc_number_set(node, shape_text(b->arena, &s, text));
	return true;
}

#define CORE "tag:yaml.org,2002:"

void scalar_tagged(struct build *b, struct doc_node *node, struct str tag,
                   struct str text)
{
	struct str name = tag;
	bool known = true, fine = true;

	if (str_starts(tag, STR(CORE)))
		name = str_sub(tag, sizeof(CORE) - 1, tag.n);
	set_string(node, text);
	if (name.n == tag.n)
		known = false;
	else if (str_eqz(name, "null"))
		node->kind = (fine = scalar_is_null(text)) ? DOC_NULL : DOC_STRING;
	else if (str_eqz(name, "bool"))
		fine = set_bool(node, text);
	else if (str_eqz(name, "int") || str_eqz(name, "float"))
		fine = set_tagged_number(b, node, name.s[0] == 'i', text);
	else
		known = str_eqz(name, "str");
	if (!known)
		tag_refuse(b, node, tag);
	else if (!fine)
		tag_mismatch(b, node, tag, "this value");
}

void tag_refuse(struct build *b, const struct doc_node *node, struct str tag)
{
	bool core = str_starts(tag, STR(CORE)); /* written with !!, so told with it */
	struct str name = core ? str_sub(tag, sizeof(CORE) - 1, tag.n) : tag;
	struct diag *d;

	d = build_fail(b, &rule_syntax_tag, doc_span(node),
	               "the tag \"%s" STR_FMT "\" is not one of !!str, !!int, !!float, "
	               "!!bool, !!null, !!map, !!seq",
	               core ? "!!" : "", STR_ARG(diag_quote(b->diags->arena, name)));
	d->pointer = build_pointer(b, b->n - 1);
	d->suggestion =
	        STR("remove it, or put the value in quotes if the ! belongs to it");
}

void tag_mismatch(struct build *b, const struct doc_node *node, struct str tag,
                  const char *what)
{
	struct str name = str_sub(tag, sizeof(CORE) - 1, tag.n);
	struct diag *d;

	d = build_fail(b, &rule_syntax_tag, doc_span(node),
	               "the tag !!" STR_FMT " does not fit %s", STR_ARG(name), what);
	d->pointer = build_pointer(b, b->n - 1);
	d->suggestion = STR("remove the tag or mend the value");
}

void tag_check_container(struct build *b, const struct doc_node *node, struct str tag)
{
	bool list = node->kind == DOC_LIST;

	if (str_eqz(tag, "!") || str_eqz(tag, list ? CORE "seq" : CORE "map"))
		return;
	if (IS_ONE_OF(tag, CORE "str", CORE "int", CORE "float", CORE "bool", CORE "null",
	              CORE "map", CORE "seq"))
		tag_mismatch(b, node, tag, list ? "a list" : "a map");
	else
		tag_refuse(b, node, tag);
}
