/* The list of Retraction Watch. */
#include "reference/retractions.h"

#include "../check.h"

static const char list[] =
        "\xEF\xBB\xBFRecord ID,Title,RetractionDate,RetractionDOI,OriginalPaperDOI,"
        "RetractionNature,Reason\r\n"
        "1,\"A, \"\"quoted\"\"\r\ntitle\",2/6/2010 0:00,10.1000/R1,10.1000/A,Retraction,x\r\n"
        "2,B,3/4/2011 0:00,unavailable,unavailable,Retraction,x\r\n"
        "3,C,2012-05-06,Unavailable,\"10.1000/a\",Expression of concern,x\r\n"
        "4,D,,10.1000/r4,https://doi.org/10.1000/D,Reinstatement,x\r\n"
        "5,E,7/8/2013 0:00,10.1000/r5\r\n"
        "6,F,7/8/2013 0:00,10.1000/r6,10.1000/f,Correction";

static void rows(void **state)
{
	struct arena arena = {0};
	struct retractions r;
	const struct reference_update *u;
	struct err err = {0};

	(void)state;
	assert_true(retractions_read(&r, STR("rw.csv"), str_of(list), &arena, &err));
	assert_int_equal(r.rows, 4);
	assert_int_equal(retractions_of(&u, &r, STR("10.1000/a"), &arena), 2);
	assert_str(u[0].type, "retraction");
	assert_str(u[0].doi, "10.1000/r1");
	assert_str(u[0].source, "Retraction Watch");
	assert_int_equal(u[0].date, 20100206);
	assert_str(u[1].type, "expression_of_concern");
	assert_null(u[1].doi.s);
	assert_int_equal(u[1].date, 20120506);
	assert_int_equal(retractions_of(&u, &r, STR("10.1000/d"), &arena), 1);
	assert_str(u[0].type, "reinstatement");
	assert_int_equal(u[0].date, 0);
	assert_int_equal(retractions_of(&u, &r, STR("10.1000/f"), &arena), 1);
	assert_str(u[0].type, "correction");
	assert_int_equal(retractions_of(&u, &r, STR("10.1000/none"), &arena), 0);
	arena_release(&arena);
}

static void other_files(void **state)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
	        {"", "rw.csv: the list of retractions is empty"},
	        {"a,b\n", "rw.csv:1: there is no column OriginalPaperDOI; expected the "
	                  "CSV file of Retraction Watch"},
	        {"OriginalPaperDOI,RetractionDOI,RetractionNature,RetractionDate\n1,\"2\n3",
	         "rw.csv:2: a quote is not closed"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct arena arena = {0};
		struct retractions r;
		struct err err = {0};

		assert_false(retractions_read(&r, STR("rw.csv"), str_of(bad[i].text),
		                              &arena, &err));
		assert_string_equal(err.text, bad[i].why);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(rows),
	        cmocka_unit_test(other_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
