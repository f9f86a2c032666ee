/*
 * url.h - URLs, read strictly
 *
 * What is asked for is what stands there: no scheme is guessed, nothing is repaired, and a
 * name and password in a URL are neither sent nor shown.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct http_url {
	struct str scheme; /* lower case */
	struct str host; /* lower case, as it is looked up; an IPv6 address in brackets */
	int port; /* the scheme's own when none is written; 0: the scheme has none */
	struct str path; /* with the query; at least "/" */
	struct str text; /* the whole, without the fragment: ASCII, percent-encoded */
	struct str fragment; /* as written, without "#"; absent: none */
};

/*
 * Read TEXT. Any scheme is taken that has an authority ("ftp://..."): the caller decides.
 * Lives:  OUT in A
 * Fails:  false, and *WHY is half a sentence: "it has no scheme such as https:"
 * Source: RFC 3986, section 3; RFC 3987, section 3.1 for what is not ASCII
 */
bool http_url_parse(struct http_url *out, struct arena *a, struct str text,
                    const char **why);
/*
 * The same for LOCATION as it stands in a reply for BASE: it may be relative, and blanks in it
 * are taken for "%20".
 * Source: RFC 9110, section 10.2.2; RFC 3986, section 5
 */
bool http_url_resolve(struct http_url *out, struct arena *a, const struct http_url *base,
                      struct str location, const char **why);
/*
 * Whether TEXT names a scheme that is neither http nor https ("mailto:", "javascript:", "ftp:").
 * "example.org:80" names none.
 */
bool http_url_is_foreign(struct str text);
/* TEXT for people: what may be a name and password before the host is "***". */
struct str http_url_shown(struct arena *a, struct str text);
bool http_url_same_origin(const struct http_url *a, const struct http_url *b);
