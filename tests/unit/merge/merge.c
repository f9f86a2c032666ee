/* Three texts become one: what merges, what clashes, and what the result looks like. */
#include "merging.h"

#define BOTH(ours, base, theirs) \
	"<<<<<<< ours\n" ours "||||||| base\n" base "=======\n" theirs ">>>>>>> theirs\n"

static void one_side_alone(void **state)
{
	(void)state;
	CHECK("a: 1\n", "a: 1\n", "a: 2 # x\n", "a: 2 # x\n");
	CHECK("a: 1\n", "a: 2 # x\n", "a: 1\n", "a: 2 # x\n");
	CHECK("a: 1\n", "a: [\n", "a: [\n", "a: [\n");
	CHECK("a: [\n", "a: [\n", "b: 1", "b: 1");
}

static void members_meet_by_key(void **state)
{
	(void)state;
	CHECK("a: 1\nb: 2\nc: 3\n", "a: 9\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 8\n",
	      "a: 9\nb: 2\nc: 8\n");
	/* Members that theirs adds stand where they stand there. */
	CHECK("a: 1\nb: 2\n", "a: 9\nb: 2\n", "a: 1\n# why\nx: 5\nb: 2\n",
	      "a: 9\n# why\nx: 5\nb: 2\n");
	CHECK("a: 1\n", "a: 1\no: 1\n", "a: 1\nt: 1\n", "a: 1\no: 1\nt: 1\n");
	/* One side removes with its comments, the other changes another. */
	CHECK("a: 1\n# of b\nb: 2\nc: 3\n", "a: 9\n# of b\nb: 2\nc: 3\n", "a: 1\nc: 3\n",
	      "a: 9\nc: 3\n");
	CHECK("a:\n  x: 1\n  y: 2\n", "a:\n  x: 3\n  y: 2\n", "a:\n  x: 1\n  y: 4\n",
	      "a:\n  x: 3\n  y: 4\n");
	/* Another order is ours'. */
	CHECK("a: 1\nb: 2\n", "b: 2\na: 1\n", "a: 1\nb: 3\n", "b: 3\na: 1\n");
}

static void layout_of_ours_stays(void **state)
{
	(void)state;
	CHECK("a: x\nb: 2\n", "a: 'x' # mine\nb: 2\n", "a: y\nb: 2\n",
	      "a: y # mine\nb: 2\n");
	CHECK("a:\n  x: 1\n  y: 2\n", "a:\n    x: 1\n    y: 3\n",
	      "a:\n  x: 5\n  # n\n  n:\n  - 1\n  y: 2\n",
	      "a:\n    x: 5\n    # n\n    n:\n    - 1\n    y: 3\n");
	CHECK("a: 1\nb: [x]\n", "a: 1.0\nb: [x]\n", "a: 1\nb: [x, y]\n",
	      "a: 1.0\nb: [x, y]\n");
	CHECK("a: 1\r\nb: 2\r\n", "a: 3\r\nb: 2\r\n", "a: 1\nb: 4\n", "a: 3\r\nb: 4\r\n");
	CHECK("a: 1\nb: 2\n", "a: 3\nb: 2", "a: 1\nb: 4\n", "a: 3\nb: 4\n");
	CHECK("a: 1\nb: 2\n",
	      "\xEF\xBB\xBF"
	      "a: 3\nb: 2\n",
	      "a: 1\nb: 4\n",
	      "\xEF\xBB\xBF"
	      "a: 3\nb: 4\n");
	/* A missing value, and one that comes to be missing. */
	CHECK("a:\nb: 1\n", "a: # c\nb: 1\n", "a: x\nb: 1\n", "a: x # c\nb: 1\n");
	CHECK("a: x\nb: 1\n", "a: x # c\nb: 1\n", "a:\nb: 1\n", "a: # c\nb: 1\n");
}

