#include "probe/internal.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str decoded(struct arena *a, struct str s)
{
	char *z = arena_alloc(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '%' && i + 2 < s.n && hex(s.s[i + 1]) >= 0 &&
		    hex(s.s[i + 2]) >= 0) {
			z[n++] = (char)(hex(s.s[i + 1]) * 16 + hex(s.s[i + 2]));
			i += 2;
		} else {
			z[n++] = s.s[i];
		}
	}
	return (struct str){z, n};
}

/* What a program in the page or the browser understands, not an element. */
static bool is_no_place(struct str fragment)
{
	return !fragment.n || str_eqz(fragment, "top") || fragment.s[0] == '/' ||
	       fragment.s[0] == '!' || fragment.s[0] == ':' ||
	       str_find(fragment, '=') < fragment.n;
}

static bool is_there(struct arena *a, const struct map *ids, struct str fragment)
{
	struct str plain = decoded(a, fragment);

	return map_has(ids, fragment) || map_has(ids, plain) ||
	       map_has(ids, arena_fmt(a, "user-content-" STR_FMT, STR_ARG(plain)));
}

struct str fragment_missing(struct arena *a, const struct probe_question *q,
                            const struct http_reply *reply)
{
	struct map ids;

	if (!q->fragments_n || reply->truncated ||
	    !str_starts(http_header_get(reply, "content-type"), STR("text/html")))
		return STR_NONE;
	map_init(&ids, a);
	page_ids(&ids, reply->body);
	for (size_t i = 0; i < q->fragments_n; i++)
		if (!is_no_place(q->fragments[i]) && !is_there(a, &ids, q->fragments[i]))
			return q->fragments[i];
	return STR_NONE;
}
