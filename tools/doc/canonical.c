#include "doc/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOUBLE_DIGITS 17 /* no double needs more to be told from its neighbours */
#define SAFE_DIGITS 15 /* so many always survive the way into a double and back */
#define FEW 16 /* members of a map that are sorted in place */
#define EACH(byte) (0x0101010101010101u * (byte)) /* eight times the byte */

/* Whether C stands for itself in a string: all but ", \ and control characters do. */
static bool is_plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Whether eight bytes are plain: none is less than a blank, or 0 with ", or \, taken off. */
static bool word_is_plain(uint64_t x)
{
	uint64_t borrows = (x - EACH(0x20)) | ((x ^ EACH('"')) - EACH(1)) |
	                   ((x ^ EACH('\\')) - EACH(1));

	return (borrows & ~x & EACH(0x80)) == 0;
}

static uint64_t word_at(const char *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return x;
}

/* How many bytes of S from byte FROM on are plain. */
static size_t plain_n(struct str s, size_t from)
{
	size_t at = from;

	while (s.n - at >= sizeof(uint64_t) && word_is_plain(word_at(s.s + at)))
		at += sizeof(uint64_t);
	while (at < s.n && is_plain(s.s[at]))
		at++;
	return at - from;
}

/* The last word may overlap the one before it. */
static bool all_plain(struct str s)
{
	size_t at = 0;

	if (s.n < sizeof(uint64_t))
		return plain_n(s, 0) == s.n;
	for (; at + sizeof(uint64_t) < s.n; at += sizeof(uint64_t))
		if (!word_is_plain(word_at(s.s + at)))
			return false;
	return word_is_plain(word_at(s.s + s.n - sizeof(uint64_t)));
}

static void add_escaped(struct buf *out, unsigned char c)
{
	static const char *const escapes[0x20] = {['\b'] = "\\b",
	                                          ['\t'] = "\\t",
	                                          ['\n'] = "\\n",
	                                          ['\f'] = "\\f",
	                                          ['\r'] = "\\r"};

	if (c >= 0x20)
		buf_add(out, (struct str){c == '"' ? "\\\"" : "\\\\", 2});
	else if (escapes[c])
		buf_addz(out, escapes[c]);
	else
		buf_addf(out, "\\u%04x", c);
}

void doc_json_string(struct buf *out, struct str s)
{
	char *p = all_plain(s) ? buf_reserve(out, s.n + 2) : NULL;
	size_t n = s.n;

	if (p) { /* as most are */
		p[0] = '"';
		if (n)
			memcpy(p + 1, s.s, n);
		p[n + 1] = '"';
		p[n + 2] = '\0';
		out->n += n + 2;
		return;
	}
	buf_addc(out, '"');
	for (size_t from = 0; from < s.n;) {
		n = plain_n(s, from);
		buf_add(out, str_sub(s, from, n));
		from += n;
		if (from < s.n)
			add_escaped(out, (unsigned char)s.s[from++]);
	}
	buf_addc(out, '"');
}

/* The digits DIGITS (not terminated) times 10^(EXPONENT). */
static double to_double(const char *digits, size_t n, int64_t exponent)
{
	char text[64];

	/* No decimal point: the result does not hang on a locale. */
	snprintf(text, sizeof(text), "%.*se%lld", (int)n, digits, (long long)exponent);
	return strtod(text, NULL);
}

/*
 * Whether some decimal of N digits reads as V. The nearest one may fail where the gaps
 * above and below V differ; then its successor is the other candidate.
 */
static bool is_written_in(double v, int n)
{
	char text[64], digits[32];
	int64_t whole = 0, exponent;
	size_t at = 0;

	snprintf(text, sizeof(text), "%.*e", n - 1, v);
	for (; text[at] && text[at] != 'e'; at++)
		if (text[at] >= '0' && text[at] <= '9')
			whole = whole * 10 + (text[at] - '0');
	exponent = strtol(text + at + 1, NULL, 10) - (n - 1);
	for (int64_t i = whole; i <= whole + 1; i++) {
		int len = snprintf(digits, sizeof(digits), "%lld", (long long)i);

		if (to_double(digits, (size_t)len, exponent) == v)
			return true;
	}
	return false;
}

/* Whether V's nearest decimal of N digits has just these DIGITS. */
static bool is_nearest(double v, const char *digits, int n)
{
	char text[64];
	int k = 0;

	snprintf(text, sizeof(text), "%.*e", n - 1, v);
	for (const char *p = text; *p && *p != 'e' && k < n; p++)
		if (*p >= '0' && *p <= '9' && *p != digits[k++])
			return false;
	return k == n;
}

/*
 * Whether D is what ECMAScript writes for the double nearest to it: the fewest digits
 * that lead back to it, and of those the nearest.
 * Source: RFC 8785, section 3.2.2.3; ECMA-262, Number::toString
 */
static bool is_shortest(const struct decimal *d, const char *digits)
{
	double v;

	if (d->n > DOUBLE_DIGITS || d->point > 310 || d->point < -330)
		return false;
	if (d->n <= SAFE_DIGITS && d->point <= 308 && d->point >= -306)
		return true;
	v = to_double(digits, d->n, d->point - (int64_t)d->n);
	if (v == 0 || v * 0.5 == v)
		return false;
	for (int n = 1; n < (int)d->n; n++)
		if (is_written_in(v, n))
			return false;
	return is_nearest(v, digits, (int)d->n);
}

