#include "reading.h"

struct bytes {
	const char *name;
	struct str text;
	const char *rule; /* NULL: nothing is found */
	int line, column;
	const char *says; /* a piece of the message */
};

static const struct bytes cases[] = {
        {"a.yaml",
         {"\xEF\xBB\xBF"
          "a: b",
          7},
         NULL,
         0,
         0,
         NULL},
        {"a.yaml",
         {"\xFF\xFE"
          "a\0:\0",
          6},
         "syntax.encoding",
         1,
         1,
         "UTF-16 (little"},
        {"a.yaml", {"\xFE\xFF\0a\0:", 6}, "syntax.encoding", 1, 1, "UTF-16 (big"},
        {"a.yaml", {"a\0:\0 \0", 6}, "syntax.encoding", 1, 1, "UTF-16 (little"},
        {"a.yaml", {"\0a\0:\0 ", 6}, "syntax.encoding", 1, 1, "UTF-16 (big"},
        {"a.yaml", {"\xFF\xFE\0\0a\0\0\0", 8}, "syntax.encoding", 1, 1, "UTF-32 (little"},
        {"a.yaml", {"a\0\0\0:\0\0\0", 8}, "syntax.encoding", 1, 1, "UTF-32 (little"},
        {"a.yaml", {"\0\0\0a\0\0\0:", 8}, "syntax.encoding", 1, 1, "UTF-32 (big"},
        {"a.yaml",
         {"a: x\nb: \xE9t\xE9\n", 12},
         "syntax.encoding",
         2,
         4,
         "byte 8 (\\xe9)"},
        {"a.yaml", {"a: \xED\xA0\x80", 6}, "syntax.encoding", 1, 4, "byte 3"},
        {"a.yaml", {"a: \xC0\x80", 5}, "syntax.encoding", 1, 4, "byte 3"},
        {"a.yaml", {"a: \xC3", 4}, "syntax.encoding", 1, 4, "byte 3"},
        {"a.json", {"\"\xE9\"", 3}, "syntax.encoding", 1, 2, "byte 1"},
        {"a.md", {"---\na: b\n---\n\xE9", 14}, "syntax.encoding", 4, 1, "byte 13"},
        {"a.yaml", {"a: b\nc\0d\0\0\0", 11}, "syntax.binary", 2, 2, "byte 6"},
        {"a.json", {"{\"a\":\0}", 7}, "syntax.binary", 1, 6, "NUL"},
        {"a.yaml",
         {"a: b\xC2\x85"
          "c",
          7},
         "syntax.line-separator",
         1,
         5,
         "NEL"},
        {"a.yaml", {"a: \"b\xE2\x80\xA8\"", 9}, "syntax.line-separator", 1, 6, "LS"},
        {"a.yaml", {"# \xE2\x80\xA9\na: 1", 10}, "syntax.line-separator", 1, 3, "PS"},
        {"a.md",
         {"---\na: \xE2\x80\xA8\n---\n", 15},
         "syntax.line-separator",
         2,
         4,
         "LS"},
        {"a.md", {"---\na: b\n---\n\xE2\x80\xA8\n", 17}, NULL, 0, 0, NULL},
        {"a.json", {"\"\xE2\x80\xA8\xC2\x85\"", 7}, NULL, 0, 0, NULL},
        {"a.yaml", {"a: \x07", 4}, "syntax.control-character", 1, 4, "U+0007"},
        {"a.yaml", {"a: \x1B[0m", 7}, "syntax.control-character", 1, 4, "U+001B"},
        {"a.yaml", {"a: \x7F", 4}, "syntax.control-character", 1, 4, "U+007F"},
        {"a.yaml", {"a: \xC2\x9F", 5}, "syntax.control-character", 1, 4, "U+009F"},
        {"a.yaml", {"a: \xEF\xBF\xBE", 6}, "syntax.control-character", 1, 4, "U+FFFE"},
        {"a.json", {"\"\x7F\"", 3}, NULL, 0, 0, NULL},
        {"a.json", {"\"\x01\"", 3}, "syntax.control-character", 1, 2, "U+0001"},
        {"a.yaml",
         {"a: \xEF\xBB\xBF"
          "b",
          7},
         NULL,
         0,
         0,
         NULL},
        {"a.yaml", {"a: \xF4\x8F\xBF\xBF", 7}, NULL, 0, 0, NULL},
};

static void check(const struct bytes *c)
{
	struct reading r;

	reading_open(&r, c->name, c->text, NULL);
	if (r.diags.n != (c->rule != NULL) || r.ok != !c->rule)
		fail_msg("%zu findings for case %td", r.diags.n, c - cases);
	if (c->rule) {
		const struct diag *d = r.diags.items;

		assert_string_equal(d->rule->id, c->rule);
		if (d->span.line != c->line || d->span.column != c->column)
			fail_msg("case %td is at %d:%d", c - cases, d->span.line,
			         d->span.column);
		if (!strstr(d->text.s, c->says))
			fail_msg("\"%s\" is not in: %s", c->says, d->text.s);
		assert_fragments(d);
	}
	reading_release(&r);
}

static void encodings_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(&cases[i]);
}

/* Odd bytes are seen wherever they lie among the bytes that are looked at together. */
static void every_position_is_seen(void **state)
{
	char text[100];

	(void)state;
	for (size_t at = 3; at < sizeof(text); at++) {
		struct reading r;

		memset(text, 'x', sizeof(text));
		memcpy(text, "a: ", 3);
		text[at] = '\x01';
		reading_open(&r, "a.yaml", (struct str){text, sizeof(text)}, NULL);
		assert_int_equal(r.diags.n, 1);
		assert_int_equal(r.diags.items[0].span.column, (int)at + 1);
		reading_release(&r);
	}
}

static void binary_files_give_few_findings(void **state)
{
	char text[4096];
	struct reading r;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i % 8 + 1);
	reading_open(&r, "a.yaml", (struct str){text, sizeof(text)}, NULL);
	assert_false(r.ok);
	assert_true(r.diags.n <= 10);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(encodings_are_told),
	        cmocka_unit_test(every_position_is_seen),
	        cmocka_unit_test(binary_files_give_few_findings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
