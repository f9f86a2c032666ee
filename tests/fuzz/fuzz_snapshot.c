/*
 * fuzz_snapshot.c - lines of a stranger's snapshot, set side by side and printed
 */
#include "export/shelf_internal.h"
#include "render/compare.h"

#include <stdlib.h>

#define COLUMNS 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t read_lines(struct shelf_entry *out, const struct shelf *shelf,
                         struct str text, struct arena *arena)
{
	struct doc_options json = {.format = DOC_JSON};
	struct str line;
	size_t n = 0;

	while (n < COLUMNS && str_split(&text, '\n', &line)) {
		struct source source = {STR("line"), line};
		struct diag_list diags;
		struct docs docs;

		diag_init(&diags, arena);
		if (!doc_read(&docs, &source, &json, arena, &diags) || docs.n != 1)
			continue;
		out[n] = (struct shelf_entry){.shelf = shelf};
		shelf_object(&out[n].view, &docs.items[0].root, n % 2, arena);
		n++;
	}
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct str chain[] = {{"en", 2}};
	struct arena arena = {0};
	struct shelf shelf = {.arena = &arena, .chain = chain, .chain_n = 1};
	struct shelf_entry entries[COLUMNS];
	struct compare_options opt = {.accessed = STR("2026-06-20")};
	struct compare_style style = {80, false};
	struct str text = arena_str(&arena, (struct str){(const char *)data, n});
	size_t columns = read_lines(entries, &shelf, text, &arena);
	struct comparison c;

	for (int format = 0; columns && compare_format_names[format]; format++) {
		struct buf out = BUF_INIT(1 << 24);

		shelf_compare(&c, entries, columns, &opt, &arena);
		compare_render(&out, &c, (enum compare_format)format, &style);
		buf_release(&out);
	}
	arena_release(&arena);
	return 0;
}
