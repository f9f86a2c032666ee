/* Language tags, their fallback, and localised text. */
#include "open.h"

#define CONFIG "collections: {c: {folder: c}}\n"

static void check_chain(const char *config, const char *tag, const char *want)
{
	struct str chain[LANGUAGE_CHAIN];
	struct buf got = BUF_INIT(1000);
	struct opened o;
	size_t n;

	opened_start(&o);
	opened_open(&o, config);
	n = language_chain(chain, str_of(tag), o.dataset, &o.arena);
	assert_in_range(n, 1, LANGUAGE_CHAIN);
	for (size_t i = 0; i < n; i++)
		buf_addf(&got, "%s" STR_FMT, i ? " " : "", STR_ARG(chain[i]));
	assert_str(buf_str(&got), want);
	buf_release(&got);
	opened_close(&o);
}

static void chain_ends_with_the_default(void **state)
{
	(void)state;
	check_chain(CONFIG, "en", "en");
	check_chain(CONFIG, "vi", "vi en");
	check_chain(CONFIG, "", "en");
	check_chain(CONFIG "languages: {default: vi}", "en-GB", "en-GB en-001 en vi");
	check_chain(CONFIG "languages: {default: vi}", "vi-VN", "vi-VN vi");
}

static void chain_follows_the_parents_of_cldr(void **state)
{
	(void)state;
	check_chain(CONFIG, "pt-BR", "pt-BR pt en");
	check_chain(CONFIG, "pt-AO", "pt-AO pt-PT pt en");
	check_chain(CONFIG, "en-GB", "en-GB en-001 en");
	check_chain(CONFIG, "es-MX", "es-MX es-419 es en");
	check_chain(CONFIG, "zh-Hant-MO", "zh-Hant-MO zh-Hant-HK zh-Hant en");
	check_chain(CONFIG, "zh-Hans-CN", "zh-Hans-CN zh-Hans zh en");
	check_chain(CONFIG, "sr-Latn", "sr-Latn en");
	check_chain(CONFIG, "nb", "nb no en");
	check_chain(CONFIG, "PT-ao", "pt-AO pt-PT pt en");
}

static void configured_fallback_comes_first(void **state)
{
	static const char config[] =
	        CONFIG "languages: {default: en, fallback: {tr: [az, ru],"
	               " pt-AO: [es, pt-AO], kk: [en, ru]}}";

	(void)state;
	check_chain(config, "tr", "tr az ru en");
	check_chain(config, "pt-AO", "pt-AO es pt-PT pt en");
	check_chain(config, "kk", "kk en ru");
	check_chain(config, "az", "az en");
}

static void longer_chains_keep_the_default(void **state)
{
	(void)state;
	check_chain(CONFIG, "aa-bbbb1-bbbb2-bbbb3-bbbb4-bbbb5-bbbb6-bbbb7-bbbb8-bbbb9",
	            "aa-bbbb1-bbbb2-bbbb3-bbbb4-bbbb5-bbbb6-bbbb7-bbbb8-bbbb9"
	            " aa-bbbb1-bbbb2-bbbb3-bbbb4-bbbb5-bbbb6-bbbb7-bbbb8"
	            " aa-bbbb1-bbbb2-bbbb3-bbbb4-bbbb5-bbbb6-bbbb7"
	            " aa-bbbb1-bbbb2-bbbb3-bbbb4-bbbb5-bbbb6"
	            " aa-bbbb1-bbbb2-bbbb3-bbbb4-bbbb5"
	            " aa-bbbb1-bbbb2-bbbb3-bbbb4"
	            " aa-bbbb1-bbbb2-bbbb3 en");
}

static void well_formed_tags(void **state)
{
	static const char *const good[] = {
	        "en",         "EN-gb", "zh-Hant-MO", "sr-Latn",  "es-419",
	        "de-CH-1996", "haw",   "en-x-a",     "abcdefgh", "en-u-ca-gregory"};
	static const char *const bad[] = {"",       "e",         "-en",         "en-",
	                                  "en--GB", "en_GB",     "1en",         "en GB",
	                                  "đi",     "abcdefghi", "en-abcdefghi"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(language_valid(str_of(good[i])));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(language_valid(str_of(bad[i])));
	assert_false(language_valid(STR_NONE));
	assert_false(language_valid(STR("en\0")));
}

static void case_of_subtags(void **state)
{
	static const char *const rows[][2] = {
	        {"EN-gb", "en-GB"},
	        {"ZH-HANT-mo", "zh-Hant-MO"},
	        {"ES-419", "es-419"},
	        {"de-ch-1996", "de-CH-1996"},
	        {"EN-CA-X-CA-LATN", "en-CA-x-ca-latn"},
	        {"", ""},
	        {"-", "-"},
	        {"\xC4\x90", "\xC4\x90"},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str(language_canonical(str_of(rows[i][0]), &a), rows[i][1]);
	arena_release(&a);
}

static void text_in_the_first_language_there_is(void **state)
{
	static const struct {
		const char *yaml, *text, *lang;
	} rows[] = {
	        {"{en: E, vi: V}", "V", "vi"},
	        {"{en: E, tr: T}", "E", "en"},
	        {"{tr: T, de: D}", "T", "tr"}, /* none of the chain: the first one */
	        {"{vi: \"\", en: E}", "E", "en"},
	        {"{vi: 5, en: [x], de: D}", "D", "de"},
	        {"{vi: \"\"}", NULL, NULL},
	        {"{}", NULL, NULL},
	        {"plain", "plain", NULL},
	        {"5", NULL, NULL},
	        {"[vi]", NULL, NULL},
	};
	static const struct str chain[] = {STR("vi"), STR("en")};
	struct opened o;

	(void)state;
	opened_start(&o);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct source s = {STR("a.yaml"), str_of(rows[i].yaml)};
		struct str lang, text;
		struct docs docs;

		assert_true(doc_read(&docs, &s, NULL, &o.arena, &o.diags));
		text = localised(&docs.items[0].root, chain, ARRAY_LEN(chain), &lang);
		assert_int_equal(text.s != NULL, rows[i].text != NULL);
		assert_true(str_eqz(text, rows[i].text));
		assert_true(str_eqz(lang, rows[i].lang));
		assert_null(localised(NULL, chain, 2, &lang).s);
	}
	opened_close(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(chain_ends_with_the_default),
	        cmocka_unit_test(chain_follows_the_parents_of_cldr),
	        cmocka_unit_test(configured_fallback_comes_first),
	        cmocka_unit_test(longer_chains_keep_the_default),
	        cmocka_unit_test(well_formed_tags),
	        cmocka_unit_test(case_of_subtags),
	        cmocka_unit_test(text_in_the_first_language_there_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
