/*
 * names.c - whether two names are those of the same person or body
 */
#include "reference/internal.h"

#include "base/limits.h"

#include <string.h>

/* The words of a name, and which of them are the family name. */
struct parts {
	struct str family, given; /* folded; given may be absent */
	bool literal; /* not taken apart: the family may be any of its words */
};

static bool is_particle(struct str word)
{
	static const char *const words[] = {
	        "van", "von", "de",  "der", "den", "del", "della", "degli", "di",  "da",
	        "dal", "dos", "das", "do",  "du",  "des", "la",    "le",    "lo",  "las",
	        "los", "el",  "al",  "bin", "ibn", "ben", "bint",  "ter",   "te",  "ten",
	        "zu",  "zum", "zur", "af",  "av",  "y",   "e",     "of",    "d",   "l",
	        "jr",  "sr",  "ii",  "iii", "iv",  "dr",  "phd",   "st",    "vom",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqz(word, words[i]))
			return true;
	return false;
}

/* WORDS without particles; all of them when there is nothing else. */
static struct str without_particles(struct arena *arena, struct str words)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(words.n + 1);
	struct str rest = words, word;

	while (str_split(&rest, ' ', &word))
		if (!is_particle(word)) {
			buf_addz(&out, out.n ? " " : "");
			buf_add(&out, word);
		}
	return out.n ? arena_str(arena, buf_str(&out)) : words;
}

/* "ue" for "ü" and the like, in both names, count as the plain letter. */
static struct str without_umlauts(struct arena *arena, struct str s)
{
	char *p = arena_alloc(arena, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		p[n++] = s.s[i];
		if (strchr("aou", s.s[i]) && s.s[i] && i + 1 < s.n && s.s[i + 1] == 'e')
			i++;
	}
	return (struct str){p, n};
}

static struct str fold_name(struct arena *arena, struct str name)
{
	name = str_sub(name, 0, LIMIT_REFERENCE_NAME_BYTES);
	return without_umlauts(arena, without_particles(arena, fold_words(arena, name)));
}

static struct parts parts_of(struct arena *arena, const struct reference_name *name)
{
	struct str literal = name->literal.n ? name->literal : name->given;
	size_t comma = str_find(literal, ',');

	if (name->family.n)
		return (struct parts){fold_name(arena, name->family),
		                      fold_name(arena, name->given), false};
	if (comma < literal.n)
		return (struct parts){
		        fold_name(arena, str_sub(literal, 0, comma)),
		        fold_name(arena, str_sub(literal, comma + 1, literal.n)), false};
	return (struct parts){fold_name(arena, literal), STR_NONE, true};
}

/* Whether the words of INNER stand one after another in OUTER. */
static bool holds(struct str outer, struct str inner)
{
	for (size_t i = 0; inner.n && i + inner.n <= outer.n; i++) {
		size_t end = i + inner.n;

		if ((i == 0 || outer.s[i - 1] == ' ') &&
		    (end == outer.n || outer.s[end] == ' ') &&
		    memcmp(outer.s + i, inner.s, inner.n) == 0)
			return true;
	}
	return false;
}

/* Words of A that B has, of a hundred of the shorter one's. */
static size_t shared(struct str a, struct str b)
{
	size_t an = count_words(a), bn = count_words(b), both = 0;
	struct str rest = a, word;

	while (str_split(&rest, ' ', &word))
		both += holds(b, word);
	return an && bn ? 100 * both / (an < bn ? an : bn) : 0;
}

static bool same_joined(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	while (i < a.n && k < b.n) {
		if (a.s[i] == ' ')
			i++;
		else if (b.s[k] == ' ')
			k++;
		else if (a.s[i++] != b.s[k++])
			return false;
	}
	return i == a.n && k == b.n;
}

static struct str last_word(struct str words)
{
	size_t blank = str_rfind(words, ' ');

	return blank < words.n ? str_sub(words, blank + 1, words.n) : words;
}

/* "G. Family" and "Given Family"; or "R Core Team" and "R Development Core Team". */
static bool same_literals(struct str a, struct str b)
{
	if (count_words(a) < 2 || count_words(b) < 2)
		return holds(a, b) || holds(b, a);
	return shared(a, b) == 100 ||
	       (a.s[0] == b.s[0] && str_eq(last_word(a), last_word(b)));
}

static bool same_parts(const struct parts *a, const struct parts *b)
{
	if (!a->family.n || !b->family.n)
		return false;
	if (a->literal && b->literal)
		return same_literals(a->family, b->family);
	if (a->literal || b->literal) {
		const struct parts *whole = a->literal ? a : b,
		                   *split = a->literal ? b : a;

		return holds(whole->family, split->family) ||
		       same_joined(whole->family, split->family);
	}
	return same_joined(a->family, b->family) || holds(a->family, b->family) ||
	       holds(b->family, a->family) ||
	       /* Families that come first are taken for given names. */
	       (same_joined(a->family, b->given) && same_joined(a->given, b->family));
}

bool reference_same_name(const struct reference_name *a, const struct reference_name *b)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct parts x = parts_of(&arena, a), y = parts_of(&arena, b);

	return same_parts(&x, &y);
}

bool find_name(size_t *at, const struct reference_name *names, size_t n,
               const struct reference_name *name)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct parts wanted = parts_of(&arena, name);

	for (size_t i = 0; i < n; i++) {
		struct parts one = parts_of(&arena, &names[i]);

		if (same_parts(&wanted, &one)) {
			*at = i;
			return true;
		}
	}
	return false;
}

struct str show_name(struct arena *arena, const struct reference_name *name)
{
	struct str family = name->family.n ? name->family : name->literal;

	if (name->family.n && name->given.n)
		family = arena_fmt(arena, STR_FMT ", " STR_FMT, STR_ARG(name->family),
		                   STR_ARG(name->given));
	return diag_quote(arena, family.n ? family : name->given);
}
