/* Differences in every format: what is told, what is escaped, and the schema of the JSON. */
#include "render/change.h"

#include "../change/pair.h"

#include "base/text.h"
#include "schema/schema.h"

/* One entry or file, from OLD to NEW, in a set. */
struct shown {
	struct pair pair;
	struct entry_change entry;
	struct file_change file;
	struct change_set set;
	struct buf out;
};

static void shown_open(struct shown *t, const char *old, const char *new)
{
	*t = (struct shown){.out = BUF_INIT(1 << 24)};
	pair_open(&t->pair, old, new);
	t->set.old_name = STR("A");
	t->set.new_name = STR("B");
	t->entry = (struct entry_change){.collection = STR("methods"), .id = STR("x")};
	t->entry.old_path = old ? STR("m/x.yaml") : STR_NONE;
	t->entry.new_path = new ? STR("m/x.yaml") : STR_NONE;
}

static void shown_release(struct shown *t)
{
	pair_release(&t->pair);
	buf_release(&t->out);
}

static void shown_entry(struct shown *t, const char *old, const char *new)
{
	if (change_classify(&t->entry, &t->pair.roles, t->pair.was, t->pair.is,
	                    str_of(old), str_of(new), &t->pair.arena)) {
		t->set.entries = &t->entry;
		t->set.entries_n = 1;
	}
}

static void shown_render(struct shown *t, enum change_format format, int width,
                         bool colour)
{
	struct change_style style = {.width = width, .colour = colour};

	change_set_finish(&t->set);
	change_render(&t->out, &t->set, format, &style);
	assert_false(t->out.overflow);
}

/* The whole output for an entry x, from OLD to NEW. */
static void check(enum change_format format, const char *old, const char *new,
                  const char *want)
{
	struct shown t;

	shown_open(&t, old, new);
	shown_entry(&t, old, new);
	shown_render(&t, format, 80, false);
	assert_str(buf_str(&t.out), want);
	shown_release(&t);
}

#define BEFORE \
	"LoRA keeps the weights of a pre-trained model frozen and learns the change."
#define AFTER \
	"LoRA keeps the parameters of a pre-trained model frozen and learns the change."

#define OLD \
	"year: 2021\nname: {en: A, vi: B}\nrelated: [a, b]\nsources: [{key: h, year: 1}]\n" \
	"t: '1'\nsummary: " BEFORE "\nhistory:\n- {version: 1, event: review}\n"
#define NEW \
	"year: 2022\nname: {en: A, tr: C}\nrelated: [b, c]\nsources: [{key: h, year: " \
	"2}]\nt: 1\nsummary: " AFTER "\nhistory:\n- {version: 1, event: review}\n" \
	"- {version: 1, event: approved, date: 2026-06-20, by: A. Curator}\n"

static void fields_as_text(void **state)
{
	(void)state;
	check(CHANGE_TEXT, OLD, NEW,
	      "changed x\n"
	      "  year             2021 -> 2022\n"
	      "- name.vi          B\n"
	      "+ name.tr          C\n"
	      "- related[a]\n"
	      "+ related[c]\n"
	      "  sources[h].year  1 -> 2\n"
	      "  t                \"1\" -> 1\n"
	      "  summary          LoRA keeps the [-weights-]{+parameters+} of a "
	      "pre-trained\n"
	      "                   model frozen and learns the change.\n"
	      "+ history          approved v1, 2026-06-20, by A. Curator\n"
	      "\n"
	      "A -> B: 1 entry (1 changed)\n");
	check(CHANGE_TEXT, "l: [a, b]", "l: [b, a]",
	      "changed x\n  l        in another order\n\nA -> B: 1 entry (1 changed)\n");
	check(CHANGE_TEXT, NULL, "a: {b: [1, \"x y\", null]}\nc: ''",
	      "added x\n+ a        {b: [1, \"x y\", null]}\n+ c        \"\"\n\n"
	      "A -> B: 1 entry (1 added)\n");
	check(CHANGE_TEXT, "{}",
	      "a_very_long_name_of_a_field_that_is_too_long: a value\nb: 1",
	      "changed x\n+ a_very_long_name_of_a_field_that_is_too_long\n"
	      "           a value\n+ b        1\n\nA -> B: 1 entry (1 changed)\n");
	check(CHANGE_TEXT, "a: 1", "a: 1 # why",
	      "layout x\n  the same content: comments, order of keys or quoting differ\n"
	      "\nA -> B: 1 entry (1 only laid out)\n");
	check(CHANGE_TEXT, "history: [1]", "history: [2]",
	      "history x\n  history lines were changed, removed or put in another "
	      "order\n\nA -> B: 1 entry (1 only in history)\n");
	check(CHANGE_TEXT, "a: 1", "a: 1", "no differences between A and B\n");
}

