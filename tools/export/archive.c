/*
 * archive.c - all files of the snapshot in one
 */
#include "export/form.h"

#include "base/limits.h"
#include "base/text.h"
#include "tarball/tarball.h"

/* Days from 1970-01-01 to the date Y-M-D. Source: the proleptic Gregorian calendar */
static int64_t days(int y, int m, int d)
{
	int64_t era, year = m > 2 ? y : y - 1;
	int64_t of_era, of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

	era = year / 400;
	of_era = year - era * 400;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int number(struct str s, size_t from, size_t n)
{
	int out = 0;

	for (size_t i = from; i < from + n && i < s.n; i++)
		out = out * 10 + (s.s[i] - '0');
	return out;
}

/* The first moment of DATE, YYYY-MM-DD, UTC. */
static int64_t moment(struct str date)
{
	return 86400 * days(number(date, 0, 4), number(date, 5, 2), number(date, 8, 2));
}

/* "scholargate-research-methods-2026.06": the files lie in a folder of this name. */
static struct str name_of(const struct edition *x, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct str title = text_plain(arena, x->title.n ? x->title : STR("dataset"));

	for (size_t i = 0; i < title.n && b.n < LIMIT_ARCHIVE_NAME; i++) {
		char c = title.s[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_addc(&b, c);
		else if (b.n && b.s[b.n - 1] != '-')
			buf_addc(&b, '-');
	}
	if (b.n && b.s[b.n - 1] == '-')
		buf_truncate(&b, b.n - 1);
	if (!b.n)
		buf_addz(&b, "dataset");
	return arena_fmt(arena, STR_FMT "-" STR_FMT, STR_ARG(buf_str(&b)),
	                 STR_ARG(x->name));
}

static bool is_archive(struct str path)
{
	return str_ends(path, STR(".tar.gz")) || str_ends(path, STR(".tar.zst"));
}

static bool add_all(struct tarball *t, const struct edition *x, struct str name,
                    struct err *err)
{
	size_t n;
	const struct export_sum *sums = folder_sums(x->folder, &n);
	struct arena arena = {0};
	bool ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		if (is_archive(sums[i].path))
			continue;
		arena_reset(&arena);
		ok = tarball_add(t,
		                 arena_fmt(&arena, STR_FMT "/" STR_FMT, STR_ARG(name),
		                           STR_ARG(sums[i].path)),
		                 folder_path(x->folder, sums[i].path, &arena),
		                 sums[i].bytes, err);
	}
	arena_release(&arena);
	return ok;
}

static bool make(struct form_run *f, enum tarball_kind kind, const char *ending,
                 struct err *err)
{
	const struct edition *x = f->edition;
	struct str name = name_of(x, f->arena);
	struct str file = arena_fmt(f->arena, STR_FMT "%s", STR_ARG(name), ending);
	struct tarball *t = NULL;

	if (!tarball_open(&t, folder_path(x->folder, file, f->arena), kind,
	                  moment(x->date), err) ||
	    !add_all(t, x, name, err)) {
		tarball_abandon(t);
		return false;
	}
	return tarball_close(t, err) && folder_adopt(x->folder, file, err);
}

static bool begin_gzip(struct form_run *f, struct err *err)
{
	return make(f, TARBALL_GZIP, ".tar.gz", err);
}

static bool begin_zstd(struct form_run *f, struct err *err)
{
	return make(f, TARBALL_ZSTD, ".tar.zst", err);
}

const struct form form_tar_gz = {.name = "tar-gz",
                                 .summary = "all of these files in one, for gzip",
                                 .stage = FORM_ARCHIVE,
                                 .optional = true,
                                 .begin = begin_gzip};
const struct form form_tar_zst = {.name = "tar-zst",
                                  .summary = "all of these files in one, for Zstandard",
                                  .stage = FORM_ARCHIVE,
                                  .optional = true,
                                  .begin = begin_zstd};