static void comments_of_both_stay(void **state)
{
	(void)state;
	CHECK("# head\n\na: 1\nb: 2\n", "# head\n\na: 3\nb: 2\n",
	      "# head\n\n# on a\na: 1 # one\nb: 2\n# end\n",
	      "# head\n\n# on a\na: 3 # one\nb: 2\n# end\n");
	CHECK("l:\n- a\n- b\n", "l:\n- a\n- b # mine\n- c\n",
	      "l:\n# first\n- a # its\n- b\n",
	      "l:\n# first\n- a # its\n- b # mine\n- c\n");
	CHECK("a: 1\n", "# x\na: 1\n", "# y\na: 2\n",
	      BOTH("# x\na: 1\n", "a: 1\n", "# y\na: 2\n"),
	      "/a: the comment before it was changed on both sides\n");
	CHECK("a: [1] \n", "a: [2]\n", "a: [1, # c\n 1]\n",
	      BOTH("a: [2]\n", "a: [1] \n", "a: [1, # c\n 1]\n"),
	      "/a: both sides changed it, and there are comments within its brackets\n");
	CHECK("a: [1, 2]\nb: 1\n", "a: [2, 1]\nb: 1\n", "a: [1, # c\n 2]\nb: 2\n",
	      BOTH("a: [2, 1]\n", "a: [1, 2]\n", "a: [1, # c\n 2]\n") "b: 2\n",
	      "/a: it was changed on one side and a comment in it on the other\n");
}

static void lists_of_scalars_are_sets(void **state)
{
	(void)state;
	CHECK("l:\n- a\n- b\n", "l:\n- a\n- b\n- o\n", "l:\n- a\n- b\n- t\n",
	      "l:\n- a\n- b\n- o\n- t\n");
	CHECK("l:\n- a\n- b\n- c\n", "l:\n- b\n- c\n", "l:\n- a\n- c\n- d\n",
	      "l:\n- c\n- d\n");
	CHECK("l: [a, b]\n", "l: [o, a, b]\n", "l: [b, 't, u']\n", "l: [o, b, 't, u']\n");
	CHECK("l: [a]\n", "l: []\n", "l: [a, b]\n", "l: [b]\n");
	CHECK("l: []\n", "l: [a]\n", "l: [b]\n", "l: [a, b]\n");
	CHECK("l: []\n", "l:\n- a\n", "l:\n  - b\n", "l:\n- a\n- b\n");
	/* Theirs put them in another order, ours added one. */
	CHECK("l: [a, b, c]\n", "l: [a, b, x, c]\n", "l: [c, a, b]\n",
	      "l: [c, a, b, x]\n");
	CHECK("l: [a, b, c]\n", "l: [b, a, c]\n", "l: [c, a, b]\n",
	      BOTH("l: [b, a, c]\n", "l: [a, b, c]\n", "l: [c, a, b]\n"),
	      "/l: the items were put in another order on both sides\n");
	CHECK("l: [a, a]\n", "l: [a, a, b]\n", "l: [a, a, c]\n",
	      BOTH("l: [a, a, b]\n", "l: [a, a]\n", "l: [a, a, c]\n"),
	      "/l: the list was changed on both sides and has an item twice\n");
	CHECK("l:\n- a\n- b\n", "l:\n- a\n", "l:\n- b\n",
	      BOTH("l:\n- a\n", "l:\n- a\n- b\n", "l:\n- b\n"),
	      "/l: each side removed a part, and nothing would be left\n");
}

