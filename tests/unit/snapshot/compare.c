/*
 * Entries side by side: the page that the dataset started from comes out to the letter, and
 * what marks a difference does not depend on the language.
 */
#include "comparing.h"

#include "base/limits.h"

static struct docs read_file(const char *path, struct arena *a)
{
	struct buf *bytes = arena_new(a, struct buf);
	struct source *s = arena_new(a, struct source);
	struct diag_list unused;
	struct docs docs;
	const char *why;

	*bytes = BUF_INIT(LIMIT_FILE_BYTES);
	diag_init(&unused, a);
	assert_int_equal(source_read(s, bytes, str_of(path), &why), SOURCE_OK);
	s->bytes = arena_str(a, s->bytes);
	buf_release(bytes);
	assert_true(doc_read(&docs, s, NULL, a, &unused));
	return docs;
}

static void open_real(struct opened *o)
{
	*o = (struct opened){0};
	diag_init(&o->diags, &o->arena);
	if (!dataset_open(&o->dataset, &tree_disk, STR(STEMMA_DATASET "/stemma.yaml"),
	                  &o->arena, &o->diags, &o->err))
		fail_msg("%s", o->err.text);
}

static void close_real(struct opened *o, struct comparing *x)
{
	library_release(&x->library);
	dataset_release(o->dataset);
	arena_release(&o->arena);
}

static void assert_node(struct str got, const struct doc_node *want)
{
	if (!str_eq(got, doc_text(want)))
		fail_msg("got \"" STR_FMT "\", want \"" STR_FMT "\"", STR_ARG(got),
		         STR_ARG(doc_text(want)));
}

/* One row of the seed against what came out. */
static void check_row(const struct row *row, const struct doc_node *want)
{
	const struct doc_node *cells = doc_get(want, "cells"),
	                      *items = doc_get(want, "items");

	assert_node(row->label.text, doc_get(want, "label"));
	for (uint32_t i = 0; cells && i < cells->n; i++)
		assert_node(row->cells[i].words.text, &cells->items[i]);
	for (uint32_t i = 0; items && i < items->n; i++)
		for (uint32_t k = 0; k < items->items[i].n; k++)
			assert_node(row->cells[i].items[k].text,
			            &items->items[i].items[k]);
	assert_int_equal(row->difference != DIFFERS_NOT, doc_get(want, "differs")->truth);
}

/*
 * Summaries are written anew and states follow from releases: both are left out of the seed.
 * The related entries differ although their number does not.
 */
static void seed_page_comes_out(void **state)
{
	struct compare_options opt = {.lang = STR("vi"), .accessed = STR("2026-06-20")};
	const struct doc_node *seed, *rows;
	struct comparing x;
	struct opened o;

	(void)state;
	open_real(&o);
	seed = &read_file(STEMMA_SEED, &o.arena).items[0].root;
	assert_true(compare_ids(
	        &x, &o, "self-attention bert-fine-tuning gpt-fine-tuning lora-peft",
	        &opt));
	assert_node(x.c.title.text, doc_get(seed, "title"));
	assert_node(x.c.lead.text, doc_get(seed, "lead"));
	assert_node(x.c.url, doc_get(seed, "url"));
	assert_node(x.c.citation, doc_get(seed, "citation"));
	assert_node(x.c.citation_line, doc_get(seed, "citation_line"));
	for (uint32_t i = 0; i < x.c.columns_n; i++)
		assert_node(x.c.columns[i].name.text,
		            &doc_get(seed, "headings")->items[i]);
	rows = doc_get(seed, "rows");
	assert_int_equal(x.c.rows_n, rows->n);
	for (uint32_t i = 0; i < rows->n; i++) {
		assert_node(x.c.rows[i].key, doc_get(&rows->items[i], "key"));
		check_row(&x.c.rows[i], &rows->items[i]);
	}
	close_real(&o, &x);
}

