#include "git.h"

#include <pthread.h>

struct told {
	struct buf text;
	size_t stop; /* after so many; 0: never */
	size_t n;
};

static bool note(void *ctx, const struct repo_change *c)
{
	struct told *t = ctx;

	buf_addf(&t->text, "%c%c " STR_FMT "\n",
	         !c->old       ? '-'
	         : c->old_link ? 'l'
	                       : 'f',
	         !c->new       ? '-'
	         : c->new_link ? 'l'
	                       : 'f',
	         STR_ARG(c->path));
	return ++t->n != t->stop;
}

static void assert_diff(struct box *b, const struct oid *old, const struct oid *new,
                        const char *below, size_t stop, const char *want)
{
	struct told t = {.text = BUF_INIT(10000), .stop = stop};

	if (!repo_diff(b->repo, old, new, str_of(below), note, &t, &b->err))
		fail_msg("%s", b->err.text);
	assert_string_equal(buf_z(&t.text), want);
	buf_release(&t.text);
}

static void what_differs_between_two_trees(void **state)
{
	struct box b;
	struct oid old, new;

	(void)state;
	box_sample(&b);
	old = box_root(&b, "HEAD");
	sh("echo new >data/methods/c.yaml && rm data/methods/a.yaml && "
	   "echo other >data/methods/b.yaml && chmod +x top.yaml && "
	   "rm data/methods.txt && mkdir data/methods.txt && echo x >data/methods.txt/in && "
	   "rm link && echo file >link && git add -A data top.yaml link && "
	   "git commit -qm second");
	new = box_root(&b, "HEAD");
	assert_diff(&b, &old, &new, "", 0,
	            "f- data/methods.txt\n"
	            "-f data/methods.txt/in\n"
	            "f- data/methods/a.yaml\n"
	            "ff data/methods/b.yaml\n"
	            "-f data/methods/c.yaml\n"
	            "lf link\n"
	            "ff top.yaml\n");
	assert_diff(&b, &new, &old, "data/methods", 0,
	            "-f data/methods/a.yaml\n"
	            "ff data/methods/b.yaml\n"
	            "f- data/methods/c.yaml\n");
	assert_diff(&b, &old, &new, "", 2,
	            "f- data/methods.txt\n-f data/methods.txt/in\n");
	assert_diff(&b, &old, &new, "data/methods.txt", 0, "-f data/methods.txt/in\n");
	assert_diff(&b, &old, &new, "none", 0, "");
	assert_diff(&b, &old, &old, "", 0, "");
	assert_diff(&b, NULL, NULL, "", 0, "");
	assert_diff(&b, NULL, &old, "data", 0,
	            "-f data/.hidden\n-f data/methods.txt\n-f data/methods/a.yaml\n"
	            "-f data/methods/b.yaml\n");
	assert_diff(&b, &old, NULL, "data/methods", 0,
	            "f- data/methods/a.yaml\nf- data/methods/b.yaml\n");
	assert_false(
	        repo_diff(b.repo, NULL, &(struct oid){{1}}, STR(""), note, NULL, &b.err));
	assert_says(&b.err, "git fsck");
	box_close(&b);
}

/* A tree may be forged deeper than any disk allows. */
static void folders_nested_too_deeply(void **state)
{
	struct box b;
	struct oid root;
	struct told t = {.text = BUF_INIT(100)};

	(void)state;
	box_sample(&b);
	sh("t=$(git mktree </dev/null); i=0; while [ $i -lt 80 ]; do "
	   "t=$(printf '040000 tree %s\\ta\\n' $t | git mktree); i=$((i+1)); done; "
	   "git update-ref refs/heads/deep $(git commit-tree -m deep $t)");
	root = box_root(&b, "deep");
	assert_false(repo_diff(b.repo, NULL, &root, STR(""), note, &t, &b.err));
	assert_int_equal(b.err.code, ERR_LIMIT);
	assert_says(&b.err, "nested too deeply");
	box_close(&b);
}

static void what_lies_at_a_path(void **state)
{
	struct box b;
	struct oid root, id, want = repo_hash(STR("a\n"));

	(void)state;
	box_sample(&b);
	root = box_root(&b, "HEAD");
	assert_int_equal(repo_at(&id, b.repo, &root, STR("data/methods/a.yaml")),
	                 TREE_FILE);
	assert_true(oid_eq(&id, &want));
	assert_int_equal(repo_at(&id, b.repo, &root, STR("data/methods")), TREE_FOLDER);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("")), TREE_FOLDER);
	assert_true(oid_eq(&id, &root));
	assert_int_equal(repo_at(&id, b.repo, &root, STR("link")), TREE_LINK);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("none")), TREE_NONE);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("top.yaml/x")), TREE_NONE);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("data/\0x")), TREE_NONE);
	assert_int_equal(repo_at(&id, b.repo, &want, STR("data")), TREE_NONE);
	box_close(&b);
}

