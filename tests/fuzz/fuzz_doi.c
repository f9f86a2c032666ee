/*
 * Any text as a DOI: the class, the canonical and the wire form go together, and a canonical
 * form read again is itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "entry/doi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_wire(struct str wire)
{
	for (size_t i = 0; i < wire.n; i++)
		require(wire.s[i] > ' ' && wire.s[i] < 0x7F &&
		        !strchr("<>\"#?", wire.s[i]));
}

static void check_again(const struct doi *doi, struct arena *arena)
{
	struct doi again;

	require(text_invalid(doi->canonical) == doi->canonical.n);
	require(str_starts(doi->canonical, STR("10")));
	if (doi->class == DOI_SUSPICIOUS)
		return; /* what was doubted stays doubtful */
	doi_parse(&again, doi->canonical, arena);
	require(again.class != DOI_INVALID);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct doi doi;

	doi_parse(&doi, (struct str){size ? (const char *)data : "", size}, &arena);
	require(doi.why.n > 0);
	require(!doi.canonical.s == (doi.class == DOI_INVALID));
	require(!doi.wire.s == !doi.canonical.s);
	if (doi.canonical.s) {
		check_wire(doi.wire);
		check_again(&doi, &arena);
		require(doi_url(&doi, &arena).n > 0);
	}
	arena_release(&arena);
	return 0;
}
