/* The rules of a whole dataset, and the order in which findings are told. */
#include "open.h"

#define ROLES "roles: {id: /id, related: \"/related/*\"}"
#define CONFIG "collections:\n  c: {folder: c, " ROLES "}\n"

/* Check the first CHECKED files of the dataset (0: all) with JOBS threads. */
static struct check_result run(struct opened *o, size_t checked, int jobs)
{
	struct check_options opt = {
	        .dataset = o->dataset, .jobs = jobs, .partial = checked > 0};
	struct file_list l = {.arena = &o->arena};
	struct check_result r;

	assert_true(dataset_files(o->dataset, &l, &o->diags, &o->err));
	if (checked)
		l.n = checked;
	if (!dataset_check(&r, &l, &opt, &o->arena, &o->err))
		fail_msg("%s", o->err.text);
	file_list_release(&l);
	return r;
}

static void check(struct opened *o, const char *config, const char *want)
{
	struct check_result r;

	opened_open(o, config);
	r = run(o, 0, 1);
	assert_str(findings_text(&r.diags, &o->arena), want);
}

static void good_dataset_has_no_findings(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "id: a\nrelated: [b]\n");
	sandbox_write("c/b.yaml", "id: b\nrelated: [a]\n");
	check(&o, CONFIG, "");
	opened_close(&o);
}

static void ids_are_folded(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/Self-Attention.yaml", "id: Self-Attention\n");
	sandbox_write("c/self_attention.yaml", "x: y\nid: self_attention\n");
	sandbox_write("c/sub/selfattention.yaml", "id: selfattention\n");
	sandbox_write("c/other.yaml", "id: other\n");
	check(&o, CONFIG,
	      "c/self_attention.yaml:2:5: dataset.duplicate-id error /id: the id "
	      "\"self_attention\" (case, hyphens and Unicode forms folded) is also "
	      "that of c/Self-Attention.yaml (give one of the two another id)\n"
	      "c/sub/selfattention.yaml:1:5: dataset.duplicate-id error /id: the id "
	      "\"selfattention\" (case, hyphens and Unicode forms folded) is also "
	      "that of c/Self-Attention.yaml (give one of the two another id)\n");
	opened_close(&o);
}

static void ids_of_two_collections_may_be_equal(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "id: a\n");
	sandbox_write("d/a.yaml", "id: a\n");
	check(&o, CONFIG "  d: {folder: d, " ROLES "}\n", "");
	opened_close(&o);
}

static void ids_need_not_be_names_of_files(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/many.yaml", "id: a\n---\nid: b\nrelated: [c, d]\n---\nid: A\n");
	sandbox_write("c/other.yaml", "id: c\nrelated: [a, many, other]\n");
	check(&o, CONFIG "rules: {entry.id-filename: off}\n",
	      "c/many.yaml:4:14: dataset.dangling-related error /related/1: no entry "
	      "of c has the id \"d\"\n"
	      "c/many.yaml:6:5: dataset.duplicate-id error /id: the id \"A\" (case, "
	      "hyphens and Unicode forms folded) is also that of c/many.yaml (give "
	      "one of the two another id)\n"
	      "c/other.yaml:2:14: dataset.dangling-related error /related/1: no entry "
	      "of c has the id \"many\"\n"
	      "c/other.yaml:2:20: dataset.dangling-related error /related/2: no entry "
	      "of c has the id \"other\"\n");
	opened_close(&o);
}

static void each_collection_has_its_own_ids(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/x.yaml", "id: a\nrelated: [b]\n");
	sandbox_write("c/y.yaml", "id: b\nrelated: [a]\n");
	sandbox_write("d/x.yaml", "id: a\n");
	sandbox_write("d/z.yaml", "id: z\nrelated: [a, b]\n");
	check(&o, CONFIG "  d: {folder: d, " ROLES "}\nrules: {entry.id-filename: off}\n",
	      "d/z.yaml:2:14: dataset.dangling-related error /related/1: no entry of "
	      "d has the id \"b\"\n");
	opened_close(&o);
}

static void related_entries_exist(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/lasso.yaml",
	              "id: lasso\nrelated: [ridge, lasso, rigde, 5, \"\"]\n");
	sandbox_write("c/ridge.yaml", "id: ridge\nrelated: lasso\n");
	check(&o, CONFIG,
	      "c/lasso.yaml:2:18: dataset.self-related error /related/1: the entry "
	      "names itself among its related entries (remove it from the list)\n"
	      "c/lasso.yaml:2:25: dataset.dangling-related error /related/2: no entry "
	      "of c has the id \"rigde\" (did you mean \"ridge\"?)\n");
	opened_close(&o);
}

