#include "schema/internal.h"

#include <limits.h>
#include <string.h>
#include <uriparser/Uri.h>

static void uri_free(UriUriA *u)
{
	uriFreeUriMembersA(u);
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_unreserved(char c)
{
	return is_alpha(c) || is_digit(c) || (c && strchr("-._~", c));
}

/* Characters that may stand raw in a URI: RFC 3986, section 2. */
static bool is_uri_char(char c)
{
	return is_unreserved(c) || (c && strchr(":/?#[]@!$&'()*+,;=%", c));
}

static bool is_path_char(char c)
{
	return is_unreserved(c) || (c && strchr("/:@!$&'()*+,;=", c));
}

bool schema_uri_absolute(struct str text)
{
	size_t i = 0;

	if (!text.n || !is_alpha(text.s[0]))
		return false;
	while (i < text.n &&
	       (is_alpha(text.s[i]) || is_digit(text.s[i]) || strchr("+-.", text.s[i])))
		i++;
	return i < text.n && text.s[i] == ':';
}

static struct str escape(struct str text, bool (*keep)(char), struct arena *a)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_array(a, char, text.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.s[i];

		if (keep((char)c)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	return (struct str){out, n};
}

static bool to_text(struct str *out, const UriUriA *u, struct arena *a)
{
	int n = 0;
	char *text;

	if (uriToStringCharsRequiredA(u, &n) || n < 0 || n == INT_MAX)
		return false;
	text = arena_array(a, char, (size_t)n + 1);
	if (uriToStringA(text, u, n + 1, NULL))
		return false;
	*out = str_of(text);
	return true;
}

static bool parse(UriUriA *u, struct str text)
{
	const char *at;

	return uriParseSingleUriExA(u, text.s, text.s + text.n, &at) == URI_SUCCESS;
}

bool schema_uri_resolve(struct str *out, struct str base, struct str ref, struct arena *a)
{
	CLEANUP(uri_free) UriUriA b = {0}, r = {0}, target = {0};

	*out = base;
	if (!ref.n)
		return true;
	ref = escape(ref, is_uri_char, a);
	if (!parse(&r, ref) || !parse(&b, base))
		return false;
	if (uriAddBaseUriExA(&target, &r, &b, URI_RESOLVE_STRICTLY))
		return false;
	if (uriNormalizeSyntaxA(&target))
		return false;
	return to_text(out, &target, a);
}

struct str schema_uri_split(struct str text, struct str *fragment)
{
	size_t at = str_find(text, '#');

	*fragment = at < text.n ? str_sub(text, at + 1, text.n) : STR_NONE;
	return str_sub(text, 0, at);
}

struct str schema_uri_page(struct str text)
{
	if (str_starts(text, STR("https://")))
		return str_sub(text, 8, text.n);
	return str_starts(text, STR("http://")) ? str_sub(text, 7, text.n) : text;
}

static int hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct str schema_uri_decode(struct str text, struct arena *a)
{
	char *out = arena_array(a, char, text.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		int high = -1, low = -1;

		if (text.s[i] == '%' && text.n - i > 2) {
			high = hex_digit(text.s[i + 1]);
			low = hex_digit(text.s[i + 2]);
		}
		if (high < 0 || low < 0) {
			out[n++] = text.s[i];
			continue;
		}
		out[n++] = (char)(high * 16 + low);
		i += 2;
	}
	return (struct str){out, n};
}

struct str schema_uri_of_path(struct str path, struct arena *a)
{
	struct str out = escape(path, is_path_char, a), uri;

	out = arena_fmt(a, "file://" STR_FMT, STR_ARG(out));
	/* Resolving an absolute reference is how its dot segments go. */
	return schema_uri_resolve(&uri, out, out, a) ? uri : out;
}

struct str schema_uri_path(struct str uri, struct arena *a)
{
	if (!str_starts(uri, STR("file:///")))
		return STR_NONE;
	return schema_uri_decode(str_sub(uri, 7, uri.n), a);
}
