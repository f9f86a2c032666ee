/* Entries and works as terms of schema.org; changes as a feed. */
#include "describe/feed.h"
#include "describe/terms.h"

#include "../doc/reading.h"
#include "../roles.h"

static const struct about named = {.title = STR("T & U"),
                                   .license = STR("CC-BY-4.0"),
                                   .license_url = STR("https://example.org/l"),
                                   .homepage = STR("https://example.org/"),
                                   .entry_page =
                                           STR("https://example.org/{lang}/{id}?{x}")};
static const struct about nameless = {.title = STR("T")};

static void check_term(const char *yaml, const struct about *about, const char *want)
{
	static const struct str works[] = {STR("#a2020-1"), STR("#b2021-2")};
	struct buf out = BUF_INIT(1 << 20);
	struct reading r;
	struct roles roles;
	struct term t;

	reading_open(&r, "a.yaml", str_of(yaml), NULL);
	roles = plain_roles(&r.run);
	roles.name = role(&r.run, "/name");
	roles.summary = role(&r.run, "/summary");
	roles.aliases = role(&r.run, "/aliases/*");
	roles.alias_text = role(&r.run, "/text");
	roles.alias_lang = role(&r.run, "/lang");
	t = (struct term){.collection = STR("c"),
	                  .id = STR("a b"),
	                  .roles = &roles,
	                  .root = root_of(&r),
	                  .works = works,
	                  .works_n = about == &named ? 2 : 0};
	term_jsonld(&out, about, STR("en"), &t);
	assert_string_equal(buf_z(&out), want);
	buf_release(&out);
	reading_release(&r);
}

static void a_term_has_its_languages(void **state)
{
	(void)state;
	check_term(
	        "{name: {en: N, vi: Tên}, summary: S,\n"
	        " aliases: [{text: A, lang: tr}, {text: B}, {lang: x}]}",
	        &named,
	        "{\"@id\": \"https://example.org/en/a%20b?{x}\", \"@type\": "
	        "\"DefinedTerm\", \"termCode\": \"a b\", \"name\": [{\"@language\": "
	        "\"en\", \"@value\": \"N\"}, {\"@language\": \"vi\", \"@value\": "
	        "\"Tên\"}], \"alternateName\": [{\"@language\": \"tr\", \"@value\": "
	        "\"A\"}, \"B\"], \"description\": \"S\", \"url\": "
	        "\"https://example.org/en/a%20b?{x}\", \"inDefinedTermSet\": {\"@id\": "
	        "\"#terms\"}, \"subjectOf\": [{\"@id\": \"#a2020-1\"}, {\"@id\": "
	        "\"#b2021-2\"}]}");
	check_term("{name: [no, text]}", &nameless,
	           "{\"@id\": \"#c/a b\", \"@type\": \"DefinedTerm\", \"termCode\": \"a "
	           "b\", \"inDefinedTermSet\": {\"@id\": \"#terms\"}}");
}

static void the_set_of_terms(void **state)
{
	struct buf out = BUF_INIT(1 << 20);

	(void)state;
	term_set_jsonld(&out, &named, STR("2026.06"), STR("2026-06-20"));
	assert_string_equal(
	        buf_z(&out),
	        "{\"@id\": \"#terms\", \"@type\": \"DefinedTermSet\", \"name\": \"T & "
	        "U\", \"version\": \"2026.06\", \"datePublished\": \"2026-06-20\", "
	        "\"license\": \"https://example.org/l\", \"url\": "
	        "\"https://example.org/\"}");
	buf_release(&out);
}

