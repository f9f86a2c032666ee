#include "base/text.h"

#include "../check.h"
#include "base/limits.h"

#include <stdlib.h>

static void first_bad_byte_is_found(void **state)
{
	static const struct {
		struct str text;
		size_t want;
	} rows[] = {
	        {STR(""), 0},
	        {STR("a\0b"), 3},
	        {STR("\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80"), 9},
	        {STR("abcdefghijk\xFF"), 11},
	        {STR("a\x80"), 1}, /* continuation alone */
	        {STR("\xC0\xAF"), 0}, /* overlong "/" */
	        {STR("\xE0\x80\xAF"), 0},
	        {STR("\xF0\x80\x80\xAF"), 0},
	        {STR("x\xED\xA0\x80"), 1}, /* surrogate */
	        {STR("\xED\x9F\xBF"), 3}, /* the last character before them */
	        {STR("\xF4\x8F\xBF\xBF"), 4}, /* U+10FFFF */
	        {STR("\xF4\x90\x80\x80"), 0}, /* above it */
	        {STR("\xF8\x88\x80\x80\x80"), 0},
	        {STR("ok\xC3"), 2}, /* truncated */
	        {STR("ok\xE6\x97"), 2},
	        {STR("ok\xF0\x9F\x98"), 2},
	        {STR("\xE6\x97z"), 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(text_invalid(rows[i].text), rows[i].want);
}

static void bad_byte_is_one_step(void **state)
{
	struct str s = STR("\xC3(\xE6\x97\xA5\xE6");
	static const uint32_t want[] = {TEXT_BAD, '(', 0x65E5, TEXT_BAD};
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_int_equal(text_next(s, &at), want[i]);
	assert_int_equal(at, s.n);
}

static void characters_and_columns(void **state)
{
	static const struct {
		const char *text;
		size_t length, width;
	} rows[] = {
	        {"", 0, 0},
	        {"plain ascii text", 16, 16},
	        {"\xC4\x90\xE1\xBA\xA1i", 3, 3}, /* Đại */
	        {"e\xCC\x81", 2, 1}, /* combining acute */
	        {"\xE6\x97\xA5\xE6\x9C\xAC", 2, 4}, /* wide */
	        {"\xEF\xBC\xA1", 1, 2}, /* full-width A */
	        {"\xF0\x9F\x98\x80", 1, 2}, /* emoji */
	        {"\xE2\x80\x8B", 1, 0}, /* zero width space */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(text_length(str_of(rows[i].text)), rows[i].length);
		assert_int_equal(text_width(str_of(rows[i].text)), rows[i].width);
	}
	assert_int_equal(text_width(STR("\xC3\xC3")), 2);
	assert_int_equal(text_char_width('\n'), 0);
}

static void characters_are_written(void **state)
{
	static const uint32_t chars[] = {'a', 0xE9, 0x65E5, 0x1F600, 0x10FFFF};
	struct buf b = BUF_INIT(100);
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(chars); i++)
		text_add_char(&b, chars[i]);
	text_add_char(&b, 0xD800); /* no character, nothing is added */
	text_add_char(&b, 0x110000);
	for (size_t i = 0; i < ARRAY_LEN(chars); i++)
		assert_int_equal(text_next(buf_str(&b), &at), chars[i]);
	assert_int_equal(at, b.n);
	buf_release(&b);
}

static void unsafe_characters(void **state)
{
	static const uint32_t unsafe[] = {0,      0x1B,   0x7F,   0x85,   0x9F,
	                                  0x61C,  0x200E, 0x200F, 0x2028, 0x2029,
	                                  0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF};
	static const uint32_t safe[] = {' ', '~', 0xA0, 0xAD, 0x200D, 0x2030, 0x65E5};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(unsafe); i++)
		assert_true(text_unsafe(unsafe[i]));
	for (size_t i = 0; i < ARRAY_LEN(safe); i++)
		assert_false(text_unsafe(safe[i]));
}

