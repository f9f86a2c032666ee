/*
 * A schema and a document, parted by a NUL byte or else by the first line end: compiling and
 * checking must come to an end within the limits, and a document is invalid exactly when
 * something is told.
 */
#include "base/limits.h"
#include "schema/schema.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_json(struct doc *out, struct source *source, struct str text,
                      struct arena *arena)
{
	struct doc_options opt = {.format = DOC_JSON};
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, arena);
	*source = (struct source){STR("fuzz.json"), text};
	if (!doc_read(&docs, source, &opt, arena, &diags) || docs.n != 1)
		return false;
	*out = docs.items[0];
	return true;
}

static void check(const struct schema *schema, const struct doc *doc, struct arena *arena)
{
	CLEANUP(schema_scratch_release) struct schema_scratch scratch = {0};
	struct diag_list found;

	diag_init(&found, arena);
	if (schema_check(schema, doc, &scratch, &found) != (found.n == 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str input = {(const char *)data, size};
	size_t at = str_find(input, '\0');
	struct source sources[2];
	const struct schema *schema = NULL;
	struct diag_list notes;
	struct err err = {0};
	struct doc s, d;

	if (at == size)
		at = str_find(input, '\n');
	diag_init(&notes, &arena);
	if (!read_json(&s, &sources[0], str_sub(input, 0, at), &arena) ||
	    !read_json(&d, &sources[1], str_sub(input, at + 1, size), &arena))
		return 0;
	if (!schema_compile(&schema, &s, STR_NONE, NULL, &arena, &notes, &err)) {
		if (!err.code || !err.text[0])
			abort();
		return 0;
	}
	check(schema, &d, &arena);
	schema_release(schema);
	return 0;
}