static void lists_of_maps_meet_by_key(void **state)
{
	(void)state;
	CHECK("sources:\n  - key: a\n    year: 1\n  - key: b\n    year: 2\n",
	      "sources:\n  - key: a\n    year: 3\n  - key: b\n    year: 2\n",
	      "sources:\n  - key: z\n    year: 0\n  - key: a\n    year: 1\n"
	      "    url: u\n  - key: b\n    year: 4\n",
	      "sources:\n  - key: z\n    year: 0\n  - key: a\n    year: 3\n"
	      "    url: u\n  - key: b\n    year: 4\n");
	CHECK("l:\n- {name: a, x: 1}\n- {name: b, x: 1}\n",
	      "l:\n- {name: a, x: 2}\n- {name: b, x: 1}\n",
	      "l:\n- {name: a, x: 1, y: 5}\n- {name: b, x: 3}\n",
	      "l:\n- {name: a, x: 2, y: 5}\n- {name: b, x: 3}\n");
	CHECK("l:\n- id: a\n  v: 1\n", "l:\n- id: a\n  v: 2\n", "l:\n- id: a\n  v: 3\n",
	      "l:\n- id: a\n" BOTH("  v: 2\n", "  v: 1\n", "  v: 3\n"),
	      "/l/a/v: it was changed on both sides, but not to the same\n");
	/* Markers do not stand within the line of a dash. */
	CHECK("l:\n- v: 1\n  id: a\n- id: b\n", "l:\n- v: 2\n  id: a\n- id: b\n",
	      "l:\n- v: 3\n  id: a\n- id: b\n",
	      "l:\n" BOTH("- v: 2\n  id: a\n", "- v: 1\n  id: a\n",
	                  "- v: 3\n  id: a\n") "- id: b\n",
	      "/l/a: the first of its lines cannot be merged by itself\n");
	CHECK("l:\n- x: 1\n  id: a\n  v: 1\n", "l:\n- x: 1\n  id: a\n  v: 2\n",
	      "l:\n- id: a\n  v: 1\n", "l:\n- id: a\n  v: 2\n");
	CHECK("l:\n- id: a\n- id: a\n", "l:\n- id: a\n- id: a\n- id: b\n",
	      "l:\n- id: a\n- id: a\n- id: c\n",
	      BOTH("l:\n- id: a\n- id: a\n- id: b\n", "l:\n- id: a\n- id: a\n",
	           "l:\n- id: a\n- id: a\n- id: c\n"),
	      "/l: two items of the list have the same key\n");
	CHECK("l:\n- x: a\n", "l:\n- x: b\n", "l:\n- x: c\n",
	      BOTH("l:\n- x: b\n", "l:\n- x: a\n", "l:\n- x: c\n"),
	      "/l: the list was changed on both sides and nothing tells its items apart\n");
	CHECK("- id: a\n  v: 1\n- id: b\n", "- id: a\n  v: 2\n- id: b\n",
	      "- id: a\n  v: 1\n- id: b\n  w: 1\n", "- id: a\n  v: 2\n- id: b\n  w: 1\n");
}

