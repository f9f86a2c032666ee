#include "export/cache.h"

#include "base/limits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "stemma pieces 2\n"
#define STREAM_BYTES (256u * 1024)

/*
 * A record: its length in bytes, a check of what follows; then the length of the key, the key,
 * the sum of the entry, the lengths of the pieces, the pieces.
 */
struct head {
	uint64_t bytes, check;
};

struct cache {
	size_t n;
	FILE *old, *new;
	struct str path;
	char *temp;
	bool failed; /* the new one is not to be kept */
	struct buf record; /* the one the old file stands on; empty: none */
	struct buf out;
};

static bool read_exactly(FILE *f, void *out, size_t n)
{
	return fread(out, 1, n, f) == n;
}

/* Tells damage, not malice: whoever can write the file can write the snapshot as well. */
static struct head head_of(struct str record)
{
	const uint64_t odd = 0x9E3779B97F4A7C15u;
	uint64_t h = record.n * odd, word;
	size_t at = 0;

	for (; at + sizeof(word) <= record.n; at += sizeof(word)) {
		memcpy(&word, record.s + at, sizeof(word));
		h = (h ^ word) * odd;
		h ^= h >> 32;
	}
	for (; at < record.n; at++)
		h = ((h ^ (unsigned char)record.s[at]) * odd) ^ (h >> 32);
	return (struct head){record.n, h};
}

/* Go to the next record; false at the end, or when it is damaged. */
static bool next(struct cache *c)
{
	struct head h, seen;
	char *bytes;

	buf_reset(&c->record);
	if (!c->old || !read_exactly(c->old, &h, sizeof(h)) ||
	    h.bytes > LIMIT_OUTPUT_BYTES || !(bytes = buf_reserve(&c->record, h.bytes)) ||
	    !read_exactly(c->old, bytes, h.bytes))
		return false;
	c->record.n += h.bytes;
	seen = head_of(buf_str(&c->record));
	return seen.bytes == h.bytes && seen.check == h.check;
}

static void close_old(struct cache *c)
{
	if (c->old)
		(void)fclose(c->old);
	c->old = NULL;
	buf_reset(&c->record);
}

static void step(struct cache *c)
{
	if (!next(c))
		close_old(c);
}

/* Cut N bytes off the front of REST. */
static bool cut(struct str *out, struct str *rest, uint64_t n)
{
	if (rest->n < n)
		return false;
	*out = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return true;
}

static bool cut_number(uint64_t *out, struct str *rest)
{
	struct str bytes;

	if (!cut(&bytes, rest, sizeof(*out)))
		return false;
	memcpy(out, bytes.s, sizeof(*out));
	return true;
}

static bool cut_key(struct str *key, struct str *rest)
{
	uint64_t n;

	return cut_number(&n, rest) && cut(key, rest, n);
}

static bool is_ours(FILE *f, const unsigned char digest[32])
{
	char magic[sizeof(MAGIC) - 1];
	unsigned char theirs[32];

	return read_exactly(f, magic, sizeof(magic)) &&
	       !memcmp(magic, MAGIC, sizeof(magic)) && read_exactly(f, theirs, 32) &&
	       !memcmp(theirs, digest, 32);
}

static FILE *open_old(const char *path, const unsigned char digest[32])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	FILE *f = NULL;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		f = fdopen(fd, "r");
	if (!f) {
		(void)close(fd);
		return NULL;
	}
	if (is_ours(f, digest))
		return f;
	(void)fclose(f);
	return NULL;
}

bool cache_open(struct cache **out, struct str path, const unsigned char digest[32],
                size_t n, struct arena *arena, struct err *err)
{
	struct cache *c = arena_new(arena, struct cache);
	struct str temp = arena_fmt(arena, STR_FMT ".XXXXXX", STR_ARG(path));
	int fd;

	*c = (struct cache){.n = n, .path = arena_str(arena, path)};
	c->record = BUF_INIT(LIMIT_OUTPUT_BYTES);
	c->out = BUF_INIT(2ull * LIMIT_OUTPUT_BYTES);
	c->temp = arena_array(arena, char, temp.n + 1);
	memcpy(c->temp, temp.s, temp.n);
	fd = mkostemp(c->temp, O_CLOEXEC);
	if (fd >= 0)
		c->new = fdopen(fd, "w");
	if (!c->new)
		return err_set(err, ERR_IO,
		               STR_FMT " cannot be written; name a file in a folder "
		                       "that can be, or leave --cache out",
		               STR_ARG(path));
	c->failed = fwrite(MAGIC, 1, sizeof(MAGIC) - 1, c->new) != sizeof(MAGIC) - 1 ||
	            fwrite(digest, 1, 32, c->new) != 32;
	c->old = open_old(c->path.s, digest);
	step(c);
	*out = c;
	return true;
}

/* Whether the record that the old file stands on is of KEY; those before it are left behind. */
static bool find(struct cache *c, struct str key, struct str *rest)
{
	struct str k;

	for (; c->old; step(c)) {
		int order;

		*rest = buf_str(&c->record);
		if (!cut_key(&k, rest)) {
			close_old(c);
			return false;
		}
		order = str_cmp(k, key);
		if (order >= 0)
			return order == 0;
	}
	return false;
}

bool cache_take(struct cache *c, struct str key, const unsigned char sum[32],
                struct buf *out)
{
	struct str rest, theirs, lengths, bytes;

	if (!find(c, key, &rest) || !cut(&theirs, &rest, 32) ||
	    memcmp(theirs.s, sum, 32) != 0 || !cut(&lengths, &rest, c->n * 8))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		uint64_t n;

		if (!cut_number(&n, &lengths) || !cut(&bytes, &rest, n))
			return false;
		buf_add(&out[i], bytes);
	}
	return rest.n == 0;
}

static void add_number(struct buf *b, uint64_t n)
{
	buf_add(b, (struct str){(const char *)&n, sizeof(n)});
}

void cache_keep(struct cache *c, struct str key, const unsigned char sum[32],
                const struct buf *pieces)
{
	struct head h;

	if (c->failed)
		return;
	buf_reset(&c->out);
	add_number(&c->out, key.n);
	buf_add(&c->out, key);
	buf_add(&c->out, (struct str){(const char *)sum, 32});
	for (size_t i = 0; i < c->n; i++)
		add_number(&c->out, pieces[i].n);
	for (size_t i = 0; i < c->n; i++)
		buf_add(&c->out, buf_str(&pieces[i]));
	h = head_of(buf_str(&c->out));
	c->failed = c->out.overflow || fwrite(&h, 1, sizeof(h), c->new) != sizeof(h) ||
	            fwrite(c->out.s, 1, c->out.n, c->new) != c->out.n;
}

void cache_finish(struct cache *c)
{
	if (fclose(c->new))
		c->failed = true;
	c->new = NULL;
	if (c->failed || rename(c->temp, c->path.s))
		(void)unlink(c->temp);
}

void cache_release(struct cache *c)
{
	if (!c)
		return;
	close_old(c);
	if (c->new) {
		(void)fclose(c->new);
		(void)unlink(c->temp);
	}
	buf_release(&c->record);
	buf_release(&c->out);
}
