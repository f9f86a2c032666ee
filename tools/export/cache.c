#include "export/cache_internal.h"

#include "base/limits.h"
#include "base/sum.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
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

int cache_by_sum(const void *a, const void *b)
{
	return memcmp(a, b, CACHE_SUM_BYTES);
}

const struct place *cache_find(const struct cache *c, const unsigned char sum[32])
{
	return c->known_n ? bsearch(sum, c->known, c->known_n, sizeof(*c->known),
	                            cache_by_sum)
	                  : NULL;
}

uint64_t cache_check_record(struct str lengths, const struct str *pieces, size_t n)
{
	uint64_t h = sum64(0, lengths);

	for (size_t i = 0; i < n; i++)
		h = sum64(h, pieces[i]);
	return h;
}

/* Cut RECORD into its N pieces, if it is what CHECK says. */
static bool cut(struct str *out, size_t n, struct str record, uint64_t check)
{
	struct str lengths = str_sub(record, 0, n * sizeof(uint32_t));
	struct str rest = str_sub(record, lengths.n, record.n);

	if (lengths.n != n * sizeof(uint32_t))
		return false;
	for (size_t i = 0; i < n; i++) {
		uint32_t length;

		memcpy(&length, lengths.s + i * sizeof(length), sizeof(length));
		if (length > rest.n)
			return false;
		out[i] = str_sub(rest, 0, length);
		rest = str_sub(rest, length, rest.n);
	}
	return rest.n == 0 && cache_check_record(lengths, out, n) == check;
}

bool cache_take(const struct cache *c, const unsigned char sum[32], struct buf *record,
                struct str *out)
{
	const struct place *p = cache_find(c, sum);
	char *to;

	buf_reset(record);
	if (!p || !(to = buf_reserve(record, p->bytes)) ||
	    !read_at(c->old, to, p->bytes, p->offset))
		return false;
	record->n = p->bytes;
	return cut(out, c->n, buf_str(record), p->check);
}

static bool read_places(struct cache *c, const struct head *h, uint64_t size)
{
	size_t bytes = (size_t)h->places_n * sizeof(*c->known);

	if (h->places_at > size || h->places_n > LIMIT_FILES ||
	    h->places_n > (size - h->places_at) / sizeof(*c->known))
		return false;
	c->known = mem_alloc(bytes);
	if (!read_at(c->old, c->known, bytes, h->places_at) ||
	    sum64(0, bytes_of(c->known, bytes)) != h->check)
		return false;
	c->known_n = (size_t)h->places_n;
	c->begin = h->places_at + bytes;
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
	    read_places(c, &h, (uint64_t)st.st_size))
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

	*c = (struct cache){
	        .n = n, .path = arena_str(arena, path).s, .old = -1, .new = -1};
	*out = c;
	memcpy(c->head.magic, CACHE_MAGIC, sizeof(c->head.magic));
	memcpy(c->head.digest, digest, sizeof(c->head.digest));
	if (!open_old(c, digest, &grows, err) || (!grows && !open_new(c, arena, err)))
		return false;
	if (grows)
		c->new = c->old;
	c->lengths = arena_array(arena, uint32_t, n);
	c->parts = arena_array(arena, struct iovec, n + 1);
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
	free(c->known);
	free(c->kept);
}
