/* Text without what keyboards and memories leave out. */
#include "base/text.h"

#include "../check.h"

static void what_is_typed_without_marks(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
	        {"", ""},
	        {"Plain TEXT, 1-2", "plain text, 1-2"},
	        {"Đường dẫn", "duong dan"},
	        {"Tự chú ý đa đầu", "tu chu y da dau"},
	        {"BERT İnce Ayar", "bert ince ayar"},
	        {"ayrıntı IĞDIR", "ayrinti igdir"},
	        {"Łódź", "lodz"},
	        {"Ærø Straße Œuvre þórr ðe", "aero strasse oeuvre thorr de"},
	        {"ﬁle ２", "file 2"},
	        {"Άλφα", "αλφα"},
	        {"ёлка", "елка"},
	        {"हिन्दी", "हिन्दी"},
	        {"한국어", "한국어"},
	        {"が", "が"},
	        {"bad \xff", "bad \xff"},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(text_plain(&a, str_of(cases[i].text)), cases[i].want);
	arena_release(&a);
}

/* Each pair of ASCII characters alone, and beside a letter that leads past the short cut. */
static void ascii_is_as_it_is_beside_others(void **state)
{
	struct arena a = {0};

	(void)state;
	for (int i = 0; i < 128; i++) {
		for (int k = 0; k < 128; k++) {
			char text[] = {(char)i, (char)k, ' ', (char)0xC3, (char)0xA9};
			struct str alone = text_plain(&a, (struct str){text, 2});
			struct str beside = text_plain(&a, (struct str){text, 5});

			assert_int_equal(beside.n, 4);
			assert_true(str_eq(alone, str_sub(beside, 0, 2)));
		}
		arena_reset(&a);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_typed_without_marks),
	        cmocka_unit_test(ascii_is_as_it_is_beside_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
