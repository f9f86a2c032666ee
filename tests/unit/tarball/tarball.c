/* Compressed tar files, read back by the same library's reader. */
#include "tarball/tarball.h"

#include "../sandbox.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

#define MTIME 1781913600 /* 2026-06-20 */
#define LONG_NAME \
	"a/0123456789012345678901234567890123456789012345678901234567890123456789/" \
	"0123456789012345678901234567890123456789012345678901234567890123456789/đ.txt"

static void make(const char *path, enum tarball_kind kind)
{
	struct tarball *t = NULL;
	struct err err = {0};

	if (!tarball_open(&t, str_of(path), kind, MTIME, &err) ||
	    !tarball_add(t, STR("n/one.txt"), STR("one"), 6, &err) ||
	    !tarball_add(t, STR(LONG_NAME), STR("empty"), 0, &err))
		fail_msg("%s", err.text);
	if (!tarball_close(t, &err))
		fail_msg("%s", err.text);
}

static void check_member(struct archive *a, const char *name, const char *text)
{
	struct archive_entry *e;
	char bytes[64] = {0};

	assert_int_equal(archive_read_next_header(a, &e), ARCHIVE_OK);
	assert_string_equal(archive_entry_pathname(e), name);
	assert_int_equal(archive_entry_mtime(e), MTIME);
	assert_int_equal(archive_entry_mode(e), 0100644);
	assert_int_equal(archive_entry_uid(e) + archive_entry_gid(e), 0);
	assert_true(archive_read_data(a, bytes, sizeof(bytes) - 1) >= 0);
	assert_string_equal(bytes, text);
}

static void check(const char *path)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;

	archive_read_support_filter_all(a);
	archive_read_support_format_tar(a);
	assert_int_equal(archive_read_open_filename(a, path, 10240), ARCHIVE_OK);
	check_member(a, "n/one.txt", "first\n");
	check_member(a, LONG_NAME, "");
	assert_int_equal(archive_read_next_header(a, &e), ARCHIVE_EOF);
	archive_read_free(a);
}

static size_t read_whole(const char *path, char *out, size_t size)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(out, 1, size, f);
	fclose(f);
	return n;
}

static void check_same(const char *a, const char *b)
{
	static char x[65536], y[65536];
	size_t n = read_whole(a, x, sizeof(x));

	assert_int_equal(read_whole(b, y, sizeof(y)), n);
	assert_memory_equal(x, y, n);
}

static void what_is_in_it_comes_back(void **state)
{
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_write("one", "first\n");
	sandbox_write("empty", "");
	assert_int_equal(chmod("one", 0755), 0);
	make("a.tar.gz", TARBALL_GZIP);
	make("a.tar.zst", TARBALL_ZSTD);
	check("a.tar.gz");
	check("a.tar.zst");
	assert_int_equal(chmod("one", 0600), 0);
	make("b.tar.gz", TARBALL_GZIP);
	make("b.tar.zst", TARBALL_ZSTD);
	check_same("a.tar.gz", "b.tar.gz");
	check_same("a.tar.zst", "b.tar.zst");
	sandbox_close(&box);
}

/* Neither name nor time in gzip's header. Source: RFC 1952, section 2.3 */
static void gzip_tells_nothing(void **state)
{
	struct sandbox box;
	char bytes[16];

	(void)state;
	sandbox_open(&box);
	sandbox_write("one", "first\n");
	sandbox_write("empty", "");
	make("a.tar.gz", TARBALL_GZIP);
	assert_true(read_whole("a.tar.gz", bytes, sizeof(bytes)) >= 10);
	assert_int_equal(bytes[3], 0);
	assert_memory_equal(bytes + 4, "\0\0\0\0", 4);
	sandbox_close(&box);
}

static void what_cannot_be_done_is_told(void **state)
{
	struct sandbox box;
	struct tarball *t = NULL;
	struct err err = {0};

	(void)state;
	sandbox_open(&box);
	sandbox_write("one", "first\n");
	assert_false(tarball_open(&t, STR("no/such.tar.gz"), TARBALL_GZIP, 0, &err));
	tarball_abandon(t);
	err = (struct err){0};
	assert_true(tarball_open(&t, STR("a.tar.gz"), TARBALL_GZIP, 0, &err));
	assert_false(tarball_add(t, STR("x"), STR("missing"), 1, &err));
	err = (struct err){0};
	assert_false(tarball_add(t, STR("x"), STR("one"), 7, &err));
	assert_string_equal(err.text, "one cannot be read: it is shorter than it was");
	tarball_abandon(t);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_in_it_comes_back),
	        cmocka_unit_test(gzip_tells_nothing),
	        cmocka_unit_test(what_cannot_be_done_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