/* Number::toString's layout of the DIGITS with the decimal point at POINT. */
static void add_number(struct buf *out, struct str digits, int point)
{
	int n = (int)digits.n;

	if (n <= point && point <= 21) {
		buf_add(out, digits);
		buf_fill(out, '0', (size_t)(point - n));
	} else if (0 < point && point <= 21) {
		buf_add(out, str_sub(digits, 0, (size_t)point));
		buf_addc(out, '.');
		buf_add(out, str_sub(digits, (size_t)point, digits.n));
	} else if (-6 < point && point <= 0) {
		buf_addz(out, "0.");
		buf_fill(out, '0', (size_t)-point);
		buf_add(out, digits);
	} else {
		buf_add(out, str_sub(digits, 0, 1));
		if (n > 1) {
			buf_addc(out, '.');
			buf_add(out, str_sub(digits, 1, digits.n));
		}
		buf_addf(out, "e%+d", point - 1);
	}
}

static bool add_decimal(struct buf *out, struct str text)
{
	struct decimal d = decimal_of(text);
	char digits[DOUBLE_DIGITS];

	if (!d.n) {
		buf_addc(out, '0');
		return true;
	}
	for (size_t i = 0; i < d.n && i < DOUBLE_DIGITS; i++)
		digits[i] = decimal_digit(&d, i);
	if (!is_shortest(&d, digits))
		return false;
	if (d.negative)
		buf_addc(out, '-');
	add_number(out, (struct str){digits, d.n}, (int)d.point);
	return true;
}

/*
 * Keys in the order of their UTF-16 code units. That is the order of the bytes but for
 * characters above U+FFFF (lead bytes from 0xF0), which come before U+E000 to U+FFFF
 * (lead bytes 0xEE and 0xEF).
 * Source: RFC 8785, section 3.2.3
 */
static int key_cmp(struct str a, struct str b)
{
	size_t i = 0;
	unsigned char x, y;

	while (i < a.n && i < b.n && a.s[i] == b.s[i])
		i++;
	if (i == a.n || i == b.n)
		return (i < a.n) - (i < b.n);
	x = (unsigned char)a.s[i];
	y = (unsigned char)b.s[i];
	if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0))
		return x >= 0xF0 ? -1 : 1;
	return x < y ? -1 : 1;
}

static int compare(const void *x, const void *y)
{
	const struct doc_member *a = *(const struct doc_member *const *)x;
	const struct doc_member *b = *(const struct doc_member *const *)y;

	return key_cmp(a->key, b->key);
}

static bool add_node(struct buf *out, const struct doc_node *node, struct str skip,
                     const struct doc_node **bad);

static bool add_list(struct buf *out, const struct doc_node *node,
                     const struct doc_node **bad)
{
	buf_addc(out, '[');
	for (uint32_t i = 0; i < node->n; i++) {
		if (i)
			buf_addc(out, ',');
		if (!add_node(out, &node->items[i], STR_NONE, bad))
			return false;
	}
	buf_addc(out, ']');
	return true;
}

/* The members of NODE by key; a few of them without qsort(), which calls for memory. */
static void sort_members(const struct doc_member **sorted, const struct doc_node *node)
{
	for (uint32_t i = 0; i < node->n; i++) {
		const struct doc_member *m = &node->members[i];
		uint32_t at = i;

		for (; node->n <= FEW && at && key_cmp(sorted[at - 1]->key, m->key) > 0;
		     at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = m;
	}
	if (node->n > FEW)
		qsort(sorted, node->n, sizeof(*sorted), compare);
}

static bool add_map(struct buf *out, const struct doc_node *node, struct str skip,
                    const struct doc_node **bad)
{
	CLEANUP(members_free) const struct doc_member **many = NULL;
	const struct doc_member *few[FEW], **sorted = few;
	bool first = true;

	if (node->n > FEW) {
		many = mem_alloc(node->n * sizeof(*many));
		sorted = many;
	}
	sort_members(sorted, node);
	buf_addc(out, '{');
	for (uint32_t i = 0; i < node->n; i++) {
		if (skip.s && str_eq(sorted[i]->key, skip))
			continue;
		if (!first)
			buf_addc(out, ',');
		first = false;
		doc_json_string(out, sorted[i]->key);
		buf_addc(out, ':');
		if (!add_node(out, &sorted[i]->value, STR_NONE, bad))
			return false;
	}
	buf_addc(out, '}');
	return true;
}

/* Recursion is bounded by the depth of documents. */
static bool add_node(struct buf *out, const struct doc_node *node, struct str skip,
                     const struct doc_node **bad)
{
	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		buf_addz(out, "null");
		return true;
	case DOC_BOOL:
		buf_addz(out, node->truth ? "true" : "false");
		return true;
	case DOC_NUMBER:
		*bad = node;
		return add_decimal(out, node->text);
	case DOC_STRING:
		doc_json_string(out, node->text);
		return true;
	case DOC_LIST:
		return add_list(out, node, bad);
	case DOC_MAP:
		return add_map(out, node, skip, bad);
	}
	return true;
}

bool doc_canonical(struct buf *out, const struct doc_node *node, struct str skip,
                   const struct doc_node **bad)
{
	const struct doc_node *last = NULL;

	if (add_node(out, node, skip, &last))
		return true;
	*bad = last;
	return false;
}
