/* A dataset that does not lie on the disk: everything is read through its tree. */
#include "open.h"

#include "../memory.h"

#define CONFIG \
	"languages: {default: en, others: [vi]}\n" \
	"vocabularies: {fields: vocab/fields.yaml, lost: vocab/lost.yaml}\n" \
	"labels: labels\n" \
	"collections:\n" \
	"  c:\n" \
	"    folder: c\n" \
	"    schema: ../schema/c.json\n" \
	"    exclude: [\"_*\"]\n" \
	"    roles: {id: /id, related: \"/related/*\"}\n" \
	"    terms: {/field: fields}\n" \
	"  loose: {folder: d/e, files: [\"*.json\"]}\n"

static const struct memory_file files[] = {
        {"dataset/stemma.yaml", CONFIG},
        {"dataset/vocab/fields.yaml",
         "id: fields\ntitle: {en: F}\nterms: {good: {label: {en: Good}}}\n"},
        {"dataset/vocab/lost.yaml", "id: [\n"},
        {"dataset/labels/en.yaml", "language: en\nlabels: {search: Find}\n"},
        {"dataset/labels/vi.yaml", "language: en\nlabels: {}\n"},
        {"dataset/c/a.yaml", "id: a\nrelated: [b, a, nobody, Sub]\nfield: good\n"},
        {"dataset/c/A_.yaml", "x: 1\nid: A_\nfield: goud\n"},
        {"dataset/c/b.yaml", "id: other\nfield: 5\n"},
        {"dataset/c/broken.yaml", "id: {\n"},
        {"dataset/c/sub/sub.yaml", "id: sub\n"},
        {"dataset/c/_template.yaml", "id: 5\n"},
        {"dataset/c/.hidden.yaml", "id: 5\n"},
        {"dataset/c/notes.txt", "id: 5\n"},
        {"dataset/d/e/x.json", "{\"a\": 1, \"a\": 2}"},
        {"schema/c.json",
         "{\"properties\": {\"field\": {\"$ref\": \"parts/text.yaml\"}}}"},
        {"schema/parts/text.yaml", "type: string\n"},
};

static void open_in(struct opened *o, const struct tree *t)
{
	struct str path;

	assert_true(dataset_find(&path, t, STR("dataset"), &o->arena));
	if (!dataset_open(&o->dataset, t, path, &o->arena, &o->diags, &o->err) ||
	    !dataset_load_schemas(o->dataset, NULL, &o->diags, &o->err))
		fail_msg("%s", o->err.text);
}

/* All that is told about NAME, or about the whole dataset; to be freed. */
static char *findings_in(const struct tree *t, const char *name, int jobs)
{
	struct check_options opt = {.jobs = jobs, .partial = name};
	struct file_list l = {0};
	struct check_result r;
	bool known = true;
	struct opened o;
	char *out;

	opened_start(&o);
	if (t->on_disk)
		memory_write(files, ARRAY_LEN(files));
	open_in(&o, t);
	l.arena = &o.arena;
	opt.dataset = o.dataset;
	if (name ? !dataset_add_path(o.dataset, str_of(name), &l, &known, &o.diags,
	                             &o.err)
	         : !dataset_files(o.dataset, &l, &o.diags, &o.err))
		fail_msg("%s", o.err.text);
	assert_true(dataset_check(&r, &l, &opt, &o.arena, &o.err));
	out = strdup(arena_fmt(&o.arena, "%d %zu %d\n" STR_FMT STR_FMT, known, r.files,
	                       r.io_trouble, STR_ARG(findings_text(&o.diags, &o.arena)),
	                       STR_ARG(findings_text(&r.diags, &o.arena)))
	                     .s);
	file_list_release(&l);
	opened_close(&o);
	return out;
}

static void same_findings_as_on_the_disk(void **state)
{
	static const char *const names[] = {
	        NULL,
	        "dataset/c/a.yaml",
	        "./dataset//c/../c/b.yaml",
	        "dataset/c/sub",
	        "dataset/c/sub/",
	        "dataset/c",
	        "dataset",
	        "dataset/d",
	        "dataset/stemma.yaml",
	        "dataset/vocab/lost.yaml",
	        "dataset/labels",
	        "dataset/c/notes.txt",
	        "dataset/c/missing.yaml",
	        "schema/c.json",
	        "schema",
	        ".",
	};
	struct memory m = memory_of(files, ARRAY_LEN(files));

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *disk = findings_in(&tree_disk, names[i], 1);
		char *memory = findings_in(&m.tree, names[i], 1 + (int)i % 3);

		assert_string_equal(memory, disk);
		if (!names[i]) { /* and they are many */
			assert_non_null(strstr(disk, "dataset.duplicate-id"));
			assert_non_null(strstr(disk, "dataset.dangling-related"));
			assert_non_null(strstr(disk, "dataset.unknown-term"));
			assert_non_null(strstr(disk, "labels.language"));
			assert_non_null(strstr(disk, "schema.type"));
		}
		free(disk);
		free(memory);
	}
}

