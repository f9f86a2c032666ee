/* Entries by their id. */
#include "open.h"

#define CONFIG \
	"collections:\n" \
	"  a: {folder: a, roles: {id: /id}}\n" \
	"  b: {folder: b, roles: {id: /id}}\n"

static void open_library(struct opened *o, struct library *l, const char *config)
{
	sandbox_write("a/lasso.yaml", "id: lasso\n");
	sandbox_write("a/sub/ridge.yaml", "id: ridge\n");
	sandbox_write("b/lasso.yaml", "id: lasso\nin: b\n");
	sandbox_write("b/many.yaml", "id: one\n---\nid: two\n");
	sandbox_write("b/nameless.yaml", "x: y\n");
	sandbox_write("b/other-name.yaml", "id: hidden\n");
	sandbox_write("b/broken.yaml", "id: [\n");
	opened_open(o, config);
	assert_true(library_open(l, o->dataset, &o->arena, &o->diags, &o->err));
}

static void entry_by_id(void **state)
{
	static const struct {
		const char *name, *file; /* NULL: there is none */
		int document;
		const char *near;
	} rows[] = {
	        {"lasso", "a/lasso.yaml", 1, ""}, /* the first collection that has it */
	        {"a/lasso", "a/lasso.yaml", 1, ""},
	        {"b/lasso", "b/lasso.yaml", 1, ""},
	        {"ridge", "a/sub/ridge.yaml", 1, ""},
	        {"b/ridge", NULL, 0, "ridge"},
	        {"two", "b/many.yaml", 2, ""},
	        {"nameless", "b/nameless.yaml", 1, ""},
	        {"hidden", "b/other-name.yaml", 1, ""},
	        {"other-name", "b/other-name.yaml", 1, ""},
	        {"laso", NULL, 0, "lasso"},
	        {"completely-different", NULL, 0, ""},
	        {"", NULL, 0, ""},
	        {"c/lasso", NULL, 0, "lasso"},
	        {"a/", NULL, 0, ""},
	        {"../a/lasso", NULL, 0, "lasso"},
	};
	struct library l;
	struct opened o;

	(void)state;
	opened_start(&o);
	open_library(&o, &l, CONFIG);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct entry e;
		struct str near;
		bool found = library_entry(&e, &l, str_of(rows[i].name), &near, &o.diags);

		assert_int_equal(found, rows[i].file != NULL);
		assert_str(near, rows[i].near);
		if (!found)
			continue;
		assert_str(e.file->path, rows[i].file);
		assert_int_equal(e.doc->number, rows[i].document);
	}
	assert_int_equal(o.diags.n, 0);
	library_release(&l);
	opened_close(&o);
}

static void broken_entry_is_told(void **state)
{
	struct library l;
	struct opened o;
	struct entry e;
	struct str near;

	(void)state;
	opened_start(&o);
	open_library(&o, &l, CONFIG);
	assert_false(library_entry(&e, &l, STR("broken"), &near, &o.diags));
	assert_true(o.diags.n > 0);
	assert_str(o.diags.items[0].file, "b/broken.yaml");
	library_release(&l);
	opened_close(&o);
}

static void names_of_files_need_not_be_ids(void **state)
{
	struct library l;
	struct opened o;
	struct entry e;
	struct str near;

	(void)state;
	opened_start(&o);
	open_library(&o, &l, CONFIG "rules: {entry.id-filename: off}\n");
	assert_true(library_entry(&e, &l, STR("hidden"), &near, &o.diags));
	assert_str(e.file->path, "b/other-name.yaml");
	assert_false(library_entry(&e, &l, STR("other-name"), &near, &o.diags));
	assert_str(near, "hidden"); /* what to give instead, not the name once more */
	assert_false(library_entry(&e, &l, STR("hiden"), &near, &o.diags));
	assert_str(near, "hidden");
	assert_true(library_entry(&e, &l, STR("nameless"), &near, &o.diags));
	library_release(&l);
	opened_close(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(entry_by_id),
	        cmocka_unit_test(broken_entry_is_told),
	        cmocka_unit_test(names_of_files_need_not_be_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
