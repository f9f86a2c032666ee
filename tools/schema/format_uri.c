#include "schema/format.h"

#include <string.h>
#include <uriparser/Uri.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/macro.h"
#include "base/text.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* ---- URIs ---- */

/* A URI reference by RFC 3986; with a scheme when ABSOLUTE. */
static bool reference(struct str value, bool absolute)
{
	const char *s = value.s ? value.s : "", *where;
	UriUriA uri;
	bool has_scheme;

	if (uriParseSingleUriExA(&uri, s, s + value.n, &where) != URI_SUCCESS)
		return false;
	has_scheme = uri.scheme.first != NULL;
	uriFreeUriMembersA(&uri);
	return has_scheme || !absolute;
}

bool format_uri(struct str value)
{
	return reference(value, true);
}

bool format_uri_reference(struct str value)
{
	return reference(value, false);
}

/* ---- IRIs ---- */

/* RFC 3987, section 2.2; without the controls that section 4.1 keeps out. */
static bool is_ucschar(uint32_t c)
{
	if (c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E))
		return false;
	if (c < 0x10000)
		return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
		       (c >= 0xFDF0 && c <= 0xFFEF);
	return c >= 0x10000 && c <= 0xEFFFD && (c & 0xFFFF) <= 0xFFFD &&
	       (c < 0xE0000 || c >= 0xE1000);
}

static bool is_iprivate(uint32_t c)
{
	return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) ||
	       (c >= 0x100000 && c <= 0x10FFFD);
}

/*
 * RFC 3987, section 3.1, step 2: an IRI is one when its non-ASCII characters are allowed where
 * they stand and what their percent-encoding gives is a URI. URI syntax has no "%" in schemes,
 * ports and address literals, and so keeps those ASCII.
 */
static bool iri_reference(struct str value, bool absolute)
{
	struct buf uri CLEANUP(buf_release) = BUF_INIT(3 * (size_t)LIMIT_FILE_BYTES);
	bool in_query = false;

	for (size_t at = 0; at < value.n;) {
		size_t from = at;
		uint32_t c = text_next(value, &at);

		if (c == '?')
			in_query = true;
		if (c == '#')
			in_query = false;
		if (c < 0x80)
			buf_addc(&uri, (char)c);
		else if (!is_ucschar(c) && !(in_query && is_iprivate(c)))
			return false;
		for (; c >= 0x80 && from < at; from++)
			buf_addf(&uri, "%%%02X", (unsigned char)value.s[from]);
	}
	return !uri.overflow && reference(buf_str(&uri), absolute);
}

bool format_iri(struct str value)
{
	return iri_reference(value, true);
}

bool format_iri_reference(struct str value)
{
	return iri_reference(value, false);
}

/* ---- URI templates: RFC 6570, section 2 ---- */

/* "%" and two hexadecimal digits at AT. */
static bool is_encoded(struct str s, size_t at)
{
	return at + 2 < s.n && s.s[at] == '%' && is_hex(s.s[at + 1]) &&
	       is_hex(s.s[at + 2]);
}

/* Bytes of the varname at the start of S; 0 when there is none. */
static size_t varname_length(struct str s)
{
	bool letter = false; /* the last one: a dot needs one on each side */
	size_t i = 0;

	while (i < s.n) {
		char c = s.s[i];

		if (is_encoded(s, i))
			i += 2;
		else if (c == '.' ? !letter : !is_alpha(c) && !is_digit(c) && c != '_')
			break;
		letter = c != '.';
		i++;
	}
	return letter ? i : 0;
}

/* "name", "name:3" (1 to 9999) or "name*". */
static bool varspec(struct str s)
{
	size_t n = varname_length(s);

	s = str_sub(s, n, s.n);
	if (n == 0 || s.n == 0 || str_eqz(s, "*"))
		return n > 0;
	if (s.s[0] != ':' || s.n < 2 || s.n > 5 || s.s[1] == '0')
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_digit(s.s[i]))
			return false;
	return true;
}

/* What stands between "{" and "}": an operator (or one kept for later), then variables. */
static bool expression(struct str s)
{
	struct str piece;

	if (s.n && s.s[0] && strchr("+#./;?&=,!@|", s.s[0]))
		s = str_sub(s, 1, s.n);
	if (s.n == 0)
		return false;
	while (str_split(&s, ',', &piece))
		if (!varspec(piece))
			return false;
	return true;
}

/* The literal character at *AT; erratum 6937 lets the apostrophe in. */
static bool literal(struct str s, size_t *at)
{
	bool encoded = is_encoded(s, *at);
	uint32_t c = text_next(s, at);

	if (encoded)
		*at += 2;
	if (c >= 0x80)
		return is_ucschar(c) || is_iprivate(c);
	return encoded || (c > ' ' && c != 0x7F && !strchr("\"%<>\\^`{|}", (int)c));
}

bool format_uri_template(struct str value)
{
	for (size_t at = 0; at < value.n;) {
		struct str rest = str_sub(value, at, value.n);
		size_t end = rest.s[0] == '{' ? str_find(rest, '}') : 0;

		if (end == rest.n)
			return false;
		if (end == 0) {
			if (!literal(value, &at))
				return false;
			continue;
		}
		if (!expression(str_sub(rest, 1, end - 1)))
			return false;
		at += end + 1;
	}
	return true;
}
