/* The rules of one entry. */
#include "entry/entry.h"

#include "../doc/reading.h"
#include "../roles.h"

/* One line a finding: rule, line, pointer, suggestion. */
static void check_with(const struct roles *given, const char *stem, const char *yaml,
                       const char *want)
{
	struct buf got = BUF_INIT(100000);
	struct reading r;
	struct roles roles;

	reading_open(&r, "a.yaml", str_of(yaml), NULL);
	roles = given ? *given : plain_roles(&r.run);
	entry_check(&roles, root_of(&r), str_of(stem), &r.arena, &r.diags);
	for (size_t i = 0; i < r.diags.n; i++) {
		const struct diag *d = &r.diags.items[i];

		assert_true(d->text.n > 0);
		buf_addf(&got, "%s:%d:" STR_FMT ":" STR_FMT "\n", d->rule->id,
		         d->span.line, STR_ARG(d->pointer), STR_ARG(d->suggestion));
	}
	assert_str(buf_str(&got), want);
	buf_release(&got);
	reading_release(&r);
}

static void check(const char *stem, const char *yaml, const char *want)
{
	check_with(NULL, stem, yaml, want);
}

static void id_is_the_stem(void **state)
{
	(void)state;
	check("lasso", "id: lasso", "");
	check("lasso", "id: Lasso",
	      "entry.id-filename:1:/id:write \"lasso\", or rename the file\n");
	check("lasso", "name: x",
	      ""); /* missing or of another kind: the schema's business */
	check("lasso", "id: 5", "");
	check(NULL, "id: other", ""); /* the name of the file says nothing */
	check("a\x1B", "id: b",
	      "entry.id-filename:1:/id:write \"a\\u{001b}\", or rename the file\n");
}

static void seminal_is_one_of_the_sources(void **state)
{
	(void)state;
	check("x", "seminal: hu2022\nsources: [{key: hu2022}]", "");
	check("x", "seminal: hu2021\nsources: [{key: lester2021}, {key: hu2022}]",
	      "entry.unknown-source:1:/seminal:did you mean \"hu2022\"?\n");
	check("x", "seminal: other\nsources: [{key: hu2022}]",
	      "entry.unknown-source:1:/seminal:\n");
	check("x", "seminal: hu2022", "entry.unknown-source:1:/seminal:\n");
	check("x", "seminal: \"\"\nsources: []", "");
	check("x", "seminal: [hu2022]\nsources: []", "");
}

/* 20,000 keys that are none, 20,000 that are: not each is held against each. */
static void many_unknown_keys_come_to_an_end(void **state)
{
	struct buf b = BUF_INIT(1 << 24);
	struct reading r;
	struct roles roles;

	(void)state;
	buf_addz(&b, "seminal:\n");
	for (int i = 0; i < 20000; i++)
		buf_addf(&b, "- key%d\n", i);
	buf_addz(&b, "sources:\n");
	for (int i = 0; i < 20000; i++)
		buf_addf(&b, "- {key: kay%d}\n", i);
	reading_open(&r, "a.yaml", buf_str(&b), NULL);
	roles = plain_roles(&r.run);
	roles.seminal = role(&r.run, "/seminal/*");
	entry_check(&roles, root_of(&r), STR("a"), &r.arena, &r.diags);
	assert_int_equal(r.diags.n, 1000);
	assert_int_equal(r.diags.dropped, 19000);
	assert_str(r.diags.items[0].suggestion, "did you mean \"kay0\"?");
	assert_null(r.diags.items[999].suggestion.s);
	reading_release(&r);
	buf_release(&b);
}

static void keys_of_sources_differ(void **state)
{
	(void)state;
	check("x", "sources: [{key: a}, {key: b}]", "");
	check("x", "sources:\n- {key: a}\n- {key: b}\n- {key: a}\n- {key: a}",
	      "entry.duplicate-source-key:4:/sources/2/key:give each source a key of its "
	      "own\n"
	      "entry.duplicate-source-key:5:/sources/3/key:give each source a key of its "
	      "own\n");
	check("x", "sources: [{key: \"\"}, {key: \"\"}, {key: 1}, {key: 1}, 5, null, {}]",
	      "");
	check("x", "sources: text", "");
}

static void dois_are_bare(void **state)
{
	(void)state;
	check("x", "doi: 10.1000/abc\nsources: [{doi: 10.1000/def}]", "");
	check("x", "doi: https://doi.org/10.1000/abc",
	      "entry.doi-form:1:/doi:write \"10.1000/abc\"\n");
	check("x", "sources:\n- {doi: 10.1000/abc}\n- {doi: nothing}",
	      "entry.doi-invalid:3:/sources/1/doi:"
	      "write it as 10.1234/name, or leave the field out\n");
	check("x", "doi: 10/abc",
	      "entry.doi-form:1:/doi:write the DOI that it stands for\n");
	check("x", "doi: 5\nsources: [{doi: [10.1000/abc]}]", "");
}

static void no_roles_no_findings(void **state)
{
	static const struct roles none;

	(void)state;
	check_with(&none, "a", "{id: b, seminal: x, sources: [{key: y}], doi: z}", "");
}

static void id_falls_back_to_the_stem(void **state)
{
	static const struct {
		const char *yaml, *want;
	} rows[] = {
	        {"id: own", "own"}, {"id: \"\"", "stem"}, {"id: 5", "stem"},
	        {"a: b", "stem"},   {"[id]", "stem"},     {"null", "stem"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct roles roles, none = {0};
		struct reading r;

		reading_open(&r, "a.yaml", str_of(rows[i].yaml), NULL);
		roles = plain_roles(&r.run);
		assert_str(entry_id(&roles, root_of(&r), STR("stem")), rows[i].want);
		assert_str(entry_id(&none, root_of(&r), STR("stem")), "stem");
		reading_release(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(id_is_the_stem),
	        cmocka_unit_test(seminal_is_one_of_the_sources),
	        cmocka_unit_test(many_unknown_keys_come_to_an_end),
	        cmocka_unit_test(keys_of_sources_differ),
	        cmocka_unit_test(dois_are_bare),
	        cmocka_unit_test(no_roles_no_findings),
	        cmocka_unit_test(id_falls_back_to_the_stem),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
