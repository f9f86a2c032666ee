#include "git.h"

static void in_the_top_and_below(void **state)
{
	static const char *const dirs[] = {".", "", "data", "data/methods"};
	struct box b;

	(void)state;
	box_sample(&b);
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
		box_repo(&b, dirs[i]);
		assert_true(str_eq(repo_top(b.repo), b.dir));
		assert_true(str_eq(repo_folder(b.repo),
		                   arena_fmt(&b.arena, "%s/.git", b.dir.s)));
		assert_false(repo_is_bare(b.repo));
		assert_false(repo_is_shallow(b.repo));
	}
	box_close(&b);
}

static void linked_work_tree_keeps_things_in_the_main_one(void **state)
{
	static const char *const dirs[] = {".git", "../.git/worktrees/linked"};
	struct box b;
	struct oid a, c;

	(void)state;
	box_sample(&b);
	sh("git worktree add -q -b side linked");
	a = box_commit(&b, "main");
	box_repo(&b, "linked/data");
	assert_true(str_eq(repo_top(b.repo), arena_fmt(&b.arena, "%s/linked", b.dir.s)));
	assert_true(str_eq(repo_folder(b.repo), arena_fmt(&b.arena, "%s/.git", b.dir.s)));
	c = box_commit(&b, "side");
	assert_true(oid_eq(&a, &c));
	assert_true(repo_ref(&c, b.repo, "refs/heads/main"));
	assert_true(oid_eq(&a, &c));
	/* As its hooks see it. */
	assert_int_equal(chdir("linked"), 0);
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
		setenv("GIT_DIR", dirs[i], 1);
		box_repo(&b, ".");
		assert_true(str_eq(repo_top(b.repo),
		                   arena_fmt(&b.arena, "%s/linked", b.dir.s)));
		assert_true(str_eq(repo_folder(b.repo),
		                   arena_fmt(&b.arena, "%s/.git", b.dir.s)));
	}
	box_close(&b);
}

static void bare_repository_has_no_top(void **state)
{
	struct box b;

	(void)state;
	box_sample(&b);
	sh("git clone -q --bare . bare.git");
	box_repo(&b, "bare.git");
	assert_true(repo_is_bare(b.repo));
	assert_null(repo_top(b.repo).s);
	assert_str(repo_path(b.repo, STR("data/./methods/../x"), &b.arena), "data/x");
	assert_str(repo_path(b.repo, STR("."), &b.arena), "");
	assert_null(repo_path(b.repo, STR("../x"), &b.arena).s);
	(void)box_root(&b, "HEAD");
	box_close(&b);
}

static void what_cannot_be_used_says_why(void **state)
{
	struct box b;

	(void)state;
	box_open(&b);
	setenv("GIT_CEILING_DIRECTORIES", "/tmp", 1);
	assert_int_equal(mkdir("none", 0777), 0);
	box_refusal(&b, "none");
	assert_says(&b.err, "\"none\" is in no git repository");
	assert_says(&b.err, "git init");
	box_refusal(&b, "not-there");
	sh("git init -q --object-format=sha256 long");
	box_refusal(&b, "long");
	assert_says(&b.err, "SHA-256");
	sh("git init -q table && git -C table config core.repositoryformatversion 1 && "
	   "git -C table config extensions.refstorage reftable || "
	   "printf '[extensions]\\n\\trefstorage = reftable\\n' >>table/.git/config");
	box_refusal(&b, "table");
	assert_says(&b.err, "reftable");
	sh("git init -q odd && printf '[core\\n' >odd/.git/config");
	box_refusal(&b, "odd");
	assert_says(&b.err, "cannot be opened");
	box_close(&b);
}

static void another_owner_is_named_with_the_remedy(void **state)
{
	struct box b;

	(void)state;
	if (geteuid() != 0)
		skip();
	box_sample(&b);
	sh("git init -q theirs && chown -R 12345 theirs && mkdir -p theirs/sub");
	box_refusal(&b, "theirs/sub");
	assert_says(&b.err, "belongs to another user");
	assert_says(&b.err, "git config --global --add safe.directory");
	assert_says(&b.err, arena_fmt(&b.arena, "\"%s/theirs\"", b.dir.s).s);
	sh("git config --global --add safe.directory /elsewhere");
	box_refusal(&b, "theirs");
	assert_says(&b.err, "belongs to another user");
	sh("git config --global --add safe.directory $PWD/theirs");
	box_repo(&b, "theirs/sub");
	sh("git config --global --unset-all safe.directory");
	sh("git config --global --add safe.directory '*'");
	box_repo(&b, "theirs");
	box_close(&b);
}

