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
	size_t n, cap, max;
	bool overflow;
};

#define BUF_INIT(limit) ((struct buf){.max = (limit)})

void buf_release(struct buf *b);
void buf_reset(struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_FORMAT(2, 3);
/* N times the byte C. */
void buf_fill(struct buf *b, char c, size_t n);
/* Cut back to N bytes. */
void buf_truncate(struct buf *b, size_t n);
/* Make room for N more bytes and return where they go; NULL past the maximum. Then b->n += used. */
char *buf_reserve(struct buf *b, size_t n);
/* The content; good until the buf changes. */
struct str buf_str(const struct buf *b);
/* The content as a terminated string; good until the buf changes. */
const char *buf_z(const struct buf *b);
