/*
 * merging.h - merge three texts, for the tests of merge
 */
#pragma once

#include "../roles.h"

#include "merge/merge.h"

static inline struct source text_source(const char *name, struct str text)
{
	return (struct source){.name = str_of(name), .bytes = text};
}

static inline bool merge_strs(struct merge_result *out, struct str base, struct str ours,
                              struct str theirs, const struct roles *roles,
                              struct arena *arena)
{
	struct source b = text_source("base", base), o = text_source("ours", ours),
	              t = text_source("theirs", theirs);
	struct merge_options opt = {.roles = roles};

	return merge_texts(out, &b, &o, &t, &opt, arena);
}

/* WANT: the whole text; then, when there are conflicts, "PLACE: WHY\n" for each. */
static inline void check_merge(const char *base, const char *ours, const char *theirs,
                               const char *const want[])
{
	struct arena arena = {0};
	struct roles roles = plain_roles(&arena);
	struct buf told = BUF_INIT(1 << 20);
	struct merge_result r;
	bool clean = merge_strs(&r, str_of(base), str_of(ours), str_of(theirs), &roles,
	                        &arena);

	for (size_t i = 0; i < r.n; i++)
		buf_addf(&told, STR_FMT ": " STR_FMT "\n", STR_ARG(r.conflicts[i].place),
		         STR_ARG(r.conflicts[i].why));
	if (!str_eqz(r.text, want[0]) || !str_eqz(buf_str(&told), want[1] ? want[1] : ""))
		fail_msg("merge of ours:\n%s\ntheirs:\n%s\nis:\n" STR_FMT
		         "\nwant:\n%s\ntold:\n%s\nwant:\n%s",
		         ours, theirs, STR_ARG(r.text), want[0], buf_z(&told),
		         want[1] ? want[1] : "");
	assert_int_equal(clean, want[1] == NULL);
	buf_release(&told);
	arena_release(&arena);
}

#define CHECK(base, ours, theirs, ...) \
	check_merge(base, ours, theirs, (const char *const[]){__VA_ARGS__, NULL})
