/*
 * Random contents: the changes between two of them, carried out on the old one, give the new
 * one; a content and itself differ in nothing; the same contents give the same changes.
 */
#include "pair.h"

#define ROUNDS 20000

static const char *const keys[] = {"id",      "key",     "name", "text", "sources",
                                   "aliases", "history", "a.b",  "a/b",  "x"};
static const char *const numbers[] = {"1", "1.0", "2", "10e-1", "0.5", "1e400"};
static const char *const texts[] = {"", "a", "b", "c", "1", "long text with words"};

struct world {
	struct arena arena;
	uint64_t seed;
};

static struct doc_node random_node(struct world *w, int depth);

static void fill_map(struct world *w, struct doc_node *map, int depth)
{
	uint32_t from = pick(&w->seed, ARRAY_LEN(keys));

	map->n = pick(&w->seed, 5);
	map->members = arena_array(&w->arena, struct doc_member, map->n);
	for (uint32_t i = 0; i < map->n; i++) {
		struct str key = str_of(keys[(from + 3 * i) % ARRAY_LEN(keys)]);

		map->members[i].key = key;
		map->members[i].hash = str_hash(key);
		map->members[i].value = random_node(w, depth - 1);
	}
}

static void fill_list(struct world *w, struct doc_node *list, int depth)
{
	bool alike = pick(&w->seed, 2);

	list->n = pick(&w->seed, 6);
	list->items = arena_array(&w->arena, struct doc_node, list->n);
	for (uint32_t i = 0; i < list->n; i++) {
		if (!alike || depth < 1) {
			list->items[i] = random_node(w, depth - 1);
			continue;
		}
		list->items[i].kind = DOC_MAP;
		fill_map(w, &list->items[i], depth - 1);
	}
}

static struct doc_node random_node(struct world *w, int depth)
{
	uint32_t kind = pick(&w->seed, depth > 0 ? 9 : 4);
	struct doc_node node = {.kind = kind > 6 ? DOC_MAP : DOC_LIST};

	if (kind == 0)
		node.kind = pick(&w->seed, 2) ? DOC_NULL : DOC_BOOL;
	else if (kind == 1)
		doc_number_set(&node,
		               str_of(numbers[pick(&w->seed, ARRAY_LEN(numbers))]));
	else if (kind < 4)
		node = (struct doc_node){
		        .kind = DOC_STRING,
		        .text = str_of(texts[pick(&w->seed, ARRAY_LEN(texts))])};
	else if (kind > 6)
		fill_map(w, &node, depth);
	else
		fill_list(w, &node, depth);
	return node;
}

/* A copy in which here and there something else stands, in another order or not at all. */
static struct doc_node mutate(struct world *w, const struct doc_node *node, int depth)
{
	struct doc_node out = *node;
	uint32_t n = 0,
	         turn = node->n && !pick(&w->seed, 6) ? pick(&w->seed, node->n) : 0;

	if (!pick(&w->seed, 12))
		return random_node(w, depth);
	if (node->kind == DOC_LIST)
		out.items = arena_array(&w->arena, struct doc_node, node->n + 1);
	if (node->kind == DOC_MAP)
		out.members = arena_array(&w->arena, struct doc_member, node->n);
	if (node->kind != DOC_LIST && node->kind != DOC_MAP)
		return out;
	for (uint32_t i = 0; i < node->n; i++) {
		uint32_t at = (i + turn) % node->n;

		if (!pick(&w->seed, 10))
			continue;
		if (node->kind == DOC_LIST) {
			out.items[n++] = mutate(w, &node->items[at], depth - 1);
			continue;
		}
		out.members[n] = node->members[at];
		out.members[n++].value = mutate(w, &node->members[at].value, depth - 1);
	}
	if (node->kind == DOC_LIST && !pick(&w->seed, 4))
		out.items[n++] = random_node(w, depth - 1);
	out.n = n;
	return out;
}

/* ---- carrying changes out ---- */

struct patch {
	const struct change_list *list;
	struct arena *arena;
};

static const struct field_change *find(const struct patch *p, enum change_kind kind,
                                       struct str pointer)
{
	for (size_t i = 0; i < p->list->n; i++)
		if (p->list->items[i].kind == kind &&
		    str_eq(p->list->items[i].pointer, pointer))
			return &p->list->items[i];
	return NULL;
}

