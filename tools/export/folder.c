/*
 * folder.c - files of a folder in the making, and their sums
 */
#include "export/folder_internal.h"

#include "base/buf.h"
#include "base/write.h"
#include "digest/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WRITE_BYTES (256u * 1024) /* written at a time */

struct export_file {
	struct folder *folder;
	struct str path;
	int fd;
	uint64_t bytes;
	struct cache_key key;
	struct buf pending;
	struct sha256 *sha256;
};

static bool fail(struct err *err, const struct folder *f, struct str path)
{
	return err_set(err, ERR_IO, STR_FMT "/" STR_FMT " cannot be written: %s",
	               STR_ARG(f->dir), STR_ARG(path), strerror(errno));
}

/* ---- paths ---- */

/* Ids come from strangers: no step may lead elsewhere. */
static bool is_plain(struct str path)
{
	struct str step;

	if (!path.n || path.s[path.n - 1] == '/' || memchr(path.s, '\0', path.n))
		return false;
	while (str_split(&path, '/', &step))
		if (!step.n || step.s[0] == '.')
			return false;
	return true;
}

static bool make_folder(const struct folder *f, char *path);

/* Make the folders above PATH, which comes back as it was. */
static bool make_above(const struct folder *f, char *path)
{
	char *slash = strrchr(path, '/');
	bool ok;

	if (!slash)
		return true;
	*slash = '\0';
	ok = make_folder(f, path);
	*slash = '/';
	return ok;
}

/* Make the folder PATH, and those above it only when they are missed. */
static bool make_folder(const struct folder *f, char *path)
{
	if (!mkdirat(f->fd, path, 0777) || errno == EEXIST)
		return true;
	return errno == ENOENT && make_above(f, path) &&
	       (!mkdirat(f->fd, path, 0777) || errno == EEXIST);
}

bool folder_set_path(char out[PATH_MAX], struct str path)
{
	errno = is_plain(path) ? ENAMETOOLONG : EINVAL;
	if (errno == EINVAL || path.n >= PATH_MAX)
		return false;
	memcpy(out, path.s, path.n);
	out[path.n] = '\0';
	return true;
}

/* A new file at PATH; -1 with errno set. */
static int create(const struct folder *f, struct str path)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, fd;
	char z[PATH_MAX];

	if (!folder_set_path(z, path))
		return -1;
	fd = openat(f->fd, z, flags, 0666);
	if (fd >= 0 || errno != ENOENT || !make_above(f, z))
		return fd;
	return openat(f->fd, z, flags, 0666);
}

/* ---- sums ---- */

void folder_add_sum(struct folder *f, const struct export_sum *sum)
{
	(void)pthread_mutex_lock(&f->lock);
	if (f->sums_n == f->sums_cap) {
		f->sums_cap = f->sums_cap ? 2 * f->sums_cap : 64;
		f->sums = mem_realloc(f->sums, f->sums_cap * sizeof(*f->sums));
	}
	f->sums[f->sums_n] = *sum;
	f->sums[f->sums_n++].path = arena_str(&f->sums_arena, sum->path);
	f->sorted = false;
	(void)pthread_mutex_unlock(&f->lock);
}

/* Close FD, the finished file of SUM, and take it up if all of that is OK. */
static bool finish_file(struct folder *f, int fd, bool ok, struct export_sum *sum,
                        struct err *err)
{
	struct stat st;

	if (ok && cache_key_is_known(&sum->key) && fstat(fd, &st) == 0)
		sum->mark = folder_mark(&st);
	if (close(fd) && ok)
		ok = fail(err, f, sum->path);
	if (ok)
		folder_add_sum(f, sum);
	return ok;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct export_sum *)a)->path,
	               ((const struct export_sum *)b)->path);
}

const struct export_sum *folder_sums(struct folder *f, size_t *n)
{
	if (!f->sorted && f->sums_n)
		qsort(f->sums, f->sums_n, sizeof(*f->sums), by_path);
	f->sorted = true;
	*n = f->sums_n;
	return f->sums;
}

