#include "git.h"

static const char *refusal(struct box *b, const char *rev, enum err_code code)
{
	struct oid id;

	b->err = (struct err){0};
	assert_false(repo_resolve(&id, b->repo, str_of(rev), &b->arena, &b->err));
	if (b->err.code != code)
		fail_msg("%s: code %d, %s", rev, b->err.code, b->err.text);
	return b->err.text;
}

static void revisions_are_found(void **state)
{
	static const char *const revs[] = {"main", "HEAD", "v1", "v1^{commit}",
	                                   "refs/tags/light"};
	struct box b;
	struct oid first, id;
	struct str hex;

	(void)state;
	box_sample(&b);
	sh("git tag -a v1 -m one && git tag light && git commit -q --allow-empty -m second && "
	   "git tag -f light main~1 && git checkout -q v1");
	first = box_commit(&b, "main~1");
	for (size_t i = 1; i < ARRAY_LEN(revs); i++) {
		id = box_commit(&b, revs[i]);
		assert_true(oid_eq(&id, &first));
	}
	hex = oid_hex(&first, 10, &b.arena);
	id = box_commit(&b, hex.s);
	assert_true(oid_eq(&id, &first));
	box_close(&b);
}

static void unknown_revision_has_a_suggestion(void **state)
{
	struct box b;

	(void)state;
	box_sample(&b);
	sh("git tag v2026.06 && git branch published");
	refusal(&b, "publishd", ERR_USAGE);
	assert_says(&b.err, "did you mean \"published\"?");
	refusal(&b, "v2026.6~2", ERR_USAGE);
	assert_says(&b.err,
	            "there is no revision \"v2026.6~2\"; did you mean \"v2026.06\"?");
	refusal(&b, "zzzzzzzzzzzz", ERR_USAGE);
	assert_says(&b.err, "name a branch, a tag");
	refusal(&b, "main~9", ERR_USAGE);
	assert_says(&b.err, "leads to no such commit");
	refusal(&b, "main:top.yaml", ERR_USAGE);
	assert_says(&b.err, "names no commit");
	refusal(&b, "", ERR_USAGE);
	refusal(&b, "--all", ERR_USAGE);
	refusal(&b, "0123456789012345678901234567890123456789", ERR_USAGE);
	box_close(&b);
}

static void unborn_branch_is_named(void **state)
{
	struct box b;

	(void)state;
	box_open(&b);
	sh("git init -q .");
	box_repo(&b, ".");
	refusal(&b, "HEAD", ERR_REPO);
	assert_says(&b.err, "the branch \"main\" has no commit yet");
	refusal(&b, "HEAD~1", ERR_REPO);
	refusal(&b, "@", ERR_REPO);
	box_close(&b);
}

static void commit_is_read(void **state)
{
	struct box b;
	struct oid id;
	struct commit c;

	(void)state;
	box_sample(&b);
	sh("git commit -q --allow-empty -m 'second one'");
	id = box_commit(&b, "main");
	assert_true(repo_commit(&c, b.repo, &id, &b.arena, &b.err));
	assert_str(c.author, "A. Curator");
	assert_str(c.author_mail, "a@example.org");
	assert_str(c.message, "second one\n");
	assert_int_equal(c.offset, 180);
	assert_int_equal(c.time, 1781938800);
	assert_int_equal(c.parents_n, 1);
	id = box_commit(&b, "main~1");
	assert_true(oid_eq(&id, c.parents));
	assert_false(repo_commit(&c, b.repo, &(struct oid){{1}}, &b.arena, &b.err));
	assert_says(&b.err, "git fsck");
	box_close(&b);
}

struct seen {
	struct oid ids[16];
	char names[512];
	size_t n;
};

static bool note_commit(void *ctx, const struct oid *id)
{
	struct seen *s = ctx;

	s->ids[s->n++] = *id;
	return s->n < 16;
}

static void history_is_walked(void **state)
{
	struct box b;
	struct oid tip, first, side;
	struct seen seen = {0};
	bool yes;

	(void)state;
	box_sample(&b);
	sh("git checkout -q -b side && git commit -q --allow-empty -m side && "
	   "git checkout -q main && git commit -q --allow-empty -m two && "
	   "git merge -q --no-ff -m merge side");
	tip = box_commit(&b, "main");
	first = box_commit(&b, "main~2");
	side = box_commit(&b, "side");
	assert_true(repo_walk(b.repo, &tip, NULL, note_commit, &seen, &b.err));
	assert_int_equal(seen.n, 4);
	assert_true(oid_eq(&seen.ids[0], &tip));
	assert_true(oid_eq(&seen.ids[3], &first));
	seen.n = 0;
	assert_true(repo_walk(b.repo, &tip, &side, note_commit, &seen, &b.err));
	assert_int_equal(seen.n, 2);
	assert_true(repo_is_ancestor(&yes, b.repo, &first, &tip, &b.err));
	assert_true(yes);
	assert_true(repo_is_ancestor(&yes, b.repo, &tip, &tip, &b.err));
	assert_true(yes);
	assert_true(repo_is_ancestor(&yes, b.repo, &tip, &side, &b.err));
	assert_false(yes);
	box_close(&b);
}

