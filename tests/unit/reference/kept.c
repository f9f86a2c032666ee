/* Kept files: their names, what is read, what is written, their age. */
#include "reference/reference.h"

#include "../check.h"

#include <string.h>

static void names(void **state)
{
	static const struct {
		const char *doi, *name;
	} rows[] = {
	        {"10.1038/nature12373", "10.1038+nature12373.json"},
	        {"10.1007/978-3-030-02671-4_7", "10.1007+978-3-030-02671-4_7.json"},
	        {"10.1000/a/b", "10.1000+a+b.json"},
	        {"10.1021/ma990057+", "10.1021+ma990057%2b.json"},
	        {"10.1002/1:2<3>4", "10.1002+1%3a2%3c3%3e4.json"},
	        {"10.1000/\xC3\x84", "10.1000+%c3%84.json"},
	        {"10.1000/50%off", "10.1000+50%25off.json"},
	        {"10.1000/..", "10.1000+...json"},
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str name = reference_name(str_of(rows[i].doi), &arena);

		assert_str(name, rows[i].name);
		assert_str(reference_doi(name, &arena), rows[i].doi);
	}
	assert_null(reference_doi(STR("README.md"), &arena).s);
	assert_null(reference_doi(STR("10.1000+%zz.json"), &arena).s);
	assert_null(reference_doi(STR("10.1000+A.json"), &arena).s);
	arena_release(&arena);
}

/* Long DOIs have short names, and other ones when they differ at their ends. */
static void long_names(void **state)
{
	struct arena arena = {0};
	char doi[1000], other[1000];
	struct str a, b;

	(void)state;
	for (size_t n = 150; n < 160; n++) {
		memset(doi, '(', sizeof(doi));
		memcpy(doi, "10.1000/", 8);
		memset(doi + 8, 'x', n - 150);
		doi[n] = '\0';
		memcpy(other, doi, sizeof(doi));
		other[n - 1] = ')';
		a = reference_name(str_of(doi), &arena);
		b = reference_name(str_of(other), &arena);
		assert_true(a.n <= 120);
		assert_false(str_eq(a, b));
		assert_null(reference_doi(a, &arena).s);
		assert_true(str_find(a, '~') > 70);
	}
	arena_release(&arena);
}

static const char csl[] =
        "{\"title\":\"On X\",\"DOI\":\"10.1000/x\",\"type\":\"article-journal\","
        "\"author\":[{\"given\":\"A.\",\"family\":\"B\"},{\"literal\":\"The Team\"}],"
        "\"issued\":{\"date-parts\":[[2010,2]]},\"custom\":{\"posted\":{\"date-parts\":"
        "[[2009]]},\"subtitle\":\"A study\",\"updated-by\":[{\"DOI\":\"10.1000/R\","
        "\"type\":\"Retraction\",\"source\":\"publisher\",\"updated\":{\"date-parts\":"
        "[[2011,3,4]]}},{\"DOI\":\"10.1000/r\",\"type\":\"retraction\",\"source\":"
        "\"retraction-watch\"}]}}";

static const char file[] = "{\n"
                           "  \"csl\": {\n"
                           "    \"DOI\": \"10.1000/x\",\n"
                           "    \"author\": [\n"
                           "      {\"family\": \"B\", \"given\": \"A.\"},\n"
                           "      {\"literal\": \"The Team\"}\n"
                           "    ],\n"
                           "    \"custom\": {\n"
                           "      \"posted\": {\"date-parts\": [[2009]]},\n"
                           "      \"subtitle\": \"A study\",\n"
                           "      \"updated-by\": [\n"
                           "        {\n"
                           "          \"DOI\": \"10.1000/R\",\n"
                           "          \"source\": \"publisher\",\n"
                           "          \"type\": \"Retraction\",\n"
                           "          \"updated\": {\"date-parts\": [[2011, 3, 4]]}\n"
                           "        },\n"
                           "        {\"DOI\": \"10.1000/r\", \"source\": "
                           "\"retraction-watch\", \"type\": \"retraction\"}\n"
                           "      ]\n"
                           "    },\n"
                           "    \"issued\": {\"date-parts\": [[2010, 2]]},\n"
                           "    \"title\": \"On X\",\n"
                           "    \"type\": \"article-journal\"\n"
                           "  },\n"
                           "  \"doi\": \"10.1000/x\",\n"
                           "  \"fetched\": \"2026-01-02\",\n"
                           "  \"fingerprint\": \"sha256:";

static void make(struct reference *out, const char *text, const char *day,
                 struct arena *arena)
{
	struct err err = {0};

	assert_true(reference_make(out, STR("10.1000/x"), str_of(text), STR("Crossref"),
	                           str_of(day), arena, &err));
}

static void what_is_written(void **state)
{
	struct arena arena = {0};
	struct buf b = BUF_INIT(1 << 16), again = BUF_INIT(1 << 16);
	struct source source;
	struct reference r, kept;
	struct err err = {0};
	char print[REFERENCE_PRINT_SIZE];
	const char *why;

	(void)state;
	make(&r, csl, "2026-01-02", &arena);
	assert_true(reference_write(&b, &r, &err));
	assert_true(str_starts(buf_str(&b), str_of(file)));
	assert_true(str_ends(buf_str(&b), STR("\",\n  \"source\": \"Crossref\"\n}\n")));
	source = (struct source){STR("x.json"), buf_str(&b)};
	assert_true(reference_open(&kept, &source, &arena, &why));
	assert_true(reference_fits(print, &kept));
	assert_true(reference_write(&again, &kept, &err));
	assert_true(str_eq(buf_str(&b), buf_str(&again)));
	buf_release(&b);
	buf_release(&again);
	arena_release(&arena);
}

