#include "base/source.h"

#include "base/macro.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum source_status unreadable(const char **why, const char *reason)
{
	*why = reason;
	return SOURCE_UNREADABLE;
}

static const char *not_a_file(mode_t mode)
{
	if (S_ISDIR(mode))
		return "it is a folder";
	return S_ISREG(mode) ? NULL : "it is not a regular file";
}

/* Why NAME could not be opened. */
static const char *open_reason(const char *name)
{
	int error = errno;
	struct stat st;

	if (error == ENOENT && lstat(name, &st) == 0 && S_ISLNK(st.st_mode))
		return "it is a symbolic link to nothing";
	return strerror(error);
}

/* Read to the end. At the limit one byte more is asked for, to tell "full" from "too large". */
static enum source_status read_all(struct buf *buf, int fd, size_t expected,
                                   const char **why)
{
	for (;;) {
		size_t room = buf->max - buf->n, want = expected ? expected : 4096;
		char probe, *p = &probe;
		ssize_t got;

		want = want < room ? want : room;
		if (want)
			p = buf_reserve(buf, want);
		got = read(fd, p, want ? want : 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return unreadable(why, strerror(errno));
		if (got == 0)
			return SOURCE_OK;
		if (!want)
			return SOURCE_TOO_LARGE;
		buf->n += (size_t)got;
		buf->s[buf->n] = '\0';
		if ((size_t)got == expected) /* all that fstat told of */
			return SOURCE_OK;
		expected = 0;
	}
}

enum source_status source_read(struct source *out, struct buf *buf, struct str path,
                               const char **why)
{
	CLEANUP(fd_release) int fd = -1;
	char name[4096];
	struct stat st;
	enum source_status status;

	buf_reset(buf);
	if (path.n >= sizeof(name))
		return unreadable(why, strerror(ENAMETOOLONG));
	if (path.n)
		memcpy(name, path.s, path.n);
	name[path.n] = '\0';
	/* O_NONBLOCK: a fifo in a stranger's tree must not hang the run. */
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st))
		return unreadable(why, open_reason(name));
	if (not_a_file(st.st_mode))
		return unreadable(why, not_a_file(st.st_mode));
	if ((unsigned long long)st.st_size > buf->max)
		return SOURCE_TOO_LARGE;
	status = read_all(buf, fd, (size_t)st.st_size, why);
	if (status != SOURCE_OK)
		buf_reset(buf);
	*out = (struct source){path, buf_str(buf)};
	return status;
}

enum source_status source_read_fd(struct buf *buf, int fd, const char **why)
{
	enum source_status status;

	buf_reset(buf);
	status = read_all(buf, fd, 0, why);
	if (status != SOURCE_OK)
		buf_reset(buf);
	return status;
}

struct str real_path(struct str path, struct arena *arena)
{
	char *real = realpath(path.s, NULL);
	struct str out = real ? arena_str(arena, str_of(real)) : STR_NONE;

	free(real);
	return out;
}

bool path_below(struct str root, struct str real)
{
	return str_starts(real, root) &&
	       (real.n == root.n || real.s[root.n] == '/' || str_eqz(root, "/"));
}
