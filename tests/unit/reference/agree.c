/* Sources and records side by side: titles, names, years, types, and what became of a work. */
#include "reference/agree.h"

#include "../check.h"

#include <stdlib.h>
#include <string.h>

/* ---- titles ---- */

static void same_titles(void **state)
{
	static const char *const rows[][2] = {
	        {"On X", "On X"},
	        {"On X", "ON X."},
	        {"On X: A Study", "On X \xE2\x80\x94 a study"},
	        {"Pre-training of models", "Pretraining of Models"},
	        {"The H<sub>2</sub>O molecule", "The H2O molecule"},
	        {"The <i>E. coli</i> genome", "The E. coli genome"},
	        {"The &lt;i&gt;E. coli&lt;/i&gt; genome", "The E. coli genome"},
	        {"R&amp;D in firms", "R&D in firms"},
	        {"R &amp; D in firms", "R and D in firms"},
	        {"RETRACTED: On X", "On X"},
	        {"Retracted Article: On X", "On X"},
	        {"[RETRACTED] On X", "On X"},
	        {"WITHDRAWN: On X", "On X"},
	        {"\xEF\xBC\xA1 study", "A study"},
	        {"\xEF\xAC\x81nding X", "Finding X"},
	        {"\xC3\x9C"
	         "ber X",
	         "U\xCC\x88"
	         "ber X"},
	        {"Don't stop", "Don\xE2\x80\x99t stop"},
	        {"{BERT} and others", "BERT and others"},
	        {"A<b and b>c", "A < b and b > c"},
	        {"\xE6\x97\xA5\xE6\x9C\xAC", "\xE6\x97\xA5\xE6\x9C\xAC"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (reference_title_ratio(str_of(rows[i][0]), str_of(rows[i][1])) != 100)
			fail_msg("%s", rows[i][0]);
}

static void near_and_other_titles(void **state)
{
	static const struct {
		const char *a, *b;
		int least, most;
	} rows[] = {
	        {"Bootstrap methods: another look at the jackknife",
	         "Bootstrap methods: an other look at the jackknife", 60, 100},
	        {"Attention is all you need", "Attention is all you ned", 60, 89},
	        {"Random forests", "Random forest", 60, 89},
	        {"Learning to rank with X", "Learning to rank with Y", 60, 89},
	        {"Programming in C", "Programming in C++", 60, 89},
	        {"Programming in C#", "Programming in C++", 60, 89},
	        {"Aligning reads with bowtie", "A new statistic for trees", 0, 59},
	        {"Random forests", "Support vector machines", 0, 59},
	        {"", "Support vector machines", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int ratio = reference_title_ratio(str_of(rows[i].a), str_of(rows[i].b));

		if (ratio < rows[i].least || ratio > rows[i].most)
			fail_msg("%s | %s: %d", rows[i].a, rows[i].b, ratio);
		assert_int_equal(ratio, reference_title_ratio(str_of(rows[i].b),
		                                              str_of(rows[i].a)));
	}
}

/* ---- names ---- */

/* "Family|Given", or a literal name. */
static struct reference_name name_of(const char *text)
{
	struct str s = str_of(text);
	size_t bar = str_find(s, '|');

	if (bar == s.n)
		return (struct reference_name){.literal = s};
	return (struct reference_name){.family = str_sub(s, 0, bar),
	                               .given = str_sub(s, bar + 1, s.n)};
}

static void names(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
	        {"Efron|B.", "Efron|Bradley", true},
	        {"Efron|B.", "Efron, B.", true},
	        {"Efron|B.", "B. Efron", true},
	        {"Efron|B.", "Bradley Efron", true},
	        {"B. Efron", "Bradley Efron", true},
	        {"van der Maaten|L.", "Maaten|Laurens van der", true},
	        {"Van der Maaten|L.", "van der Maaten|L.", true},
	        {"de Bruijn|N.", "Bruijn|N. G. de", true},
	        {"M\xC3\xBCller|K.", "Mueller|K.", true},
	        {"M\xC3\xBCller|K.", "Muller|K.", true},
	        {"S\xC3\xB8rensen|A.", "Sorensen|A.", true},
	        {"\xC5\x81ukasz|A.", "Lukasz|A.", true},
	        {"O'Brien|P.",
	         "O\xE2\x80\x99"
	         "Brien|P.",
	         true},
	        {"Garc\xC3\xAD"
	         "a M\xC3\xA1rquez|G.",
	         "Garcia Marquez|G.", true},
	        {"Garc\xC3\xAD"
	         "a|G.",
	         "Garcia Marquez|G.", true},
	        {"Levi-Strauss|C.", "Levi Strauss|C.", true},
	        {"Wang|Wei", "Wei|Wang", true},
	        {"R Core Team", "R Development Core Team", true},
	        {"OpenAI", "OpenAI", true},
	        {"World Health Organization", "World Health Organization (WHO)", true},
	        {"Efron|B.", "Tibshirani|R.", false},
	        {"A. Smith", "A. Jones", false},
	        {"Smith|A.", "Smithson|A.", false},
	        {"Li|X.", "Lin|X.", false},
	        {"OpenAI", "Google", false},
	        {"Efron|B.", "", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct reference_name a = name_of(rows[i].a), b = name_of(rows[i].b);

		if (reference_same_name(&a, &b) != rows[i].same ||
		    reference_same_name(&b, &a) != rows[i].same)
			fail_msg("%s | %s", rows[i].a, rows[i].b);
	}
}

/* Every word of one was looked for in all of the other: minutes, for names of a megabyte. */
static void names_may_be_long(void **state)
{
	enum { LONG = 1 << 20 };
	char *a = malloc(LONG), *b = malloc(LONG);
	struct reference_name x = {.literal = {a, LONG}}, y = {.literal = {b, LONG}};

	(void)state;
	assert_true(a && b);
	for (size_t i = 0; i < LONG; i++) {
		a[i] = i % 2 ? ' ' : 'a';
		b[i] = i % 2 ? ' ' : 'b';
	}
	assert_false(reference_same_name(&x, &y));
	assert_true(reference_same_name(&x, &x));
	free(a);
	free(b);
}

/* ---- works ---- */

static struct reference record(struct arena *arena, const char *csl)
{
	struct reference out;
	struct err err = {0};

	assert_true(reference_make(&out, STR("10.1000/x"), str_of(csl), STR("Crossref"),
	                           STR("2026-01-02"), arena, &err));
	return out;
}

#define RECORD \
	"{\"title\":\"On the theory of X\",\"type\":\"article-journal\"," \
	"\"author\":[{\"family\":\"Ada\",\"given\":\"A.\"},{\"family\":\"Bob\"," \
	"\"given\":\"B.\"}],\"issued\":{\"date-parts\":[[2010]]},\"custom\":{" \
	"\"subtitle\":\"Facts and figures\",\"published-online\":{\"date-parts\":" \
	"[[2008]]}}}"

/* The rules and severities of REMARKS as "title:warning author:note". */
static struct str shown(const struct remarks *remarks, struct arena *arena)
{
	struct buf b = BUF_INIT(1000);
	struct str out;

	for (size_t i = 0; i < remarks->n; i++) {
		buf_addf(&b, "%s%s:%s", i ? " " : "",
		         strchr(remarks->items[i].rule->id, '.') + 1,
		         severity_name(remarks->items[i].severity));
		assert_true(remarks->items[i].text.n > 0);
		assert_true(remarks->items[i].suggestion.n > 0);
	}
	out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void works(void **state)
{
	static const struct {
		const char *title, *author, *year, *type, *shown;
	} rows[] = {
	        {"On the theory of X", "Ada|A.", "2010", "journal-article", ""},
	        {"On the theory of X: facts and figures", "Ada|A.", "2008", "article",
	         ""},
	        {"On the theory of X: a tale", "Ada|A.", "2010", "", ""},
	        {"On a theory of Y", "Ada|A.", "2010", "", "title:warning"},
	        {"Bread and butter", "Ada|A.", "2010", "", "title:error"},
	        {"On the theory of X", "Bob|B.", "2010", "", "author:note"},
	        {"On the theory of X", "Eve|E.", "2010", "", "author:error"},
	        {"On the theory of X", "Ada|A.", "2011", "", "year:note"},
	        {"On the theory of X", "Ada|A.", "2009", "", "year:note"},
	        {"On the theory of X", "Ada|A.", "2007b", "", "year:note"},
	        {"On the theory of X", "Ada|A.", "1999", "", "year:warning"},
	        {"On the theory of X", "Ada|A.", "in press", "", ""},
	        {"On the theory of X", "Ada|A.", "2010", "book", "type:note"},
	        {"On the theory of X", "Ada|A.", "2010", "conference-paper", ""},
	        {"On the theory of X", "Ada|A.", "2010", "scroll", ""},
	        {"", "", "", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct reference r = record(&arena, RECORD);
		struct reference_name name = name_of(rows[i].author);
		struct cited_author author = {name.family, name.given, name.literal};
		struct cited_work work = {.title = str_of(rows[i].title),
		                          .year = str_of(rows[i].year),
		                          .type = str_of(rows[i].type),
		                          .authors = &author,
		                          .authors_n = 1};
		struct remarks remarks = {.n = 0};

		reference_agree(&remarks, &work, &r, &arena);
		if (!str_eqz(shown(&remarks, &arena), rows[i].shown))
			fail_msg("row %zu: " STR_FMT, i,
			         STR_ARG(shown(&remarks, &arena)));
		arena_release(&arena);
	}
}

/* A record that says nothing contradicts nobody. */
static void empty_record(void **state)
{
	struct arena arena = {0};
	struct reference r = record(&arena, "{}");
	struct cited_author author = {.family = STR("A")};
	struct cited_work work = {.title = STR("T"),
	                          .year = STR("2000"),
	                          .type = STR("book"),
	                          .authors = &author,
	                          .authors_n = 1};
	struct remarks remarks = {.n = 0};

	(void)state;
	reference_agree(&remarks, &work, &r, &arena);
	reference_standing(&remarks, &work, &r, &arena);
	assert_int_equal(remarks.n, 0);
	arena_release(&arena);
}

/* ---- what became of it ---- */

#define UPDATE(type, doi, date) \
	"{\"type\":\"" type "\",\"DOI\":\"10.1000/" doi \
	"\",\"updated\":{\"date-parts\":[[" date "]]}}"
#define UPDATED(list) "{\"title\":\"X\",\"custom\":{\"updated-by\":[" list "]}}"
#define NOTICE(list) "{\"title\":\"X\",\"custom\":{\"update-to\":[" list "]}}"

static void standings(void **state)
{
	static const struct {
		const char *csl, *shown;
	} rows[] = {
	        {UPDATED(UPDATE("retraction", "r", "2010,2,6")), "retracted:error"},
	        {UPDATED(UPDATE("Withdrawal", "r", "2010")), "retracted:error"},
	        {UPDATED(UPDATE("removal", "r", "2010")), "retracted:error"},
	        {UPDATED(UPDATE("partial_retraction", "r", "2010")), "concern:warning"},
	        {UPDATED(UPDATE("expression_of_concern", "r", "2010")),
	         "concern:warning"},
	        {UPDATED(UPDATE("correction", "c", "2004")), "corrected:note"},
	        {UPDATED(UPDATE("erratum", "c", "2004") "," UPDATE("corrigendum", "d",
	                                                           "2005")),
	         "corrected:note"},
	        {UPDATED(UPDATE("correction", "c", "2004") "," UPDATE("retraction", "r",
	                                                              "2010")),
	         "retracted:error"},
	        {UPDATED(UPDATE("retraction", "r", "2010") "," UPDATE("reinstatement",
	                                                              "i", "2012")),
	         ""},
	        {UPDATED(UPDATE("reinstatement", "i",
	                        "2012") "," UPDATE("retraction", "r", "2014,1,1")),
	         "retracted:error"},
	        {UPDATED(UPDATE("correction", "c", "2010") "," UPDATE("reinstatement",
	                                                              "i", "2012")),
	         "corrected:note"},
	        {UPDATED(UPDATE("new_version", "v", "2010")), "corrected:note"},
	        {NOTICE(UPDATE("retraction", "w", "2010")), "notice:warning"},
	        {NOTICE(UPDATE("new_version", "w", "2010")), ""},
	        {"{\"title\":\"RETRACTED: X\"}", "retracted:warning"},
	        {"{\"title\":\"X\"}", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct reference r = record(&arena, rows[i].csl);
		struct remarks remarks = {.n = 0};

		reference_standing(&remarks, NULL, &r, &arena);
		if (!str_eqz(shown(&remarks, &arena), rows[i].shown))
			fail_msg("%s: " STR_FMT, rows[i].csl,
			         STR_ARG(shown(&remarks, &arena)));
		arena_release(&arena);
	}
}

static void what_is_told(void **state)
{
	struct arena arena = {0};
	struct reference r =
	        record(&arena, UPDATED(UPDATE("retraction", "r", "2010,2,6")));
	struct cited_work knows = {.status = STR("retracted")};
	struct remarks remarks = {.n = 0};

	(void)state;
	reference_standing(&remarks, NULL, &r, &arena);
	assert_str(remarks.items[0].text,
	           "10.1000/x was retracted on 2010-02-06: 10.1000/r");
	remarks.n = 0;
	reference_standing(&remarks, &knows, &r, &arena);
	assert_int_equal(remarks.n, 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(same_titles),  cmocka_unit_test(near_and_other_titles),
	        cmocka_unit_test(names),        cmocka_unit_test(works),
	        cmocka_unit_test(empty_record), cmocka_unit_test(standings),
	        cmocka_unit_test(what_is_told), cmocka_unit_test(names_may_be_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
