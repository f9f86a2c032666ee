/*
 * Any two documents of one file: their differences point at what they name, and a text's
 * words in a row are the text again.
 */
#include "change/change.h"

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

static struct roles some_roles(struct arena *a)
{
	return (struct roles){
	        .history = path(a, STR("/history")),
	        .aliases = path(a, STR("/aliases/*")),
	        .alias_text = path(a, STR("/text")),
	        .sources = path(a, STR("/sources/*")),
	        .source_key = path(a, STR("/key")),
	};
}

static void check_words(struct str old, struct str new, struct arena *arena)
{
	struct word_list words = {0};
	size_t old_n = 0, new_n = 0;

	change_words(&words, old, new, arena);
	for (size_t i = 0; i < words.n; i++) {
		const struct word_piece *w = &words.items[i];

		require(w->text.n > 0);
		if (w->kind != WORD_ADDED) {
			require(str_eq(str_sub(old, old_n, w->text.n), w->text));
			old_n += w->text.n;
		}
		if (w->kind != WORD_REMOVED) {
			require(str_eq(str_sub(new, new_n, w->text.n), w->text));
			new_n += w->text.n;
		}
	}
	require(old_n == old.n && new_n == new.n);
}

static void check_two(const struct roles *roles, const struct doc_node *old,
                      const struct doc_node *new, struct arena *arena)
{
	struct change_list list = {0};

	change_fields(&list, roles, old, new, arena);
	require(change_any(roles, old, new) == (list.n || list.dropped));
	for (size_t i = 0; i < list.n; i++) {
		const struct field_change *c = &list.items[i];

		require(!c->new == (c->kind == CHANGE_REMOVED));
		require(!c->old == (c->kind == CHANGE_ADDED));
		if (c->new)
			require(doc_at(new, c->pointer) == c->new);
		else
			require(doc_at(old, c->pointer) == c->old);
		if (c->old && c->new)
			check_words(doc_text(c->old), doc_text(c->new), arena);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = {STR("fuzz.yaml"), {size ? (const char *)data : "", size}};
	const struct doc_options opt = {.nodes = 10000, .merge_keys = true};
	struct arena arena = {0}, run = {0};
	struct roles roles = some_roles(&run);
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, &run);
	if (!doc_read(&docs, &source, &opt, &arena, &diags))
		docs.n = 0;
	for (size_t i = 0; i + 1 < docs.n && i < 3; i++) {
		const struct doc_node *old = &docs.items[i].root;
		const struct doc_node *new = &docs.items[i + 1].root;

		check_two(&roles, old, new, &arena);
		check_two(&roles, old, old, &arena);
		check_two(NULL, new, old, &arena);
	}
	arena_release(&arena);
	arena_release(&run);
	return 0;
}