const struct export_sum *folder_sum(struct folder *f, struct str path)
{
	struct export_sum wanted = {.path = path};
	size_t n;
	const struct export_sum *sums = folder_sums(f, &n);

	return n ? bsearch(&wanted, sums, n, sizeof(*sums), by_path) : NULL;
}

/* ---- files ---- */

bool folder_put(struct folder *f, struct str path, const struct cache_key *key,
                struct str bytes, struct err *err)
{
	struct export_sum sum = {.path = path, .bytes = bytes.n};
	int fd = create(f, path);

	if (fd < 0)
		return fail(err, f, path);
	if (key)
		sum.key = *key;
	sha256_of(sum.sha256, bytes);
	return finish_file(f, fd, write_all(fd, bytes) || fail(err, f, path), &sum, err);
}

bool file_open(struct export_file **out, struct folder *f, struct str path,
               struct err *err)
{
	struct export_file *file;
	int fd = create(f, path);

	if (fd < 0)
		return fail(err, f, path);
	(void)pthread_mutex_lock(&f->lock);
	file = arena_new(&f->sums_arena, struct export_file);
	*file = (struct export_file){.folder = f, .fd = fd};
	file->path = arena_str(&f->sums_arena, path);
	(void)pthread_mutex_unlock(&f->lock);
	file->pending = BUF_INIT(2ull * WRITE_BYTES);
	(void)buf_reserve(&file->pending, WRITE_BYTES - 1);
	file->sha256 = sha256_open();
	*out = file;
	return true;
}

static bool flush(struct export_file *file, struct str bytes, struct err *err)
{
	sha256_add(file->sha256, bytes);
	return write_all(file->fd, bytes) || fail(err, file->folder, file->path);
}

bool file_write(struct export_file *file, struct str bytes, struct err *err)
{
	file->bytes += bytes.n;
	if (file->pending.n + bytes.n >= WRITE_BYTES) {
		if (!flush(file, buf_str(&file->pending), err))
			return false;
		buf_reset(&file->pending);
	}
	if (bytes.n >= WRITE_BYTES)
		return flush(file, bytes, err);
	buf_add(&file->pending, bytes);
	return true;
}

void file_set_key(struct export_file *file, const struct cache_key *key)
{
	file->key = *key;
}

uint64_t file_tell(const struct export_file *file)
{
	return file->bytes;
}

bool file_close(struct export_file *file, struct err *err)
{
	struct export_sum sum = {
	        .path = file->path, .bytes = file->bytes, .key = file->key};
	bool ok = flush(file, buf_str(&file->pending), err);

	buf_release(&file->pending);
	sha256_close(sum.sha256, file->sha256);
	return finish_file(file->folder, file->fd, ok, &sum, err);
}

bool folder_make(struct folder *f, struct str path, struct err *err)
{
	char z[PATH_MAX];

	return (folder_set_path(z, path) && make_folder(f, z)) || fail(err, f, path);
}

struct str folder_path(struct folder *f, struct str path, struct arena *arena)
{
	struct str z = arena_str(arena, path);
	char *copy = arena_array(arena, char, path.n + 1);

	memcpy(copy, z.s, z.n);
	(void)make_above(f, copy); /* whoever opens the file is told */
	return arena_fmt(arena, "%s/" STR_FMT, f->temp, STR_ARG(path));
}

bool folder_adopt(struct folder *f, struct str path, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	char *bytes = arena_array(&scratch, char, WRITE_BYTES);
	int fd = openat(f->fd, arena_str(&scratch, path).s,
	                O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct export_sum sum = {.path = path};
	struct sha256 *sha256;
	ssize_t n = 0;

	if (fd < 0)
		return fail(err, f, path);
	sha256 = sha256_open();
	while ((n = read(fd, bytes, WRITE_BYTES)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		sha256_add(sha256, (struct str){bytes, (size_t)n});
		sum.bytes += (uint64_t)n;
	}
	sha256_close(sum.sha256, sha256);
	return finish_file(f, fd, n == 0 || fail(err, f, path), &sum, err);
}
