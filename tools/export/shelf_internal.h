/*
 * shelf_internal.h - an open snapshot; private to this folder
 */
#pragma once

#include "base/buf.h"
#include "export/check.h"
#include "export/shelf.h"

/* A list of names in a message needs no more than a message holds. */
#define SHELF_NAMES_BYTES sizeof(((struct err *)NULL)->text)

struct shard {
	struct str name;
	struct str first, last; /* "collection/id" */
};

struct shelf {
	struct arena *arena;
	struct str dir, lang;
	const struct doc_node *about; /* snapshot.json */
	const struct str *chain; /* chain_n of them */
	size_t chain_n;
	const struct view_row *rows; /* rows_n of them; none: entries have their own */
	size_t rows_n;
	struct compare_words words;
	struct shard *shards; /* shards_n of them, in order */
	size_t shards_n;
};

/* ---- shelf_lines.c ---- */

/* A file of a snapshot, read line by line. */
struct shelf_lines {
	int fd;
	struct buf bytes;
	size_t at; /* where the next line begins */
	bool failed; /* it could not be read to its end, or a line is past the limit */
};

/* Open PATH when it is a regular file and no link; -1 with errno set when it is not. */
int shelf_file(const char *path);
bool shelf_lines_open(struct shelf_lines *out, const char *path);
void shelf_lines_close(struct shelf_lines *l);
/* The next line, without blanks around it; good until the next one. False at the end. */
bool shelf_line(struct shelf_lines *l, struct str *line);

/* ---- shelf.c ---- */

/* DIR/NAME in ARENA. */
struct str shelf_path(struct str dir, const char *name, struct arena *arena);
/* The file PATH (terminated) of a snapshot as JSON. Fails: ERR_IO */
bool shelf_json(const struct doc_node **out, struct str path, struct arena *arena,
                struct err *err) MUST_CHECK;
/* A file of a snapshot is not what it should be; always false. */
bool shelf_damaged(struct str path, const char *why, struct err *err);
struct words shelf_words(const struct doc_node *node);
/* The member NAME: its text; its number, 0 when it has none. */
struct str shelf_text(const struct doc_node *node, const char *name);
size_t shelf_count(const struct doc_node *node, const char *name);
/* How many items LIST has; 0 when it is no list. */
size_t shelf_list_n(const struct doc_node *list);
/* A line of entries/LANG/SHARD.jsonl; PINNED: it was asked for as a version. */
void shelf_object(struct entry_view *out, const struct doc_node *o, bool pinned,
                  struct arena *arena);
/* Check what entries.jsonl says of its contents. Fails: ERR_IO */
bool check_contents(const struct checked *c, struct diag_list *diags, struct arena *arena,
                    struct err *err) MUST_CHECK;
