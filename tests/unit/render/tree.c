/* What is shown of a dataset that does not lie on the disk. */
#include "render/compare.h"
#include "render/findings.h"

#include "../dataset/open.h"
#include "../memory.h"

static const struct memory_file files[] = {
        {"stemma.yaml",
         "languages: {default: en, others: [vi]}\nlabels: l\n"
         "vocabularies: {v: v.yaml}\n"
         "collections: {c: {folder: c, terms: {/field: v}, roles: {name: /name,\n"
         "  id: /id, related: \"/related/*\"}}}\n"
         "compare: {rows: [{key: f, value: /field, as: term},\n"
         "  {key: r, value: \"/related/*\", as: ids}]}\n"},
        {"v.yaml", "id: v\ntitle: {en: V}\nterms: {x: {label: {en: X, vi: Xa}}}\n"},
        {"l/vi.yaml", "language: vi\nlabels: {row.f: Ngành}\n"},
        {"c/a.yaml", "id: a\nname: {en: A, vi: Anh}\nfield: x\nrelated: [b]\n"},
        {"c/b.yaml", "id: b\nname: {en: B}\nfield: y\nrelated: [a, none]\n"},
};

static void compare_in(struct buf *out, const struct tree *t)
{
	const struct compare_options opt = {.lang = STR("vi"),
	                                    .accessed = STR("2026-06-20")};
	struct compare_style style = {.width = 80};
	struct entry entries[2];
	struct comparison c;
	struct library l;
	struct opened o;
	struct str near;

	opened_start(&o);
	if (t->on_disk)
		memory_write(files, ARRAY_LEN(files));
	assert_true(dataset_open(&o.dataset, t, STR("stemma.yaml"), &o.arena, &o.diags,
	                         &o.err));
	assert_true(library_open(&l, o.dataset, &o.arena, &o.diags, &o.err));
	assert_true(library_entry(&entries[0], &l, STR("a"), &near, &o.diags));
	assert_true(library_entry(&entries[1], &l, STR("b"), &near, &o.diags));
	if (!compare(&c, &l, entries, 2, &opt, &o.arena, &o.err))
		fail_msg("%s", o.err.text);
	compare_render(out, &c, COMPARE_JSON, &style);
	library_release(&l);
	opened_close(&o);
}

static void comparison_is_the_same_as_on_the_disk(void **state)
{
	struct buf disk = BUF_INIT(1 << 20), memory = BUF_INIT(1 << 20);
	struct memory m = memory_of(files, ARRAY_LEN(files));

	(void)state;
	compare_in(&disk, &tree_disk);
	compare_in(&memory, &m.tree);
	assert_string_equal(buf_z(&memory), buf_z(&disk));
	assert_non_null(strstr(buf_z(&memory), "Xa"));
	assert_non_null(strstr(buf_z(&memory), "Ngành"));
	buf_release(&disk);
	buf_release(&memory);
}

static void lines_are_those_of_what_was_checked(void **state)
{
	struct memory m = memory_of(files, ARRAY_LEN(files));
	struct findings_lines l = {.tree = &m.tree};
	struct sandbox box;
	struct str out;

	(void)state;
	sandbox_open(&box);
	sandbox_write("c/a.yaml", "something: else\n");
	assert_true(findings_lines_get(&l, STR("c/a.yaml"), 1, &out));
	assert_str(out, "id: a");
	assert_false(findings_lines_get(&l, STR("c/missing.yaml"), 1, &out));
	findings_lines_release(&l);
	l = (struct findings_lines){0};
	assert_true(findings_lines_get(&l, STR("c/a.yaml"), 1, &out));
	assert_str(out, "something: else");
	findings_lines_release(&l);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(comparison_is_the_same_as_on_the_disk),
	        cmocka_unit_test(lines_are_those_of_what_was_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
