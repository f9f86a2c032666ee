#include "change/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define STEPS_BASE 65536u /* of the search, whatever the texts */
#define STEPS_A_WORD 16u
#define IN_COMMON 4u /* less than one part in so many: the texts are told apart whole */

/* One side: its words as numbers that are equal for equal words. */
struct side {
	struct str text;
	uint32_t *ids;
	size_t *starts; /* n + 1 of them: where each word starts, and the end */
	bool *kept;
	size_t n;
};

/* The search for the fewest edits between words; x counts those of A, y those of B. */
struct search {
	const uint32_t *a, *b;
	int n, m;
	size_t steps; /* left to take */
	int *reach; /* how far x came on each diagonal x - y; [0] is the middle */
	int **trace; /* for E edits, `reach` from -E-1 to E+1 as it was before them */
};

enum sign { SIGN_BLANK, SIGN_LETTER, SIGN_ALONE };

/* Punctuation stands alone, and so do wide characters: their scripts do without blanks. */
static enum sign sign_of(uint32_t c)
{
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return SIGN_BLANK;
	if (c < 0x80 && !(c >= '0' && c <= '9') &&
	    !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
		return SIGN_ALONE;
	return c != TEXT_BAD && text_char_width(c) == 2 ? SIGN_ALONE : SIGN_LETTER;
}

static size_t word_end(struct str s, size_t at)
{
	enum sign sign = sign_of(text_next(s, &at));

	while (sign != SIGN_ALONE && at < s.n) {
		size_t next = at;

		if (sign_of(text_next(s, &next)) != sign)
			break;
		at = next;
	}
	return at;
}

/* Cut TEXT into words; false when they are too many. */
static bool side_init(struct side *side, struct str text, struct map *ids,
                      struct arena *scratch)
{
	size_t cap = text.n < LIMIT_WORDS ? text.n : LIMIT_WORDS, at = 0;