static void clashes_stay(void **state)
{
	(void)state;
	CHECK("a: 1\nb: 1\nc: 1\n", "a: 2\nb: 1\nc: 1\n", "a: 3\nb: 1\nc: 4\n",
	      BOTH("a: 2\n", "a: 1\n", "a: 3\n") "b: 1\nc: 4\n",
	      "/a: it was changed on both sides, but not to the same\n");
	CHECK("a: |\n  x\nb: 1\n", "a: |\n  y\nb: 1\n", "a: |\n  x\n  z\nb: 2\n",
	      BOTH("a: |\n  y\n", "a: |\n  x\n", "a: |\n  x\n  z\n") "b: 2\n",
	      "/a: the block of text was changed on both sides\n");
	CHECK("a: 1\nb: 1\n", "a: [1]\nb: 1\n", "a: 2\nb: 2\n",
	      BOTH("a: [1]\n", "a: 1\n", "a: 2\n") "b: 2\n",
	      "/a: it was changed on both sides, and to another type of value\n");
	CHECK("a: 1\nb: 1\n", "b: 1\n", "a: 2\nb: 2\n",
	      BOTH("", "a: 1\n", "a: 2\n") "b: 2\n",
	      "/a: ours removed what theirs changed\n");
	CHECK("a: 1\nb: 1\n", "a: 2\nb: 2\n", "b: 1\n",
	      BOTH("a: 2\n", "a: 1\n", "") "b: 2\n",
	      "/a: theirs removed what ours changed\n");
	/* Without what ours removed, nothing would be left of the list. */
	CHECK("l:\n- {id: a, v: 1}\nb: 1\n", "l: []\nb: 1\n",
	      "l:\n- {id: a, v: 2}\nb: 2\n",
	      BOTH("l: []\n", "l:\n- {id: a, v: 1}\n", "l:\n- {id: a, v: 2}\n") "b: 2\n",
	      "/l: both sides changed it, and one of them its layout too\n");
	CHECK("l:\n- {id: a, v: 1}\n- {id: b}\nb: 1\n", "l:\n- {id: b}\nb: 1\n",
	      "l:\n- {id: a, v: 2}\nb: 2\n",
	      BOTH("l:\n- {id: b}\n", "l:\n- {id: a, v: 1}\n- {id: b}\n",
	           "l:\n- {id: a, v: 2}\n") "b: 2\n",
	      "/l: each side removed a part, and nothing would be left\n");
	CHECK("b: 1\n", "a: 1\nb: 1\n", "a: 2\nb: 1\n",
	      BOTH("a: 1\n", "", "a: 2\n") "b: 1\n",
	      "/a: it was added on both sides, but not the same\n");
	CHECK("a: &x 1\nb: 1\n", "a: &x 2\nb: 1\n", "a: &x 1 # c\nb: 2\n",
	      BOTH("a: &x 2\n", "a: &x 1\n", "a: &x 1 # c\n") "b: 2\n",
	      "/a: it has an anchor, an alias or a tag and was changed on both sides\n");
}

static void files_that_are_not_merged(void **state)
{
	(void)state;
	CHECK("a: 1\nb: 1\nc: 1\n", "a: 1\nb: [\nc: 1\n", "a: 1\nb: 2\nc: 1\n",
	      "a: 1\n" BOTH("b: [\n", "b: 1\n", "b: 2\n") "c: 1\n",
	      ": ours cannot be read: line 2: the [ that opens here is never closed\n");
	CHECK("a: 1\n---\nb: 1\n", "a: 2\n---\nb: 1\n", "a: 1\n---\nb: 2\n",
	      BOTH("a: 2\n---\nb: 1\n", "a: 1\n---\nb: 1\n", "a: 1\n---\nb: 2\n"),
	      ": theirs has several documents\n");
	CHECK("", "a: 1\nb: 2\n", "a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n");
	CHECK("", "a: 1\nb: 2\n", "a: 2\nc: 3\n",
	      BOTH("a: 1\n", "", "a: 2\n") "b: 2\nc: 3\n",
	      "/a: it was added on both sides, but not the same\n");
	CHECK("a: 1\n", "a: 2\n", "a: 1\nb: |\n  x",
	      BOTH("a: 2\n", "a: 1\n", "a: 1\nb: |\n  x\n"),
	      ": theirs ends within a block of text, without a line end\n");
	CHECK("a: 1\n", "a: 2\n", "b\n", BOTH("a: 2\n", "a: 1\n", "b\n"),
	      ": it was changed on both sides, and to another type of value\n");
	CHECK("x\n", "y\n", "z\n", BOTH("y\n", "x\n", "z\n"),
	      ": it was changed on both sides, but not to the same\n");
	CHECK("{\"a\": 1, \"b\": 1}\n", "{\"a\": 2, \"b\": 1}\n",
	      "{\"a\": 1, \"b\": [3]}\n", "{\"a\": 2, \"b\": [3]}\n");
}

#define LINE(v, event) "  - {version: " v ", event: " event "}\n"
#define HISTORY(lines) "id: x\nhistory:\n" lines

