/*
 * cited.c - a source read as a cited work
 */
#include "entry/cited.h"

static struct str text_at(const struct path *path, const struct doc_node *node)
{
	return doc_text(path_first(path, node));
}

static struct cited_author author_read(const struct roles *roles,
                                       const struct doc_node *author)
{
	struct cited_author out = {
	        .family = text_at(roles->author_family, author),
	        .given = text_at(roles->author_given, author),
	        .literal = text_at(roles->author_literal, author),
	};

	if (author->kind == DOC_STRING)
		out.literal = author->text;
	return out;
}

static void authors_read(struct cited_work *out, const struct roles *roles,
                         const struct doc_node *source, struct arena *arena)
{
	struct cited_author *authors;
	struct path_iter it;
	size_t n = 0;

	out->authors_more = doc_is_true(path_first(roles->author_more, source));
	if (!roles->source_authors)
		return;
	for (it = path_iter(roles->source_authors, source); path_next(&it);)
		n++;
	authors = arena_array(arena, struct cited_author, n);
	for (it = path_iter(roles->source_authors, source); path_next(&it);)
		authors[out->authors_n++] = author_read(roles, it.node);
	out->authors = authors;
}

void cited_read(struct cited_work *out, const struct roles *roles,
                const struct doc_node *source, struct arena *arena)
{
	const struct doc_node *year = path_first(roles->source_year, source);
	struct str doi = text_at(roles->source_doi, source);
	struct doi parsed;

	*out = (struct cited_work){.node = source};
	if (source->kind == DOC_STRING) {
		out->title = source->text;
		return;
	}
	out->key = text_at(roles->source_key, source);
	out->title = text_at(roles->source_title, source);
	out->venue = text_at(roles->source_venue, source);
	out->type = text_at(roles->source_type, source);
	out->url = text_at(roles->source_url, source);
	out->status = text_at(roles->source_status, source);
	if (year && (year->kind == DOC_STRING || year->kind == DOC_NUMBER))
		out->year = year->text;
	if (doi.n && doi_parse(&parsed, doi, arena) != DOI_INVALID)
		out->doi = parsed.canonical;
	authors_read(out, roles, source, arena);
}
