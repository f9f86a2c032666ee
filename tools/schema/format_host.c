#include "schema/format.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/idn.h"
#include "base/macro.h"
#include "base/text.h"

#define HOST_MAX 253 /* octets of a host name in dots and letters */
#define LOCAL_MAX 64 /* octets of the part before "@" (RFC 5321, 4.5.3.1.1) */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.s[i] >= 0x80)
			return false;
	return true;
}

/* ---- labels ---- */

/* "xn--..." in either case. */
static bool is_encoded(struct str s)
{
	return s.n >= 4 && (s.s[0] | 0x20) == 'x' && (s.s[1] | 0x20) == 'n' &&
	       s.s[2] == '-' && s.s[3] == '-';
}

/* Letters, digits and inner hyphens, 1 to 63 of them. */
static bool ascii_label(struct str s)
{
	if (s.n == 0 || s.n > IDN_LABEL_MAX || s.s[0] == '-' || s.s[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.s[i]) && s.s[i] != '-')
			return false;
	return !is_encoded(s) || idn_a_label(s);
}

/* A label as Unicode; *LENGTH is that of its ASCII form. */
static bool u_label(struct str s, size_t *length)
{
	*length = idn_u_label(s);
	return *length > 0;
}

/* ---- host names ---- */

bool format_hostname(struct str value)
{
	struct str rest = value, label;

	if (value.n == 0 || value.n > HOST_MAX)
		return false;
	while (str_split(&rest, '.', &label))
		if (!ascii_label(label))
			return false;
	return true;
}

/* IDNA2003's other dots: ideographic, fullwidth, halfwidth. */
static bool is_dot(uint32_t c)
{
	return c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61;
}

/* The label up to the next dot is cut off REST; *MORE tells whether a dot stood there. */
static struct str cut_label(struct str *rest, bool *more)
{
	struct str label = *rest;

	*more = false;
	for (size_t at = 0; at < rest->n;) {
		size_t from = at;

		if (!is_dot(text_next(*rest, &at)))
			continue;
		label.n = from;
		*rest = str_sub(*rest, at, rest->n);
		*more = true;
		break;
	}
	return label;
}

static bool is_rtl_label(struct str label)
{
	struct buf unicode CLEANUP(buf_release) = BUF_INIT(4 * IDN_LABEL_MAX);

	if (!is_encoded(label))
		return text_is_rtl(label);
	return idn_decode(&unicode, label) && text_is_rtl(buf_str(&unicode));
}

/* A European digit, ASCII's or the eastern Arabic-Indic ones. */
static bool starts_with_digit(struct str label)
{
	size_t at = 0;
	uint32_t c = text_next(label, &at);

	return (c >= '0' && c <= '9') || (c >= 0x6F0 && c <= 0x6F9);
}

/*
 * What RFC 5893, section 2 asks of a name as a whole: where one label runs from right to left,
 * no other label may start with a digit. libidn2 has seen to each label by itself.
 */
static bool bidi_rule(struct str value)
{
	bool more = true, rtl = false, digit = false;

	while (more) {
		struct str label = cut_label(&value, &more);

		rtl = rtl || is_rtl_label(label);
		digit = digit || starts_with_digit(label);
	}
	return !rtl || !digit;
}

bool format_idn_hostname(struct str value)
{
	struct str rest = value;
	size_t total = 0;
	bool more = true;

	while (more) {
		struct str label = cut_label(&rest, &more);
		size_t length = label.n;

		if (is_ascii(label) ? !ascii_label(label) : !u_label(label, &length))
			return false;
		total += length + more;
		if (total > HOST_MAX)
			return false;
	}
	return bidi_rule(value);
}

/* ---- addresses ---- */

/* inet_pton() wants an end; what is longer than any address is none. */
static bool address(int family, struct str value)
{
	char z[INET6_ADDRSTRLEN] = {0};
	unsigned char bytes[sizeof(struct in6_addr)];

	if (value.n >= sizeof(z) || value.n == 0 || memchr(value.s, '\0', value.n))
		return false;
	memcpy(z, value.s, value.n);
	return inet_pton(family, z, bytes) == 1;
}

bool format_ipv4(struct str value)
{
	return address(AF_INET, value);
}

bool format_ipv6(struct str value)
{
	return address(AF_INET6, value);
}

/* ---- mail ---- */

/* "[192.0.2.1]" or "[IPv6:2001:db8::1]"; no other tag is registered. */
static bool address_literal(struct str s)
{
	if (s.n < 2 || s.s[s.n - 1] != ']')
		return false;
	s = str_sub(s, 1, s.n - 2);
	if (s.n > 5 && strncasecmp(s.s, "IPv6:", 5) == 0)
		return format_ipv6(str_sub(s, 5, s.n));
	return format_ipv4(s);
}

static bool is_atext(char c, bool idn)
{
	if ((unsigned char)c >= 0x80)
		return idn;
	return is_alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Bytes of the quoted text at the start of S, quotes and all; 0 when it is none. */
static size_t quoted_length(struct str s, bool idn)
{
	for (size_t i = 1; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '"')
			return i + 1;
		if (c == '\\' && ++i < s.n)
			c = (unsigned char)s.s[i];
		if (c < 0x20 || c == 0x7F || (c >= 0x80 && !idn))
			return 0;
	}
	return 0;
}

/* Bytes of the atoms and dots at the start of S; 0 when a dot has no atom at its side. */
static size_t atoms_length(struct str s, bool idn)
{
	bool atom = false;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.s[i] == '.' ? !atom : !is_atext(s.s[i], idn))
			break;
		atom = s.s[i] != '.';
	}
	return atom ? i : 0;
}

static bool mailbox(struct str s, bool idn)
{
	size_t n = s.n && s.s[0] == '"' ? quoted_length(s, idn) : atoms_length(s, idn);
	struct str domain = str_sub(s, n + 1, s.n);

	if (n == 0 || n > LOCAL_MAX || n >= s.n || s.s[n] != '@')
		return false;
	if (str_starts(domain, STR("[")))
		return address_literal(domain);
	return idn ? format_idn_hostname(domain) : format_hostname(domain);
}

bool format_email(struct str value)
{
	return mailbox(value, false);
}

bool format_idn_email(struct str value)
{
	return mailbox(value, true);
}
