/*
 * Any three texts, with lines "=====" between them: they merge or clash, in the same way every
 * time, and where one side did not change the values, a clean result has those of the other.
 */
#include <stdlib.h>
#include <string.h>

#include "merge/merge.h"

#define BETWEEN "\n=====\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static struct str cut(struct str *rest)
{
	const char *at = memmem(rest->s, rest->n, BETWEEN, sizeof(BETWEEN) - 1);
	struct str piece = *rest;

	if (!at) {
		*rest = (struct str){"", 0};
		return piece;
	}
	piece.n = (size_t)(at - rest->s) + 1;
	*rest = str_sub(*rest, piece.n + sizeof(BETWEEN) - 2, rest->n);
	return piece;
}

static const struct doc_node *read_text(const struct source *source,
                                        const struct doc_options *opt,
                                        struct arena *arena)
{
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, arena);
	if (!doc_read(&docs, source, opt, arena, &diags) || docs.n != 1)
		return NULL;
	return &docs.items[0].root;
}

static void check_values(const struct source s[3], struct str text,
                         const struct doc_options *opt, struct arena *arena)
{
	struct source result = {STR("result"), text};
	const struct doc_node *root = read_text(&result, opt, arena), *n[3];

	for (int i = 0; i < 3; i++)
		n[i] = read_text(&s[i], opt, arena);
	if (!n[0] || !n[1] || !n[2])
		return;
	require(root != NULL);
	if (doc_equal(n[0], n[1]))
		require(doc_equal(root, n[2]));
	if (doc_equal(n[0], n[2]))
		require(doc_equal(root, n[1]));
}

static void merge_as(struct str rest, const struct merge_options *opt)
{
	struct merge_result first, again;
	struct arena arena = {0};
	struct source s[3];

	for (int i = 0; i < 3; i++)
		s[i] = (struct source){STR("fuzz.yaml"), cut(&rest)};
	if (merge_texts(&first, &s[0], &s[1], &s[2], opt, &arena))
		check_values(s, first.text, &opt->read, &arena);
	else
		require(first.n > 0);
	merge_texts(&again, &s[0], &s[1], &s[2], opt, &arena);
	require(str_eq(first.text, again.text) && first.n == again.n);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct merge_options plain = {.read = {.nodes = 10000}},
	                           keys = {.read = {.nodes = 10000, .merge_keys = true}};
	struct str bytes = {size ? (const char *)data : "", size};

	merge_as(bytes, &plain);
	merge_as(bytes, &keys);
	return 0;
}
