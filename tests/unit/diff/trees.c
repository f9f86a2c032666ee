/* What differs between two states of a dataset, in a repository to throw away. */
#include "../sandbox.h"

#include "diff/diff.h"

#define CONFIG \
	"vocabularies: {field: vocab.yaml}\n" \
	"collections:\n" \
	"  notes:\n" \
	"    folder: notes\n" \
	"    roles: {id: /id, history: /history}\n" \
	"  logs:\n" \
	"    folder: logs\n" \
	"    roles: {id: /id}\n" \
	"rules: {entry.id-filename: off}\n"

struct world {
	struct sandbox box;
	struct arena arena;
	struct repo *repo;
	struct err err;
	struct commit commits[2];
	struct diff_side sides[2];
};

static void git(const char *command)
{
	struct arena arena = {0};

	assert_int_equal(
	        system(arena_fmt(&arena,
	                         "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null git "
	                         "-c user.name=A -c user.email=a@example.org %s",
	                         command)
	                       .s),
	        0);
	arena_release(&arena);
}

static void commit(void)
{
	git("add -A");
	git("commit -q --allow-empty -m x");
}

static void world_start(struct world *w)
{
	*w = (struct world){0};
	sandbox_open(&w->box);
	git("init -q -b main");
	sandbox_write("stemma.yaml", CONFIG);
	sandbox_write("vocab.yaml", "terms: {a: {label: A}, b: {label: B}}\n");
	sandbox_write("notes/alpha.yaml", "id: alpha\ntitle: A\n");
	sandbox_write("notes/beta.yaml", "id: beta\ntitle: B\n");
	sandbox_write("logs/all.yaml", "id: one\nx: 1\n---\nid: two\nx: 2\n");
	commit();
	assert_true(repo_open(&w->repo, STR("."), &w->arena, &w->err));
}

static void world_end(struct world *w)
{
	for (int i = 0; i < 2; i++)
		if (w->sides[i].dataset)
			dataset_release((struct dataset *)(uintptr_t)w->sides[i].dataset);
	repo_close(w->repo);
	arena_release(&w->arena);
	sandbox_close(&w->box);
}

/* REV NULL: the disk. */
static void look_at(struct world *w, int side, const char *rev)
{
	const struct tree *tree = &tree_disk;
	struct dataset *d;
	struct diag_list diags;
	struct oid id;

	diag_init(&diags, &w->arena);
	if (rev) {
		assert_true(repo_resolve(&id, w->repo, str_of(rev), &w->arena, &w->err));
		assert_true(
		        repo_commit(&w->commits[side], w->repo, &id, &w->arena, &w->err));
		tree = repo_tree_at_top(w->repo, &w->commits[side].tree, &w->arena);
	}
	assert_true(
	        dataset_open(&d, tree, STR("stemma.yaml"), &w->arena, &diags, &w->err));
	w->sides[side] = (struct diff_side){.name = str_of(rev ? rev : "disk"),
	                                    .dataset = d,
	                                    .tree = rev ? &w->commits[side].tree : NULL};
}

static void add_fields(struct buf *b, const struct change_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		buf_addf(b, " " STR_FMT, STR_ARG(list->items[i].place));
}

