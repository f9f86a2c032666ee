/* Findings in every format: places, code frames, hostile names and texts. */
#include "render/findings.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct rule rule = {"test.rule", SEVERITY_ERROR, "Nothing."};

struct fixture {
	struct buf out;
	struct findings f;
	struct str text; /* of the one file there is */
};

static bool line_of(void *context, struct str file, int line, struct str *out)
{
	struct fixture *x = context;
	struct str rest = x->text;

	(void)file;
	for (int i = 0; str_split(&rest, '\n', out);)
		if (++i == line)
			return true;
	return false;
}

static int set_up(void **state)
{
	static struct fixture x;

	x = (struct fixture){.out = BUF_INIT(1u << 20)};
	x.f = (struct findings){.out = &x.out, .line = line_of, .context = &x};
	*state = &x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	buf_release(&x->out);
	return 0;
}

static struct diag finding(int line, int column, int end_line, int end_column)
{
	return (struct diag){.rule = &rule,
	                     .severity = SEVERITY_ERROR,
	                     .file = STR("a.yaml"),
	                     .document = 1,
	                     .span = {line, column, end_line, end_column},
	                     .text = STR("wrong")};
}

/* All of N findings in FORMAT. */
static const char *render(struct fixture *x, enum findings_format format,
                          const struct diag *d, size_t n)
{
	buf_reset(&x->out);
	x->f.format = format;
	findings_begin(&x->f);
	for (size_t i = 0; i < n; i++)
		findings_add(&x->f, &d[i]);
	x->f.summary.files = 3;
	findings_end(&x->f);
	return buf_z(&x->out);
}

/* The code frame of D alone: what stands behind its place. */
static const char *frame(struct fixture *x, struct str text, struct diag d)
{
	char *p, *end;

	x->text = text;
	render(x, FINDINGS_HUMAN, &d, 1);
	p = strchr(strstr(x->out.s, "-->"), '\n') + 1;
	if (*p == '\n')
		return "";
	end = strstr(p, "\n\n");
	if (end)
		end[1] = '\0';
	return p;
}

static void human_tells_place_frame_and_help(void **state)
{
	struct fixture *x = *state;
	struct diag d = finding(2, 3, 2, 7);

	x->text = STR("a:\n  year: x\n");
	d.pointer = STR("/a/year");
	d.suggestion = STR("write a number");
	assert_string_equal(render(x, FINDINGS_HUMAN, &d, 1),
	                    "error[test.rule]: wrong\n"
	                    "  --> a.yaml:2:3 at /a/year\n"
	                    "  |\n"
	                    "2 |   year: x\n"
	                    "  |   ^^^^\n"
	                    "help: write a number\n"
	                    "\n"
	                    "1 error in 1 of 3 files\n");
}

static void human_counts(void **state)
{
	struct fixture *x = *state;
	struct diag d[] = {finding(0, 0, 0, 0), finding(0, 0, 0, 0), finding(0, 0, 0, 0),
	                   finding(0, 0, 0, 0)};

	assert_string_equal(render(x, FINDINGS_HUMAN, NULL, 0), "3 files: no findings\n");
	d[1].severity = SEVERITY_NOTE;
	d[2].file = STR("b.yaml");
	d[3].severity = SEVERITY_OFF;
	assert_non_null(strstr(render(x, FINDINGS_HUMAN, d, 4),
	                       "\n2 errors, 1 note in 2 of 3 files\n"));
}

static void colour_is_asked_for(void **state)
{
	struct fixture *x = *state;
	struct diag d = finding(1, 1, 1, 2);

	x->text = STR("a");
	assert_null(strchr(render(x, FINDINGS_HUMAN, &d, 1), '\033'));
	x->f.colour = true;
	assert_non_null(strstr(render(x, FINDINGS_HUMAN, &d, 1), "\033[1;31merror"));
	assert_null(strchr(render(x, FINDINGS_GNU, &d, 1), '\033'));
}

