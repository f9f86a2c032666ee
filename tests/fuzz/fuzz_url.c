/*
 * Any bytes as a URL, and as a redirect from one: what is taken is ASCII, has a host and can be
 * read again to the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "http/address.h"
#include "http/http.h"
#include "http/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct http_url *url, struct arena *arena)
{
	struct http_url again;
	const char *why;

	if (!url->host.n || !url->text.n || url->path.s[0] != '/')
		abort();
	for (size_t i = 0; i < url->text.n; i++)
		if ((unsigned char)url->text.s[i] <= 0x20 ||
		    (unsigned char)url->text.s[i] >= 0x7F)
			abort();
	if (!http_url_parse(&again, arena, url->text, &why) ||
	    !http_url_same_origin(&again, url))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = {size ? (const char *)data : "", size};
	struct arena arena = {0};
	struct http_url url, base;
	struct http_range range;
	const char *why;

	if (http_url_parse(&url, &arena, input, &why))
		check(&url, &arena);
	if (!http_url_parse(&base, &arena, STR("https://a.example/b/c?d"), &why))
		abort();
	if (http_url_resolve(&url, &arena, &base, input, &why))
		check(&url, &arena);
	(void)http_url_shown(&arena, input);
	(void)http_url_is_foreign(input);
	(void)http_range_parse(&range, input);
	(void)http_retry_after(input, 0);
	arena_release(&arena);
	return 0;
}
