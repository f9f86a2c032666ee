/*
 * folder_whole.c - a folder begins hidden, and gets its name or goes
 */
#include "export/folder_internal.h"

#include "base/buf.h"
#include "base/source.h"
#include "base/write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Remove what lies below FD, which is closed. Links are removed, never followed. */
static void remove_below(int fd)
{
	DIR *d = fdopendir(fd);
	struct dirent *e;

	if (!d) {
		(void)close(fd);
		return;
	}
	while ((e = readdir(d))) {
		int below;

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		if (!unlinkat(dirfd(d), e->d_name, 0))
			continue;
		below = openat(dirfd(d), e->d_name,
		               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (below >= 0)
			remove_below(below);
		(void)unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
	}
	(void)closedir(d);
}

static void remove_tree(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	remove_below(fd);
	(void)rmdir(path);
}

static bool fail_whole(struct err *err, const struct folder *f)
{
	return err_set(err, ERR_IO, STR_FMT " cannot be made: %s", STR_ARG(f->dir),
	               strerror(errno));
}

static void set_names(struct folder *f, struct str dir)
{
	size_t slash;
	struct str temp;

	while (dir.n > 1 && dir.s[dir.n - 1] == '/')
		dir.n--;
	slash = str_rfind(dir, '/');
	f->dir = arena_str(f->arena, dir);
	f->parent = slash == dir.n ? STR(".")
	            : slash        ? arena_str(f->arena, str_sub(dir, 0, slash))
	                           : STR("/");
	temp = arena_fmt(f->arena, STR_FMT "/." STR_FMT ".XXXXXX", STR_ARG(f->parent),
	                 STR_ARG(str_sub(dir, slash < dir.n ? slash + 1 : 0, dir.n)));
	f->temp = arena_array(f->arena, char, temp.n + 1);
	memcpy(f->temp, temp.s, temp.n);
}

/* A signal that waited ends the program here. */
static void let_signals(const struct folder *f)
{
	(void)pthread_sigmask(SIG_SETMASK, &f->before, NULL);
}

static void hold_signals(struct folder *f)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

	sigemptyset(&f->held);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		struct sigaction now;

		/* One that is ignored must not stop the work either. */
		if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(&f->held, signals[i]);
	}
	(void)pthread_sigmask(SIG_BLOCK, &f->held, &f->before);
}

/* Make the hidden folder, as open to others as the one that is made of it. */
static bool make_temp(struct folder *f)
{
	mode_t mask;

	if (!mkdtemp(f->temp))
		return false;
	f->fd = open(f->temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	mask = umask(0);
	(void)umask(mask);
	f->mode = S_IFREG | (0666 & ~mask);
	return f->fd >= 0 && fchmod(f->fd, 0777 & ~mask) == 0;
}

bool folder_begin(struct folder **out, struct str dir, bool replace, struct arena *arena,
                  struct err *err)
{
	struct folder *f = arena_new(arena, struct folder);
	struct stat st;

	*f = (struct folder){
	        .arena = arena, .fd = -1, .before_fd = -1, .replace = replace};
	*out = f;
	set_names(f, dir);
	(void)pthread_mutex_init(&f->lock, NULL);
	if (lstat(f->dir.s, &st) == 0 && (!replace || !S_ISDIR(st.st_mode)))
		return err_set(err, ERR_IO, STR_FMT " is there already", STR_ARG(f->dir));
	hold_signals(f);
	if (make_temp(f))
		return true;
	fail_whole(err, f);
	if (f->fd < 0)
		let_signals(f);
	return false;
}

struct str folder_place(const struct folder *f)
{
	struct str parent = real_path(f->parent, f->arena);
	size_t slash = str_rfind(f->dir, '/');

	return arena_cat(f->arena, parent, STR("/"),
	                 str_sub(f->dir, slash < f->dir.n ? slash + 1 : 0, f->dir.n));
}

bool folder_interrupted(const struct folder *f, struct err *err)
{
	sigset_t waiting;

	if (sigpending(&waiting))
		return false;
	for (int s = 1; s < NSIG; s++)
		if (sigismember(&f->held, s) == 1 && sigismember(&waiting, s) == 1)
			return !err_set(err, ERR_IO, "interrupted; nothing was written");
	return false;
}

static void folder_end(struct folder *f)
{
	if (f->fd >= 0)
		(void)close(f->fd);
	f->fd = -1;
	fd_release(&f->before_fd);
	cache_table_release(&f->made);
	free(f->sums);
	f->sums = NULL;
	f->sums_n = 0;
	arena_release(&f->sums_arena);
	(void)pthread_mutex_destroy(&f->lock);
}

void folder_abandon(struct folder *f)
{
	if (!f || f->fd < 0)
		return;
	folder_end(f);
	remove_tree(f->temp);
	let_signals(f);
}

/* What was there steps aside first: for a moment there is nothing. */
static bool replace_in_steps(struct folder *f)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const char *aside = arena_fmt(&arena, "%s.old", f->temp).s;
	int error;

	if (rename(f->dir.s, aside))
		return false;
	if (rename(f->temp, f->dir.s)) {
		error = errno;
		(void)rename(aside, f->dir.s);
		errno = error;
		return false;
	}
	remove_tree(aside);
	return true;
}

/*
 * In its place; what was there is at its temporary name afterwards, and goes. Some file systems
 * (NFS) know plain renames only, and say EINVAL.
 */
static bool put_in_place(struct folder *f)
{
	if (!f->replace || access(f->dir.s, F_OK)) {
		if (renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->dir.s, RENAME_NOREPLACE) ==
		    0)
			return true;
		/* A plain rename replaces an empty folder at most. */
		return errno == EINVAL && rename(f->temp, f->dir.s) == 0;
	}
	if (renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->dir.s, RENAME_EXCHANGE) == 0) {
		remove_tree(f->temp);
		return true;
	}
	return errno == EINVAL && replace_in_steps(f);
}

bool folder_finish(struct folder *f, struct err *err)
{
	int parent = open(f->parent.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* One call for all files: waiting for each of 100,000 takes minutes. */
	bool ok = syncfs(f->fd) == 0 && put_in_place(f);

	if (!ok) {
		fail_whole(err, f);
		folder_abandon(f);
	} else {
		if (parent >= 0)
			(void)fsync(parent);
		folder_end(f);
		let_signals(f);
	}
	if (parent >= 0)
		(void)close(parent);
	return ok;
}
