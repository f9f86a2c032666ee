/*
 * atom.h - private: the answers of arXiv
 */
#pragma once

#include "registry/internal.h"

/* Absent texts: not said. Texts are as registry_text() gives them. */
struct atom_entry {
	struct str id; /* "http://arxiv.org/abs/1706.03762v7" */
	struct str title, published, updated, comment, journal, doi;
	struct str *names; /* of its authors, names_n of them */
	size_t names_n;
};

struct atom_feed {
	struct atom_entry *entries;
	size_t n;
};

/*
 * Read a feed. False when TEXT is no well-formed Atom feed, or has a document type.
 * Source: RFC 4287; info.arxiv.org/help/api
 */
bool atom_read(struct atom_feed *out, struct str text, struct arena *arena);

/* An arXiv id in TEXT (with "arXiv:" or an address before it) and its version ("v7"). */
struct arxiv_id {
	struct str base; /* "1706.03762", "hep-th/9901001" */
	struct str version; /* absent: the latest */
};

/* False when TEXT has not the form of an arXiv id. OUT points into TEXT. */
bool arxiv_id_parse(struct arxiv_id *out, struct str text);
/* The record of an entry. */
void arxiv_record(struct registry_record *out, const struct atom_entry *entry,
                  const struct arxiv_id *id, struct arena *arena);
