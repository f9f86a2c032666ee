#include "export/pack.h"

#include <string.h>

#define ABSENT 0xFFFFFFFFu

void pack_number(struct buf *out, uint32_t n)
{
	buf_add(out, (struct str){(const char *)&n, sizeof(n)});
}

void pack_text(struct buf *out, struct str s)
{
	pack_number(out, s.s ? (uint32_t)s.n : ABSENT);
	buf_add(out, s);
}

void pack_length(struct buf *out, size_t at)
{
	uint32_t n = (uint32_t)(out->n - at - sizeof(n));

	memcpy(out->s + at, &n, sizeof(n));
}

uint32_t unpack_number(struct str *rest)
{
	uint32_t n;

	if (rest->n < sizeof(n))
		return 0;
	memcpy(&n, rest->s, sizeof(n));
	*rest = str_sub(*rest, sizeof(n), rest->n);
	return n;
}

struct str unpack_text(struct str *rest)
{
	struct str out;
	uint32_t n = rest->n < sizeof(n) ? ABSENT : unpack_number(rest);

	if (n == ABSENT || n > rest->n)
		return STR_NONE;
	out = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return out;
}
