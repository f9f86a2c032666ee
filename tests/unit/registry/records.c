/* What registries say, read into one form and written as CSL-JSON. */
#include "registry/record.h"

#include "../doc/reading.h"

static void assert_str(struct str got, const char *want)
{
	if (!str_eqz(got, want))
		fail_msg("got \"" STR_FMT "\", want \"%s\"", STR_ARG(got), want);
}

static struct registry_record work(struct reading *r, const char *json)
{
	struct registry_record out;

	reading_open(r, "a.json", str_of(json), NULL);
	assert_true(registry_read_work(&out, root_of(r), &r->run));
	return out;
}

static struct registry_record datacite(struct reading *r, const char *json)
{
	struct registry_record out;

	reading_open(r, "a.json", str_of(json), NULL);
	assert_true(registry_read_datacite(&out, root_of(r), &r->run));
	return out;
}

static const char wakefield[] =
        "{\"DOI\":\"10.1016/S0140-6736(97)11096-0\",\"title\":[\"RETRACTED: "
        "Ileal-lymphoid-nodular hyperplasia\"],\"container-title\":[\"The Lancet\"],"
        "\"author\":[{\"given\":\"AJ\",\"family\":\"Wakefield\",\"sequence\":\"first\","
        "\"affiliation\":[]},{\"name\":\"The Study Consortium\"}],"
        "\"issued\":{\"date-parts\":[[1998,2]]},\"published-print\":{\"date-parts\":"
        "[[1998,2,28]]},\"published-online\":{\"date-parts\":[[null]]},"
        "\"type\":\"journal-article\",\"publisher\":\"Elsevier BV\",\"relation\":{},"
        "\"updated-by\":[{\"DOI\":\"10.1016/s0140-6736(04)15715-2\",\"type\":"
        "\"correction\",\"label\":\"Correction\",\"source\":\"retraction-watch\","
        "\"updated\":{\"date-parts\":[[2004,3,6]]}},"
        "{\"DOI\":\"10.1016/S0140-6736(10)60175-4\",\"type\":\"retraction\","
        "\"source\":\"publisher\",\"updated\":{\"date-parts\":[[2010,2,6]]}},"
        "{\"DOI\":\"10.1016/s0140-6736(10)60175-4\",\"type\":\"retraction\","
        "\"source\":\"retraction-watch\",\"updated\":{\"date-parts\":[[2010,2,6]]}}]}";

static void a_work_of_crossref(void **state)
{
	struct reading r;
	struct registry_record w = work(&r, wakefield);

	(void)state;
	assert_str(w.doi, "10.1016/s0140-6736(97)11096-0");
	assert_str(w.type, "article-journal");
	assert_str(w.container, "The Lancet");
	assert_int_equal(w.authors_n, 2);
	assert_str(w.authors[0].family, "Wakefield");
	assert_str(w.authors[1].literal, "The Study Consortium");
	assert_int_equal(w.dates[REGISTRY_ISSUED].year, 1998);
	assert_int_equal(w.dates[REGISTRY_ISSUED].month, 2);
	assert_int_equal(w.dates[REGISTRY_PRINT].day, 28);
	assert_int_equal(w.dates[REGISTRY_ONLINE].year, 0);
	assert_false(w.is_notice);
	reading_release(&r);
}

static void an_update_told_twice_is_one(void **state)
{
	struct reading r;
	struct registry_record w = work(&r, wakefield);
	const struct registry_update *u = registry_standing(&w);

	(void)state;
	assert_int_equal(w.updated_by_n, 2);
	assert_non_null(u);
	assert_str(u->type, "retraction");
	assert_str(u->doi, "10.1016/s0140-6736(10)60175-4");
	assert_str(u->source, "publisher");
	assert_int_equal(u->date.year, 2010);
	reading_release(&r);
}

static void a_reinstatement_lifts_what_is_older(void **state)
{
	static const char json[] =
	        "{\"title\":[\"T\"],\"updated-by\":["
	        "{\"type\":\"Retraction\",\"DOI\":\"10.1/a\",\"updated\":"
	        "{\"date-parts\":[[2010]]}},"
	        "{\"type\":\"reinstatement\",\"DOI\":\"10.1/b\",\"updated\":"
	        "{\"date-parts\":[[2012]]}},"
	        "{\"type\":\"Expression of Concern\",\"DOI\":\"10.1/c\",\"updated\":"
	        "{\"date-parts\":[[%d]]}}]}";
	static const int years[] = {2011, 2013};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char text[400];
		struct reading r;
		struct registry_record w;

		snprintf(text, sizeof(text), json, years[i]);
		w = work(&r, text);
		assert_str(registry_standing(&w)->type,
		           i ? "expression_of_concern" : "reinstatement");
		reading_release(&r);
	}
}

