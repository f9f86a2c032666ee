/* Finding and reading stemma.yaml. */
#include "open.h"

static void check_found(const char *from, const char *dir, const char *want)
{
	struct arena a = {0};
	struct str found;
	char *back = getcwd(NULL, 0);

	assert_int_equal(chdir(from), 0);
	assert_int_equal(dataset_find(&found, &tree_disk, str_of(dir), &a), want != NULL);
	if (want)
		assert_str(found, want);
	assert_int_equal(chdir(back), 0);
	free(back);
	arena_release(&a);
}

static void found_here_or_upwards(void **state)
{
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_write("a/stemma.yaml", "");
	sandbox_write("a/dataset/stemma.yaml", "");
	sandbox_write("a/b/c/x", "");
	sandbox_write("d/dataset/stemma.yaml", "");
	sandbox_write("d/e/x", "");
	check_found("a", NULL, "stemma.yaml"); /* not the one in dataset/ */
	check_found("a/b", NULL, "../stemma.yaml");
	check_found("a/b/c", "", "../../stemma.yaml");
	check_found("a/dataset", NULL, "stemma.yaml");
	check_found("d", NULL, "dataset/stemma.yaml");
	check_found("d/e", NULL, "../dataset/stemma.yaml");
	check_found("d/dataset", NULL, "stemma.yaml");
	check_found(".", NULL, NULL);
	sandbox_close(&box);
}

static void found_only_in_the_folder_given(void **state)
{
	struct sandbox box;

	(void)state;
	sandbox_open(&box);
	sandbox_write("stemma.yaml", "");
	sandbox_write("a/dataset/stemma.yaml", "");
	sandbox_write("b/x", "");
	check_found(".", "a", "a/dataset/stemma.yaml");
	check_found(".", "a/", "a/dataset/stemma.yaml");
	check_found(".", "a/dataset", "a/dataset/stemma.yaml");
	check_found("b", "..", "../stemma.yaml");
	check_found(".", "b", NULL);
	check_found(".", "missing", NULL);
	sandbox_close(&box);
}

static void configuration_is_read(void **state)
{
	struct opened o;
	const struct collection *c;

	(void)state;
	opened_start(&o);
	sandbox_write("v.yaml", "id: v\ntitle: {en: V}\nterms: {x: {label: {en: X}}}\n");
	opened_open(&o, "languages: {default: vi, others: [en]}\n"
	                "vocabularies: {v: ./v.yaml}\n"
	                "rules: {entry.doi-form: error, entry.id-filename: off}\n"
	                "collections:\n"
	                "  methods:\n"
	                "    folder: ./methods\n"
	                "    exclude: [_*]\n"
	                "    format: json\n"
	                "    merge_keys: true\n"
	                "    roles: {id: /id, source: {key: /k}, dois: [/doi]}\n"
	                "    terms: {/field: v}\n");
	assert_str(o.dataset->dir, ".");
	assert_str(o.dataset->default_language, "vi");
	assert_int_equal(o.dataset->languages_n, 2);
	assert_false(dataset_vocabulary(o.dataset, STR("v"))->usable); /* not yet */
	dataset_load_vocabularies(o.dataset);
	assert_true(dataset_vocabulary(o.dataset, STR("v"))->usable);
	sandbox_write("v.yaml", "");
	dataset_load_vocabularies(o.dataset); /* once */
	assert_true(dataset_vocabulary(o.dataset, STR("v"))->usable);
	assert_null(dataset_vocabulary(o.dataset, STR("w")));
	c = &o.dataset->collections[0];
	assert_str(c->name, "methods");
	assert_str(c->folder, "methods");
	assert_int_equal(c->files_n, 2); /* *.yaml and *.yml when nothing is said */
	assert_str(c->exclude[0], "_*");
	assert_int_equal(c->read.format, DOC_JSON);
	assert_true(c->read.merge_keys);
	assert_str(c->roles.id->text, "/id");
	assert_str(c->roles.source_key->text, "/k");
	assert_null(c->roles.name);
	assert_int_equal(c->roles.dois_n, 1);
	assert_ptr_equal(c->terms[0].vocabulary, &o.dataset->vocabularies[0]);
	assert_false(c->id_is_stem);
	opened_close(&o);
}

