/*
 * related.c - the names of related entries
 *
 * A hostile entry names very many: each file is read at most once for all of them.
 */
#include "snapshot/internal.h"

#include "base/map.h"

#include <pthread.h>

/* An entry that may be named; its words are those of its name, or else of its id. */
struct known_entry {
	struct words name;
	bool read;
};

/* The entries of one collection by id. */
struct related {
	struct map entries; /* id -> struct known_entry * */
	const struct maker *m;
	bool listed;
};

struct related *related_new(const struct maker *m)
{
	struct related *all =
	        arena_array(m->arena, struct related, m->dataset->collections_n);

	for (size_t i = 0; i < m->dataset->collections_n; i++) {
		map_init(&all[i].entries, m->arena);
		all[i].m = m;
	}
	return all;
}

static struct known_entry *add(struct related *r, struct str id)
{
	bool added;
	void **place = map_at(&r->entries, id, &added);

	if (added)
		*place = arena_new(r->m->arena, struct known_entry);
	return *place;
}

/* The name of E; not of what E lies in, which may go. */
static struct words name_of(const struct maker *m, const struct entry *e)
{
	const struct path *path = e->file->collection->roles.name;
	struct words found = words_of(m, path_first(path, &e->doc->root));

	if (!found.text.n)
		return (struct words){arena_str(m->arena, e->id), STR_NONE, false};
	found.text = arena_str(m->arena, found.text);
	found.lang = found.lang.s ? arena_str(m->arena, found.lang) : STR_NONE;
	return found;
}

static void note_entry(const struct entry *e, void *related)
{
	struct related *r = related;
	struct known_entry *k = add(r, arena_str(r->m->arena, e->id));

	if (!k->read)
		k->name = name_of(r->m, e);
	k->read = true;
}

/* Where names of files are ids, nothing is read yet. */
static void list(struct related *r, const struct collection *c)
{
	const struct library *l = r->m->library;

	r->listed = true;
	if (!c->id_is_stem) {
		library_each(l, c, note_entry, r);
		return;
	}
	for (size_t i = 0; i < l->files.n; i++)
		if (l->files.items[i].collection == c)
			add(r, file_stem(l->files.items[i].path));
}

static void read_name(struct known_entry *k, const struct maker *m,
                      const struct collection *c, struct str id)
{
	struct str near, whole = arena_fmt(m->arena, STR_FMT "/" STR_FMT,
	                                   STR_ARG(c->name), STR_ARG(id));
	struct diag_list unused;
	struct entry e;

	diag_init(&unused, m->arena);
	k->read = true;
	k->name = (struct words){id, STR_NONE, false};
	if (library_entry(&e, m->library, whole, &near, &unused))
		k->name = name_of(m, &e);
}

static struct words find_name(struct related *r, const struct collection *c,
                              struct str id)
{
	struct known_entry *k;

	if (!r->listed)
		list(r, c);
	k = map_get(&r->entries, id);
	if (!k)
		return (struct words){id, STR_NONE, false};
	if (!k->read)
		read_name(k, r->m, c, id);
	return k->name;
}

struct words related_name(const struct maker *m, const struct collection *c,
                          struct str id)
{
	/* Makers of several threads have the names of one view in common. */
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct words found;

	(void)pthread_mutex_lock(&lock);
	found = find_name(&m->related[c - m->dataset->collections], c, id);
	(void)pthread_mutex_unlock(&lock);
	return found;
}
