#include "snapshot/internal.h"

#include "base/limits.h"

static struct str role_text(const struct path *path, const struct doc_node *node,
                            struct arena *a)
{
	const struct doc_node *found = path ? path_first(path, node) : NULL;

	return found ? plain_text(found, a) : STR_NONE;
}

static struct str fill(struct str text, struct template_pair *pairs, struct arena *a)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	template_fill(&b, text, template_pairs, pairs);
	return arena_str(a, buf_str(&b));
}

static struct str author_text(const struct maker *m, const struct roles *r,
                              const struct doc_node *author)
{
	struct template_pair pairs[] = {
	        {STR("family"), role_text(r->author_family, author, m->arena)},
	        {STR("given"), role_text(r->author_given, author, m->arena)},
	        {STR("literal"), role_text(r->author_literal, author, m->arena)},
	        {STR_NONE, STR_NONE},
	};

	if (author->kind == DOC_STRING)
		return author->text;
	return fill(m->style.author, pairs, m->arena);
}

/* All authors up to the style's limit; more become the first one and what stands for others. */
static struct str authors_text(const struct maker *m, const struct roles *r,
                               const struct doc_node *source)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	const struct doc_node *more = path_first(r->author_more, source);
	struct path_iter it;
	size_t n = 0, i = 0;

	if (!r->source_authors)
		return STR_NONE;
	for (it = path_iter(r->source_authors, source); path_next(&it);)
		n++;
	for (it = path_iter(r->source_authors, source); path_next(&it); i++) {
		if (i)
			buf_add(&b, i + 1 < n ? m->style.between : m->style.last);
		buf_add(&b, author_text(m, r, it.node));
		if (i == 0 && n > 1 && (n > m->style.most || (more && more->truth))) {
			buf_add(&b, m->style.more);
			break;
		}
	}
	return b.n ? arena_str(m->arena, buf_str(&b)) : STR_NONE;
}

struct str work_text(const struct maker *m, const struct entry *e,
                     const struct doc_node *source)
{
	const struct roles *r = &e->file->collection->roles;
	struct str venue = role_text(r->source_venue_short, source, m->arena);
	struct template_pair pairs[] = {
	        {STR("authors"), authors_text(m, r, source)},
	        {STR("year"), role_text(r->source_year, source, m->arena)},
	        {STR("title"), role_text(r->source_title, source, m->arena)},
	        {STR("venue"),
	         venue.n ? venue : role_text(r->source_venue, source, m->arena)},
	        {STR_NONE, STR_NONE},
	};

	if (source->kind == DOC_STRING)
		return source->text;
	return fill(m->style.text, pairs, m->arena);
}

bool work_link(struct link *out, const struct maker *m, const struct entry *e,
               const struct doc_node *source)
{
	const struct roles *r = &e->file->collection->roles;
	struct str doi = role_text(r->source_doi, source, m->arena);
	struct str url = role_text(r->source_url, source, m->arena);
	struct doi parsed;

	if (doi.n && doi_parse(&parsed, doi, m->arena) != DOI_INVALID) {
		*out = (struct link){"doi", doi_url(&parsed, m->arena),
		                     labels_get(m->labels, STR("link.doi"), NULL)};
		return true;
	}
	/* Only what a browser may open: an entry comes from a stranger. */
	if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
		return false;
	*out = (struct link){"url", url, labels_get(m->labels, STR("link.url"), NULL)};
	return true;
}
