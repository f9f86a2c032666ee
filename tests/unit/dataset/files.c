/* Which files belong to a dataset. */
#include "open.h"

#define CONFIG "collections: {c: {folder: c}}\n"

static struct str list_text(const struct file_list *l, struct arena *a)
{
	static const char *const kinds[] = {"", "vocabulary ", "labels ", "config "};
	struct buf b = BUF_INIT(1 << 20);
	struct str out;

	for (size_t i = 0; i < l->n; i++)
		buf_addf(&b, "%s" STR_FMT "\n", kinds[l->items[i].kind],
		         STR_ARG(l->items[i].path));
	out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* The files of the dataset in the sandbox, stemma.yaml left out. */
static void check(struct opened *o, const char *config, const char *want)
{
	struct file_list l = {.arena = &o->arena};
	struct str text;

	opened_open(o, config);
	if (!dataset_files(o->dataset, &l, &o->diags, &o->err))
		fail_msg("%s", o->err.text);
	text = list_text(&l, &o->arena);
	assert_true(str_starts(text, STR("config stemma.yaml\n")));
	assert_str(str_sub(text, 19, text.n), want);
	file_list_release(&l);
}

static void own_files_come_first_then_entries_by_path(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/b.yaml", "");
	sandbox_write("c/a.yaml", "");
	sandbox_write("c/a/z.yml", "");
	sandbox_write("c/B.yaml", "");
	sandbox_write("c/a-1.yaml", "");
	sandbox_write("d/x.yaml", "");
	check(&o,
	      "vocabularies: {w: v/w.yaml, a: v/a.yaml}\nlabels: l\n"
	      "languages: {default: vi, others: [en]}\n"
	      "collections: {z: {folder: d}, c: {folder: c}}\n",
	      "vocabulary v/w.yaml\nvocabulary v/a.yaml\nlabels l/vi.yaml\n"
	      "labels l/en.yaml\nd/x.yaml\n"
	      "c/B.yaml\nc/a-1.yaml\nc/a.yaml\nc/a/z.yml\nc/b.yaml\n");
	assert_int_equal(o.diags.n, 0);
	opened_close(&o);
}

static void patterns_choose(void **state)
{
	static const struct {
		const char *config, *want;
	} rows[] = {
	        {"folder: c", "c/a.yaml\nc/sub/a.yaml\nc/sub/b.yml\n"},
	        {"folder: c, files: [\"*.json\"]", "c/a.json\n"},
	        {"folder: c, files: [\"[ab].y*\"]",
	         "c/a.yaml\nc/sub/a.yaml\nc/sub/b.yml\n"},
	        {"folder: c, files: [\"sub/*\"]",
	         "c/sub/a.yaml\nc/sub/b.yml\nc/sub/x.md\n"},
	        {"folder: c, exclude: [\"sub/*\"]", "c/a.yaml\n"},
	        {"folder: c, exclude: [a.yaml]", "c/sub/b.yml\n"},
	        {"folder: c, exclude: [\"*\"]", ""},
	        {"folder: c/sub", "c/sub/a.yaml\nc/sub/b.yml\n"},
	        {"folder: ., files: [\"c/*.yaml\"], exclude: [\"c/sub/*\"]",
	         "c/a.yaml\n"},
	        {"folder: ., files: [\"[\"]", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct opened o;

		opened_start(&o);
		sandbox_write("c/a.yaml", "");
		sandbox_write("c/a.json", "");
		sandbox_write("c/sub/a.yaml", "");
		sandbox_write("c/sub/b.yml", "");
		sandbox_write("c/sub/x.md", "");
		check(&o, arena_fmt(&o.arena, "collections: {c: {%s}}", rows[i].config).s,
		      rows[i].want);
		opened_close(&o);
	}
}

static void hidden_files_and_folders_are_left_out(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/.a.yaml", "");
	sandbox_write("c/.git/b.yaml", "");
	sandbox_write("c/.yaml", "");
	sandbox_write("c/c.yaml", "");
	check(&o, "collections: {c: {folder: c, files: [\"*\", \".*\"]}}", "c/c.yaml\n");
	opened_close(&o);
}

static void any_name_is_a_name(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a b.yaml", "");
	sandbox_write("c/a\nb.yaml", "");
	sandbox_write("c/\xFF\xFE.yaml", "");
	sandbox_write("c/-x.yaml", "");
	sandbox_write("c/Đ*?[.yaml", "");
	check(&o, CONFIG,
	      "c/-x.yaml\nc/a\nb.yaml\nc/a b.yaml\nc/Đ*?[.yaml\nc/\xFF\xFE.yaml\n");
	opened_close(&o);
}

static void links_stay_inside(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("inner/c/a.yaml", "");
	sandbox_write("inner/other.yaml", "");
	sandbox_write("outside.yaml", "");
	sandbox_write("inner-sibling/x.yaml", "");
	assert_int_equal(chdir("inner"), 0);
	assert_int_equal(symlink("a.yaml", "c/link.yaml"), 0);
	assert_int_equal(symlink("../other.yaml", "c/other.yaml"), 0);
	assert_int_equal(symlink("../../outside.yaml", "c/out.yaml"), 0);
	assert_int_equal(symlink("../../inner-sibling/x.yaml", "c/out2.yaml"), 0);
	assert_int_equal(symlink("/etc/passwd", "c/passwd.yaml"), 0);
	assert_int_equal(symlink("missing", "c/lost.yaml"), 0);
	assert_int_equal(symlink("missing", "c/lost.txt"), 0);
	assert_int_equal(symlink("..", "c/up.yaml"), 0); /* a folder: not walked */
	check(&o, CONFIG, "c/a.yaml\nc/link.yaml\nc/lost.yaml\nc/other.yaml\n");
	assert_int_equal(o.diags.n, 3);
	for (size_t i = 0; i < o.diags.n; i++)
		assert_ptr_equal(o.diags.items[i].rule, &rule_dataset_link);
	assert_str(o.diags.items[0].file, "c/out.yaml");
	assert_str(o.diags.items[1].file, "c/out2.yaml");
	assert_str(o.diags.items[2].file, "c/passwd.yaml");
	opened_close(&o);
}

static void folder_that_is_a_link_out_is_not_read(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("outside/a.yaml", "");
	sandbox_write("inner/x", "");
	assert_int_equal(chdir("inner"), 0);
	assert_int_equal(symlink("../outside", "c"), 0);
	check(&o, CONFIG, "");
	assert_int_equal(o.diags.n, 1);
	assert_ptr_equal(o.diags.items[0].rule, &rule_dataset_link);
	opened_close(&o);
}

static void folder_that_is_not_there_is_told(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	check(&o, CONFIG, "");
	assert_str(findings_text(&o.diags, &o.arena),
	           "c:0:0: io.unreadable error : cannot be read: No such file or "
	           "directory\n");
	opened_close(&o);
}

static void folders_nested_too_deep_are_an_error(void **state)
{
	struct buf path = BUF_INIT(10000);
	struct file_list l;
	struct opened o;

	(void)state;
	opened_start(&o);
	buf_addz(&path, "c");
	for (int i = 0; i < 70; i++)
		buf_addz(&path, "/d");
	buf_addz(&path, "/x.yaml");
	sandbox_write(buf_z(&path), "");
	opened_open(&o, CONFIG);
	l = (struct file_list){.arena = &o.arena};
	assert_false(dataset_files(o.dataset, &l, &o.diags, &o.err));
	assert_int_equal(o.err.code, ERR_LIMIT);
	file_list_release(&l);
	buf_release(&path);
	opened_close(&o);
}

static void named_paths(void **state)
{
	static const struct {
		const char *path;
		bool known;
		const char *want;
	} rows[] = {
	        {"c/a.yaml", true, "c/a.yaml\n"},
	        {"./c/a.yaml", true, "c/a.yaml\n"},
	        {"c/../c/sub/b.yaml", true, "c/sub/b.yaml\n"},
	        {"c/sub", true, "c/sub/b.yaml\n"},
	        {"c/sub/", true, "c/sub/b.yaml\n"},
	        {"c", true, "c/a.yaml\nc/sub/b.yaml\n"},
	        {"stemma.yaml", true, "config stemma.yaml\n"},
	        {"v.yaml", true, "vocabulary v.yaml\n"},
	        {".", true,
	         "config stemma.yaml\nvocabulary v.yaml\nc/a.yaml\nc/sub/b.yaml\n"},
	        {"missing.yaml", true, "missing.yaml\n"}, /* reading it tells */
	        {"c/missing.yaml", true, "c/missing.yaml\n"},
	        {"other/x.yaml", false, ""},
	        {"other", false, ""},
	        {"c/a.txt", false, ""},
	        {"/etc/passwd", false, ""},
	        {"..", false, ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct opened o;
		struct file_list l;
		bool known = !rows[i].known;

		opened_start(&o);
		sandbox_write("c/a.yaml", "");
		sandbox_write("c/a.txt", "");
		sandbox_write("c/sub/b.yaml", "");
		sandbox_write("other/x.yaml", "");
		sandbox_write("v.yaml", "");
		opened_open(&o, CONFIG "vocabularies: {v: v.yaml}\n");
		l = (struct file_list){.arena = &o.arena};
		assert_true(dataset_add_path(o.dataset, str_of(rows[i].path), &l, &known,
		                             &o.diags, &o.err));
		if (known != rows[i].known ||
		    !str_eqz(list_text(&l, &o.arena), rows[i].want))
			fail_msg("%s: known %d: %s", rows[i].path, known,
			         list_text(&l, &o.arena).s);
		file_list_release(&l);
		opened_close(&o);
	}
}

static void files_by_their_ending(void **state)
{
	struct file_list l;
	struct opened o;

	(void)state;
	opened_start(&o);
	l = (struct file_list){.arena = &o.arena};
	sandbox_write("d/b.yml", "");
	sandbox_write("d/a.json", "");
	sandbox_write("d/c.md", "");
	sandbox_write("d/sub/z.yaml", "");
	sandbox_write("d/.hidden.yaml", "");
	assert_true(files_add(&l, &tree_disk, STR("d"), &o.diags, &o.err));
	assert_true(files_add(&l, &tree_disk, STR("any.txt"), &o.diags, &o.err));
	assert_str(list_text(&l, &o.arena), "d/a.json\nd/b.yml\nd/sub/z.yaml\nany.txt\n");
	file_list_release(&l);
	opened_close(&o);
}

static void stem_of_a_file_name(void **state)
{
	static const char *const rows[][2] = {
	        {"a/b/lasso.yaml", "lasso"},
	        {"lasso", "lasso"},
	        {"a.b/lasso", "lasso"},
	        {"a.b.yaml", "a.b"},
	        {".yaml", ".yaml"},
	        {"a/", ""},
	        {"", ""},
	        {"a.", "a"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str(file_stem(str_of(rows[i][0])), rows[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(own_files_come_first_then_entries_by_path),
	        cmocka_unit_test(patterns_choose),
	        cmocka_unit_test(hidden_files_and_folders_are_left_out),
	        cmocka_unit_test(any_name_is_a_name),
	        cmocka_unit_test(links_stay_inside),
	        cmocka_unit_test(folder_that_is_a_link_out_is_not_read),
	        cmocka_unit_test(folder_that_is_not_there_is_told),
	        cmocka_unit_test(folders_nested_too_deep_are_an_error),
	        cmocka_unit_test(named_paths),
	        cmocka_unit_test(files_by_their_ending),
	        cmocka_unit_test(stem_of_a_file_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
