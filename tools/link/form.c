/*
 * form.c - what an address is, by its text alone
 */
#include "link/link.h"

#include "base/idn.h"
#include "base/limits.h"
#include "base/text.h"
#include "http/url.h"
#include "schema/schema.h"

#include <string.h>

/* An address taken apart; absent parts are not there. */
struct parts {
	struct str scheme, user, host, port, path, query;
};

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool says(struct link_form *f, const char *class, const char *reason)
{
	f->verdict = LINK_INVALID;
	f->class = class;
	f->reason = reason;
	return false;
}

struct str link_fragment(struct str url)
{
	size_t at = str_find(url, '#');

	return at < url.n ? str_sub(url, at + 1, url.n) : STR_NONE;
}

/* ---- taking apart ---- */

static bool check_characters(struct link_form *f, struct str s)
{
	if (s.n > LIMIT_URL_BYTES)
		return says(f, "too-long", "it is longer than any server takes");
	if (text_invalid(s) < s.n)
		return says(f, "characters", "it is not UTF-8");
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = text_next(s, &at);

		if (c == ' ' || c == 0xA0 || c == 0x3000)
			return says(f, "characters", "there is a space in it");
		if (text_unsafe(c))
			return says(f, "characters",
			            "there is a control or invisible character in it");
		if (c < 0x80 && strchr("<>\"\\{}`", (int)c))
			return says(f, "characters",
			            "there is one of < > \" \\ { } ` in it, which an "
			            "address cannot have");
		if (c == '%' && !(at + 1 < s.n && is_hex(s.s[at]) && is_hex(s.s[at + 1])))
			return says(
			        f, "characters",
			        "a % in it is not followed by two hexadecimal digits");
		at = at > from ? at : from + 1;
	}
	return true;
}

/* Bytes of the scheme at the start of S, or 0. RFC 3986, section 3.1 */
static size_t scheme_length(struct str s)
{
	size_t n = 0;

	if (!s.n || !is_alpha(s.s[0]))
		return 0;
	while (n < s.n && (is_alpha(s.s[n]) || is_digit(s.s[n]) || s.s[n] == '+' ||
	                   s.s[n] == '-' || s.s[n] == '.'))
		n++;
	return n < s.n && s.s[n] == ':' ? n : 0;
}

/* The shorter of both ways to end: before C, or at N. */
static size_t before(struct str s, char c, size_t n)
{
	size_t at = str_find(s, c);

	return at < n ? at : n;
}

/* AUTHORITY: [user@]host[:port], the host of version 6 in brackets. */
static void split_authority(struct parts *p, struct str authority)
{
	size_t at = str_rfind(authority, '@'), colon;

	if (at < authority.n) {
		p->user = str_sub(authority, 0, at);
		authority = str_sub(authority, at + 1, authority.n);
	}
	colon = str_rfind(authority, ':');
	if (colon < authority.n && str_find(str_sub(authority, colon, authority.n),
	                                    ']') == authority.n - colon) {
		p->port = str_sub(authority, colon + 1, authority.n);
		authority = str_sub(authority, 0, colon);
	}
	p->host = authority;
}

/* Returns false when there is no "//" behind the scheme. */
static bool split(struct parts *p, struct str s)
{
	size_t n = scheme_length(s), end;
	struct str rest = str_sub(s, n ? n + 1 : 0, s.n);

	*p = (struct parts){.scheme = n ? str_sub(s, 0, n) : STR_NONE};
	rest = str_sub(rest, 0, before(rest, '#', rest.n));
	if (!str_starts(rest, STR("//")))
		return false;
	rest = str_sub(rest, 2, rest.n);
	end = before(rest, '/', before(rest, '?', rest.n));
	split_authority(p, str_sub(rest, 0, end));
	rest = str_sub(rest, end, rest.n);
	end = before(rest, '?', rest.n);
	p->path = str_sub(rest, 0, end);
	if (end < rest.n)
		p->query = str_sub(rest, end + 1, rest.n);
	return true;
}

/* ---- judging ---- */

static bool is_scheme(struct str scheme, const char *name)
{
	if (scheme.n != strlen(name))
		return false;
	for (size_t i = 0; i < scheme.n; i++)
		if (ascii_lower(scheme.s[i]) != name[i])
			return false;
	return true;
}

static bool check_scheme(struct link_form *f, const struct parts *p, bool slashes)
{
	bool web = is_scheme(p->scheme, "http") || is_scheme(p->scheme, "https");

	if (!p->scheme.n)
		return says(f, "scheme", "it does not say http:// or https://");
	if (web && !slashes)
		return says(f, "syntax", "there are no two slashes behind the scheme");
	if (web)
		return true;
	says(f, "scheme", "only http and https are asked");
	f->verdict = LINK_BLOCKED;
	return false;
}

