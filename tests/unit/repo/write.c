#include "git.h"

static struct repo_edit put(struct box *b, const char *path, const char *text)
{
	struct repo_edit e = {.path = str_of(path)};

	assert_true(repo_write_blob(&e.blob, b->repo, str_of(text), &b->err));
	return e;
}

static struct repo_edit drop(const char *path)
{
	return (struct repo_edit){.path = str_of(path), .removed = true};
}

static struct oid write_tree(struct box *b, const struct oid *base,
                             const struct repo_edit *edits, size_t n)
{
	struct oid out = {{0}};

	if (!repo_write_tree(&out, b->repo, base, edits, n, &b->err))
		fail_msg("%s", b->err.text);
	return out;
}

/* "mode path" of all files, as git lists them. */
static void assert_files(struct box *b, const struct oid *tree, const char *want)
{
	struct str hex = oid_hex(tree, OID_HEX, &b->arena);
	const char *const args[] = {"ls-tree", "-r", "--format=%(objectmode) %(path)",
	                            hex.s, NULL};
	struct buf out = BUF_INIT(10000), talk = BUF_INIT(1000);
	int status;

	assert_true(repo_git(b->repo, args, STR(""), &out, &talk, &status, &b->err));
	assert_string_equal(buf_z(&talk), "");
	assert_string_equal(buf_z(&out), want);
	buf_release(&out);
	buf_release(&talk);
}

static void trees_are_edited(void **state)
{
	struct box b;
	struct oid root, tree;

	(void)state;
	box_sample(&b);
	root = box_root(&b, "HEAD");
	{
		struct repo_edit edits[] = {
		        put(&b, "a/b/c/d.yaml", "deep\n"),
		        drop("data/methods/a.yaml"),
		        drop("data/methods/b.yaml"),
		        drop("data/none"),
		        drop("none/none"),
		        put(&b, "top.yaml", "new\n"),
		};

		tree = write_tree(&b, &root, edits, ARRAY_LEN(edits));
	}
	assert_files(&b, &tree,
	             "100644 a/b/c/d.yaml\n100644 data/.hidden\n100644 data/methods.txt\n"
	             "120000 link\n100644 top.yaml\n");
	tree = write_tree(&b, &root, NULL, 0);
	assert_true(oid_eq(&tree, &root));
	tree = write_tree(&b, NULL, NULL, 0);
	assert_files(&b, &tree, "");
	box_close(&b);
}

static void files_and_folders_change_places(void **state)
{
	struct box b;
	struct oid root, tree;

	(void)state;
	box_sample(&b);
	root = box_root(&b, "HEAD");
	{
		struct repo_edit edits[] = {
		        put(&b, "data/methods", "a file\n"),
		        put(&b, "data/methods.txt/in", "below\n"),
		        drop("data/methods/a.yaml"),
		        drop("data/methods/b.yaml"),
		        put(&b, "link", "no link\n"),
		};

		tree = write_tree(&b, &root, edits, ARRAY_LEN(edits));
	}
	assert_files(
	        &b, &tree,
	        "100644 data/.hidden\n100644 data/methods\n100644 data/methods.txt/in\n"
	        "100644 link\n100644 top.yaml\n");
	box_close(&b);
}

static void programs_stay_programs(void **state)
{
	struct box b;
	struct oid root, tree;
	struct repo_edit edit;

	(void)state;
	box_sample(&b);
	sh("chmod +x top.yaml && git commit -qam exec");
	root = box_root(&b, "HEAD");
	edit = put(&b, "top.yaml", "new\n");
	tree = write_tree(&b, &root, &edit, 1);
	assert_files(
	        &b, &tree,
	        "100644 data/.hidden\n100644 data/methods.txt\n100644 data/methods/a.yaml\n"
	        "100644 data/methods/b.yaml\n120000 link\n100755 top.yaml\n");
	box_close(&b);
}

