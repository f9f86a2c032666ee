/* When two cells are the same, and what cells of sets share. */
#include "comparing.h"

#define CONFIG \
	"languages: {default: en, others: [vi, tr]}\n" \
	"collections:\n" \
	"  c:\n" \
	"    folder: c\n" \
	"    roles: {name: /name, sources: \"/sources/*\", seminal: /seminal,\n" \
	"      source: {key: /key, doi: /doi, url: /url, title: /title},\n" \
	"      related: \"/related/*\", aliases: \"/aliases/*\",\n" \
	"      alias: {text: /text, lang: /lang}}\n" \
	"compare: {rows: [{key: row, %s}]}\n"

/* The difference between A and B (YAML) in a row, which is the same in three languages. */
static void check(const char *row, const char *a, const char *b, const char *want)
{
	static const char *const langs[] = {"en", "vi", "tr"};

	for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
		struct compare_options opt = {.lang = str_of(langs[i]),
		                              .accessed = STR("2026-06-20")};
		struct comparing x;
		struct opened o;
		const char *got;

		opened_start(&o);
		sandbox_write("c/a.yaml", a);
		sandbox_write("c/b.yaml", b);
		opened_open(&o, arena_fmt(&o.arena, CONFIG, row).s);
		if (!compare_ids(&x, &o, "a b", &opt))
			fail_msg("%s", o.err.text);
		got = difference_name(x.c.rows[0].difference);
		if (strcmp(got, want))
			fail_msg("%s: %s | %s: got %s, want %s", row, a, b, got, want);
		library_release(&x.library);
		opened_close(&o);
	}
}

static void missing_differs_from_anything(void **state)
{
	(void)state;
	check("value: /x", "x: 1", "y: 1", "missing");
	check("value: /x", "x: 1", "x: null", "missing");
	check("value: /x", "y: 1", "z: 1", "none");
	check("value: /x, as: work", "x: nobody", "y: 1", "none");
	check("value: /x, comparator: none", "x: 1", "y: 1", "none");
}

static void values_are_compared_not_their_writing(void **state)
{
	(void)state;
	check("value: /x, as: integer", "x: 2017", "x: 2017.0", "none");
	check("value: /x, as: integer", "x: 2017", "x: 2018", "value");
	check("value: /x, as: integer", "x: 2017", "x: \"2017\"", "value");
	check("value: /x, as: number", "x: 0.10", "x: 1e-1", "none");
	check("value: /x, as: date", "x: 2017-01-01", "x: \"2017-01-01\"", "none");
	check("value: /x, as: text", "x: {a: 1, b: 2}", "x: {b: 2, a: 1}", "none");
	check("value: /x, as: text", "x: a", "x: A", "text");
	check("value: /x, comparator: none", "x: 1", "x: 2", "none");
}

static void texts_are_compared_in_all_their_languages(void **state)
{
	(void)state;
	check("value: /x, as: text", "x: {en: A, vi: B}", "x: {vi: B, en: A}", "none");
	check("value: /x, as: text", "x: {en: A, vi: B}", "x: {en: A, vi: C}", "text");
	check("value: /x, as: text", "x: {en: A}", "x: {en: A, tr: T}", "text");
}

static void sets_have_no_order(void **state)
{
	(void)state;
	check("value: \"/related/*\", as: ids", "related: [a, b]", "related: [b, a, b]",
	      "none");
	check("value: \"/related/*\", as: ids", "related: [a, b]", "related: [a, c]",
	      "set");
	check("value: \"/related/*\", as: ids, show: count", "related: [a]",
	      "related: [b]", "set");
	check("value: \"/related/*\", as: ids", "related: []", "x: 1", "none");
	check("value: \"/x/*\", as: list", "x: [a, b]", "x: [b, a]", "value");
	check("value: /x, as: list", "x: [a, b]", "x: [a, b]", "none");
	check("value: \"/x/*\", as: list, comparator: id-set", "x: [a, b]", "x: [b, a]",
	      "none");
}

static void aliases_are_folded_within_their_language(void **state)
{
	static const char row[] = "value: \"/aliases/*\", as: aliases";

	(void)state;
	check(row, "aliases: [{text: Self-Attention, lang: en}]",
	      "aliases: [{text: self attention, lang: en}]", "none");
	check(row, "aliases: [{text: a, lang: en}]", "aliases: [{text: a, lang: vi}]",
	      "set");
	check(row, "aliases: [{text: a, lang: en}, {text: b, lang: en}]",
	      "aliases: [{text: B, lang: en}, {text: A, lang: en}]", "none");
}

static void works_are_compared_by_what_they_are(void **state)
{
	static const char row[] = "value: /seminal, as: work";

	(void)state;
	check(row, "seminal: a\nsources: [{key: a, doi: 10.1000/x, title: T}]",
	      "seminal: b\nsources: [{key: b, doi: 10.1000/X, title: t}]", "none");
	check(row, "seminal: a\nsources: [{key: a, url: \"https://x.org/a\"}]",
	      "seminal: a\nsources: [{key: a, url: \"http://www.x.org/a/\"}]", "none");
	check(row, "seminal: a\nsources: [{key: a, doi: 10.1000/x}]",
	      "seminal: a\nsources: [{key: a, doi: 10.1000/y}]", "value");
	check(row, "seminal: a\nsources: [{key: a}]", "seminal: nobody\nsources: []",
	      "missing");
}

static void status_is_compared_as_a_whole(void **state)
{
	(void)state;
	check("as: status", "sources: [{key: a}]", "sources: [{key: b}]", "none");
	check("as: status", "sources: [{key: a}]", "sources: [{key: a}, {key: b}]",
	      "value");
}

static void sets_tell_what_all_cells_share(void **state)
{
	struct compare_options opt = {.accessed = STR("2026-06-20")};
	struct buf got = BUF_INIT(1000);
	const struct row *row;
	struct comparing x;
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "related: [z, x, y, y]");
	sandbox_write("c/b.yaml", "related: [y, q, z]");
	sandbox_write("c/d.yaml", "related: [z, y, x]");
	opened_open(&o, arena_fmt(&o.arena, CONFIG, "value: \"/related/*\", as: ids").s);
	assert_true(compare_ids(&x, &o, "a b d", &opt));
	row = &x.c.rows[0];
	assert_true(row->is_set);
	for (size_t i = 0; i < row->shared_n; i++)
		buf_addf(&got, STR_FMT " ", STR_ARG(row->shared[i]));
	assert_str(buf_str(&got), "y z ");
	assert_str(row->cells[0].words.text, "z, x, y, y"); /* shown as written */
	assert_int_equal(row->cells[0].keys_n, 3);
	buf_release(&got);
	library_release(&x.library);
	opened_close(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(missing_differs_from_anything),
	        cmocka_unit_test(values_are_compared_not_their_writing),
	        cmocka_unit_test(texts_are_compared_in_all_their_languages),
	        cmocka_unit_test(sets_have_no_order),
	        cmocka_unit_test(aliases_are_folded_within_their_language),
	        cmocka_unit_test(works_are_compared_by_what_they_are),
	        cmocka_unit_test(status_is_compared_as_a_whole),
	        cmocka_unit_test(sets_tell_what_all_cells_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