/* 1 to 65535, or nothing. */
static bool is_port(struct str port)
{
	long n = 0;

	for (size_t i = 0; i < port.n; i++) {
		if (!is_digit(port.s[i]) || n > 65535)
			return false;
		n = n * 10 + (port.s[i] - '0');
	}
	return !port.n || (n > 0 && n <= 65535);
}

static bool is_label(struct str label)
{
	for (size_t i = 0; i < label.n; i++) {
		char c = label.s[i];

		if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '_')
			return false;
	}
	return label.n > 0 && label.n <= 63 && label.s[0] != '-' &&
	       label.s[label.n - 1] != '-';
}

static bool is_name(struct str host)
{
	struct str rest = host, label;

	if (str_ends(rest, STR(".")))
		rest.n--;
	if (!rest.n || rest.n > 253)
		return false;
	if (str_ends(rest, STR(".")))
		return false;
	while (rest.n && str_split(&rest, '.', &label))
		if (!is_label(label))
			return false;
	return true;
}

static bool is_host(struct str host)
{
	struct str inner = str_sub(host, 1, host.n >= 2 ? host.n - 2 : 0);

	if (str_starts(host, STR("[")))
		return str_ends(host, STR("]")) &&
		       schema_format_valid(STR("ipv6"), inner);
	return is_name(host);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.s[i] & 0x80)
			return false;
	return true;
}

/* The host as it is looked up. */
static bool convert_host(struct parts *p, struct arena *arena)
{
	if (is_ascii(p->host))
		return true;
	p->host = idn_lookup(arena, p->host);
	return p->host.n > 0;
}

static bool check_parts(struct link_form *f, struct parts *p, struct arena *arena)
{
	if (p->user.s)
		return says(f, "userinfo",
		            "it holds a user name or a password, which is for nobody's "
		            "eyes");
	if (!p->host.n)
		return says(f, "syntax", "it names no host");
	if (!convert_host(p, arena) || !is_host(p->host))
		return says(f, "host", "its host is no name of a host");
	if (!is_port(p->port))
		return says(f, "port", "its port is none");
	return true;
}

/* ---- the key ---- */

static void add_lower(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_addc(out, ascii_lower(s.s[i]));
}

/* S with bytes beyond ASCII encoded, and encodings in upper case. RFC 3986, section 6.2.2 */
static void add_encoded(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c >= 0x80) {
			buf_addf(out, "%%%02X", c);
		} else if (c == '%') {
			buf_addc(out, '%');
			for (int k = 0; k < 2; k++) {
				char h = s.s[++i];

				buf_addc(out, is_alpha(h) ? (char)(h & ~0x20) : h);
			}
		} else {
			buf_addc(out, (char)c);
		}
	}
}

static bool is_default(const struct parts *p)
{
	struct str port = p->port;

	while (port.n > 1 && port.s[0] == '0')
		port = str_sub(port, 1, port.n);
	return !port.n || str_eqz(port, is_scheme(p->scheme, "http") ? "80" : "443");
}

static void make_key(struct link_form *f, const struct parts *p, struct arena *arena)
{
	CLEANUP(buf_release) struct buf key = BUF_INIT(4 * (size_t)LIMIT_URL_BYTES);
	struct str host = p->host;
	size_t host_at;

	if (str_ends(host, STR(".")))
		host.n--;
	add_lower(&key, p->scheme);
	buf_addz(&key, "://");
	host_at = key.n;
	add_lower(&key, host);
	host.n = key.n - host_at;
	if (!is_default(p)) {
		buf_addc(&key, ':');
		buf_add(&key, p->port);
	}
	add_encoded(&key, p->path);
	if (!p->path.n)
		buf_addc(&key, '/');
	if (p->query.s) {
		buf_addc(&key, '?');
		add_encoded(&key, p->query);
	}
	/* Most are written as their key is. */
	f->key = str_eq(buf_str(&key), f->shown) ? f->shown
	                                         : arena_str(arena, buf_str(&key));
	f->scheme = str_sub(f->key, 0, p->scheme.n);
	f->host = str_sub(f->key, host_at, host.n);
}

/* TEXT with what is in front of the host left out. */
static struct str without_user(struct str text, const struct parts *p,
                               struct arena *arena)
{
	size_t from = (size_t)(p->user.s - text.s);

	return arena_fmt(arena, STR_FMT "***" STR_FMT, STR_ARG(str_sub(text, 0, from)),
	                 STR_ARG(str_sub(text, from + p->user.n, text.n)));
}

void link_form(struct link_form *out, struct str text, struct arena *arena)
{
	struct parts p;
	bool slashes = split(&p, text);

	*out = (struct link_form){.key = text, .shown = text};
	if (p.user.s)
		out->key = out->shown = without_user(text, &p, arena);
	out->good = check_characters(out, text) && check_scheme(out, &p, slashes) &&
	            check_parts(out, &p, arena);
	if (out->good)
		make_key(out, &p, arena);
	else if (!http_url_is_foreign(text)) /* where a mistake hides a password */
		out->key = out->shown = http_url_shown(arena, out->shown);
}
