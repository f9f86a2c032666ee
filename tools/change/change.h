/*
 * change.h - what differs between two contents: fields of an entry, words of a text, and the
 * whole of two states of a dataset
 *
 * Pure functions: no file, no repository, no clock. Whoever compares fills a change_set from
 * what it reads, and render/ writes it out.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "doc/doc.h"
#include "entry/entry.h"

/* ---- fields ---- */

enum change_kind {
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_CHANGED,
	CHANGE_MOVED, /* a list: the items on both sides stand in another order */
};

/* "added", "removed", "changed", "moved". */
const char *change_kind_name(enum change_kind k);

struct field_change {
	enum change_kind kind;
	struct str
	        pointer; /* RFC 6901: into the new content, into the old when removed */
	/*
	 * The same for people: `name.vi`, `sources[hu2022].year`, `related[rlhf]`, and
	 * `authors[#2]` for the second item of a list without keys. "" is all of the
	 * content. Long texts are cut. Characters are as in the data: make them visible.
	 */
	struct str place;
	bool named; /* the place ends with the whole value, an item of a list of texts */
	const struct doc_node *old, *new; /* NULL when absent; a list when moved */
};

/* Differences, in the order of the new content; what was removed, where it stood. */
struct change_list {
	struct field_change *items; /* n of them */
	size_t n, cap;
	size_t dropped; /* over LIMIT_CHANGES or LIMIT_CHANGE_BYTES, and not listed */
};

/*
 * Append to OUT ({0} is empty) the differences between two contents of one entry.
 * OLD, NEW  NULL: there is none, so that each top member of the other is added or removed
 * ROLES     says which top member is the history, left out always, and what the keys of
 *           sources and aliases are. NULL: a content without roles
 * Items of a list of maps are paired by that key, else by the first of `id`, `key`, `name` and
 * `text` that is there in all items and tells them apart; other items by equality, and lists
 * and maps between the same neighbours by position. Numbers are compared by value, maps
 * without order. Below LIMIT_CHANGE_DEPTH levels values are compared as a whole.
 * Lives:    OUT's slices in ARENA; nodes as long as OLD and NEW
 * Cost:     n log n or better, whatever the contents
 */
void change_fields(struct change_list *out, const struct roles *roles,
                   const struct doc_node *old, const struct doc_node *new,
                   struct arena *arena);
/* Whether change_fields() would find anything. */
bool change_any(const struct roles *roles, const struct doc_node *old,
                const struct doc_node *new);

/* ---- single values ---- */

/* A value that has no parts: a scalar, an empty list or map, and what is nested too deeply. */
struct leaf {
	struct str pointer, place; /* as in a field_change */
	const struct doc_node *node;
};

struct leaf_list {
	struct leaf *items; /* n of them */
	size_t n, cap;
	size_t dropped; /* over LIMIT_CHANGES or LIMIT_CHANGE_BYTES, and not listed */
};

/*
 * Append to OUT ({0} is empty) the leaves of a content in its order, the history left out.
 * Lives:  OUT's slices in ARENA; nodes as long as ROOT
 */
void change_leaves(struct leaf_list *out, const struct roles *roles,
                   const struct doc_node *root, struct arena *arena);
/*
 * Call FN for each leaf of NEW that OLD has at the same place with the same value. Items of lists
 * are paired as in change_fields().
 */
typedef void change_same_fn(void *ctx, const struct doc_node *old,
                            const struct doc_node *new);
void change_same(const struct roles *roles, const struct doc_node *old,
                 const struct doc_node *new, change_same_fn *fn, void *ctx);

/* ---- words ---- */

enum word_kind { WORD_KEPT, WORD_REMOVED, WORD_ADDED };

struct word_piece {
	enum word_kind kind;
	struct str
	        text; /* never empty; a slice of the new text, of the old when removed */
};

struct word_list {
	struct word_piece
	        *items; /* n of them; what was removed comes before what was added */
	size_t n, cap;
};

/*
 * The difference of two texts word by word. Kept and removed pieces in a row are OLD, kept and
 * added ones NEW. Texts with little in common, and those past LIMIT_WORDS or LIMIT_WORD_EDITS,
 * are one removed and one added piece.
 * Lives:  OUT's items in ARENA; slices as long as OLD and NEW
 */
void change_words(struct word_list *out, struct str old, struct str new,
                  struct arena *arena);

/* ---- entries ---- */