/* Far more names than a handle remembers, asked for twice, and one too long to remember. */
static void many_names_in_two_trees(void **state)
{
	static const char *const folders[] = {"one", "two"};
	struct oid root, id;
	struct box b;

	(void)state;
	box_sample(&b);
	sh("mkdir many many/one many/two && seq 300 | while read -r n; do "
	   "echo \"$n\" >many/one/$n && echo \"$n $n\" >many/two/$n; done && "
	   "echo x >many/one/$(printf %0200d 7) && git add many && git commit -qm many");
	root = box_root(&b, "HEAD");
	for (int i = 0; i < 1300; i++) {
		const char *folder = folders[i % 2];
		int n = i / 2 % 325 + 1;
		struct str path = arena_fmt(&b.arena, "many/%s/%d", folder, n);
		struct str want = arena_fmt(&b.arena, i % 2 ? "%d %d\n" : "%d\n", n, n);
		struct oid hash = repo_hash(want);

		assert_int_equal(repo_at(&id, b.repo, &root, path),
		                 n > 300 ? TREE_NONE : TREE_FILE);
		assert_true(n > 300 || oid_eq(&id, &hash));
	}
	for (int i = 0; i < 2; i++)
		assert_int_equal(repo_at(&id, b.repo, &root,
		                         arena_fmt(&b.arena, "many/one/%0200d", 7)),
		                 TREE_FILE);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("many/one/")), TREE_FOLDER);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("many/one/1/")), TREE_NONE);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("many//one")), TREE_NONE);
	assert_int_equal(repo_at(&id, b.repo, &root, STR("/many")), TREE_NONE);
	box_close(&b);
}

static void assert_list(struct box *b, const struct tree *t, const char *dir,
                        const char *want)
{
	static const char kinds[] = "-fdlo";
	struct buf text = BUF_INIT(1000);
	struct tree_items items;
	const char *why = "";

	if (!t->list(t, &items, str_of(dir), &b->arena, &why))
		buf_addz(&text, why);
	for (size_t i = 0; i < items.n; i++)
		buf_addf(&text, "%c:%s ", kinds[items.items[i].kind],
		         items.items[i].name.s);
	assert_string_equal(buf_z(&text), want);
	buf_release(&text);
}

/* The bytes of PATH, or why there are none. */
static void assert_read(const struct tree *t, const char *path, size_t max,
                        const char *want)
{
	struct buf bytes = BUF_INIT(max);
	struct source s = {0};
	const char *why = "";
	enum source_status status = t->read(t, &s, &bytes, str_of(path), &why);

	if (status == SOURCE_OK) {
		assert_str(s.bytes, want);
		assert_str(s.name, path);
	} else {
		assert_int_equal(bytes.n, 0);
		assert_string_equal(status == SOURCE_TOO_LARGE ? "too large" : why, want);
	}
	buf_release(&bytes);
}

static void assert_sample(struct box *b, const struct tree *t)
{
	unsigned char id[20];
	struct oid want = repo_hash(STR("top\n"));

	assert_false(t->on_disk);
	assert_list(b, t, ".", "d:data l:link f:top.yaml ");
	assert_list(b, t, "data", "d:methods f:methods.txt ");
	assert_list(b, t, "data/methods/", "f:a.yaml f:b.yaml ");
	assert_list(b, t, "none", "No such file or directory");
	assert_list(b, t, "top.yaml", "it is not a folder");
	assert_list(b, t, "../..", "No such file or directory");
	assert_read(t, "data/../data/methods/a.yaml", 100, "a\n");
	assert_read(t, "data/.hidden", 2, "h\n");
	assert_read(t, "top.yaml", 3, "too large");
	assert_read(t, "data", 100, "it is a folder");
	assert_read(t, "link", 100, "it is a symbolic link");
	assert_read(t, "none", 100, "No such file or directory");
	assert_read(t, "../top.yaml", 100, "No such file or directory");
	assert_int_equal(t->kind(t, STR("link")), TREE_LINK);
	assert_int_equal(t->kind(t, STR("data/methods")), TREE_FOLDER);
	assert_int_equal(t->kind(t, STR("data/method")), TREE_NONE);
	assert_true(t->content(t, id, STR("top.yaml")));
	assert_memory_equal(id, want.id, sizeof(id));
	assert_false(t->content(t, id, STR("none")));
}

static void commit_reads_like_a_folder(void **state)
{
	struct box b;
	struct oid root;
	const struct tree *t;

	(void)state;
	box_sample(&b);
	root = box_root(&b, "HEAD");
	assert_sample(&b, repo_tree(b.repo, &root, &b.arena));
	assert_int_equal(chdir("data/methods"), 0);
	box_repo(&b, ".");
	t = repo_tree(b.repo, &root, &b.arena);
	assert_list(&b, t, "", "f:a.yaml f:b.yaml ");
	assert_list(&b, t, "..", "d:methods f:methods.txt ");
	assert_read(t, "../../top.yaml", 100, "top\n");
	assert_read(t, "a.yaml", 100, "a\n");
	box_close(&b);
}

static void index_reads_like_a_folder(void **state)
{
	struct box b;
	const struct tree *t;

	(void)state;
	box_sample(&b);
	sh("echo changed >top.yaml && rm -r data");
	assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_sample(&b, t);
	box_close(&b);
}