static void history_is_appended_to(void **state)
{
	(void)state;
	CHECK(HISTORY(LINE("1", "approved")),
	      "id: x\ny: 1\nhistory:\n" LINE("1", "approved"),
	      HISTORY(LINE("1", "approved") LINE("2", "review")),
	      "id: x\ny: 1\nhistory:\n" LINE("1", "approved") LINE("2", "review"));
	/* Work on a version and the public status of another do not contradict. */
	CHECK(HISTORY(LINE("1", "approved")),
	      HISTORY(LINE("1", "approved") LINE("1", "deprecated")),
	      HISTORY(LINE("1", "approved") LINE("2", "review")),
	      HISTORY(LINE("1", "approved") LINE("1", "deprecated") LINE("2", "review")));
	/* It may be published: then it is first in any case. */
	CHECK(HISTORY(LINE("1", "approved")),
	      HISTORY(LINE("1", "approved") LINE("2", "review")),
	      HISTORY(LINE("1", "approved") LINE("1", "withdrawn")
	                      LINE("1", "reinstated")),
	      HISTORY(LINE("1", "approved") LINE("1", "withdrawn") LINE("1", "reinstated")
	                      LINE("2", "review")));
	CHECK(HISTORY(LINE("1", "approved")),
	      HISTORY(LINE("1", "approved") LINE("2", "review")),
	      HISTORY(LINE("1", "approved") LINE("2", "review") LINE("2", "approved")),
	      HISTORY(LINE("1", "approved") LINE("2", "review") LINE("2", "approved")));
	CHECK("id: x\n", "id: x\nhistory:\n" LINE("1", "review"), "id: x\ny: 1\n",
	      "id: x\ny: 1\nhistory:\n" LINE("1", "review"));
	CHECK("id: x\n", "id: x\ny: 1\n", "id: x\nhistory:\n" LINE("1", "review"),
	      "id: x\ny: 1\nhistory:\n" LINE("1", "review"));
	CHECK("id: x\n", "id: x\ny: 1\nhistory:\n" LINE("1", "review"),
	      "id: x\nhistory:\n" LINE("1", "review") LINE("1", "approved"),
	      "id: x\ny: 1\nhistory:\n" LINE("1", "review") LINE("1", "approved"));
}

static void history_clashes(void **state)
{
	(void)state;
	CHECK(HISTORY(LINE("1", "approved")),
	      HISTORY(LINE("1", "approved") LINE("2", "review")),
	      HISTORY(LINE("1", "approved") LINE("2", "approved")),
	      HISTORY(LINE("1", "approved"))
	              BOTH(LINE("2", "review"), "", LINE("2", "approved")),
	      "/history: both sides appended events; which of them holds is for you to "
	      "decide\n");
	/* Nothing is worked on while it is withdrawn. */
	CHECK(HISTORY(LINE("1", "approved")),
	      HISTORY(LINE("1", "approved") LINE("2", "review")),
	      HISTORY(LINE("1", "approved") LINE("1", "withdrawn")),
	      HISTORY(LINE("1", "approved"))
	              BOTH(LINE("2", "review"), "", LINE("1", "withdrawn")),
	      "/history: one side withdrew the entry, the other one worked on; keep the "
	      "lines of the withdrawal, not those of the work: it is submitted again "
	      "after `stemma reinstate`\n");
	CHECK(HISTORY(LINE("1", "approved")), "y: 1\n" HISTORY(LINE("1", "approved")),
	      HISTORY(LINE("2", "approved")),
	      "y: 1\nid: x\nhistory:\n" BOTH(LINE("1", "approved"), LINE("1", "approved"),
	                                     LINE("2", "approved")),
	      "/history: a line of the history was changed or removed; lines are only ever "
	      "appended\n");
	CHECK(HISTORY(LINE("1", "approved")), "y: 1\n" HISTORY(LINE("1", "approved")),
	      "id: x\n",
	      "y: 1\nid: x\n" BOTH("history:\n" LINE("1", "approved"),
	                           "history:\n" LINE("1", "approved"), ""),
	      "/history: the history is not a list of lines on both sides\n");
}

