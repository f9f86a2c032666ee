/*
 * trouble.c - trouble at the Nth call that changes the file system, for LD_PRELOAD
 *
 *     TROUBLE_KILL=N     the process is killed just before it
 *     TROUBLE_FAIL=N     it and all that follow fail: no space is left
 *
 * Only the program named stemma is meant, not what it runs.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long kill_at, fail_at, calls;

static long number(const char *name)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void start(void)
{
	if (strcmp(program_invocation_short_name, "stemma") != 0)
		return;
	kill_at = number("TROUBLE_KILL");
	fail_at = number("TROUBLE_FAIL");
}

/* Count one more call; true when it is to fail. */
static int trouble(void)
{
	calls++;
	if (calls == kill_at)
		(void)kill(getpid(), SIGKILL);
	if (!fail_at || calls < fail_at)
		return 0;
	errno = ENOSPC;
	return 1;
}

/* The function NAME of the library behind this one. */
static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

#define WRITES(flags) (((flags)&O_ACCMODE) != O_RDONLY || ((flags)&O_CREAT))

#define OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		int (*real)(const char *, int, ...) = \
		        (int (*)(const char *, int, ...))next(#name); \
		va_list ap; \
		mode_t mode; \
\
		va_start(ap, flags); \
		mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0; \
		va_end(ap); \
		return WRITES(flags) && trouble() ? -1 : real(path, flags, mode); \
	}

#define OPENAT(name) \
	int name(int dir, const char *path, int flags, ...) \
	{ \
		int (*real)(int, const char *, int, ...) = \
		        (int (*)(int, const char *, int, ...))next(#name); \
		va_list ap; \
		mode_t mode; \
\
		va_start(ap, flags); \
		mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0; \
		va_end(ap); \
		return WRITES(flags) && trouble() ? -1 : real(dir, path, flags, mode); \
	}

#define CALL(type, name, parameters, arguments) \
	type name parameters \
	{ \
		type(*real) parameters = (type(*) parameters)next(#name); \
\
		return trouble() ? -1 : real arguments; \
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
CALL(int, rename, (const char *from, const char *to), (from, to))
CALL(int, link, (const char *from, const char *to), (from, to))
CALL(int, unlink, (const char *path), (path))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode))
CALL(int, rmdir, (const char *path), (path))
CALL(int, fsync, (int fd), (fd))
CALL(int, fdatasync, (int fd), (fd))
CALL(int, ftruncate, (int fd, off_t size), (fd, size))
CALL(int, ftruncate64, (int fd, off64_t size), (fd, size))

/* What goes to the terminal or a pipe changes no file. */
ssize_t write(int fd, const void *bytes, size_t n)
{
	ssize_t (*real)(int, const void *, size_t) =
	        (ssize_t(*)(int, const void *, size_t))next("write");

	return fd > 2 && trouble() ? -1 : real(fd, bytes, n);
}
