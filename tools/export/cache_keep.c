/*
 * cache_keep.c - pieces written for the next run
 */
#include "export/cache_internal.h"

#include "base/macro.h"
#include "base/sum.h"
#include "export/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Write BYTES at OFFSET; what fails is kept as the trouble of C. */
static void write_at(struct cache *c, struct str bytes, uint64_t offset)
{
	while (bytes.n && !c->trouble) {
		ssize_t n = pwrite(c->new, bytes.s, bytes.n, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			c->trouble = n ? errno : ENOSPC;
			return;
		}
		bytes = str_sub(bytes, (size_t)n, bytes.n);
		offset += (uint64_t)n;
	}
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

/* The record of PIECES into the buffer of C, and what P says of it. */
static void write_record(struct cache *c, struct place *p, const struct str *pieces)
{
	struct buf *b = &c->record;

	buf_reset(b);
	for (size_t i = 0; i < c->n; i++)
		pack_number(b, (uint32_t)pieces[i].n);
	for (size_t i = 1; i < c->n; i++)
		buf_add(b, pieces[i]);
	p->check = sum64(0, buf_str(b));
	p->check_first = sum64(0, pieces[0]);
	p->first = (uint32_t)pieces[0].n;
	buf_add(b, pieces[0]);
	p->bytes = (uint32_t)b->n;
}

void cache_keep(struct cache *c, const struct cache_key *key, const struct str *pieces,
                bool taken)
{
	struct place p = {.key = *key, .offset = c->end};

	if (c->new < 0)
		return;
	if (taken && !c->temp) {
		add_place(c, cache_find(c, key));
		return;
	}
	write_record(c, &p, pieces);
	if (c->record.overflow)
		return;
	write_at(c, buf_str(&c->record), c->end);
	c->end += p.bytes;
	add_place(c, &p);
}

static bool same_made(const struct cache_made *a, const struct cache_made *b)
{
	return a->n == b->n && str_eq(a->dir, b->dir) &&
	       (a->n == 0 || memcmp(a->files, b->files, a->n * sizeof(*a->files)) == 0);
}

/* Write the index, of what was kept and of MADE, then the head that tells where it is. */
static void write_index(struct cache *c, const struct cache_made *made)
{
	struct cache_index index = {c->kept, c->kept_n, *made};
	const struct str parts[] = {bytes_of(c->kept, c->kept_n * sizeof(*c->kept)),
	                            bytes_of(made->files, made->n * sizeof(*made->files)),
	                            made->dir};

	c->head.index_at = c->end;
	c->head.places_n = c->kept_n;
	c->head.files_n = made->n;
	c->head.dir_n = made->dir.n;
	c->head.check = cache_check_index(&index);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		write_at(c, parts[i], c->end);
		c->end += parts[i].n;
	}
	write_at(c, bytes_of(&c->head, sizeof(c->head)), 0);
}

bool cache_finish(struct cache *c, struct str dir, const struct export_sum *files,
                  size_t n, struct err *err)
{
	struct cache_made made = {.dir = dir};
	struct made_file *list;

	if (c->new < 0)
		return err_set(err, ERR_IO, "another run is writing %s", c->path);
	list = mem_alloc(n * sizeof(*list) + 1);
	made.n = folder_made(list, files, n);
	made.files = list;
	/* It may have all of that already. */
	if (c->temp || c->end != c->begin || c->kept_n != c->index.places_n ||
	    !same_made(&made, &c->index.made))
		write_index(c, &made);
	free(list);
	if (!c->trouble && c->temp && rename(c->temp, c->path))
		c->trouble = errno;
	if (c->trouble)
		return err_set(err, ERR_IO, "%s could not be written: %s", c->path,
		               strerror(c->trouble));
	c->temp = NULL;
	c->begin = c->end;
	return true;
}
