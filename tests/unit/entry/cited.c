/* A source read as a cited work. */
#include "entry/cited.h"

#include "../doc/reading.h"
#include "../roles.h"

static struct cited_work cite(struct reading *r, const char *yaml)
{
	struct cited_work out;
	struct roles roles;

	reading_open(r, "a.yaml", str_of(yaml), NULL);
	roles = plain_roles(&r->run);
	cited_read(&out, &roles, root_of(r), &r->run);
	return out;
}

static void all_that_a_source_says(void **state)
{
	struct reading r;
	struct cited_work w = cite(
	        &r,
	        "{key: a, type: book, title: T, venue: V, year: 2020, url: https://x.org,\n"
	        " doi: https://doi.org/10.1000/ABC, more: true,\n"
	        " authors: [{family: F, given: G.}, {literal: L}, plain, 5]}");

	(void)state;
	assert_str(w.key, "a");
	assert_str(w.type, "book");
	assert_str(w.title, "T");
	assert_str(w.venue, "V");
	assert_str(w.year, "2020");
	assert_str(w.url, "https://x.org");
	assert_str(w.doi, "10.1000/abc");
	assert_true(w.authors_more);
	assert_int_equal(w.authors_n, 4);
	assert_str(w.authors[0].family, "F");
	assert_str(w.authors[0].given, "G.");
	assert_str(w.authors[1].literal, "L");
	assert_str(w.authors[2].literal, "plain");
	assert_null(w.authors[3].literal.s);
	reading_release(&r);
}

static void what_is_missing_is_absent(void **state)
{
	struct reading r;
	struct cited_work w = cite(&r, "{doi: none, year: [2], title: {en: T}}");

	(void)state;
	assert_null(w.key.s);
	assert_null(w.doi.s);
	assert_null(w.year.s);
	assert_null(w.title.s);
	assert_int_equal(w.authors_n, 0);
	reading_release(&r);
}

static void plain_text_is_a_title(void **state)
{
	struct reading r;
	struct cited_work w = cite(&r, "F. G., T. 2020.");

	(void)state;
	assert_str(w.title, "F. G., T. 2020.");
	assert_null(w.year.s);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(all_that_a_source_says),
	        cmocka_unit_test(what_is_missing_is_absent),
	        cmocka_unit_test(plain_text_is_a_title),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
