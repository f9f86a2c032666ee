/* The working state that follows from an entry's content and its history lines. */
#include "version/version.h"

#include "../doc/reading.h"
#include "../roles.h"

#define CONTENT "id: x\ntitle: T\n"
#define DATE " date: 2026-06-20,"
/* {right} is the fingerprint of CONTENT, {wrong} that of something else. */
#define REVIEW(v, print) \
	"- {version: " v ", event: review," DATE " content: \"" print "\"}\n"
#define APPROVED(v, print) \
	"- {version: " v ", event: approved," DATE " content: \"" print "\"}\n"
#define EVENT(v, event) \
	"- {version: " v ", event: " event "," DATE " content: \"{right}\"}\n"

static void print_of_content(char out[FINGERPRINT_SIZE])
{
	const struct doc_node *bad;
	struct reading r;

	reading_open(&r, "a.yaml", STR(CONTENT), NULL);
	assert_true(version_fingerprint(out, root_of(&r), STR_NONE, &bad));
	reading_release(&r);
}

static void write_lines(struct buf *out, const char *lines)
{
	char right[FINGERPRINT_SIZE];
	struct str rest = str_of(lines), piece;

	print_of_content(right);
	while (str_split(&rest, '{', &piece)) {
		if (out->n)
			buf_addc(out, '{');
		if (str_starts(piece, STR("right}"))) {
			buf_truncate(out, out->n - 1);
			buf_addz(out, right);
			piece = str_sub(piece, 6, piece.n);
		}
		buf_add(out, piece);
	}
}

/* WANT: state and version, and the date when there is one. */
static void check(const char *lines, const char *want)
{
	struct buf text = BUF_INIT(1 << 20);
	struct working w;
	struct reading r;
	struct roles roles;

	write_lines(&text, lines);
	reading_open(&r, "a.yaml", buf_str(&text), NULL);
	roles = plain_roles(&r.run);
	w = version_working(&roles, root_of(&r));
	assert_str(arena_fmt(&r.run, "%s %d%s" STR_FMT, state_name(w.state), w.version,
	                     w.date.n ? " " : "", STR_ARG(w.date)),
	           want);
	reading_release(&r);
	buf_release(&text);
}

#define WITH(lines) CONTENT "history:\n" lines

static void no_history_is_the_first_draft(void **state)
{
	(void)state;
	check(CONTENT, "draft 1");
	check(CONTENT "history: []\n", "draft 1");
	check(CONTENT "history: {version: 1}\n", "draft 1");
	check(CONTENT "history: text\n", "draft 1");
}

static void last_line_with_this_content_decides(void **state)
{
	(void)state;
	check(WITH(REVIEW("1", "{right}")), "review 1 2026-06-20");
	check(WITH(REVIEW("1", "{right}") APPROVED("1", "{right}")),
	      "approved 1 2026-06-20");
	check(WITH(APPROVED("1", "wrong") REVIEW("2", "{right}")), "review 2 2026-06-20");
	check(WITH(APPROVED("1", "wrong") APPROVED("2", "{right}")),
	      "approved 2 2026-06-20");
}

static void edit_makes_the_next_draft(void **state)
{
	(void)state;
	check(WITH(REVIEW("1", "wrong")), "draft 1");
	check(WITH(REVIEW("1", "{right}") APPROVED("1", "wrong")), "draft 2");
	check(WITH(APPROVED("1", "{right}") REVIEW("2", "wrong")), "draft 2");
	check(WITH(APPROVED("1", "wrong") APPROVED("2", "wrong")), "draft 3");
}

static void returned_review_is_a_draft(void **state)
{
	(void)state;
	check(WITH(REVIEW("1", "{right}") EVENT("1", "returned")), "draft 1");
	check(WITH(APPROVED("1", "wrong") REVIEW("2", "{right}") EVENT("2", "returned")),
	      "draft 2");
	check(WITH(REVIEW("1", "{right}") EVENT("1", "returned") REVIEW("1", "{right}")),
	      "review 1 2026-06-20");
}

static void later_events_of_published_versions_change_nothing(void **state)
{
	(void)state;
	check(WITH(APPROVED("1", "{right}") EVENT("1", "deprecated")),
	      "approved 1 2026-06-20");
	check(WITH(APPROVED("1", "{right}") EVENT("1", "withdrawn")
	                   EVENT("1", "reinstated")),
	      "approved 1 2026-06-20");
}

static void fingerprints_are_compared_to_the_letter(void **state)
{
	(void)state;
	check(WITH(REVIEW("1", "{right}0")), "draft 1");
	check(WITH(REVIEW("1", "")), "draft 1");
	check(WITH("- {version: 1, event: review}\n"), "draft 1");
	check(WITH("- {version: 1, event: review, content: 5}\n"), "draft 1");
}

static void garbage_lines_are_passed_over(void **state)
{
	static const char *const versions[] = {
	        "0", "-1", "1.5", "99999999999999999999", "null", "x", "[1]", "1000000"};
	struct arena a = {0};

	(void)state;
	check(WITH("- 5\n- null\n- text\n- [approved]\n- {}\n- {event: [approved]}\n"),
	      "draft 1");
	check(WITH("- 5\n" REVIEW("1", "{right}") "- {event: invented, version: 9}\n"),
	      "review 1 2026-06-20");
	for (size_t i = 0; i < ARRAY_LEN(versions); i++)
		check(arena_fmt(&a,
		                WITH("- {version: %s, event: approved,"
		                     " content: \"{right}\"}\n"),
		                versions[i])
		              .s,
		      "draft 1");
	check(WITH("- {version: 2.0, event: review, content: \"{right}\"}\n"),
	      "review 2");
	arena_release(&a);
}

static void content_without_a_fingerprint_is_a_draft(void **state)
{
	(void)state;
	check("n: 9007199254740993\nhistory:\n" APPROVED("1", "{right}"), "draft 2");
}

static void history_elsewhere_is_part_of_the_content(void **state)
{
	struct roles roles = {0};
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml",
	             STR(CONTENT "history: [{version: 1, event: approved}]\n"), NULL);
	assert_int_equal(version_working(&roles, root_of(&r)).version, 1);
	roles.history = role(&r.run, "/history");
	assert_int_equal(version_working(&roles, root_of(&r)).version, 2);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(no_history_is_the_first_draft),
	        cmocka_unit_test(last_line_with_this_content_decides),
	        cmocka_unit_test(edit_makes_the_next_draft),
	        cmocka_unit_test(returned_review_is_a_draft),
	        cmocka_unit_test(later_events_of_published_versions_change_nothing),
	        cmocka_unit_test(fingerprints_are_compared_to_the_letter),
	        cmocka_unit_test(garbage_lines_are_passed_over),
	        cmocka_unit_test(content_without_a_fingerprint_is_a_draft),
	        cmocka_unit_test(history_elsewhere_is_part_of_the_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
