/*
 * blame.c - since when each value of an entry is what it is
 *
 * Values walk from commit to parent as long as the parent has them. Each takes one way only, so
 * that the work goes with the number of commits whatever the shape of history; values that meet
 * in a commit go on together.
 */
#include "diff/blame.h"

#include "base/limits.h"
#include "diff/follow.h"
#include "diff/internal.h"

/* One value on its way back. */
struct traveller {
	size_t field; /* index in the result */
	const struct doc_node *node; /* what it is in the content it was last seen in */
	bool gone; /* it went on to a parent */
};

/* Values that are in a commit. */
struct visit {
	struct oid commit, tree;
	struct spot spot;
	int64_t time;
	/* Where they were seen last: here, unless what is here cannot be read. */
	struct oid holder;
	const struct doc_node *root;
	struct traveller *items; /* n of them */
	size_t n, cap;
};

struct blamer {
	struct follower f;
	struct blame_field *fields;
	struct visit *visits; /* visits_n of them, yet to be done */
	size_t visits_n, visits_cap;
	bool released;
	struct map origins; /* commit -> struct blame_origin * */
	struct arena *arena;
	struct arena step; /* for what lasts one step */
	struct err *err;
};

/* ---- origins ---- */

static bool make_origin(struct blame_origin *out, struct blamer *b,
                        const struct visit *from)
{
	struct commit c;

	*out = (struct blame_origin){.commit = from->holder};
	diff_standing(&out->version, &out->state, b->f.collection, from->root,
	              b->released);
	if (oid_is_zero(&from->holder))
		return true;
	if (!repo_commit(&c, b->f.repo, &from->holder, &b->step, b->err))
		return false;
	out->author = arena_str(b->arena, c.author);
	out->mail = arena_str(b->arena, c.author_mail);
	out->time = c.time;
	out->offset = c.offset;
	return true;
}

/* The origin that V's values have which go no further. NULL: ERR is set. */
static struct blame_origin *origin_of(struct blamer *b, const struct visit *v, bool older)
{
	struct blame_origin *origin;
	struct str key = arena_fmt(b->arena, STR_FMT "%s",
	                           STR_ARG(oid_hex(&v->holder, OID_HEX, &b->step)),
	                           older ? "+" : "");
	bool added;
	void **at = map_at(&b->origins, key, &added);

	if (!added)
		return *at;
	origin = arena_new(b->arena, struct blame_origin);
	*at = origin;
	if (!make_origin(origin, b, v))
		return NULL;
	origin->older = older;
	return origin;
}

/* Values of V that go no further came in where they were seen last. */
static bool settle(struct blamer *b, const struct visit *v, bool older)
{
	const struct blame_origin *origin = NULL;

	for (size_t i = 0; i < v->n; i++) {
		if (v->items[i].gone)
			continue;
		if (!origin)
			origin = origin_of(b, v, older);
		if (!origin)
			return false;
		b->fields[v->items[i].field].origin = origin;
	}
	return true;
}

/* ---- from a commit to a parent ---- */

/* A parent of the commit that is looked at. */
struct parent {
	struct oid commit, tree;
	int64_t time;
	struct spot spot;
};

/* The visit to P whose values were seen last in HOLDER, made when there is none. */
static struct visit *visit_to(struct blamer *b, const struct parent *p,
                              const struct oid *holder, const struct doc_node *root)
{
	struct visit *v;

	for (size_t i = 0; i < b->visits_n; i++)
		if (oid_eq(&b->visits[i].commit, &p->commit) &&
		    oid_eq(&b->visits[i].holder, holder) &&
		    str_eq(b->visits[i].spot.path, p->spot.path))
			return &b->visits[i];
	v = arena_push(b->arena, b->visits, b->visits_n, b->visits_cap);
	*v = (struct visit){.commit = p->commit,
	                    .tree = p->tree,
	                    .spot = p->spot,
	                    .time = p->time,
	                    .holder = *holder,
	                    .root = root};
	return v;
}

static void add_traveller(struct blamer *b, struct visit *v, size_t field,
                          const struct doc_node *node)
{
	*arena_push(b->arena, v->items, v->n, v->cap) =
	        (struct traveller){field, node, false};
}

/* All of V go on to P unchanged; what V holds is given away when it can be. */
static void pass_all(struct blamer *b, struct visit *v, const struct parent *p,
                     const struct oid *holder)
{
	struct visit *to = visit_to(b, p, holder, v->root);

	if (!to->n) {
		to->items = v->items;
		to->n = v->n;
		to->cap = v->cap;
		v->n = v->cap = 0;
		return;
	}
	for (size_t i = 0; i < v->n; i++)
		if (!v->items[i].gone)
			add_traveller(b, to, v->items[i].field, v->items[i].node);
	v->n = 0;
}

struct passing {
	struct blamer *b;
	struct visit *to;
	struct map waiting; /* node -> struct traveller * */
};

static struct str key_of(const struct doc_node *const *node)
{
	return (struct str){(const char *)node, sizeof(*node)};
}

static void on_same(void *ctx, const struct doc_node *old, const struct doc_node *new)
{
	struct passing *p = ctx;
	struct traveller *t = map_get(&p->waiting, key_of(&new));

	if (!t || t->gone)
		return;
	t->gone = true;
	add_traveller(p->b, p->to, t->field, old);
}

