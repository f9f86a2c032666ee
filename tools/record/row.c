/*
 * row.c - where one entry stands, here and in public
 */
#include "record/kept.h"

#include "base/limits.h"
#include "change/change.h"

/* A file, read: what it says of itself. */
struct side {
	const struct roles *roles;
	const struct doc_node *root;
	struct history history;
	struct str content;
};

static bool read_side(struct side *out, struct tabler *w, struct str name,
                      struct str bytes, const struct collection *c)
{
	struct source *source = arena_new(&w->entry, struct source);
	struct diag_list unused;
	struct docs docs;

	*source = (struct source){name, bytes};
	diag_init(&unused, &w->entry);
	if (!doc_read(&docs, source, &c->read, &w->entry, &unused) || docs.n != 1)
		return false;
	out->roles = &c->roles;
	out->root = &docs.items[0].root;
	history_read(&out->history, out->roles, out->root, &w->entry);
	out->content = version_content(out->roles, out->root, &w->entry);
	return true;
}

/* The pointers to what differs, kept. */
static void note_changes(struct table_row *row, struct tabler *w, const struct side *old,
                         const struct side *new)
{
	struct change_list list = {0};
	struct str *all;

	change_fields(&list, new->roles, old->root, new->root, &w->entry);
	all = arena_array(&w->keep, struct str, list.n);
	for (size_t i = 0; i < list.n; i++)
		all[i] = arena_str(&w->keep, list.items[i].pointer);
	row->changed = all;
	row->changed_n = list.n;
}

static size_t public_lines(const struct history *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += event_is_public(h->lines[i].event);
	return n;
}

/* What the entry is here, and what the next release would take of it. */
static void judge(struct table_row *row, const struct side *here,
                  const struct published *p)
{
	struct working w = history_working(&here->history, here->content);
	struct standing s = history_standing(&here->history, here->history.n);
	int public = p ? p->version : 0;

	row->state = w.state;
	row->version = w.version;
	row->stale = s.approved > public && w.state != STATE_APPROVED;
	if (w.state == STATE_APPROVED && w.version > public)
		row->due = public ? DUE_REVISED : DUE_ADDED;
	if (!public)
		return;
	if (w.state == STATE_APPROVED && w.version == public)
		row->state = standing_public(&s, public);
	if (w.state == STATE_DRAFT && w.version <= public)
		row->version = public + 1; /* this branch lacks a release */
	if (public_lines(&here->history) > public_lines(&p->history)) {
		row->due |= DUE_EVENT;
		row->next = standing_public(&s, public);
	}
}

/* The file of the last release, when it is not the same as the one here. */
static bool read_public(struct side *out, struct tabler *w, struct str *bytes,
                        const struct known *k, const struct collection *c)
{
	const struct oid *blob = &k->steps[k->n - 1].blob;

	if (!repo_blob(&w->old, w->t->r->repo, blob, &w->err))
		return false;
	*bytes = arena_str(&w->entry, buf_str(&w->old));
	if (read_side(out, w, STR("(release).yaml"), *bytes, c))
		return true;
	return err_set(&w->err, ERR_REPO,
	               "the last release has no readable " STR_FMT "/" STR_FMT
	               "; `stemma verify` tells more",
	               STR_ARG(k->collection), STR_ARG(k->id));
}

/* BYTES and MINE are the file here. */
static bool compare_public(struct table_row *row, struct tabler *w, struct side *here,
                           struct str bytes, const struct oid *mine,
                           const struct known *k)
{
	const struct oid *blob = &k->steps[k->n - 1].blob;
	bool same = oid_eq(mine, blob);
	struct side there = *here;
	const struct collection *c;
	struct published p;
	size_t i, first;

	if (!layout_find(&i, w->t->last, k->collection)) {
		judge(row, here, NULL);
		return true;
	}
	c = &w->t->last->dataset->collections[i];
	if (!same && !read_public(&there, w, &bytes, k, c))
		return false;
	published_from(&p, there.roles, there.root, &there.history, there.content);
	judge(row, here, p.version ? &p : NULL);
	if (!p.version)
		return true;
	if (!first_release(&first, w, k, there.roles, &c->read, bytes, p.version))
		return false;
	row->published = (struct table_published){p.version, p.state, p.sources,
	                                          &w->t->r->releases[first]};
	if (!str_eq(here->content, there.content) || !here->content.n)
		note_changes(row, w, &there, here);
	return true;
}

/* Whether the row is what was kept, for a file with the content MINE. */
static bool copy_kept(struct table_row *row, struct tabler *w, struct fresh *f,
                      const struct oid *mine, const struct known *k)
{
	f->blob = *mine;
	if (!f->was || f->was->unreadable || !oid_eq(&f->was->blob, mine) ||
	    (k && k->moved))
		return false;
	kept_take(row, w->t->kept, f->was);
	return f->copied = true;
}

/* Before it is read: what changes later is seen the next time. */
static struct fresh *look(const struct tabling *t, size_t i)
{
	struct fresh *f = t->fresh ? &t->fresh[i] : NULL;

	if (f && kept_look(&f->stat, t->rows[i].file->path))
		kept_trust(&f->stat, t->kept);
	return f;
}

bool row_fill(struct tabler *w, size_t i)
{
	struct table_row *row = &w->t->rows[i];
	const struct known *k = w->t->known[i];
	const struct tree *tree = w->t->dataset->tree;
	struct fresh *f = look(w->t, i);
	struct source source;
	struct side here;
	struct oid mine = {0};
	const char *why;

	row->unreadable =
	        tree->read(tree, &source, &w->bytes, row->file->path, &why) != SOURCE_OK;
	if (row->unreadable)
		return true;
	if (k && oid_is_zero(&k->steps[k->n - 1].blob))
		k = NULL;
	if (k || f)
		mine = repo_hash(source.bytes);
	if (f && copy_kept(row, w, f, &mine, w->t->known[i]))
		return true;
	if (!read_side(&here, w, row->file->path, source.bytes, row->file->collection)) {
		row->unreadable = true;
		return true;
	}
	row->sources = entry_source_count(here.roles, here.root);
	if (k)
		return compare_public(row, w, &here, source.bytes, &mine, k);
	judge(row, &here, NULL);
	return true;
}
