/*
 * merge.h - three versions of an entry's file become one, by field and list key
 *
 * The result is put together from the bytes of the three files: what one side did not touch
 * keeps the bytes of the other, and where values agree the layout of ours stays. What cannot
 * be decided stays a conflict. The result is read again and its values are compared with a
 * merge of the values alone before it is handed out.
 */
#pragma once

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "doc/doc.h"
#include "entry/entry.h"

struct merge_options {
	const struct roles *roles; /* NULL: history lines stand under the key "history" */
	struct doc_options read;
	struct str base, ours,
	        theirs; /* behind the markers; absent: "base", "ours", ... */
	int marker; /* length of a conflict marker; 0: git's 7 */
};

struct merge_conflict {
	struct str place; /* like a JSON pointer, list items by their key; "": the file */
	struct str why; /* a fragment of a sentence */
};

struct merge_result {
	struct str text; /* of the merged file, with markers around each conflict */
	const struct merge_conflict *conflicts; /* n of them, in the order of the text */
	size_t n;
};

/*
 * Merge what OURS and THEIRS made of BASE. Returns true when there is no conflict.
 *
 * Maps merge by key; lists of maps by the key of the role `source` or the first of id, key,
 * name and text that tells all items apart; lists of distinct scalars as sets in order; all
 * else as a whole. History lines are only ever appended: both sides may append only when one
 * side's lines are about work on a version and the other's, which then come first, about its
 * public status; and not when that is a withdrawal, since nothing is worked on then.
 * Lives: OUT as long as ARENA
 * Fails: never; what cannot be read or understood is one conflict around the lines that differ
 */
bool merge_texts(struct merge_result *out, const struct source *base,
                 const struct source *ours, const struct source *theirs,
                 const struct merge_options *opt, struct arena *arena);
