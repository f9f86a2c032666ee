/*
 * internal.h - the merge's private parts
 */
#pragma once

#include "base/buf.h"
#include "base/map.h"
#include "merge/merge.h"

enum side { BASE, OURS, THEIRS };
#define SIDES 3
#define NO_SIDE (-1)

/* One conflict: what met in it. A node is NULL where the side has none. */
struct clash {
	const struct doc_node *nodes[SIDES];
	struct str place, why;
};

struct merging {
	const struct merge_options *opt;
	struct arena *arena;
	struct str
	        text[SIDES]; /* lines end in LF, the last one too; no byte order mark */
	const struct doc_node *root[SIDES];
	const struct doc_node *history[SIDES], *sources[SIDES]; /* NULL: none */
	struct str history_key, source_key;
	/*
	 * What stands in the result where the sides clash: both between markers (BASE), or
	 * one of them alone, to check the result.
	 */
	enum side take;
	struct buf out, place;
	struct clash *clashes;
	size_t n, cap;
	struct map clash_of; /* three nodes -> struct clash, once all are known */
	size_t work; /* bytes of the lists and maps taken apart so far */
	bool astray; /* the merge of values met a clash that the text has not */
};

/*
 * A member of a map or an item of a list, in block style, with the lines that belong to it;
 * or the whole file.
 */
struct piece {
	struct str lead; /* blank lines and comments before it, whole lines */
	struct str main; /* from its key or dash to the end of its last line */
	const struct doc_member *member; /* NULL: an item, or the file */
	const struct doc_node *node;
	size_t column; /* of its key or dash, 0-based */
};

/* The pieces of a block list or map, and the comments behind the last one. */
struct block {
	struct piece *pieces;
	size_t n, column;
	struct str header; /* what stands before the first one's line */
	struct str tail;
	bool compact; /* the first one stands on the header's line */
};

/* ---- lines.c: texts of whole lines, each indented by a number of columns ---- */

/* Append TEXT, indented by FROM columns, indented by TO. Its first line starts with no indent. */
void lines_add(struct buf *out, struct str text, size_t from, size_t to);
/* The same for whole lines, where the first one is indented too. */
void lines_add_whole(struct buf *out, struct str text, size_t from, size_t to);
bool lines_same(struct str a, size_t a_column, struct str b, size_t b_column);
/*
 * Which of three texts stands after a merge: the one that changed; where white space alone
 * differs, ours. NO_SIDE when both changed.
 */
int lines_pick(const struct str text[SIDES], const size_t column[SIDES]);
/* Bytes of whole lines that all three begin with. */
size_t lines_common(const struct str text[SIDES]);
/* Offset of the line that AT lies in, and of the line after it. */
size_t line_start(struct str text, size_t at);
size_t line_next(struct str text, size_t at);

/* ---- comments.c ---- */

struct comments {
	struct str *items; /* trimmed, from their "#" on */
	size_t n, cap;
};

/*
 * Append the comments between FROM and TO of side SIDE, in which the values below NODE and
 * the key of MEMBER (may be NULL) lie.
 */
void comments_collect(struct comments *out, const struct merging *m, enum side side,
                      size_t from, size_t to, const struct doc_member *member,
                      const struct doc_node *node);
/* Whether each comment that LOST has and BASE has not is in KEPT. */
bool comments_kept(const struct comments *lost, const struct comments *base,
                   const struct comments *kept, struct arena *arena);
/* The same for whole pieces; BASE may be NULL. */
bool piece_comments_kept(struct merging *m, const struct piece *const p[SIDES],
                         enum side lost, enum side kept);
/* Whether there is a comment within NODE's own place. */
bool node_has_comment(struct merging *m, enum side side, const struct doc_node *node);
/* Whether the file OUT, read as ROOT, has every comment that a merge of comments has. */
bool comments_survive(struct merging *m, struct str out, const struct doc_node *root);

/* ---- plan.c: which members or items meet, and their order ---- */

#define NOT_THERE UINT32_MAX

struct plan_item {
	uint32_t at[SIDES]; /* index of the member or item; NOT_THERE */
};

struct plan {
	struct plan_item *items;
	size_t n;
};

/*
 * Lay the collections NODES side by side (the base may be NULL or empty).
 * Returns NULL, or why that cannot be done.
 */
const char *plan_make(struct plan *out, struct merging *m,
                      const struct doc_node *const nodes[SIDES]);
/* Whether NODES are the history, and why its lines cannot be merged (NULL: they can). */
bool is_history(const struct merging *m, const struct doc_node *const nodes[SIDES]);
const char *history_clash(const struct doc_node *const nodes[SIDES]);
/* The history's lines: those of the base, new ones in both, ours, theirs. */
const char *plan_history(struct plan *out, struct merging *m,
                         const struct doc_node *const nodes[SIDES]);
/* What ITEM of the plan stands for, in each side of NODES. */
void plan_nodes(const struct doc_node *out[SIDES], const struct plan_item *item,
                const struct doc_node *const nodes[SIDES]);
/* The key that tells ITEM from the others in a list, or its text; absent: none. */
struct str item_name(const struct merging *m, const struct doc_node *list, uint32_t at,
                     struct arena *arena);
bool same_kind(const struct doc_node *const nodes[SIDES]);
/* doc_equal(), where NULL equals NULL alone. */
bool same_value(const struct doc_node *a, const struct doc_node *b);

/* ---- split.c ---- */

/* Whether NODE is a list or map of block style with something in it. */
bool is_block(const struct doc_node *node);
/* Whether NODE has an anchor or tag, or is an alias. */
bool has_property(const struct merging *m, enum side side, const struct doc_node *node);
/* Part P's collection. False when its layout is not one that is understood. */
bool block_split(struct block *out, struct merging *m, enum side side,
                 const struct piece *p);

/* ---- piece.c, nested.c, flow.c ---- */

/*
 * Append the merge of the pieces P (NULL where there is none) at column COLUMN. Returns true
 * when they clash as a whole, so that markers stand where the piece would.
 */
bool piece_merge(struct merging *m, const struct piece *const p[SIDES], size_t column);
/* Append what came out; or return why the pieces clash: then what was appended is void. */
const char *nested_merge(struct merging *m, const struct piece *const p[SIDES],
                         size_t column);
const char *flow_merge(struct merging *m, const struct doc_node *const nodes[SIDES],
                       const size_t column[SIDES]);
/* Whether there is work left to take NODES apart; it is counted. */
bool may_take_apart(struct merging *m, const struct doc_node *const nodes[SIDES]);
#define TOO_DEEP "it is too large and too deeply nested to be taken apart"
/* Why values that both sides changed clash. */
const char *value_clash(struct merging *m, const struct doc_node *const nodes[SIDES]);
/* A marker line: LENGTH times MARK, and LABEL when there is one. */
void marker_add(struct merging *m, char mark, struct str label);
void markers_add(struct merging *m, const struct str text[SIDES],
                 const size_t column[SIDES], size_t to);

/* ---- value.c ---- */

/*
 * The merge of the values NODES, made without their text, in OUT. False: there is no value.
 * Where the text has a clash, side M->take stands.
 */
bool value_merge(struct doc_node *out, struct merging *m,
                 const struct doc_node *const nodes[SIDES]);
struct str clash_key(struct merging *m, const struct doc_node *const nodes[SIDES]);
