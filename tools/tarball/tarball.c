#include "tarball/tarball.h"

#include "base/arena.h"
#include "tarball/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES (256u * 1024) /* at a time */
#define MEMBER_MODE 0644

struct tarball {
	struct archive *archive;
	struct archive_entry *entry;
	struct arena arena; /* of names, reset after each member */
	char *path, *bytes;
	int64_t mtime;
};

static bool fail(const struct tarball *t, struct err *err)
{
	const char *why = archive()->error_string(t->archive);

	return err_set(err, ERR_IO, "%s cannot be written: %s", t->path,
	               why ? why : "unknown reason");
}

/*
 * GNU's tar takes any name as it stands; for pax the library would translate it from the
 * locale, of which this program has none. Levels are fixed, so that another default of the
 * library does not change the bytes.
 */
static bool set_up(struct tarball *t, enum tarball_kind kind)
{
	struct archive *a = t->archive;

	if (archive()->write_set_format_gnutar(a) != ARCHIVE_OK)
		return false;
	if (kind == TARBALL_GZIP)
		return archive()->write_add_filter_gzip(a) == ARCHIVE_OK &&
		       archive()->write_set_filter_option(a, "gzip", "timestamp", NULL) ==
		               ARCHIVE_OK &&
		       archive()->write_set_filter_option(a, "gzip", "compression-level",
		                                          "6") == ARCHIVE_OK;
	return archive()->write_add_filter_zstd(a) == ARCHIVE_OK &&
	       archive()->write_set_filter_option(a, "zstd", "compression-level", "9") ==
	               ARCHIVE_OK;
}

bool tarball_open(struct tarball **out, struct str path, enum tarball_kind kind,
                  int64_t mtime, struct err *err)
{
	struct tarball *t = mem_alloc(sizeof(*t));

	*t = (struct tarball){.archive = archive()->write_new(),
	                      .entry = archive()->entry_new(),
	                      .path = strdup(path.s),
	                      .bytes = mem_alloc(READ_BYTES),
	                      .mtime = mtime};
	if (!t->archive || !t->entry || !t->path)
		out_of_memory();
	*out = t;
	return (set_up(t, kind) &&
	        archive()->write_open_filename(t->archive, t->path) == ARCHIVE_OK) ||
	       fail(t, err);
}

static bool begin_member(struct tarball *t, struct str name, uint64_t bytes,
                         struct err *err)
{
	struct archive_entry *e = archive()->entry_clear(t->entry);

	arena_reset(&t->arena);
	archive()->entry_copy_pathname(e, arena_str(&t->arena, name).s);
	archive()->entry_set_filetype(e, AE_IFREG);
	archive()->entry_set_perm(e, MEMBER_MODE);
	archive()->entry_set_uid(e, 0);
	archive()->entry_set_gid(e, 0);
	archive()->entry_set_mtime(e, (time_t)t->mtime, 0);
	archive()->entry_set_size(e, (int64_t)bytes);
	return archive()->write_header(t->archive, e) == ARCHIVE_OK || fail(t, err);
}

static bool cannot_read(struct str from, const char *why, struct err *err)
{
	return err_set(err, ERR_IO, STR_FMT " cannot be read: %s", STR_ARG(from), why);
}

static bool copy(struct tarball *t, int fd, struct str from, uint64_t bytes,
                 struct err *err)
{
	while (bytes) {
		ssize_t n = read(fd, t->bytes, bytes < READ_BYTES ? bytes : READ_BYTES);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot_read(from, strerror(errno), err);
		if (n == 0)
			return cannot_read(from, "it is shorter than it was", err);
		if (archive()->write_data(t->archive, t->bytes, (size_t)n) != n)
			return fail(t, err);
		bytes -= (uint64_t)n;
	}
	return true;
}

bool tarball_add(struct tarball *t, struct str name, struct str from, uint64_t bytes,
                 struct err *err)
{
	int fd = open(from.s, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return cannot_read(from, strerror(errno), err);
	ok = begin_member(t, name, bytes, err) && copy(t, fd, from, bytes, err);
	close(fd);
	return ok;
}

static void release(struct tarball *t)
{
	archive()->entry_free(t->entry);
	archive()->write_free(t->archive);
	arena_release(&t->arena);
	free(t->path);
	free(t->bytes);
	free(t);
}

bool tarball_close(struct tarball *t, struct err *err)
{
	bool ok = archive()->write_close(t->archive) == ARCHIVE_OK || fail(t, err);

	release(t);
	return ok;
}

void tarball_abandon(struct tarball *t)
{
	if (t)
		release(t);
}
