/* Plural categories of whole numbers: samples of Unicode CLDR 48, plurals.xml. */
#include "dataset/dataset.h"

#include "../check.h"

#include <stdlib.h>

static const struct {
	const char *tag;
	const char *samples; /* category: its numbers; category: ... */
} rows[] = {
        {"am", "one: 0 1; other: 2 10"},
        {"ar", "zero: 0; one: 1; two: 2; few: 3 10 103 110; many: 11 26 99 111 199;"
               " other: 100 102 200 202"},
        {"be", "one: 1 21 101; few: 2 4 22; many: 0 5 11 12 19 111 112"},
        {"br", "one: 1 21 81 101; two: 2 22 102; few: 3 4 9 29 109; many: 1000000;"
               " other: 0 5 8 10 11 12 19 71 72 91 100"},
        {"cs", "one: 1; few: 2 3 4; other: 0 5 22 104"},
        {"cy", "zero: 0; one: 1; two: 2; few: 3; many: 6; other: 4 5 7 100"},
        {"da", "one: 1; other: 0 2 21"},
        {"de", "one: 1; other: 0 2 101"},
        {"en", "one: 1; other: 0 2 11 21"},
        {"es", "one: 1; many: 1000000 2000000; other: 0 2 1000001"},
        {"fil", "one: 0 1 2 3 5 7 8 10 11 12 13 15; other: 4 6 9 14 16 19"},
        {"fr", "one: 0 1; many: 1000000 7000000; other: 2 1000001"},
        {"ga", "one: 1; two: 2; few: 3 6; many: 7 10; other: 0 11 24"},
        {"gd", "one: 1 11; two: 2 12; few: 3 10 13 19; other: 0 20 101"},
        {"gv", "one: 1 11 71; two: 2 12 62; few: 0 20 40 100; other: 3 10 13 23"},
        {"he", "one: 1; two: 2; other: 0 3 20 100"},
        {"hi", "one: 0 1; other: 2"},
        {"hr", "one: 1 21; few: 2 24; other: 0 5 11 12 111"},
        {"hsb", "one: 1 101; two: 2 102; few: 3 104; other: 0 5 11"},
        {"is", "one: 1 21 101; other: 0 2 11 111"},
        {"ja", "other: 0 1 2 1000000"},
        {"kw", "zero: 0; one: 1; two: 2 22 1000 20000 40000 100000; few: 3 23 143;"
               " many: 21 41 101 1001; other: 4 19 10004 300000"},
        {"lag", "zero: 0; one: 1; other: 2"},
        {"lt", "one: 1 21 101; few: 2 9 22 102; other: 0 10 11 19 20 111"},
        {"lv", "zero: 0 10 11 19 20 111; one: 1 21 101; other: 2 9 22"},
        {"mk", "one: 1 21 101; other: 0 2 11 111"},
        {"mt", "one: 1; two: 2; few: 0 3 10 103; many: 11 19 111; other: 20 101 102"},
        {"pl", "one: 1; few: 2 4 22 104; many: 0 5 11 12 14 21 101 112"},
        {"pt", "one: 0 1; many: 1000000; other: 2"},
        {"pt-PT", "one: 1; many: 1000000; other: 0 2"},
        {"pt-BR", "one: 0 1; other: 2"},
        {"ro", "one: 1; few: 0 2 19 101 119; other: 20 100 120"},
        {"ru", "one: 1 21 101; few: 2 4 22 104; many: 0 5 11 12 14 19 111 114"},
        {"shi", "one: 0 1; few: 2 10; other: 11 100"},
        {"si", "one: 0 1; other: 2"},
        {"sl", "one: 1 101; two: 2 102; few: 3 4 103; other: 0 5 11 100"},
        {"sr-Latn-RS", "one: 1 21; few: 2 22; other: 0 11"},
        {"tr", "one: 1; other: 0 2"},
        {"tzm", "one: 0 1 11 99; other: 2 10 100"},
        {"vi", "other: 0 1 2"},
        {"zh-Hant-MO", "other: 1 2"},
};

static void check_numbers(const char *tag, struct str numbers, struct str category)
{
	struct str number;

	while (str_split(&numbers, ' ', &number)) {
		const char *got;
		size_t n = 0;

		if (!number.n)
			continue;
		for (size_t i = 0; i < number.n; i++)
			n = n * 10 + (size_t)(number.s[i] - '0');
		got = plural_rule_of(str_of(tag))(n);
		if (!str_eqz(category, got))
			fail_msg("%s, %zu: got %s, want " STR_FMT, tag, n, got,
			         STR_ARG(category));
	}
}

static void samples_have_their_category(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str rest = str_of(rows[i].samples), part;

		while (str_split(&rest, ';', &part)) {
			size_t colon = str_find(part, ':');

			check_numbers(rows[i].tag, str_sub(part, colon + 1, part.n),
			              str_trim(str_sub(part, 0, colon)));
		}
	}
}

static void unknown_languages_are_like_english(void **state)
{
	static const char *const tags[] = {"",  "-",     "xx", "xx-Latn-RU",
	                                   "j", "ja ko", " "};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		plural_rule *category = plural_rule_of(str_of(tags[i]));

		assert_string_equal(category(1), "one");
		assert_string_equal(category(0), "other");
	}
	assert_string_equal(plural_rule_of(STR("ru"))(SIZE_MAX), "many");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(samples_have_their_category),
	        cmocka_unit_test(unknown_languages_are_like_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
