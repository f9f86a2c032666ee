#include "snapshot/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

static const struct comparator comparators[] = {
        {"enum", false, false, DIFFERS_VALUE},   {"integer", false, false, DIFFERS_VALUE},
        {"number", false, false, DIFFERS_VALUE}, {"date", false, false, DIFFERS_VALUE},
        {"text", false, false, DIFFERS_TEXT},    {"list", false, false, DIFFERS_VALUE},
        {"id-set", true, false, DIFFERS_SET},    {"alias-set", true, false, DIFFERS_SET},
        {"work", false, false, DIFFERS_VALUE},   {"status", false, false, DIFFERS_VALUE},
        {"none", false, true, DIFFERS_NOT},
};

const struct comparator *comparator_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(comparators); i++)
		if (str_eqz(name, comparators[i].name))
			return &comparators[i];
	return NULL;
}

const char *difference_name(enum difference d)
{
	static const char *const names[] = {"none", "value", "set", "text", "missing"};

	return names[d];
}

/*
 * A node as what is compared: its canonical JSON, so that neither layout nor the language of
 * the page matters.
 */
static struct key node_key(const struct doc_node *node, struct str shown, struct arena *a)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(6ull * LIMIT_FILE_BYTES);
	const struct doc_node *bad;

	if (!doc_canonical(&b, node, STR_NONE, &bad))
		return (struct key){plain_text(node, a), shown};
	return (struct key){arena_str(a, buf_str(&b)), shown};
}

static struct key alias_key(const struct cell *c, size_t i, struct arena *a)
{
	struct str folded = text_fold(a, c->ids[i]);

	return (struct key){arena_cat(a, c->langs[i], STR("\n"), folded), c->ids[i]};
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct key *)a)->compared,
	               ((const struct key *)b)->compared);
}

static size_t sort_unique(struct key *keys, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(keys, n, sizeof(*keys), by_key);
	for (size_t i = 0; i < n; i++)
		if (!kept || !str_eq(keys[kept - 1].compared, keys[i].compared))
			keys[kept++] = keys[i];
	return kept;
}

void comparator_keys(const struct comparator *c, struct cell *cell, const struct maker *m,
                     const struct entry *e)
{
	size_t n = cell->n ? cell->n : 1;
	struct key *keys = arena_array(m->arena, struct key, n);

	if (c->off || cell->kind == VALUE_NONE || (cell->kind == VALUE_IDS && !cell->n))
		return;
	for (size_t i = 0; i < n; i++) {
		switch (cell->kind) {
		case VALUE_NODES:
			keys[i] = node_key(cell->nodes[i], cell->items[i].text, m->arena);
			break;
		case VALUE_IDS:
			keys[i] = (struct key){cell->ids[i], cell->ids[i]};
			break;
		case VALUE_ALIASES:
			keys[i] = alias_key(cell, i, m->arena);
			break;
		case VALUE_NODE:
			keys[i] = node_key(cell->node, cell->words.text, m->arena);
			break;
		case VALUE_WORK:
		case VALUE_WORKS:
			keys[i].compared =
			        entry_work_key(&e->file->collection->roles,
			                       cell->works[i].source, m->arena);
			keys[i].shown = cell->works[i].citation;
			break;
		default:
			keys[i] = (struct key){
			        cell->kind == VALUE_TEXT ? cell->text : cell->words.text,
			        cell->words.text};
		}
	}
	cell->keys = keys;
	cell->keys_n = c->set ? sort_unique(keys, n) : n;
}

static bool same_keys(const struct cell *a, const struct cell *b)
{
	if (a->keys_n != b->keys_n)
		return false;
	for (size_t i = 0; i < a->keys_n; i++)
		if (!str_eq(a->keys[i].compared, b->keys[i].compared))
			return false;
	return true;
}

/* The keys of a set are sorted. */
static bool has_key(const struct cell *c, struct str key)
{
	struct key wanted = {key, STR_NONE};

	return c->keys_n &&
	       bsearch(&wanted, c->keys, c->keys_n, sizeof(*c->keys), by_key);
}

static void find_shared(struct row *row, size_t cells, struct arena *a)
{
	const struct cell *first = &row->cells[0];
	struct str *shared = arena_array(a, struct str, first->keys_n);

	for (size_t i = 0; i < first->keys_n; i++) {
		bool everywhere = true;

		for (size_t k = 1; k < cells; k++)
			everywhere = everywhere &&
			             has_key(&row->cells[k], first->keys[i].compared);
		if (everywhere)
			shared[row->shared_n++] = first->keys[i].compared;
	}
	row->shared = shared;
}

void comparator_row(const struct comparator *c, struct row *row, size_t cells,
                    struct arena *a)
{
	size_t missing = 0;

	row->is_set = c->set;
	for (size_t i = 0; i < cells; i++)
		missing += row->cells[i].kind == VALUE_NONE;
	if (c->set)
		find_shared(row, cells, a);
	if (c->off)
		return;
	if (missing && missing < cells)
		row->difference = DIFFERS_MISSING;
	for (size_t i = 1; i < cells && !row->difference; i++)
		if (!same_keys(&row->cells[0], &row->cells[i]))
			row->difference = c->difference;
}
