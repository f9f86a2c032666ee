/*
 * read.c - the content of a file on one side
 */
#include "diff/internal.h"

#include "base/limits.h"

/*
 * The bytes of S into S->bytes. What cannot be read gets the name of its content in their
 * place, so that two unreadable files are still told apart.
 */
static bool read_bytes(struct gathering *g, int side, struct sight *s, bool *readable)
{
	CLEANUP(buf_release) struct buf buf = BUF_INIT(LIMIT_FILE_BYTES);
	const struct diff_side *of = g->sides[side].side;
	struct err err = {0};
	struct source source;
	const char *why;

	s->bytes = oid_hex(&s->blob, OID_HEX, g->arena);
	if (of->tree)
		*readable = repo_blob(&buf, g->repo, &s->blob, &err);
	else
		*readable = of->dataset->tree->read(of->dataset->tree, &source, &buf,
		                                    s->opened, &why) == SOURCE_OK;
	if (*readable)
		s->bytes = arena_str(g->arena, buf_str(&buf));
	return !err.code || err.code == ERR_LIMIT ||
	       err_set(g->err, err.code, "%s", err.text);
}

static bool read_docs(struct docs *out, struct gathering *g, int side, struct sight *s)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct source *source = arena_new(g->arena, struct source);
	struct diag_list unused;
	bool readable;

	*out = (struct docs){0};
	s->read = true;
	if (!read_bytes(g, side, s, &readable))
		return false;
	if (!readable)
		return true;
	*source = (struct source){s->path, s->bytes};
	diag_init(&unused, &scratch);
	(void)doc_read(out, source, s->collection ? &s->collection->read : NULL, g->arena,
	               &unused);
	return true;
}

bool sight_read(struct gathering *g, int side, struct sight *s)
{
	struct docs docs;

	if (s->read)
		return true;
	if (!read_docs(&docs, g, side, s))
		return false;
	s->root = docs.n == 1 ? &docs.items[0].root : NULL;
	return true;
}

static void add_part(struct gathering *g, int side, const struct sight *whole,
                     const struct doc_node *root, bool several)
{
	const struct collection *c = whole->collection;
	struct str stem = several ? STR_NONE : file_stem(whole->path), id = stem;
	struct sight *s = arena_new(g->scratch, struct sight);
	struct pair *p;

	*s = *whole;
	s->root = root;
	s->part = several;
	if (root)
		id = entry_id(&c->roles, root, stem);
	p = gather_pair(&g->entries, gather_key(g, c->name, id));
	p->collection = c->name;
	p->id = id.s ? id : STR("");
	pair_add(p, side, s);
}

bool sight_spread(struct gathering *g, int side, struct sight *s)
{
	struct docs docs;

	if (!read_docs(&docs, g, side, s))
		return false;
	if (!docs.n)
		add_part(g, side, s, NULL, false);
	for (size_t i = 0; i < docs.n; i++)
		add_part(g, side, s, &docs.items[i].root, docs.n > 1);
	return true;
}
