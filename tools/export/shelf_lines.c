/*
 * shelf_lines.c - files of a snapshot, line by line
 *
 * A snapshot may be a stranger's: a fifo, a device or a line without end must not hold the run.
 */
#include "export/shelf_internal.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (256u * 1024)

int shelf_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	(void)close(fd);
	errno = EINVAL;
	return -1;
}

bool shelf_lines_open(struct shelf_lines *out, const char *path)
{
	*out = (struct shelf_lines){.fd = shelf_file(path)};
	out->bytes = BUF_INIT(LIMIT_OUTPUT_BYTES);
	return out->fd >= 0;
}

void shelf_lines_close(struct shelf_lines *l)
{
	if (l->fd >= 0)
		(void)close(l->fd);
	buf_release(&l->bytes);
}

/* More bytes behind those that are there; false at the end, and when there can be no more. */
static bool fill(struct shelf_lines *l)
{
	char *to;
	ssize_t n;

	if (l->at) {
		memmove(l->bytes.s, l->bytes.s + l->at, l->bytes.n - l->at);
		buf_truncate(&l->bytes, l->bytes.n - l->at);
		l->at = 0;
	}
	to = buf_reserve(&l->bytes, READ_BYTES);
	do
		n = to ? read(l->fd, to, READ_BYTES) : -1;
	while (n < 0 && to && errno == EINTR);
	l->failed = n < 0;
	if (n <= 0)
		return false;
	l->bytes.n += (size_t)n;
	return true;
}

bool shelf_line(struct shelf_lines *l, struct str *line)
{
	size_t looked = 0;

	for (;;) {
		struct str rest = str_sub(buf_str(&l->bytes), l->at, l->bytes.n);
		struct str fresh = str_sub(rest, looked, rest.n);
		size_t end = looked + str_find(fresh, '\n');

		*line = str_trim(str_sub(rest, 0, end));
		if (end < rest.n) {
			l->at += end + 1;
			return true;
		}
		looked = rest.n;
		if (fill(l))
			continue;
		if (l->failed || !rest.n)
			return false;
		/* The last line may lack its end. */
		l->at = l->bytes.n;
		*line = str_trim(buf_str(&l->bytes));
		return true;
	}
}
