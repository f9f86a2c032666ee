/*
 * plain.c - text without what keyboards and memories leave out [libunistring]
 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Letters that no decomposition of Unicode takes apart, in lower case. */
static const struct {
	uint32_t letter;
	const char *plain;
} letters[] = {
        {0x00E6, "ae"}, /* æ */
        {0x00F0, "d"}, /* ð */
        {0x00F8, "o"}, /* ø */
        {0x00FE, "th"}, /* þ */
        {0x0111, "d"}, /* đ */
        {0x0127, "h"}, /* ħ */
        {0x0131, "i"}, /* ı */
        {0x0142, "l"}, /* ł */
        {0x014B, "n"}, /* ŋ */
        {0x0153, "oe"}, /* œ */
        {0x0167, "t"}, /* ŧ */
        {0x0180, "b"}, /* ƀ */
        {0x0253, "b"}, /* ɓ */
        {0x0257, "d"}, /* ɗ */
        {0x0268, "i"}, /* ɨ */
};

/* Scripts whose letters are told apart without their marks; elsewhere marks are letters. */
static const char *const accented[] = {"Latin", "Greek", "Cyrillic", "Arabic", "Hebrew"};

static bool loses_marks(uint32_t base)
{
	const uc_script_t *script;

	if (base < 0x80)
		return true;
	script = uc_script(base);
	for (size_t i = 0; script && i < ARRAY_LEN(accented); i++)
		if (strcmp(script->name, accented[i]) == 0)
			return true;
	return false;
}

const char *text_plain_letter(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_LEN(letters); i++)
		if (letters[i].letter == c)
			return letters[i].plain;
	return NULL;
}

static void add_plain(struct buf *out, uint32_t c)
{
	const char *plain = text_plain_letter(c);

	if (plain)
		buf_addz(out, plain);
	else
		text_add_char(out, c);
}

/* FOLDED is decomposed. */
static void drop_marks(struct buf *out, struct str folded)
{
	bool drop = false;

	for (size_t at = 0; at < folded.n;) {
		uint32_t c = text_next(folded, &at);

		if (c < 0x80) {
			buf_addc(out, (char)c);
			drop = true;
		} else if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn)) {
			add_plain(out, c);
			drop = loses_marks(c);
		} else if (!drop) {
			text_add_char(out, c);
		}
	}
}

/* S recomposed, in A. */
static struct str composed(struct arena *a, struct str s)
{
	size_t n = 0;
	uint8_t *nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)s.s, s.n, NULL, &n);
	struct str out;

	if (!nfc)
		out_of_memory();
	out = arena_str(a, (struct str){(const char *)nfc, n});
	free(nfc);
	return out;
}

struct str text_plain(struct arena *a, struct str s)
{
	CLEANUP(buf_release) struct buf plain = BUF_INIT(s.n * 32 + 16);
	uint8_t *folded;
	size_t n = 0;

	if (text_is_ascii(s)) /* has no marks, and only one form */
		return arena_lower(a, s);
	if (text_invalid(s) < s.n)
		return arena_str(a, s);
	folded = u8_casefold((const uint8_t *)s.s, s.n, NULL, UNINORM_NFKD, NULL, &n);
	if (!folded)
		out_of_memory();
	drop_marks(&plain, (struct str){(const char *)folded, n});
	free(folded);
	return composed(a, buf_str(&plain));
}
