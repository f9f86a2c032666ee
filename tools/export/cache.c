#include "export/cache_internal.h"

#include "base/limits.h"
#include "base/sum.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define KIND_BYTES 14 /* of the magic: what all versions begin with */
#define OPEN_FLAGS (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
#define SLACK_BYTES (1024u * 1024) /* a small file may hold more of what nobody wants */

/* ---- reading ---- */

static bool read_at(int fd, void *to, size_t n, uint64_t offset)
{
	return n == 0 || pread(fd, to, n, (off_t)offset) == (ssize_t)n;
}

const struct place *cache_find(const struct cache *c, const struct cache_key *key)
{
	return cache_table_find(&c->places, key);
}

/* Cut RECORD, which is that of P or lacks its first piece, into its N pieces. */
static bool cut(struct str *out, size_t n, const struct place *p, struct str record)
{
	size_t head = n * sizeof(uint32_t), whole = record.n == p->bytes;
	struct str rest = str_sub(record, 0, p->bytes - p->first);

	if (rest.n < head || sum64(0, rest) != p->check)
		return false;
	rest = str_sub(rest, head, rest.n);
	for (size_t i = 1; i < n; i++) {
		uint32_t length;

		memcpy(&length, record.s + i * sizeof(length), sizeof(length));
		out[i] = str_sub(rest, 0, length);
		if (out[i].n != length)
			return false;
		rest = str_sub(rest, length, rest.n);
	}
	out[0] = whole ? str_sub(record, p->bytes - p->first, p->bytes) : STR_NONE;
	return rest.n == 0 && (!whole || sum64(0, out[0]) == p->check_first);
}

bool cache_take(const struct cache *c, const struct cache_key *key, bool whole,
                struct buf *record, struct str *out)
{
	const struct place *p = cache_find(c, key);
	size_t bytes;
	char *to;

	buf_reset(record);
	if (!p || p->first > p->bytes || p->offset > c->records_end ||
	    p->bytes > c->records_end - p->offset)
		return false;
	/* A file that is made anew takes all of it over. */
	bytes = whole || c->temp ? p->bytes : p->bytes - p->first;
	if (!(to = buf_reserve(record, bytes)) || !read_at(c->old, to, bytes, p->offset))
		return false;
	record->n = bytes;
	return cut(out, c->n, p, buf_str(record));
}

struct cache_made cache_made(const struct cache *c)
{
	return c->index.made;
}

size_t cache_index_bytes(const struct head *h, uint64_t size)
{
	if (h->index_at > size || h->places_n > LIMIT_FILES || h->files_n > LIMIT_FILES ||
	    h->dir_n > PATH_MAX)
		return 0;
	size -= h->index_at;
	if (h->places_n * sizeof(struct place) + h->files_n * sizeof(struct made_file) +
	            h->dir_n >
	    size)
		return 0;
	return (size_t)(h->places_n * sizeof(struct place) +
	                h->files_n * sizeof(struct made_file) + h->dir_n);
}

void cache_index_of(struct cache_index *out, const struct head *h, const char *bytes)
{
	*out = (struct cache_index){.places = (const void *)bytes,
	                            .places_n = (size_t)h->places_n,
	                            .made.n = (size_t)h->files_n};
	out->made.files = (const void *)(out->places + out->places_n);
	out->made.dir = bytes_of(out->made.files + out->made.n, (size_t)h->dir_n);
}

uint64_t cache_check_index(const struct cache_index *x)
{
	uint64_t h = sum64(0, bytes_of(x->places, x->places_n * sizeof(*x->places)));

	h = sum64(h, bytes_of(x->made.files, x->made.n * sizeof(*x->made.files)));
	return sum64(h, x->made.dir);
}

static bool read_index(struct cache *c, const struct head *h, uint64_t size)
{
	size_t bytes = cache_index_bytes(h, size);
	struct cache_index x;

	if (!bytes)
		return false;
	c->bytes = mem_alloc(bytes);
	cache_index_of(&x, h, c->bytes);
	if (!read_at(c->old, c->bytes, bytes, h->index_at) ||
	    cache_check_index(&x) != h->check)
		return false;
	c->index = x;
	c->records_end = h->index_at;
	c->begin = h->index_at + bytes;
	cache_table_open(&c->places, x.places, sizeof(*x.places), x.places_n);
	return true;
}

/*
 * Whether the old file may grow: nobody else writes to it, and not too much in it is wanted
 * no more.
 */
static bool may_grow(const struct cache *c, uint64_t live)
{
	return c->begin <= 2 * live + SLACK_BYTES &&
	       (fcntl(c->old, F_GETFL) & O_ACCMODE) == O_RDWR;
}

static bool is_other(const char *path, struct err *err)
{
	return err_set(err, ERR_IO,
	               "%s is no file that --cache made and is left as it is; name "
	               "another file, or remove it",
	               path);
}

