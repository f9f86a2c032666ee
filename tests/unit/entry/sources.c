/* Which sources are the same work, and how many works there are. */
#include "entry/entry.h"

#include "../doc/reading.h"
#include "../roles.h"

static void work_is_its_doi_url_or_key(void **state)
{
	static const struct {
		const char *yaml, *want;
	} rows[] = {
	        {"{key: a, doi: 10.1000/ABC, url: \"https://x.org\"}", "doi:10.1000/abc"},
	        {"{doi: \"https://doi.org/10.1000/abc\"}", "doi:10.1000/abc"},
	        {"{doi: nothing, url: \"https://x.org/a\"}", "url:x.org/a"},
	        {"{url: \"http://www.x.org/a/\"}", "url:x.org/a"},
	        {"{url: \"https://x.org/a#part\"}", "url:x.org/a"},
	        {"{url: \"https://x.org/a?utm_source=b&id=1&utm_medium=c&z=2\"}",
	         "url:x.org/a?id=1&z=2"},
	        {"{url: \"https://x.org/a?utm_source=b\"}", "url:x.org/a"},
	        {"{url: \"https://x.org/a/?utm_source=b\"}", "url:x.org/a"},
	        {"{url: \"https://x.org/a?&&\"}", "url:x.org/a"},
	        {"{url: \"https://x.org/A?q=#f\"}", "url:x.org/A?q="},
	        {"{url: \"///\"}", "url:"},
	        {"{key: a, doi: \"\", url: \"\"}", "key:a"},
	        {"{key: a, doi: 5, url: [x]}", "key:a"},
	        {"{title: x}", NULL},
	        {"5", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct reading r;
		struct roles roles;
		struct str got;

		reading_open(&r, "a.yaml", str_of(rows[i].yaml), NULL);
		roles = plain_roles(&r.run);
		got = entry_work_key(&roles, root_of(&r), &r.run);
		assert_int_equal(got.s == NULL, rows[i].want == NULL);
		assert_str(got, rows[i].want ? rows[i].want : "");
		reading_release(&r);
	}
}

static void check_count(const char *yaml, size_t want)
{
	struct reading r;
	struct roles roles;

	reading_open(&r, "a.yaml", str_of(yaml), NULL);
	roles = plain_roles(&r.run);
	if (entry_source_count(&roles, root_of(&r)) != want)
		fail_msg("%zu works, want %zu: %s",
		         entry_source_count(&roles, root_of(&r)), want, yaml);
	reading_release(&r);
}

static void works_are_counted_once(void **state)
{
	(void)state;
	check_count("id: x", 0);
	check_count("sources: []", 0);
	check_count("sources: text", 0);
	check_count("sources: [{key: a}, {key: b}]", 2);
	check_count("sources: [{key: a, doi: 10.1000/x}, {key: b, doi: 10.1000/X}]", 1);
	check_count("sources: [{doi: 10.1000/x}, {doi: \"https://doi.org/10.1000/x\"}]",
	            1);
	check_count("sources: [{url: \"https://www.x.org/a/\"},"
	            " {url: \"http://x.org/a?utm_id=1\"}]",
	            1);
	check_count("sources: [{url: \"https://x.org/a\"}, {url: \"https://x.org/b\"}]",
	            2);
	check_count("sources: [{key: a}, {key: a}]", 1);
	check_count("sources: [{title: x}, {title: x}, 5]",
	            3); /* nothing tells them apart */
}

static void sources_that_do_not_count(void **state)
{
	(void)state;
	check_count("sources: [{key: a, role: background}, {key: b}]", 1);
	check_count("sources: [{key: a, status: retracted}, {key: b}]", 1);
	check_count("sources: [{key: a, role: primary, status: ok}, {key: b, role: 5}]",
	            2);
}

static void same_work_is_counted_with_the_other(void **state)
{
	(void)state;
	check_count("sources: [{key: a, doi: 10.1000/x},"
	            " {key: b, doi: 10.1000/y, same_work: a}]",
	            1);
	check_count("sources: [{key: a, same_work: b}, {key: b, same_work: a}]", 1);
	check_count("sources: [{key: a, same_work: b}, {key: b, same_work: c}, {key: c}]",
	            1);
	check_count("sources: [{key: a, doi: 10.1000/x}, {key: b, doi: 10.1000/x},"
	            " {key: c, doi: 10.1000/y, same_work: b}]",
	            1);
	check_count("sources: [{key: a, same_work: b}, {key: b, role: background}]", 1);
	check_count("sources: [{key: a, same_work: a}]", 1);
	check_count("sources: [{key: a, same_work: nobody}, {key: b}]", 2);
}

static void source_by_its_key(void **state)
{
	struct roles roles, none = {0};
	struct reading r;
	struct map m;

	(void)state;
	reading_open(&r, "a.yaml", STR("sources: [5, {key: a}, {key: b}, {key: b}]"),
	             NULL);
	roles = plain_roles(&r.run);
	map_init(&m, &r.arena);
	entry_sources(&m, &none, root_of(&r));
	assert_int_equal(m.n, 0);
	entry_sources(&m, &roles, root_of(&r));
	assert_int_equal(m.n, 2); /* the one without a key is nobody's */
	assert_ptr_equal(map_get(&m, STR("b")), doc_at(root_of(&r), STR("/sources/2")));
	assert_null(map_get(&m, STR("c")));
	reading_release(&r);
}

static void no_roles_no_works(void **state)
{
	struct roles roles = {0};
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml", STR("sources: [{key: a}, {key: a}]"), NULL);
	assert_int_equal(entry_source_count(&roles, root_of(&r)), 0);
	roles.sources = role(&r.run, "/sources/*");
	assert_int_equal(entry_source_count(&roles, root_of(&r)), 2);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(work_is_its_doi_url_or_key),
	        cmocka_unit_test(works_are_counted_once),
	        cmocka_unit_test(sources_that_do_not_count),
	        cmocka_unit_test(same_work_is_counted_with_the_other),
	        cmocka_unit_test(source_by_its_key),
	        cmocka_unit_test(no_roles_no_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