static void folded_texts(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	        {"", ""},
	        {"Self-Attention", "selfattention"},
	        {"self_attention", "selfattention"},
	        {" Self\t\nattention ", "selfattention"},
	        {"\xC4\x90", "\xC4\x91"}, /* Đ, đ */
	        {"\xC4\xB0", "i\xCC\x87"}, /* İ */
	        {"\xEF\xAC\x81", "fi"}, /* ligature */
	        {"\xEF\xBC\xA1\xEF\xBC\xA2", "ab"}, /* full-width */
	        {"Stra\xC3\x9F"
	         "e",
	         "strasse"},
	        {"e\xCC\x81", "\xC3\xA9"}, /* decomposed */
	        {"\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83"}, /* both sigmas */
	        {"a\xC2\xA0"
	         "b\xE3\x80\x80"
	         "c\xE2\x80\xA8"
	         "d",
	         "abcd"}, /* white space */
	        {"a\xE2\x80\x90"
	         "b\xE2\x80\x91"
	         "c\xE2\x80\x93"
	         "d",
	         "abcd"}, /* hyphens */
	        {"a\xEF\xBC\x8D"
	         "b\xE2\x88\x92"
	         "c",
	         "abc"}, /* full-width, minus */
	        {"a\xC2\xAD"
	         "b\xE2\x80\x8D"
	         "c",
	         "abc"}, /* soft hyphen, joiner */
	        {"bad \xFF-", "bad \xFF-"}, /* ill-formed: as it is */
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str(text_fold(&a, str_of(rows[i].text)), rows[i].want);
	arena_release(&a);
}

static void folding_twice_changes_nothing(void **state)
{
	static const uint32_t starts[] = {0, 0xC0, 0x400}; /* ASCII, Latin, Cyrillic */
	struct buf b = BUF_INIT(1000);
	struct arena a = {0};
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct str once;

		buf_reset(&b);
		for (int i = 0; i < 20; i++)
			text_add_char(&b, starts[i % 3] + pick(&seed, 0x80));
		once = text_fold(&a, buf_str(&b));
		assert_true(str_eq(text_fold(&a, once), once));
	}
	buf_release(&b);
	arena_release(&a);
}

static void normal_form_and_direction(void **state)
{
	(void)state;
	assert_true(text_is_nfc(STR("ascii")));
	assert_true(text_is_nfc(STR("\xC3\xA9")));
	assert_false(text_is_nfc(STR("e\xCC\x81")));
	assert_false(text_is_nfc(STR("\xE2\x84\xAB"))); /* angstrom sign */
	assert_false(text_is_rtl(STR("")));
	assert_false(text_is_rtl(STR("123 !")));
	assert_false(text_is_rtl(STR("1. abc \xD7\x90")));
	assert_true(text_is_rtl(STR("1. \xD7\x90 abc"))); /* Hebrew */
	assert_true(text_is_rtl(STR("\xD8\xA7"))); /* Arabic */
	assert_false(text_is_rtl(STR("\xFF\xFE")));
}

/* Before a Hebrew letter. */
static void ascii_letters_alone_decide(void **state)
{
	(void)state;
	for (int c = 0; c < 0x80; c++) {
		char text[] = {(char)c, (char)0xD7, (char)0x90};
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		assert_int_equal(text_is_rtl((struct str){text, 3}), !letter);
	}
}

