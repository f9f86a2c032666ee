/* A comparison in every format: escapes, hostile texts, notes, what is missing. */
#include "render/compare.h"

#include "../snapshot/comparing.h"

#include "base/text.h"

#define CONFIG \
	"languages: {default: en, others: [vi]}\n" \
	"collections:\n" \
	"  c:\n" \
	"    folder: c\n" \
	"    roles: {name: /name, sources: \"/sources/*\", seminal: /seminal,\n" \
	"      source: {key: /key, url: /url, title: /title}}\n" \
	"compare:\n" \
	"  works: {text: \"{title}.\"}\n" \
	"  rows: [{key: t, value: /t, as: text}, {key: w, value: /seminal, as: work}]\n"

/* A and B (YAML) side by side as FORMAT, in OUT. */
static void render(struct buf *out, enum compare_format format, const char *lang,
                   const struct compare_style *style, const char *a, const char *b)
{
	struct compare_options opt = {.lang = str_of(lang),
	                              .accessed = STR("2026-06-20")};
	struct comparing x;
	struct opened o;

	opened_start(&o);
	sandbox_write("c/a.yaml", a);
	sandbox_write("c/b.yaml", b);
	opened_open(&o, CONFIG);
	if (!compare_ids(&x, &o, "a b", &opt))
		fail_msg("%s", o.err.text);
	compare_render(out, &x.c, format, style);
	library_release(&x.library);
	opened_close(&o);
}

/* The line of FORMAT that starts with START, for A against an entry without anything. */
static void check_line(enum compare_format format, const char *a, const char *start,
                       const char *want)
{
	struct compare_style style = {.width = 80};
	struct buf out = BUF_INIT(1 << 20);
	const char *line;
	size_t n;

	render(&out, format, "en", &style, a, "name: B\n");
	line = strstr(buf_z(&out), start);
	if (!line)
		fail_msg("no line \"%s\" in:\n%s", start, buf_z(&out));
	n = strcspn(line, "\n");
	assert_str((struct str){line, n}, want);
	buf_release(&out);
}