static void terms_are_those_of_the_vocabulary(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("v.yaml", "id: v\ntitle: {en: V}\nterms:\n"
	                        "  deep-learning: {label: {en: D}}\n");
	sandbox_write("c/a.yaml", "id: a\nfield: deep-lerning\n");
	sandbox_write("c/b.yaml", "id: b\nfield: deep-learning\nmore: [x]\n");
	sandbox_write("c/d.yaml", "id: d\nfield: 5\n");
	check(&o,
	      "collections: {c: {folder: c, terms: {/field: v, \"/more/*\": v, /x: w}}}\n"
	      "vocabularies: {v: v.yaml, w: w.yaml}\n"
	      "rules: {io.unreadable: off}\n",
	      "c/a.yaml:2:8: dataset.unknown-term error /field: \"deep-lerning\" is no "
	      "id of "
	      "the vocabulary v (v.yaml) (did you mean \"deep-learning\"?)\n"
	      "c/b.yaml:3:8: dataset.unknown-term error /more/0: \"x\" is no id of the "
	      "vocabulary v (v.yaml) (use one of its ids, or add the term to v.yaml)\n");
	opened_close(&o);
}

static void own_files_are_checked_too(void **state)
{
	struct opened o;
	struct str got;
	struct check_result r;

	(void)state;
	opened_start(&o);
	sandbox_write("v.yaml", "id: v\nterms: {}\n");
	sandbox_write("l/en.yaml", "language: vi\nlabels: {a: b}\nstatus: {}\n");
	sandbox_write("c/x.yaml", "id: x\n");
	opened_open(&o, CONFIG "labels: l\nvocabularies: {v: v.yaml}\n");
	r = run(&o, 0, 1);
	got = findings_text(&r.diags, &o.arena);
	assert_non_null(strstr(got.s, "v.yaml:1:1: schema.required"));
	assert_non_null(strstr(got.s, "v.yaml:2:8: schema.minProperties"));
	assert_non_null(strstr(got.s, "l/en.yaml:1:11: labels.language error /language"));
	assert_int_equal(r.diags.n, 3);
	opened_close(&o);
}

static void configuration_sets_the_severity(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "id: a\nrelated: [a, nobody]\n");
	check(&o,
	      CONFIG
	      "rules: {dataset.self-related: off, dataset.dangling-related: note}\n",
	      "c/a.yaml:2:14: dataset.dangling-related note /related/1: no entry of c "
	      "has the id \"nobody\"\n");
	opened_close(&o);
}

static void context_counts_but_is_not_told_about(void **state)
{
	struct opened o;
	struct check_result r;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "id: a\nrelated: [z]\n");
	sandbox_write("c/y.yaml", "id: y\nrelated: [nobody]\n");
	sandbox_write("c/z.yaml", "id: [\n");
	sandbox_write("c/z_.yaml", "id: wrong\n");
	opened_open(&o, CONFIG);
	r = run(&o, 2, 1); /* stemma.yaml and c/a.yaml */
	assert_int_equal(r.files, 2);
	assert_int_equal(r.diags.n, 0);
	opened_close(&o);
}

static void duplicate_in_the_context_is_told_at_what_is_checked(void **state)
{
	struct opened o;
	struct check_result r;

	(void)state;
	opened_start(&o);
	sandbox_write("c/A.yaml", "id: A\n");
	sandbox_write("c/a.yaml", "id: a\n");
	opened_open(&o, CONFIG);
	r = run(&o, 2, 1);
	assert_int_equal(r.diags.n, 1);
	assert_str(r.diags.items[0].file, "c/A.yaml");
	assert_ptr_equal(r.diags.items[0].rule, &rule_dataset_duplicate_id);
	opened_close(&o);
}

static void unreadable_file_is_io_trouble(void **state)
{
	struct opened o;
	struct check_result r;

	(void)state;
	opened_start(&o);
	assert_int_equal(mkdir("c", 0777), 0);
	assert_int_equal(mkfifo("c/fifo.yaml", 0666), 0);
	assert_int_equal(symlink("missing", "c/lost.yaml"), 0);
	opened_open(&o, CONFIG);
	r = run(&o, 0, 1);
	assert_true(r.io_trouble);
	assert_str(
	        findings_text(&r.diags, &o.arena),
	        "c/fifo.yaml:0:0: io.unreadable error : cannot be read: it is not a "
	        "regular file\n"
	        "c/lost.yaml:0:0: io.unreadable error : cannot be read: it is a symbolic "
	        "link to nothing\n");
	opened_close(&o);
}

static void no_trouble_without_unreadable_files(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "id: [\n");
	opened_open(&o, CONFIG);
	assert_false(run(&o, 0, 1).io_trouble);
	opened_close(&o);
}

static void too_many_findings_are_counted(void **state)
{
	struct buf b = BUF_INIT(1 << 20);
	struct check_result r;
	struct opened o;

	(void)state;
	opened_start(&o);
	buf_addz(&b, "id: b\nrelated: [b");
	for (int i = 0; i < 1200; i++)
		buf_addz(&b, ", b");
	buf_addz(&b, "]\n");
	sandbox_write("c/b.yaml", buf_z(&b));
	opened_open(&o, CONFIG);
	r = run(&o, 0, 1);
	assert_int_equal(r.diags.n, 1001);
	assert_str(r.diags.items[1000].text,
	           "201 more findings in this file are not shown");
	buf_release(&b);
	opened_close(&o);
}

