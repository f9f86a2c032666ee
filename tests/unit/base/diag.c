/* Findings and errors. */
#include "base/diag.h"

#include "../check.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"

static const struct rule rule = {"test.rule", SEVERITY_WARNING, "Nothing."};
static const struct span nowhere;

static void severities_have_names(void **state)
{
	enum severity s = SEVERITY_OFF;

	(void)state;
	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		assert_true(severity_parse(&s, str_of(severity_name((enum severity)i))));
		assert_int_equal(s, i);
	}
	assert_false(severity_parse(&s, STR("Error")));
	assert_false(severity_parse(&s, STR("")));
	assert_int_equal(s, SEVERITY_ERROR);
}

static void finding_takes_file_document_and_severity(void **state)
{
	struct arena a = {0};
	struct diag_list l;
	struct diag *d;

	(void)state;
	diag_init(&l, &a);
	diag_file(&l, STR("a.yaml"));
	l.document = 3;
	d = diag_add(&l, &rule, (struct span){1, 2, 3, 4}, "%s %d", "text", 5);
	assert_str(d->file, "a.yaml");
	assert_int_equal(d->document, 3);
	assert_int_equal(d->severity, SEVERITY_WARNING);
	assert_int_equal(d->span.end_column, 4);
	assert_str(d->text, "text 5");
	assert_null(d->suggestion.s);
	diag_file(&l, STR("b.yaml"));
	assert_int_equal(diag_add(&l, &rule, nowhere, "x")->document, 1);
	arena_release(&a);
}

static void each_file_has_its_own_limit(void **state)
{
	struct arena a = {0};
	struct diag_list l;

	(void)state;
	diag_init(&l, &a);
	for (size_t file = 1; file <= 2; file++) {
		diag_file(&l, STR("a.yaml"));
		for (int i = 0; i < LIMIT_FINDINGS_PER_FILE + 7; i++)
			diag_add(&l, &rule, nowhere, "%d", i)->suggestion = STR("x");
		assert_int_equal(l.n, file * LIMIT_FINDINGS_PER_FILE);
		assert_int_equal(l.dropped, file * 7);
	}
	assert_str(l.items[l.n - 1].text, "999");
	arena_release(&a);
}

static void what_is_over_the_limit_needs_no_texts(void **state)
{
	struct arena a = {0};
	struct diag_list l;

	(void)state;
	diag_init(&l, &a);
	diag_file(&l, STR("a.yaml"));
	for (int i = 0; i < LIMIT_FINDINGS_PER_FILE; i++) {
		assert_false(diag_drops(&l));
		diag_add(&l, &rule, nowhere, "x");
	}
	assert_true(diag_drops(&l));
	assert_true(diag_drops(&l));
	assert_int_equal(l.dropped, 2);
	diag_file(&l, STR("b.yaml"));
	assert_false(diag_drops(&l));
	arena_release(&a);
}

static void suggestions_are_rare_where_names_are_many(void **state)
{
	struct arena a = {0};
	struct diag_list l;

	(void)state;
	diag_init(&l, &a);
	diag_file(&l, STR("a.yaml"));
	assert_false(diag_may_suggest(&l, LIMIT_SUGGEST_NAMES + 1));
	assert_true(diag_may_suggest(&l, LIMIT_SUGGEST_NAMES));
	diag_add(&l, &rule, nowhere, "x");
	assert_false(diag_may_suggest(&l, LIMIT_SUGGEST_NAMES));
	assert_true(diag_may_suggest(&l, LIMIT_SUGGEST_NAMES / 2));
	diag_file(&l, STR("b.yaml"));
	assert_true(diag_may_suggest(&l, LIMIT_SUGGEST_NAMES));
	arena_release(&a);
}

static void quoted_text_is_safe_to_print(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	        {"", ""},
	        {"Đại số", "Đại số"},
	        {"a\tb\nc\r", "a\\tb\\nc\\r"},
	        {"\x1B[31m", "\\u{001b}[31m"},
	        {"a\xE2\x80\xAE"
	         "b",
	         "a\\u{202e}b"},
	        {"\xE2\x80\xA8", "\\u{2028}"},
	        {"\xEF\xBB\xBFx", "\\u{feff}x"},
	        {"\xC3(", "\\xc3("},
	        {"\xED\xA0\x80", "\\xed\\xa0\\x80"},
	        {"\"quoted\"", "\"quoted\""},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str(diag_quote(&a, str_of(rows[i].text)), rows[i].want);
	assert_str(diag_quote(&a, STR("a\0b")), "a\\u{0000}b");
	assert_str(diag_quote(&a, STR_NONE), "");
	arena_release(&a);
}

static void quoted_text_is_cut_by_characters(void **state)
{
	struct buf b = BUF_INIT(10000);
	struct arena a = {0};

	(void)state;
	for (int i = 0; i < LIMIT_MESSAGE_VALUE; i++)
		buf_addz(&b, "\xE6\x97\xA5");
	assert_true(str_eq(diag_quote(&a, buf_str(&b)), buf_str(&b)));
	buf_addz(&b, "!");
	assert_int_equal(diag_quote(&a, buf_str(&b)).n, LIMIT_MESSAGE_VALUE * 3 + 3);
	assert_true(str_ends(diag_quote(&a, buf_str(&b)), STR("\xA5...")));
	buf_reset(&b);
	buf_fill(&b, '\x01', 10000); /* each of them grows to eight */
	assert_int_equal(diag_quote(&a, buf_str(&b)).n, LIMIT_MESSAGE_VALUE * 8 + 3);
	buf_release(&b);
	arena_release(&a);
}

static void first_error_wins(void **state)
{
	struct err e = {0};

	(void)state;
	assert_false(err_set(&e, ERR_IO, "%s", "first"));
	assert_false(err_set(&e, ERR_USAGE, "second"));
	assert_int_equal(e.code, ERR_IO);
	assert_string_equal(e.text, "first");
}

static void long_error_is_cut(void **state)
{
	struct err e = {0};

	(void)state;
	assert_false(err_set(&e, ERR_IO, "%1000d", 1));
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(severities_have_names),
	        cmocka_unit_test(finding_takes_file_document_and_severity),
	        cmocka_unit_test(each_file_has_its_own_limit),
	        cmocka_unit_test(what_is_over_the_limit_needs_no_texts),
	        cmocka_unit_test(suggestions_are_rare_where_names_are_many),
	        cmocka_unit_test(quoted_text_is_safe_to_print),
	        cmocka_unit_test(quoted_text_is_cut_by_characters),
	        cmocka_unit_test(first_error_wins),
	        cmocka_unit_test(long_error_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
