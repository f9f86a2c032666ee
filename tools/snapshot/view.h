/*
 * view.h - the rows of a comparison in one language, ready for one entry after the other
 *
 * compare() sets entries side by side; whoever writes out many of them one by one takes the
 * same columns and cells from here.
 */
#pragma once

#include "snapshot/compare.h"

/* What the cells of one row have in common. */
struct view_row {
	struct str key;
	struct words label;
	struct str as, comparator; /* the comparator this entry's value suggests */
};

/* One entry in one language: its column, and a cell for each row. */
struct entry_view {
	struct column column;
	const struct view_row *rows; /* rows_n of them */
	const struct cell *cells; /* the same number; their keys are set */
	size_t rows_n;
};

/* Rows and words of a language. Read-only once it is open: threads may share it. */
struct view;

/*
 * LANG   as in struct compare_options
 * Lives: OUT as long as ARENA and LIBRARY
 * Fails: as compare()
 */
bool view_open(struct view **out, const struct library *library, struct str lang,
               struct arena *arena, struct err *err) MUST_CHECK;
/*
 * E in the rows of V; without rows in stemma.yaml, its own keys.
 * SAME   the same entry in another language, whose keys and citations are taken over; or NULL
 * Lives: as long as E, V, SAME and ARENA
 * Fails: as compare()
 */
bool view_entry(struct entry_view *out, const struct view *v, const struct entry *e,
                const struct entry_view *same, struct arena *arena,
                struct err *err) MUST_CHECK;

/* The words of V's language that a comparison shows beside its rows. */
const struct compare_words *view_words(const struct view *v);
/* The rows of stemma.yaml; *N is 0 when it has none. */
const struct view_row *view_rows(const struct view *v, size_t *n);
/*
 * The rows that N entries have by their own keys, together; of an entry only its collection, its
 * path and the keys of its top map are looked at.
 * Lives: as long as V and ARENA. Fails: ERR_LIMIT
 */
bool view_rows_of_keys(const struct view_row **out, size_t *rows_n, const struct view *v,
                       const struct entry *entries, size_t n, struct arena *arena,
                       struct err *err) MUST_CHECK;
/* The language, and those it falls back to, *N in all. */
const struct str *view_chain(const struct view *v, size_t *n);
