/*
 * lock.c - one release at a time in a repository
 *
 * The lock goes with the process that holds it, so that a killed one leaves none behind.
 */
#include "publish/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often the file may vanish between two steps. */
#define LOCK_TRIES 10

/* Whether PATH is still the file that FD holds: who had the lock before removed its own. */
static bool is_same_file(int fd, struct str path)
{
	struct stat a, b;

	return !fstat(fd, &a) && !stat(path.s, &b) && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

bool release_lock(struct release_lock *out, const struct repo *r, struct arena *arena,
                  struct err *err)
{
	struct str folder = arena_fmt(arena, STR_FMT "/stemma", STR_ARG(repo_folder(r)));
	struct str path = arena_fmt(arena, STR_FMT "/release.lock", STR_ARG(folder));

	for (int try = 0; try < LOCK_TRIES; try++) {
		int fd;

		if (mkdir(folder.s, 0777) && errno != EEXIST)
			return err_set(err, ERR_IO, STR_FMT ": %s; nothing was changed",
			               STR_ARG(folder), strerror(errno));
		fd = open(path.s, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (fd < 0 && errno == ENOENT)
			continue;
		if (fd < 0)
			return err_set(err, ERR_IO, STR_FMT ": %s; nothing was changed",
			               STR_ARG(path), strerror(errno));
		if (flock(fd, LOCK_EX | LOCK_NB)) {
			close(fd);
			break;
		}
		*out = (struct release_lock){fd, path, folder};
		if (is_same_file(fd, path))
			return true;
		close(fd);
		out->fd = -1;
	}
	return err_set(err, ERR_MOVED,
	               "another release is being made in this repository right now; "
	               "nothing was changed: run this again when it is done");
}

void release_unlock(struct release_lock *l)
{
	if (l->fd < 0)
		return;
	/* The folder goes when nothing else is in it. */
	(void)unlink(l->path.s);
	(void)rmdir(l->folder.s);
	close(l->fd);
	l->fd = -1;
}
