/*
 * Any bytes as a pattern and a value, with a NUL between them: translating, compiling and
 * matching must come to an end and stay in bounds.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "schema/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = {size ? (const char *)data : "", size};
	size_t n = str_find(input, '\0');
	struct str text = str_sub(input, 0, n), value = str_sub(input, n + 1, size);
	struct arena arena = {0};
	struct err err = {0};
	struct pattern *p;
	void *scratch = NULL;
	bool valid = pattern_valid(text);

	if (text_invalid(value) < value.n)
		value = STR_NONE;
	if (pattern_compile(&p, text, &arena, &err)) {
		if (!valid)
			abort();
		(void)pattern_match(p, value, &scratch);
		pattern_match_release(&scratch);
		pattern_release(p);
	} else if (err.code != ERR_SCHEMA) {
		abort();
	}
	arena_release(&arena);
	return 0;
}