static struct str step(struct arena *a, struct str pointer, struct str key)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(1 << 20);

	buf_add(&b, pointer);
	doc_pointer_key(&b, key);
	return arena_str(a, buf_str(&b));
}

static struct str item(struct arena *a, struct str pointer, uint32_t i)
{
	return arena_fmt(a, STR_FMT "/%u", STR_ARG(pointer), i);
}

static struct doc_node patched(const struct patch *p, const struct doc_node *old,
                               struct str was, struct str is);

/* The key that an added member at POINTER, right below WHERE, has; absent: it is no such. */
static struct str key_below(const struct patch *p, struct str pointer, struct str where)
{
	struct str rest, key;

	if (!str_starts(pointer, where) || pointer.n == where.n)
		return STR_NONE;
	rest = str_sub(pointer, where.n, pointer.n);
	if (rest.s[0] != '/' || !doc_pointer_step(&key, &rest, p->arena) || rest.n)
		return STR_NONE;
	return key;
}

static struct doc_node patched_map(const struct patch *p, const struct doc_node *old,
                                   struct str was, struct str is)
{
	struct doc_node out = {.kind = DOC_MAP};

	out.members = arena_array(p->arena, struct doc_member, old->n + p->list->n);
	for (uint32_t i = 0; i < old->n; i++) {
		const struct doc_member *m = &old->members[i];
		struct str before = step(p->arena, was, m->key);

		if (find(p, CHANGE_REMOVED, before) ||
		    (!was.n && str_eqz(m->key, "history")))
			continue;
		out.members[out.n] = *m;
		out.members[out.n++].value =
		        patched(p, &m->value, before, step(p->arena, is, m->key));
	}
	for (size_t i = 0; i < p->list->n; i++) {
		const struct field_change *c = &p->list->items[i];
		struct str key = key_below(p, c->pointer, is);

		if (c->kind != CHANGE_ADDED || !key.s)
			continue;
		out.members[out.n++] = (struct doc_member){
		        .key = key, .hash = str_hash(key), .value = *c->new};
	}
	return out;
}

static struct doc_node patched_list(const struct patch *p, const struct doc_node *old,
                                    struct str was, struct str is)
{
	struct doc_node out = {.kind = DOC_LIST};
	uint32_t at = 0;

	out.items = arena_array(p->arena, struct doc_node, old->n + p->list->n);
	for (;;) {
		struct str here = item(p->arena, is, out.n);
		const struct field_change *added = find(p, CHANGE_ADDED, here);

		while (at < old->n && find(p, CHANGE_REMOVED, item(p->arena, was, at)))
			at++;
		if (!added && at == old->n)
			return out;
		if (added) {
			out.items[out.n++] = *added->new;
			continue;
		}
		out.items[out.n++] =
		        patched(p, &old->items[at], item(p->arena, was, at), here);
		at++;
	}
}

static struct doc_node patched(const struct patch *p, const struct doc_node *old,
                               struct str was, struct str is)
{
	const struct field_change *c = find(p, CHANGE_CHANGED, is);

	if (!c)
		c = find(p, CHANGE_MOVED, is);
	if (c) {
		assert_ptr_equal(c->old, old);
		return *c->new;
	}
	if (old->kind == DOC_MAP)
		return patched_map(p, old, was, is);
	return old->kind == DOC_LIST ? patched_list(p, old, was, is) : *old;
}

/* ---- what holds for all contents ---- */

static struct doc_node without_history(const struct doc_node *root, struct arena *a)
{
	struct doc_node out = *root;

	if (root->kind != DOC_MAP)
		return out;
	out.n = 0;
	out.members = arena_array(a, struct doc_member, root->n);
	for (uint32_t i = 0; i < root->n; i++)
		if (!str_eqz(root->members[i].key, "history"))
			out.members[out.n++] = root->members[i];
	return out;
}

static void check_pointers(const struct change_list *list, const struct doc_node *old,
                           const struct doc_node *new)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct field_change *c = &list->items[i];

		assert_int_equal(!c->old, c->kind == CHANGE_ADDED);
		assert_int_equal(!c->new, c->kind == CHANGE_REMOVED);
		if (c->new)
			assert_ptr_equal(doc_at(new, c->pointer), c->new);
		else
			assert_ptr_equal(doc_at(old, c->pointer), c->old);
	}
}