static void seed_differs_in_the_same_rows_in_all_languages(void **state)
{
	static const char *const langs[] = {"en", "vi", "tr", "pt-BR", "ar"};
	const char *want = "year originator type seminal aliases related summary ";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
		struct compare_options opt = {.lang = str_of(langs[i]),
		                              .accessed = STR("2026-06-20"),
		                              .only_differences = true};
		struct buf got = BUF_INIT(1000);
		struct comparing x;
		struct opened o;

		open_real(&o);
		assert_true(compare_ids(
		        &x, &o,
		        "self-attention bert-fine-tuning gpt-fine-tuning lora-peft",
		        &opt));
		for (size_t r = 0; r < x.c.rows_n; r++)
			buf_addf(&got, STR_FMT " ", STR_ARG(x.c.rows[r].key));
		assert_str(buf_str(&got), want);
		assert_int_equal(x.c.differing, 7);
		assert_int_equal(x.c.same, 3);
		buf_release(&got);
		close_real(&o, &x);
	}
}

#define ENTRIES \
	"collections: {c: {folder: c, roles: {name: /name, short_name: /short}}}\n"

static void another_language_is_marked(void **state)
{
	struct compare_options opt = {.lang = STR("vi-VN"),
	                              .accessed = STR("2026-06-20")};
	struct comparing x;
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "name: {en: A, vi: Á}\ntype: {en: T}\ny: 1\n");
	sandbox_write("c/b.yaml", "name: {en: B}\ntype: {vi: V}\ny: {vi: 1}\n");
	opened_open(&o, "languages: {default: en, others: [vi]}\n" ENTRIES);
	assert_true(compare_ids(&x, &o, "a b", &opt));
	assert_str(x.c.columns[0].name.text, "Á"); /* vi is what vi-VN asks for */
	assert_false(x.c.columns[0].name.fallback);
	assert_str(x.c.columns[1].name.text, "B");
	assert_true(x.c.columns[1].name.fallback);
	assert_true(row_of(&x.c, "type")->cells[0].words.fallback);
	assert_str(row_of(&x.c, "type")->cells[0].words.lang, "en");
	assert_false(row_of(&x.c, "type")->cells[1].words.fallback);
	assert_null(row_of(&x.c, "y")->cells[0].words.lang.s);
	library_release(&x.library);
	opened_close(&o);
}

static void without_rows_every_key_is_one(void **state)
{
	struct compare_options opt = {.accessed = STR("2026-06-20")};
	struct buf got = BUF_INIT(1000);
	struct comparing x;
	struct opened o;

	(void)state;
	opened_start(&o);
	sandbox_write("c/a.yaml", "name: A\nx: 1\n\"a/b\": 2\n\"*\": 3\nhistory: []\n");
	sandbox_write("c/b.yaml", "name: B\nz: [1, {a: 2, b: 3}]\nx: 1\n");
	opened_open(&o, "collections: {c: {folder: c, roles: {name: /name,"
	                " history: /history}}}\n");
	assert_true(compare_ids(&x, &o, "a b", &opt));
	for (size_t i = 0; i < x.c.rows_n; i++)
		buf_addf(&got, STR_FMT "=" STR_FMT "|" STR_FMT " ",
		         STR_ARG(x.c.rows[i].key),
		         STR_ARG(x.c.rows[i].cells[0].words.text),
		         STR_ARG(x.c.rows[i].cells[1].words.text));
	assert_str(buf_str(&got),
	           "x=1|1 a/b=2| *=3| z=|1; a: 2, b: 3 "
	           "dataset=v1 · 0 sources · Draft|v1 · 0 sources · Draft ");
	buf_release(&got);
	library_release(&x.library);
	opened_close(&o);
}

static void a_path_to_many_shows_them_all(void **state)
{
	static const char config[] =
	        "collections:\n"
	        "  c: {folder: c, roles: {name: /name}, terms: {\"/tags/*\": v}}\n"
	        "vocabularies: {v: v.yaml}\n";
	static const char *const rows[] = {
	        "",
	        "compare: {rows: [{key: tags, value: \"/tags/*\"}]}\n",
	        "compare: {rows: [{key: tags, value: \"/tags/*\", as: text}]}\n",
	        "compare: {rows: [{key: tags, value: \"/tags/*\", as: term}]}\n",
	        "compare: {rows: [{key: tags, value: /tags, as: term, vocabulary: v}]}\n",
	};
	static const bool labels[] = {true, false, false, true, true};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct compare_options opt = {.accessed = STR("2026-06-20")};
		struct comparing x;
		struct opened o;
		const struct row *row;

		opened_start(&o);
		sandbox_write("v.yaml",
		              "id: v\ntitle: {en: V}\nterms: {a: {label: {en: Ay}},"
		              " b: {label: {en: Bee}}}\n");
		sandbox_write("c/a.yaml", "name: A\ntags: [a, b]\n");
		sandbox_write("c/b.yaml", "name: B\ntags: [a, c]\n");
		opened_open(&o, arena_fmt(&o.arena, "%s%s", config, rows[i]).s);
		assert_true(compare_ids(&x, &o, "a b", &opt));
		row = row_of(&x.c, "tags");
		assert_str(row->cells[0].words.text, labels[i] ? "Ay, Bee" : "a, b");
		assert_str(row->cells[1].words.text, labels[i] ? "Ay, c" : "a, c");
		assert_int_equal(row->difference, DIFFERS_VALUE);
		library_release(&x.library);
		opened_close(&o);
	}
}