static void environment_of_hooks_is_obeyed(void **state)
{
	struct buf bytes = BUF_INIT(100);
	struct box b;
	struct oid id;

	(void)state;
	box_sample(&b);
	sh("git init -q other && git -C other commit -q --allow-empty -m other");
	setenv("GIT_DIR", ".git", 1);
	box_repo(&b, "other");
	assert_true(str_eq(repo_top(b.repo), b.dir));
	setenv("GIT_WORK_TREE", "data", 1);
	box_repo(&b, ".");
	assert_true(str_eq(repo_top(b.repo), arena_fmt(&b.arena, "%s/data", b.dir.s)));
	unsetenv("GIT_WORK_TREE");
	setenv("GIT_DIR", "missing", 1);
	box_refusal(&b, ".");
	/* As a server's hook sees what is being pushed. */
	unsetenv("GIT_DIR");
	id = repo_hash(STR("pushed\n"));
	sh("git init -q --bare server.git && mkdir -p server.git/objects/incoming && "
	   "printf 'pushed\\n' | GIT_OBJECT_DIRECTORY=server.git/objects/incoming "
	   "git hash-object -w --stdin");
	setenv("GIT_DIR", "server.git", 1);
	setenv("GIT_OBJECT_DIRECTORY", "server.git/objects/incoming", 1);
	setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", "server.git/objects", 1);
	box_repo(&b, ".");
	assert_true(repo_blob(&bytes, b.repo, &id, &b.err));
	assert_str(buf_str(&bytes), "pushed\n");
	buf_release(&bytes);
	box_close(&b);
}

static void paths_are_those_a_user_types(void **state)
{
	struct box b;
	struct str top, link;

	(void)state;
	box_sample(&b);
	top = b.dir;
	assert_int_equal(symlink(".", "self"), 0);
	assert_int_equal(chdir("data/methods"), 0);
	box_repo(&b, ".");
	assert_str(repo_path(b.repo, STR("a.yaml"), &b.arena), "data/methods/a.yaml");
	assert_str(repo_path(b.repo, STR(""), &b.arena), "data/methods");
	assert_str(repo_path(b.repo, STR("../../top.yaml"), &b.arena), "top.yaml");
	assert_str(repo_path(b.repo, STR("../.."), &b.arena), "");
	assert_str(repo_path(b.repo, STR("../..//./gone/./x/"), &b.arena), "gone/x");
	assert_null(repo_path(b.repo, STR("../../.."), &b.arena).s);
	assert_null(repo_path(b.repo, STR("/etc/passwd"), &b.arena).s);
	assert_str(repo_path(b.repo, arena_fmt(&b.arena, "%s/data/x", top.s), &b.arena),
	           "data/x");
	assert_null(
	        repo_path(b.repo, arena_fmt(&b.arena, "%sx/data", top.s), &b.arena).s);
	/* By way of a link from outside; a link at the end is the repository's own. */
	link = arena_fmt(&b.arena, "%s-link", top.s);
	assert_int_equal(symlink(top.s, link.s), 0);
	assert_str(repo_path(b.repo, arena_fmt(&b.arena, "%s/data/gone/x", link.s),
	                     &b.arena),
	           "data/gone/x");
	assert_str(repo_path(b.repo, arena_fmt(&b.arena, "%s/link", link.s), &b.arena),
	           "link");
	assert_int_equal(unlink(link.s), 0);
	assert_int_equal(chdir(top.s), 0);
	box_close(&b);
}

static void identity_and_configuration(void **state)
{
	struct box b;
	struct str who;

	(void)state;
	box_sample(&b);
	assert_true(repo_identity(&who, b.repo, &b.arena, &b.err));
	assert_str(who, "A. Curator <a@example.org>");
	setenv("GIT_COMMITTER_NAME", "B <x> y.\n", 1);
	assert_true(repo_identity(&who, b.repo, &b.arena, &b.err));
	assert_str(who, "B x y <a@example.org>");
	assert_str(repo_config(b.repo, "init.defaultbranch", &b.arena), "main");
	assert_null(repo_config(b.repo, "no.such", &b.arena).s);
	unsetenv("GIT_COMMITTER_NAME");
	sh("git config --global --unset user.email");
	box_repo(&b, ".");
	assert_false(repo_identity(&who, b.repo, &b.arena, &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	assert_says(&b.err, "user.email");
	box_close(&b);
}

static void names_of_objects(void **state)
{
	struct arena arena = {0};
	struct oid id, zero = {{0}};

	(void)state;
	assert_true(oid_parse(&id, STR("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")));
	assert_str(oid_hex(&id, 40, &arena), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
	assert_str(oid_hex(&id, 7, &arena), "e69de29");
	zero = repo_hash(STR(""));
	assert_true(oid_eq(&id, &zero));
	assert_false(oid_is_zero(&id));
	assert_false(oid_parse(&id, STR("e69de29bb2d1d6434b8b29ae775ad8c2e48c539")));
	assert_false(oid_parse(&id, STR("g69de29bb2d1d6434b8b29ae775ad8c2e48c5391")));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(in_the_top_and_below),
	        cmocka_unit_test(linked_work_tree_keeps_things_in_the_main_one),
	        cmocka_unit_test(bare_repository_has_no_top),
	        cmocka_unit_test(what_cannot_be_used_says_why),
	        cmocka_unit_test(another_owner_is_named_with_the_remedy),
	        cmocka_unit_test(environment_of_hooks_is_obeyed),
	        cmocka_unit_test(paths_are_those_a_user_types),
	        cmocka_unit_test(identity_and_configuration),
	        cmocka_unit_test(names_of_objects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
