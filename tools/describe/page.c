/*
 * page.c - the addresses of entries
 */
#include "describe/internal.h"

#include "base/limits.h"

static bool is_unreserved(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

/* Source: RFC 3986, section 2.1 */
static void add_encoded(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_unreserved(s.s[i]))
			buf_addc(out, s.s[i]);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)s.s[i]);
	}
}

struct str entry_page(struct str template, struct str lang, struct str id,
                      struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	if (!template.n)
		return STR_NONE;
	for (size_t i = 0; i < template.n;) {
		struct str rest = str_sub(template, i, template.n);

		if (str_starts(rest, STR("{lang}"))) {
			add_encoded(&b, lang);
			i += sizeof("{lang}") - 1;
		} else if (str_starts(rest, STR("{id}"))) {
			add_encoded(&b, id);
			i += sizeof("{id}") - 1;
		} else {
			buf_addc(&b, template.s[i++]);
		}
	}
	return arena_str(arena, buf_str(&b));
}