	side->text = text;
	side->ids = arena_array(scratch, uint32_t, cap);
	side->starts = arena_array(scratch, size_t, cap + 1);
	side->kept = arena_array(scratch, bool, cap);
	while (at < text.n) {
		size_t end = word_end(text, at);
		bool added;
		void **id;

		if (side->n == LIMIT_WORDS)
			return false;
		id = map_at(ids, str_sub(text, at, end - at), &added);
		if (added)
			*id = (void *)(uintptr_t)ids->n;
		side->ids[side->n] = (uint32_t)(uintptr_t)*id;
		side->starts[side->n++] = at;
		at = end;
	}
	side->starts[side->n] = text.n;
	return true;
}

/* Whether the way of EDITS edits comes to diagonal K from K + 1: a word of B was added. */
static bool comes_down(const int *reach, int k, int edits)
{
	return k == -edits || (k != edits && reach[k - 1] < reach[k + 1]);
}

/* Go as far as EDITS edits lead on diagonal K; true when that is the end of both. */
static bool advance(struct search *s, int k, int edits)
{
	int x = comes_down(s->reach, k, edits) ? s->reach[k + 1] : s->reach[k - 1] + 1;
	int y = x - k;

	for (; x < s->n && y < s->m && s->a[x] == s->b[y] && s->steps; s->steps--) {
		x++;
		y++;
	}
	s->reach[k] = x;
	return x >= s->n && y >= s->m;
}

/* The number of edits between A and B; -1 when they are too many or too hard to find. */
static int find_edits(struct search *s, struct arena *scratch)
{
	for (int e = 0; e <= LIMIT_WORD_EDITS; e++) {
		size_t size = 2 * (size_t)e + 3;

		if (s->steps < size)
			return -1;
		s->steps -= size;
		s->trace[e] = arena_array(scratch, int, size);
		memcpy(s->trace[e], s->reach - e - 1, size * sizeof(int));
		for (int k = -e; k <= e; k += 2)
			if (advance(s, k, e))
				return s->steps ? e : -1;
	}
	return -1;
}

/* Mark the words that the way back from the end keeps. */
static void mark_kept(const struct search *s, int edits, bool *a_kept, bool *b_kept)
{
	int x = s->n, y = s->m;

	for (int e = edits; e >= 0; e--) {
		const int *reach = s->trace[e] + e + 1;
		int k = x - y, from = comes_down(reach, k, e) ? k + 1 : k - 1;
		int from_x = reach[from], from_y = from_x - from;

		while (x > from_x && y > from_y && x > 0 && y > 0)
			a_kept[--x] = b_kept[--y] = true;
		x = from_x;
		y = from_y;
	}
}

/* Find what is kept of A and B; false when that was too much to ask. */
static bool search_kept(struct side *a, struct side *b, struct arena *scratch)
{
	struct search s = {.steps = STEPS_BASE + STEPS_A_WORD * (a->n + b->n)};
	size_t first = 0, last = 0, less = a->n < b->n ? a->n : b->n;
	int edits;

	for (; first < less && a->ids[first] == b->ids[first]; first++)
		a->kept[first] = b->kept[first] = true;
	for (; last < less - first && a->ids[a->n - 1 - last] == b->ids[b->n - 1 - last];
	     last++)
		a->kept[a->n - 1 - last] = b->kept[b->n - 1 - last] = true;
	s.a = a->ids + first;
	s.b = b->ids + first;
	s.n = (int)(a->n - first - last);
	s.m = (int)(b->n - first - last);
	s.reach = arena_array(scratch, int, 2 * LIMIT_WORD_EDITS + 5) + LIMIT_WORD_EDITS +
	          2;
	s.trace = arena_array(scratch, int *, LIMIT_WORD_EDITS + 1);
	edits = find_edits(&s, scratch);
	if (edits < 0)
		return false;
	mark_kept(&s, edits, a->kept + first, b->kept + first);
	return true;
}

static struct str words(const struct side *s, size_t from, size_t to)
{
	return str_sub(s->text, s->starts[from], s->starts[to] - s->starts[from]);
}

/* How many words from AT on are not kept. */
static size_t lost_in_a_row(const struct side *s, size_t at)
{
	size_t end = at;

	while (end < s->n && !s->kept[end])
		end++;
	return end - at;
}

/* How many words are kept in a row from X of A and Y of B on. */
static size_t kept_in_a_row(const struct side *a, size_t x, const struct side *b,
                            size_t y)
{
	size_t n = 0;

	while (x + n < a->n && y + n < b->n && a->kept[x + n] && b->kept[y + n])
		n++;
	return n;
}

/* Blanks alone between two differences are no common ground: they only tear them apart. */
static void join_over_blanks(struct side *a, struct side *b)
{
	size_t x = 0, y = 0;

	while (x < a->n || y < b->n) {
		size_t n;

		x += lost_in_a_row(a, x);
		y += lost_in_a_row(b, y);
		n = kept_in_a_row(a, x, b, y);
		if ((x || y) && (x + n < a->n || y + n < b->n) &&
		    !str_trim(words(a, x, x + n)).n) {
			memset(a->kept + x, 0, n);
			memset(b->kept + y, 0, n);
		}
		x += n;
		y += n;
	}
}

static void add_piece(struct word_list *out, struct arena *arena, enum word_kind kind,
                      struct str text)
{
	if (text.n)
		*arena_push(arena, out->items, out->n, out->cap) =
		        (struct word_piece){kind, text};
}

static void add_pieces(struct word_list *out, const struct side *a, const struct side *b,
                       struct arena *arena)
{
	size_t x = 0, y = 0;

	while (x < a->n || y < b->n) {
		size_t gone = lost_in_a_row(a, x), come = lost_in_a_row(b, y), n;

		add_piece(out, arena, WORD_REMOVED, words(a, x, x + gone));
		add_piece(out, arena, WORD_ADDED, words(b, y, y + come));
		x += gone;
		y += come;
		n = kept_in_a_row(a, x, b, y);
		add_piece(out, arena, WORD_KEPT, words(b, y, y + n));
		x += n;
		y += n;
	}
}

/* Whether enough letters stay for the reader to see the one text in the other. */
static bool have_much_in_common(const struct side *a, const struct side *b)
{
	size_t more = a->text.n > b->text.n ? a->text.n : b->text.n, kept = 0;

	for (size_t i = 0; i < a->n; i++)
		if (a->kept[i])
			kept += str_trim(words(a, i, i + 1)).n;
	return kept >= more / IN_COMMON;
}

void change_words(struct word_list *out, struct str old, struct str new,
                  struct arena *arena)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct side a = {0}, b = {0};
	struct map ids;

	map_init(&ids, &scratch);
	if (side_init(&a, old, &ids, &scratch) && side_init(&b, new, &ids, &scratch) &&
	    search_kept(&a, &b, &scratch) && have_much_in_common(&a, &b)) {
		join_over_blanks(&a, &b);
		add_pieces(out, &a, &b, arena);
		return;
	}
	add_piece(out, arena, WORD_REMOVED, old);
	add_piece(out, arena, WORD_ADDED, new);
}