static void csv_fields_are_quoted_when_they_must_be(void **state)
{
	static const struct {
		const char *yaml, *want;
	} rows[] = {
	        {"t: plain", "t,t,true,plain,\r"},
	        {"t: \"a,b\"", "t,t,true,\"a,b\",\r"},
	        {"t: 'say \"x\"'", "t,t,true,\"say \"\"x\"\"\",\r"},
	        {"t: \"a\\rb\"", "t,t,true,\"a\rb\",\r"},
	        {"t: \"\"", "t,t,true,,\r"},
	        {"t: \"a\\e[31m\\x9b\\u202e\\u200fb\\0\"",
	         "t,t,true,a\\u{001b}[31m\\u{009b}\\u{202e}\xE2\x80\x8F"
	         "b\\u{0000},\r"},
	        {"x: y", "t,t,false,,\r"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_line(COMPARE_CSV, rows[i].yaml, "t,t,", rows[i].want);
	check_line(COMPARE_CSV, "name: N", "key,", "key,label,differs,a,b\r");
	check_line(COMPARE_CSV, "name: \"N, n\"", "name,", "name,,,\"N, n\",B\r");
}

static void markup_in_the_data_is_text_in_md(void **state)
{
	static const struct {
		const char *yaml, *want;
	} rows[] = {
	        {"t: plain", "plain"},
	        {"t: \"a|b\"", "a\\|b"},
	        {"t: \"*a* `b` [c](d)\"", "\\*a\\* \\`b\\` \\[c\\](d)"},
	        {"t: ~~a~~", "\\~\\~a\\~\\~"},
	        {"t: <script>", "\\<script>"},
	        {"t: \"a\\nb\\r\\nc\"", "a<br>b<br>c"},
	        {"t: \"&lt; & &x\"", "\\&lt; & &x"},
	        {"t: snake_case _it_", "snake_case \\_it\\_"},
	        {"t: \"\\e[31m\\u202E\"", "\\u{001b}\\[31m\\u{202e}"},
	        {"t: \"\\\\\"", "\\\\"},
	};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_line(
		        COMPARE_MD, rows[i].yaml, "| ≠ **t**",
		        arena_fmt(&a, "| ≠ **t** | %s | not recorded |", rows[i].want).s);
	arena_release(&a);
}

static void links_in_md(void **state)
{
	(void)state;
	check_line(
	        COMPARE_MD,
	        "seminal: a\nsources: [{key: a, title: T, url: \"https://x.org/(a) b\"}]",
	        "| ≠ **w**",
	        "| ≠ **w** | T. [link ↗](https://x.org/%28a%29%20b) | not recorded |");
	check_line(
	        COMPARE_MD,
	        "seminal: a\nsources: [{key: a, title: T, url: \"https://x.org/`\\u202e\"}]",
	        "| ≠ **w**",
	        "| ≠ **w** | T. [link ↗](https://x.org/%60%E2%80%AE) | not recorded |");
	check_line(
	        COMPARE_MD,
	        "seminal: a\nsources: [{key: a, title: T, url: \"javascript:alert(1)\"}]",
	        "| ≠ **w**", "| ≠ **w** | T. | not recorded |");
}

static const char hostile[] = "name: \"N\\u001b]0;x\\u0007\\u202e\\u2028\"\n"
                              "t: \"\\u009b31m \\u0000 a\\tb\\nc 日本語 e\\u0301 "
                              "averyveryveryveryveryveryveryverylongword\"\n"
                              "seminal: a\nsources: [{key: a, title: \"\\u202d\", url: "
                              "\"https://x/\\u001b\"}]\n";

static void terminals_and_pages_get_nothing_raw(void **state)
{
	static const enum compare_format formats[] = {COMPARE_TEXT, COMPARE_MD,
	                                              COMPARE_JSON};
	static const int widths[] = {1, 20, 80, 200, 1000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(formats) * ARRAY_LEN(widths); i++) {
		struct compare_style style = {.width = widths[i % ARRAY_LEN(widths)]};
		struct buf out = BUF_INIT(1 << 20);
		size_t at = 0;

		render(&out, formats[i / ARRAY_LEN(widths)], "en", &style, hostile,
		       hostile);
		assert_false(out.overflow);
		while (at < out.n) {
			uint32_t c = text_next(buf_str(&out), &at);

			if (c == TEXT_BAD || (c != '\n' && c < 0x20) ||
			    (text_unsafe(c) && c >= 0x7F))
				fail_msg("U+%04X in %s", c, buf_z(&out));
		}
		buf_release(&out);
	}
}

static void text_keeps_to_the_width(void **state)
{
	(void)state;
	for (int width = 60; width <= 200; width += 7) {
		struct compare_style style = {.width = width};
		struct buf out = BUF_INIT(1 << 20);
		struct str rest, line;

		render(&out, COMPARE_TEXT, "en", &style, hostile,
		       "t: 日本語日本語日本語\n");
		for (rest = buf_str(&out); str_split(&rest, '\n', &line);) {
			assert_in_range(text_width(line), 0, width);
			assert_false(str_ends(line, STR(" ")));
		}
		buf_release(&out);
	}
}

static void colour_only_when_it_is_welcome(void **state)
{
	struct compare_style plain = {.width = 80}, colour = {80, true};
	struct buf out = BUF_INIT(1 << 20);

	(void)state;
	render(&out, COMPARE_TEXT, "en", &plain, "t: a", "t: b");
	assert_null(strchr(buf_z(&out), '\033'));
	buf_reset(&out);
	render(&out, COMPARE_TEXT, "en", &colour, "t: a", "t: b");
	assert_non_null(strchr(buf_z(&out), '\033'));
	buf_release(&out);
}

static void notes_only_when_there_is_something_to_say(void **state)
{
	static const struct {
		const char *a, *b;
		bool differs, language;
	} rows[] = {
	        {"t: a", "t: a", false, false},
	        {"t: a", "t: b", true, false},
	        {"t: {en: a}", "t: {en: a}", false, true},
	        {"name: {en: N}", "name: {vi: V}", false, true},
	        {"t: {vi: a}", "t: {vi: b}", true, false},
	};
	struct compare_style style = {.width = 200};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = BUF_INIT(1 << 20);

		render(&out, COMPARE_TEXT, "vi", &style, rows[i].a, rows[i].b);
		assert_int_equal(strstr(buf_z(&out), "≠ marks rows that differ") != NULL,
		                 rows[i].differs);
		assert_int_equal(strstr(buf_z(&out), "Shown in another language: ") !=
		                         NULL,
		                 rows[i].language);
		buf_release(&out);
	}
}

static const struct doc_node *read_json(struct opened *o, const struct buf *text)
{
	struct source *s = arena_new(&o->arena, struct source);
	struct docs docs;

	*s = (struct source){STR("out.json"), buf_str(text)};
	if (!doc_read(&docs, s, NULL, &o->arena, &o->diags))
		fail_msg("%s", findings_text(&o->diags, &o->arena).s);
	return &docs.items[0].root;
}

static void json_says_it_all(void **state)
{
	struct compare_style style = {0};
	struct buf out = BUF_INIT(1 << 20);
	const struct doc_node *root;
	struct opened o = {0};

	(void)state;
	diag_init(&o.diags, &o.arena);
	render(&out, COMPARE_JSON, "vi", &style, hostile,
	       "t: {a: 1, b: [1.5, true, null]}");
	root = read_json(&o, &out);
	assert_str(doc_text(doc_get(root, "schema")), "compare/1");
	assert_str(doc_text(doc_at(root, STR("/ids/1"))), "b");
	assert_str(doc_text(doc_at(root, STR("/rows/0/key"))), "t");
	assert_true(doc_at(root, STR("/rows/0/differs"))->truth);
	assert_str(doc_text(doc_at(root, STR("/rows/0/differs_kind"))), "text");
	assert_true(str_starts(doc_text(doc_at(root, STR("/rows/0/cells/0/value"))),
	                       STR("\xC2\x9B"
	                           "31m \0 a\tb\nc")));
	assert_int_equal(doc_at(root, STR("/rows/0/cells/1/value/b/1"))->truth, true);
	assert_int_equal(doc_at(root, STR("/rows/1/cells/1/text"))->kind, DOC_NULL);
	assert_str(doc_text(doc_at(root, STR("/rows/1/cells/1/missing"))),
	           "not-recorded");
	buf_release(&out);
	arena_release(&o.arena);
}

/* Keys with a NUL character are two keys, whatever the library thinks of them. */
static void json_keys_are_whole(void **state)
{
	(void)state;
	check_line(COMPARE_JSON, "t: {\"a\\0b\": 1, \"a\\0c\": 2}", "\"a\\\\u{0000}b\"",
	           "\"a\\\\u{0000}b\": 1,");
	check_line(COMPARE_JSON, "t: {\"a\\0b\": 1, \"a\\0c\": 2}", "\"a\\\\u{0000}c\"",
	           "\"a\\\\u{0000}c\": 2");
}

static void formats_have_names(void **state)
{
	static const char *const want[] = {"text", "md", "json", "csv"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_string_equal(compare_format_names[i], want[i]);
	assert_null(compare_format_names[ARRAY_LEN(want)]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(csv_fields_are_quoted_when_they_must_be),
	        cmocka_unit_test(markup_in_the_data_is_text_in_md),
	        cmocka_unit_test(links_in_md),
	        cmocka_unit_test(terminals_and_pages_get_nothing_raw),
	        cmocka_unit_test(text_keeps_to_the_width),
	        cmocka_unit_test(colour_only_when_it_is_welcome),
	        cmocka_unit_test(notes_only_when_there_is_something_to_say),
	        cmocka_unit_test(json_says_it_all),
	        cmocka_unit_test(json_keys_are_whole),
	        cmocka_unit_test(formats_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
