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

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_typed_without_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
