/* The dataset as a publication. */
#include "open.h"

#include "dataset/about.h"

#define COLLECTIONS "collections: {c: {folder: c}}\n"

static void what_is_said(void **state)
{
	struct opened o;
	struct about a;

	(void)state;
	opened_start(&o);
	opened_open(&o,
	            "title: T\nlicense: CC-BY-4.0\n" COLLECTIONS
	            "languages: {default: vi, others: [en]}\n"
	            "about:\n"
	            "  description: {en: In English, vi: Tiếng Việt}\n"
	            "  creators:\n"
	            "    - {family: Doe, given: Jane, orcid: 0000-0002-1825-0097,\n"
	            "       affiliation: A Place, ror: 03yrm5c26}\n"
	            "    - {name: A Body, ror: \"https://ror.org/03yrm5c26\"}\n"
	            "  publisher: P\n  homepage: https://example.org/\n"
	            "  entry_page: \"https://example.org/{lang}/{id}\"\n"
	            "  keywords: [one, two]\n  doi: 10.1234/ABC\n"
	            "  funding: [{funder: F, award: \"7\", url: \"https://f.org/7\"}]\n");
	dataset_about(&a, o.dataset, &o.arena);
	assert_str(a.title, "T");
	assert_str(a.description, "Tiếng Việt");
	assert_str(a.description_lang, "vi");
	assert_int_equal(a.creators_n, 2);
	assert_str(creator_name(&a.creators[0], &o.arena), "Jane Doe");
	assert_str(a.creators[0].ror, "https://ror.org/03yrm5c26");
	assert_str(creator_name(&a.creators[1], &o.arena), "A Body");
	assert_str(a.creators[1].ror, "https://ror.org/03yrm5c26");
	assert_str(a.publisher, "P");
	assert_str(a.homepage, "https://example.org/");
	assert_str(a.entry_page, "https://example.org/{lang}/{id}");
	assert_int_equal(a.keywords_n, 2);
	assert_str(a.doi, "10.1234/abc");
	assert_int_equal(a.funding_n, 1);
	assert_str(a.funding[0].award, "7");
	opened_close(&o);
}

static void nothing_is_guessed(void **state)
{
	struct opened o;
	struct about a;

	(void)state;
	opened_start(&o);
	opened_open(&o, COLLECTIONS);
	dataset_about(&a, o.dataset, &o.arena);
	assert_null(a.title.s);
	assert_null(a.license.s);
	assert_null(a.license_url.s);
	assert_null(a.description.s);
	assert_null(a.doi.s);
	assert_int_equal(a.creators_n + a.keywords_n + a.funding_n, 0);
	opened_close(&o);
}

static void what_may_not_be_said(void **state)
{
	static const char *const bad[] = {
	        "about: {creators: []}",
	        "about: {creators: [{given: Jane}]}",
	        "about: {creators: [{family: A, name: B}]}",
	        "about: {creators: [{name: B, orcid: 0000-0002-1825-0097}]}",
	        "about: {creators: [{family: A, orcid: 1}]}",
	        "about: {homepage: \"javascript:alert(1)\"}",
	        "about: {doi: https://doi.org/10.1234/a}",
	        "about: {authors: []}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		char text[256];
		struct opened o;

		opened_start(&o);
		snprintf(text, sizeof(text), "%s%s\n", COLLECTIONS, bad[i]);
		if (opened_try(&o, text))
			fail_msg("taken: %s", bad[i]);
		opened_close(&o);
	}
}

static void licences_have_addresses(void **state)
{
	static const struct {
		const char *license, *url;
	} cases[] = {
	        {"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"},
	        {"CC-BY-NC-SA-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"},
	        {"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
	        {"CC-BY-3.0-DE", "https://spdx.org/licenses/CC-BY-3.0-DE.html"},
	        {"ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html"},
	        {"https://example.org/l", "https://example.org/l"},
	        {"all rights reserved", NULL},
	        {"", NULL},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(license_url(str_of(cases[i].license), &a),
		           cases[i].url ? cases[i].url : "");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_said),
	        cmocka_unit_test(nothing_is_guessed),
	        cmocka_unit_test(what_may_not_be_said),
	        cmocka_unit_test(licences_have_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
