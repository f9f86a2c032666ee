#include "base/write.h"

#include <errno.h>
#include <unistd.h>

bool write_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.s, bytes.n);

		if (n < 0 && errno != EINTR)
			return false;
		bytes = str_sub(bytes, n < 0 ? 0 : (size_t)n, bytes.n);
	}
	return true;
}

void fd_release(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}
