/* Many trees in a row, against what each of them holds. */
#include "../sandbox.h"

#include "base/map.h"
#include "repo/repo.h"

/* Sorted as whole paths; a folder stands between files whose names begin like its own. */
static const char *const paths[] = {"a",       "b-",      "b.c/x", "b/x",
                                    "b/y",     "b/z/z",   "b0",    "c/d/e/f",
                                    "c/d/e/g", "empty/x", "other"};
#define PATHS ARRAY_LEN(paths)
#define TREES 60

struct model {
	struct oid blobs[TREES][PATHS]; /* zero: not there */
	struct oid trees[TREES];
	size_t n; /* trees */
	size_t next; /* index of the path that is to come */
};

static struct repo *open_new(struct sandbox *s, struct arena *arena)
{
	struct err err = {0};
	struct repo *repo = NULL;

	sandbox_open(s);
	assert_int_equal(system("git init -q -b main ."), 0);
	if (!repo_open(&repo, STR("."), arena, &err))
		fail_msg("%s", err.text);
	return repo;
}

static struct oid blob_of(struct repo *repo, uint32_t n)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct err err = {0};
	struct oid id;

	assert_true(repo_write_blob(&id, repo, arena_fmt(&arena, "%u\n", n), &err));
	return id;
}

/* The next tree: each path stays, or goes, or becomes one of a few contents. */
static void add_tree(struct model *m, struct repo *repo, uint64_t *seed, bool nothing)
{
	struct repo_edit edits[PATHS];
	struct err err = {0};
	size_t n = 0, i = m->n++;

	for (size_t k = 0; k < PATHS; k++) {
		struct oid *now = &m->blobs[i][k];
		uint32_t what = pick(seed, 8);

		if (i)
			*now = m->blobs[i - 1][k];
		if (!nothing && what < 3)
			*now = blob_of(repo, what);
		else if (!nothing && what == 3)
			*now = (struct oid){{0}};
		if (!oid_is_zero(now))
			edits[n++] = (struct repo_edit){str_of(paths[k]), *now, false};
	}
	assert_true(repo_write_tree(&m->trees[i], repo, NULL, edits, n, &err));
}

/* The path that comes next is one that some tree has. */
static size_t expect(struct model *m)
{
	for (; m->next < PATHS; m->next++)
		for (size_t i = 0; i < m->n; i++)
			if (!oid_is_zero(&m->blobs[i][m->next]))
				return m->next++;
	fail_msg("a path too many");
	return 0;
}

static bool check_path(void *ctx, struct str path, const struct repo_step *steps,
                       size_t n)
{
	struct model *m = ctx;
	size_t k = expect(m), at = 0;
	struct oid now = {{0}};

	assert_str(path, paths[k]);
	for (size_t i = 0; i < m->n; i++) {
		if (oid_eq(&m->blobs[i][k], &now))
			continue;
		now = m->blobs[i][k];
		assert_true(at < n);
		assert_int_equal(steps[at].index, i);
		assert_true(oid_eq(&steps[at].id, &now));
		at++;
	}
	assert_int_equal(at, n);
	return true;
}

static void check_all(struct model *m, struct repo *repo)
{
	struct err err = {0};

	m->next = 0;
	if (!repo_steps(repo, m->trees, m->n, check_path, m, &err))
		fail_msg("%s", err.text);
	for (; m->next < PATHS; m->next++)
		for (size_t i = 0; i < m->n; i++)
			assert_true(oid_is_zero(&m->blobs[i][m->next]));
}

static void random_trees(void **state)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct sandbox s;
	struct repo *repo = open_new(&s, &arena);
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 5; round++) {
		struct model *m = arena_new(&arena, struct model);

		check_all(m, repo);
		while (m->n < TREES) {
			add_tree(m, repo, &seed, pick(&seed, 4) == 0);
			if (m->n < 4 || m->n == TREES)
				check_all(m, repo);
		}
	}
	repo_close(repo);
	sandbox_close(&s);
}

static bool stop_at_once(void *ctx, struct str path, const struct repo_step *steps,
                         size_t n)
{
	size_t *calls = ctx;

	(void)path;
	(void)steps;
	(void)n;
	++*calls;
	return false;
}

static void ends_and_failures(void **state)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct sandbox s;
	struct repo *repo = open_new(&s, &arena);
	struct model *m = arena_new(&arena, struct model);
	struct oid blob = blob_of(repo, 1), nowhere = {{1}};
	struct err err = {0}, none = {0}, missing = {0};
	uint64_t seed = 3;
	size_t calls = 0;

	(void)state;
	add_tree(m, repo, &seed, false);
	assert_true(repo_steps(repo, m->trees, 1, stop_at_once, &calls, &err));
	assert_int_equal(calls, 1);
	assert_false(repo_steps(repo, &blob, 1, stop_at_once, &calls, &none));
	assert_int_equal(none.code, ERR_REPO);
	assert_false(repo_steps(repo, &nowhere, 1, stop_at_once, &calls, &missing));
	assert_int_equal(missing.code, ERR_REPO);
	assert_int_equal(calls, 1);
	repo_close(repo);
	sandbox_close(&s);
}

/* ---- parts ---- */

#define FOLDERS 150 /* more than so many that they are dealt out */

struct tally {
	struct arena arena;
	struct map seen; /* path -> how often, as a pointer */
};

static bool count(void *ctx, struct str path, const struct repo_step *steps, size_t n)
{
	struct tally *t = ctx;
	bool added;
	void **at = map_at(&t->seen, arena_str(&t->arena, path), &added);

	(void)steps;
	assert_int_equal(n, 1);
	assert_true(added);
	*at = t;
	return true;
}

/* PARTS of TREE tell EXPECTED paths, none of them twice; none of them all the work. */
static void check_parts(struct repo *repo, const struct oid *tree, size_t parts,
                        size_t expected)
{
	struct tally t = {0};
	struct err err = {0};

	map_init(&t.seen, &t.arena);
	for (size_t i = 0; i < parts; i++) {
		size_t before = t.seen.n;

		assert_true(repo_steps_part(repo, tree, 1, i, parts, count, &t, &err));
		assert_true(t.seen.n - before <= expected / parts + 20);
	}
	assert_int_equal(t.seen.n, expected);
	arena_release(&t.arena);
}

static void parts_tell_each_path_once(void **state)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct repo_edit edits[2 * FOLDERS + 4];
	struct sandbox s;
	struct repo *repo = open_new(&s, &arena);
	struct oid blob = blob_of(repo, 1), tree;
	struct err err = {0};
	size_t n = 0;

	(void)state;
	edits[n++] = (struct repo_edit){STR("a/b"), blob, false};
	edits[n++] = (struct repo_edit){STR("a/c/d"), blob, false};
	for (int i = 0; i < FOLDERS; i++)
		for (int k = 0; k < 2; k++)
			edits[n++] = (struct repo_edit){
			        arena_fmt(&arena, "m/%03d/%d", i, k), blob, false};
	edits[n++] = (struct repo_edit){STR("m/x"), blob, false};
	edits[n++] = (struct repo_edit){STR("z"), blob, false};
	assert_true(repo_write_tree(&tree, repo, NULL, edits, n, &err));
	for (size_t parts = 1; parts < 6; parts++)
		check_parts(repo, &tree, parts, n);
	repo_close(repo);
	sandbox_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(random_trees),
	        cmocka_unit_test(ends_and_failures),
	        cmocka_unit_test(parts_tell_each_path_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