static void a_notice_is_told_from_a_work(void **state)
{
	struct reading r;
	struct registry_record w =
	        work(&r, "{\"title\":[\"Retraction: T\"],\"update-to\":[{\"type\":"
	                 "\"retraction\",\"DOI\":\"10.1/A\"}]}");

	(void)state;
	assert_true(w.is_notice);
	assert_str(w.update_to[0].doi, "10.1/a");
	reading_release(&r);
	w = work(&r, "{\"title\":[\"T, 2nd\"],\"update-to\":[{\"type\":\"new_edition\","
	             "\"DOI\":\"10.1/A\"}]}");
	assert_false(w.is_notice);
	reading_release(&r);
}

static void severities(void **state)
{
	static const struct {
		const char *type;
		enum severity severity;
	} cases[] = {
	        {"retraction", SEVERITY_ERROR},
	        {"withdrawal", SEVERITY_ERROR},
	        {"removal", SEVERITY_ERROR},
	        {"partial_retraction", SEVERITY_WARNING},
	        {"expression_of_concern", SEVERITY_WARNING},
	        {"correction", SEVERITY_NOTE},
	        {"erratum", SEVERITY_NOTE},
	        {"reinstatement", SEVERITY_NOTE},
	        {"", SEVERITY_NOTE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(registry_update_severity(str_of(cases[i].type)),
		                 cases[i].severity);
}

static void texts_without_markup(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
	        {"A study of <i>E. coli</i> &amp; friends",
	         "A study of E. coli & friends"},
	        {"H<sub>2</sub>O at &lt; 5 &#176;C", "H2O at < 5 \xC2\xB0"
	                                             "C"},
	        {"&amp;lt;i&amp;gt;In vivo&amp;lt;/i&amp;gt; work", "In vivo work"},
	        {"  two\n   lines\t", "two lines"},
	        {"<jats:p>One</jats:p><jats:p>Two</jats:p>", "One Two"},
	        {"<mml:math><mml:mi>x</mml:mi><mml:annotation encoding=\"tex\">\\x"
	         "</mml:annotation></mml:math> rays",
	         "x rays"},
	        {"p <0.05 and a<b", "p <0.05 and a<b"},
	        {"The <Type> problem", "The <Type> problem"},
	        {"vector<int>", "vector<int>"},
	        {"R&D; AT&T &unknown; &#xD800; &#0;",
	         "R&D; AT&T &unknown; &#xD800; &#0;"},
	        {"Stra&szlig;e &ndash; <BR/>Caf&eacute;", "Stra\xC3\x9F"
	                                                  "e \xE2\x80\x93 Caf\xC3\xA9"},
	        {"open <i", "open <i"},
	        {"gone <!-- all of it", "gone"},
	        {"a\x1B[31mb", "a [31mb"},
	        {"right \xE2\x80\xAEleft", "right left"},
	        {"C++ and C#", "C++ and C#"},
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(registry_text(str_of(cases[i].text), &arena), cases[i].want);
	assert_null(registry_text(STR("<i></i>"), &arena).s);
	arena_release(&arena);
}

static void what_crossref_leaves_out(void **state)
{
	struct reading r;
	struct registry_record out;

	(void)state;
	out = work(&r, "{\"title\":[],\"container-title\":[\"J\"],\"volume\":7,"
	               "\"issued\":{\"date-parts\":[[null]]},\"author\":[{}]}");
	assert_null(out.title.s);
	assert_str(out.volume, "7");
	assert_int_equal(out.authors_n, 0);
	assert_int_equal(out.dates[REGISTRY_ISSUED].year, 0);
	reading_release(&r);
	reading_open(&r, "a.json", STR("{\"title\":[]}"), NULL);
	assert_false(registry_read_work(&out, root_of(&r), &r.run));
	reading_release(&r);
	reading_open(&r, "a.json", STR("[]"), NULL);
	assert_false(registry_read_work(&out, root_of(&r), &r.run));
	assert_false(registry_read_datacite(&out, root_of(&r), &r.run));
	reading_release(&r);
}

static const char entangled[] =
        "{\"id\":\"10.5281/zenodo.3877116\",\"type\":\"dois\",\"attributes\":{"
        "\"doi\":\"10.5281/zenodo.3877116\",\"creators\":[{\"name\":\"Hidding, Johan\","
        "\"nameType\":\"Personal\",\"givenName\":\"Johan\",\"familyName\":\"Hidding\"},"
        "{\"name\":\"Doe, Jane\"},{\"name\":\"Centre, the\",\"nameType\":"
        "\"Organizational\"}],\"titles\":[{\"title\":\"Verwoben\",\"titleType\":"
        "\"TranslatedTitle\"},{\"title\":\"Entangled\"},{\"title\":\"a tool\","
        "\"titleType\":\"Subtitle\"}],\"publisher\":{\"name\":\"Zenodo\"},"
        "\"publicationYear\":2022,\"types\":{\"resourceTypeGeneral\":\"Software\"},"
        "\"dates\":[{\"date\":\"2022-01-24\",\"dateType\":\"Issued\"}],"
        "\"relatedIdentifiers\":[{\"relationType\":\"HasVersion\","
        "\"relatedIdentifier\":\"10.5281/zenodo.5898417\",\"relatedIdentifierType\":"
        "\"DOI\"},{\"relationType\":\"Cites\",\"relatedIdentifier\":\"10.1/x\","
        "\"relatedIdentifierType\":\"DOI\"}],\"version\":\"v1.3.0\"}}";

static void a_work_of_datacite(void **state)
{
	struct reading r;
	struct registry_record w = datacite(&r, entangled);

	(void)state;
	assert_str(w.title, "Entangled");
	assert_str(w.subtitle, "a tool");
	assert_str(w.publisher, "Zenodo");
	assert_str(w.type, "software");
	assert_str(w.authors[1].family, "Doe");
	assert_str(w.authors[1].given, "Jane");
	assert_str(w.authors[2].literal, "Centre, the");
	assert_int_equal(w.relations_n, 1);
	assert_str(registry_csl(&w, &r.run),
	           "{\"DOI\":\"10.5281/zenodo.3877116\",\"author\":[{\"family\":"
	           "\"Hidding\",\"given\":\"Johan\"},{\"family\":\"Doe\",\"given\":"
	           "\"Jane\"},{\"literal\":\"Centre, the\"}],\"custom\":{\"agency\":"
	           "\"DataCite\",\"relation\":[{\"DOI\":\"10.5281/zenodo.5898417\","
	           "\"type\":\"has-version\"}],\"subtitle\":\"a tool\"},\"id\":"
	           "\"10.5281/zenodo.3877116\",\"issued\":{\"date-parts\":[[2022,1,24]]},"
	           "\"publisher\":\"Zenodo\",\"title\":\"Entangled\",\"type\":"
	           "\"software\",\"version\":\"v1.3.0\"}");
	reading_release(&r);
}

/* The keys are sorted as RFC 8785 has it: writing it once more changes nothing. */
static void csl_is_canonical(void **state)
{
	struct buf again = BUF_INIT(1 << 20);
	const struct doc_node *bad;
	struct registry_record w;
	struct reading r, back;
	struct str csl;

	(void)state;
	w = work(&r,
	         "{\"title\":[\"T \\\"x\\\"\"],\"subtitle\":[\"s\"],\"version\":\"1\","
	         "\"original-title\":[\"o\"],\"container-title\":[\"C\"],\"page\":"
	         "\"1-2\",\"volume\":\"3\",\"issue\":\"4\",\"publisher\":\"P\",\"DOI\":"
	         "\"10.1/A\",\"issued\":{\"date-parts\":[[\"2001\",\"2\"]]},\"posted\":"
	         "{\"date-parts\":[[2000]]},\"created\":{\"date-parts\":[[2002,1,1]]},"
	         "\"published-print\":{\"raw\":\"2001-03\"},\"published-online\":"
	         "{\"literal\":\"2001\"},\"author\":[{\"family\":\"F\",\"given\":"
	         "\"G\"}],\"editor\":[{\"literal\":\"L\"}],\"relation\":{\"is-a\":"
	         "[{\"id-type\":\"doi\",\"id\":\"10.1/B\"}]},\"update-to\":"
	         "[{\"type\":\"erratum\",\"DOI\":\"10.1/c\",\"source\":\"publisher\"}],"
	         "\"updated-by\":[{\"type\":\"addendum\",\"DOI\":\"10.1/d\","
	         "\"updated\":{\"date-parts\":[[2003]]}}],\"type\":\"book-chapter\"}");
	w.agency = STR("Crossref");
	w.url = STR("https://example.org/");
	w.note = STR("n");
	csl = registry_csl(&w, &r.run);
	reading_open(&back, "b.json", csl, NULL);
	assert_true(doc_canonical(&again, root_of(&back), STR_NONE, &bad));
	assert_str(csl, buf_z(&again));
	assert_int_equal(root_of(&back)->n, 17);
	assert_int_equal(doc_get(root_of(&back), "custom")->n, 9);
	buf_release(&again);
	reading_release(&back);
	reading_release(&r);
}

static void types(void **state)
{
	(void)state;
	assert_string_equal(registry_csl_type(STR("posted-content")), "article");
	assert_string_equal(registry_csl_type(STR("Dataset")), "dataset");
	assert_string_equal(registry_csl_type(STR("thesis")), "thesis");
	assert_string_equal(registry_csl_type(STR("grant")), "document");
	assert_string_equal(registry_csl_type(STR_NONE), "document");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_work_of_crossref),
	        cmocka_unit_test(an_update_told_twice_is_one),
	        cmocka_unit_test(a_reinstatement_lifts_what_is_older),
	        cmocka_unit_test(a_notice_is_told_from_a_work),
	        cmocka_unit_test(severities),
	        cmocka_unit_test(texts_without_markup),
	        cmocka_unit_test(what_crossref_leaves_out),
	        cmocka_unit_test(a_work_of_datacite),
	        cmocka_unit_test(csl_is_canonical),
	        cmocka_unit_test(types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
