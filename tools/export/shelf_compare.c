/*
 * shelf_compare.c - entries of snapshots side by side
 */
#include "export/shelf_internal.h"

static bool is_status(struct str as)
{
	return str_eqz(as, "status");
}

/* A status may have the key of another row. */
static struct str row_name(const struct view_row *row, struct arena *arena)
{
	return arena_fmt(arena, "%s" STR_FMT, is_status(row->as) ? "+" : "-",
	                 STR_ARG(row->key));
}

/* Where E has its rows, by their names: a snapshot may be a stranger's, with very many. */
static void name_rows(struct map *out, const struct shelf_entry *e, struct arena *arena)
{
	map_init(out, arena);
	for (size_t i = 0; i < e->view.rows_n; i++) {
		struct str name = row_name(&e->view.rows[i], arena);
		size_t *at = arena_new(arena, size_t);

		*at = i;
		if (!map_has(out, name))
			map_set(out, name, at);
	}
}

static void make_row(struct row *row, const struct view_row *head,
                     const struct shelf_entry *entries, const struct map *named, size_t n,
                     struct arena *arena)
{
	struct str name = row_name(head, arena);

	*row = (struct row){.key = head->key,
	                    .label = head->label,
	                    .as = head->as,
	                    .comparator = head->comparator,
	                    .cells = arena_array(arena, struct cell, n)};
	for (size_t i = 0; i < n; i++) {
		const struct entry_view *view = &entries[i].view;
		const size_t *at = map_get(&named[i], name);

		if (!at)
			continue;
		row->cells[i] = view->cells[*at];
		/* A list beside a single value: both are compared as lists. */
		if (str_eqz(view->rows[*at].comparator, "list"))
			row->comparator = view->rows[*at].comparator;
	}
}

/* Rows that entries have of their own, in the order they are met; status comes last. */
static const struct view_row *own_rows(size_t *n, const struct shelf_entry *entries,
                                       size_t entries_n, struct arena *arena)
{
	struct view_row *rows = NULL;
	struct map seen;
	size_t cap = 0;

	*n = 0;
	for (int status = 0; status < 2; status++) {
		map_init(&seen, arena);
		for (size_t i = 0; i < entries_n; i++)
			for (size_t k = 0; k < entries[i].view.rows_n; k++) {
				const struct view_row *row = &entries[i].view.rows[k];
				bool added;

				if (is_status(row->as) != (status == 1))
					continue;
				map_at(&seen, row->key, &added);
				if (added)
					*arena_push(arena, rows, *n, cap) = *row;
			}
	}
	return rows;
}

void shelf_compare(struct comparison *out, const struct shelf_entry *entries, size_t n,
                   const struct compare_options *opt, struct arena *arena)
{
	const struct shelf *s = entries[0].shelf;
	const struct view_row *rows = s->rows;
	struct map *named = arena_array(arena, struct map, n);
	size_t rows_n = s->rows_n;

	if (!rows_n)
		rows = own_rows(&rows_n, entries, n, arena);
	*out = (struct comparison){.lang = s->chain[0],
	                           .chain = s->chain,
	                           .chain_n = s->chain_n,
	                           .columns_n = n,
	                           .rows_n = rows_n};
	out->columns = arena_array(arena, struct column, n);
	for (size_t i = 0; i < n; i++) {
		out->columns[i] = entries[i].view.column;
		name_rows(&named[i], &entries[i], arena);
	}
	out->rows = arena_array(arena, struct row, rows_n);
	for (size_t i = 0; i < rows_n; i++)
		make_row(&out->rows[i], &rows[i], entries, named, n, arena);
	compare_complete(out, &s->words, opt, arena);
}