static void entries_and_words_are_read(void **state)
{
	struct memory m = memory_of(files, ARRAY_LEN(files));
	const struct str chain[] = {STR("en")};
	struct labels *labels;
	struct library l;
	struct opened o;
	struct entry e;
	struct str near;

	(void)state;
	opened_start(&o);
	open_in(&o, &m.tree);
	assert_true(library_open(&l, o.dataset, &o.arena, &o.diags, &o.err));
	assert_true(library_entry(&e, &l, STR("c/sub"), &near, &o.diags));
	assert_str(e.file->path, "dataset/c/sub/sub.yaml");
	assert_true(labels_load(&labels, o.dataset, chain, 1, &o.arena, &o.err));
	assert_str(labels_get(labels, STR("search"), NULL), "Find");
	library_release(&l);
	opened_close(&o);
}

static void links_are_told_and_never_followed(void **state)
{
	static const struct memory_file linked[] = {
	        {"stemma.yaml", "labels: l\nvocabularies: {v: v.yaml}\n"
	                        "collections: {c: {folder: c}, d: {folder: d}}\n"},
	        {"c/a.yaml", "a: 1\n"},
	        {"c/l.yaml", NULL},
	        {"c/l.txt", NULL},
	        {"d", NULL},
	        {"l/en.yaml", NULL},
	        {"v.yaml", NULL},
	};
	static const char text[] =
	        ":0:0: dataset.link-outside error : a symbolic link is not followed in a "
	        "commit (put the file itself here)\n";
	struct memory m = memory_of(linked, ARRAY_LEN(linked));
	const struct str chain[] = {STR("en")};
	struct file_list l = {0};
	struct check_options opt = {0};
	struct check_result r;
	struct labels *labels;
	struct opened o;
	bool known;

	(void)state;
	opened_start(&o);
	assert_true(dataset_open(&o.dataset, &m.tree, STR("stemma.yaml"), &o.arena,
	                         &o.diags, &o.err));
	l.arena = &o.arena;
	opt.dataset = o.dataset;
	assert_true(dataset_files(o.dataset, &l, &o.diags, &o.err));
	assert_true(dataset_check(&r, &l, &opt, &o.arena, &o.err));
	assert_str(findings_text(&o.diags, &o.arena),
	           arena_fmt(&o.arena, "c/l.yaml%sd%s", text, text).s);
	assert_str(findings_text(&r.diags, &o.arena),
	           arena_fmt(&o.arena, "v.yaml%sl/en.yaml%s", text, text).s);
	assert_false(labels_load(&labels, o.dataset, chain, 1, &o.arena, &o.err));
	diag_init(&o.diags, &o.arena);
	l.n = 0;
	assert_true(dataset_add_path(o.dataset, STR("c/l.yaml"), &l, &known, &o.diags,
	                             &o.err));
	assert_int_equal(l.n, 0);
	assert_int_equal(o.diags.n, 1);
	file_list_release(&l);
	opened_close(&o);
}

static void configuration_may_be_a_link(void **state)
{
	static const struct memory_file linked[] = {{"dataset/stemma.yaml", NULL}};
	struct memory m = memory_of(linked, 1);
	struct opened o;
	struct str path;

	(void)state;
	opened_start(&o);
	assert_true(dataset_find(&path, &m.tree, STR_NONE, &o.arena));
	assert_str(path, "dataset/stemma.yaml");
	assert_false(dataset_open(&o.dataset, &m.tree, path, &o.arena, &o.diags, &o.err));
	assert_int_equal(o.err.code, ERR_CONFIG);
	assert_ptr_equal(o.diags.items[0].rule, &rule_dataset_link);
	assert_false(dataset_find(&path, &m.tree, STR("other"), &o.arena));
	opened_close(&o);
}

/* A schema outside of the repository, by every way there is. */
static void schemas_stay_in_the_tree(void **state)
{
	static const char *const rows[] = {
	        "{\"$ref\": \"file:///etc/passwd\"}",
	        "{\"$ref\": \"../../../../etc/passwd\"}",
	        "{\"$ref\": \"link.json\"}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct memory_file few[] = {
		        {"stemma.yaml",
		         "collections: {c: {folder: c, schema: s/s.json}}"},
		        {"s/s.json", rows[i]},
		        {"s/link.json", NULL},
		};
		struct memory m = memory_of(few, ARRAY_LEN(few));
		struct opened o;

		opened_start(&o);
		assert_true(dataset_open(&o.dataset, &m.tree, STR("stemma.yaml"),
		                         &o.arena, &o.diags, &o.err));
		assert_false(dataset_load_schemas(o.dataset, NULL, NULL, &o.err));
		assert_int_equal(o.err.code, ERR_SCHEMA);
		assert_non_null(strstr(o.err.text, "which cannot be read: "));
		opened_close(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(same_findings_as_on_the_disk),
	        cmocka_unit_test(entries_and_words_are_read),
	        cmocka_unit_test(links_are_told_and_never_followed),
	        cmocka_unit_test(configuration_may_be_a_link),
	        cmocka_unit_test(schemas_stay_in_the_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
