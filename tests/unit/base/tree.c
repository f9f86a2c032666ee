/* The disk as a tree. */
#include "base/tree.h"

#include "../sandbox.h"
#include "base/macro.h"

static void kinds_are_told_without_following_links(void **state)
{
	static const struct {
		const char *path;
		enum tree_kind kind;
	} rows[] = {
	        {"file", TREE_FILE},      {"folder", TREE_FOLDER},
	        {"folder/", TREE_FOLDER}, {".", TREE_FOLDER},
	        {"..", TREE_FOLDER},      {"folder/../file", TREE_FILE},
	        {"link", TREE_LINK},      {"lost", TREE_LINK},
	        {"fifo", TREE_OTHER},     {"missing", TREE_NONE},
	        {"file/x", TREE_NONE},    {"", TREE_NONE},
	        {NULL, TREE_NONE},        {"/dev/null", TREE_OTHER},
	};
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_write("file", "text");
	sandbox_write("folder/x", "");
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(symlink("missing", "lost"), 0);
	assert_int_equal(mkfifo("fifo", 0666), 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(tree_disk.kind(&tree_disk, str_of(rows[i].path)),
		                 rows[i].kind);
	sandbox_close(&box);
}

static void folder_is_listed_by_name_in_byte_order(void **state)
{
	static const struct {
		const char *name;
		enum tree_kind kind;
	} want[] = {
	        {"B", TREE_FILE},      {"a", TREE_FOLDER},   {"a-1", TREE_FILE},
	        {"a.yaml", TREE_FILE}, {"fifo", TREE_OTHER}, {"link", TREE_LINK},
	        {"z\nz", TREE_FILE},   {"Đ", TREE_FILE},     {"\xFF", TREE_FILE},
	};
	struct tree_items items;
	struct arena a = {0};
	const char *why = "";
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_write("d/a.yaml", "");
	sandbox_write("d/\xFF", "");
	sandbox_write("d/Đ", "");
	sandbox_write("d/z\nz", "");
	sandbox_write("d/B", "");
	sandbox_write("d/a/x", "");
	sandbox_write("d/a-1", "");
	sandbox_write("d/.hidden", "");
	sandbox_write("d/.git/x", "");
	assert_int_equal(symlink("a", "d/link"), 0);
	assert_int_equal(mkfifo("d/fifo", 0666), 0);
	assert_true(tree_disk.list(&tree_disk, &items, STR("d"), &a, &why));
	assert_int_equal(items.n, ARRAY_LEN(want));
	for (size_t i = 0; i < items.n; i++) {
		assert_str(items.items[i].name, want[i].name);
		assert_int_equal(items.items[i].name.s[items.items[i].name.n], '\0');
		assert_int_equal(items.items[i].kind, want[i].kind);
	}
	arena_release(&a);
	sandbox_close(&box);
}

static bool has_an_ending(const struct tree_item *item, void *ctx)
{
	++*(size_t *)ctx;
	return str_ends(item->name, STR(".yaml")) || item->kind == TREE_FOLDER;
}

static void caller_says_what_it_wants(void **state)
{
	size_t asked = 0;
	struct tree_items items;
	struct arena a = {0};
	const char *why = "";
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_write("d/b", "");
	sandbox_write("d/z.yaml", "");
	sandbox_write("d/a/x", "");
	sandbox_write("d/.hidden.yaml", "");
	assert_true(tree_disk.list_some(&tree_disk, &items, STR("d"), has_an_ending,
	                                &asked, &a, &why));
	assert_int_equal(items.n, 2);
	assert_str(items.items[0].name, "a");
	assert_str(items.items[1].name, "z.yaml");
	assert_int_equal(asked, 3);
	arena_release(&a);
	sandbox_close(&box);
}

static void what_is_no_folder_cannot_be_listed(void **state)
{
	static const char *const rows[][2] = {
	        {"missing", "No such file or directory"},
	        {"file", "Not a directory"},
	        {"", "No such file or directory"},
	        {NULL, "No such file or directory"},
	};
	struct tree_items items;
	struct arena a = {0};
	struct sandbox box;
	const char *why;

	(void)state;
	sandbox_open(&box);
	sandbox_write("file", "");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_false(
		        tree_disk.list(&tree_disk, &items, str_of(rows[i][0]), &a, &why));
		assert_int_equal(items.n, 0);
		assert_string_equal(why, rows[i][1]);
	}
	assert_int_equal(mkdir("empty", 0777), 0);
	assert_true(tree_disk.list(&tree_disk, &items, STR("empty"), &a, &why));
	assert_int_equal(items.n, 0);
	arena_release(&a);
	sandbox_close(&box);
}

static void files_are_read_and_links_followed(void **state)
{
	struct buf b = BUF_INIT(10);
	struct source source;
	struct sandbox box;
	const char *why = "";

	(void)state;
	sandbox_open(&box);
	sandbox_write("file", "text");
	sandbox_write("large", "more than ten bytes");
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(tree_disk.read(&tree_disk, &source, &b, STR("link"), &why),
	                 SOURCE_OK);
	assert_str(source.bytes, "text");
	assert_str(source.name, "link");
	assert_int_equal(tree_disk.read(&tree_disk, &source, &b, STR("large"), &why),
	                 SOURCE_TOO_LARGE);
	assert_int_equal(tree_disk.read(&tree_disk, &source, &b, STR("none"), &why),
	                 SOURCE_UNREADABLE);
	assert_string_equal(why, "No such file or directory");
	buf_release(&b);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(kinds_are_told_without_following_links),
	        cmocka_unit_test(folder_is_listed_by_name_in_byte_order),
	        cmocka_unit_test(caller_says_what_it_wants),
	        cmocka_unit_test(what_is_no_folder_cannot_be_listed),
	        cmocka_unit_test(files_are_read_and_links_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
