/*
 * Any bytes as a YAML file, as front matter and with merge keys: each is read or told
 * about, and all places lie in the file.
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

static void read_as(struct str bytes, const struct doc_options *opt)
{
	struct source source = {STR("fuzz.yaml"), bytes};
	struct buf canonical = BUF_INIT(1 << 24);
	struct arena arena = {0}, run = {0};
	const struct doc_node *bad;
	struct diag_list diags;
	struct docs docs;
	bool ok;

	diag_init(&diags, &run);
	ok = doc_read(&docs, &source, opt, &arena, &diags);
	require(ok || diags.n);
	require(ok || !docs.n);
	for (size_t i = 0; i < docs.n; i++) {
		check_tree(&docs.items[i].root, bytes.n);
		require(doc_equal(&docs.items[i].root, &docs.items[i].root));
		buf_reset(&canonical);
		doc_canonical(&canonical, &docs.items[i].root, STR_NONE, &bad);
	}
	buf_release(&canonical);
	arena_release(&arena);
	arena_release(&run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct doc_options yaml = {.nodes = 10000},
	                         front = {.nodes = 10000, .format = DOC_MARKDOWN},
	                         merge = {.nodes = 10000, .merge_keys = true};
	struct str bytes = {size ? (const char *)data : "", size};

	read_as(bytes, &yaml);
	read_as(bytes, &front);
	read_as(bytes, &merge);
	return 0;
}
