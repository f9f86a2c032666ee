#include "base/idn.h"

#include <idn2.h>
#include <string.h>

#include "base/macro.h"

#define LABEL_BYTES (4 * IDN_LABEL_MAX) /* of a label in UTF-8 */
#define HOST_BYTES (4 * 253) /* of a host name in UTF-8 */

static void free_u8(uint8_t **p)
{
	idn2_free(*p);
}

static void free_z(char **p)
{
	idn2_free(*p);
}

bool idn_a_label(struct str label)
{
	uint8_t *out CLEANUP(free_u8) = NULL;
	char z[IDN_LABEL_MAX + 1] = {0};

	if (label.n > IDN_LABEL_MAX)
		return false;
	for (size_t i = 0; i < label.n; i++)
		z[i] = ascii_lower(label.s[i]);
	return idn2_register_u8(NULL, (const uint8_t *)z, &out, 0) == IDN2_OK;
}

/* The text as a string with an end; false when it is too long or holds one already. */
static bool terminated(char *z, size_t size, struct str text)
{
	if (text.n >= size || memchr(text.s, '\0', text.n))
		return false;
	memcpy(z, text.s, text.n);
	z[text.n] = '\0';
	return true;
}

size_t idn_u_label(struct str label)
{
	uint8_t *out CLEANUP(free_u8) = NULL;
	char z[LABEL_BYTES + 1];
	size_t n;

	if (!label.n || !terminated(z, sizeof(z), label))
		return 0;
	if (idn2_register_u8((const uint8_t *)z, NULL, &out, 0) != IDN2_OK)
		return 0;
	n = strlen((const char *)out);
	return n <= IDN_LABEL_MAX ? n : 0;
}

bool idn_decode(struct buf *out, struct str label)
{
	char *unicode CLEANUP(free_z) = NULL;
	char z[IDN_LABEL_MAX + 1];

	if (!label.n || !terminated(z, sizeof(z), label))
		return false;
	if (idn2_to_unicode_8z8z(z, &unicode, 0) != IDN2_OK)
		return false;
	buf_addz(out, unicode);
	return true;
}

struct str idn_lookup(struct arena *a, struct str host)
{
	uint8_t *out CLEANUP(free_u8) = NULL;
	char z[HOST_BYTES + 1];

	if (!host.n || !terminated(z, sizeof(z), host))
		return STR_NONE;
	if (idn2_lookup_u8((const uint8_t *)z, &out,
	                   IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
		return STR_NONE;
	return arena_str(a, str_of((const char *)out));
}
