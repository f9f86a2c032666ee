/*
 * name.c - the names of kept files
 */
#include "reference/reference.h"

#include "base/limits.h"
#include "digest/digest.h"

#include <string.h>

/* A longer name is cut to this and a part of a hash. */
#define STEM_MAX 120
#define STEM_CUT 80
#define HASH_DIGITS 32

static const char hex[] = "0123456789abcdef";

static bool stands_for_itself(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
	       c == '_';
}

static void encode(struct buf *out, struct str doi)
{
	for (size_t i = 0; i < doi.n; i++) {
		unsigned char c = (unsigned char)doi.s[i];

		if (stands_for_itself((char)c)) {
			buf_addc(out, (char)c);
		} else if (c == '/') {
			buf_addc(out, '+');
		} else {
			buf_addc(out, '%');
			buf_addc(out, hex[c >> 4]);
			buf_addc(out, hex[c & 15]);
		}
	}
}

/* Not through the middle of an escape. */
static size_t cut(struct str stem)
{
	size_t n = STEM_CUT;

	if (stem.s[n - 1] == '%')
		return n - 1;
	return stem.s[n - 2] == '%' ? n - 2 : n;
}

struct str reference_name(struct str doi, struct arena *arena)
{
	CLEANUP(buf_release) struct buf stem = BUF_INIT(3 * doi.n + 1);
	char hash[65];

	encode(&stem, doi);
	if (stem.n <= STEM_MAX)
		return arena_fmt(arena, STR_FMT ".json", STR_ARG(buf_str(&stem)));
	sha256_text(hash, doi);
	buf_truncate(&stem, cut(buf_str(&stem)));
	return arena_fmt(arena, STR_FMT "~%.*s.json", STR_ARG(buf_str(&stem)),
	                 HASH_DIGITS, hash);
}

static int digit(char c)
{
	const char *p = c ? strchr(hex, c) : NULL;

	return p ? (int)(p - hex) : -1;
}

/* The byte that "%xx" at I stands for; -1 when it is none. */
static int escaped(struct str s, size_t i)
{
	if (i + 2 >= s.n || s.s[i] != '%' || digit(s.s[i + 1]) < 0 ||
	    digit(s.s[i + 2]) < 0)
		return -1;
	return digit(s.s[i + 1]) * 16 + digit(s.s[i + 2]);
}

struct str reference_doi(struct str name, struct arena *arena)
{
	char *p = arena_alloc(arena, name.n + 1, 1);
	size_t n = 0;

	if (!str_ends(name, STR(".json")))
		return STR_NONE;
	name.n -= strlen(".json");
	for (size_t i = 0; i < name.n; i++) {
		int c = name.s[i] == '+' ? '/' : escaped(name, i);

		if (c < 0 && !stands_for_itself(name.s[i]))
			return STR_NONE;
		i += name.s[i] == '%' ? 2 : 0;
		p[n++] = (char)(c < 0 ? name.s[i] : c);
	}
	return (struct str){p, n};
}
