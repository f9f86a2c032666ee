/* Entries made to cost much: what took time or memory without end must not do so again. */
#include "comparing.h"

#include "base/limits.h"

#define MANY 20000
#define COLLECTIONS \
	"collections: {c: {folder: c, roles: {id: /id, name: /name, seminal: /seminal/*,\n" \
	"  sources: /sources/*, source: {key: /key, title: /title}}}}\n"

/* The list KEY of MANY items, each FORMAT with its number. */
static void add_many(struct buf *b, const char *key, const char *before,
                     const char *after)
{
	buf_addf(b, "%s:\n", key);
	for (int i = 0; i < MANY; i++)
		buf_addf(b, "- %s%d%s\n", before, i, after);
}

/* Compare c/a.yaml, which is YAML (released here), with c/b.yaml in one row. */
static bool compare_with(struct comparing *x, struct opened *o, struct buf *yaml,
                         const char *more, const char *row)
{
	struct compare_options opt = {.accessed = STR("2026-06-20")};

	opened_start(o);
	sandbox_write("c/a.yaml", buf_z(yaml));
	sandbox_write("c/b.yaml", "id: b\nname: Bee\nids: [id5, id7]\n");
	buf_release(yaml);
	opened_open(o, arena_fmt(&o->arena, COLLECTIONS "%s%s", more, row).s);
	return compare_ids(x, o, "a b", &opt);
}

static void close_all(struct comparing *x, struct opened *o)
{
	library_release(&x->library);
	opened_close(o);
}

static void names_of_related_are_read_once(void **state)
{
	static const char *const modes[] = {"", "rules: {entry.id-filename: off}\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		struct buf b = BUF_INIT(1 << 24);
		const struct cell *cell;
		struct comparing x;
		struct opened o;

		add_many(&b, "ids", "nobody", "");
		for (int k = 0; k < MANY; k++)
			buf_addz(&b, "- b\n");
		assert_true(compare_with(&x, &o, &b, modes[i],
		                         "compare: {rows: [{key: r, value: /ids/*,"
		                         " as: ids, show: names}]}\n"));
		cell = &x.c.rows[0].cells[0];
		assert_int_equal(cell->items_n, 2 * MANY);
		assert_str(cell->items[MANY - 1].text, "nobody19999");
		assert_str(cell->items[MANY].text, "Bee");
		assert_str(cell->items[2 * MANY - 1].text, "Bee");
		close_all(&x, &o);
	}
}

static void works_are_found_by_key(void **state)
{
	struct buf b = BUF_INIT(1 << 24);
	const struct cell *cell;
	struct comparing x;
	struct opened o;

	(void)state;
	add_many(&b, "seminal", "k", "");
	add_many(&b, "sources", "{key: k", ", title: T}");
	assert_true(compare_with(&x, &o, &b, "",
	                         "compare: {rows: [{key: w, value: /seminal/*,"
	                         " as: work}]}\n"));
	cell = &x.c.rows[0].cells[0];
	assert_int_equal(cell->n, MANY);
	assert_str(cell->works[MANY - 1].key, "k19999");
	close_all(&x, &o);
}

static void large_sets_share_what_they_share(void **state)
{
	struct buf b = BUF_INIT(1 << 24);
	struct comparing x;
	struct opened o;

	(void)state;
	add_many(&b, "ids", "id", "");
	assert_true(compare_with(
	        &x, &o, &b, "", "compare: {rows: [{key: r, value: /ids/*, as: ids}]}\n"));
	assert_int_equal(x.c.rows[0].difference, DIFFERS_SET);
	assert_int_equal(x.c.rows[0].shared_n, 2);
	assert_str(x.c.rows[0].shared[0], "id5");
	assert_str(x.c.rows[0].shared[1], "id7");
	close_all(&x, &o);
}

static void keys_are_rows_up_to_a_limit(void **state)
{
	struct buf b = BUF_INIT(1 << 24);
	struct comparing x;
	struct opened o;

	(void)state;
	for (int i = 0; i <= LIMIT_COMPARE_ROWS; i++)
		buf_addf(&b, "k%d: 1\n", i);
	assert_false(compare_with(&x, &o, &b, "", ""));
	assert_int_equal(o.err.code, ERR_LIMIT);
	close_all(&x, &o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(names_of_related_are_read_once),
	        cmocka_unit_test(works_are_found_by_key),
	        cmocka_unit_test(large_sets_share_what_they_share),
	        cmocka_unit_test(keys_are_rows_up_to_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