static void wrong_rows_are_an_error(void **state)
{
	static const struct {
		const char *row, *error;
	} rows[] = {
	        {"{key: a, value: /a, as: term}",
	         "no vocabulary is bound to the path \"/a\""},
	        {"{key: a, value: /a, vocabulary: v}", "there is no vocabulary \"v\""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct compare_options opt = {.accessed = STR("2026-06-20")};
		struct comparing x;
		struct opened o;

		opened_start(&o);
		sandbox_write("c/a.yaml", "name: A\n");
		opened_open(&o, arena_fmt(&o.arena, ENTRIES "compare: {rows: [%s]}\n",
		                          rows[i].row)
		                        .s);
		assert_false(compare_ids(&x, &o, "a", &opt));
		assert_int_equal(o.err.code, ERR_CONFIG);
		assert_non_null(strstr(o.err.text, rows[i].error));
		library_release(&x.library);
		opened_close(&o);
	}
}

static void shapes_that_do_not_fit_are_no_crash(void **state)
{
	static const char *const odd[] = {"5",
	                                  "[]",
	                                  "{}",
	                                  "null",
	                                  "[null, [[]], {}]",
	                                  "{en: [x]}",
	                                  "text",
	                                  "[{key: a}, 7]",
	                                  "true"};
	static const char config[] =
	        "collections:\n"
	        "  c:\n"
	        "    folder: c\n"
	        "    roles: {name: /x, short_name: /x, seminal: /x, sources: \"/x/*\","
	        " aliases: \"/x/*\", related: \"/x/*\", alias: {text: /t},"
	        " source: {key: /key, authors: \"/key/*\", doi: /key}}\n"
	        "vocabularies: {v: missing.yaml}\n"
	        "compare:\n"
	        "  rows:\n"
	        "  - {key: a, value: /x, as: term, vocabulary: v}\n"
	        "  - {key: b, value: /x, as: work}\n"
	        "  - {key: c, value: \"/x/*\", as: work}\n"
	        "  - {key: d, value: \"/x/*\", as: ids, show: names}\n"
	        "  - {key: e, value: \"/x/*\", as: aliases, item: \"{text}[{}]\"}\n"
	        "  - {key: f, value: /x, as: list, item: \"{a}[{b}]\"}\n"
	        "  - {key: g, value: /x, as: integer}\n"
	        "  - {key: h, value: /x, as: auto}\n"
	        "  - {key: i, value: /x, as: date, comparator: id-set}\n"
	        "  - {key: j, value: \"\", as: text}\n"
	        "  - {key: k, as: status}\n";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
		struct compare_options opt = {.accessed = STR("2026-06-20")};
		struct comparing x;
		struct opened o;

		opened_start(&o);
		sandbox_write("c/a.yaml", arena_fmt(&o.arena, "x: %s\n", odd[i]).s);
		sandbox_write("c/b.yaml", "y: 1\n");
		opened_open(&o, config);
		if (!compare_ids(&x, &o, "a b", &opt))
			fail_msg("%s", o.err.text);
		assert_int_equal(x.c.rows_n, 11);
		library_release(&x.library);
		opened_close(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(seed_page_comes_out),
	        cmocka_unit_test(seed_differs_in_the_same_rows_in_all_languages),
	        cmocka_unit_test(another_language_is_marked),
	        cmocka_unit_test(without_rows_every_key_is_one),
	        cmocka_unit_test(a_path_to_many_shows_them_all),
	        cmocka_unit_test(wrong_rows_are_an_error),
	        cmocka_unit_test(shapes_that_do_not_fit_are_no_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