/* A large text within DEPTH lists, beside the numbers X and Y. */
static struct str nested_text(struct arena *arena, size_t depth, char x, char y)
{
	struct buf b = BUF_INIT(1 << 20);
	struct str out;

	buf_addz(&b, "r: ");
	for (size_t i = 0; i < depth; i++)
		buf_addz(&b, "{a: ");
	buf_addc(&b, '{');
	buf_addz(&b, "t: ");
	buf_fill(&b, 't', 400000);
	buf_addf(&b, ", x: %c, y: %c", x, y);
	buf_fill(&b, '}', depth + 1);
	buf_addc(&b, '\n');
	out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void merge_nested(struct merge_result *out, size_t depth, struct arena *arena)
{
	merge_strs(out, nested_text(arena, depth, '1', '1'),
	           nested_text(arena, depth, '2', '1'),
	           nested_text(arena, depth, '1', '2'), NULL, arena);
}

static struct str many_members(struct arena *arena, size_t n, char value)
{
	struct buf b = BUF_INIT(1 << 20);
	struct str out;

	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "k%zu: %c\n", i, value);
	out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void conflicts_are_bounded(void **state)
{
	struct arena arena = {0};
	struct merge_result r;

	(void)state;
	for (size_t n = 1000; n <= 1001; n++) {
		merge_strs(&r, many_members(&arena, n, '1'), many_members(&arena, n, '2'),
		           many_members(&arena, n, '3'), NULL, &arena);
		assert_int_equal(r.n, n == 1000 ? 1000 : 1);
	}
	assert_str(r.conflicts[0].why, "there are too many conflicts to show one by one");
	arena_release(&arena);
}

static void work_is_bounded(void **state)
{
	struct arena arena = {0};
	struct merge_result r;

	(void)state;
	merge_nested(&r, 400, &arena);
	assert_int_equal(r.n, 0);
	assert_str(r.text, nested_text(&arena, 400, '2', '2').s);
	merge_nested(&r, 480, &arena);
	assert_int_equal(r.n, 1);
	assert_str(r.conflicts[0].place, "/r");
	assert_str(r.conflicts[0].why,
	           "it is too large and too deeply nested to be taken apart");
	arena_release(&arena);
}

static void markers_as_asked_for(void **state)
{
	struct arena arena = {0};
	struct source base = text_source("b", STR("a: 1\n")),
	              ours = text_source("o", STR("a: 2\n")),
	              theirs = text_source("t", STR("a: 3\n"));
	struct merge_options opt = {.marker = 9,
	                            .ours = STR("ours: main"),
	                            .base = STR("base"),
	                            .theirs = STR("theirs: topic")};
	struct merge_result r;

	(void)state;
	assert_false(merge_texts(&r, &base, &ours, &theirs, &opt, &arena));
	assert_str(r.text, "<<<<<<<<< ours: main\na: 2\n||||||||| base\na: 1\n=========\n"
	                   "a: 3\n>>>>>>>>> theirs: topic\n");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(one_side_alone),
	        cmocka_unit_test(members_meet_by_key),
	        cmocka_unit_test(layout_of_ours_stays),
	        cmocka_unit_test(comments_of_both_stay),
	        cmocka_unit_test(lists_of_scalars_are_sets),
	        cmocka_unit_test(lists_of_maps_meet_by_key),
	        cmocka_unit_test(clashes_stay),
	        cmocka_unit_test(files_that_are_not_merged),
	        cmocka_unit_test(history_is_appended_to),
	        cmocka_unit_test(history_clashes),
	        cmocka_unit_test(conflicts_are_bounded),
	        cmocka_unit_test(work_is_bounded),
	        cmocka_unit_test(markers_as_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