static void fields_as_md(void **state)
{
	(void)state;
	check(CHANGE_MD, OLD, NEW,
	      "# Changes from A to B\n\n1 entry (1 changed).\n\n## Changed\n\n"
	      "- **x** (methods)\n"
	      "  - **year**: 2021 → 2022\n"
	      "  - **name.vi** removed: B\n"
	      "  - **name.tr** added: C\n"
	      "  - **related\\[a\\]** removed\n"
	      "  - **related\\[c\\]** added\n"
	      "  - **sources\\[h\\].year**: 1 → 2\n"
	      "  - **t**: \"1\" → 1\n"
	      "  - **summary**: LoRA keeps the <del>weights</del><ins>parameters</ins> "
	      "of a pre-trained model frozen and learns the change.\n"
	      "  - **history**: approved v1, 2026-06-20, by A. Curator\n");
	check(CHANGE_MD, "a: 1", "a: 1", "# Changes from A to B\n\nNo differences.\n");
	check(CHANGE_MD, NULL, "a: 1",
	      "# Changes from A to B\n\n1 entry (1 added).\n\n## Added\n\n- **x** "
	      "(methods)\n");
	check(CHANGE_MD, "a: \"<b>\"", "a: \"[x](y) *z*\\n# h\"",
	      "# Changes from A to B\n\n1 entry (1 changed).\n\n## Changed\n\n"
	      "- **x** (methods)\n"
	      "  - **a**: \\<b> → \\[x\\](y) \\*z\\*<br># h\n");
}

static void versions_and_moves(void **state)
{
	struct shown t;

	(void)state;
	shown_open(&t, "a: 1", "a: 1");
	t.entry.old_path = STR("m/y.yaml");
	t.entry.old_version = 1;
	t.entry.old_state = "published";
	t.entry.new_version = 2;
	t.entry.new_state = "draft";
	shown_entry(&t, "a: 1", "a: 1");
	shown_render(&t, CHANGE_TEXT, 80, false);
	assert_str(buf_str(&t.out), "moved x (v1 -> draft v2)\n"
	                            "  file     m/y.yaml -> m/x.yaml\n\n"
	                            "A -> B: 1 entry (1 moved)\n");
	buf_reset(&t.out);
	t.entry.new_state = t.entry.old_state;
	t.entry.new_version = 1;
	shown_render(&t, CHANGE_MD, 80, false);
	assert_str(buf_str(&t.out),
	           "# Changes from A to B\n\n1 entry (1 moved).\n\n## Moved\n\n"
	           "- **x** (methods, v1)\n  - moved from m/y.yaml to m/x.yaml\n");
	shown_release(&t);
}

#define VOCABULARY_OLD "terms: {a: {label: {en: A}}, b: {label: {en: B}}}"
#define VOCABULARY_NEW "terms: {a: {label: {en: X}}, c: {label: {en: C}}}"

static void shared_files(void **state)
{
	struct shown t;

	(void)state;
	shown_open(&t, VOCABULARY_OLD, VOCABULARY_NEW);
	t.file = (struct file_change){.path = STR("v/f.yaml"), .what = SHARED_VOCABULARY};
	assert_true(change_classify_file(&t.file, t.pair.was, t.pair.is,
	                                 STR(VOCABULARY_OLD), STR(VOCABULARY_NEW),
	                                 &t.pair.arena));
	t.set.files = &t.file;
	t.set.files_n = 1;
	shown_render(&t, CHANGE_TEXT, 80, false);
	assert_str(buf_str(&t.out), "changed v/f.yaml (vocabulary)\n"
	                            "  terms.a.label.en  A -> X\n"
	                            "- terms.b           {label: {en: \"B\"}}\n"
	                            "+ terms.c           {label: {en: \"C\"}}\n\n"
	                            "A -> B: 1 shared file (1 changed)\n");
	buf_reset(&t.out);
	shown_render(&t, CHANGE_MD, 80, false);
	assert_str(buf_str(&t.out),
	           "# Changes from A to B\n\n1 shared file (1 changed).\n\n"
	           "## Shared files\n\n- **v/f.yaml** (vocabulary) changed\n"
	           "  - terms added: c\n  - terms removed: b\n  - terms changed: a\n");
	shown_release(&t);
}

static void ids_of_several_collections_are_told_apart(void **state)
{
	struct entry_change entries[] = {{.collection = STR("b"), .id = STR("x")},
	                                 {.collection = STR("a"),
	                                  .id = STR("x"),
	                                  .kind = ENTRY_REMOVED,
	                                  .old_version = 3}};
	struct shown t;

	(void)state;
	shown_open(&t, NULL, NULL);
	t.set.entries = entries;
	t.set.entries_n = 2;
	shown_render(&t, CHANGE_TEXT, 80, false);
	assert_str(buf_str(&t.out), "removed x (a, v3)\n\nadded x (b)\n\n"
	                            "A -> B: 2 entries (1 added, 1 removed)\n");
	shown_release(&t);
}

