/* Records that many entries bring, each once, in order. */
#include "export/sorted.h"

#include "../sandbox.h"

#include "base/limits.h"
#include "base/source.h"

static const struct form form = {.name = "f", .file = "f.txt"};

struct run {
	struct sandbox box;
	struct arena arena;
	struct err err;
	struct folder *folder;
	struct edition edition;
	struct form_run run;
	struct sorted *sorted;
};

static void run_open(struct run *r)
{
	*r = (struct run){0};
	sandbox_open(&r->box);
	assert_true(folder_begin(&r->folder, STR("out"), false, &r->arena, &r->err));
	r->edition.folder = r->folder;
	r->run = (struct form_run){
	        .form = &form, .edition = &r->edition, .arena = &r->arena};
	assert_true(file_open(&r->run.file, r->folder, STR("f.txt"), &r->err));
	assert_true(sorted_open(&r->sorted, &r->run, &r->err));
}

static void pack(struct buf *out, const char *identity, const char *label,
                 const char *text)
{
	const struct record_text r = {.identity = str_of(identity),
	                              .label = str_of(label),
	                              .text = str_of(text),
	                              .label_end = strlen(label)};

	sorted_pack(out, &r);
}

static void run_close(struct run *r, const char *want)
{
	struct buf bytes = BUF_INIT(1 << 24);
	struct source source;
	const char *why;

	if (!sorted_write(r->sorted, r->run.file, STR("<"), STR(","), &r->err) ||
	    !file_close(r->run.file, &r->err) || !folder_finish(r->folder, &r->err))
		fail_msg("%s", r->err.text);
	sorted_release(r->sorted);
	assert_int_equal(source_read(&source, &bytes, STR("out/f.txt"), &why), SOURCE_OK);
	if (want)
		assert_str(buf_str(&bytes), want);
	assert_int_not_equal(access("out/f.records", F_OK), 0);
	buf_release(&bytes);
	arena_release(&r->arena);
	sandbox_close(&r->box);
}

static void each_once_in_the_order_of_labels(void **state)
{
	struct buf piece = BUF_INIT(1 << 20);
	struct run r;

	(void)state;
	run_open(&r);
	pack(&piece, "x", "b", "b first");
	pack(&piece, "y", "a", "a only");
	assert_true(sorted_take(r.sorted, buf_str(&piece), &r.err));
	buf_reset(&piece);
	pack(&piece, "x", "b", "b again");
	pack(&piece, "z", "b", "b other");
	pack(&piece, "w", "ab", "ab");
	assert_true(sorted_take(r.sorted, buf_str(&piece), &r.err));
	assert_true(sorted_take(r.sorted, STR(""), &r.err));
	run_close(&r, "<a only,ab,b first,bb other");
	buf_release(&piece);
}

static void nothing_is_an_empty_file(void **state)
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
		snprintf(text, sizeof(text), "%s %040d", name, i < N ? 1 : 2);
		buf_reset(&piece);
		pack(&piece, name, name, text);
		assert_true(sorted_take(r.sorted, buf_str(&piece), &r.err));
	}
	for (int i = 0; i < N; i++)
		buf_addf(&want, "%c%06d %040d", i ? ',' : '<', i, 1);
	run_close(&r, buf_z(&want));
	buf_release(&piece);
	buf_release(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(each_once_in_the_order_of_labels),
	        cmocka_unit_test(nothing_is_an_empty_file),
	        cmocka_unit_test(very_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
