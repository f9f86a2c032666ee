/*
 * The fingerprint depends on the content and on nothing else: random documents are written
 * in random layouts, as YAML and as JSON, and changed in one place.
 */
#include "version/version.h"

#include "../check.h"
#include "../doc/reading.h"

#include <stdio.h>

#define MAX_VALUES 200

enum kind { TEXT, NUMBER, WORD, LIST, MAP };

/* A value of a document; the children of value I are those whose parent is I. */
struct value {
	enum kind kind;
	int parent, depth;
	int choice; /* which text, number or word */
	bool changed;
};

struct document {
	struct value v[MAX_VALUES];
	int n;
};

/* Texts that want quotes; the last ones are fine without. */
static const char *const texts[] = {
        "",      "no",         "1",    "1e3",    "null",  "# x",    "a: b",  "- a",
        "it's",  "\"q\"",      "a\nb", " a ",    "\\",    "&a",     "*a",    "{",
        "tab\t", "2024-01-02", "~",    "Đại số", "plain", "öz dik", "日本語"};
#define PLAIN_FROM 20

/* Each row: ways to write one number. */
static const char *const numbers[][3] = {
        {"1", "1.0", "1e0"},
        {"0", "-0", "0.0"},
        {"-12.5", "-125e-1", "-12.50"},
        {"1000", "1e3", "1.0E+3"},
        {"0.1", "1e-1", "0.10"},
};

/* As in YAML and in JSON. */
static const char *const words[][2] = {
        {"true", "True"}, {"false", "FALSE"}, {"null", "~"}};

static int add(struct document *d, int parent, uint64_t *seed)
{
	int i = d->n++;
	struct value *v = &d->v[i];

	*v = (struct value){.parent = parent,
	                    .depth = parent < 0 ? 0 : d->v[parent].depth + 1};
	v->kind = parent < 0     ? MAP
	          : v->depth < 4 ? (enum kind)pick(seed, MAP + 1)
	                         : (enum kind)pick(seed, WORD + 1);
	v->choice = (int)pick(seed, 1000);
	if (v->kind == LIST || v->kind == MAP)
		for (uint32_t k = pick(seed, 5); k > 0 && d->n < MAX_VALUES - 1; k--)
			add(d, i, seed);
	return i;
}

/* How to write a document. */
struct layout {
	uint64_t seed; /* of all free choices */
	bool json, shuffled;
};

static void write_quoted(struct buf *b, const char *text, bool single)
{
	buf_addc(b, single ? '\'' : '"');
	for (const char *p = text; *p; p++) {
		if (single && *p == '\'')
			buf_addz(b, "''");
		else if (!single && (*p == '"' || *p == '\\'))
			buf_addf(b, "\\%c", *p);
		else if (!single && (*p == '\n' || *p == '\t'))
			buf_addz(b, *p == '\n' ? "\\n" : "\\u0009");
		else
			buf_addc(b, *p);
	}
	buf_addc(b, single ? '\'' : '"');
}

static void write_text(struct buf *b, int choice, struct layout *l)
{
	const char *text = texts[choice % (int)ARRAY_LEN(texts)];
	bool single = !l->json && !strpbrk(text, "\n\t") && pick(&l->seed, 2);

	if (!l->json && choice % (int)ARRAY_LEN(texts) >= PLAIN_FROM && pick(&l->seed, 2))
		buf_addz(b, text);
	else
		write_quoted(b, text, single);
}

static void write_scalar(struct buf *b, const struct value *v, struct layout *l)
{
	if (v->changed)
		buf_addz(b, "\"changed\"");
	else if (v->kind == TEXT)
		write_text(b, v->choice, l);
	else if (v->kind == NUMBER)
		buf_addz(b,
		         numbers[v->choice % (int)ARRAY_LEN(numbers)][pick(&l->seed, 3)]);
	else
		buf_addz(b, words[v->choice % 3][l->json ? 0 : pick(&l->seed, 2)]);
}

/* The children of value I: in order, or for maps in any. */
static int children(const struct document *d, int i, struct layout *l,
                    int out[MAX_VALUES])
{
	int n = 0;

	for (int k = i + 1; k < d->n; k++)
		if (d->v[k].parent == i)
			out[n++] = k;
	for (int k = n - 1; l->shuffled && d->v[i].kind == MAP && k > 0; k--) {
		int other = (int)pick(&l->seed, (uint32_t)k + 1), swap = out[k];

		out[k] = out[other];
		out[other] = swap;
	}
	return n;
}

static void write_flow(struct buf *b, const struct document *d, int i, struct layout *l)
{
	const struct value *v = &d->v[i];
	int child[MAX_VALUES], n;

	if (v->kind != LIST && v->kind != MAP) {
		write_scalar(b, v, l);
		return;
	}
	n = children(d, i, l, child);
	buf_addc(b, v->kind == MAP ? '{' : '[');
	for (int k = 0; k < n; k++) {
		buf_addz(b, k ? ", " : "");
		if (v->kind == MAP)
			buf_addf(b, "\"k%d%s\": ", child[k],
			         d->v[child[k]].changed ? "x" : "");
		write_flow(b, d, child[k], l);
	}
	if (v->changed)
		buf_addz(b, v->kind == MAP ? n ? ", \"new\": 1" : "\"new\": 1"
		            : n            ? ", 1"
		                           : "1");
	buf_addc(b, v->kind == MAP ? '}' : ']');
}

static void write_block(struct buf *b, const struct document *d, int i, int indent,
                        struct layout *l)
{
	int child[MAX_VALUES], n = children(d, i, l, child);

