/* Records that many entries bring, each once, in order. */
#include "export/sorted.h"

#include "../sandbox.h"

struct run {
	struct sandbox box;
	struct arena arena;
	struct err err;
	struct folder *folder;
	struct sorted *sorted;
	struct buf out;
};

static void run_open(struct run *r)
{
	*r = (struct run){0};
	sandbox_open(&r->box);
	assert_true(folder_begin(&r->folder, STR("out"), false, &r->arena, &r->err));
	r->out = BUF_INIT(1 << 24);
	assert_true(sorted_open(&r->sorted, r->folder, true, &r->arena, &r->err));
}

static void pack(struct buf *out, const char *identity, const char *label,
                 const char *text)
{
	const struct record_text r = {.identity = str_of(identity),
	                              .label = str_of(label),
	                              .text = str_of(text)};

	sorted_pack(out, &r);
}

/* Write "N label text", and how many had the same label before. */
static bool write_record(void *ctx, const struct sorted_record *record, struct err *err)
{
	struct run *r = ctx;

	(void)err;
	buf_addf(&r->out, "%zu " STR_FMT "%.*s " STR_FMT "\n", record->n,
	         STR_ARG(record->label), (int)record->same, "''", STR_ARG(record->text));
	return true;
}

static void run_close(struct run *r, const char *want)
{
	assert_true(sorted_each(r->sorted, write_record, r, &r->err));
	sorted_release(r->sorted);
	assert_str(buf_str(&r->out), want);
	assert_true(folder_finish(r->folder, &r->err));
	assert_int_not_equal(access("out/sorted.records", F_OK), 0);
	buf_release(&r->out);
	arena_release(&r->arena);
	sandbox_close(&r->box);
}

static void each_once_in_the_order_of_labels(void **state)
{
	struct buf piece = BUF_INIT(1 << 20);
	struct run r;

	(void)state;
	run_open(&r);
	pack(&piece, "x", "b", "first");
	pack(&piece, "y", "a", "only");
	assert_true(sorted_take(r.sorted, buf_str(&piece), &r.err));
	buf_reset(&piece);
	pack(&piece, "x", "b", "again");
	pack(&piece, "z", "b", "other");
	pack(&piece, "w", "ab", "");
	assert_true(sorted_take(r.sorted, buf_str(&piece), &r.err));
	assert_true(sorted_take(r.sorted, STR(""), &r.err));
	run_close(&r, "0 a only\n1 ab \n2 b first\n3 b' other\n");
	buf_release(&piece);
}

static void nothing_is_nothing(void **state)
{
	struct run r;

	(void)state;
	run_open(&r);
	run_close(&r, "");
}

/* So many that what is kept grows, and waits in the file. */
static void very_many(void **state)
{
	enum { N = 20000 };
	struct buf piece = BUF_INIT(1 << 20), want = BUF_INIT(1 << 24);
	struct run r;

	(void)state;
	run_open(&r);
	for (int i = 0; i < 2 * N; i++) {
		char name[16], text[64];

		snprintf(name, sizeof(name), "%06d", (i * 7919) % N);
		snprintf(text, sizeof(text), "%040d", i < N ? 1 : 2);
		buf_reset(&piece);
		pack(&piece, name, name, text);
		assert_true(sorted_take(r.sorted, buf_str(&piece), &r.err));
	}
	for (int i = 0; i < N; i++)
		buf_addf(&want, "%d %06d %040d\n", i, i, 1);
	run_close(&r, buf_z(&want));
	buf_release(&piece);
	buf_release(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(each_once_in_the_order_of_labels),
	        cmocka_unit_test(nothing_is_nothing),
	        cmocka_unit_test(very_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