static void index_knows_more_than_a_commit(void **state)
{
	struct box b;
	struct oid id, want;
	const struct tree *t;

	(void)state;
	box_sample(&b);
	sh("git init -q sub && git -C sub commit -q --allow-empty -m sub && "
	   "echo n >data/new.yaml && git add -N data/new.yaml && "
	   "git update-index --add --cacheinfo 160000,$(git -C sub rev-parse HEAD),sub");
	assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_list(&b, t, ".", "d:data l:link o:sub f:top.yaml ");
	assert_read(t, "sub", 100, "it is not a regular file");
	assert_int_equal(t->kind(t, STR("data/new.yaml")), TREE_NONE);
	assert_true(repo_index_write_tree(&id, b.repo, &b.err));
	sh("git write-tree >written && git update-ref refs/heads/w "
	   "$(git commit-tree -m w $(cat written))");
	want = box_root(&b, "w");
	assert_true(oid_eq(&id, &want));
	sh("git update-index --force-remove sub && cp .git/index other-index && "
	   "GIT_INDEX_FILE=other-index git rm -q --cached top.yaml");
	setenv("GIT_INDEX_FILE", "other-index", 1);
	assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_list(&b, t, ".", "d:data l:link ");
	unsetenv("GIT_INDEX_FILE");
	assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_list(&b, t, ".", "d:data l:link f:top.yaml ");
	box_close(&b);
}

static void conflict_cannot_be_read(void **state)
{
	struct box b;
	struct oid id;
	unsigned char content[20];
	const struct tree *t;

	(void)state;
	box_sample(&b);
	sh("git checkout -q -b side && echo side >top.yaml && git commit -qam side && "
	   "git checkout -q main && echo main >top.yaml && git commit -qam main");
	assert_true(try_sh("git merge side") != 0);
	assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_list(&b, t, ".", "d:data l:link f:top.yaml ");
	assert_read(t, "top.yaml", 100, "it has merge conflicts");
	assert_read(t, "data/methods/a.yaml", 100, "a\n");
	assert_false(t->content(t, content, STR("top.yaml")));
	assert_false(repo_index_write_tree(&id, b.repo, &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	assert_says(&b.err, "merge conflicts");
	box_close(&b);
}

static void index_that_cannot_be_read_says_what_to_do(void **state)
{
	struct box b;
	const struct tree *t;

	(void)state;
	box_sample(&b);
	sh("git update-index --split-index");
	assert_false(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_says(&b.err, "git update-index --no-split-index");
	sh("echo rubbish >.git/index");
	b.err = (struct err){0};
	assert_false(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_int_equal(b.err.code, ERR_REPO);
	sh("rm .git/index");
	b.err = (struct err){0};
	assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
	assert_list(&b, t, "", "");
	box_close(&b);
}

/* ---- two threads ---- */

#define MANY 200

static void *read_many(void *ctx)
{
	const struct tree *t = ctx;
	struct buf bytes = BUF_INIT(100);
	size_t good = 0;

	for (int i = 0; i < MANY; i++) {
		char path[64], want[16];
		struct source s;
		const char *why;

		snprintf(path, sizeof(path), "many/f%d/x%d", i % 7, i);
		snprintf(want, sizeof(want), "%d\n", i);
		good += t->read(t, &s, &bytes, str_of(path), &why) == SOURCE_OK &&
		        str_eqz(s.bytes, want);
	}
	buf_release(&bytes);
	return good == MANY ? ctx : NULL;
}

static void threads_read_at_the_same_time(void **state)
{
	const struct tree *t;
	pthread_t threads[4];
	struct box b;
	struct oid root;

	(void)state;
	box_sample(&b);
	for (int i = 0; i < MANY; i++) {
		char path[64], text[16];

		snprintf(path, sizeof(path), "many/f%d/x%d", i % 7, i);
		snprintf(text, sizeof(text), "%d\n", i);
		sandbox_write(path, text);
	}
	sh("git add many && git commit -qm many && git repack -adq");
	root = box_root(&b, "HEAD");
	t = repo_tree(b.repo, &root, &b.arena);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
		if (i == 2)
			assert_true(repo_index(&t, b.repo, &b.arena, &b.err));
		assert_int_equal(pthread_create(&threads[i], NULL, read_many,
		                                (void *)(uintptr_t)t),
		                 0);
	}
	for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
		void *result;

		assert_int_equal(pthread_join(threads[i], &result), 0);
		assert_non_null(result);
	}
	box_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_differs_between_two_trees),
	        cmocka_unit_test(folders_nested_too_deeply),
	        cmocka_unit_test(what_lies_at_a_path),
	        cmocka_unit_test(many_names_in_two_trees),
	        cmocka_unit_test(commit_reads_like_a_folder),
	        cmocka_unit_test(index_reads_like_a_folder),
	        cmocka_unit_test(index_knows_more_than_a_commit),
	        cmocka_unit_test(conflict_cannot_be_read),
	        cmocka_unit_test(index_that_cannot_be_read_says_what_to_do),
	        cmocka_unit_test(threads_read_at_the_same_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
