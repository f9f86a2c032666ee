/*
 * tree.h - a tree of files that can be read: the disk, a commit, the index
 *
 * Whoever reads a dataset reads it through one of these, so that the same checks run on what
 * lies on the disk, on what is staged and on what any commit holds. Paths are those a user in
 * the current folder would type ("dataset/methods/x.yaml", "../dataset"); names in messages
 * are therefore the same wherever the bytes come from.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

enum tree_kind { TREE_NONE, TREE_FILE, TREE_FOLDER, TREE_LINK, TREE_OTHER };

struct tree_item {
	struct str name; /* terminated */
	enum tree_kind kind; /* never TREE_NONE */
};

struct tree_items {
	struct tree_item *items; /* n of them, sorted by name in byte order */
	size_t n;
};

struct tree {
	/*
	 * Read the file PATH as source_read() does. May be called from several threads at once.
	 * A link is followed on the disk only; elsewhere it is unreadable.
	 */
	enum source_status (*read)(const struct tree *t, struct source *out,
	                           struct buf *buf, struct str path, const char **why);
	/*
	 * What lies in the folder DIR (terminated), in ARENA; names with a dot in front are left
	 * out. False, with the reason in WHY, when it cannot be listed.
	 */
	bool (*list)(const struct tree *t, struct tree_items *out, struct str dir,
	             struct arena *arena, const char **why);
	/*
	 * The same for the items that WANTED is true for; a name is good during that call only.
	 * NULL: this tree lists all or nothing.
	 */
	bool (*list_some)(const struct tree *t, struct tree_items *out, struct str dir,
	                  bool (*wanted)(const struct tree_item *item, void *ctx),
	                  void *ctx, struct arena *arena, const char **why);
	/* What PATH (terminated) is; links are not followed. */
	enum tree_kind (*kind)(const struct tree *t, struct str path);
	/*
	 * The name of PATH's content: the 20 bytes of its git object id into ID. False where
	 * contents have no names (the disk) or nothing is there. NULL: nothing here has one.
	 */
	bool (*content)(const struct tree *t, unsigned char id[20], struct str path);
	bool on_disk; /* links and real paths mean something here */
};

/* The disk, from the current folder on. */
extern const struct tree tree_disk;