static void lines_end_where_they_may(void **state)
{
	static const struct {
		const char *text;
		int width;
		size_t want;
	} rows[] = {
	        {"", 5, 0},
	        {"hello", 5, 5},
	        {"hello world", 5, 6}, /* the blank at the break is part of the line */
	        {"hello   world", 5, 8},
	        {"hello world", 8, 6},
	        {"hello world", 11, 11},
	        {"well-known", 6, 5},
	        {"abcdefghij", 4, 4}, /* a word longer than the line */
	        {"ab cdefghijk", 6, 3},
	        {"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4, 6},
	        {"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 5, 6},
	        {"\xE6\x97\xA5\xE6\x9C\xAC", 1, 3}, /* at least one character */
	        {"e\xCC\x81"
	         "e\xCC\x81"
	         "e\xCC\x81",
	         2, 6},
	        {"\xE6\x97\xA5\xCC\x81x", 1, 5}, /* a mark stays with its letter */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(text_line(str_of(rows[i].text), rows[i].width),
		                 rows[i].want);
}

static void any_bytes_come_to_an_end(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		size_t n = 1 + pick(&seed, 40), at = 0;
		char *bytes = mem_alloc(n);

		for (size_t i = 0; i < n; i++)
			bytes[i] = pick(&seed, 2) ? (char)pick(&seed, 256) : ' ';
		while (at < n) {
			size_t line = text_line((struct str){bytes + at, n - at},
			                        1 + (int)pick(&seed, 10));

			assert_in_range(line, 1, n - at);
			at += line;
		}
		free(bytes);
	}
}

static void nearest_word(void **state)
{
	static const struct str words[] = {STR("field"), STR("family"), STR("year"),
	                                   STR("yeas"),  STR("ab"),     STR("")};
	static const struct {
		const char *word, *want;
	} rows[] = {
	        {"feild", "field"}, /* a swap is one step */
	        {"FIELD", "field"},
	        {"fields", "field"},
	        {"famly", "family"},
	        {"fmly", NULL}, /* two steps are more than a third of four */
	        {"yeaz", "year"}, /* the first one on a tie */
	        {"a", NULL},
	        {"ac", NULL},
	        {"", NULL},
	        {"completely different", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str near =
		        text_nearest(str_of(rows[i].word), words, ARRAY_LEN(words));

		assert_int_equal(near.s != NULL, rows[i].want != NULL);
		assert_str(near, rows[i].want ? rows[i].want : "");
	}
	assert_null(text_nearest(STR("x"), NULL, 0).s);
}

static void words_too_long_have_no_nearest(void **state)
{
	char text[LIMIT_SUGGEST_CHARS + 1];
	struct str fits = {text, LIMIT_SUGGEST_CHARS}, longer = {text, sizeof(text)};
	struct str shorter = {text, LIMIT_SUGGEST_CHARS - 1};

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(text_nearest(shorter, &fits, 1).n, fits.n);
	assert_null(text_nearest(longer, &fits, 1).s);
	assert_null(text_nearest(fits, &longer, 1).s);
}

static void grams_are_pieces_of_unspaced_runs(void **state)
{
	static const struct {
		struct str text, want;
	} rows[] = {
	        {STR(""), STR("")},
	        {STR("plain \xC4\x91"), STR("")},
	        {STR("\xE6\x9D\xB1"), STR("\xE6\x9D\xB1 ")}, /* one letter */
	        {STR("a\xE6\x9D\xB1\xE4\xBA\xAC"
	             "b"), /* two, between others */
	         STR("\xE6\x9D\xB1 \xE4\xBA\xAC \xE6\x9D\xB1\xE4\xBA\xAC ")},
	        {STR("\xE6\x9D\xB1 \xE4\xBA\xAC"), /* apart */
	         STR("\xE6\x9D\xB1 \xE4\xBA\xAC ")},
	        {STR("\xFF\xE6\x9D"), STR("")}, /* no UTF-8 */
	};
	struct buf out = BUF_INIT(1000);
	static const char five[] = "\xE3\x82\xA2\xE3\x82\xA4\xE3\x82\xA6\xE3\x82\xA8"
	                           "\xE3\x83\xBC"; /* Katakana */

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&out);
		text_add_grams(&out, rows[i].text);
		assert_int_equal(str_cmp(buf_str(&out), rows[i].want), 0);
	}
	buf_reset(&out);
	text_add_grams(&out, STR(five));
	/* 5 of one letter, 4 of two, 3 of three, 2 of four, and a blank each */
	assert_int_equal(out.n, 3 * (5 * 1 + 4 * 2 + 3 * 3 + 2 * 4) + 14);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(first_bad_byte_is_found),
	        cmocka_unit_test(bad_byte_is_one_step),
	        cmocka_unit_test(characters_and_columns),
	        cmocka_unit_test(characters_are_written),
	        cmocka_unit_test(unsafe_characters),
	        cmocka_unit_test(folded_texts),
	        cmocka_unit_test(folding_twice_changes_nothing),
	        cmocka_unit_test(normal_form_and_direction),
	        cmocka_unit_test(ascii_letters_alone_decide),
	        cmocka_unit_test(lines_end_where_they_may),
	        cmocka_unit_test(any_bytes_come_to_an_end),
	        cmocka_unit_test(nearest_word),
	        cmocka_unit_test(words_too_long_have_no_nearest),
	        cmocka_unit_test(grams_are_pieces_of_unspaced_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
