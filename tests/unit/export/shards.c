/* Entries in files of a few each: all of them, and the same files when few entries change. */
#include "export/shards.h"

#include "../sandbox.h"
#include "export/pack.h"

#include <dirent.h>
#include <string.h>

enum { ENTRIES = 400 };

struct run {
	struct arena arena;
	struct dataset dataset;
	struct str languages[2];
	struct export_options options;
	struct edition edition;
	struct release_entry entries[ENTRIES + 1];
	struct cache_key keys[ENTRIES + 1];
};

/* Entries "n-000" and so on; SKIPPED is left out. The key of an entry is its number. */
static void open_run(struct run *r, const char *dir, size_t skipped)
{
	struct edition *x = &r->edition;
	struct err err = {0};

	*r = (struct run){.languages = {STR("en"), STR("vi")}};
	r->dataset.languages = r->languages;
	r->dataset.languages_n = 2;
	*x = (struct edition){.dataset = &r->dataset, .options = &r->options};
	for (size_t i = 0; i <= ENTRIES; i++) {
		if (i == skipped)
			continue;
		r->entries[x->entries_n].collection = STR("notes");
		r->entries[x->entries_n].id = arena_fmt(&r->arena, "n-%03zu", i);
		memcpy(r->keys[x->entries_n].bytes, &i, sizeof(i));
		r->keys[x->entries_n++].bytes[15] = 1;
	}
	x->entries = r->entries;
	x->keys = r->keys;
	assert_true(folder_begin(&x->folder, str_of(dir), false, &r->arena, &err));
}

static struct str lines_of(struct run *r, size_t i)
{
	struct buf b = BUF_INIT(1000);
	struct str lines;

	pack_text(&b, arena_cat(&r->arena, STR("en "), r->entries[i].id, STR("\n")));
	pack_text(&b, arena_cat(&r->arena, STR("vi "), r->entries[i].id, STR("\n")));
	lines = arena_str(&r->arena, buf_str(&b));
	buf_release(&b);
	return lines;
}

/* Write all shards of R; how many entries had to bring their lines. */
static size_t write_shards(struct run *r)
{
	struct shards *s = shards_open(&r->edition, &r->arena);
	struct err err = {0};
	size_t wanted = 0;

	assert_true(shards_begin(s, &err));
	for (size_t i = 0; i < r->edition.entries_n; i++) {
		bool want = shards_want(s, i);

		wanted += want;
		assert_true(shards_take(s, want ? lines_of(r, i) : STR_NONE, &err));
	}
	assert_true(shards_end(s, &err));
	shards_release(s);
	return wanted;
}

static void close_run(struct run *r)
{
	struct err err = {0};

	assert_true(folder_finish(r->edition.folder, &err));
	arena_release(&r->arena);
}

/* The folder "before" with all entries; returns how many files it has, in OUT. */
static size_t make_before(struct made_file *out)
{
	const struct export_sum *sums;
	struct run r;
	size_t n;

	open_run(&r, "before", ENTRIES);
	assert_int_equal(write_shards(&r), ENTRIES);
	sums = folder_sums(r.edition.folder, &n);
	n = folder_made(out, sums, n);
	close_run(&r);
	return n;
}

static void every_entry_is_in_one(void **state)
{
	struct sandbox box;
	struct run r;

	(void)state;
	sandbox_open(&box);
	open_run(&r, "out", ENTRIES);
	assert_int_equal(write_shards(&r), ENTRIES);
	close_run(&r);
	assert_int_equal(
	        system("test $(cat out/entries/en/*.jsonl | sort -u | wc -l) = 400"), 0);
	assert_int_equal(system("test $(cat out/entries/vi/*.jsonl | grep -c vi) = 400"),
	                 0);
	/* About eight in each; none but the last one has less than four. */
	assert_int_equal(
	        system("n=$(ls out/entries/en | wc -l); test $n -gt 35 -a $n -lt 75"), 0);
	assert_int_equal(
	        system("test $(wc -l out/entries/en/* | grep -c '^ *[123] ') -le 1"), 0);
	assert_int_equal(system("test $(grep -c '\"first\":\"notes/n-' "
	                        "out/entries/index.json) = $(ls out/entries/vi | wc -l)"),
	                 0);
	sandbox_close(&box);
}

static void few_change_with_an_entry(void **state)
{
	struct made_file made[400];
	struct sandbox box;
	struct run after;
	size_t n;

	(void)state;
	sandbox_open(&box);
	n = make_before(made);
	open_run(&after, "after", 200);
	folder_follow(after.edition.folder, STR("before"), made, n);
	assert_true(write_shards(&after) < 40);
	close_run(&after);
	assert_int_equal(system("cat after/entries/en/* | sort >lines; "
	                        "test $(wc -l <lines) = 400 && ! grep -q n-200 lines"),
	                 0);
	/* One that was touched is made anew, in its language only. */
	assert_int_equal(
	        system("rm -r after; touch $(ls before/entries/vi/* | head -n 1)"), 0);
	open_run(&after, "after", ENTRIES);
	folder_follow(after.edition.folder, STR("before"), made, n);
	assert_in_range(write_shards(&after), 1, 64);
	close_run(&after);
	assert_int_equal(system("diff -r before after"), 0);
	assert_int_equal(
	        system("test $(find after -links 1 -name '*.jsonl' | wc -l) = 1"), 0);
	sandbox_close(&box);
}

/* Of an edition without entries the folder has no more than without one before. */
static void none_are_no_folders(void **state)
{
	struct made_file made[400];
	struct sandbox box;
	struct run after;
	size_t n;

	(void)state;
	sandbox_open(&box);
	n = make_before(made);
	open_run(&after, "after", ENTRIES);
	after.edition.entries_n = 0;
	folder_follow(after.edition.folder, STR("before"), made, n);
	assert_int_equal(write_shards(&after), 0);
	close_run(&after);
	assert_int_equal(system("test $(find after -type d | wc -l) = 2"), 0);
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_entry_is_in_one),
	        cmocka_unit_test(few_change_with_an_entry),
	        cmocka_unit_test(none_are_no_folders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
