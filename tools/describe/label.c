/*
 * label.c - what a work is known by within the whole dataset
 */
#include "describe/works.h"

#include "base/limits.h"
#include "base/sum.h"
#include "base/text.h"

/* What an author is sorted by. */
static struct str author_name(const struct cited_work *w)
{
	const struct cited_author *a = w->authors;

	if (!w->authors_n)
		return STR_NONE;
	if (a->family.n)
		return a->family;
	return a->literal.n ? a->literal : a->given;
}

struct str work_identity(const struct cited_work *w, struct str key, struct arena *arena)
{
	if (str_starts(key, STR("doi:")) || str_starts(key, STR("url:")))
		return key;
	return arena_cat(arena, STR("text:"), text_fold(arena, w->title), STR("|"),
	                 w->year, STR("|"), text_fold(arena, author_name(w)));
}

struct str work_id(struct str identity, struct arena *arena)
{
	struct doi doi;

	if (str_starts(identity, STR("doi:")) &&
	    doi_parse(&doi, str_sub(identity, 4, identity.n), arena) != DOI_INVALID)
		return doi_url(&doi, arena);
	return arena_fmt(arena, "#work-%016llx",
	                 (unsigned long long)sum64_stable(identity));
}

/* At most MOST of the letters a to z and digits in S. */
static void add_ascii(struct buf *out, struct str s, size_t most)
{
	size_t start = out->n;

	for (size_t i = 0; i < s.n && out->n - start < most; i++) {
		char c = s.s[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_addc(out, c);
	}
}

struct str work_label(const struct cited_work *w, struct str identity,
                      struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(256);
	uint64_t h = sum64_stable(identity);

	add_ascii(&b, text_plain(arena, author_name(w)), LIMIT_LABEL_NAME);
	if (!b.n)
		buf_addz(&b, "work");
	add_ascii(&b, w->year, 4);
	buf_addf(&b, "-%08x", (unsigned)(h >> 32 ^ h));
	return arena_str(arena, buf_str(&b));
}
