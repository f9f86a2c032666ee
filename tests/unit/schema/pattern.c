/* What ECMA-262's u mode means by a pattern, and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "schema/pattern.h"

#define LS "\xE2\x80\xA8"
#define NBSP "\xC2\xA0"
#define BOM "\xEF\xBB\xBF"
#define DRAGON "\xF0\x9F\x90\xB2"

struct meaning {
	const char *pattern, *value;
	enum pattern_result result;
};

static enum pattern_result match(const char *pattern, struct str value)
{
	struct arena arena = {0};
	struct err err = {0};
	struct pattern *p;
	void *scratch = NULL;
	enum pattern_result result;

	if (!pattern_compile(&p, str_of(pattern), &arena, &err))
		fail_msg("%s: %s", pattern, err.text);
	result = pattern_match(p, value, &scratch);
	pattern_match_release(&scratch);
	pattern_release(p);
	arena_release(&arena);
	return result;
}

static void check(const struct meaning *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (match(rows[i].pattern, str_of(rows[i].value)) != rows[i].result)
			fail_msg("row %zu: /%s/ and \"%s\"", i, rows[i].pattern,
			         rows[i].value);
}

static void anchors(void **state)
{
	static const struct meaning rows[] = {
	        {"^abc$", "abc", PATTERN_YES},
	        {"^abc$", "abc\n", PATTERN_NO}, /* no look at a last line feed */
	        {"^abc$", "x\nabc\ny", PATTERN_NO}, /* no m flag */
	        {"b", "abc", PATTERN_YES}, /* not anchored by itself */
	        {"", "", PATTERN_YES},
	        {"", "anything", PATTERN_YES},
	        {"a|", "b", PATTERN_YES},
	        {"^^a$$", "a", PATTERN_YES},
	        {"\\bab\\b", "x ab y", PATTERN_YES},
	        {"\\bab\\b", "xab", PATTERN_NO},
	        {"\\bab\\b",
	         "\xC3\xA9"
	         "ab",
	         PATTERN_YES}, /* an ASCII word ends at é */
	        {"\\Bab", "xab", PATTERN_YES},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void escapes(void **state)
{
	static const struct meaning rows[] = {
	        {"^\\t$", "\t", PATTERN_YES},
	        {"^\\t$", "\\t", PATTERN_NO},
	        {"^[\\t\\n\\v\\f\\r]{5}$", "\t\n\v\f\r", PATTERN_YES},
	        {"^\\v$", "\v", PATTERN_YES},
	        {"^\\v$", "\n", PATTERN_NO}, /* one character, not a class */
	        {"^\\cC$", "\x03", PATTERN_YES},
	        {"^\\cC$", "\\cC", PATTERN_NO},
	        {"^\\cc$", "\x03", PATTERN_YES},
	        {"^\\x41$", "A", PATTERN_YES},
	        {"^\\u0041$", "A", PATTERN_YES},
	        {"^\\u{41}$", "A", PATTERN_YES},
	        {"^\\u{000041}$", "A", PATTERN_YES},
	        {"^\\u{1F432}$", DRAGON, PATTERN_YES},
	        {"^\\uD83D\\uDC32$", DRAGON, PATTERN_YES},
	        {"^\\ud83d\\udc32$", DRAGON, PATTERN_YES},
	        {"\\uD83D", DRAGON, PATTERN_NO}, /* half a pair matches no character */
	        {"^\\uD83D*$", "", PATTERN_YES},
	        {"^a\\/b$", "a/b", PATTERN_YES},
	        {"^\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|$", "^$\\.*+?()[]{}|",
	         PATTERN_YES},
	        {"^# -~!\"%&',:;<=>@`$", "# -~!\"%&',:;<=>@`", PATTERN_YES},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
	assert_int_equal(match("^a\\0b$", (struct str){"a\0b", 3}), PATTERN_YES);
	assert_int_equal(match("^[\\0]$", (struct str){"\0", 1}), PATTERN_YES);
	assert_int_equal(match("^.$", (struct str){"\0", 1}), PATTERN_YES);
}

static void digits_and_words_are_ascii(void **state)
{
	static const struct meaning rows[] = {
	        {"^\\d$", "0", PATTERN_YES},
	        {"^\\d$", "\xDF\x80", PATTERN_NO}, /* NKo digit zero */
	        {"^\\d$", "\xE0\xA7\xAA", PATTERN_NO}, /* Bengali digit four */
	        {"^\\D$", "0", PATTERN_NO},
	        {"^\\D$", "\xDF\x80", PATTERN_YES},
	        {"^[\\d.-]+$", "1-2.3", PATTERN_YES},
	        {"^\\w$", "a", PATTERN_YES},
	        {"^\\w$", "_", PATTERN_YES},
	        {"^\\w$", "\xC3\xA9", PATTERN_NO}, /* é */
	        {"^\\W$", "a", PATTERN_NO},
	        {"^\\W$", "\xC3\xA9", PATTERN_YES},
	        {"^[^\\W]$", "a", PATTERN_YES},
	        {"^[^\\W]$", "\xC3\xA9", PATTERN_NO},
	        {"\\wcole",
	         "l'\xC3\xA9"
	         "cole",
	         PATTERN_NO},
	        {"\\wcole", "LECOLE", PATTERN_NO},
	        {"\\wcole", "l'ecole", PATTERN_YES},
	        {"[a-z]cole",
	         "l'\xC3\xA9"
	         "cole",
	         PATTERN_NO},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void spaces_are_unicode(void **state)
{
	static const struct meaning rows[] = {
	        {"^\\s$", " ", PATTERN_YES},
	        {"^\\s$", "\t", PATTERN_YES},
	        {"^\\s$", "\v", PATTERN_YES},
	        {"^\\s$", "\f", PATTERN_YES},
	        {"^\\s$", NBSP, PATTERN_YES},
	        {"^\\s$", BOM, PATTERN_YES},
	        {"^\\s$", "\n", PATTERN_YES},
	        {"^\\s$", "\r", PATTERN_YES},
	        {"^\\s$", LS, PATTERN_YES},
	        {"^\\s$", "\xE2\x80\xA9", PATTERN_YES}, /* PS */
	        {"^\\s$", "\xE2\x80\x83", PATTERN_YES}, /* EM SPACE, Zs */
	        {"^\\s$", "\xE3\x80\x80", PATTERN_YES}, /* IDEOGRAPHIC SPACE */
	        {"^\\s$", "\x01", PATTERN_NO},
	        {"^\\s$", "\xC2\x85", PATTERN_NO}, /* NEL */
	        {"^\\s$", "\xE2\x80\x93", PATTERN_NO}, /* EN DASH */
	        {"^\\s$", "\xE2\x80\x8B", PATTERN_NO}, /* ZERO WIDTH SPACE */
	        {"^\\s$", "\xE1\xA0\x8E", PATTERN_NO}, /* U+180E left Zs */
	        {"^\\S$", " ", PATTERN_NO},
	        {"^\\S$", NBSP, PATTERN_NO},
	        {"^\\S$", BOM, PATTERN_NO},
	        {"^\\S$", LS, PATTERN_NO},
	        {"^\\S$", "\x01", PATTERN_YES},
	        {"^\\S$", "\xE2\x80\x93", PATTERN_YES},
	        {"^[\\s]$", BOM, PATTERN_YES},
	        {"^[^\\s]$", BOM, PATTERN_NO},
	        {"^[\\S]$", BOM, PATTERN_NO},
	        {"^[\\S]$", DRAGON, PATTERN_YES},
	        {"^[^\\S]$", NBSP, PATTERN_YES},
	        {"^[\\S\\n]+$", "a\nb", PATTERN_YES},
	        {"^[\\s\\S]$", LS, PATTERN_YES},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void dot_and_classes(void **state)
{
	static const struct meaning rows[] = {
	        {"^.$", "a", PATTERN_YES},
	        {"^.$", DRAGON, PATTERN_YES}, /* one character, two UTF-16 units */
	        {"^" DRAGON "*$", "", PATTERN_YES},
	        {"^" DRAGON "*$", DRAGON, PATTERN_YES},
	        {"^" DRAGON "*$", DRAGON DRAGON, PATTERN_YES},
	        {"^" DRAGON "*$", "\xF0\x9F\x90\x89", PATTERN_NO},
	        {"^.$", "\n", PATTERN_NO},
	        {"^.$", "\r", PATTERN_NO},
	        {"^.$", LS, PATTERN_NO},
	        {"^.$", "\xC2\x85", PATTERN_YES},
	        {"^[.]$", "a", PATTERN_NO},
	        {"[]", "a", PATTERN_NO},
	        {"^[]*$", "", PATTERN_YES},
	        {"a[]*b|x[]?", "x", PATTERN_YES},
	        {"^[^]$", "\n", PATTERN_YES},
	        {"^[a\\-c]+$", "a-c", PATTERN_YES},
	        {"^[a\\-c]$", "b", PATTERN_NO},
	        {"^[-a]+$", "-a", PATTERN_YES},
	        {"^[a-]+$", "a-", PATTERN_YES},
	        {"^[\\b]$", "\b", PATTERN_YES},
	        {"^[a^]+$", "^a", PATTERN_YES},
	        {"^[[a]+$", "[a", PATTERN_YES},
	        {"^[[:alpha:]\\]$", "a]", PATTERN_YES}, /* the set [:alph, then ] */
	        {"^[[:alpha:]\\]$", "z]", PATTERN_NO},
	        {"^[[.a=]+$", "[.a=", PATTERN_YES},
	        {"^[(*+?.{}|$)]+$", "(*+?.{}|$)", PATTERN_YES},
	        {"^[\\u{1F400}-\\u{1F500}]$", DRAGON, PATTERN_YES},
	        {"^[\\uD83D\\uDC32]$", DRAGON, PATTERN_YES},
	        {"[\\uD800-\\uDFFF]", DRAGON, PATTERN_NO},
	        {"^[^\\uD800-\\uDFFF]$", DRAGON, PATTERN_YES},
	        {"^[\\u0000-\\uFFFF]$", "\xEE\x80\x80", PATTERN_YES},
	        {"^[\\uD800-\\uFFFF]$", "\xEE\x80\x80", PATTERN_YES},
	        {"^[Q\\]E]+$", "Q]E", PATTERN_YES},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void properties(void **state)
{
	static const struct meaning rows[] = {
	        {"\\p{Letter}cole",
	         "l'\xC3\xA9"
	         "cole",
	         PATTERN_YES},
	        {"^\\p{L}$", "\xC3\xA9", PATTERN_YES},
	        {"^\\p{digit}+$", "42", PATTERN_YES},
	        {"^\\p{digit}+$", "\xE0\xA7\xAA\xE0\xA7\xA8", PATTERN_YES}, /* ৪২ */
	        {"^\\p{digit}+$", "-%#", PATTERN_NO},
	        {"^\\p{Nd}$", "\xDF\x80", PATTERN_YES},
	        {"^\\P{Nd}$", "\xDF\x80", PATTERN_NO},
	        {"^\\p{gc=Lu}$", "A", PATTERN_YES},
	        {"^\\p{gc=Uppercase_Letter}$", "a", PATTERN_NO},
	        {"^\\p{General_Category=Cased_Letter}$", "a", PATTERN_YES},
	        {"^\\p{LC}$", "1", PATTERN_NO},
	        {"^\\p{punct}$", "!", PATTERN_YES},
	        {"^\\p{Combining_Mark}$", "\xCC\x81", PATTERN_YES},
	        {"^\\p{Script=Greek}$", "\xCE\xB1", PATTERN_YES},
	        {"^\\p{sc=Grek}$", "a", PATTERN_NO},
	        {"^\\p{Script_Extensions=Hiragana}$", "\xE3\x81\x81", PATTERN_YES},
	        {"^\\p{scx=Old_Italic}$", "a", PATTERN_NO},
	        {"^\\p{ASCII}$", "\x7F", PATTERN_YES},
	        {"^\\P{ASCII}$", "\x7F", PATTERN_NO},
	        {"^[\\P{ASCII}]$", DRAGON, PATTERN_YES},
	        {"^[^\\p{ASCII}]$", "a", PATTERN_NO},
	        {"^\\p{Any}$", "\n", PATTERN_YES},
	        {"^\\p{Assigned}$", "a", PATTERN_YES},
	        {"^\\P{Assigned}$", "\xCD\xB8", PATTERN_YES}, /* U+0378 */
	        {"^\\p{Alphabetic}$", "\xC3\xA9", PATTERN_YES},
	        {"^\\p{Alpha}\\p{Uppercase}\\p{Lower}$", "aBc", PATTERN_YES},
	        {"^\\p{Emoji_Presentation}$", DRAGON, PATTERN_YES},
	        {"^\\p{White_Space}$", "\xC2\x85", PATTERN_YES},
	        {"^[\\p{Lu}\\p{Nd}]+$", "A1", PATTERN_YES},
	        {"^\\p{ID_Start}\\p{ID_Continue}*$",
	         "\xC3\xA9t\xC3\xA9"
	         "1",
	         PATTERN_YES},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void groups_and_references(void **state)
{
	static const struct meaning rows[] = {
	        {"^(['\"])x\\1$", "'x'", PATTERN_YES},
	        {"^(['\"])x\\1$", "'x\"", PATTERN_NO},
	        {"^(?<q>['\"])x\\k<q>$", "\"x\"", PATTERN_YES},
	        {"^(?<$\xC3\xA9_1>a)\\k<$\\u00e9_1>$", "aa", PATTERN_YES},
	        {"^\\1(a)$", "a", PATTERN_YES}, /* not set yet: the empty text */
	        {"^\\k<n>(?<n>a)$", "a", PATTERN_YES},
	        {"^(a\\1)$", "a", PATTERN_YES},
	        {"^(?:(a)|b)\\1$", "b", PATTERN_YES},
	        {"(a)|\\1{2}", "b", PATTERN_YES},
	        {"^(?:(a|b)\\1)+$", "aabb", PATTERN_YES},
	        {"^(?:([a-z])x)*\\1$", "axbxb", PATTERN_YES},
	        {"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$", "abcdefghijj", PATTERN_YES},
	        {"^a(?=b)b$", "ab", PATTERN_YES},
	        {"^(?!.*(script))\\w+$", "javascript", PATTERN_NO},
	        {"(?<=\\$)\\d", "$1", PATTERN_YES},
	        {"(?<!\\$)\\d", "$1", PATTERN_NO},
	        {"(?<=a|bc)d", "bcd", PATTERN_YES},
	        {"^a{2}$", "aa", PATTERN_YES},
	        {"^a{2,}$", "a", PATTERN_NO},
	        {"^a{0}$", "", PATTERN_YES},
	        {"^a{1,2}?$", "aa", PATTERN_YES},
	        {"^(?:a+?b?"
	         "?)*?$",
	         "aab", PATTERN_YES},
	        {"^\\S(|(.|\\n)*\\S)$", "AZ", PATTERN_YES},
	        {"^\\S(|(.|\\n)*\\S)$", "A\nB", PATTERN_YES},
	        {"^\\S(|(.|\\n)*\\S)$", "A ", PATTERN_NO},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

struct refusal {
	const char *pattern, *message; /* a part of it */
};

static void refuse(const char *kind, const struct refusal *rows, size_t n, bool valid)
{
	for (size_t i = 0; i < n; i++) {
		struct str text = str_of(rows[i].pattern);
		struct arena arena = {0};
		struct err err = {0};
		struct pattern *p;

		if (pattern_compile(&p, text, &arena, &err))
			fail_msg("accepted: %s", rows[i].pattern);
		if (err.code != ERR_SCHEMA ||
		    !str_starts(str_of(err.text), str_of(kind)) ||
		    !strstr(err.text, rows[i].message))
			fail_msg("%s: %s", rows[i].pattern, err.text);
		if (pattern_valid(text) != valid)
			fail_msg("pattern_valid: %s", rows[i].pattern);
		arena_release(&arena);
	}
}

static void not_ecmascript(void **state)
{
	static const struct refusal rows[] = {
	        {"^\\S(|(.|\\n)*\\S)\\Z", "\\Z at character 16: write $"},
	        {"\\a", "\\a at character 1: write \\x07"},
	        {"\\A", "write ^"},
	        {"a\\z", "\\z at character 2: write $"},
	        {"\\h", "write [\\t\\p{Zs}]"},
	        {"\\R", "unknown escape"},
	        {"\\K", "look-behind"},
	        {"\\Qa\\E", "backslash before each character"},
	        {"\\X", "unknown escape"},
	        {"\\e", "\\x1B"},
	        {"\\G", "leave it out"},
	        {"\\g{1}", "\\k<name>"},
	        {"\\y", "without the backslash"},
	        {"\\-", "without the backslash"},
	        {"\\_", "without the backslash"},
	        {"\\ ", "unknown escape"},
	        {"\\\xC3\xA9", "unknown escape"},
	        {"[\\a]", "character 2"},
	        {"[\\B]", "unknown escape \\B"},
	        {"[\\1]", "\\xHH"},
	        {"a\\", "a backslash at the end at character 2"},
	        {"\\01", "\\xHH"},
	        {"\\1", "group that does not exist"},
	        {"(a)\\2", "character 4"},
	        {"\\99999999999999999999999", "does not exist"},
	        {"\\k", "\\k<name>"},
	        {"\\k<a>", "does not exist"},
	        {"(?<a>x)\\k<b>", "does not exist"},
	        {"\\x4", "\\xHH"},
	        {"\\u12", "\\uHHHH"},
	        {"\\u{}", "wrong code point"},
	        {"\\u{110000}", "wrong code point"},
	        {"\\u{41", "wrong code point"},
	        {"\\c1", "\\cA to \\cZ"},
	        {"\\c", "\\cA to \\cZ"},
	        {"{", "\\{"},
	        {"a{", "'{' without a number at character 2"},
	        {"a{,3}", "without a number"},
	        {"a{1", "does not end"},
	        {"a{2,1}", "out of order"},
	        {"}", "\\}"},
	        {"]", "\\]"},
	        {"^[[:alpha:]]$", "POSIX class at character 12: write \\p{Alphabetic}"},
	        {")", "\\)"},
	        {"(a", "\\("},
	        {"[a", "\\["},
	        {"*", "nothing to repeat"},
	        {"a|*", "nothing to repeat at character 3"},
	        {"a**", "nothing to repeat"},
	        {"a++", "possessive quantifier at character 3: leave the + out"},
	        {"a{2}+", "possessive"},
	        {"^*", "nothing to repeat"},
	        {"\\b+", "nothing to repeat"},
	        {"(?=a)*", "repeated look-around"},
	        {"(?<!a)?", "repeated look-around"},
	        {"(?i)a", "write [Aa]"},
	        {"(?i:a)", "write [Aa]"},
	        {"(?#c)", "$comment"},
	        {"(?P<n>a)", "write (?<name>...)"},
	        {"(?'n'a)", "write (?<name>...)"},
	        {"(?>a)", "atomic group"},
	        {"(?|a)", "branch reset"},
	        {"(a)(?(1)b)", "conditional"},
	        {"(?R)", "recursion"},
	        {"(?1)", "kind of group"},
	        {"(*UTF8)a", "verb"},
	        {"(*FAIL)", "verb"},
	        {"(?<>a)", "empty"},
	        {"(?<1>a)", "wrong character"},
	        {"(?<a-b>a)", "wrong character"},
	        {"(?<a", "does not end"},
	        {"(?<n>a)(?<n>b)", "same name"},
	        {"[b-a]", "out of order"},
	        {"[\\d-z]", "a set at its end"},
	        {"[a-\\w]", "a set at its end"},
	        {"\\p", "without its name"},
	        {"\\pL", "\\p{Letter}"},
	        {"\\p{}", "unknown Unicode property"},
	        {"\\p{letter}", "unknown Unicode property"},
	        {"\\p{L&}", "unknown Unicode property"},
	        {"\\p{^L}", "unknown Unicode property"},
	        {"\\p{Greek}", "\\p{Script=Greek}"},
	        {"\\p{Script=greek}", "unknown Unicode property or value"},
	        {"\\p{Script=Nowhere}", "unknown script"},
	        {"\\p{gc=Greek}", "unknown Unicode property or value"},
	        {"\\p{Age=5.0}", "unknown Unicode property or value"},
	        {"\xC3", "bad UTF-8"},
	};

	(void)state;
	refuse("not a regular expression: ", rows, ARRAY_LEN(rows), false);
}

static void not_supported(void **state)
{
	static const struct refusal rows[] = {
	        {"a(?<=b*)c", "look-behind without a fixed length at character 2"},
	        {"(?<!a{1,3})b", "look-behind"},
	        {"(a)(?<=\\1)", "look-behind"},
	        {"^(?:(a)|b)*\\1$", "left out at character 12"},
	        {"^(?:(a)?\\1b)*$", "left out"},
	        {"(?:(?=(a)))?\\1", "left out"},
	        {"a{65536}", "65535"},
	        {"a{1,70000}", "65535"},
	        {"(?:(?:a{1000}){1000}){1000}", "too large"},
	        {"\\p{Changes_When_NFKC_Casefolded}", "without data"},
	};

	(void)state;
	refuse("unsupported regular expression: ", rows, ARRAY_LEN(rows), true);
}

static void too_large(void **state)
{
	struct buf b = BUF_INIT(10 * LIMIT_PATTERN_BYTES);
	struct arena arena = {0};
	struct err err = {0};
	struct pattern *p;

	(void)state;
	buf_fill(&b, 'a', LIMIT_PATTERN_BYTES + 1);
	assert_false(pattern_compile(&p, buf_str(&b), &arena, &err));
	assert_non_null(strstr(err.text, "too long"));
	buf_reset(&b);
	buf_fill(&b, '(', 1000);
	buf_fill(&b, ')', 1000);
	err = (struct err){0};
	assert_false(pattern_compile(&p, buf_str(&b), &arena, &err));
	assert_non_null(strstr(err.text, "250 groups within groups"));
	buf_reset(&b);
	buf_fill(&b, '.', LIMIT_PATTERN_BYTES);
	err = (struct err){0};
	assert_false(pattern_compile(&p, buf_str(&b), &arena, &err));
	assert_non_null(strstr(err.text, "too long"));
	buf_release(&b);
	arena_release(&arena);
}

static void explodes(void **state)
{
	struct buf b = BUF_INIT(1 << 20);

	(void)state;
	buf_fill(&b, 'a', 60);
	buf_addc(&b, '!');
	assert_int_equal(match("^(a+)+$", buf_str(&b)), PATTERN_EXPLODED);
	assert_int_equal(match("^(a|a)*$", buf_str(&b)), PATTERN_EXPLODED);
	assert_int_equal(match("^(.*a){25}$", buf_str(&b)), PATTERN_EXPLODED);
	assert_int_equal(match("^a+!$", buf_str(&b)), PATTERN_YES);
	buf_fill(&b, 'a', 1 << 19);
	assert_int_equal(match("^[a!]+$", buf_str(&b)), PATTERN_YES);
	buf_release(&b);
}

static void one_scratch_for_many(void **state)
{
	struct arena arena = {0};
	struct err err = {0};
	struct pattern *digits, *letters;
	void *scratch = NULL;

	(void)state;
	assert_true(pattern_compile(&digits, STR("^\\d+$"), &arena, &err));
	assert_true(pattern_compile(&letters, STR("^([a-z])+$"), &arena, &err));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pattern_match(digits, STR("12"), &scratch), PATTERN_YES);
		assert_int_equal(pattern_match(letters, STR("ab"), &scratch),
		                 PATTERN_YES);
		assert_int_equal(pattern_match(letters, STR("12"), &scratch), PATTERN_NO);
		assert_int_equal(pattern_match(letters, STR_NONE, &scratch), PATTERN_NO);
	}
	pattern_match_release(&scratch);
	assert_null(scratch);
	pattern_match_release(&scratch);
	pattern_release(digits);
	pattern_release(letters);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(anchors),
	        cmocka_unit_test(escapes),
	        cmocka_unit_test(digits_and_words_are_ascii),
	        cmocka_unit_test(spaces_are_unicode),
	        cmocka_unit_test(dot_and_classes),
	        cmocka_unit_test(properties),
	        cmocka_unit_test(groups_and_references),
	        cmocka_unit_test(not_ecmascript),
	        cmocka_unit_test(not_supported),
	        cmocka_unit_test(too_large),
	        cmocka_unit_test(explodes),
	        cmocka_unit_test(one_scratch_for_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
