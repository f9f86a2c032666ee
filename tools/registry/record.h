/*
 * record.h - what a registry says of a work
 *
 * Answers of Crossref, DataCite, arXiv and of content negotiation become one form. Texts are
 * without markup, entities and control characters; DOIs are canonical.
 * Source: Crossref REST API; DataCite REST API; arXiv API; CSL-JSON 1.0.2
 */
#pragma once

#include "base/diag.h"
#include "doc/doc.h"

/* family with given, or literal in place of both. */
struct registry_name {
	struct str family, given, literal;
};

/* 0: not known. A month without a year does not occur, nor a day without a month. */
struct registry_date {
	int year, month, day;
};

enum registry_date_kind {
	REGISTRY_ISSUED, /* the earliest publication */
	REGISTRY_PRINT,
	REGISTRY_ONLINE,
	REGISTRY_POSTED, /* a preprint */
	REGISTRY_CREATED, /* the record, not always the work */
	REGISTRY_DATES
};

/* A retraction, a correction, a new version... and the notice that says so. */
struct registry_update {
	struct str type; /* "retraction", "expression_of_concern", ... as registered */
	struct str doi; /* of the other side: the notice, or the work that it is about */
	struct str source; /* "publisher", "retraction-watch"; absent when not told */
	struct registry_date date;
};

struct registry_relation {
	struct str type; /* "is-version-of", "has-preprint", ... */
	struct str doi;
};

/* Absent texts: the registry does not say. */
struct registry_record {
	struct str doi; /* an arXiv paper's is that of arXiv */
	struct str agency; /* as doiRA names it: "Crossref", "DataCite"; "arXiv" */
	struct str type; /* of CSL: "article-journal", ... */
	struct str title, subtitle, original_title, container, publisher;
	struct str volume, issue, page, version, url, note;
	const struct registry_name *authors, *editors;
	size_t authors_n, editors_n;
	struct registry_date dates[REGISTRY_DATES];
	const struct registry_update *updated_by; /* one for each type and notice */
	const struct registry_update *update_to; /* this record is a notice about these */
	const struct registry_relation *relations;
	size_t updated_by_n, update_to_n, relations_n;
	bool is_notice; /* it says something of another work; a new version does not */
	struct str csl; /* registry_csl() of it */
};

/*
 * TEXT as people read it: without JATS, MathML and HTML elements (what looks like one but is
 * not known stays), with its entities resolved and white space as single blanks.
 */
struct str registry_text(struct str text, struct arena *arena);

/*
 * Read a work as Crossref (`message`, or an item of a list) or CSL-JSON says it.
 * Returns false when NODE is no work: no map, or without a title, a name and a date.
 * Lives: OUT as long as NODE's text and ARENA
 */
bool registry_read_work(struct registry_record *out, const struct doc_node *node,
                        struct arena *arena);
/* The same for an item of DataCite's `data`. */
bool registry_read_datacite(struct registry_record *out, const struct doc_node *item,
                            struct arena *arena);

/*
 * The record as canonical CSL-JSON: one object, keys sorted. What CSL has no word for lies
 * under "custom": agency, subtitle, dates ("published-print", "published-online", "posted",
 * "created"), "updated-by" and "update-to" ({DOI, source, type, updated}), "relation" ({DOI, type}).
 * Source: CSL-JSON 1.0.2; RFC 8785
 */
struct str registry_csl(const struct registry_record *record, struct arena *arena);

/* The type of CSL for one of Crossref, DataCite or CSL; "document" when it is none. */
const char *registry_csl_type(struct str type);

/*
 * How grave an update is: retraction, withdrawal and removal are errors, a partial retraction
 * and an expression of concern warnings, all else notes.
 */
enum severity registry_update_severity(struct str type);
/*
 * The gravest update of a work that stands, the latest one of several; NULL when there is
 * none. A reinstatement lifts what is not younger.
 */
const struct registry_update *registry_standing(const struct registry_record *record);
/* <0, 0, >0; a part that is not known comes first. */
int registry_date_cmp(struct registry_date a, struct registry_date b);
