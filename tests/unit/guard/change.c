/* What a change causes: the work tree, the index or a commit against a commit before. */
#include "../repo/git.h"

#include "guard/guard.h"

#define CONFIG \
	"vocabularies: {area: area.yaml}\n" \
	"collections:\n" \
	"  notes:\n" \
	"    folder: notes\n" \
	"    terms: {/area: area}\n" \
	"    roles: {id: /id, related: /related/*, history: /history}\n"

static void vocabulary(const char *terms)
{
	CLEANUP(arena_release) struct arena arena = {0};

	sandbox_bytes(
	        "area.yaml",
	        arena_fmt(&arena, "id: area\ntitle: {en: Area}\nterms: {%s}\n", terms));
}

static void open_dataset(struct box *b)
{
	box_open(b);
	sandbox_write("stemma.yaml", CONFIG);
	vocabulary("x: {label: {en: X}}, y: {label: {en: Y}}");
	sandbox_write("notes/alpha.yaml", "id: alpha\narea: x\n");
	sandbox_write("notes/beta.yaml", "id: wrong\narea: x\nrelated: [alpha]\n");
	sh("git init -q . && git add -A && git commit -qm first");
	box_repo(b, ".");
}

/* How many findings the state KIND has that HEAD (or, NOTHING, no commit) has not. */
static size_t found(struct box *b, enum guard_kind kind, bool nothing,
                    const struct rule *rule)
{
	struct guard_options opt = {.kind = kind, .jobs = 1};
	struct guard_result result;
	size_t n = 0;
	struct oid head;

	assert_true(repo_resolve(&head, b->repo, STR("HEAD"), &b->arena, &b->err));
	opt.commit = head;
	opt.bases = &head;
	opt.bases_n = !nothing;
	if (!guard_check(&result, b->repo, &opt, &b->arena, &b->err))
		fail_msg("%s", b->err.text);
	for (size_t i = 0; i < result.found.n; i++)
		n += !rule || result.found.items[i].rule == rule;
	guard_release(&result);
	return n;
}

static void only_what_it_causes(void **state)
{
	struct box b;

	(void)state;
	open_dataset(&b);
	assert_int_equal(found(&b, GUARD_WORK, false, NULL), 0);
	assert_int_equal(found(&b, GUARD_COMMIT, true, &rule_entry_id_filename), 1);
	sandbox_write("notes/beta.yaml", "id: wrong\narea: z\nrelated: [alpha]\n");
	assert_int_equal(found(&b, GUARD_WORK, false, NULL), 1);
	assert_int_equal(found(&b, GUARD_WORK, false, &rule_dataset_unknown_term), 1);
	assert_int_equal(found(&b, GUARD_STAGED, false, NULL), 0);
	sh("git add -A");
	assert_int_equal(found(&b, GUARD_STAGED, false, NULL), 1);
	box_close(&b);
}

static void who_names_what_is_gone(void **state)
{
	struct box b;

	(void)state;
	open_dataset(&b);
	sh("git rm -q notes/alpha.yaml");
	assert_int_equal(found(&b, GUARD_STAGED, false, &rule_dataset_dangling_related),
	                 1);
	box_close(&b);
}

static void terms_in_use_and_others(void **state)
{
	struct box b;

	(void)state;
	open_dataset(&b);
	vocabulary("x: {label: {en: X}}");
	assert_int_equal(found(&b, GUARD_WORK, false, NULL), 0);
	vocabulary("y: {label: {en: Y}}");
	assert_int_equal(found(&b, GUARD_WORK, false, &rule_dataset_unknown_term), 2);
	box_close(&b);
}

static void nothing_of_the_dataset(void **state)
{
	struct guard_options opt = {.kind = GUARD_STAGED, .bases_n = 1};
	struct guard_result result;
	struct oid head;
	struct box b;

	(void)state;
	open_dataset(&b);
	sandbox_write("README", "x\n");
	sh("git add -A");
	assert_true(repo_resolve(&head, b.repo, STR("HEAD"), &b.arena, &b.err));
	opt.bases = &head;
	assert_true(guard_check(&result, b.repo, &opt, &b.arena, &b.err));
	assert_true(result.idle);
	guard_release(&result);
	box_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(only_what_it_causes),
	        cmocka_unit_test(who_names_what_is_gone),
	        cmocka_unit_test(terms_in_use_and_others),
	        cmocka_unit_test(nothing_of_the_dataset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