static void frames_measure_cells(void **state)
{
	struct fixture *x = *state;

	assert_string_equal(frame(x, STR("a\tb"), finding(1, 3, 1, 4)),
	                    "  |\n"
	                    "1 | a       b\n"
	                    "  |         ^\n");
	assert_string_equal(frame(x, STR("漢字 e\u0301x"), finding(1, 4, 1, 7)),
	                    "  |\n"
	                    "1 | 漢字 e\u0301x\n"
	                    "  |      ^^\n");
	assert_string_equal(frame(x, STR("a\033[2Jb"), finding(1, 6, 1, 7)),
	                    "  |\n"
	                    "1 | a\\u{001b}[2Jb\n"
	                    "  |             ^\n");
	assert_string_equal(frame(x, STR("\u202ea"), finding(1, 2, 1, 3)),
	                    "  |\n"
	                    "1 | \\u{202e}a\n"
	                    "  |         ^\n");
}

static void frames_mark_something_always(void **state)
{
	struct fixture *x = *state;

	assert_string_equal(frame(x, STR("ab"), finding(1, 9, 1, 9)), "  |\n"
	                                                              "1 | ab\n"
	                                                              "  |   ^\n");
	assert_string_equal(frame(x, STR("ab"), finding(1, 2, 0, 0)), "  |\n"
	                                                              "1 | ab\n"
	                                                              "  |  ^\n");
	assert_string_equal(frame(x, STR(""), finding(1, 1, 1, 1)), "  |\n"
	                                                            "1 |\n"
	                                                            "  | ^\n");
	assert_string_equal(frame(x, STR("ab"), finding(7, 1, 7, 2)), "");
}

static void frames_of_several_lines(void **state)
{
	struct fixture *x = *state;

	assert_string_equal(frame(x, STR("a:\n  b: 1\n  c: 2\nd"), finding(1, 1, 3, 5)),
	                    "  |\n"
	                    "1 | a:\n"
	                    "  | ^^\n"
	                    "...\n"
	                    "3 |   c: 2\n"
	                    "  |   ^^\n");
	assert_string_equal(frame(x, STR("a:\n  b: 1\nd"), finding(1, 1, 3, 1)),
	                    "  |\n"
	                    "1 | a:\n"
	                    "  | ^^\n"
	                    "2 |   b: 1\n"
	                    "  |   ^^^^\n");
}

/* A line of N bytes 'x' with a '!' at byte AT. */
static struct str long_line(size_t n, size_t at)
{
	static char s[200000];

	memset(s, 'x', n);
	s[at] = '!';
	return (struct str){s, n};
}

static void long_lines_are_cut_around_the_mark(void **state)
{
	struct fixture *x = *state;
	const char *p = frame(x, long_line(1000, 500), finding(1, 501, 1, 502));
	const char *bang = strchr(p, '!'), *caret = strchr(p, '^');

	assert_non_null(strstr(p, "1 | …x"));
	assert_non_null(strstr(p, "x…\n"));
	assert_true(strlen(p) < 250);
	/* "…" is three bytes and one cell. */
	assert_int_equal(caret - strrchr(p, '|'), bang - strstr(p, "| …") - 2);
	assert_null(strstr(frame(x, long_line(80, 79), finding(1, 80, 1, 81)), "…"));
	assert_string_equal(
	        frame(x, long_line(200000, 199999), finding(1, 200000, 1, 200001)), "");
}

static void the_window_cuts_wide_characters_cleanly(void **state)
{
	struct fixture *x = *state;
	struct buf line = BUF_INIT(4096);
	const char *p, *row;

	buf_addc(&line, 'x');
	for (int i = 0; i < 200; i++)
		buf_addz(&line, "漢");
	p = frame(x, buf_str(&line), finding(1, 100, 1, 101));
	row = strstr(p, "1 | ");
	assert_int_equal(text_width((struct str){
	                         row, (size_t)(strchr(row, '\n') - row)}) <= 4 + 81,
	                 true);
	assert_non_null(strstr(p, "^^"));
	buf_release(&line);
}

