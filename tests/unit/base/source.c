#include "base/source.h"

#include "../sandbox.h"
#include "base/macro.h"

static enum source_status read_path(struct buf *b, struct str path, const char **why)
{
	struct source s = {0};
	enum source_status status;

	*why = "";
	status = source_read(&s, b, path, why);
	if (status == SOURCE_OK) {
		assert_true(str_eq(s.name, path));
		assert_true(str_eq(s.bytes, buf_str(b)));
	} else {
		assert_int_equal(b->n, 0);
		assert_int_equal(s.bytes.n, 0);
	}
	return status;
}

static void what_is_no_file_is_unreadable(void **state)
{
	static const struct {
		const char *path, *why;
	} rows[] = {
	        {"missing", "No such file or directory"},
	        {"", "No such file or directory"},
	        {NULL, "No such file or directory"},
	        {"folder", "it is a folder"},
	        {"fifo", "it is not a regular file"},
	        {"/dev/zero", "it is not a regular file"},
	        {"dangling", "it is a symbolic link to nothing"},
	        {"circle", "Too many levels of symbolic links"},
	        {"file/x", "Not a directory"},
	};
	struct buf b = BUF_INIT(100);
	struct sandbox box;
	const char *why;

	(void)state;
	sandbox_open(&box);
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(mkfifo("fifo", 0666), 0);
	assert_int_equal(symlink("missing", "dangling"), 0);
	assert_int_equal(symlink("circle", "circle"), 0);
	sandbox_write("file", "text");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(read_path(&b, STR("file"), &why), SOURCE_OK);
		assert_int_equal(read_path(&b, str_of(rows[i].path), &why),
		                 SOURCE_UNREADABLE);
		assert_string_equal(why, rows[i].why);
	}
	buf_release(&b);
	sandbox_close(&box);
}

static void path_longer_than_any_file_name(void **state)
{
	struct buf b = BUF_INIT(100), path = BUF_INIT(100000);
	const char *why;

	(void)state;
	buf_fill(&path, 'x', 100000);
	assert_int_equal(read_path(&b, buf_str(&path), &why), SOURCE_UNREADABLE);
	assert_string_equal(why, "File name too long");
	buf_release(&path);
	buf_release(&b);
}

static void limit_is_exact(void **state)
{
	struct sandbox box;
	const char *why;

	(void)state;
	sandbox_open(&box);
	sandbox_bytes("ten", STR("0123\0"
	                         "56789"));
	for (size_t max = 0; max < 20; max++) {
		struct buf b = BUF_INIT(max);

		assert_int_equal(read_path(&b, STR("ten"), &why),
		                 max < 10 ? SOURCE_TOO_LARGE : SOURCE_OK);
		assert_int_equal(b.n, max < 10 ? 0 : 10);
		buf_release(&b);
	}
	sandbox_close(&box);
}

static void empty_file_is_read(void **state)
{
	struct buf b = BUF_INIT(0);
	struct sandbox box;
	const char *why;

	(void)state;
	sandbox_open(&box);
	sandbox_write("empty", "");
	assert_int_equal(read_path(&b, STR("empty"), &why), SOURCE_OK);
	buf_release(&b);
	sandbox_close(&box);
}

static void links_are_followed(void **state)
{
	struct buf b = BUF_INIT(100);
	struct sandbox box;
	const char *why;

	(void)state;
	sandbox_open(&box);
	sandbox_write("file", "text");
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(read_path(&b, STR("link"), &why), SOURCE_OK);
	assert_string_equal(buf_z(&b), "text");
	buf_release(&b);
	sandbox_close(&box);
}

/* Files that the kernel makes up say that they have no bytes at all. */
static void size_told_by_the_system_is_not_trusted(void **state)
{
	struct buf large = BUF_INIT(1 << 20), small = BUF_INIT(20);
	struct str path = STR("/proc/self/status");
	const char *why;

	(void)state;
	if (access(path.s, R_OK))
		skip();
	assert_int_equal(read_path(&large, path, &why), SOURCE_OK);
	assert_true(str_starts(buf_str(&large), STR("Name:")));
	assert_int_equal(read_path(&small, path, &why), SOURCE_TOO_LARGE);
	buf_release(&large);
	buf_release(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_no_file_is_unreadable),
	        cmocka_unit_test(path_longer_than_any_file_name),
	        cmocka_unit_test(limit_is_exact),
	        cmocka_unit_test(empty_file_is_read),
	        cmocka_unit_test(links_are_followed),
	        cmocka_unit_test(size_told_by_the_system_is_not_trusted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