/* Those of V that P has too go on to it. */
static bool pass_same(struct blamer *b, struct visit *v, const struct parent *p)
{
	struct passing passing = {.b = b};
	const struct content *content;

	if (!follow_read(&content, &b->f, &p->spot.blob))
		return false;
	if (!content->root) {
		pass_all(b, v, p, &v->holder);
		return true;
	}
	map_init(&passing.waiting, &b->step);
	for (size_t i = 0; i < v->n; i++)
		if (!v->items[i].gone)
			map_set(&passing.waiting, key_of(&v->items[i].node),
			        &v->items[i]);
	passing.to = visit_to(b, p, &p->commit, content->root);
	change_same(&b->f.collection->roles, content->root, v->root, on_same, &passing);
	if (!passing.to->n)
		b->visits_n--; /* it was made just now, in vain */
	return true;
}

/* Whether the file of V stands in the tree of P as it is. */
static bool stands_in(struct blamer *b, const struct visit *v, struct parent *p)
{
	p->spot.path = v->spot.path;
	return repo_at(&p->spot.blob, b->f.repo, &p->tree, v->spot.path) == TREE_FILE &&
	       oid_eq(&p->spot.blob, &v->spot.blob);
}

/*
 * Read the parents of V that have the entry; the first one with the very file does alone.
 * OLDER: some parent is not to be had.
 */
static bool find_parents(struct parent **out, size_t *n, bool *older, struct blamer *b,
                         const struct visit *v)
{
	struct commit here, c;
	struct err missing = {0};
	struct parent *all;
	size_t all_n = 0;

	*n = 0;
	*older = false;
	if (!repo_commit(&here, b->f.repo, &v->commit, &b->step, b->err))
		return false;
	*out = all = arena_array(&b->step, struct parent, here.parents_n);
	for (size_t i = 0; i < here.parents_n; i++) {
		struct parent *p = &all[all_n];

		if (!repo_commit(&c, b->f.repo, &here.parents[i], &b->step, &missing)) {
			if (!repo_is_shallow(b->f.repo))
				return err_set(b->err, missing.code, "%s", missing.text);
			*older = true;
			continue;
		}
		*p = (struct parent){.commit = c.id, .tree = c.tree, .time = c.time};
		all_n++;
		if (!stands_in(b, v, p))
			continue;
		all[0] = *p;
		*n = 1;
		return true;
	}
	for (size_t i = 0; i < all_n; i++) {
		if (!follow(&all[i].spot, &b->f, &all[i].tree, &v->tree, v->spot.path))
			return false;
		if (all[i].spot.path.s)
			all[(*n)++] = all[i];
	}
	return true;
}

static bool is_settled(const struct visit *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (!v->items[i].gone)
			return false;
	return true;
}

static bool step(struct blamer *b, struct visit *v)
{
	struct parent *parents;
	bool older;
	size_t n;

	if (!find_parents(&parents, &n, &older, b, v))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct parent *p = &parents[i];

		if (!oid_eq(&p->spot.blob, &v->spot.blob))
			continue;
		pass_all(b, v, p,
		         oid_eq(&v->holder, &v->commit) ? &p->commit : &v->holder);
		return true;
	}
	for (size_t i = 0; i < n && !is_settled(v); i++)
		if (!pass_same(b, v, &parents[i]))
			return false;
	return settle(b, v, older);
}

/* ---- all of it ---- */

/* Take the newest visit, so that values that meet do so. */
static struct visit take(struct blamer *b)
{
	size_t newest = 0;
	struct visit v;

	for (size_t i = 1; i < b->visits_n; i++)
		if (b->visits[i].time > b->visits[newest].time)
			newest = i;
	v = b->visits[newest];
	b->visits[newest] = b->visits[--b->visits_n];
	return v;
}

static bool walk_back(struct blamer *b)
{
	for (size_t seen = 0; b->visits_n; seen++) {
		struct visit v = take(b);
		bool ok = seen < LIMIT_BLAME_COMMITS ? step(b, &v) : settle(b, &v, true);

		arena_reset(&b->step);
		if (!ok)
			return false;
	}
	return true;
}

/* From the content that is asked for to the commit that history starts with. */
static bool begin(struct blamer *b, const struct blame_start *start, struct visit *top)
{
	struct parent p = {.spot.path = start->path};
	struct commit c;

	if (!start->commit || !start->path.s)
		return settle(b, top, false);
	if (!repo_commit(&c, b->f.repo, start->commit, &b->step, b->err))
		return false;
	p.commit = c.id;
	p.tree = c.tree;
	p.time = c.time;
	if (repo_at(&p.spot.blob, b->f.repo, &c.tree, start->path) != TREE_FILE)
		return settle(b, top, false);
	if (start->committed) {
		pass_all(b, top, &p, &p.commit);
		return true;
	}
	return pass_same(b, top, &p) && settle(b, top, false);
}

bool blame_entry(struct blame *out, struct repo *repo, const struct blame_start *start,
                 struct arena *arena, struct err *err)
{
	struct blamer b = {.f = {.repo = repo,
	                         .collection = start->collection,
	                         .id = start->id,
	                         .arena = arena,
	                         .err = err},
	                   .released = start->released,
	                   .arena = arena,
	                   .err = err};
	struct visit top = {.root = &start->doc->root};
	struct leaf_list leaves = {0};
	bool ok;

	map_init(&b.f.contents, arena);
	map_init(&b.origins, arena);
	change_leaves(&leaves, &start->collection->roles, top.root, arena);
	b.fields = arena_array(arena, struct blame_field, leaves.n);
	for (size_t i = 0; i < leaves.n; i++) {
		b.fields[i].leaf = leaves.items[i];
		add_traveller(&b, &top, i, leaves.items[i].node);
	}
	ok = begin(&b, start, &top) && walk_back(&b);
	arena_release(&b.step);
	*out = (struct blame){b.fields, leaves.n, leaves.dropped};
	return ok;
}
