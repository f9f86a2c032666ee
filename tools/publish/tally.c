/*
 * tally.c - how many entries, in which states and of which terms, with how many sources
 *
 * The release before says in its release.json what it counted, so that only what differs has to
 * be read. Without that, or when something else is counted now, all entries are.
 */
#include "base/limits.h"
#include "publish/internal.h"

#include <stdlib.h>
#include <string.h>

struct tallying {
	struct map terms; /* "collection\npath\nterm" -> struct tally_term * */
	bool all; /* entries that stay as they are must be counted, too */
};

static struct tally_term *term_at(struct release_plan *p, struct str collection,
                                  struct str path, struct str term)
{
	struct map *terms = &p->tallying->terms;
	CLEANUP(buf_release) struct buf key = BUF_INIT(LIMIT_FILE_BYTES);
	struct tally_term *t;

	buf_addf(&key, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(collection),
	         STR_ARG(path), STR_ARG(term));
	t = map_get(terms, buf_str(&key));
	if (t)
		return t;
	t = arena_new(p->arena, struct tally_term);
	*t = (struct tally_term){.collection = arena_str(p->arena, collection),
	                         .path = arena_str(p->arena, path),
	                         .term = arena_str(p->arena, term)};
	map_set(terms, arena_str(p->arena, buf_str(&key)), t);
	return t;
}

/* Terms that stand in ROOT where one value is expected: BEFORE and NOW more of each. */
static void count_terms(struct release_plan *p, const struct collection *of,
                        const struct doc_node *root, int before, int now)
{
	for (size_t i = 0; i < of->terms_n; i++) {
		const struct path *path = &of->terms[i].path;
		struct str term =
		        path_many(path) ? STR_NONE : doc_text(path_first(path, root));
		struct tally_term *t;

		if (!term.n)
			continue;
		t = term_at(p, of->name, path->text, term);
		t->before += (size_t)before;
		t->now += (size_t)now;
	}
}

/* One entry MORE (1) or less (-1); what is unsigned wraps, and comes back. */
static void count_side(struct tally *t, size_t sources, enum state state, int more)
{
	t->entries += (size_t)more;
	t->sources += sources * (size_t)more;
	t->states[state] += (size_t)more;
}

/* ---- what the release before says ---- */

static bool read_count(size_t *out, const struct doc_node *node)
{
	if (!node || node->kind != DOC_NUMBER || !node->fits || node->integer < 0)
		return false;
	*out = (size_t)node->integer;
	return true;
}

static bool read_terms(struct release_plan *p, const struct doc_node *terms)
{
	if (!terms || terms->kind != DOC_MAP)
		return false;
	for (uint32_t i = 0; i < terms->n; i++) {
		const struct doc_member *c = &terms->members[i];

		for (uint32_t k = 0; c->value.kind == DOC_MAP && k < c->value.n; k++) {
			const struct doc_member *path = &c->value.members[k];

			for (uint32_t m = 0;
			     path->value.kind == DOC_MAP && m < path->value.n; m++) {
				const struct doc_member *term = &path->value.members[m];
				struct tally_term *t =
				        term_at(p, c->key, path->key, term->key);

				if (!read_count(&t->before, &term->value))
					return false;
				t->now = t->before;
			}
		}
	}
	return true;
}

static bool read_counts(struct release_plan *p, const struct doc_node *counts)
{
	const struct doc_node *states = doc_get(counts, "states");
	struct tally *t = &p->before;

	for (int i = STATE_PUBLISHED; i < STATES_N; i++)
		if (!read_count(&t->states[i],
		                doc_get(states, state_name((enum state)i))))
			return false;
	return read_count(&t->entries, doc_get(counts, "entries")) &&
	       read_count(&t->sources, doc_get(counts, "sources")) &&
	       read_terms(p, doc_get(counts, "terms"));
}

bool tally_begin(struct release_plan *p, bool same_config, struct err *err)
{
	struct doc_options json = {.format = DOC_JSON};
	const struct doc *doc = NULL;
	struct oid blob;

	p->tallying = arena_new(p->arena, struct tallying);
	map_init(&p->tallying->terms, p->arena);
	if (same_config &&
	    repo_at(&blob, p->record->repo, &p->previous->tree, STR("release.json")) ==
	            TREE_FILE &&
	    !plan_read(&doc, p, STR("release.json"), &blob, &json, p->arena, err))
		return false;
	p->tallying->all = !doc || !read_counts(p, doc_get(&doc->root, "counts"));
	if (p->tallying->all) {
		map_init(&p->tallying->terms, p->arena);
		p->before = (struct tally){0};
	}
	p->now = p->before;
	return true;
}

/* ---- entry by entry ---- */

bool tally_unchanged(struct release_plan *p, const struct roster_item *item,
                     struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct doc *doc;
	struct published now;

	if (!p->tallying->all)
		return true;
	if (!plan_read(&doc, p, item->old.path, &item->old.blob,
	               &item->old_collection->read, &scratch, err))
		return false;
	if (!doc)
		return true; /* the check of the tree tells what is wrong with it */
	published_read(&now, &item->old_collection->roles, &doc->root, &scratch);
	count_side(&p->before, now.sources, now.state, 1);
	count_side(&p->now, now.sources, now.state, 1);
	count_terms(p, item->old_collection, &doc->root, 1, 0);
	count_terms(p, item->new_collection, &doc->root, 0, 1);
	return true;
}

void tally_planned(struct release_plan *p, const struct planned_entry *e,
                   const struct doc_node *old, const struct doc_node *new)
{
	bool all = p->tallying->all;

	if (old) {
		/* It is counted before; now it is what the new side is. */
		count_side(&p->before, e->old.sources, e->old.state, all);
		count_side(&p->now, e->old.sources, e->old.state, all ? 0 : -1);
		count_terms(p, e->old.collection, old, all, all ? 0 : -1);
	}
	count_side(&p->now, e->new.sources, e->new.state, 1);
	count_terms(p, e->new.collection, new, 0, 1);
}

static int by_term(const void *a, const void *b)
{
	const struct tally_term *x = a, *y = b;
	int order = str_cmp(x->collection, y->collection);

	if (!order)
		order = str_cmp(x->path, y->path);
	return order ? order : str_cmp(x->term, y->term);
}

void tally_end(struct release_plan *p)
{
	const struct map *terms = &p->tallying->terms;

	p->terms = arena_array(p->arena, struct tally_term, terms->n);
	p->terms_n = terms->n;
	for (size_t i = 0; i < terms->n; i++)
		p->terms[i] = *(const struct tally_term *)terms->items[i].value;
	if (p->terms_n)
		qsort(p->terms, p->terms_n, sizeof(*p->terms), by_term);
}
