/*
 * internal.h - what the forms of this folder share
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"
#include "entry/cited.h"

/* What a kind of work is called in each form. */
struct work_kind {
	const char *bibtex, *ris, *csl, *schema_org;
	const char *venue; /* the field of BibTeX for where it appeared */
	bool published_by; /* what it appeared at is a publisher, not a container */
};

/* Of W, by its type as registries, CSL or people call it; a plain document otherwise. */
const struct work_kind *work_kind(const struct cited_work *w);

/* Whether there is anything to call A by. */
bool author_has_name(const struct cited_author *a);

/* S on one line: white space is one blank, what a reader cannot see is left out. */
void add_line(struct buf *out, struct str s);
/*
 * The address of the page of the entry ID: TEMPLATE with {lang} and {id} filled in, in ARENA.
 * Absent when there is no template.
 */
struct str entry_page(struct str template, struct str lang, struct str id,
                      struct arena *arena);
/* The year of W when it is written as a number of one to four digits; else -1. */
int work_year(const struct cited_work *w);
