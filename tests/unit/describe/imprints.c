/*
 * A release in each form. The expected files are in expected/; with STEMMA_ACCEPT set they are
 * written, to be read.
 */
#include "describe/imprint.h"

#include "../check.h"

#include "base/limits.h"
#include "base/source.h"

#include <stdio.h>
#include <stdlib.h>

#define DIGEST "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const struct creator creators[] = {
        {.family = STR("Doe"),
         .given = STR("Jane"),
         .orcid = STR("0000-0002-1825-0097"),
         .affiliation = STR("Example University"),
         .ror = STR("https://ror.org/03yrm5c26")},
        {.family = STR("Nguyễn"), .affiliation = STR("A & B <C>")},
        {.name = STR("Example Collective"), .ror = STR("https://ror.org/05dxps055")},
};
static const struct str keywords[] = {STR("one"), STR("\"two\": 2")};
static const struct funding funding[] = {
        {.funder = STR("A Fund"),
         .ror = STR("https://ror.org/021nxhr62"),
         .award = STR("42-7"),
         .title = STR("A grant"),
         .url = STR("https://example.org/grants/42-7")},
        {.funder = STR("A Friend")},
};
static const struct str languages[] = {STR("en"), STR("vi")};
static const struct imprint_column columns[] = {
        {"id", "string", "the id of the entry"},
        {"version", "integer", "its version"},
        {"date", "date", "when it was approved"},
};
static const struct imprint_file files[] = {
        {.path = STR("entries.csv"),
         .bytes = 1234,
         .sha256 = STR(DIGEST),
         .media_type = "text/csv",
         .description = "an entry a row",
         .columns = columns,
         .columns_n = 3},
        {.path = STR("entries.jsonl"), .bytes = 7, .sha256 = STR(DIGEST)},
        {.path = STR("versions/"), .description = "every published version"},
};

static const struct about full_about = {
        .title = STR("Methods: a \"catalogue\""),
        .license = STR("CC-BY-4.0"),
        .license_url = STR("https://creativecommons.org/licenses/by/4.0/"),
        .description = STR("What it is.\nIn <two> lines & more."),
        .description_lang = STR("en"),
        .creators = creators,
        .creators_n = 3,
        .publisher = STR("Example Press"),
        .homepage = STR("https://example.org/"),
        .doi = STR("10.5281/zenodo.100"),
        .keywords = keywords,
        .keywords_n = 2,
        .funding = funding,
        .funding_n = 2,
};
static const struct imprint full = {
        .about = &full_about,
        .version = STR("2026.06"),
        .date = STR("2026-06-20"),
        .commit = STR("0123456789abcdef0123456789abcdef01234567"),
        .doi = STR("10.5281/zenodo.101"),
        .languages = languages,
        .languages_n = 2,
        .files = files,
        .files_n = 3,
};

/* No more than what every form can do with. */
static const struct about plain_about = {
        .title = STR("T"),
        .license = STR("as agreed"),
        .description = STR("D"),
        .creators = creators + 1,
        .creators_n = 1,
        .publisher = STR("P"),
        .homepage = STR("https://example.org/"),
};
static const struct imprint plain = {
        .about = &plain_about,
        .version = STR("1.0.0"),
        .date = STR("2026-06-20"),
        .commit = STR("0123456789abcdef0123456789abcdef01234567"),
        .files = files + 1,
        .files_n = 1,
};

static const struct imprint_form *const forms[] = {
#define IMPRINT(symbol) &imprint_##symbol,
        IMPRINT_FORMS(IMPRINT)
#undef IMPRINT
};

static void accept(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text.s, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

static void check(const struct imprint *e, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct buf out = BUF_INIT(LIMIT_FILE_BYTES);
		struct buf want = BUF_INIT(LIMIT_FILE_BYTES);
		struct source source;
		const char *why;
		char path[512];

		snprintf(path, sizeof(path), "%s/%s/%s", STEMMA_EXPECTED, name,
		         forms[i]->file);
		forms[i]->write(&out, e);
		if (getenv("STEMMA_ACCEPT"))
			accept(path, buf_str(&out));
		assert_int_equal(source_read(&source, &want, str_of(path), &why),
		                 SOURCE_OK);
		assert_string_equal(buf_z(&out), buf_z(&want));
		buf_release(&out);
		buf_release(&want);
	}
}

static void all_that_can_be_said(void **state)
{
	(void)state;
	check(&full, "full");
}

static void what_must_be_said(void **state)
{
	(void)state;
	check(&plain, "plain");
}

static void what_is_lacking_is_named(void **state)
{
	const struct about nothing = {0}, title = {.title = STR("T")};
	struct buf out = BUF_INIT(1 << 16);

	(void)state;
	assert_false(imprint_lacks(&out, &imprint_datapackage, &nothing));
	assert_false(imprint_lacks(&out, &imprint_jsonld, &title));
	assert_string_equal(buf_z(&out), "");
	assert_true(imprint_lacks(&out, &imprint_cff, &title));
	assert_string_equal(buf_z(&out), "`about.creators` (who made the dataset)");
	buf_reset(&out);
	assert_true(imprint_lacks(&out, &imprint_croissant, &title));
	assert_string_equal(buf_z(&out),
	                    "`license` (the licence of the data), `about.description` "
	                    "(what the dataset is), `about.creators` (who made the "
	                    "dataset), `about.homepage` (where the dataset is)");
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		assert_false(imprint_lacks(&out, forms[i], &plain_about));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(all_that_can_be_said),
	        cmocka_unit_test(what_must_be_said),
	        cmocka_unit_test(what_is_lacking_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
