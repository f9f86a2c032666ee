#include "http/url.h"

#include <string.h>
#include <strings.h>

#include "base/idn.h"
#include "base/limits.h"
#include "base/macro.h"
#include "http/curl.h"

static void free_parts(CURLU **u)
{
	curl()->url_cleanup(*u);
}

static void free_part(char **p)
{
	curl()->free(*p);
}

static CURLU *parts_new(void)
{
	CURLU *u = curl()->url();

	if (!u)
		out_of_memory();
	return u;
}

static const char *explain(CURLUcode rc)
{
	switch (rc) {
	case CURLUE_OK:
		return NULL;
	case CURLUE_OUT_OF_MEMORY:
		out_of_memory();
	case CURLUE_BAD_PORT_NUMBER:
		return "its port is no number between 0 and 65535";
	case CURLUE_USER_NOT_ALLOWED:
		return "it holds a user name or password, which does not belong in data";
	case CURLUE_BAD_SCHEME:
		return "it has no scheme such as https:";
	case CURLUE_BAD_SLASHES:
		return "two slashes must follow its scheme";
	case CURLUE_NO_HOST:
		return "it names no host";
	case CURLUE_BAD_IPV6:
		return "its IPv6 address is no address";
	case CURLUE_BAD_HOSTNAME:
		return "its host is no name of a host";
	default:
		return "it is not formed like a URL";
	}
}

/* ---- what libcurl would repair ---- */

/* Length of "scheme:" at the start of TEXT; 0 when it has none. */
static size_t scheme_length(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i], low = (char)(c | 0x20);

		if (c == ':')
			return i ? i + 1 : 0;
		if (low >= 'a' && low <= 'z')
			continue;
		if (i == 0 || !strchr("0123456789+-.", c) || !c)
			return 0;
	}
	return 0;
}

static const char *check_text(struct str text, bool blanks)
{
	if (text.n > LIMIT_URL_BYTES)
		return "it is longer than any site takes";
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.s[i];

		if (c < 0x20 || c == 0x7F)
			return "a control character stands in it";
		if (c == ' ' && !blanks)
			return "a blank stands in it";
	}
	return NULL;
}

/* libcurl decodes a host; after that it may be another one to whoever reads it next. */
static const char *check_authority(struct str rest)
{
	for (size_t i = 2; i < rest.n && !strchr("/?#", rest.s[i]); i++)
		if (rest.s[i] == '%')
			return "its host is no name that can be looked up";
	return NULL;
}

/* http:/host, http:host and http:///host are taken for http://host by libcurl. */
static const char *check_start(struct str text)
{
	struct str rest = str_sub(text, scheme_length(text), text.n);

	if (rest.n == text.n)
		return "it has no scheme such as https:";
	if (!str_starts(rest, STR("//")))
		return "two slashes must follow its scheme";
	if (rest.n == 2 || strchr("/?#", rest.s[2]))
		return "it names no host";
	return check_authority(rest);
}

/* ---- parts ---- */

static struct str part_of(CURLU *u, CURLUPart what, unsigned flags, struct arena *a)
{
	char *z CLEANUP(free_part) = NULL;
	CURLUcode rc = curl()->url_get(u, what, &z, flags);

	if (rc == CURLUE_OUT_OF_MEMORY)
		out_of_memory();
	return rc == CURLUE_OK ? arena_str(a, str_of(z)) : STR_NONE;
}

static const char *set_part(CURLU *u, CURLUPart what, const char *z, unsigned flags)
{
	return explain(curl()->url_set(u, what, z, flags));
}

/*
 * What must not be sent as it is. "%" is left alone: the text is encoded already.
 * RFC 3986, appendix A
 */
static bool must_encode(unsigned char c)
{
	return c <= 0x20 || c >= 0x7F || strchr("\"<>\\^`{|}", c);
}

static struct str encoded(struct arena *a, struct str s)
{
	char *z = arena_alloc(a, 3 * s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (!must_encode(c)) {
			z[n++] = (char)c;
			continue;
		}
		z[n++] = '%';
		z[n++] = "0123456789ABCDEF"[c >> 4];
		z[n++] = "0123456789ABCDEF"[c & 15];
	}
	return (struct str){z, n};
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.s[i] >= 0x80)
			return false;
	return true;
}

/* Letters, digits and what stands in names and addresses; libcurl decodes "%7F" in a host. */
static bool is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i], low = (char)(c | 0x20);

		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') &&
		    !(c && strchr("-._~[]:", c)))
			return false;
	}
	return s.n > 0;
}

/* The host as it is looked up; absent when it cannot be. */
static struct str wire_host(CURLU *u, struct arena *a)
{
	struct str host = part_of(u, CURLUPART_HOST, 0, a);

	host = is_ascii(host) ? arena_lower(a, host) : idn_lookup(a, host);
	return is_host(host) ? host : STR_NONE;
}

static int number_of(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; i++)
		n = n * 10 + s.s[i] - '0';
	return n;
}

static struct str wire_path(CURLU *u, struct arena *a)
{
	struct str path = encoded(a, part_of(u, CURLUPART_PATH, 0, a));
	struct str query = part_of(u, CURLUPART_QUERY, 0, a);

	if (!query.n)
		return path;
	query = encoded(a, query);
	return arena_fmt(a, STR_FMT "?" STR_FMT, STR_ARG(path), STR_ARG(query));
}

static const char *read_parts(struct http_url *out, struct arena *a, CURLU *u);