static void generate(int files)
{
	uint64_t seed = 5;
	char path[64], text[500];

	for (int i = 0; i < files; i++) {
		snprintf(path, sizeof(path), "c/%u/%s-%d.yaml", pick(&seed, 20),
		         pick(&seed, 2) ? "e" : "E", i / 2);
		snprintf(text, sizeof(text),
		         "id: %s-%d\nrelated: [e-%u, nobody-%u, e-%d, \"\"]\n"
		         "field: %s\n%s",
		         pick(&seed, 2) ? "e" : "x", i / 2, pick(&seed, 300),
		         pick(&seed, 9), i / 2, pick(&seed, 2) ? "good" : "goud",
		         pick(&seed, 5) ? "" : "more: {a: 1, a: 2}\n");
		sandbox_write(path, text);
	}
}

static struct str findings_of(int jobs)
{
	struct opened o;
	struct check_result r;
	struct str text, copy;

	o = (struct opened){0};
	diag_init(&o.diags, &o.arena);
	assert_true(dataset_open(&o.dataset, &tree_disk, STR("stemma.yaml"), &o.arena,
	                         &o.diags, &o.err));
	assert_true(dataset_load_schemas(o.dataset, NULL, NULL, &o.err));
	r = run(&o, 0, jobs);
	assert_true(r.files > 400);
	text = findings_text(&r.diags, &o.arena);
	copy = (struct str){strdup(text.s), text.n};
	dataset_release(o.dataset);
	arena_release(&o.arena);
	return copy;
}

static void threads_do_not_change_the_order(void **state)
{
	static const int jobs[] = {2, 8};
	struct sandbox box;
	struct str one;

	(void)state;
	sandbox_open(&box);
	generate(500);
	sandbox_write("v.yaml",
	              "id: v\ntitle: {en: V}\nterms: {good: {label: {en: G}}}\n");
	sandbox_write("s.json", "{\"properties\": {\"id\": {\"pattern\": \"^e-[0-9]+$\"},"
	                        " \"related\": {\"items\": {\"minLength\": 1}}}}");
	sandbox_write("stemma.yaml",
	              "vocabularies: {v: v.yaml}\ncollections: {c: {folder: c,"
	              " schema: s.json, terms: {/field: v}, " ROLES "}}\n");
	one = findings_of(1);
	assert_true(one.n > 100000);
	for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
		struct str other = findings_of(jobs[i]);

		assert_true(str_eq(other, one));
		free((char *)(uintptr_t)other.s);
	}
	free((char *)(uintptr_t)one.s);
	sandbox_close(&box);
}

static void one_schema_for_all_and_no_dataset(void **state)
{
	struct check_options opt = {0};
	struct diag_list notes;
	struct check_result r;
	struct file_list l;
	struct opened o;

	(void)state;
	opened_start(&o);
	l = (struct file_list){.arena = &o.arena};
	diag_init(&notes, &o.arena);
	sandbox_write("s.json", "{\"type\": \"object\"}");
	sandbox_write("a.yaml", "[]\n");
	sandbox_write("b.yaml", "{}\n");
	assert_true(
	        schema_load(&opt.schema, STR("s.json"), NULL, &o.arena, &notes, &o.err));
	assert_true(files_add(&l, &tree_disk, STR("a.yaml"), &o.diags, &o.err));
	assert_true(files_add(&l, &tree_disk, STR("b.yaml"), &o.diags, &o.err));
	assert_true(dataset_check(&r, &l, &opt, &o.arena, &o.err));
	assert_int_equal(r.diags.n, 1);
	assert_str(r.diags.items[0].file, "a.yaml");
	schema_release(opt.schema);
	file_list_release(&l);
	opened_close(&o);
}

static void no_files_at_all(void **state)
{
	struct check_options opt = {0};
	struct check_result r;
	struct file_list l;
	struct opened o;

	(void)state;
	opened_start(&o);
	l = (struct file_list){.arena = &o.arena};
	assert_true(dataset_check(&r, &l, &opt, &o.arena, &o.err));
	assert_int_equal(r.files + r.diags.n, 0);
	opened_close(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(good_dataset_has_no_findings),
	        cmocka_unit_test(ids_are_folded),
	        cmocka_unit_test(ids_of_two_collections_may_be_equal),
	        cmocka_unit_test(ids_need_not_be_names_of_files),
	        cmocka_unit_test(each_collection_has_its_own_ids),
	        cmocka_unit_test(related_entries_exist),
	        cmocka_unit_test(terms_are_those_of_the_vocabulary),
	        cmocka_unit_test(own_files_are_checked_too),
	        cmocka_unit_test(configuration_sets_the_severity),
	        cmocka_unit_test(context_counts_but_is_not_told_about),
	        cmocka_unit_test(duplicate_in_the_context_is_told_at_what_is_checked),
	        cmocka_unit_test(unreadable_file_is_io_trouble),
	        cmocka_unit_test(no_trouble_without_unreadable_files),
	        cmocka_unit_test(too_many_findings_are_counted),
	        cmocka_unit_test(threads_do_not_change_the_order),
	        cmocka_unit_test(one_schema_for_all_and_no_dataset),
	        cmocka_unit_test(no_files_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
