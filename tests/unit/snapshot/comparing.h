/*
 * comparing.h - entries of a sandbox set side by side
 */
#pragma once

#include "../dataset/open.h"

#include "snapshot/compare.h"

struct comparing {
	struct library library;
	struct comparison c;
};

/* Compare the entries named in IDS (separated by blanks); false when compare() fails. */
static inline bool compare_ids(struct comparing *x, struct opened *o, const char *ids,
                               const struct compare_options *opt)
{
	struct entry entries[16];
	struct str rest = str_of(ids), id, near;
	size_t n = 0;

	*x = (struct comparing){0};
	assert_true(library_open(&x->library, o->dataset, &o->arena, &o->diags, &o->err));
	while (str_split(&rest, ' ', &id))
		if (!library_entry(&entries[n++], &x->library, id, &near, &o->diags))
			fail_msg("no entry " STR_FMT, STR_ARG(id));
	return compare(&x->c, &x->library,
	               memcpy(arena_array(&o->arena, struct entry, n), entries,
	                      n * sizeof(*entries)),
	               n, opt, &o->arena, &o->err);
}

static inline const struct row *row_of(const struct comparison *c, const char *key)
{
	for (size_t i = 0; i < c->rows_n; i++)
		if (str_eqz(c->rows[i].key, key))
			return &c->rows[i];
	fail_msg("no row %s", key);
	return NULL;
}