/* A name beyond ASCII may turn out to be an address: "127.1" in wide digits. */
static const char *read_again(struct http_url *out, struct arena *a, CURLU *u)
{
	struct str fragment = out->fragment;
	const char *why = set_part(u, CURLUPART_URL, out->text.s,
	                           CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS);

	if (!why)
		why = read_parts(out, a, u);
	out->fragment = fragment;
	return why;
}

static const char *read_parts(struct http_url *out, struct arena *a, CURLU *u)
{
	bool ascii = is_ascii(part_of(u, CURLUPART_HOST, 0, a));
	struct str port = part_of(u, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT, a);

	*out = (struct http_url){
	        .scheme = arena_lower(a, part_of(u, CURLUPART_SCHEME, 0, a)),
	        .host = wire_host(u, a),
	        .port = number_of(part_of(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, a)),
	        .path = wire_path(u, a),
	        .fragment = part_of(u, CURLUPART_FRAGMENT, 0, a),
	};
	if (!out->host.n)
		return "its host is no name that can be looked up";
	out->text = arena_fmt(a, STR_FMT "://" STR_FMT "%s" STR_FMT STR_FMT,
	                      STR_ARG(out->scheme), STR_ARG(out->host), port.n ? ":" : "",
	                      STR_ARG(port), STR_ARG(out->path));
	return ascii ? NULL : read_again(out, a, u);
}

static bool tell(const char *why, const char **out)
{
	*out = why;
	return !why;
}

bool http_url_parse(struct http_url *out, struct arena *a, struct str text,
                    const char **why)
{
	CURLU *u CLEANUP(free_parts) = parts_new();

	if (!tell(check_text(text, false), why) || !tell(check_start(text), why))
		return false;
	if (!tell(set_part(u, CURLUPART_URL, arena_str(a, text).s,
	                   CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS |
	                           CURLU_DISALLOW_USER),
	          why))
		return false;
	return tell(read_parts(out, a, u), why);
}

/* ---- redirects ---- */

/*
 * LOCATION as libcurl has to be given it. A host beyond ASCII must reach libidn2 as it is. What
 * looks like a scheme to libcurl ("1a:b") and is none is a path.
 */
static struct str reference(struct arena *a, struct str to)
{
	if (scheme_length(to) || str_starts(to, STR("//")))
		return to;
	to = encoded(a, to);
	if (to.n && strchr("/?#", to.s[0]))
		return to;
	return arena_fmt(a, "./" STR_FMT, STR_ARG(to));
}

bool http_url_resolve(struct http_url *out, struct arena *a, const struct http_url *base,
                      struct str location, const char **why)
{
	CURLU *u CLEANUP(free_parts) = parts_new();
	struct str to = str_trim(location);

	if (!tell(check_text(to, true), why))
		return false;
	if (scheme_length(to) && !tell(check_start(to), why))
		return false;
	if (str_starts(to, STR("//")) && !tell(check_authority(to), why))
		return false;
	if (str_starts(to, STR("#"))) {
		*out = *base;
		out->fragment = str_sub(to, 1, to.n);
		return true;
	}
	if (!tell(set_part(u, CURLUPART_URL, arena_str(a, base->text).s,
	                   CURLU_PATH_AS_IS),
	          why))
		return false;
	if (!tell(set_part(u, CURLUPART_URL, arena_str(a, reference(a, to)).s,
	                   CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER |
	                           CURLU_URLENCODE),
	          why))
		return false;
	return tell(read_parts(out, a, u), why);
}

/* ---- for people ---- */

bool http_url_is_foreign(struct str text)
{
	size_t n = scheme_length(text);
	struct str scheme = str_sub(text, 0, n ? n - 1 : 0);

	if (!n || (n < text.n && text.s[n] >= '0' && text.s[n] <= '9'))
		return false;
	return !(scheme.n == 4 && !strncasecmp(scheme.s, "http", 4)) &&
	       !(scheme.n == 5 && !strncasecmp(scheme.s, "https", 5));
}

/* Where the "@" stands behind a name and password that begin at FROM; TEXT.n: there are none. */
static size_t user_end(struct str text, size_t from)
{
	size_t to = from, colon, port, at;

	while (to < text.n && !strchr("/?#", text.s[to]))
		to++;
	at = from + str_rfind(str_sub(text, from, to - from), '@');
	if (at < to)
		return at;
	colon = from + str_find(str_sub(text, from, to - from), ':');
	port = colon + 1;
	while (port < to && text.s[port] >= '0' && text.s[port] <= '9')
		port++;
	/* What is no port is a password that was not encoded and goes on behind a slash. */
	return port < to && text.s[from] != '['
	               ? from + str_rfind(str_sub(text, from, text.n), '@')
	               : text.n;
}

struct str http_url_shown(struct arena *a, struct str text)
{
	size_t from = scheme_length(text), at;

	if (!from)
		return text;
	while (from < text.n && (text.s[from] == '/' || text.s[from] == '\\'))
		from++;
	at = user_end(text, from);
	if (at == text.n)
		return text;
	return arena_fmt(a, STR_FMT "***" STR_FMT, STR_ARG(str_sub(text, 0, from)),
	                 STR_ARG(str_sub(text, at, text.n)));
}

bool http_url_same_origin(const struct http_url *a, const struct http_url *b)
{
	return str_eq(a->scheme, b->scheme) && str_eq(a->host, b->host) &&
	       a->port == b->port;
}
