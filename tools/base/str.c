#include "base/str.h"

#include <sys/random.h>

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.s, b.s, n) : 0;

	if (c)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool str_ends(struct str a, struct str suffix)
{
	return a.n >= suffix.n &&
	       (suffix.n == 0 || memcmp(a.s + a.n - suffix.n, suffix.s, suffix.n) == 0);
}

size_t str_find(struct str a, char c)
{
	const char *p = a.n ? memchr(a.s, c, a.n) : NULL;

	return p ? (size_t)(p - a.s) : a.n;
}

size_t str_rfind(struct str a, char c)
{
	const char *p = a.n ? memrchr(a.s, c, a.n) : NULL;

	return p ? (size_t)(p - a.s) : a.n;
}

struct str str_number(char room[STR_DIGITS], uint64_t n)
{
	size_t at = STR_DIGITS;

	do {
		room[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	return (struct str){room + at, STR_DIGITS - at};
}

int64_t str_digits(struct str a)
{
	int64_t n = 0;

	for (size_t i = 0; i < a.n; i++) {
		if (a.s[i] < '0' || a.s[i] > '9' || n > 1000000)
			return -1;
		n = n * 10 + (a.s[i] - '0');
	}
	return a.n ? n : -1;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str a)
{
	while (a.n && is_blank(a.s[0]))
		a = str_sub(a, 1, a.n);
	while (a.n && is_blank(a.s[a.n - 1]))
		a.n--;
	return a;
}

bool str_split(struct str *rest, char sep, struct str *piece)
{
	size_t n;

	if (!rest->s)
		return false;
	n = str_find(*rest, sep);
	*piece = str_sub(*rest, 0, n);
	*rest = n < rest->n ? str_sub(*rest, n + 1, rest->n) : STR_NONE;
	return true;
}

/* Multiply-and-fold over 8-byte words: short keys cost two multiplications. */
static uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 p = (unsigned __int128)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/*
 * Different in every run, so that nobody can choose keys that all fall into one slot. No
 * output depends on it: tables are read in the order of insertion. Set once, before main.
 */
static uint64_t hash_seed = 0x2545f4914f6cdd1du;

__attribute__((constructor)) static void choose_seed(void)
{
	uint64_t random;

	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) == sizeof(random))
		hash_seed = random;
}

static uint64_t load(const char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof(word));
	return word;
}

/* A word of all the N bytes, less than eight: some of them twice. */
static uint64_t few(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	uint32_t first, last;

	if (n == 0)
		return 0;
	if (n < sizeof(first))
		return u[0] | (uint64_t)u[n / 2] << 8 | (uint64_t)u[n - 1] << 16;
	memcpy(&first, s, sizeof(first));
	memcpy(&last, s + n - sizeof(last), sizeof(last));
	return first | (uint64_t)last << 32;
}

uint64_t str_hash(struct str a)
{
	const uint64_t k = 0x9e3779b97f4a7c15u;
	uint64_t h = (hash_seed ^ a.n) * k;
	size_t at = 0;

	for (; a.n - at > 8; at += 8)
		h = fold(h ^ load(a.s + at), k);
	/* The last word may overlap the one before it. */
	return fold(h ^ (a.n >= 8 ? load(a.s + a.n - 8) : few(a.s, a.n)), hash_seed | 1);
}
