/*
 * Any bytes as an entry: its rules, its sources and its fingerprint must stay in bounds, and
 * findings have places and texts that can be shown.
 */
#include "base/text.h"
#include "version/version.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static const struct path *path(struct arena *a, struct str text)
{
	struct path *p = arena_new(a, struct path);
	struct err err = {0};

	require(path_compile(p, text, a, &err));
	return p;
}

static struct roles all_roles(struct arena *a)
{
	return (struct roles){
	        .id = path(a, STR("/id")),
	        .name = path(a, STR("/name")),
	        .seminal = path(a, STR("/seminal/*")),
	        .history = path(a, STR("/history")),
	        .related = path(a, STR("/related/*")),
	        .aliases = path(a, STR("/aliases/*/text")),
	        .sources = path(a, STR("/sources/*")),
	        .source_key = path(a, STR("/key")),
	        .source_doi = path(a, STR("/doi")),
	        .source_url = path(a, STR("/url")),
	        .source_same_work = path(a, STR("/same_work")),
	        .source_role = path(a, STR("/role")),
	        .source_status = path(a, STR("/status")),
	        .dois = path(a, STR("/dois/*/*")),
	        .dois_n = 1,
	};
}

static void check_findings(const struct diag_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct diag *d = &l->items[i];

		require(d->span.line > 0 && d->span.column > 0 && d->text.n > 0);
		require(text_invalid(d->text) == d->text.n);
		require(text_invalid(d->suggestion) == d->suggestion.n);
	}
}

/* No more works than sources; one entry has one fingerprint, and it says how it was made. */
static void check_entry(const struct roles *roles, const struct doc_node *root)
{
	char one[FINGERPRINT_SIZE], two[FINGERPRINT_SIZE];
	struct path_iter it = path_iter(roles->sources, root);
	const struct doc_node *bad;
	size_t sources = 0;

	while (path_next(&it))
		sources++;
	require(entry_source_count(roles, root) <= sources);
	if (version_fingerprint(one, root, STR("history"), &bad)) {
		require(version_fingerprint(two, root, STR("history"), &bad));
		require(str_eqz(str_of(one), two));
		require(str_starts(str_of(one), STR(FINGERPRINT_SCHEME)));
	} else {
		require(bad != NULL);
	}
	require(version_working(roles, root).version > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = {STR("fuzz.yaml"), {size ? (const char *)data : "", size}};
	const struct doc_options opt = {.nodes = 10000, .merge_keys = true};
	struct arena arena = {0}, run = {0};
	struct roles roles = all_roles(&run);
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, &run);
	if (!doc_read(&docs, &source, &opt, &arena, &diags))
		docs.n = 0;
	for (size_t i = 0; i < docs.n; i++) {
		struct diag_list found;

		diag_init(&found, &run);
		entry_check(&roles, &docs.items[i].root, STR("a"), &arena, &found);
		check_findings(&found);
		check_entry(&roles, &docs.items[i].root);
	}
	arena_release(&arena);
	arena_release(&run);
	return 0;
}