	if ((d->v[i].kind != LIST && d->v[i].kind != MAP) || !n || d->v[i].changed ||
	    (i && pick(&l->seed, 4) == 0)) {
		buf_addc(b, ' ');
		write_flow(b, d, i, l);
		buf_addz(b, pick(&l->seed, 4) ? "\n" : "   # a comment\n");
		return;
	}
	buf_addc(b, '\n');
	for (int k = 0; k < n; k++) {
		if (pick(&l->seed, 6) == 0)
			buf_addz(b, "\n# between\n");
		buf_fill(b, ' ', (size_t)indent);
		if (d->v[i].kind == MAP)
			buf_addf(b, "k%d%s:", child[k],
			         d->v[child[k]].changed ? "x" : "");
		else
			buf_addc(b, '-');
		write_block(b, d, child[k], indent + 1 + (int)pick(&l->seed, 4), l);
	}
}

static void fingerprint(char out[FINGERPRINT_SIZE], const char *name, struct str text,
                        const char *history)
{
	const struct doc_node *bad;
	struct reading r;

	reading_open(&r, name, text, NULL);
	assert_true(version_fingerprint(out, root_of(&r), str_of(history), &bad));
	reading_release(&r);
}

static void fingerprint_as(char out[FINGERPRINT_SIZE], const struct document *d,
                           struct layout l)
{
	struct buf b = BUF_INIT(1 << 20);

	if (l.json)
		write_flow(&b, d, 0, &l);
	else
		write_block(&b, d, 0, 0, &l);
	fingerprint(out, l.json ? "a.json" : "a.yaml", buf_str(&b), NULL);
	buf_release(&b);
}

static void layout_does_not_matter(void **state)
{
	static struct document d;
	uint64_t seed = 42;

	(void)state;
	for (int round = 0; round < 200; round++) {
		char first[FINGERPRINT_SIZE], other[FINGERPRINT_SIZE];

		d.n = 0;
		add(&d, -1, &seed);
		fingerprint_as(first, &d, (struct layout){1, false, false});
		for (uint64_t k = 2; k < 6; k++) {
			fingerprint_as(other, &d, (struct layout){k, k % 2, true});
			assert_string_equal(other, first);
		}
	}
}

static void any_change_matters(void **state)
{
	static struct document d;
	uint64_t seed = 99;

	(void)state;
	for (int round = 0; round < 200; round++) {
		char first[FINGERPRINT_SIZE], other[FINGERPRINT_SIZE];
		int place;

		d.n = 0;
		add(&d, -1, &seed);
		fingerprint_as(first, &d, (struct layout){1, false, false});
		place = (int)pick(&seed, (uint32_t)d.n);
		d.v[place].changed = true;
		fingerprint_as(other, &d, (struct layout){1, false, false});
		assert_string_not_equal(other, first);
	}
}

static void known_value(void **state)
{
	char got[FINGERPRINT_SIZE];

	(void)state;
	/* SHA-256 of {"a":[1,"é"],"b":null}, as other programs compute it. */
	fingerprint(got, "a.yaml", STR("b: ~\na: [1.0, \"\\u00e9\"]\n"), NULL);
	assert_string_equal(got,
	                    "c1-sha256:1e02bc81a26af2f027329541e97eef36f3290bedc6dfe0"
	                    "43dbe66b057ecb13ba");
	fingerprint(got, "a.yaml", STR("{}"), NULL);
	assert_string_equal(got,
	                    "c1-sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e"
	                    "8310c060f61caaff8a");
}

static void history_of_the_top_map_is_left_out(void **state)
{
	static const struct {
		const char *text;
		bool same;
	} rows[] = {
	        {"a: {history: 1}\nb: 2\nhistory: []\n", true},
	        {"history: [{version: 1, event: review}]\na: {history: 1}\nb: 2\n", true},
	        {"a: {history: 1}\nb: 2\nhistory: text\n", true},
	        {"a: {history: 2}\nb: 2\n", false},
	        {"a: {}\nb: 2\n", false},
	        {"a: {history: 1}\nb: 2\nHistory: []\n", false},
	};
	char want[FINGERPRINT_SIZE], got[FINGERPRINT_SIZE];

	(void)state;
	fingerprint(want, "a.yaml", STR("a: {history: 1}\nb: 2\n"), "history");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		fingerprint(got, "a.yaml", str_of(rows[i].text), "history");
		assert_int_equal(strcmp(got, want) == 0, rows[i].same);
	}
	fingerprint(got, "a.yaml", str_of(rows[0].text), NULL); /* no such role */
	assert_string_not_equal(got, want);
}

static void strings_are_hashed_as_they_stand(void **state)
{
	char composed[FINGERPRINT_SIZE], decomposed[FINGERPRINT_SIZE];

	(void)state;
	fingerprint(composed, "a.yaml", STR("a: \"\\u00e9\""), NULL);
	fingerprint(decomposed, "a.yaml", STR("a: \"e\\u0301\""), NULL);
	assert_string_not_equal(composed, decomposed);
}

static void number_that_no_double_carries(void **state)
{
	static const char *const rows[] = {"a: 9007199254740993", "a: [1, {b: 1e400}]",
	                                   "a: 0.1000000000000000055511151231257827"};
	char out[FINGERPRINT_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct doc_node *bad = NULL;
		struct reading r;

		reading_open(&r, "a.yaml", str_of(rows[i]), NULL);
		assert_false(version_fingerprint(out, root_of(&r), STR_NONE, &bad));
		assert_non_null(bad);
		assert_int_equal(bad->kind, DOC_NUMBER);
		reading_release(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(layout_does_not_matter),
	        cmocka_unit_test(any_change_matters),
	        cmocka_unit_test(known_value),
	        cmocka_unit_test(history_of_the_top_map_is_left_out),
	        cmocka_unit_test(strings_are_hashed_as_they_stand),
	        cmocka_unit_test(number_that_no_double_carries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
