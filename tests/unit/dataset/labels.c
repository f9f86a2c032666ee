/* The words of pages: the dataset's own by language, the built-in ones last. */
#include "open.h"

#define CONFIG "collections: {c: {folder: c}}\nlabels: labels\n"

static const struct str vi_en[] = {STR("vi"), STR("en")};

static struct labels *load(struct opened *o)
{
	struct labels *l = NULL;

	if (!labels_load(&l, o->dataset, vi_en, ARRAY_LEN(vi_en), &o->arena, &o->err))
		fail_msg("%s", o->err.text);
	return l;
}

static void check(const struct labels *l, const char *key, size_t n, const char *text,
                  const char *lang)
{
	struct str got_lang;

	assert_str(labels_plural(l, str_of(key), n, &got_lang), text);
	assert_str(got_lang, lang);
	assert_str(labels_plural(l, str_of(key), n, NULL), text);
}

static void first_language_that_has_the_key(void **state)
{
	struct labels *l;
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("labels/vi.yaml", "language: vi\nstatus: {}\nlabels:\n"
	                                "  a: V\n  row.dataset: VD\n");
	sandbox_write("labels/en.yaml",
	              "language: en\nstatus: {}\nlabels:\n"
	              "  a: E\n  b: E2\n"
	              "  n: {one: \"{n} thing\", other: \"{n} things\"}\n");
	opened_open(&o, CONFIG);
	l = load(&o);
	check(l, "a", 0, "V", "vi");
	check(l, "b", 0, "E2", "en");
	check(l, "row.dataset", 0, "VD", "vi");
	check(l, "value.missing", 0, "not recorded", "en"); /* built in */
	check(l, "nobody.has.this", 0, "nobody.has.this", "");
	check(l, "", 0, "", "");
	check(l, "n", 1, "{n} thing", "en"); /* by the rules of the language found */
	check(l, "n", 2, "{n} things", "en");
	check(l, "a", 7, "V", "vi");
	opened_close(&o);
}

static void missing_plural_form_is_other(void **state)
{
	struct labels *l;
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("labels/vi.yaml",
	              "language: vi\nstatus: {}\nlabels: {n: {one: x, other: y}}\n");
	sandbox_write("labels/en.yaml",
	              "language: en\nstatus: {}\nlabels: {m: {few: x, other: y}}\n");
	opened_open(&o, CONFIG);
	l = load(&o);
	check(l, "n", 1, "y", "vi"); /* Vietnamese has no "one" */
	check(l, "m", 1, "y", "en");
	assert_str(labels_get(l, STR("n"), NULL), "y");
	opened_close(&o);
}

static void dataset_without_labels_has_the_built_in_ones(void **state)
{
	struct labels *l;
	struct opened o;

	(void)state;
	opened_start(&o);
	opened_open(&o, "collections: {c: {folder: c}}\n");
	l = load(&o);
	check(l, "dataset.sources", 1, "{n} source", "en");
	check(l, "dataset.sources", 0, "{n} sources", "en");
	opened_close(&o);
}

static void file_with_findings_cannot_be_used(void **state)
{
	static const char *const bad[] = {"language: vi\nlabels: {a: 5}\nstatus: {}\n",
	                                  "language: [\n", "", "a: b\n--- \nc: d\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct labels *l;
		struct opened o;

		opened_start(&o);
		sandbox_write("labels/vi.yaml", bad[i]);
		opened_open(&o, CONFIG);
		assert_false(labels_load(&l, o.dataset, vi_en, 2, &o.arena, &o.err));
		assert_int_equal(o.err.code, ERR_CONFIG);
		assert_string_equal(o.err.text,
		                    "labels/vi.yaml cannot be used; `stemma validate "
		                    "labels/vi.yaml` tells why");
		opened_close(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(first_language_that_has_the_key),
	        cmocka_unit_test(missing_plural_form_is_other),
	        cmocka_unit_test(dataset_without_labels_has_the_built_in_ones),
	        cmocka_unit_test(file_with_findings_cannot_be_used),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
