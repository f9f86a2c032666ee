/* Names of releases, and what a change of a schema means for them. */
#include "publish/publish.h"

#include "../check.h"

static void names_are_read(void **state)
{
	static const struct {
		const char *text;
		bool calver, semver;
	} rows[] = {
	        {"2026.06", true, false},
	        {"2026.12", true, false},
	        {"2026.06.1", true, false},
	        {"2026.06.10", true, false},
	        {"1.2.0", false, true},
	        {"0.0.0", false, true},
	        {"10.20.30", false, true},
	        {"2026.6.1", false, true},
	        {"2026.13", false, false},
	        {"2026.00", false, false},
	        {"2026.6", false, false},
	        {"2026.06.0", false, false},
	        {"2026.06.01", false, false},
	        {"2026.06.1.1", false, false},
	        {"2026.06.", false, false},
	        {".2026.06", false, false},
	        {"v2026.06", false, false},
	        {"2026-06", false, false},
	        {"", false, false},
	        {".", false, false},
	        {"...", false, false},
	        {"1.2", false, false},
	        {"01.2.3", false, false},
	        {"1.2.3-rc1", false, false},
	        {"1.2.3.", false, false},
	        {"1..3", false, false},
	        {"1.2.9999999", false, false},
	        {"1.2.-3", false, false},
	        {"2026.06\n", false, false},
	        {"٢.٠.٠", false, false},
	};
	int parts[3];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str text = str_of(rows[i].text);

		if (release_name_parse(parts, false, text) != rows[i].calver)
			fail_msg("calver: %s", rows[i].text);
		if (release_name_parse(parts, true, text) != rows[i].semver)
			fail_msg("semver: %s", rows[i].text);
	}
}

static void names_have_an_order(void **state)
{
	static const char *const rising[] = {"2025.12",   "2026.01",    "2026.01.1",
	                                     "2026.01.2", "2026.01.10", "2026.02"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rising); i++)
		for (size_t k = 0; k < ARRAY_LEN(rising); k++) {
			int a[3], b[3];

			assert_true(release_name_parse(a, false, str_of(rising[i])));
			assert_true(release_name_parse(b, false, str_of(rising[k])));
			assert_int_equal(release_name_cmp(a, b), i < k ? -1 : i > k);
		}
}

/* LAST "": none. WANT NULL: there is no next name. */
static void next_is(bool semver, const char *last, enum release_level level,
                    const char *date, const char *want)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str name;
	int parts[3];
	bool has = *last;

	if (has)
		assert_true(release_name_parse(parts, semver, str_of(last)));
	if (!release_name_next(&name, semver, has ? parts : NULL, level, str_of(date),
	                       &arena))
		assert_null(want);
	else
		assert_str(name, want);
}

static void names_follow(void **state)
{
	(void)state;
	next_is(false, "", LEVEL_MAJOR, "2026-06-20", "2026.06");
	next_is(false, "2026.05", LEVEL_MAJOR, "2026-06-20", "2026.06");
	next_is(false, "2026.05.7", LEVEL_PATCH, "2026-06-20", "2026.06");
	next_is(false, "2025.12", LEVEL_PATCH, "2026-01-01", "2026.01");
	next_is(false, "2026.06", LEVEL_PATCH, "2026-06-20", "2026.06.1");
	next_is(false, "2026.06.9", LEVEL_PATCH, "2026-06-30", "2026.06.10");
	next_is(false, "2026.07", LEVEL_PATCH, "2026-06-30", NULL);
	next_is(false, "2027.01", LEVEL_PATCH, "2026-06-30", NULL);
	next_is(true, "", LEVEL_PATCH, "2026-06-20", "1.0.0");
	next_is(true, "1.2.3", LEVEL_PATCH, "2026-06-20", "1.2.4");
	next_is(true, "1.2.3", LEVEL_MINOR, "2026-06-20", "1.3.0");
	next_is(true, "1.2.3", LEVEL_MAJOR, "2026-06-20", "2.0.0");
}

static const struct doc_node *read(struct arena *arena, const char *text)
{
	struct source *source = arena_new(arena, struct source);
	struct doc_options opt = {.format = DOC_JSON};
	struct diag_list diags;
	struct docs docs;

	if (!text)
		return NULL;
	*source = (struct source){STR("test"), str_of(text)};
	diag_init(&diags, arena);
	assert_true(doc_read(&docs, source, &opt, arena, &diags));
	return &docs.items[0].root;
}

static void level_is(const char *old, const char *new, const char *want)
{
	CLEANUP(arena_release) struct arena arena = {0};

	assert_str(str_of(release_level_name(
	                   schema_level(read(&arena, old), read(&arena, new)))),
	           want);
}

static void schemas_have_levels(void **state)
{
	(void)state;
	level_is(NULL, "{}", "minor");
	level_is("{}", NULL, "major");
	level_is("{\"type\": \"object\"}", "{\"type\": \"object\"}", "patch");
	level_is("{\"a\": 1, \"b\": 2}", "{\"b\": 2.0, \"a\": 1}", "patch");
	level_is("{\"title\": \"A\"}", "{\"title\": \"B\", \"description\": \"C\"}",
	         "patch");
	level_is("{}", "{\"minLength\": 1}", "major");
	level_is("{\"minLength\": 1}", "{\"minLength\": 2}", "major");
	level_is("{\"minLength\": 1}", "{}", "major");
	level_is("{\"properties\": {\"a\": {}}}",
	         "{\"properties\": {\"a\": {}, \"b\": {\"type\": \"string\"}}}", "minor");
	level_is("{}", "{\"properties\": {\"b\": {}}}", "minor");
	level_is("{\"properties\": {\"a\": {}, \"b\": {}}}",
	         "{\"properties\": {\"b\": {}}}", "major");
	level_is("{\"properties\": {\"a\": {}}}",
	         "{\"properties\": {\"a\": {\"maxLength\": 3}}}", "major");
	/* A property may be named as a keyword is. */
	level_is("{\"properties\": {\"title\": {\"type\": \"string\"}}}",
	         "{\"properties\": {\"title\": {\"type\": \"number\"}}}", "major");
	level_is("{\"properties\": {\"enum\": {\"type\": \"string\"}}}",
	         "{\"properties\": {}}", "major");
	level_is("{\"$defs\": {}}", "{\"$defs\": {\"x\": {}}}", "minor");
	level_is("{\"enum\": [1, 2]}", "{\"enum\": [2, 3, 1]}", "minor");
	level_is("{\"enum\": [1, 2]}", "{\"enum\": [2, 1]}", "minor");
	level_is("{\"enum\": [1, 2]}", "{\"enum\": [1]}", "major");
	level_is("{\"required\": [\"a\"]}", "{\"required\": [\"a\", \"b\"]}", "major");
	level_is("true", "false", "major");
	level_is("true", "{}", "major");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(names_are_read),
	        cmocka_unit_test(names_have_an_order),
	        cmocka_unit_test(names_follow),
	        cmocka_unit_test(schemas_have_levels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