static void a_work_and_its_authors(void **state)
{
	static const struct cited_author authors[] = {
	        {.family = STR("F"), .given = STR("G.")},
	        {.family = STR("H")},
	        {.literal = STR("L")},
	        {.family = STR_NONE},
	};
	struct cited_work w = {.type = STR("journal-article"),
	                       .title = STR("T"),
	                       .venue = STR("V"),
	                       .year = STR("2020"),
	                       .doi = STR("10.1000/a+b"),
	                       .authors = authors,
	                       .authors_n = 4};
	struct buf out = BUF_INIT(1 << 20);

	(void)state;
	work_jsonld(&out, STR("#f2020-1"), &w);
	assert_string_equal(
	        buf_z(&out),
	        "{\"@id\": \"#f2020-1\", \"@type\": \"ScholarlyArticle\", \"name\": "
	        "\"T\", \"author\": [{\"@type\": \"Person\", \"name\": \"G. F\", "
	        "\"familyName\": \"F\", \"givenName\": \"G.\"}, {\"@type\": \"Person\", "
	        "\"name\": \"H\", \"familyName\": \"H\"}, \"L\"], \"isPartOf\": {\"@type\": \"CreativeWork\", "
	        "\"name\": \"V\"}, \"datePublished\": \"2020\"}");
	buf_release(&out);
}

static void a_feed(struct buf *out, const struct about *about)
{
	static const struct str ids[] = {STR("a"), STR("b<")};
	static const int versions[] = {1, 2};
	const struct feed_change changes[] = {{"added", 3, ids, versions, 2},
	                                      {"revised", 0, NULL, NULL, 0}};
	const struct feed f = {.about = about,
	                       .default_language = STR("en"),
	                       .first_commit =
	                               STR("0123456789abcdef0123456789abcdef01234567"),
	                       .date = STR("2026-06-20")};
	const struct feed_release r = {
	        .name = STR("2026.06"),
	        .date = STR("2026-06-20"),
	        .commit = STR("fedcba9876543210fedcba9876543210fedcba98"),
	        .changes = changes,
	        .changes_n = 2};

	feed_begin(out, &f);
	feed_release(out, &f, &r);
	feed_end(out);
}

static void what_a_release_changed(void **state)
{
	struct buf out = BUF_INIT(1 << 20);

	(void)state;
	a_feed(&out, &named);
	assert_string_equal(
	        buf_z(&out),
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n"
	        "  <id>urn:uuid:89abcdef-0123-8567-89ab-cdef01234567</id>\n"
	        "  <title>T &amp; U</title>\n"
	        "  <updated>2026-06-20T00:00:00Z</updated>\n"
	        "  <author>\n"
	        "    <name>T &amp; U</name>\n"
	        "  </author>\n"
	        "  <link rel=\"alternate\" href=\"https://example.org/\"/>\n"
	        "  <rights>CC-BY-4.0</rights>\n"
	        "  <entry>\n"
	        "    <id>urn:uuid:fedcba98-7654-8210-bedc-ba9876543210</id>\n"
	        "    <title>2026.06</title>\n"
	        "    <updated>2026-06-20T00:00:00Z</updated>\n"
	        "    <link rel=\"alternate\" href=\"https://example.org/\"/>\n"
	        "    <summary>3 added</summary>\n"
	        "    <content type=\"xhtml\">\n"
	        "      <div xmlns=\"http://www.w3.org/1999/xhtml\">\n"
	        "        <p>3 added</p>\n"
	        "        <ul>\n"
	        "          <li>\n"
	        "            <a href=\"https://example.org/en/a?{x}\">a</a> v1</li>\n"
	        "          <li>\n"
	        "            <a href=\"https://example.org/en/b%3C?{x}\">b&lt;</a> "
	        "v2</li>\n"
	        "          <li>and 1 more</li>\n"
	        "        </ul>\n"
	        "      </div>\n"
	        "    </content>\n"
	        "  </entry>\n"
	        "</feed>\n");
	buf_reset(&out);
	a_feed(&out, &nameless);
	assert_non_null(strstr(buf_z(&out), "<li>b&lt; v2</li>"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_term_has_its_languages),
	        cmocka_unit_test(the_set_of_terms),
	        cmocka_unit_test(a_work_and_its_authors),
	        cmocka_unit_test(what_a_release_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
