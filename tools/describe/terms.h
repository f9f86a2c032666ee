/*
 * terms.h - entries as terms of schema.org, with the works they cite
 *
 * Each function appends one object of JSON-LD on one line, without its end. Things are known by
 * their address, or by ids within the file ("#terms", "#methods/adam").
 */
#pragma once

#include "base/buf.h"
#include "dataset/about.h"
#include "entry/cited.h"

/* An entry of a collection; roles tell where its names, aliases and summary are. */
struct term {
	struct str collection, id;
	const struct roles *roles;
	const struct doc_node *root;
	const struct str *works; /* that it cites, as work_id(); works_n of them */
	size_t works_n;
};

/* The set of all terms, "#terms"; VERSION and DATE are those of the release. */
void term_set_jsonld(struct buf *out, const struct about *about, struct str version,
                     struct str date);
/* Source: schema.org, DefinedTerm */
void term_jsonld(struct buf *out, const struct about *about, struct str default_language,
                 const struct term *t);
/* Source: schema.org, ScholarlyArticle, Book and so on by the type of the work */
void work_jsonld(struct buf *out, struct str id, const struct cited_work *w);
