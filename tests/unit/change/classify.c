/* What kind of change an entry or a shared file went through, and sets of them. */
#include "pair.h"

#define E1 "- {version: 1, event: review, date: 2026-06-19, by: A}\n"
#define E2 "- {version: 1, event: approved, date: 2026-06-20, by: B}\n"
#define E3 "- {version: 1, event: withdrawn, date: 2026-06-21, by: C, reason: wrong}\n"

struct sides {
	const char *old_path, *old, *new_path, *new;
};

static struct str bytes(const char *yaml)
{
	return str_of(yaml);
}

/* Read both sides ("!" in front: a text that is no document) and classify. */
static bool classify(struct entry_change *c, struct pair *p, const struct sides *s)
{
	bool bad_old = s->old && *s->old == '!', bad_new = s->new && * s->new == '!';

	pair_open(p, bad_old ? NULL : s->old, bad_new ? NULL : s->new);
	*c = (struct entry_change){.id = STR("x"),
	                           .old_path = str_of(s->old_path),
	                           .new_path = str_of(s->new_path)};
	return change_classify(c, &p->roles, p->was, p->is, bytes(s->old), bytes(s->new),
	                       &p->arena);
}

/* WANT: kind, number of fields, of events, and marks; "" for no difference. */
static void check(struct sides s, const char *want)
{
	struct entry_change c;
	struct str got = STR("");
	struct pair p;

	if (classify(&c, &p, &s))
		got = arena_fmt(
		        &p.arena, "%s %zu %zu%s%s%s", entry_change_name(c.kind),
		        c.fields.n, c.events_n, c.history_rewritten ? " rewritten" : "",
		        c.old_unreadable ? " old?" : "", c.new_unreadable ? " new?" : "");
	assert_str(got, want);
	pair_release(&p);
}

static void kinds_of_entries(void **state)
{
	(void)state;
	check((struct sides){"x", "a: 1", "x", "a: 1"}, "");
	check((struct sides){NULL, NULL, NULL, NULL}, "");
	check((struct sides){NULL, NULL, "x", "a: 1\nb: 2"}, "added 2 0");
	check((struct sides){"x", "a: 1", NULL, NULL}, "removed 1 0");
	check((struct sides){"x", "a: 1", "x", "a: 2"}, "changed 1 0");
	check((struct sides){"x", "a: 1", "y", "a: 2"}, "changed 1 0");
	check((struct sides){"x", "a: 1", "y", "a: 1"}, "moved 0 0");
	check((struct sides){"x", "a: 1", "y", "a: 1 # why"}, "moved 0 0");
	check((struct sides){"x", "a: 1", "x", "a: 1 # why"}, "layout 0 0");
	check((struct sides){"x", "a: x\nb: y", "x", "b: 'y'\na: x"}, "layout 0 0");
}

static void history_lines(void **state)
{
	const char *none = "a: 1\n", *one = "a: 1\nhistory:\n" E1;
	const char *two = "a: 1\nhistory:\n" E1 E2, *turned = "a: 1\nhistory:\n" E2 E1;

	(void)state;
	check((struct sides){"x", none, "x", one}, "history 0 1");
	check((struct sides){"x", none, "x", two}, "history 0 2");
	check((struct sides){"x", one, "y", two}, "history 0 1");
	check((struct sides){"x", "a: 2\nhistory:\n" E1, "x", two}, "changed 1 1");
	check((struct sides){"x", two, "x", one}, "history 0 0 rewritten");
	check((struct sides){"x", two, "x", turned}, "history 0 0 rewritten");
	check((struct sides){"x", one, "x", none}, "history 0 0 rewritten");
	check((struct sides){"x", one, "x", "a: 1\nhistory: 5"}, "history 0 0 rewritten");
	check((struct sides){"x", "a: 1\nhistory: 5", "x", one}, "history 0 0 rewritten");
	check((struct sides){"x", "a: 1\nhistory: 5", "x", "history: 5\na: 1"},
	      "layout 0 0");
	check((struct sides){"x", none, "x", "a: 1\nhistory: 5"},
	      "history 0 0 rewritten");
	check((struct sides){"x", none, "x", "a: 1\nhistory: []"}, "layout 0 0");
	check((struct sides){"x", "a: 1\nhistory: []", "x", none}, "layout 0 0");
	check((struct sides){NULL, NULL, "x", two}, "added 1 2");
	check((struct sides){"x", two, NULL, NULL}, "removed 1 0");
}

static void files_that_cannot_be_read(void **state)
{
	(void)state;
	check((struct sides){"x", "!", "x", "a: 1"}, "changed 0 0 old?");
	check((struct sides){"x", "a: 1", "x", "!"}, "changed 0 0 new?");
	check((struct sides){"x", "!", "x", "!!"}, "changed 0 0 old? new?");
	check((struct sides){"x", "!", "y", "!"}, "moved 0 0 old? new?");
	check((struct sides){NULL, NULL, "x", "!"}, "added 0 0 new?");
	check((struct sides){"x", "!", NULL, NULL}, "removed 0 0 old?");
}

