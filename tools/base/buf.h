/*
 * buf.h - bytes that grow up to a maximum given at birth
 *
 * Past the maximum nothing more is added and `overflow` is set; the owner checks it once.
 * The content is always followed by a NUL that n does not count.
 */
#pragma once

#include "base/macro.h"
#include "base/str.h"

struct buf {
	char *s;
	size_t n, cap, max; /* cap: at most max and the NUL */
	bool overflow;
};

#define BUF_INIT(limit) ((struct buf){.max = (limit)})

void buf_release(struct buf *b);
void buf_reset(struct buf *b);
/* What buf_reserve() does when there is no room yet. */
char *buf_grow(struct buf *b, size_t n);

/* Make room for N more bytes and return where they go; NULL past the maximum. Then b->n += used. */
static inline char *buf_reserve(struct buf *b, size_t n)
{
	return b->cap - b->n > n && !b->overflow ? b->s + b->n : buf_grow(b, n);
}

/* These stand here since texts are written in many short pieces, their lengths often known. */
static inline void buf_add(struct buf *b, struct str s)
{
	char *p = buf_reserve(b, s.n);

	if (!p)
		return;
	if (s.n)
		memcpy(p, s.s, s.n);
	p[s.n] = '\0';
	b->n += s.n;
}

static inline void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_of(z));
}

static inline void buf_addc(struct buf *b, char c)
{
	char *p = buf_reserve(b, 1);

	if (!p)
		return;
	p[0] = c;
	p[1] = '\0';
	b->n++;
}

/* N in decimal digits. */
void buf_addn(struct buf *b, uint64_t n);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_FORMAT(2, 3);
/* N times the byte C. */
void buf_fill(struct buf *b, char c, size_t n);
/* Cut back to N bytes. */
void buf_truncate(struct buf *b, size_t n);
/* The content; good until the buf changes. */
struct str buf_str(const struct buf *b);
/* The content as a terminated string; good until the buf changes. */
const char *buf_z(const struct buf *b);
