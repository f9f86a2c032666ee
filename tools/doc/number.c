#include "doc/internal.h"

#include <gmp.h>
#include <string.h>

#define EXPONENT_MAX INT64_C(1000000000000000000)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct str cut_digits(struct str *rest)
{
	size_t n = 0;

	while (n < rest->n && is_digit(rest->s[n]))
		n++;
	*rest = str_sub(*rest, n, rest->n);
	return (struct str){rest->s - n, n};
}

/* "e-5" as a number; beyond EXPONENT_MAX it stays there. */
static int64_t exponent_of(struct str text)
{
	bool negative;
	int64_t e = 0;

	if (!text.n)
		return 0;
	text = str_sub(text, 1, text.n);
	negative = text.n && text.s[0] == '-';
	for (size_t i = 0; i < text.n; i++) {
		if (!is_digit(text.s[i]))
			continue;
		e = e > EXPONENT_MAX / 10 ? EXPONENT_MAX : e * 10 + (text.s[i] - '0');
	}
	return negative ? -e : e;
}

char decimal_digit(const struct decimal *d, size_t i)
{
	i += d->first;
	return i < d->whole.n ? d->whole.s[i] : d->fraction.s[i - d->whole.n];
}

struct decimal decimal_of(struct str text)
{
	struct decimal d = {.negative = text.n && text.s[0] == '-'};
	size_t all;

	text = str_sub(text, d.negative, text.n);
	d.whole = cut_digits(&text);
	if (text.n && text.s[0] == '.') {
		text = str_sub(text, 1, text.n);
		d.fraction = cut_digits(&text);
	}
	all = d.whole.n + d.fraction.n;
	while (d.first < all && decimal_digit(&d, 0) == '0')
		d.first++;
	d.n = all - d.first;
	while (d.n && decimal_digit(&d, d.n - 1) == '0')
		d.n--;
	if (d.n)
		d.point = (int64_t)d.whole.n - (int64_t)d.first + exponent_of(text);
	return d;
}

/* The value of an integer, when an int64_t holds it. */
static bool to_integer(int64_t *out, const struct decimal *d)
{
	int64_t v = 0;

	if (d->point > 19)
		return false;
	for (size_t i = 0; (int64_t)i < d->point; i++) {
		int digit = i < d->n ? decimal_digit(d, i) - '0' : 0;

		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, d->negative ? -digit : digit, &v))
			return false;
	}
	*out = v;
	return true;
}

/* The common case, without the general machinery: up to 18 digits and nothing else. */
static bool set_short(struct doc_node *node, struct str text)
{
	bool negative = text.n && text.s[0] == '-';
	int64_t v = 0;

	if (text.n == negative || text.n > 18)
		return false;
	for (size_t i = negative; i < text.n; i++) {
		if (!is_digit(text.s[i]))
			return false;
		v = v * 10 + (text.s[i] - '0');
	}
	node->is_integer = node->fits = true;
	node->integer = negative ? -v : v;
	return true;
}

void doc_number_set(struct doc_node *node, struct str text)
{
	struct decimal d;

	node->kind = DOC_NUMBER;
	node->text = text;
	if (set_short(node, text))
		return;
	d = decimal_of(text);
	node->is_integer = d.n == 0 || (d.point > 0 && (int64_t)d.n <= d.point);
	node->integer = 0;
	node->fits = node->is_integer && to_integer(&node->integer, &d);
}

static int sign(const struct decimal *d)
{
	if (!d->n)
		return 0;
	return d->negative ? -1 : 1;
}

static int magnitude_cmp(const struct decimal *a, const struct decimal *b)
{
	if (a->point != b->point)
		return a->point < b->point ? -1 : 1;
	for (size_t i = 0; i < a->n && i < b->n; i++) {
		int c = decimal_digit(a, i) - decimal_digit(b, i);

		if (c)
			return c;
	}
	return a->n < b->n ? -1 : a->n > b->n;
}

int doc_number_cmp(const struct doc_node *a, const struct doc_node *b)
{
	struct decimal x, y;

	if (a->fits && b->fits)
		return a->integer < b->integer ? -1 : a->integer > b->integer;
	x = decimal_of(a->text);
	y = decimal_of(b->text);
	if (sign(&x) != sign(&y))
		return sign(&x) - sign(&y);
	return sign(&x) * magnitude_cmp(&x, &y);
}

/* The significant digits of D as an integer. At most LIMIT_NUMBER_DIGITS of them. */
static void set_digits(mpz_t out, const struct decimal *d)
{
	char text[LIMIT_NUMBER_DIGITS + 1];

	for (size_t i = 0; i < d->n; i++)
		text[i] = decimal_digit(d, i);
	text[d->n] = '\0';
	mpz_set_str(out, text, 10);
}

/* Whether A's digits times 10^SHIFT are a multiple of B's digits. */
static bool divides(const struct decimal *b, const struct decimal *a, uint64_t shift)
{
	mpz_t x, y, power, ten;
	bool yes;

	mpz_inits(x, y, power, ten, NULL);
	set_digits(x, a);
	set_digits(y, b);
	mpz_set_ui(ten, 10);
	mpz_powm_ui(power, ten, shift, y);
	mpz_mul(x, x, power);
	yes = mpz_divisible_p(x, y) != 0;
	mpz_clears(x, y, power, ten, NULL);
	return yes;
}

/*
 * With V = a * 10^p and D = b * 10^q (a and b without trailing zeros), V is a multiple of
 * D when b divides a * 10^(p-q). For p < q it never is: a would end in a zero. The power
 * is taken modulo b, so that 1e1000000 costs nothing.
 */
bool doc_number_multiple_of(const struct doc_node *value, const struct doc_node *divisor,
                            bool *too_long)
{
	struct decimal v, d;
	int64_t p, q;

	*too_long = false;
	if (value->fits && divisor->fits && divisor->integer > 0)
		return value->integer % divisor->integer == 0;
	v = decimal_of(value->text);
	d = decimal_of(divisor->text);
	if (!v.n || !d.n)
		return !v.n;
	p = v.point - (int64_t)v.n;
	q = d.point - (int64_t)d.n;
	if (p < q)
		return false;
	if (v.n > LIMIT_NUMBER_DIGITS || d.n > LIMIT_NUMBER_DIGITS) {
		*too_long = true;
		return false;
	}
	return divides(&d, &v, (uint64_t)p - (uint64_t)q);
}
