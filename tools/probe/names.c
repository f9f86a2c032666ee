#include "probe/internal.h"

#define SILENT_MAX 3 /* after so many the resolver is not waited for any more */

void names_init(struct names *n, struct arena *a,
                enum http_name (*lookup)(const char *host))
{
	*n = (struct names){.lookup = lookup ? lookup : http_lookup};
	map_init(&n->known, a);
}

static enum http_name ask(struct names *n, const char *host)
{
	enum http_name answer;

	if (n->silent >= SILENT_MAX)
		return HTTP_NAME_UNCERTAIN;
	answer = n->lookup(host);
	n->silent = answer == HTTP_NAME_UNCERTAIN ? n->silent + 1 : 0;
	return answer;
}

bool names_is_none(struct names *n, struct arena *a, struct str url)
{
	static const enum http_name answers[] = {HTTP_NAME_KNOWN, HTTP_NAME_NONE,
	                                         HTTP_NAME_UNCERTAIN};
	const enum http_name *known;
	struct http_url parts;
	const char *why;

	if (!http_url_parse(&parts, a, url, &why))
		return false;
	known = map_get(&n->known, parts.host);
	if (!known) {
		struct str host = arena_str(a, parts.host);

		known = &answers[ask(n, host.s)];
		*map_at(&n->known, host, NULL) = (void *)(uintptr_t)known;
	}
	return *known == HTTP_NAME_NONE;
}
