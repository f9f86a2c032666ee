/* The file of one entry, found without listing all of them. */
#include "open.h"

#define CONFIG \
	"collections:\n" \
	"  c: {folder: data/c, exclude: [\"_*\", \"old/*\"], roles: {id: /id}}\n" \
	"  d: {folder: data/d, files: [\"*.entry\"], roles: {id: /id}}\n"

static const char *const files[] = {
        "data/c/top.yaml",         "data/c/short.yml",      "data/c/al/alpha.yaml",
        "data/c/zz/yy/beta.yaml",  "data/c/_template.yaml", "data/c/old/gone.yaml",
        "data/c/.git/hidden.yaml", "data/d/x/gamma.entry",  "data/d/top.yaml",
        "data/outside.yaml",
};

static void open_here(struct opened *o)
{
	opened_start(o);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		sandbox_write(files[i], "id: x\n");
	opened_open(o, CONFIG);
}

static void expect(struct opened *o, size_t collection, const char *id, const char *hint,
                   const char *want)
{
	struct str path;
	bool found =
	        dataset_locate(&path, o->dataset, &o->dataset->collections[collection],
	                       str_of(id), str_of(hint), &o->arena);

	assert_int_equal(found, want != NULL);
	if (want)
		assert_str(path, want);
	else
		assert_null(path.s);
}

static void wherever_it_lies(void **state)
{
	struct opened o;

	(void)state;
	open_here(&o);
	expect(&o, 0, "top", NULL, "data/c/top.yaml");
	expect(&o, 0, "short", NULL, "data/c/short.yml");
	expect(&o, 0, "alpha", NULL, "data/c/al/alpha.yaml");
	expect(&o, 0, "beta", NULL, "data/c/zz/yy/beta.yaml");
	expect(&o, 1, "gamma", NULL, "data/d/x/gamma.entry");
	opened_close(&o);
}

static void a_hint_is_only_one(void **state)
{
	struct opened o;

	(void)state;
	open_here(&o);
	expect(&o, 0, "beta", "data/c/zz/yy/beta.yaml", "data/c/zz/yy/beta.yaml");
	expect(&o, 0, "beta", "data/c/beta.yaml", "data/c/zz/yy/beta.yaml");
	expect(&o, 0, "beta", "data/c/top.yaml", "data/c/zz/yy/beta.yaml");
	expect(&o, 0, "outside", "data/outside.yaml", NULL);
	opened_close(&o);
}

static void what_is_no_file_of_the_collection(void **state)
{
	static const char *const ids[] = {"nobody",   "",       "gamma",      "_template",
	                                  "gone",     "hidden", "../outside", "..",
	                                  "al/alpha", "al"};
	struct opened o;

	(void)state;
	open_here(&o);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		expect(&o, 0, ids[i], NULL, NULL);
	expect(&o, 1, "top", NULL, NULL);
	opened_close(&o);
}

/* A link to a file inside counts as in dataset_files(); one that leads out does not. */
static void links(void **state)
{
	struct opened o;

	(void)state;
	open_here(&o);
	assert_int_equal(symlink("top.yaml", "data/c/inside.yaml"), 0);
	assert_int_equal(symlink("/etc/hostname", "data/c/away.yaml"), 0);
	assert_int_equal(symlink("nowhere", "data/c/lost.yaml"), 0);
	expect(&o, 0, "inside", NULL, "data/c/inside.yaml");
	expect(&o, 0, "away", NULL, NULL);
	expect(&o, 0, "lost", NULL, NULL);
	opened_close(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(wherever_it_lies),
	        cmocka_unit_test(a_hint_is_only_one),
	        cmocka_unit_test(what_is_no_file_of_the_collection),
	        cmocka_unit_test(links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
