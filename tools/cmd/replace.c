#include "cmd/replace.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/write.h"
#include "digest/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void replacing_begin(struct replacing *r, struct arena *arena)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

	*r = (struct replacing){.arena = arena};
	sigemptyset(&r->held);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		struct sigaction now;

		/* One that is ignored must not stop the work either. */
		if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(&r->held, signals[i]);
	}
	(void)sigprocmask(SIG_BLOCK, &r->held, &r->before);
}

static bool interrupted(const struct replacing *r)
{
	sigset_t waiting;

	if (sigpending(&waiting))
		return false;
	for (int s = 1; s < NSIG; s++)
		if (sigismember(&r->held, s) == 1 && sigismember(&waiting, s) == 1)
			return true;
	return false;
}

static bool fail(struct err *err, struct str path, const char *why)
{
	return err_set(err, ERR_IO, STR_FMT " cannot be written: %s", STR_ARG(path), why);
}

/* Write and close FD; the new file belongs to whom the old one did, as far as may be. */
static bool fill(int fd, const struct stat *old, struct str text)
{
	bool ok = write_all(fd, text);

	if (ok && old->st_uid != geteuid() && fchown(fd, old->st_uid, old->st_gid))
		errno = 0;
	ok = ok && fchmod(fd, old->st_mode & 07777) == 0 && fsync(fd) == 0;
	return (close(fd) == 0) & ok;
}

/* "notes/.x.yaml.XXXXXX" for notes/x.yaml: lists of entries pass over it. */
static char *temp_name(struct replacing *r, struct replacement *item)
{
	size_t slash = str_rfind(item->path, '/');
	size_t at = slash < item->path.n ? slash + 1 : 0;
	char *name;

	item->temp = arena_fmt(r->arena, STR_FMT "." STR_FMT ".XXXXXX",
	                       STR_ARG(str_sub(item->path, 0, at)),
	                       STR_ARG(str_sub(item->path, at, item->path.n)));
	name = arena_array(r->arena, char, item->temp.n + 1);
	memcpy(name, item->temp.s, item->temp.n);
	item->temp.s = name;
	return name;
}

/* Whether the file NAME (terminated) holds what it held. */
static bool is_unchanged(struct str name, const char *digest)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct source source;
	const char *why;
	char now[65];

	if (source_read(&source, &bytes, name, &why) != SOURCE_OK)
		return false;
	sha256_text(now, source.bytes);
	return strcmp(now, digest) == 0;
}

static const char changed[] =
        "somebody else changed it meanwhile; look at it and run this again";

bool replacing_add(struct replacing *r, struct str path, const char *digest,
                   struct str text, struct err *err)
{
	struct replacement *item;
	struct stat st;
	char *name;
	int fd;

	if (interrupted(r))
		return err_set(err, ERR_IO, "interrupted; nothing was written");
	if (lstat(path.s, &st))
		return fail(err, path, strerror(errno));
	if (S_ISLNK(st.st_mode))
		return fail(err, path,
		            "it is a symbolic link, and nothing is written through one");
	if (!S_ISREG(st.st_mode))
		return fail(err, path, "it is no regular file");
	if (!is_unchanged(path, digest))
		return fail(err, path, changed);
	item = arena_push(r->arena, r->items, r->n, r->cap);
	*item = (struct replacement){.path = path, .digest = digest};
	name = temp_name(r, item);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return fail(err, path, strerror(errno));
	item->there = true;
	return fill(fd, &st, text) || fail(err, path, strerror(errno));
}

static bool swap(struct replacement *item)
{
	if (renameat2(AT_FDCWD, item->temp.s, AT_FDCWD, item->path.s, RENAME_EXCHANGE))
		return false;
	item->swapped = !item->swapped;
	return true;
}

/* What was changed goes back; the old text is in the hidden file. */
static void swap_back(struct replacing *r)
{
	for (size_t i = r->n; i > 0; i--)
		if (r->items[i - 1].swapped && !swap(&r->items[i - 1]))
			r->items[i - 1].there = false; /* keep it: nothing else has it */
}

/* POSSIBLE is set to false, and nothing has happened, where files cannot change places. */
static bool swap_all(struct replacing *r, bool *possible, struct err *err)
{
	*possible = true;
	for (size_t i = 0; i < r->n; i++) {
		struct replacement *item = &r->items[i];

		if (!swap(item)) {
			*possible = i > 0 || (errno != EINVAL && errno != ENOSYS);
			if (!*possible)
				return false;
			fail(err, item->path, strerror(errno));
			swap_back(r);
			return false;
		}
		/* Looked at only now, when nobody writes it by this name any more. */
		if (!is_unchanged(item->temp, item->digest)) {
			fail(err, item->path, changed);
			swap_back(r);
			return false;
		}
	}
	return true;
}

static bool rename_all(struct replacing *r, struct err *err)
{
	for (size_t i = 0; i < r->n; i++)
		if (!is_unchanged(r->items[i].path, r->items[i].digest))
			return fail(err, r->items[i].path, changed);
	for (size_t i = 0; i < r->n; i++) {
		struct replacement *item = &r->items[i];

		if (rename(item->temp.s, item->path.s))
			return err_set(err, ERR_IO,
			               STR_FMT " cannot be written: %s; %zu before it %s "
			                       "written already",
			               STR_ARG(item->path), strerror(errno), i,
			               i == 1 ? "is" : "are");
		item->there = false;
	}
	return true;
}

static struct str folder_of(struct str path)
{
	size_t slash = str_rfind(path, '/');

	return slash < path.n ? str_sub(path, 0, slash + 1) : STR(".");
}

/* So that the new names survive a loss of power. */
static void sync_folders(const struct replacing *r)
{
	struct str last = STR_NONE;

	for (size_t i = 0; i < r->n; i++) {
		struct str dir = folder_of(r->items[i].path);
		int fd;

		if (str_eq(dir, last))
			continue;
		last = dir;
		fd = open(arena_str(r->arena, dir).s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			continue;
		(void)fsync(fd);
		(void)close(fd);
	}
}

bool replacing_finish(struct replacing *r, struct err *err)
{
	bool possible;

	if (interrupted(r))
		return err_set(err, ERR_IO, "interrupted; nothing was written");
	if (!swap_all(r, &possible, err) && (possible || !rename_all(r, err)))
		return false;
	sync_folders(r);
	return true;
}

void replacing_release(struct replacing *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i].there)
			(void)unlink(r->items[i].temp.s);
	(void)sigprocmask(SIG_SETMASK, &r->before, NULL);
}
