/*
 * links_fetch.c - `stemma links --fetch`: records of registries into the dataset
 */
#include "cmd/links.h"

#include "base/limits.h"
#include "base/write.h"
#include "reference/reference.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder may be a link, but not to anywhere else than the dataset. */
static bool is_inside(const struct dataset *d, struct arena *arena)
{
	struct str root = real_path(d->dir, arena);
	struct str real = real_path(arena_str(arena, d->references.dir), arena);

	return root.s && real.s && path_below(root, real);
}

bool links_fetch_begin(struct fetching *f, struct err *err)
{
	const struct dataset *d = f->l->dataset;
	struct arena *arena = f->l->run->arena;
	struct str dir;

	if (!d->references.dir.n)
		return err_set(err, ERR_USAGE,
		               STR_FMT " names no folder for records; add `references: "
		                       "{folder: references}`",
		               STR_ARG(d->config_path));
	dir = arena_str(arena, d->references.dir);
	if (mkdir(dir.s, 0777) != 0 && errno != EEXIST)
		return err_set(err, ERR_IO, STR_FMT " cannot be made: %s", STR_ARG(dir),
		               strerror(errno));
	return is_inside(d, arena) ||
	       err_set(err, ERR_IO,
	               STR_FMT " is a link out of the dataset; nothing is written there",
	               STR_ARG(dir));
}

static bool fail(struct fetching *f, struct str path)
{
	return err_set(&f->err, ERR_IO, STR_FMT " cannot be written: %s", STR_ARG(path),
	               strerror(errno));
}

/* The whole file or nothing: a hidden one takes the name when it is complete. */
static bool write_file(struct fetching *f, struct str path, struct str bytes)
{
	struct str dir = f->l->dataset->references.dir;
	struct str name = arena_fmt(&f->scratch, STR_FMT "/.record.XXXXXX", STR_ARG(dir));
	char *temp = arena_array(&f->scratch, char, name.n + 1);
	bool ok;
	int fd;

	memcpy(temp, name.s, name.n);
	fd = mkstemp(temp);
	if (fd < 0)
		return fail(f, path);
	ok = write_all(fd, bytes) && fchmod(fd, 0644) == 0;
	ok = (close(fd) == 0) & ok;
	ok = ok && rename(temp, path.s) == 0;
	if (ok)
		return true;
	fail(f, path);
	(void)unlink(temp);
	return false;
}

/* Half of the age that stemma.yaml allows: so records are renewed before they are too old. */
static int renewed_after(const struct dataset *d)
{
	int most = d->references.max_age_days;

	return most ? most / 2 : INT_MAX;
}

static bool keep(struct fetching *f, const struct reference *new)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	const struct dataset *d = f->l->dataset;
	struct reference old;
	const char *why;

	if (dataset_reference(&old, d, new->doi, &f->scratch, &why) == REFERENCE_KEPT &&
	    !reference_renews(&old, new, renewed_after(d))) {
		f->same++;
		return true;
	}
	if (!reference_write(&bytes, new, &f->err) ||
	    !write_file(f, dataset_reference_path(d, new->doi, &f->scratch),
	                buf_str(&bytes)))
		return false;
	f->written++;
	return true;
}

void links_keep(struct fetching *f, struct str doi, struct str csl, struct str agency,
                struct str day)
{
	struct reference new;

	if (!f->err.code &&
	    reference_make(&new, doi, csl, agency, day, &f->scratch, &f->err))
		(void)!keep(f, &new);
	arena_reset(&f->scratch);
}

bool links_fetch_end(struct fetching *f, struct err *err)
{
	arena_release(&f->scratch);
	run_say(f->l->run, "%zu %s written, %zu left unchanged", f->written,
	        f->written == 1 ? "record was" : "records were", f->same);
	return !f->err.code || err_set(err, f->err.code, "%s", f->err.text);
}
