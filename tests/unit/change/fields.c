/* The fields that differ between two contents: kinds, pointers, places, order. */
#include "pair.h"

#include "base/limits.h"

/* WANT: "kind pointer place" of each change, lines joined by "; ". */
static void check(const char *old, const char *new, const char *want)
{
	struct buf got = BUF_INIT(1 << 20);
	struct pair p;

	pair_open(&p, old, new);
	for (size_t i = 0; i < p.list.n; i++) {
		const struct field_change *c = &p.list.items[i];

		buf_addf(&got, "%s%s " STR_FMT " " STR_FMT, i ? "; " : "",
		         change_kind_name(c->kind), STR_ARG(c->pointer),
		         STR_ARG(c->place));
	}
	assert_str(buf_str(&got), want);
	buf_release(&got);
	pair_release(&p);
}

static void equal_contents_differ_in_nothing(void **state)
{
	(void)state;
	check(NULL, NULL, "");
	check("{}", "{}", "");
	check(NULL, "{}", "");
	check("a: 1\nb: {x: [1, 2]}", "b:\n  x: [1.0, 2]\na: 1.0", "");
	check("a: 1\nhistory: [{version: 1}]", "a: 1", "");
	check("a: 1", "history: [1, 2]\na: 1", "");
	check("history: 5", NULL, "");
	check("5", "5.0", "");
}

static void members(void **state)
{
	(void)state;
	check("year: 2021", "year: 2022", "changed /year year");
	check("year: 2021", "year: '2021'", "changed /year year");
	check("a: {}", "a: []", "changed /a a");
	check("a: 1", "a: null", "changed /a a");
	check("a: 1", "a: 1\nb: 2", "added /b b");
	check("a: 1\nb: 2", "b: 2", "removed /a a");
	check("name: {en: A, vi: B}", "name: {vi: C, tr: D, en: A}",
	      "changed /name/vi name.vi; added /name/tr name.tr");
	check("deep: {history: [1]}", "deep: {history: [2]}",
	      "removed /deep/history/0 deep.history[1]; "
	      "added /deep/history/0 deep.history[2]");
}

static void one_side_only(void **state)
{
	(void)state;
	check(NULL, "a: 1\nb: {c: 2}\nhistory: []", "added /a a; added /b b");
	check("a: 1\nb: {c: 2}", NULL, "removed /a a; removed /b b");
	check(NULL, "[1]", "added  ");
	check("text", NULL, "removed  ");
	check("text", "{a: 1}", "changed  ");
	check("[1]", "[1, 2]", "added /1 [2]");
}

static void order_of_the_document(void **state)
{
	(void)state;
	check("a: 1\nb: 1\nc: 1\nd: 1", "c: 2\nx: 1\na: 2",
	      "removed /b b; changed /c c; removed /d d; added /x x; changed /a a");
	check("a: 1\nb: 1\nc: 1", "a: 1\nx: 1\nc: 1", "removed /b b; added /x x");
	check("l: [a, b, c]", "l: [a, x, c]", "removed /l/1 l[b]; added /l/1 l[x]");
	check("a: 1\nhistory: []\nz: 1", "x: 1",
	      "removed /a a; removed /z z; added /x x");
}

static void lists_of_texts(void **state)
{
	(void)state;
	check("related: [a, b]", "related: [a, b, c]", "added /related/2 related[c]");
	check("related: [a, b, c]", "related: [c]",
	      "removed /related/0 related[a]; removed /related/1 related[b]");
	check("related: [a, b, c]", "related: [b, a, c]", "moved /related related");
	check("related: [a, b, c]", "related: [d, c, a]",
	      "moved /related related; added /related/0 related[d]; "
	      "removed /related/1 related[b]");
	check("l: [a, a, b]", "l: [a, b, a, a]", "moved /l l; added /l/3 l[a]");
	check("l: [1, true, null]", "l: ['1', 1.0]",
	      "added /l/0 l[1]; removed /l/1 l[true]; removed /l/2 l[null]");
}

static void sources_by_key(void **state)
{
	(void)state;
	check("sources: [{key: hu2022, year: 2021}, {key: x}]",
	      "sources: [{key: hu2022, year: 2022}, {key: x}]",
	      "changed /sources/0/year sources[hu2022].year");
	check("sources: [{key: a, id: 1}, {key: b, id: 2}]",
	      "sources: [{key: c, id: 1}, {key: a, id: 1}, {key: b, id: 3}]",
	      "added /sources/0 sources[c]; changed /sources/2/id sources[b].id");
	check("sources: [{key: a, year: 1}, {key: b, year: 1}]",
	      "sources: [{key: b, year: 1}, {key: a, year: 2}]",
	      "moved /sources sources; changed /sources/1/year sources[a].year");
	check("sources: [{key: a, doi: x}, {key: b}, {key: c, url: u}]",
	      "sources: [{key: c}]",
	      "removed /sources/0 sources[a]; removed /sources/1 sources[b]; "
	      "removed /sources/2/url sources[c].url");
}

static void other_lists_by_a_name(void **state)
{
	(void)state;
	check("aliases: [{text: Low-Rank Adaptation, lang: en}]",
	      "aliases: [{text: Low-Rank Adaptation, lang: tr}]",
	      "changed /aliases/0/lang aliases[Low-Rank Adaptation].lang");
	check("l: [{id: 1, v: a}, {id: 2, v: b}]", "l: [{id: 2, v: c}, {id: 3}]",
	      "removed /l/0 l[1]; changed /l/0/v l[2].v; added /l/1 l[3]");
	check("l: [{name: x, id: 1}, {name: y}]", "l: [{name: x, id: 2}, {name: y}]",
	      "changed /l/0/id l[x].id");
}

