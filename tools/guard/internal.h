/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "guard/guard.h"
#include "record/record.h"

/* The dataset before or after the change. */
struct side {
	struct dataset *dataset; /* NULL: there is none */
	struct str root; /* its folder as a path of the repository */
};

/* One entry with a history, before and after; a moved file is one pair. */
struct pair {
	const struct collection *old, *new; /* NULL on the side that does not have it */
	struct str id, old_path, new_path; /* paths as a user types them */
};

enum record_state { RECORD_UNASKED, RECORD_READ, RECORD_ABSENT };

/* A change from one base. */
struct change {
	struct repo *repo;
	const struct guard_options *opt;
	struct arena *arena; /* for what is told */
	struct side old, new;
	struct oid old_tree;
	bool has_old_tree;
	struct map pairs; /* "collection/id" -> struct pair * */
	struct file_list files, before; /* entries that differ, on each side */
	struct str *others; /* paths of the repository: other files that may matter */
	size_t others_n, others_cap;
	bool whole; /* more than the entries that differ must be looked at */
	enum record_state record_state;
	struct record record;
	bool unknown_told;
	struct diag_list *out;
	struct err *err;
};

/* ---- pairs.c ---- */

/* PATH of the repository as the dataset of S names it; absent when it lies elsewhere. */
struct str side_path(const struct side *s, struct str path, struct arena *arena);
/*
 * Whether nothing staged can be of the dataset: git itself knows that of a large index at once,
 * while reading the index takes long. Needs the old side only.
 */
bool change_is_idle(const struct change *c);
/* Fill pairs, files, before and others. */
bool change_gather(struct change *c) MUST_CHECK;
/* Whether one of the others is a file that all entries depend on. After the schemas. */
bool change_is_shared(const struct change *c);

/* ---- check.c ---- */

/* The rules between two revisions of each entry, and of the configuration. */
void change_check(struct change *c);
/* Read the one document of file PATH of collection K; false when it is none. */
bool read_entry(struct doc **out, const struct dataset *d, const struct collection *k,
                struct str path, struct arena *arena);

/* ---- published.c ---- */

/* A pair against what was published; OLD and NEW may be NULL, histories are read. */
void check_published(struct change *c, const struct pair *p, const struct history *old,
                     const struct history *new, struct arena *scratch);

/* The releases, read when they are asked for first; NULL: they are not there. */
struct record *change_record(struct change *c, struct str file);
bool change_has_remote(struct change *c); /* that releases are pushed to */
/* Tell, once for all files, that what was published is not known: one command answers it. */
void change_tell_unknown(struct change *c, struct str file, const char *why);

/* ---- terms.c ---- */

/* Ids that are published and taken out of vocabularies. */
void check_terms(struct change *c);

/* ---- listing.c ---- */

/* Take away the findings of LIST that OTHER has too. */
void findings_subtract(struct diag_list *list, const struct diag_list *other);
/* Take away those that OTHER does not have; what is said of one history is one thing. */
void findings_intersect(struct diag_list *list, const struct diag_list *other);
void findings_append(struct diag_list *list, const struct diag_list *other);
