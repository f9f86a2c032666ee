/* Two texts word by word: what is kept, and that nothing gets lost. */
#include "../check.h"

#include "base/limits.h"
#include "change/change.h"

/* The pieces in a row: "kept[-removed-]{+added+}". */
static struct str pieces(struct str old, struct str new, struct arena *a)
{
	static const char *const before[] = {"", "[-", "{+"};
	static const char *const after[] = {"", "-]", "+}"};
	struct buf b = BUF_INIT(1 << 24);
	struct word_list list = {0};
	struct str out;

	change_words(&list, old, new, a);
	for (size_t i = 0; i < list.n; i++)
		buf_addf(&b, "%s" STR_FMT "%s", before[list.items[i].kind],
		         STR_ARG(list.items[i].text), after[list.items[i].kind]);
	out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static void check(const char *old, const char *new, const char *want)
{
	struct arena a = {0};

	assert_str(pieces(str_of(old), str_of(new), &a), want);
	arena_release(&a);
}

static void words_that_differ(void **state)
{
	(void)state;
	check("", "", "");
	check("same text", "same text", "same text");
	check("", "new", "{+new+}");
	check("old", "", "[-old-]");
	check("LoRA keeps the weights frozen.", "LoRA keeps the parameters frozen.",
	      "LoRA keeps the [-weights-]{+parameters+} frozen.");
	check("It has low rank.", "It has low rank. It is small.",
	      "It has low rank.{+ It is small.+}");
	check("one two three four five six", "one 2 3 four five six",
	      "one [-two three-]{+2 3+} four five six");
	check("a long text with a comma, here", "a long text with a comma; here",
	      "a long text with a comma[-,-]{+;+} here");
	check("mô hình lớn được huấn luyện", "mô hình nhỏ được huấn luyện",
	      "mô hình [-lớn-]{+nhỏ+} được huấn luyện");
	check("日本語の文", "日本語と文", "日本語[-の-]{+と+}文");
	check("a  b c d", "a b c d", "a[-  -]{+ +}b c d");
}

static void little_in_common_is_told_whole(void **state)
{
	(void)state;
	check("nothing here is like it", "all of that, it is other",
	      "[-nothing here is like it-]{+all of that, it is other+}");
	check("x", "y", "[-x-]{+y+}");
}

static bool is_kind(enum word_kind kind, bool old)
{
	return kind == WORD_KEPT || kind == (old ? WORD_REMOVED : WORD_ADDED);
}

static void check_whole(const struct word_list *list, struct str want, bool old)
{
	struct buf b = BUF_INIT(1 << 24);

	for (size_t i = 0; i < list->n; i++)
		if (is_kind(list->items[i].kind, old))
			buf_add(&b, list->items[i].text);
	assert_true(str_eq(buf_str(&b), want));
	buf_release(&b);
}

static void check_pieces(struct str old, struct str new)
{
	struct word_list list = {0};
	struct arena a = {0};

	change_words(&list, old, new, &a);
	check_whole(&list, old, true);
	check_whole(&list, new, false);
	for (size_t i = 0; i < list.n; i++) {
		assert_true(list.items[i].text.n > 0);
		if (i)
			assert_true(list.items[i].kind != list.items[i - 1].kind);
	}
	arena_release(&a);
}

static void add_random(struct buf *b, uint64_t *seed, uint32_t n)
{
	static const char *const words[] = {"a",  "b", "the", " ",  " ",    "  ",
	                                    "\n", ".", "é",   "語", "\xff", ", "};

	buf_reset(b);
	for (uint32_t i = 0; i < n; i++)
		buf_addz(b, words[pick(seed, ARRAY_LEN(words))]);
}

static void nothing_gets_lost(void **state)
{
	struct buf old = BUF_INIT(1 << 20), new = BUF_INIT(1 << 20);
	uint64_t seed = 20260620;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		add_random(&old, &seed, pick(&seed, 40));
		add_random(&new, &seed, pick(&seed, 40));
		check_pieces(buf_str(&old), buf_str(&new));
		check_pieces(buf_str(&old), buf_str(&old));
	}
	buf_release(&old);
	buf_release(&new);
}

static void large_texts_end_soon(void **state)
{
	struct buf old = BUF_INIT(1 << 24), new = BUF_INIT(1 << 24);
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 3; i++) {
		add_random(&old, &seed, i ? 40000 : LIMIT_WORDS * 2);
		add_random(&new, &seed, i == 1 ? 3 : 40000);
		check_pieces(buf_str(&old), buf_str(&new));
	}
	buf_reset(&old);
	buf_reset(&new);
	buf_fill(&old, '.', 90000);
	buf_fill(&new, '.', 50000);
	buf_addz(&new, "x");
	buf_fill(&new, '.', 30000);
	check_pieces(buf_str(&old), buf_str(&new));
	buf_release(&old);
	buf_release(&new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(words_that_differ),
	        cmocka_unit_test(little_in_common_is_told_whole),
	        cmocka_unit_test(nothing_gets_lost),
	        cmocka_unit_test(large_texts_end_soon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
