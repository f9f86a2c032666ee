/*
 * follow.c - the file of an entry in one commit after the other
 */
#include "diff/follow.h"

#include "base/limits.h"

/* The search for where the file was before it moved. */
struct search {
	struct follower *f;
	struct spot *out;
	const struct oid *blob; /* what it became; NULL: not known */
	bool same; /* OUT has the very bytes */
};

/* A file with the entry's id that is gone in the child; the same bytes are best. */
static bool on_change(void *ctx, const struct repo_change *c)
{
	struct search *s = ctx;
	bool same = s->blob && c->old && oid_eq(c->old, s->blob);

	if (!c->old || c->new || c->old_link || !str_eq(file_stem(c->path), s->f->id) ||
	    (s->out->path.s && (s->same || !same)))
		return true;
	*s->out = (struct spot){arena_str(s->f->arena, c->path), *c->old};
	s->same = same;
	return true;
}

bool follow(struct spot *out, struct follower *f, const struct oid *parent,
            const struct oid *child, struct str from)
{
	struct search s = {.f = f, .out = out};
	struct oid blob;

	*out = (struct spot){0};
	if (repo_at(&out->blob, f->repo, parent, from) == TREE_FILE) {
		out->path = from;
		return true;
	}
	if (repo_at(&blob, f->repo, child, from) == TREE_FILE)
		s.blob = &blob;
	return repo_diff(f->repo, parent, child, STR(""), on_change, &s, f->err);
}

static bool read_content(struct content *out, struct follower *f, const struct oid *blob)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena scratch = {0};
	struct source *source = arena_new(f->arena, struct source);
	struct err err = {0};
	struct diag_list unused;
	struct docs docs;

	if (!repo_blob(&bytes, f->repo, blob, &err))
		return err.code == ERR_LIMIT || err_set(f->err, err.code, "%s", err.text);
	*source = (struct source){f->id, arena_str(f->arena, buf_str(&bytes))};
	diag_init(&unused, &scratch);
	if (doc_read(&docs, source, &f->collection->read, f->arena, &unused) &&
	    docs.n == 1)
		out->root = &docs.items[0].root;
	return true;
}

bool follow_read(const struct content **out, struct follower *f, const struct oid *blob)
{
	struct str key = {(const char *)blob->id, sizeof(blob->id)};
	struct content *c = map_get(&f->contents, key);

	*out = c;
	if (c)
		return true;
	c = arena_new(f->arena, struct content);
	*map_at(&f->contents, arena_str(f->arena, key), NULL) = c;
	*out = c;
	return read_content(c, f, blob);
}
