/*
 * cache_keep.c - pieces written for the next run
 */
#include "export/cache_internal.h"

#include "base/sum.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_at(struct cache *c, const struct iovec *parts, size_t n, size_t bytes,
                     uint64_t offset)
{
	ssize_t written;

	if (c->trouble)
		return;
	written = pwritev(c->new, parts, (int)n, (off_t)offset);
	if (written < 0)
		c->trouble = errno;
	else if ((size_t)written != bytes)
		c->trouble = ENOSPC;
}

static struct iovec part_of(const void *p, size_t n)
{
	return (struct iovec){(void *)(uintptr_t)p, n};
}

static void add_place(struct cache *c, const struct place *p)
{
	if (c->kept_n == c->kept_cap) {
		c->kept_cap = c->kept_cap ? 2 * c->kept_cap : 256;
		c->kept = mem_realloc(c->kept, c->kept_cap * sizeof(*c->kept));
	}
	c->kept[c->kept_n++] = *p;
	c->head.live += p->bytes;
}

void cache_keep(struct cache *c, const unsigned char sum[32], const struct str *pieces,
                bool taken)
{
	struct place p = {.offset = c->end};
	size_t bytes = c->n * sizeof(*c->lengths), lengths_n = bytes;

	if (c->new < 0)
		return;
	if (taken && !c->temp) {
		add_place(c, cache_find(c, sum));
		return;
	}
	c->parts[0] = part_of(c->lengths, lengths_n);
	for (size_t i = 0; i < c->n; i++) {
		c->lengths[i] = (uint32_t)pieces[i].n;
		c->parts[i + 1] = part_of(pieces[i].s, pieces[i].n);
		bytes += pieces[i].n;
	}
	if (bytes > UINT32_MAX)
		return;
	memcpy(p.sum, sum, sizeof(p.sum));
	p.bytes = (uint32_t)bytes;
	p.check = cache_check_record(bytes_of(c->lengths, lengths_n), pieces, c->n);
	write_at(c, c->parts, c->n + 1, bytes, c->end);
	c->end += bytes;
	add_place(c, &p);
}

bool cache_finish(struct cache *c, struct err *err)
{
	size_t bytes = c->kept_n * sizeof(*c->kept);
	struct iovec places, head;

	if (c->new < 0)
		return err_set(err, ERR_IO, "another run is writing %s", c->path);
	if (!c->temp && c->end == c->begin && c->kept_n == c->known_n)
		return true; /* it has that already */
	if (c->kept_n)
		qsort(c->kept, c->kept_n, sizeof(*c->kept), cache_by_sum);
	c->head.places_at = c->end;
	c->head.places_n = c->kept_n;
	c->head.check = sum64(0, bytes_of(c->kept, bytes));
	places = part_of(c->kept, bytes);
	head = part_of(&c->head, sizeof(c->head));
	write_at(c, &places, 1, bytes, c->end);
	write_at(c, &head, 1, sizeof(c->head), 0);
	if (!c->trouble && c->temp && rename(c->temp, c->path))
		c->trouble = errno;
	if (c->trouble)
		return err_set(err, ERR_IO, "%s could not be written: %s", c->path,
		               strerror(c->trouble));
	c->temp = NULL;
	c->begin = c->end + bytes;
	return true;
}