/* One line a difference: "kind id fields..." */
static struct str told(struct world *w, const char *old, const char *new,
                       const struct diff_filter *only)
{
	struct buf b = BUF_INIT(1 << 20);
	struct change_set set;
	struct str text;

	look_at(w, 0, old);
	look_at(w, 1, new);
	if (!diff_trees(&set, w->repo, &w->sides[0], &w->sides[1], only, &w->arena,
	                &w->err))
		fail_msg("%s", w->err.text);
	for (size_t i = 0; i < set.entries_n; i++) {
		const struct entry_change *c = &set.entries[i];

		buf_addf(&b, "%s " STR_FMT, entry_change_name(c->kind), STR_ARG(c->id));
		add_fields(&b, &c->fields);
		buf_addc(&b, '\n');
	}
	for (size_t i = 0; i < set.files_n; i++) {
		const struct file_change *f = &set.files[i];

		buf_addf(&b, "%s %s " STR_FMT, entry_change_name(f->kind),
		         shared_kind_name(f->what), STR_ARG(f->path));
		for (size_t k = 0; k < f->terms_changed.n; k++)
			buf_addf(&b, " " STR_FMT, STR_ARG(f->terms_changed.items[k]));
		buf_addc(&b, '\n');
	}
	text = arena_str(&w->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void change_all(void)
{
	git("mv notes/beta.yaml notes/b.yaml");
	assert_int_equal(system("mkdir notes/b && mv notes/b.yaml notes/b/beta.yaml"), 0);
	sandbox_write("notes/alpha.yaml", "title: A2\nid: alpha\nyear: 1\n");
	sandbox_write("notes/new.yaml", "id: new\n");
	sandbox_write("vocab.yaml", "terms: {a: {label: A}, b: {label: B2}}\n");
	sandbox_write("logs/all.yaml", "id: two\nx: 3\n---\nid: one\nx: 1\n");
	sandbox_write("README.md", "nothing of the dataset\n");
}

static const char expected[] = "changed two x\n"
                               "changed alpha title year\n"
                               "moved beta\n"
                               "added new id\n"
                               "changed vocabulary vocab.yaml b\n";

static void same_from_commits_and_disk(void **state)
{
	struct world w;

	(void)state;
	world_start(&w);
	assert_str(told(&w, "HEAD", NULL, NULL), "");
	change_all();
	assert_str(told(&w, "HEAD", NULL, NULL), expected);
	commit();
	assert_str(told(&w, "HEAD~1", "HEAD", NULL), expected);
	assert_str(told(&w, "HEAD", NULL, NULL), "");
	assert_str(told(&w, "HEAD", "HEAD~1", NULL), "changed two x\n"
	                                             "changed alpha title year\n"
	                                             "moved beta\n"
	                                             "removed new id\n"
	                                             "changed vocabulary vocab.yaml b\n");
	world_end(&w);
}

/* A file can become another entry though no byte of it changed. */
static void configuration_moves_with_entries(void **state)
{
	struct world w;

	(void)state;
	world_start(&w);
	git("mv notes texts");
	sandbox_write("stemma.yaml", "collections:\n"
	                             "  notes: {folder: texts, roles: {id: /id}}\n"
	                             "  other: {folder: logs, roles: {id: /id}}\n");
	commit();
	assert_str(told(&w, "HEAD~1", "HEAD", NULL), "removed one id x\n"
	                                             "removed two id x\n"
	                                             "moved alpha\n"
	                                             "moved beta\n"
	                                             "added all\n"
	                                             "changed configuration stemma.yaml\n"
	                                             "removed vocabulary vocab.yaml\n");
	world_end(&w);
}

static void only_what_is_asked_for(void **state)
{
	static const struct str ids[] = {STR("two"), STR("notes/new")};
	static const struct str paths[] = {STR("notes/b")};
	const struct diff_filter by_id = {.ids = ids, .ids_n = 2};
	const struct diff_filter by_path = {.paths = paths, .paths_n = 1};
	const struct diff_filter brief = {.brief = true};
	struct world w;

	(void)state;
	world_start(&w);
	change_all();
	assert_str(told(&w, "HEAD", NULL, &by_id), "changed two x\nadded new id\n");
	assert_str(told(&w, "HEAD", NULL, &by_path), "moved beta\n");
	assert_str(told(&w, "HEAD", NULL, &brief), "changed two x\n"
	                                           "changed alpha title year\n"
	                                           "moved beta\n"
	                                           "added new\n"
	                                           "changed vocabulary vocab.yaml b\n");
	world_end(&w);
}

/* Two files of one id are a finding elsewhere; here both are told. */
static void an_id_twice(void **state)
{
	struct world w;

	(void)state;
	world_start(&w);
	sandbox_write("notes/x/alpha.yaml", "id: alpha\n");
	assert_str(told(&w, "HEAD", NULL, NULL), "added alpha id\n");
	commit();
	sandbox_write("notes/x/alpha.yaml", "id: alpha\nn: 1\n");
	assert_int_equal(system("mkdir notes/y && mv notes/alpha.yaml notes/y"), 0);
	assert_str(told(&w, "HEAD", NULL, NULL), "changed alpha n\nmoved alpha\n");
	world_end(&w);
}

static void what_cannot_be_read(void **state)
{
	struct world w;

	(void)state;
	world_start(&w);
	sandbox_write("notes/alpha.yaml", "a: [\n");
	assert_int_equal(system("rm notes/beta.yaml && ln -s /etc/passwd notes/beta.yaml"
	                        " && rm -r logs"),
	                 0);
	assert_str(told(&w, "HEAD", NULL, NULL),
	           "removed one id x\nremoved two id x\n"
	           "changed alpha\nremoved beta id title\n");
	commit();
	assert_str(told(&w, "HEAD~1", "HEAD", NULL),
	           "removed one id x\nremoved two id x\n"
	           "changed alpha\nremoved beta id title\n");
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(same_from_commits_and_disk),
	        cmocka_unit_test(configuration_moves_with_entries),
	        cmocka_unit_test(only_what_is_asked_for),
	        cmocka_unit_test(an_id_twice),
	        cmocka_unit_test(what_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
