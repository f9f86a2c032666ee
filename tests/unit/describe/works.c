/* Cited works as BibTeX, RIS and CSL-JSON. */
#include "describe/works.h"

#include "../check.h"

static const struct cited_author authors[] = {
        {.family = STR("Kingma"), .given = STR("D. P.")},
        {.literal = STR("Institute of Salt and Light")},
};

static struct cited_work paper(void)
{
	return (struct cited_work){
	        .key = STR("kingma2015"),
	        .type = STR("conference-paper"),
	        .title = STR("Adam: A Method"),
	        .venue = STR("ICLR"),
	        .year = STR("2015"),
	        .doi = STR("10.1000/a_b"),
	        .url = STR("https://example.org/a_b"),
	        .authors = authors,
	        .authors_n = 2,
	        .authors_more = true,
	};
}

typedef void render_fn(struct buf *out, struct str label, const struct cited_work *w);

static void check(render_fn *render, const struct cited_work *w, const char *want)
{
	struct buf out = BUF_INIT(1 << 20);

	render(&out, STR("k"), w);
	assert_string_equal(buf_z(&out), want);
	buf_release(&out);
}

/* Blanks of all kinds are one, none at the ends; signs that are not seen go. */
static void a_text_is_one_line(void **state)
{
	static const struct {
		const char *title, *line;
	} cases[] = {
	        {"a b", "a b"},
	        {" a  b ", "a b"},
	        {"a\tb\n\nc ", "a b c"},
	        {"\xC3\xA9 a b \xC3\xA9", "\xC3\xA9 a b \xC3\xA9"},
	        {"a  \xC3\xA9  b\xC3\xA9", "a \xC3\xA9 b\xC3\xA9"},
	        {"a \x01 b\x7F c", "a b c"},
	        {"a \x01", "a"},
	        {"a \xFF b", "a b"},
	        {"a\xE2\x80\xA8"
	         "b \xE2\x80\x8F c",
	         "a b c"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cited_work w = {.title = str_of(cases[i].title)};
		struct buf want = BUF_INIT(1000);

		buf_addf(&want, "TY  - GEN\r\nID  - k\r\nTI  - %s\r\nER  - \r\n\r\n",
		         cases[i].line);
		check(work_ris, &w, buf_z(&want));
		buf_release(&want);
	}
}

static void a_paper_in_each_form(void **state)
{
	struct cited_work w = paper();

	(void)state;
	check(work_bibtex, &w,
	      "@inproceedings{k,\n"
	      "  author = {Kingma, D. P. and {Institute of Salt and Light} and others},\n"
	      "  title = {{Adam: A Method}},\n"
	      "  booktitle = {ICLR},\n"
	      "  year = {2015},\n"
	      "  doi = {10.1000/a_b},\n"
	      "  url = {https://example.org/a_b}\n"
	      "}\n");
	check(work_ris, &w,
	      "TY  - CPAPER\r\nID  - k\r\nAU  - Kingma, D. P.\r\n"
	      "AU  - Institute of Salt and Light\r\nTI  - Adam: A Method\r\nT2  - ICLR\r\n"
	      "PY  - 2015\r\nDO  - 10.1000/a_b\r\nUR  - https://example.org/a_b\r\n"
	      "N1  - The work has more authors than are listed.\r\nER  - \r\n\r\n");
	check(work_csl, &w,
	      "{\"id\": \"k\", \"type\": \"paper-conference\", \"author\": [{\"family\": "
	      "\"Kingma\", \"given\": \"D. P.\"}, {\"literal\": \"Institute of Salt and "
	      "Light\"}, {\"literal\": \"others\"}], \"title\": \"Adam: A Method\", "
	      "\"container-title\": \"ICLR\", \"issued\": {\"date-parts\": [[2015]]}, "
	      "\"DOI\": \"10.1000/a_b\", \"URL\": \"https://example.org/a_b\"}");
}

static void a_title_alone(void **state)
{
	struct cited_work w = {.title = STR("T")};

	(void)state;
	check(work_bibtex, &w, "@misc{k,\n  title = {{T}}\n}\n");
	check(work_ris, &w, "TY  - GEN\r\nID  - k\r\nTI  - T\r\nER  - \r\n\r\n");
	check(work_csl, &w, "{\"id\": \"k\", \"type\": \"document\", \"title\": \"T\"}");
}

static void no_text_is_a_command(void **state)
{
	static const struct cited_author odd[] = {
	        {.family = STR("Sand and Sea, Ltd"), .given = STR("A")},
	        {.family = STR("Plato")},
	        {.literal = STR("}")},
	        {.given = STR("others")},
	        {.family = STR_NONE},
	};
	struct cited_work w = {.title = STR("50% \\input{x} } _#$&~^\" \n\n y\x01z"),
	                       .type = STR("book"),
	                       .venue = STR("A & B"),
	                       .year = STR("c. 1900"),
	                       .doi = STR("10.1/{<a> b}"),
	                       .authors = odd,
	                       .authors_n = 5};

	(void)state;
	check(work_bibtex, &w,
	      "@book{k,\n"
	      "  author = {{Sand and Sea, Ltd}, A and {Plato} and {{\\textbraceright}} and "
	      "{others}},\n"
	      "  title = {{50\\% {\\textbackslash}input{\\textbraceleft}x"
	      "{\\textbraceright} {\\textbraceright} \\_\\#\\$\\&{\\textasciitilde}"
	      "{\\textasciicircum}{\\textquotedbl} yz}},\n"
	      "  publisher = {A \\& B},\n"
	      "  year = {c. 1900},\n"
	      "  doi = {10.1/%7B<a>%20b%7D}\n"
	      "}\n");
	check(work_csl, &w,
	      "{\"id\": \"k\", \"type\": \"book\", \"author\": [{\"family\": \"Sand and "
	      "Sea, Ltd\", \"given\": \"A\"}, {\"family\": \"Plato\"}, {\"literal\": "
	      "\"}\"}, {\"literal\": \"others\"}], \"title\": \"50% \\\\input{x} } "
	      "_#$&~^\\\" \\n\\n y\\u0001z\", \"publisher\": \"A & B\", \"issued\": "
	      "{\"literal\": \"c. 1900\"}, \"DOI\": \"10.1/{<a> b}\"}");
}

/* A tag at the start of a line would begin another field. */
static void a_reference_stays_within_its_lines(void **state)
{
	struct cited_work w = {.title = STR("a\r\nER  - \r\nTY  - BOOK"),
	                       .venue = STR(" \t\n")};

	(void)state;
	check(work_ris, &w,
	      "TY  - GEN\r\nID  - k\r\nTI  - a ER - TY - BOOK\r\nER  - \r\n\r\n");
}

static struct str label_of(const struct cited_work *w, const char *key, struct arena *a)
{
	return work_label(w, work_identity(w, str_of(key), a), a);
}

static void labels_depend_on_the_work_alone(void **state)
{
	static const struct cited_author accents[] = {{.family = STR("Đường Łukasz-Ö")}};
	struct cited_work w = paper(), same = paper(), plain = {.title = STR("T")};
	struct arena a = {0};

	(void)state;
	assert_str(label_of(&w, "doi:10.1000/a_b", &a), "kingma2015-0be4619c");
	assert_str(work_id(STR("doi:10.1000/a_b"), &a), "https://doi.org/10.1000/a_b");
	assert_str(work_id(STR("url:a"), &a), "#work-2ab99d65626569b7");
	same.key = STR("other");
	same.title = STR("adam");
	assert_true(str_eq(label_of(&same, "doi:10.1000/a_b", &a),
	                   label_of(&w, "doi:10.1000/a_b", &a)));
	same = w;
	same.title = STR("Adam, again");
	assert_false(str_eq(label_of(&w, "key:a", &a), label_of(&same, "key:a", &a)));
	assert_true(str_eq(label_of(&w, "key:a", &a), label_of(&w, "key:b", &a)));
	w.authors = accents;
	w.authors_n = 1;
	assert_true(str_starts(label_of(&w, "doi:x", &a), STR("duonglukaszo2015-")));
	assert_true(str_starts(label_of(&plain, "", &a), STR("work-")));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_text_is_one_line),
	        cmocka_unit_test(a_paper_in_each_form),
	        cmocka_unit_test(a_title_alone),
	        cmocka_unit_test(no_text_is_a_command),
	        cmocka_unit_test(a_reference_stays_within_its_lines),
	        cmocka_unit_test(labels_depend_on_the_work_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