static void what_is_read(void **state)
{
	struct arena arena = {0};
	struct reference r;

	(void)state;
	make(&r, csl, "2026-01-02", &arena);
	assert_str(r.title, "On X");
	assert_str(r.subtitle, "A study");
	assert_str(r.type, "article-journal");
	assert_int_equal(r.authors_n, 2);
	assert_str(r.authors[0].family, "B");
	assert_str(r.authors[1].literal, "The Team");
	assert_int_equal(r.years[YEAR_ISSUED], 2010);
	assert_int_equal(r.years[YEAR_POSTED], 2009);
	assert_int_equal(r.years[YEAR_ONLINE], 0);
	assert_int_equal(r.updated_by_n, 1);
	assert_str(r.updated_by[0].type, "retraction");
	assert_str(r.updated_by[0].doi, "10.1000/r");
	assert_int_equal(r.updated_by[0].date, 20110304);
	arena_release(&arena);
}

/* Whatever a registry or a stranger puts there. */
static void odd_records(void **state)
{
	static const char *const rows[] = {
	        "{}",
	        "{\"title\": []}",
	        "{\"title\": {}, \"author\": {}, \"issued\": []}",
	        "{\"issued\": {\"date-parts\": [[null]]}}",
	        "{\"issued\": {\"date-parts\": [[]]}}",
	        "{\"issued\": {\"date-parts\": []}}",
	        "{\"issued\": {\"date-parts\": [[99999999999, -1, 1e300]]}}",
	        "{\"author\": [1, null, {}, {\"family\": 3}]}",
	        "{\"custom\": 1}",
	        "{\"custom\": {\"updated-by\": [1, {}, {\"type\": 2}]}}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct buf b = BUF_INIT(1 << 16);
		struct err err = {0};
		struct reference r;

		make(&r, rows[i], "2026-01-02", &arena);
		assert_int_equal(r.years[YEAR_ISSUED], 0);
		assert_int_equal(r.authors_n, 0);
		assert_int_equal(r.updated_by_n, 0);
		assert_true(reference_write(&b, &r, &err));
		buf_release(&b);
		arena_release(&arena);
	}
}

static void what_is_no_record(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
	        {"", "is no JSON"},
	        {"[]", "is no map"},
	        {"{}", "has no \"csl\""},
	        {"{\"csl\": []}", "has no \"csl\""},
	        {"{\"csl\": {}, \"doi\": \"10.1000/x\"}", "has no \"source\""},
	        {"{\"csl\": {}, \"doi\": \"10.1000/X\", \"source\": \"a\", \"fetched\": "
	         "\"2026-01-01\", \"fingerprint\": \"\"}",
	         "has a \"doi\" that is none in canonical form"},
	        {"{\"csl\": {}, \"doi\": \"10.1000/x\", \"source\": \"a\", \"fetched\": "
	         "\"2026-02-30\", \"fingerprint\": \"\"}",
	         "has a \"fetched\" that is no day, as 2026-11-26 is"},
	        {"{\"csl\": {}, \"doi\": \"10.1000/x\", \"source\": \"a\", \"fetched\": "
	         "\"2026-01-01\", \"fingerprint\": \"\", \"x\": 1}",
	         "has keys that belong to no record"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct source source = {STR("x"), str_of(rows[i].text)};
		struct reference r;
		const char *why = NULL;

		assert_false(reference_open(&r, &source, &arena, &why));
		assert_string_equal(why, rows[i].why);
		arena_release(&arena);
	}
}

/* What was changed by hand is told; what is the same is left alone until it is old. */
static void renewing(void **state)
{
	struct arena arena = {0};
	struct buf b = BUF_INIT(1 << 16);
	struct source source;
	struct reference kept, new;
	struct err err = {0};
	const char *why;

	(void)state;
	make(&new, csl, "2026-01-01", &arena);
	assert_true(reference_write(&b, &new, &err));
	source = (struct source){STR("x.json"), buf_str(&b)};
	assert_true(reference_open(&kept, &source, &arena, &why));
	make(&new, csl, "2026-01-31", &arena);
	assert_false(reference_renews(&kept, &new, 30));
	assert_true(reference_renews(&kept, &new, 29));
	make(&new, "{\"title\": \"Y\"}", "2026-01-02", &arena);
	assert_true(reference_renews(&kept, &new, 30));
	kept.fingerprint = STR("sha256:0");
	make(&new, csl, "2026-01-02", &arena);
	assert_true(reference_renews(&kept, &new, 30));
	buf_release(&b);
	arena_release(&arena);
}

static void days(void **state)
{
	long n;

	(void)state;
	assert_true(reference_days(&n, STR("2026-01-01"), STR("2026-12-31")));
	assert_int_equal(n, 364);
	assert_true(reference_days(&n, STR("2024-02-28"), STR("2024-03-01")));
	assert_int_equal(n, 2);
	assert_true(reference_days(&n, STR("2026-03-01"), STR("2026-02-28")));
	assert_int_equal(n, -1);
	assert_true(reference_days(&n, STR("1999-12-31"), STR("2000-12-31")));
	assert_int_equal(n, 366);
	assert_false(reference_days(&n, STR("2026-1-01"), STR("2026-12-31")));
	assert_false(reference_days(&n, STR("2026-01-01"), STR("2025-02-29")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(names),           cmocka_unit_test(long_names),
	        cmocka_unit_test(what_is_written), cmocka_unit_test(what_is_read),
	        cmocka_unit_test(odd_records),     cmocka_unit_test(what_is_no_record),
	        cmocka_unit_test(renewing),        cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