static void edits_that_cannot_be(void **state)
{
	static const char *const paths[] = {"a//b", "../x", "a/../x", ".git/config",
	                                    "/x",   "x/",   ""};
	struct box b;
	struct oid id;
	struct repo_edit two[2];

	(void)state;
	box_sample(&b);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		two[0] = put(&b, paths[i], "x");
		b.err = (struct err){0};
		if (repo_write_tree(&id, b.repo, NULL, two, 1, &b.err))
			fail_msg("\"%s\" can be written", paths[i]);
		assert_int_equal(b.err.code, ERR_REPO);
	}
	two[0] = put(&b, "a", "x");
	two[1] = put(&b, "a/b", "x");
	b.err = (struct err){0};
	assert_false(repo_write_tree(&id, b.repo, NULL, two, 2, &b.err));
	assert_says(&b.err, "both a file and a folder");
	two[1] = two[0];
	b.err = (struct err){0};
	assert_false(repo_write_tree(&id, b.repo, NULL, two, 2, &b.err));
	assert_says(&b.err, "changed twice");
	two[0] = (struct repo_edit){.path = STR("a"), .blob = {{1}}};
	b.err = (struct err){0};
	assert_false(repo_write_tree(&id, b.repo, NULL, two, 1, &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	box_close(&b);
}

static void commit_and_tag_as_git_makes_them(void **state)
{
	struct box b;
	struct oid root, first, id, tag;
	struct commit c;

	(void)state;
	box_sample(&b);
	root = box_root(&b, "HEAD");
	first = box_commit(&b, "HEAD");
	assert_true(repo_write_commit(&id, b.repo, &root, &first,
	                              STR("R. M. <r@example.org>"), 1781938800,
	                              STR("release\n\nwhy\n"), &b.err));
	assert_true(repo_commit(&c, b.repo, &id, &b.arena, &b.err));
	assert_str(c.author, "R. M"); /* git leaves out the dot at the end, too */
	assert_str(c.author_mail, "r@example.org");
	assert_str(c.message, "release\n\nwhy\n");
	assert_int_equal(c.time, 1781938800);
	assert_int_equal(c.offset, 0);
	assert_true(oid_eq(c.parents, &first));
	assert_true(repo_write_tag(&tag, b.repo, STR("v1"), &id,
	                           STR("R. M. <r@example.org>"), 1781938800, STR("one\n"),
	                           &b.err));
	assert_true(repo_move_ref(b.repo, "refs/tags/v1", NULL, &tag, "release", &b.err));
	sh("test \"$(git cat-file -t v1)\" = tag && git fsck --strict && "
	   "test \"$(git for-each-ref --format='%(contents)' refs/tags/v1)\" = one");
	assert_true(repo_write_commit(&id, b.repo, &root, NULL, STR("R <r@example.org>"),
	                              0, STR("root\n"), &b.err));
	assert_false(repo_write_commit(&id, b.repo, &root, NULL, STR("nobody"), 0,
	                               STR("m"), &b.err));
	assert_int_equal(b.err.code, ERR_USAGE);
	b.err = (struct err){0};
	assert_false(repo_write_tag(&tag, b.repo, STR("bad..name"), &first,
	                            STR("R <r@example.org>"), 0, STR("m\n"), &b.err));
	assert_int_equal(b.err.code, ERR_USAGE);
	box_close(&b);
}

static void reference_moves_only_from_where_it_was_seen(void **state)
{
	static const char name[] = "refs/heads/published";
	struct box b;
	struct oid first, second, at;

	(void)state;
	box_sample(&b);
	sh("git commit -q --allow-empty -m second");
	first = box_commit(&b, "HEAD~1");
	second = box_commit(&b, "HEAD");
	assert_false(repo_move_ref(b.repo, name, &first, &second, "x", &b.err));
	assert_int_equal(b.err.code, ERR_MOVED);
	assert_false(repo_ref(&at, b.repo, name));
	b.err = (struct err){0};
	assert_true(repo_move_ref(b.repo, name, NULL, &first, "release: v1", &b.err));
	assert_false(repo_move_ref(b.repo, name, NULL, &second, "x", &b.err));
	assert_int_equal(b.err.code, ERR_MOVED);
	assert_says(&b.err, "nothing was changed");
	b.err = (struct err){0};
	assert_false(repo_move_ref(b.repo, name, &second, &first, "x", &b.err));
	assert_int_equal(b.err.code, ERR_MOVED);
	b.err = (struct err){0};
	sh("git pack-refs --all");
	assert_true(repo_move_ref(b.repo, name, &first, &second, "release: v2", &b.err));
	assert_true(repo_ref(&at, b.repo, name));
	assert_true(oid_eq(&at, &second));
	sh("git reflog show published | grep -q 'release: v2'");
	assert_false(repo_move_ref(b.repo, "refs/heads/a..b", NULL, &first, "x", &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	b.err = (struct err){0};
	assert_false(repo_move_ref(b.repo, "refs/heads/published/x", NULL, &first, "x",
	                           &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	sh("test -z \"$(find .git -name '*.lock')\"");
	box_close(&b);
}

static void left_over_lock_is_named(void **state)
{
	struct box b;
	struct oid id;

	(void)state;
	box_sample(&b);
	id = box_commit(&b, "HEAD");
	sandbox_write(".git/refs/tags/v1.lock", "");
	assert_false(repo_move_ref(b.repo, "refs/tags/v1", NULL, &id, "x", &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	assert_says(&b.err, ".git/refs/tags/v1.lock");
	assert_false(repo_ref(&id, b.repo, "refs/tags/v1"));
	box_close(&b);
}

static void what_is_written_is_read_at_once(void **state)
{
	struct buf bytes = BUF_INIT(3);
	struct box b;
	struct oid id, other = repo_hash(STR("fresh"));

	(void)state;
	box_sample(&b);
	(void)box_root(&b, "HEAD"); /* a handle that has looked around before */
	assert_true(repo_write_blob(&id, b.repo, STR("fresh"), &b.err));
	assert_true(oid_eq(&id, &other));
	assert_false(repo_blob(&bytes, b.repo, &id, &b.err));
	assert_int_equal(b.err.code, ERR_LIMIT);
	bytes.max = 5;
	b.err = (struct err){0};
	assert_true(repo_blob(&bytes, b.repo, &id, &b.err));
	assert_string_equal(buf_z(&bytes), "fresh");
	id = box_root(&b, "HEAD");
	assert_false(repo_blob(&bytes, b.repo, &id, &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	buf_release(&bytes);
	box_close(&b);
}

static void damaged_object_is_seen_when_asked_for(void **state)
{
	struct buf bytes = BUF_INIT(100);
	struct box b;
	struct oid id = repo_hash(STR("top\n"));

	(void)state;
	box_sample(&b);
	sh("f=.git/objects/$(git rev-parse HEAD:top.yaml | sed 's|^..|&/|'); "
	   "g=.git/objects/$(git rev-parse HEAD:data/methods.txt | sed 's|^..|&/|'); "
	   "chmod +w $f && cp $g $f");
	assert_true(repo_blob(&bytes, b.repo, &id, &b.err));
	repo_check_hashes(true);
	assert_false(repo_blob(&bytes, b.repo, &id, &b.err));
	repo_check_hashes(false);
	assert_int_equal(b.err.code, ERR_REPO);
	assert_says(&b.err, "damaged");
	assert_says(&b.err, "git fsck");
	buf_release(&bytes);
	box_close(&b);
}

static void what_is_kept_apart_is_in_no_repository(void **state)
{
	struct buf bytes = BUF_INIT(1000);
	struct oid root, tree, commit, blob, top;
	struct repo_edit edits[2];
	struct commit read;
	struct box b;

	(void)state;
	box_sample(&b);
	root = box_root(&b, "HEAD");
	sh("git gc -q && find .git -type f -exec touch -d 2001-01-01 {} +");
	assert_true(repo_write_apart(b.repo, &b.err));
	assert_true(repo_write_apart(b.repo, &b.err));
	edits[0] = put(&b, "a/b.yaml", "apart\n");
	edits[1] = put(&b, "a/c.yaml", "");
	tree = write_tree(&b, &root, edits, ARRAY_LEN(edits));
	assert_true(repo_write_commit(&commit, b.repo, &tree, NULL,
	                              STR("A <a@example.org>"), 1000, STR("apart\n"),
	                              &b.err));
	assert_true(repo_commit(&read, b.repo, &commit, &b.arena, &b.err));
	assert_true(oid_eq(&read.tree, &tree));
	assert_int_equal(read.committed, 1000);
	assert_int_equal(repo_at(&blob, b.repo, &read.tree, STR("a/b.yaml")), TREE_FILE);
	assert_true(repo_blob(&bytes, b.repo, &blob, &b.err));
	assert_string_equal(buf_z(&bytes), "apart\n");
	assert_int_equal(repo_at(&blob, b.repo, &tree, STR("a/c.yaml")), TREE_FILE);
	assert_true(repo_blob(&bytes, b.repo, &blob, &b.err));
	assert_int_equal(bytes.n, 0);

	/* What the repository has is found there, and not even made younger. */
	assert_int_equal(repo_at(&top, b.repo, &tree, STR("top.yaml")), TREE_FILE);
	assert_true(repo_blob(&bytes, b.repo, &top, &b.err));
	assert_true(repo_write_blob(&blob, b.repo, buf_str(&bytes), &b.err));
	assert_true(oid_eq(&blob, &top));
	sh("test -z \"$(find .git -type f -newermt 2001-01-02)\"");

	repo_close(b.repo);
	assert_true(repo_open(&b.repo, STR("."), &b.arena, &b.err));
	assert_false(repo_has(b.repo, &commit));
	assert_true(repo_has(b.repo, &top));
	buf_release(&bytes);
	box_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(trees_are_edited),
	        cmocka_unit_test(files_and_folders_change_places),
	        cmocka_unit_test(programs_stay_programs),
	        cmocka_unit_test(edits_that_cannot_be),
	        cmocka_unit_test(commit_and_tag_as_git_makes_them),
	        cmocka_unit_test(reference_moves_only_from_where_it_was_seen),
	        cmocka_unit_test(left_over_lock_is_named),
	        cmocka_unit_test(what_is_written_is_read_at_once),
	        cmocka_unit_test(damaged_object_is_seen_when_asked_for),
	        cmocka_unit_test(what_is_kept_apart_is_in_no_repository),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