static void lists_without_keys(void **state)
{
	(void)state;
	check("l: [{f: Hu, g: E}, {f: Shen}]", "l: [{f: Hu, g: E. J.}, {f: Shen}]",
	      "changed /l/0/g l[#1].g");
	check("l: [{f: A}, {f: B}, {f: C}]", "l: [{f: X}, {f: A}, {f: D}, {f: C}]",
	      "added /l/0 l[#1]; changed /l/2/f l[#3].f");
	check("l: [{id: a}, {id: a}]", "l: [{id: a}, {id: b}]",
	      "changed /l/1/id l[#2].id");
	check("l: [[1, 2], [3]]", "l: [[3], [1, 2]]", "moved /l l");
	check("l: [[1, 2], x]", "l: [[1, 3], x]",
	      "removed /l/0/1 l[#1][2]; added /l/0/1 l[#1][3]");
	check("l: [{a: 1}, {a: 1}]", "l: [{a: 1}]", "removed /l/1 l[#2]");
}

static void names_that_could_mislead_are_quoted(void **state)
{
	(void)state;
	check("{}", "\"a.b\": 1", "added /a.b \"a.b\"");
	check("{}", "\"\": 1", "added / \"\"");
	check("{}", "\"a/~ b\": 1", "added /a~1~0 b \"a/~ b\"");
	check("l: []", "l: ['x]', '', '#1', \"a\\nb\"]",
	      "added /l/0 l[\"x]\"]; added /l/1 l[\"\"]; added /l/2 l[\"#1\"]; "
	      "added /l/3 l[\"a\\nb\"]");
}

static void long_names_are_cut(void **state)
{
	struct arena a = {0};
	char text[200];
	struct pair p;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	pair_open(&p, "l: []", arena_fmt(&a, "l: [%s, y]", text).s);
	assert_int_equal(p.list.n, 2);
	assert_int_equal(p.list.items[0].place.n, LIMIT_MESSAGE_VALUE + 6);
	assert_false(p.list.items[0].named);
	assert_true(p.list.items[1].named);
	pair_release(&p);
	arena_release(&a);
}

static void without_roles(void **state)
{
	struct change_list list = {0};
	struct pair p;

	(void)state;
	pair_open(&p, "history: [1]", "history: [2]");
	assert_int_equal(p.list.n, 0);
	change_fields(&list, NULL, p.was, p.is, &p.arena);
	assert_int_equal(list.n, 2);
	assert_true(change_any(NULL, p.was, p.is));
	pair_release(&p);
}

static void deep_values_are_compared_whole(void **state)
{
	struct buf old = BUF_INIT(1 << 20), new = BUF_INIT(1 << 20);
	struct pair p;

	(void)state;
	for (int i = 0; i < 100; i++) {
		buf_addz(&old, "{a: ");
		buf_addz(&new, "{a: ");
	}
	buf_addz(&old, "1");
	buf_addz(&new, "2");
	buf_fill(&old, '}', 100);
	buf_fill(&new, '}', 100);
	pair_open(&p, buf_z(&old), buf_z(&new));
	assert_int_equal(p.list.n, 1);
	assert_int_equal(p.list.items[0].pointer.n, (size_t)2 * LIMIT_CHANGE_DEPTH);
	pair_release(&p);
	buf_release(&old);
	buf_release(&new);
}

/* N items made by FORMAT with a number in it, counted up or down. */
static const char *many(struct buf *b, const char *open, bool up, int n)
{
	buf_addz(b, "l:\n");
	for (int i = 0; i < n; i++)
		buf_addf(b, "- %s%d%s\n", open, up ? i : n - i, *open == '{' ? "}" : "");
	return buf_z(b);
}

static void large_lists_take_no_more_than_their_length(void **state)
{
	static const char *const opens[] = {"", "{id: ", "{x: ", "1.", "{name: n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(opens); i++) {
		struct buf up = BUF_INIT(1 << 24), down = BUF_INIT(1 << 24);
		struct pair p;

		pair_open(&p, many(&up, opens[i], true, 20000),
		          many(&down, opens[i], false, 20000));
		assert_true(p.list.n > 0);
		pair_release(&p);
		buf_release(&up);
		buf_release(&down);
	}
}

static void too_many_changes_are_counted(void **state)
{
	struct buf all = BUF_INIT(1 << 24);
	struct pair p;

	(void)state;
	pair_open(&p, "l: []", many(&all, "", true, LIMIT_CHANGES + 5));
	assert_int_equal(p.list.n, LIMIT_CHANGES);
	assert_int_equal(p.list.dropped, 5);
	pair_release(&p);
	buf_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(equal_contents_differ_in_nothing),
	        cmocka_unit_test(members),
	        cmocka_unit_test(one_side_only),
	        cmocka_unit_test(order_of_the_document),
	        cmocka_unit_test(lists_of_texts),
	        cmocka_unit_test(sources_by_key),
	        cmocka_unit_test(other_lists_by_a_name),
	        cmocka_unit_test(lists_without_keys),
	        cmocka_unit_test(names_that_could_mislead_are_quoted),
	        cmocka_unit_test(long_names_are_cut),
	        cmocka_unit_test(without_roles),
	        cmocka_unit_test(deep_values_are_compared_whole),
	        cmocka_unit_test(large_lists_take_no_more_than_their_length),
	        cmocka_unit_test(too_many_changes_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
