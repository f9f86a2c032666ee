/*
 * That files which are as they were are not read again; that nothing else differs is for
 * tests/cli/status/kept-*.
 */
#include "../repo/git.h"
#include "record/record.h"

#include <time.h>

#define TRIES 200

static const char config[] = "title: Notes\n"
                             "collections:\n"
                             "  notes:\n"
                             "    folder: notes\n"
                             "    roles: {id: /id, history: /history}\n";

struct made {
	struct arena arena;
	struct table table;
	struct file_list files;
	struct kept *kept;
	struct repo *repo;
};

static void make(struct made *m)
{
	struct table_options opt = {.whole = true, .jobs = 2};
	struct record *r = arena_new(&m->arena, struct record);
	struct diag_list diags;
	struct dataset *d;
	struct err err = {0};

	m->files.arena = &m->arena;
	diag_init(&diags, &m->arena);
	assert_true(dataset_open(&d, &tree_disk, STR("stemma.yaml"), &m->arena, &diags,
	                         &err));
	assert_true(repo_open(&m->repo, STR("."), &m->arena, &err));
	assert_true(record_open(r, m->repo, d, &m->arena, &err));
	opt.kept = m->kept = kept_open(r, d, &m->arena);
	assert_non_null(m->kept);
	assert_true(kept_files(&m->files, m->kept, &diags, &err));
	assert_true(record_table(&m->table, r, d, &m->files, &opt, &m->arena, &err));
	dataset_release(d);
}

static void unmake(struct made *m)
{
	kept_close(&m->kept);
	repo_close(m->repo);
	file_list_release(&m->files);
	arena_release(&m->arena);
}

/* How many files a table has to read. */
static size_t reads(size_t n)
{
	struct made m = {0};
	size_t read;

	make(&m);
	assert_int_equal(m.table.n, n);
	read = m.table.read;
	unmake(&m);
	return read;
}

/* Files that were written just now are believed as soon as the clock has moved on. */
static void settle(size_t n)
{
	const struct timespec moment = {.tv_nsec = 10000000};

	for (int i = 0; i < TRIES && reads(n); i++)
		nanosleep(&moment, NULL);
	assert_int_equal(reads(n), 0);
}

static void write_entry(const char *path, const char *id, int year)
{
	char text[100];

	snprintf(text, sizeof(text), "id: %s\nyear: %d\n", id, year);
	sandbox_write(path, text);
}

static void only_what_changed(void **state)
{
	struct box b;

	(void)state;
	box_open(&b);
	sh("git init -q .");
	sandbox_write("stemma.yaml", config);
	write_entry("notes/alpha.yaml", "alpha", 2020);
	write_entry("notes/beta.yaml", "beta", 2020);
	write_entry("notes/more/gamma.yaml", "gamma", 2020);
	assert_int_equal(reads(3), 3);
	settle(3);
	write_entry("notes/beta.yaml", "beta", 2021);
	assert_int_equal(reads(3), 1);
	settle(3);
	write_entry("notes/more/delta.yaml", "delta", 2020);
	assert_int_equal(reads(4), 1);
	settle(4);
	assert_int_equal(remove("notes/alpha.yaml"), 0);
	assert_int_equal(reads(3), 0);
	assert_int_equal(rename("notes/beta.yaml", "notes/more/beta.yaml"), 0);
	assert_int_equal(reads(3), 1);
	settle(3);
	sandbox_write("stemma.yaml", "title: Other notes\n"
	                             "collections:\n"
	                             "  notes:\n"
	                             "    folder: notes\n"
	                             "    roles: {id: /id, history: /history}\n");
	assert_int_equal(reads(3), 3);
	box_close(&b);
}

/* A file that is no document is looked at again and again. */
static void not_what_is_unreadable(void **state)
{
	struct box b;

	(void)state;
	box_open(&b);
	sh("git init -q .");
	sandbox_write("stemma.yaml", config);
	write_entry("notes/alpha.yaml", "alpha", 2020);
	settle(1);
	sandbox_write("notes/beta.yaml", "id: [\n");
	for (int i = 0; i < TRIES && reads(2) > 1; i++)
		;
	assert_int_equal(reads(2), 1);
	box_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(only_what_changed),
	        cmocka_unit_test(not_what_is_unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