static void events_tell_what_they_say(void **state)
{
	const struct sides s = {"x", "a: 1\nhistory:\n" E1 E2, "x",
	                        "a: 1\nhistory:\n" E1 E2 E3 "- 5\n- {version: x}\n"};
	struct entry_change c;
	struct pair p;

	(void)state;
	assert_true(classify(&c, &p, &s));
	assert_int_equal(c.events_n, 3);
	assert_int_equal(c.events[0].version, 1);
	assert_str(c.events[0].event, "withdrawn");
	assert_str(c.events[0].date, "2026-06-21");
	assert_str(c.events[0].by, "C");
	assert_str(c.events[0].reason, "wrong");
	assert_int_equal(c.events[1].version, 0);
	assert_null(c.events[1].event.s);
	assert_int_equal(c.events[2].version, 0);
	pair_release(&p);
}

static struct str joined(const struct change_ids *ids, struct arena *a)
{
	struct str out = STR("");

	for (size_t i = 0; i < ids->n; i++)
		out = arena_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(out), i ? " " : "",
		                STR_ARG(ids->items[i]));
	return out;
}

/* WANT: kind, fields, and the terms added / removed / changed of a vocabulary. */
static void check_file(const char *old, const char *new, const char *want)
{
	struct file_change f = {.path = STR("f"), .what = SHARED_VOCABULARY};
	struct str got = STR("");
	struct pair p;

	pair_open(&p, old && *old == '!' ? NULL : old, new);
	if (change_classify_file(&f, p.was, p.is, bytes(old), bytes(new), &p.arena))
		got = arena_fmt(&p.arena, "%s %zu " STR_FMT "/" STR_FMT "/" STR_FMT,
		                entry_change_name(f.kind), f.fields.n,
		                STR_ARG(joined(&f.terms_added, &p.arena)),
		                STR_ARG(joined(&f.terms_removed, &p.arena)),
		                STR_ARG(joined(&f.terms_changed, &p.arena)));
	assert_str(got, want);
	pair_release(&p);
}

static void shared_files(void **state)
{
	(void)state;
	check_file("terms: {a: 1}", "terms: {a: 1}", "");
	check_file("terms: {a: 1, b: 2, c: 3}", "terms: {a: 1, c: {x: 1}, d: 1, e: 1}",
	           "changed 4 d e/b/c");
	check_file("terms: {a: 1}", "terms: {a: 1} # x", "layout 0 //");
	check_file("terms: {a: 1, b: 2}", "terms: {b: 2, a: 1}", "layout 0 //");
	check_file(NULL, "terms: {a: 1, b: 2}", "added 0 a b//");
	check_file("terms: {a: 1, b: 2}", NULL, "removed 0 /a b/");
	check_file("terms: [a]", "terms: {a: 1}", "changed 1 a//");
	check_file("history: [1]", "history: [1, 2]", "changed 1 //");
	check_file("!", "terms: {a: 1}", "changed 0 a//");
}

static void sets_are_sorted_and_counted(void **state)
{
	struct entry_change entries[] = {
	        {.collection = STR("b"), .id = STR("a"), .kind = ENTRY_MOVED},
	        {.collection = STR("a"), .id = STR("z"), .new_path = STR("2")},
	        {.collection = STR("a"), .id = STR("z"), .old_path = STR("1")},
	        {.collection = STR("a"), .id = STR("b"), .kind = ENTRY_CHANGED},
	};
	struct file_change files[] = {{.path = STR("y"), .kind = ENTRY_LAYOUT},
	                              {.path = STR("x")}};
	struct change_set set = {
	        .entries = entries, .entries_n = 4, .files = files, .files_n = 2};

	(void)state;
	change_set_finish(&set);
	assert_str(entries[0].id, "b");
	assert_str(entries[1].old_path, "1");
	assert_str(entries[2].new_path, "2");
	assert_str(entries[3].collection, "b");
	assert_str(files[0].path, "x");
	assert_int_equal(set.counts[ENTRY_ADDED], 2);
	assert_int_equal(set.counts[ENTRY_CHANGED], 1);
	assert_int_equal(set.counts[ENTRY_MOVED], 1);
	assert_int_equal(set.file_counts[ENTRY_LAYOUT], 1);
	set = (struct change_set){0};
	change_set_finish(&set);
	assert_int_equal(set.counts[ENTRY_ADDED], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(kinds_of_entries),
	        cmocka_unit_test(history_lines),
	        cmocka_unit_test(files_that_cannot_be_read),
	        cmocka_unit_test(events_tell_what_they_say),
	        cmocka_unit_test(shared_files),
	        cmocka_unit_test(sets_are_sorted_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
