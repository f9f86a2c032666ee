/*
 * Any bytes as a JSON file: it is read or told about, and what was read survives its own
 * canonical form.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_place(struct doc_mark start, struct doc_mark end, size_t size)
{
	require(start.offset <= end.offset && end.offset <= size);
	require(start.line >= 1 && start.column >= 1);
	require(end.line > start.line ||
	        (end.line == start.line && end.column >= start.column));
}

static void check_tree(const struct doc_node *node, size_t size)
{
	check_place(node->start, node->end, size);
	for (uint32_t i = 0; node->kind == DOC_LIST && i < node->n; i++)
		check_tree(&node->items[i], size);
	for (uint32_t i = 0; node->kind == DOC_MAP && i < node->n; i++) {
		check_place(node->members[i].start, node->members[i].end, size);
		check_tree(&node->members[i].value, size);
	}
}

static void read_again(const struct doc *doc, struct str text)
{
	struct arena arena = {0}, run = {0};
	struct source source = {STR("again.json"), text};
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, &run);
	require(doc_read(&docs, &source, NULL, &arena, &diags));
	require(doc_equal(&doc->root, &docs.items[0].root));
	arena_release(&arena);
	arena_release(&run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = {STR("fuzz.json"), {size ? (const char *)data : "", size}};
	struct buf canonical = BUF_INIT(1 << 24);
	const struct doc_options opt = {.nodes = 10000};
	struct arena arena = {0}, run = {0};
	const struct doc_node *bad;
	struct diag_list diags;
	struct docs docs;
	bool ok;

	diag_init(&diags, &run);
	ok = doc_read(&docs, &source, &opt, &arena, &diags);
	require(ok == (diags.n == 0));
	if (ok) {
		check_tree(&docs.items[0].root, size);
		if (doc_canonical(&canonical, &docs.items[0].root, STR_NONE, &bad))
			read_again(&docs.items[0], buf_str(&canonical));
	}
	buf_release(&canonical);
	arena_release(&arena);
	arena_release(&run);
	return 0;
}
