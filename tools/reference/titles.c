/*
 * titles.c - how near two titles are
 */
#include "reference/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Characters compared one by one when words are misspelt. */
#define CHARS_MAX 300

struct words {
	struct str items[LIMIT_REFERENCE_WORDS];
	size_t n;
};

static void split(struct words *out, struct str text)
{
	struct str word;

	out->n = 0;
	while (out->n < LIMIT_REFERENCE_WORDS && str_split(&text, ' ', &word))
		if (word.n)
			out->items[out->n++] = word;
}

static int by_word(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Twice the words that both have, of a hundred of all. */
static int word_ratio(struct words *a, struct words *b)
{
	size_t i = 0, k = 0, both = 0;

	qsort(a->items, a->n, sizeof(struct str), by_word);
	qsort(b->items, b->n, sizeof(struct str), by_word);
	while (i < a->n && k < b->n) {
		int order = str_cmp(a->items[i], b->items[k]);

		both += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	return a->n + b->n ? (int)(200 * both / (a->n + b->n)) : 100;
}

static size_t characters(uint32_t out[CHARS_MAX], struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n && n < CHARS_MAX;)
		out[n++] = text_next(s, &at);
	return n;
}

/* Twice the characters of the longest common subsequence, of a hundred of all. */
static int character_ratio(struct str a, struct str b)
{
	uint32_t x[CHARS_MAX], y[CHARS_MAX];
	uint16_t rows[2][CHARS_MAX + 1] = {{0}};
	size_t xn = characters(x, a), yn = characters(y, b);

	for (size_t i = 0; i < xn; i++) {
		uint16_t *above = rows[i % 2], *row = rows[(i + 1) % 2];

		for (size_t k = 0; k < yn; k++)
			row[k + 1] = x[i] == y[k]            ? above[k] + 1
			             : above[k + 1] > row[k] ? above[k + 1]
			                                     : row[k];
	}
	return xn + yn ? (int)(200u * rows[xn % 2][yn] / (xn + yn)) : 100;
}

/* Whether A and B differ in blanks alone: "pre training", "pretraining". */
static bool same_without_blanks(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && a.s[i] == ' ')
			i++;
		while (k < b.n && b.s[k] == ' ')
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (a.s[i++] != b.s[k++])
			return false;
	}
}

/* A misspelt word is a word that differs, but few letters: then it is a slip, not another work. */
#define SLIP_RATIO 90
#define SLIP_TOLD 80

int reference_title_ratio(struct str a, struct str b)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct words *x = arena_new(&arena, struct words);
	struct words *y = arena_new(&arena, struct words);
	int ratio;

	a = fold_words(&arena, without_retracted(a));
	b = fold_words(&arena, without_retracted(b));
	if (same_without_blanks(a, b))
		return 100;
	split(x, a);
	split(y, b);
	ratio = word_ratio(x, y);
	if (ratio < SLIP_TOLD && character_ratio(a, b) >= SLIP_RATIO)
		return SLIP_TOLD;
	/* The same words in another order are another title. */
	return ratio == 100 ? 99 : ratio;
}

/* ---- what stands before a title ---- */

static bool starts_with(struct str s, const char *lower)
{
	for (size_t i = 0; lower[i]; i++)
		if (i >= s.n || (s.s[i] | 0x20) != (lower[i] | 0x20))
			return false;
	return true;
}

struct str without_retracted(struct str title)
{
	static const char *const words[] = {
	        "retracted article", "retracted paper",       "retracted chapter",
	        "retracted",         "withdrawn article",     "withdrawn",
	        "removed",           "temporary removal",     "temporarily removed",
	        "article retracted", "expression of concern",
	};
	struct str s = str_trim(title), rest;
	bool bracket = str_starts(s, STR("[")) || str_starts(s, STR("("));

	if (bracket)
		s = str_sub(s, 1, s.n);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!starts_with(s, words[i]))
			continue;
		rest = str_trim(str_sub(s, strlen(words[i]), s.n));
		if (!rest.n || !strchr(bracket ? "])" : ":", rest.s[0]) || !rest.s[0])
			continue;
		rest = str_trim(str_sub(rest, 1, rest.n));
		return str_trim(str_starts(rest, STR(":")) ? str_sub(rest, 1, rest.n)
		                                           : rest);
	}
	return title;
}