static void colours_instead_of_marks(void **state)
{
	struct shown t;

	(void)state;
	shown_open(&t, "s: " BEFORE, "s: " AFTER "\nn: 1");
	shown_entry(&t, "s: " BEFORE, "s: " AFTER "\nn: 1");
	shown_render(&t, CHANGE_TEXT, 200, true);
	assert_str(buf_str(&t.out),
	           "\033[1mchanged\033[0m\033[1m \033[0m\033[1mx\033[0m\n"
	           "  s        LoRA keeps the \033[31mweights\033[0m\033[32mparameters"
	           "\033[0m of a pre-trained model frozen and learns the change.\n"
	           "\033[32m+ n\033[0m        \033[32m1\033[0m\n\n"
	           "A -> B: 1 entry (1 changed)\n");
	shown_release(&t);
}

/* ---- hostile data ---- */

#define EVIL "\\u001b]0;x\\u0007\\u202e\\u2028\\n| `*[<b>](javascript:x)*` "
#define EVIL_OLD \
	"\"k" EVIL "\": \"" EVIL "\"\nl: [\"" EVIL "\", 日本語]\n" \
	"t: \"" EVIL EVIL EVIL " some words to keep here\"\n"
#define EVIL_NEW \
	"\"k" EVIL "\": 1\nl: [\"x" EVIL "\"]\nt: \"x " EVIL EVIL EVIL \
	" some words to keep here\"\nn: {\"" EVIL "\": \"" EVIL "\"}\n" \
	"history: [{event: \"" EVIL "\", by: \"" EVIL "\", reason: \"" EVIL "\"}]\n"

static void check_shown(const struct buf *out)
{
	for (size_t at = 0; at < out->n;) {
		uint32_t c = text_next(buf_str(out), &at);

		if (c == TEXT_BAD || (c != '\n' && text_unsafe(c)))
			fail_msg("U+%04X in %s", c, buf_z(out));
	}
}

static void nothing_of_the_data_acts(void **state)
{
	static const enum change_format formats[] = {CHANGE_TEXT, CHANGE_MD, CHANGE_JSON};
	static const struct str evil = {"i\033[2J\n# <x>\xE2\x80\xAE", 13};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		struct shown t;

		shown_open(&t, EVIL_OLD, EVIL_NEW);
		t.entry.id = t.entry.collection = t.entry.old_path = evil;
		t.set.old_name = t.set.new_name = evil;
		shown_entry(&t, EVIL_OLD, EVIL_NEW);
		assert_int_equal(t.set.entries_n, 1);
		shown_render(&t, formats[i], 60, false);
		check_shown(&t.out);
		if (formats[i] == CHANGE_MD) {
			assert_null(strstr(buf_z(&t.out), "\n# <"));
			assert_null(strstr(buf_z(&t.out), " <b>"));
			assert_null(strstr(buf_z(&t.out), " `"));
		}
		shown_release(&t);
	}
}

static void text_keeps_to_the_width(void **state)
{
	(void)state;
	for (int width = 40; width < 150; width += 11) {
		struct str rest, line;
		struct shown t;

		shown_open(&t, "s: " BEFORE "\nl: [日本語日本語日本語日本語日本語]",
		           "s: " AFTER);
		shown_entry(&t, "old", "new");
		shown_render(&t, CHANGE_TEXT, width, false);
		for (rest = buf_str(&t.out); str_split(&rest, '\n', &line);) {
			assert_in_range(text_width(line), 0, width);
			assert_false(str_ends(line, STR(" ")));
		}
		shown_release(&t);
	}
}

static void long_values_are_cut(void **state)
{
	struct buf old = BUF_INIT(1 << 24), new = BUF_INIT(1 << 24);
	struct shown t;

	(void)state;
	buf_addz(&old, "a: x\ns: ");
	buf_addz(&new, "a: ");
	buf_fill(&new, 'y', 1000000);
	buf_addz(&new, "\ns: ");
	for (int i = 0; i < 20000; i++) {
		buf_addz(&old, "word ");
		buf_addz(&new, i == 700 ? "other " : "word ");
	}
	buf_addz(&new, "\nl: [");
	for (int i = 0; i < 50000; i++)
		buf_addz(&new, "[a, {b: c}], ");
	buf_addz(&new, "]");
	shown_open(&t, buf_z(&old), buf_z(&new));
	shown_entry(&t, buf_z(&old), buf_z(&new));
	shown_render(&t, CHANGE_TEXT, 80, false);
	assert_in_range(t.out.n, 1000, 20000);
	assert_non_null(strstr(buf_z(&t.out), "[-word-]{+other+}"));
	shown_release(&t);
	buf_release(&old);
	buf_release(&new);
}

