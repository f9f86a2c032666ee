#include "base/buf.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST 256 /* bytes: holds most of what is put together */
#define FORMATTED_MOST 256 /* longer texts are formatted twice */

void buf_release(struct buf *b)
{
	free(b->s);
	*b = BUF_INIT(b->max);
}

void buf_reset(struct buf *b)
{
	buf_truncate(b, 0);
	b->overflow = false;
}

char *buf_grow(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : FIRST;

	if (b->overflow || b->n > b->max || n > b->max - b->n) {
		b->overflow = true;
		return NULL;
	}
	while (cap - b->n <= n)
		cap *= 2;
	if (cap > b->max)
		cap = b->max + 1;
	b->s = mem_realloc(b->s, cap);
	b->cap = cap;
	return b->s + b->n;
}

void buf_addn(struct buf *b, uint64_t n)
{
	char room[STR_DIGITS];

	buf_add(b, str_number(room, n));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	char shortly[FORMATTED_MOST];
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(shortly, sizeof(shortly), fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof(shortly)) {
		buf_add(b, (struct str){shortly, (size_t)n});
		return;
	}
	p = n < 0 ? NULL : buf_reserve(b, (size_t)n);
	if (!p)
		return;
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

void buf_fill(struct buf *b, char c, size_t n)
{
	char *p = buf_reserve(b, n);

	if (!p)
		return;
	memset(p, c, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void buf_truncate(struct buf *b, size_t n)
{
	if (n < b->n)
		b->n = n;
	if (b->s)
		b->s[b->n] = '\0';
}

struct str buf_str(const struct buf *b)
{
	return (struct str){b->s ? b->s : "", b->n};
}

const char *buf_z(const struct buf *b)
{
	return b->s ? b->s : "";
}