static void check_same(const struct change_list *a, const struct change_list *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert_int_equal(a->items[i].kind, b->items[i].kind);
		assert_true(str_eq(a->items[i].pointer, b->items[i].pointer));
		assert_true(str_eq(a->items[i].place, b->items[i].place));
		assert_ptr_equal(a->items[i].old, b->items[i].old);
		assert_ptr_equal(a->items[i].new, b->items[i].new);
	}
}

static void check_two(struct world *w, const struct roles *roles,
                      const struct doc_node *old, const struct doc_node *new)
{
	struct change_list list = {0}, again = {0}, none = {0};
	struct patch p = {&list, &w->arena};
	struct doc_node got, want = without_history(new, &w->arena);

	change_fields(&list, roles, old, new, &w->arena);
	change_fields(&again, roles, old, new, &w->arena);
	change_fields(&none, roles, old, old, &w->arena);
	check_same(&list, &again);
	assert_int_equal(none.n, 0);
	assert_int_equal(list.dropped, 0);
	assert_int_equal(change_any(roles, old, new), list.n > 0);
	check_pointers(&list, old, new);
	got = patched(&p, old, STR(""), STR(""));
	got = without_history(&got, &w->arena);
	assert_true(doc_equal(&got, &want));
}

static void changes_lead_from_old_to_new(void **state)
{
	struct world w = {.seed = 0x20260620};
	struct arena run = {0};
	struct roles roles = plain_roles(&run);

	(void)state;
	roles.aliases = role(&run, "/aliases/*");
	roles.alias_text = role(&run, "/text");
	for (int i = 0; i < ROUNDS; i++) {
		struct doc_node old = random_node(&w, 5), new;

		new = i % 8 ? mutate(&w, &old, 5) : random_node(&w, 5);
		check_two(&w, &roles, &old, &new);
		arena_release(&w.arena);
	}
	arena_release(&run);
}

/* ---- single values ---- */

struct shared {
	const struct doc_node *
	        *items; /* leaves of the new content that the old one has */
	size_t n, cap;
	struct arena *arena;
};

static void on_same(void *ctx, const struct doc_node *old, const struct doc_node *new)
{
	struct shared *s = ctx;

	assert_true(doc_equal(old, new));
	*arena_push(s->arena, s->items, s->n, s->cap) = new;
}

static bool is_shared(const struct shared *s, const struct doc_node *node)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->items[i] == node)
			return true;
	return false;
}

/* Whether L lies in something that was added or changed. */
static bool is_new(const struct change_list *list, const struct leaf *l)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct field_change *c = &list->items[i];

		if (c->kind != CHANGE_ADDED && c->kind != CHANGE_CHANGED)
			continue;
		if (str_starts(l->pointer, c->pointer) &&
		    (l->pointer.n == c->pointer.n || l->pointer.s[c->pointer.n] == '/'))
			return true;
	}
	return false;
}

/* A leaf is shared, or new, but for lists and maps that lost all they had. */
static void check_leaves(struct world *w, const struct roles *roles,
                         const struct doc_node *old, const struct doc_node *new)
{
	struct change_list list = {0};
	struct leaf_list leaves = {0};
	struct shared shared = {.arena = &w->arena};

	change_fields(&list, roles, old, new, &w->arena);
	change_leaves(&leaves, roles, new, &w->arena);
	change_same(roles, old, new, on_same, &shared);
	for (size_t i = 0; i < leaves.n; i++) {
		const struct leaf *l = &leaves.items[i];
		bool empty = l->node->kind == DOC_LIST || l->node->kind == DOC_MAP;

		assert_ptr_equal(doc_at(new, l->pointer), l->node);
		if (is_shared(&shared, l->node))
			assert_false(is_new(&list, l));
		else
			assert_true(is_new(&list, l) || empty);
	}
	assert_true(shared.n <= leaves.n);
}

static void leaves_are_shared_or_new(void **state)
{
	struct world w = {.seed = 77};
	struct arena arena = {0};
	struct roles roles = plain_roles(&arena);

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		struct doc_node old = random_node(&w, 4), new = mutate(&w, &old, 4);

		check_leaves(&w, &roles, &old, &new);
		arena_reset(&w.arena);
	}
	arena_release(&w.arena);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(changes_lead_from_old_to_new),
	        cmocka_unit_test(leaves_are_shared_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