static bool fail(const char *path, const char *what, struct err *err)
{
	return err_set(err, ERR_IO,
	               "%s cannot be %s: %s; name another file, or leave --cache out",
	               path, what, strerror(errno));
}

/* Whether the file FD of SIZE bytes is empty or begins as those of all versions. */
static bool is_ours(int fd, off_t size)
{
	char kind[KIND_BYTES];

	return size == 0 || (read_at(fd, kind, sizeof(kind), 0) &&
	                     memcmp(kind, CACHE_MAGIC, sizeof(kind)) == 0);
}

/* Open the old file; GROWS says whether this run writes to it. False: it is none of ours. */
static bool open_old(struct cache *c, const unsigned char digest[32], bool *grows,
                     struct err *err)
{
	struct head h = {0};
	struct stat st;
	bool locked;

	c->old = open(c->path, O_RDWR | OPEN_FLAGS);
	if (c->old < 0)
		c->old = open(c->path, O_RDONLY | OPEN_FLAGS);
	if (c->old < 0 && errno == ENOENT)
		return true;
	if (c->old < 0 && errno != ELOOP && errno != ENXIO)
		return fail(c->path, "read", err);
	if (c->old < 0 || fstat(c->old, &st) || !S_ISREG(st.st_mode) ||
	    !is_ours(c->old, st.st_size))
		return is_other(c->path, err);
	locked = flock(c->old, LOCK_EX | LOCK_NB) == 0;
	if (read_at(c->old, &h, sizeof(h), 0) &&
	    memcmp(h.magic, CACHE_MAGIC, sizeof(h.magic)) == 0 &&
	    memcmp(h.digest, digest, sizeof(h.digest)) == 0 &&
	    read_index(c, &h, (uint64_t)st.st_size))
		*grows = locked && may_grow(c, h.live);
	return true;
}

/* ---- opening and closing ---- */

/*
 * Whether this run has the file FD at PATH for itself: another one that writes it locks it, and
 * gives it its name at last.
 */
static bool is_alone(int fd, const char *path)
{
	struct stat mine, there;

	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &mine) == 0 &&
	       lstat(path, &there) == 0 && mine.st_dev == there.st_dev &&
	       mine.st_ino == there.st_ino;
}

/* Take FD, the file at PATH, for the new one, unless another run has it. */
static bool take_new(struct cache *c, int fd, const char *path, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !is_ours(fd, st.st_size))
		return is_other(path, err);
	if (!is_alone(fd, path))
		return true;
	c->temp = path;
	c->new = fd;
	c->begin = sizeof(c->head);
	return (ftruncate(fd, 0) == 0 &&
	        pwrite(fd, CACHE_MAGIC, KIND_BYTES, 0) == KIND_BYTES) ||
	       fail(c->path, "written", err);
}

/* Its name is always the same: what a run leaves that is killed, the next one writes over. */
static bool open_new(struct cache *c, struct arena *arena, struct err *err)
{
	const char *path = arena_fmt(arena, "%s.new", c->path).s;
	int fd = open(path, O_RDWR | O_CREAT | OPEN_FLAGS, 0600);
	bool ok;

	if (fd < 0)
		return errno == ELOOP || errno == ENXIO || errno == EISDIR
		               ? is_other(path, err)
		               : fail(c->path, "written", err);
	ok = take_new(c, fd, path, err);
	if (c->new != fd)
		fd_release(&fd);
	return ok;
}

bool cache_open(struct cache **out, struct str path, const unsigned char digest[32],
                size_t n, struct arena *arena, struct err *err)
{
	struct cache *c = arena_new(arena, struct cache);
	bool grows = false;

	*c = (struct cache){.n = n,
	                    .path = arena_str(arena, path).s,
	                    .old = -1,
	                    .new = -1,
	                    .record = BUF_INIT(LIMIT_OUTPUT_BYTES)};
	*out = c;
	memcpy(c->head.magic, CACHE_MAGIC, sizeof(c->head.magic));
	memcpy(c->head.digest, digest, sizeof(c->head.digest));
	if (!open_old(c, digest, &grows, err) || (!grows && !open_new(c, arena, err)))
		return false;
	if (grows)
		c->new = c->old;
	c->end = c->begin;
	return true;
}

void cache_release(struct cache *c)
{
	if (!c)
		return;
	if (c->temp)
		(void)unlink(c->temp);
	else if (c->new >= 0 && ftruncate(c->new, (off_t)c->begin))
		c->trouble =
		        errno; /* what is too much is not read, and goes the next time */
	if (c->new != c->old)
		fd_release(&c->new);
	fd_release(&c->old);
	cache_table_release(&c->places);
	free(c->bytes);
	free(c->kept);
	buf_release(&c->record);
}
