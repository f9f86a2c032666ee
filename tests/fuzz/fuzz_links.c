/*
 * Any bytes as a list of links and as a report: an address's key is its own key, no password
 * comes out, and what was read can be summed up and told.
 */
#include "base/text.h"
#include "link/link.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_form(struct str text, struct arena *arena)
{
	struct link_form form, again;

	link_form(&form, text, arena);
	require(form.key.s && form.shown.s);
	if (!form.good) {
		require(form.class && form.reason);
		return;
	}
	link_form(&again, form.key, arena);
	require(again.good && str_eq(again.key, form.key));
	require(form.host.n && text_invalid(form.key) == form.key.n);
	require(str_find(form.key, '#') == form.key.n);
}

/* Parts are there once, and the whole can be told. */
static void check_set(struct link_set *set, struct arena *arena)
{
	size_t urls = set->urls.n, citations = set->citations.n;
	struct link_set part = *set;
	struct link_summary summary;
	struct diag_list told;

	diag_init(&told, arena);
	link_sort(set);
	link_findings(&told, set);
	link_summarise(&summary, set, arena);
	require(summary.urls.total == urls && summary.citations.total == citations);
	part = *set;
	link_shard(&part, 1, 2);
	require(part.urls.n <= urls && part.citations.n <= citations);
}

static void check_report(struct str bytes, struct arena *arena)
{
	const struct source source = {STR("fuzz.json"), bytes};
	const struct doc_options opt = {.format = DOC_JSON, .nodes = 100000};
	struct diag_list unused;
	struct link_set set;
	struct err err = {0};
	struct docs docs;

	diag_init(&unused, arena);
	if (!doc_read(&docs, &source, &opt, arena, &unused) || docs.n != 1)
		return;
	link_set_init(&set, arena);
	if (!link_merge(&set, STR("one"), &docs.items[0].root, &err))
		require(err.code == ERR_IO);
	check_set(&set, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {size ? (const char *)data : "", size}, rest = bytes, line;
	struct arena arena = {0};
	struct link_set set;

	while (rest.n && str_split(&rest, '\n', &line))
		check_form(line, &arena);
	link_set_init(&set, &arena);
	link_gather_list(&set, STR("list"), bytes);
	check_set(&set, &arena);
	check_report(bytes, &arena);
	arena_release(&arena);
	return 0;
}
