/*
 * internal.h - what the files of change/ share
 */
#pragma once

#include "base/buf.h"
#include "base/map.h"
#include "change/change.h"

#define NOWHERE UINT32_MAX

/* The history's top member, or absent: then no member is left out. */
struct str change_history_key(const struct roles *roles);

/* ---- align.c: which item of one list is which of the other ---- */

struct alignment {
	uint32_t *to_old; /* for each new item its old one, or NOWHERE */
	bool *found; /* for each old item: it is some new item's */
	bool keyed;
	struct str key; /* keyed: the member, absent when it is a role's path */
	const struct path *path;
	bool moved; /* the pairs are in another order */
};

/* PATH: where the key stands in an item by its role; NULL: no role. Lives in SCRATCH. */
void align_lists(struct alignment *out, const struct doc_node *old,
                 const struct doc_node *new, const struct path *path,
                 struct arena *scratch);
/* The key's node of an item of an aligned list. */
const struct doc_node *align_key(const struct alignment *a, const struct doc_node *item);

/* ---- place.c ---- */

/* Append the step to a member, or to item number I (0-based) with the key's NODE or NULL. */
void place_member(struct buf *place, struct str key);
/* *WHOLE: all of the node's text stands there. */
void place_item(struct buf *place, const struct doc_node *key, size_t i, bool *whole);

/* ---- fields.c, lists.c: the walk down both contents ---- */

/* How much of a role's list path the walk has followed; -1: it is elsewhere. */
struct trail {
	int sources, aliases;
};

struct walk {
	struct change_list *out;
	const struct roles *roles;
	struct arena *arena; /* for what is handed out */
	struct arena scratch;
	struct buf old_at, new_at, place;
	size_t bytes; /* of pointers and places handed out */
	int depth;
};

/* What is here on both sides; nodes are not NULL. */
void walk_node(struct walk *w, struct trail t, const struct doc_node *old,
               const struct doc_node *new);
void walk_lists(struct walk *w, struct trail t, const struct doc_node *old,
                const struct doc_node *new);
/* Note a change at the place the walk is at. */
void walk_add(struct walk *w, enum change_kind kind, const struct doc_node *old,
              const struct doc_node *new, bool named);
/* The trail of a content as a whole. */
#define TRAIL_START ((struct trail){0, 0})
/* The key of the items of the list at T by a role, or NULL. */
const struct path *walk_role_key(const struct walk *w, struct trail t);
/* What names an item in its place: its key, itself when it is a scalar, else nothing. */
const struct doc_node *align_name(const struct alignment *a, const struct doc_node *item);
/* The trail one step further down; KEY absent: into an item of a list. */
struct trail walk_step(const struct walk *w, struct trail t, struct str key);
