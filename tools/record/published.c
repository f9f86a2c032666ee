#include "record/internal.h"

#include "base/limits.h"

void published_from(struct published *out, const struct roles *roles,
                    const struct doc_node *root, const struct history *history,
                    struct str content)
{
	const struct history_line *line = history_version_of(history, content);
	struct standing s;

	*out = (struct published){
	        .state = STATE_PUBLISHED, .content = content, .history = *history};
	if (!line)
		return;
	s = history_standing(history, history->n);
	out->version = line->version;
	out->state = standing_public(&s, line->version);
	out->sources = line->sources >= 0 ? (size_t)line->sources
	                                  : entry_source_count(roles, root);
}

void published_read_as(struct published *out, const struct roles *roles,
                       const struct doc_node *root, struct str content,
                       struct arena *arena)
{
	struct history history;

	history_read(&history, roles, root, arena);
	published_from(out, roles, root, &history, content);
}

void published_read(struct published *out, const struct roles *roles,
                    const struct doc_node *root, struct arena *arena)
{
	published_read_as(out, roles, root, version_content(roles, root, arena), arena);
}

const struct history_line *published_line(const struct history *h, int version,
                                          enum state state)
{
	for (size_t i = h->n; i > 0 && state != STATE_PUBLISHED; i--)
		if (event_is_public(h->lines[i - 1].event))
			return &h->lines[i - 1];
	return history_approved(h, h->n, version);
}

struct str published_date(const struct history *h, int version, enum state state)
{
	const struct history_line *line = published_line(h, version, state);

	return line ? line->date : STR_NONE;
}

bool release_read(struct doc **out, const struct collection **collection,
                  struct record *r, const struct release *release,
                  struct str collection_name, const struct release_file *file,
                  struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	const struct layout *l = release_layout(r, release, err);
	struct source *source = arena_new(arena, struct source);
	struct diag_list unused;
	struct docs docs;
	size_t i;

	if (!l || !repo_blob(&bytes, r->repo, &file->blob, err))
		return false;
	source->name = arena_fmt(arena, STR_FMT ":" STR_FMT, STR_ARG(release->name),
	                         STR_ARG(file->path));
	source->bytes = arena_str(arena, buf_str(&bytes));
	diag_init(&unused, arena);
	if (!layout_find(&i, l, collection_name))
		return err_set(err, ERR_REPO,
		               "release " STR_FMT
		               " has no versioned collection named " STR_FMT,
		               STR_ARG(release->name), STR_ARG(collection_name));
	*collection = &l->dataset->collections[i];
	if (!doc_read(&docs, source, &(*collection)->read, arena, &unused) || docs.n != 1)
		return err_set(err, ERR_IO, STR_FMT " is no document that can be read",
		               STR_ARG(source->name));
	*out = &docs.items[0];
	return true;
}