/* ENTRY(symbol, name): sorted by what a reader wants to know first. */
#define ENTRY_CHANGES(ENTRY) \
	ENTRY(ENTRY_ADDED, added) \
	ENTRY(ENTRY_REMOVED, removed) \
	ENTRY(ENTRY_CHANGED, changed) \
	ENTRY(ENTRY_MOVED, moved) /* only the path differs, and perhaps the layout */ \
	ENTRY(ENTRY_LAYOUT, layout) /* the same content: comments, order, quoting */ \
	ENTRY(ENTRY_HISTORY, \
	      history) /* the same content, but not the same history lines */

#define ENTRY(symbol, name) symbol,
enum entry_change_kind { ENTRY_CHANGES(ENTRY) ENTRY_KINDS };
#undef ENTRY

/* "added", "removed", ... */
const char *entry_change_name(enum entry_change_kind k);

/* A history line, as far as it says something. */
struct change_event {
	int version; /* 0: none that is a number of 1 or more */
	struct str event, date, by, reason; /* absent: the line has none */
};

struct entry_change {
	/* Set by the caller. */
	struct str collection, id;
	struct str old_path, new_path; /* absent: there is no file */
	int old_version, new_version; /* 0: not known */
	const char *old_state, *new_state; /* NULL: not known */

	/* Set by change_classify(). */
	enum entry_change_kind kind;
	struct change_list fields;
	bool old_unreadable, new_unreadable; /* there is a file, but no content in it */
	bool history_rewritten; /* history lines were changed, removed or reordered */
	struct change_event *events; /* events_n history lines that were appended */
	size_t events_n;
};

/*
 * Find out how an entry differs: kind, fields and events of C, whose paths are set.
 * OLD, NEW              the contents; NULL when there is no file or it cannot be read
 * OLD_BYTES, NEW_BYTES  of the files; absent: there is no file
 * ROLES                 of the collection; NULL: none
 * Returns false when nothing differs, neither the path nor a byte.
 * Lives:  as change_fields()
 */
bool change_classify(struct entry_change *c, const struct roles *roles,
                     const struct doc_node *old, const struct doc_node *new,
                     struct str old_bytes, struct str new_bytes, struct arena *arena);

/* ---- shared files ---- */

/* SHARED(symbol, name): what a file that is no entry is to the dataset. */
#define SHARED_KINDS(SHARED) \
	SHARED(SHARED_CONFIG, configuration) \
	SHARED(SHARED_VOCABULARY, vocabulary) \
	SHARED(SHARED_LABELS, labels) \
	SHARED(SHARED_SCHEMA, schema) \
	SHARED(SHARED_REFERENCE, reference) \
	SHARED(SHARED_OTHER, other)

#define SHARED(symbol, name) symbol,
enum shared_kind { SHARED_KINDS(SHARED) };
#undef SHARED

const char *shared_kind_name(enum shared_kind k);

/* Ids in the order of the document. */
struct change_ids {
	struct str *items; /* n of them */
	size_t n, cap;
};

struct file_change {
	/* Set by the caller. */
	struct str path;
	enum shared_kind what;

	/* Set by change_classify_file(). */
	enum entry_change_kind kind; /* ENTRY_ADDED, _REMOVED, _CHANGED or _LAYOUT */
	struct change_list fields; /* when changed; none when one side is no document */
	/* A vocabulary's terms; removed ones break what was published with them. */
	struct change_ids terms_added, terms_removed, terms_changed;
};

/*
 * The same as change_classify() for a shared file whose path and what are set. OLD and NEW
 * may be NULL for a file that is no document: then its bytes decide.
 */
bool change_classify_file(struct file_change *f, const struct doc_node *old,
                          const struct doc_node *new, struct str old_bytes,
                          struct str new_bytes, struct arena *arena);

/* ---- a whole difference ---- */

struct change_set {
	struct str old_name, new_name; /* what is compared, as the user typed it */
	struct entry_change *entries; /* entries_n of them */
	struct file_change *files; /* files_n of them */
	size_t entries_n, entries_cap, files_n, files_cap;
	size_t counts[ENTRY_KINDS]; /* of entries, by kind */
	size_t file_counts[ENTRY_KINDS];
};

/*
 * Finish a set whose entries and files were appended in any order: entries by collection,
 * then id, then path; files by path; counts.
 */
void change_set_finish(struct change_set *set);