static void shallow_clone_says_what_fetches_the_rest(void **state)
{
	struct box b;
	struct oid tip, gone;
	struct seen seen = {0};
	bool yes;

	(void)state;
	box_sample(&b);
	sh("git commit -q --allow-empty -m two && git commit -q --allow-empty -m three && "
	   "git clone -q --depth 1 \"file://$PWD\" shallow");
	gone = box_commit(&b, "main~1");
	box_repo(&b, "shallow");
	assert_true(repo_is_shallow(b.repo));
	tip = box_commit(&b, "HEAD");
	assert_false(repo_walk(b.repo, &tip, NULL, note_commit, &seen, &b.err));
	assert_says(&b.err, "git fetch --unshallow");
	b.err = (struct err){0};
	assert_false(repo_is_ancestor(&yes, b.repo, &gone, &tip, &b.err));
	assert_says(&b.err, "git fetch --unshallow");
	refusal(&b, "HEAD~1", ERR_REPO);
	assert_says(&b.err, "git fetch --unshallow");
	sh("cd shallow && git fetch -q --unshallow");
	box_repo(&b, "shallow");
	assert_false(repo_is_shallow(b.repo));
	assert_true(repo_is_ancestor(&yes, b.repo, &gone, &tip, &b.err));
	assert_true(yes);
	box_close(&b);
}

static void partial_clone_says_what_fetches_the_rest(void **state)
{
	struct buf bytes = BUF_INIT(100);
	struct box b;
	struct oid blob = repo_hash(STR("top\n"));
	struct source source;
	const struct tree *t;
	const char *why;
	struct oid root;

	(void)state;
	box_sample(&b);
	sh("git config uploadpack.allowFilter true && "
	   "git clone -q --no-checkout --filter=blob:none \"file://$PWD\" partial");
	box_repo(&b, "partial");
	assert_false(repo_blob(&bytes, b.repo, &blob, &b.err));
	assert_says(&b.err, "git fetch --refetch --no-filter");
	root = box_root(&b, "HEAD");
	assert_int_equal(chdir("partial"), 0);
	box_repo(&b, ".");
	t = repo_tree(b.repo, &root, &b.arena);
	assert_int_equal(t->read(t, &source, &bytes, STR("top.yaml"), &why),
	                 SOURCE_UNREADABLE);
	assert_non_null(strstr(why, "git fetch --refetch"));
	sh("git fetch -q --refetch --no-filter");
	b.err = (struct err){0};
	assert_true(repo_blob(&bytes, b.repo, &blob, &b.err));
	assert_str(buf_str(&bytes), "top\n");
	buf_release(&bytes);
	box_close(&b);
}

static bool note_ref(void *ctx, struct str name, const struct oid *target)
{
	struct seen *s = ctx;

	s->ids[s->n++] = *target;
	strncat(s->names, name.s + strlen("refs/"),
	        sizeof(s->names) - strlen(s->names) - 1);
	strncat(s->names, " ", sizeof(s->names) - strlen(s->names) - 1);
	return s->n < 16;
}

static void references_come_sorted(void **state)
{
	struct box b;
	struct seen seen = {0};
	struct oid commit, main_id;

	(void)state;
	box_sample(&b);
	sh("git tag -a v2 -m two && git tag v10 && git tag x && git pack-refs --all && "
	   "git tag -a v1 -m one && git tag -a tree -m tree 'HEAD^{tree}'");
	assert_true(repo_refs(b.repo, "refs/tags/v*", note_ref, &seen, &b.err));
	assert_string_equal(seen.names, "tags/v1 tags/v10 tags/v2 ");
	assert_true(repo_peel(&commit, b.repo, &seen.ids[2]));
	main_id = box_commit(&b, "main");
	assert_false(oid_eq(&seen.ids[2], &main_id));
	assert_true(oid_eq(&commit, &main_id));
	assert_true(repo_ref(&commit, b.repo, "refs/tags/tree"));
	assert_false(repo_peel(&commit, b.repo, &commit));
	assert_false(repo_ref(&commit, b.repo, "refs/tags/none"));
	assert_false(repo_ref(&commit, b.repo, "not a name"));
	box_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(revisions_are_found),
	        cmocka_unit_test(unknown_revision_has_a_suggestion),
	        cmocka_unit_test(unborn_branch_is_named),
	        cmocka_unit_test(commit_is_read),
	        cmocka_unit_test(history_is_walked),
	        cmocka_unit_test(shallow_clone_says_what_fetches_the_rest),
	        cmocka_unit_test(partial_clone_says_what_fetches_the_rest),
	        cmocka_unit_test(references_come_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