static void entries_with_a_history_have_versions(void **state)
{
	static const struct {
		const char *config;
		bool versioned;
	} rows[] = {
	        {"roles: {history: /history}", true},
	        {"roles: {history: /log}, format: yaml", true},
	        {"roles: {history: /history}, format: json", false},
	        {"roles: {history: /history}, format: markdown", false},
	        {"roles: {history: /a/history}", false},
	        {"roles: {history: /*}", false},
	        {"roles: {history: \"\"}", false},
	        {"roles: {id: /id}", false},
	        {"merge_keys: true", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct opened o;

		opened_start(&o);
		opened_open(&o, arena_fmt(&o.arena, "collections: {c: {folder: c, %s}}",
		                          rows[i].config)
		                        .s);
		assert_int_equal(o.dataset->collections[0].versioned, rows[i].versioned);
		opened_close(&o);
	}
}

static void severity_is_that_of_the_configuration(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	opened_open(&o,
	            "collections: {c: {folder: c}}\nrules: {entry.doi-form: error}\n");
	assert_int_equal(dataset_severity(o.dataset, &rule_entry_doi_form),
	                 SEVERITY_ERROR);
	assert_int_equal(dataset_severity(o.dataset, &rule_entry_doi_suspicious),
	                 SEVERITY_WARNING);
	assert_int_equal(dataset_severity(NULL, &rule_entry_doi_form), SEVERITY_WARNING);
	opened_close(&o);
}

/* Each configuration: what the findings and the error name. */
static void broken_configurations(void **state)
{
	static const struct {
		const char *yaml, *finding, *error;
	} rows[] = {
	        {"", "syntax.empty", "stemma.yaml cannot be used"},
	        {"5", "schema.type", "stemma.yaml cannot be used"},
	        {"title: x", "\"collections\"", "stemma.yaml cannot be used"},
	        {"colections: {c: {folder: c}}", "did you mean \"collections\"",
	         "stemma.yaml cannot be used"},
	        {"collections: {c: {folder: c, schemas: x}}", "did you mean \"schema\"",
	         "stemma.yaml cannot be used"},
	        {"collections: {c: {folder: c, format: toml}}", "schema.enum",
	         "stemma.yaml cannot be used"},
	        {"collections: {}", "schema.minProperties", "stemma.yaml cannot be used"},
	        {"collections: [", "syntax.", "stemma.yaml cannot be used"},
	        {"collections: {c: {folder: c}}\n---\na: b", "syntax.documents",
	         "stemma.yaml cannot be used"},
	        {"collections: {c: {folder: c, roles: {id: id}}}", "schema.pattern",
	         "stemma.yaml cannot be used"},
	        {"collections:\n  c: {folder: c, terms: {/f: w}}", "",
	         "stemma.yaml:2:30: w: no vocabulary of this name is listed under "
	         "`vocabularies`"},
	        {"collections: {c: {folder: ../c}}", "",
	         "stemma.yaml:1:27: ../c: must lie below the folder of stemma.yaml"},
	        {"collections: {c: {folder: /etc}}", "", "must lie below"},
	        {"collections: {c: {folder: a/../../c}}", "", "must lie below"},
	        {"collections: {c: {folder: c}}\nlabels: /l", "", "must lie below"},
	        {"collections: {c: {folder: c}}\nvocabularies: {v: ../v.yaml}", "",
	         "must lie below"},
	        {"collections: {c: {folder: c, roles: {id:"
	         " /1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17}}}",
	         "", "has more than 16 steps"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct opened o;
		struct str findings;

		opened_start(&o);
		assert_false(opened_try(&o, rows[i].yaml));
		o.dataset = NULL;
		findings = findings_text(&o.diags, &o.arena);
		assert_int_equal(o.err.code, ERR_CONFIG);
		if (!strstr(findings.s, rows[i].finding) ||
		    !strstr(o.err.text, rows[i].error))
			fail_msg("%s\ngave %s%s", rows[i].yaml, findings.s, o.err.text);
		assert_int_equal(findings.n > 0, rows[i].finding[0] != '\0');
		opened_close(&o);
	}
}

static void unreadable_configuration(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	assert_false(dataset_open(&o.dataset, &tree_disk, STR("missing.yaml"), &o.arena,
	                          &o.diags, &o.err));
	o.dataset = NULL;
	assert_int_equal(o.err.code, ERR_IO);
	assert_str(
	        findings_text(&o.diags, &o.arena),
	        "missing.yaml:0:0: io.unreadable error : cannot be read: No such file or "
	        "directory\n");
	opened_close(&o);
}

static void broken_vocabulary_is_no_reason_to_stop(void **state)
{
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("v.yaml", "id: v\nterms: {x: 5}\n");
	opened_open(&o, "collections: {c: {folder: c, terms: {/f: v}}}\n"
	                "vocabularies: {v: v.yaml, w: missing.yaml}\n");
	assert_false(dataset_vocabulary(o.dataset, STR("v"))->usable);
	assert_false(dataset_vocabulary(o.dataset, STR("w"))->usable);
	assert_int_equal(o.diags.n, 0); /* they are told when the files are checked */
	opened_close(&o);
}

static void schemas_are_loaded_apart(void **state)
{
	static const struct {
		const char *schema;
		enum err_code code;
	} rows[] = {{"{\"type\": \"object\"}", ERR_NONE},
	            {"{\"type\": 5}", ERR_SCHEMA},
	            {"{", ERR_SCHEMA},
	            {NULL, ERR_IO}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct opened o;

		opened_start(&o);
		if (rows[i].schema)
			sandbox_write("s.json", rows[i].schema);
		opened_open(&o, "collections: {c: {folder: c, schema: s.json}}\n");
		assert_int_equal(dataset_load_schemas(o.dataset, NULL, NULL, &o.err),
		                 rows[i].code == ERR_NONE);
		assert_int_equal(o.err.code, rows[i].code);
		opened_close(&o);
	}
}

static void own_schema_is_json(void **state)
{
	(void)state;
	assert_true(str_starts(dataset_config_schema(), STR("{")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(found_here_or_upwards),
	        cmocka_unit_test(found_only_in_the_folder_given),
	        cmocka_unit_test(configuration_is_read),
	        cmocka_unit_test(entries_with_a_history_have_versions),
	        cmocka_unit_test(severity_is_that_of_the_configuration),
	        cmocka_unit_test(broken_configurations),
	        cmocka_unit_test(unreadable_configuration),
	        cmocka_unit_test(broken_vocabulary_is_no_reason_to_stop),
	        cmocka_unit_test(schemas_are_loaded_apart),
	        cmocka_unit_test(own_schema_is_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
