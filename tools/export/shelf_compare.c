/*
 * shelf_compare.c - entries of snapshots side by side
 */
#include "export/shelf_internal.h"

static bool is_status(struct str as)
{
	return str_eqz(as, "status");
}

/* The cell of the row KEY that is a status or is none; NULL: E has not got it. */
static const struct cell *cell_of(const struct shelf_entry *e, const struct view_row *row,
                                  struct str *comparator)
{
	for (size_t i = 0; i < e->view.rows_n; i++) {
		const struct view_row *own = &e->view.rows[i];

		if (str_eq(own->key, row->key) &&
		    is_status(own->as) == is_status(row->as)) {
			*comparator = own->comparator;
			return &e->view.cells[i];
		}
	}
	return NULL;
}

static void make_row(struct row *row, const struct view_row *head,
                     const struct shelf_entry *entries, size_t n, struct arena *arena)
{
	*row = (struct row){.key = head->key,
	                    .label = head->label,
	                    .as = head->as,
	                    .comparator = head->comparator,
	                    .cells = arena_array(arena, struct cell, n)};
	for (size_t i = 0; i < n; i++) {
		struct str comparator = STR_NONE;
		const struct cell *c = cell_of(&entries[i], head, &comparator);

		if (c)
			row->cells[i] = *c;
		/* A list beside a single value: both are compared as lists. */
		if (str_eqz(comparator, "list"))
			row->comparator = comparator;
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
	size_t rows_n = s->rows_n;

	if (!rows_n)
		rows = own_rows(&rows_n, entries, n, arena);
	*out = (struct comparison){.lang = s->chain[0],
	                           .chain = s->chain,
	                           .chain_n = s->chain_n,
	                           .columns_n = n,
	                           .rows_n = rows_n};
	out->columns = arena_array(arena, struct column, n);
	for (size_t i = 0; i < n; i++)
		out->columns[i] = entries[i].view.column;
	out->rows = arena_array(arena, struct row, rows_n);
	for (size_t i = 0; i < rows_n; i++)
		make_row(&out->rows[i], &rows[i], entries, n, arena);
	compare_complete(out, &s->words, opt, arena);
}
