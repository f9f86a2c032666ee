/*
 * str.h - a slice of bytes: pointer and length, not terminated, never owned
 *
 * The empty string is {"", 0} or {NULL, 0}; both compare equal. A str with s == NULL
 * additionally says "absent" where a function documents it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *s;
	size_t n;
};

#define STR(lit) ((struct str){(lit), sizeof(lit) - 1})
#define STR_NONE ((struct str){NULL, 0})
#define STR_FMT "%.*s"
#define STR_ARG(x) (int)(x).n, ((x).s ? (x).s : "")

/*
 * The slice of a terminated string; NULL gives the absent string. These few stand here since
 * they are called most, often with lengths the compiler knows.
 */
static inline struct str str_of(const char *z)
{
	return z ? (struct str){z, strlen(z)} : STR_NONE;
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static inline bool str_eqz(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

/* Byte order, shorter first on a common prefix: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
static inline bool str_starts(struct str a, struct str prefix)
{
	return a.n >= prefix.n && (prefix.n == 0 || memcmp(a.s, prefix.s, prefix.n) == 0);
}

bool str_ends(struct str a, struct str suffix);
/* Index of the first byte C, or a.n when there is none. */
size_t str_find(struct str a, char c);
/* Index of the last byte C, or a.n when there is none. */
size_t str_rfind(struct str a, char c);
/* The slice from byte FROM (at most a.n) of at most N bytes. */
static inline struct str str_sub(struct str a, size_t from, size_t n)
{
	if (from > a.n)
		from = a.n;
	if (n > a.n - from)
		n = a.n - from;
	return (struct str){a.s ? a.s + from : NULL, n};
}

#define STR_DIGITS 20 /* bytes: any number of 64 bits */
/* N in decimal, at the end of ROOM. */
struct str str_number(char room[STR_DIGITS], uint64_t n);
/* A as a number, when it is digits up to its end and no more than some millions; else -1. */
int64_t str_digits(struct str a);
/* A without ASCII white space at both ends. */
struct str str_trim(struct str a);
/* C, or its small letter when it is one of A to Z; nothing else changes. */
static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}
/*
 * Cut the piece before the next SEP off REST into PIECE.
 * Returns false when nothing is left. "a,,b" gives "a", "", "b".
 */
bool str_split(struct str *rest, char sep, struct str *piece);
/* A 64-bit hash for tables in memory; differs from run to run, never store it. */
uint64_t str_hash(struct str a);