static void kept_words_are_left_out_in_the_middle(void **state)
{
	struct buf old = BUF_INIT(1 << 20), new = BUF_INIT(1 << 20);
	struct shown t;

	(void)state;
	buf_addz(&old, "t: ");
	for (int i = 100; i < 200; i++)
		buf_addf(&old, "w%d ", i);
	buf_add(&new, buf_str(&old));
	buf_addz(&new, "end");
	shown_open(&t, buf_z(&old), buf_z(&new));
	shown_entry(&t, buf_z(&old), buf_z(&new));
	shown_render(&t, CHANGE_MD, 80, false);
	assert_non_null(strstr(buf_z(&t.out), "w122 w123 ... w176 w177 "));
	assert_non_null(strstr(buf_z(&t.out), "w199<ins> end</ins>"));
	shown_release(&t);
	buf_release(&old);
	buf_release(&new);
}

/* ---- the schema of the JSON ---- */

static void check_json(struct shown *t)
{
	struct schema_scratch scratch = {0};
	const struct schema *schema;
	struct err err = {0};
	struct arena a = {0};
	struct diag_list found;
	struct reading r;

	diag_init(&found, &a);
	buf_reset(&t->out);
	shown_render(t, CHANGE_JSON, 80, false);
	reading_open(&r, "d.json", buf_str(&t->out), NULL);
	if (!schema_load(&schema, STR(STEMMA_SCHEMAS "/diff.schema.json"), NULL, &a,
	                 &found, &err))
		fail_msg("%s", err.text);
	assert_int_equal(found.n, 0);
	root_of(&r);
	if (!schema_check(schema, &r.docs.items[0], &scratch, &found))
		fail_msg("%s " STR_FMT "\n%s", found.items[0].rule->id,
		         STR_ARG(found.items[0].text), buf_z(&t->out));
	schema_scratch_release(&scratch);
	schema_release(schema);
	reading_release(&r);
	arena_release(&a);
}

static void check_json_of(const char *old, const char *new)
{
	struct shown t;

	shown_open(&t, old, new);
	shown_entry(&t, old, new);
	t.file = (struct file_change){.path = STR("v"), .what = SHARED_VOCABULARY};
	if (change_classify_file(&t.file, t.pair.was, t.pair.is, str_of(old), str_of(new),
	                         &t.pair.arena)) {
		t.set.files = &t.file;
		t.set.files_n = 1;
	}
	check_json(&t);
	t.file.what = SHARED_CONFIG;
	t.entry.new_version = 2;
	t.entry.new_state = "draft";
	check_json(&t);
	shown_release(&t);
}

static void json_is_as_described(void **state)
{
	(void)state;
	check_json_of(OLD, NEW);
	check_json_of(NULL, NEW);
	check_json_of(OLD, NULL);
	check_json_of(OLD, OLD);
	check_json_of(EVIL_OLD, EVIL_NEW);
	check_json_of(VOCABULARY_OLD, VOCABULARY_NEW);
	check_json_of("a: 1", "a: 1 # why");
	check_json_of("{\"\": 1, l: [1, 2]}", "l: [2, 1]\n\"\\0\": 1e999");
	check_json_of("a: 1", "[1]");
}

static void json_says_what_the_text_says(void **state)
{
	struct shown t;

	(void)state;
	shown_open(&t, "year: 2021", "year: 2022");
	shown_entry(&t, "year: 2021", "year: 2022");
	shown_render(&t, CHANGE_JSON, 80, false);
	assert_non_null(strstr(buf_z(&t.out), "\"kind\": \"changed\",\n"
	                                      "          \"pointer\": \"/year\",\n"
	                                      "          \"place\": \"year\",\n"
	                                      "          \"old\": 2021,\n"
	                                      "          \"new\": 2022\n"));
	shown_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(fields_as_text),
	        cmocka_unit_test(fields_as_md),
	        cmocka_unit_test(versions_and_moves),
	        cmocka_unit_test(shared_files),
	        cmocka_unit_test(ids_of_several_collections_are_told_apart),
	        cmocka_unit_test(colours_instead_of_marks),
	        cmocka_unit_test(nothing_of_the_data_acts),
	        cmocka_unit_test(text_keeps_to_the_width),
	        cmocka_unit_test(long_values_are_cut),
	        cmocka_unit_test(kept_words_are_left_out_in_the_middle),
	        cmocka_unit_test(json_is_as_described),
	        cmocka_unit_test(json_says_what_the_text_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
