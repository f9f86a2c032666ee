/* A history line is added, and every other byte stays as it was. */
#include "version/version.h"

#include "../doc/reading.h"
#include "../roles.h"

#define NEW \
	"- {version: 1, event: review, date: 2026-01-02, by: \"A <a@b>\", content: \"c\"}"

static const struct history_line line = {
        .version = 1,
        .event = EVENT_REVIEW,
        .date = {"2026-01-02", 10},
        .by = {"A <a@b>", 7},
        .content = {"c", 1},
        .sources = -1,
};

struct appended {
	const char *text, *want; /* want NULL: refused */
};

static void check(const struct appended *c)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(1 << 20);
	struct reading r;
	struct roles roles;
	struct err err = {0};
	bool ok;

	reading_open(&r, "a.yaml", str_of(c->text), NULL);
	(void)root_of(&r);
	roles = plain_roles(&r.run);
	ok = history_append(&out, &r.docs.items[0], &roles, &line, &err);
	if (ok != (c->want != NULL))
		fail_msg("%s: %s", c->text, ok ? buf_z(&out) : err.text);
	if (ok)
		assert_str(buf_str(&out), c->want);
	assert_int_equal(ok, !err.text[0]);
	reading_release(&r);
}

static const struct appended cases[] = {
        {"id: x\n", "id: x\nhistory:\n  " NEW "\n"},
        {"id: x", "id: x\nhistory:\n  " NEW "\n"},
        {"id: x\n# end\n", "id: x\n# end\nhistory:\n  " NEW "\n"},
        {"---\nid: x\n...\n", "---\nid: x\nhistory:\n  " NEW "\n...\n"},
        {"id: x\r\n", "id: x\r\nhistory:\r\n  " NEW "\r\n"},
        {"id: x\nt: |\n  a\n", "id: x\nt: |\n  a\nhistory:\n  " NEW "\n"},
        {"id: x\nt: |+\n  a\n\n", "id: x\nt: |+\n  a\n\nhistory:\n  " NEW "\n"},
        {"id: x\nhistory: []\n", "id: x\nhistory:\n  " NEW "\n"},
        {"id: x\nhistory:\n", "id: x\nhistory:\n  " NEW "\n"},
        {"id: x\nhistory:\n  - {version: 1, event: review, date: d, by: b, content: z} # c\n",
         "id: x\nhistory:\n  - {version: 1, event: review, date: d, by: b, content: z} # c\n"
         "  " NEW "\n"},
        {"id: x\nhistory:\n- {version: 1, event: review, date: d, by: b, content: z}\n# e\n",
         "id: x\nhistory:\n- {version: 1, event: review, date: d, by: b, content: z}\n" NEW
         "\n# e\n"},
        {"id: x\nhistory:\n    - version: 1\n      event: review\n      date: d\n      by: b\n"
         "      content: z",
         "id: x\nhistory:\n    - version: 1\n      event: review\n      date: d\n      by: b\n"
         "      content: z\n    " NEW "\n"},
        {"{id: x}\n", NULL},
        {"id: x\nhistory: []\nname: y\n", NULL},
        {"id: x\nhistory: text\n", NULL},
        {"id: x\nhistory: [{version: 1, event: review, date: d, by: b, content: z}]\n",
         NULL},
        {"id: x\nt: |\n  a", NULL}, /* a line end would change the text */
        {"- x\n", NULL},
};

static void lines_are_added(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(&cases[i]);
}

static void several_are_added_at_once(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(1 << 20);
	const struct history_line lines[] = {line, line};
	struct reading r;
	struct roles roles;
	struct err err = {0};

	(void)state;
	reading_open(&r, "a.yaml", STR("id: x\nhistory: []\n"), NULL);
	(void)root_of(&r);
	roles = plain_roles(&r.run);
	assert_true(history_append_all(&out, &r.docs.items[0], &roles, lines, 2, &err));
	assert_str(buf_str(&out), "id: x\nhistory:\n  " NEW "\n  " NEW "\n");
	reading_release(&r);
}

static void texts_are_quoted(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(1 << 20);
	const struct str successors[] = {STR("b"), STR("c")};
	struct history_line l = line;

	(void)state;
	l.sources = 2;
	l.reason = STR("it's \"wrong\": {x}\n");
	l.duplicate_of = STR("other");
	l.successors = successors;
	l.successors_n = 2;
	l.note = STR("Đại số");
	history_line_text(&out, &l);
	assert_str(
	        buf_str(&out),
	        "{version: 1, event: review, date: 2026-01-02, by: \"A <a@b>\", sources: 2, "
	        "content: \"c\", reason: \"it's \\\"wrong\\\": {x}\\n\", duplicate_of: "
	        "\"other\", successors: [\"b\", \"c\"], note: \"Đại số\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(lines_are_added),
	        cmocka_unit_test(several_are_added_at_once),
	        cmocka_unit_test(texts_are_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
