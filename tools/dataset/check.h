/*
 * check.h - what the workers and the rules of the whole set share; private to this folder
 */
#pragma once

#include "dataset/internal.h"

#include <stdatomic.h>

/* A relation whose target was not known by the name of a file. */
struct relation {
	size_t file; /* index into the list of files */
	int document;
	struct span span;
	struct str pointer, target;
};

/* The id of an entry that is not the name of its file. */
struct stray_id {
	size_t file;
	int document;
	struct span span;
	struct str pointer, id;
};

/* A relation whose target is known by the name of its file: there are many. */
struct link {
	uint32_t file, target; /* indices into the list of files */
};

/* Which of a worker's findings belong to which file. */
struct segment {
	size_t file, from, n;
	const struct diag_list *list;
};

/* What one worker found out; read when all workers are done. */
struct facts {
	struct arena arena;
	struct diag_list diags;
	struct segment *segments;
	struct relation *relations;
	struct stray_id *ids;
	struct link *links; /* of versioned collections */
	uint32_t *withdrawn; /* indices of files */
	size_t links_n, links_cap, withdrawn_n, withdrawn_cap;
	size_t segments_n, segments_cap, relations_n, relations_cap, ids_n, ids_cap;
};

/* The ids of a collection that are known before any file is read: names of files. */
struct names {
	const struct collection *collection;
	struct map
	        by_stem; /* stem -> index of the file + 1; read-only while workers run */
};

struct check {
	struct file_list
	        *files; /* the first `checked` are checked, the rest is context */
	size_t checked;
	const struct tree *tree; /* that they are read from */
	const struct check_options *opt;
	struct names *names;
	size_t names_n;
	const struct schema *builtin[FILE_KINDS_N];
	struct map records; /* name of a kept file -> index + 1; read-only */
	atomic_uchar *cited; /* by that index */
	bool compares; /* citations are looked up in them */
};

/* The names of collection C, or NULL. */
const struct names *check_names(const struct check *c,
                                const struct collection *collection);
/* Put the names of the files from index FROM on into the tables. */
void check_add_names(struct check *c, size_t from);
/* The index of the file of C's collection whose name is STEM; false when there is none. */
bool check_find_name(const struct names *names, struct str stem, size_t *index);
/* Note which findings of F, from index FROM on, are about file FILE. */
void facts_segment(struct facts *f, size_t file, size_t from);
/* Tell how many findings of the current file were over the limit; BEFORE: dropped till then. */
void facts_dropped(struct facts *f, size_t before);
/* The rules of the whole set, after all workers: duplicate ids, relations to nowhere. */
void check_whole(const struct check *c, const struct facts *workers, size_t workers_n,
                 struct facts *out);

/* ---- references.c ---- */

/* List the kept records, before the workers start. Lives: as long as ARENA */
void references_prepare(struct check *c, struct arena *arena);
/* Kept records that no entry cites, after all workers. */
void references_check_whole(struct check *c, struct facts *out);

/* ---- withdrawn.c ---- */

/* Which entries are withdrawn; files that were not checked are read when asked for. */
struct withdrawn {
	const struct check *check;
	unsigned char *known; /* by file */
};

/* Whether the history of the entry ROOT says that it is withdrawn. */
bool entry_is_withdrawn(const struct roles *roles, const struct doc_node *root,
                        struct arena *scratch);
/* Lives as long as ARENA, which belongs to the calling thread. */
void withdrawn_init(struct withdrawn *w, const struct check *c,
                    const struct facts *workers, size_t workers_n, struct arena *arena);
bool withdrawn_is(struct withdrawn *w, size_t file);
/* The finding about a relation to the file TARGET. */
void withdrawn_report(struct withdrawn *w, size_t target, struct span span, int document,
                      struct str pointer, struct diag_list *diags);
/* Findings about the links that the workers noted. */
void withdrawn_check_links(struct withdrawn *w, const struct facts *workers,
                           size_t workers_n, struct facts *out);

/* ---- context.c: what else there is when not all files are checked ---- */

/* Add the files that must be read for their ids, before the workers start. */
bool context_read(struct check *c, struct arena *arena, struct err *err) MUST_CHECK;
/* Add the files whose names matter to what the workers found, and put them into the tables. */
bool context_find(struct check *c, const struct facts *workers, size_t workers_n,
                  struct arena *arena, struct err *err) MUST_CHECK;