static void gnu_is_one_line(void **state)
{
	struct fixture *x = *state;
	struct diag d = finding(2, 3, 2, 7);

	d.file = STR("a\nb\xff.yaml");
	d.text = STR("wrong\r\n\033[2Jhere");
	d.suggestion = STR("do\nthis");
	assert_string_equal(render(x, FINDINGS_GNU, &d, 1),
	                    "a\\nb\\xff.yaml:2:3: error: wrong\\r\\n\\u{001b}[2Jhere; "
	                    "do\\nthis [test.rule]\n");
	d = finding(0, 0, 0, 0);
	assert_string_equal(render(x, FINDINGS_GNU, &d, 1),
	                    "a.yaml: error: wrong [test.rule]\n");
}

static void json_has_null_for_what_is_absent(void **state)
{
	struct fixture *x = *state;
	struct diag d = finding(2, 3, 0, 0);

	assert_string_equal(render(x, FINDINGS_JSON, NULL, 0),
	                    "{\"findings\": [],\n\"summary\": {\"files\": 3, "
	                    "\"files_with_findings\": 0, \"findings\": 0, \"errors\": 0, "
	                    "\"warnings\": 0, \"notes\": 0, \"dropped\": 0}}\n");
	d.file = STR("\xff\"");
	d.pointer = STR("");
	assert_non_null(strstr(
	        render(x, FINDINGS_JSON, &d, 1),
	        "{\"findings\": [\n{\"rule\": \"test.rule\", \"severity\": \"error\", "
	        "\"file\": \"\\\\xff\\\"\", \"document\": 1, \"line\": 2, "
	        "\"column\": 3, \"end_line\": null, \"end_column\": null, "
	        "\"pointer\": \"\", \"keyword\": null, \"schema_location\": null, "
	        "\"message\": \"wrong\", \"suggestion\": null}\n],\n"));
}

static void lines_come_from_files(void **state)
{
	static const char text[] = "one\r\ntwo\rthree\n\nfive";
	char path[] = "stemma-lines-XXXXXX";
	struct findings_lines l = {0};
	int fd = mkstemp(path);
	struct str out;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
	close(fd);
	assert_true(findings_lines_get(&l, str_of(path), 3, &out));
	assert_true(str_eqz(out, "three"));
	assert_true(findings_lines_get(&l, str_of(path), 1, &out));
	assert_true(str_eqz(out, "one"));
	assert_true(findings_lines_get(&l, str_of(path), 4, &out));
	assert_true(str_eqz(out, ""));
	assert_true(findings_lines_get(&l, str_of(path), 5, &out));
	assert_true(str_eqz(out, "five"));
	assert_false(findings_lines_get(&l, str_of(path), 6, &out));
	assert_false(findings_lines_get(&l, str_of(path), 0, &out));
	unlink(path);
	assert_true(findings_lines_get(&l, str_of(path), 2, &out));
	assert_true(str_eqz(out, "two"));
	assert_false(findings_lines_get(&l, STR("no/such/file"), 1, &out));
	findings_lines_release(&l);
}

/* Lines that end with CR alone, asked for from the last one to the first. */
static void many_lines_are_found_at_once(void **state)
{
	char path[] = "stemma-lines-XXXXXX";
	struct buf text = BUF_INIT(1 << 24);
	struct findings_lines l = {0};
	int fd = mkstemp(path);
	struct str out;

	(void)state;
	assert_true(fd >= 0);
	for (int i = 0; i < 100000; i++)
		buf_addz(&text, "line\r");
	assert_int_equal(write(fd, text.s, text.n), text.n);
	close(fd);
	for (int i = 100000; i > 0; i--) {
		assert_true(findings_lines_get(&l, str_of(path), i, &out));
		assert_true(str_eqz(out, "line"));
	}
	unlink(path);
	findings_lines_release(&l);
	buf_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        TEST(human_tells_place_frame_and_help),
	        TEST(human_counts),
	        TEST(colour_is_asked_for),
	        TEST(frames_measure_cells),
	        TEST(frames_mark_something_always),
	        TEST(frames_of_several_lines),
	        TEST(long_lines_are_cut_around_the_mark),
	        TEST(the_window_cuts_wide_characters_cleanly),
	        TEST(gnu_is_one_line),
	        TEST(json_has_null_for_what_is_absent),
	        TEST(lines_come_from_files),
	        TEST(many_lines_are_found_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
