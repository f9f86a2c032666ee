/*
 * text.h - UTF-8, Unicode properties and nearness of words [libunistring]
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define TEXT_BAD 0xFFFFFFFFu

/*
 * The character at byte *AT of S, and *AT moved behind it. A byte that starts no well-formed
 * UTF-8 sequence (RFC 3629) gives TEXT_BAD and moves by one.
 */
uint32_t text_next(struct str s, size_t *at);
/* Byte offset of the first ill-formed sequence, or s.n when all is UTF-8. Surrogates are bad. */
size_t text_invalid(struct str s);
/* Whether S holds bytes below 0x80 only. */
bool text_is_ascii(struct str s);
/* Number of characters (code points). S is UTF-8. */
size_t text_length(struct str s);
/* Columns on a terminal: wide characters count 2, combining marks 0. */
size_t text_width(struct str s);
/* Columns of one character. */
int text_char_width(uint32_t c);
/* Append character C as UTF-8. */
void text_add_char(struct buf *b, uint32_t c);
/* C0, DEL, C1, line and paragraph separator, bidi controls: what must not reach a terminal raw. */
bool text_unsafe(uint32_t c);
/* Append the character at *AT, or an escape (\xNN, \u{NNNN}) when unsafe or ill-formed. */
void text_add_visible(struct buf *b, struct str s, size_t *at);
/*
 * S folded for comparison: NFKC, case folded without locale; hyphens and dashes, '_', white
 * space and ignorable characters left out. Equal results mean "the same id to a reader".
 * Ill-formed text comes back as it is.
 * Source: Unicode 15, 3.13 (toNFKC_Casefold, approximated) [libunistring]
 */
struct str text_fold(struct arena *a, struct str s);
/* "d" for U+0111: letters that Unicode does not take apart, in lower case; NULL for others. */
const char *text_plain_letter(uint32_t c);
/*
 * S as words for comparing titles and names, single blanks between them: compatibility forms
 * and case folded, marks on Latin, Greek and Cyrillic letters left out, '&' as "and". Words
 * are of letters, digits, '+' and '#'; apostrophes and braces vanish, all else parts words.
 * Source: Unicode 15, 3.13 (toCasefold, NFKD) [libunistring]
 */
struct str text_words(struct arena *a, struct str s);
/*
 * S as one types who looks for it: case folded, compatibility forms and, on Latin, Greek,
 * Cyrillic, Arabic and Hebrew letters, marks left out; "Đường" and "duong" are the same, and so
 * are "ß", "æ", "ł", "ı" and what stands for them. White space and signs stay. Lives in A.
 * Ill-formed text comes back as it is.
 */
struct str text_plain(struct arena *a, struct str s);
/*
 * Append what is looked for in texts that have no blanks between words: of each run of Han,
 * Hiragana and Katakana letters in S all pieces of at most TEXT_GRAM letters, a blank behind each.
 * Source: Unicode 15, property Script [libunistring]
 */
#define TEXT_GRAM 4
void text_add_grams(struct buf *out, struct str s);
/* Whether S is in Unicode normalisation form C. */
bool text_is_nfc(struct str s);
/*
 * Whether the first character of S with a direction runs from right to left.
 * Source: Unicode Bidirectional Algorithm (UAX 9), rules P2 and P3, without isolates
 */
bool text_is_rtl(struct str s);
/*
 * How many bytes of S fit in one line of WIDTH columns (at least 1): up to the last place
 * where a line may break, or cut through a word that is longer. White space at the break
 * counts as part of the line. S holds no line ends.
 * Source: Unicode Line Breaking Algorithm (UAX 14) [libunistring]
 */
size_t text_line(struct str s, int width);
/*
 * The candidate nearest to WORD for "did you mean": the smallest edit distance (with
 * transpositions, case folded) of at most a third of the length, the first one on a tie.
 * Absent when none is near. N candidates.
 */
struct str text_nearest(struct str word, const struct str *candidates, size_t n);
