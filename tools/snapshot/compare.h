/*
 * compare.h - entries set side by side: typed, normalised cells that line up
 *
 * Everything a table, page or file shows is in here as text; everything a program compares is
 * in here as values. Which rows there are and what they hold is configuration.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "dataset/dataset.h"
#include "version/version.h"

/* Text in a language. lang absent: in none (a number, a name, an id). */
struct words {
	struct str text, lang;
	bool fallback; /* another language than was asked for */
};

enum value_kind {
	VALUE_NONE, /* missing */
	VALUE_TEXT, /* an id or plain text, in `text` */
	VALUE_NODE, /* what stands in the entry, in `node` */
	VALUE_NODES, /* several of them, in `nodes` */
	VALUE_IDS, /* `ids` */
	VALUE_ALIASES, /* `ids` are texts, `langs` their languages */
	VALUE_WORK, /* one of `works` */
	VALUE_WORKS, /* all of `works` */
	VALUE_STATUS, /* `status` */
};

struct work {
	const struct doc_node *source;
	struct str key, doi, url, citation;
};

struct status_value {
	int version;
	size_t sources;
	enum state state;
};

struct link {
	const char *kind; /* "doi" or "url" */
	struct str href, label;
};

/* What a comparator compares, and how people see it. */
struct key {
	struct str compared, shown;
};

struct cell {
	struct words words; /* the whole cell as text */
	const struct words *items; /* its pieces when it is a list; items_n of them */
	size_t items_n;
	const struct link *links; /* links_n of them */
	size_t links_n;
	enum value_kind kind;
	struct str text;
	const struct doc_node *node;
	const struct doc_node *const *nodes;
	const struct str *ids, *langs;
	const struct work *works;
	size_t n; /* of nodes, ids or works */
	struct status_value status;
	const struct key
	        *keys; /* keys_n of them; sets are sorted and without repetition */
	size_t keys_n;
};

struct column {
	struct str id, collection, file;
	struct words name, short_name;
	struct status_value status;
	struct str date; /* of the history line behind the state; absent for a draft */
	bool pinned; /* this version was asked for */
};

enum difference {
	DIFFERS_NOT,
	DIFFERS_VALUE,
	DIFFERS_SET,
	DIFFERS_TEXT,
	DIFFERS_MISSING
};

struct row {
	struct str key;
	struct words label;
	struct str as, comparator;
	struct cell *cells; /* one a column */
	enum difference difference;
	bool is_set;
	const struct str *
	        shared; /* sets: the compared keys that all cells have, sorted; shared_n */
	size_t shared_n;
};

struct comparison {
	struct str lang;
	const struct str *chain; /* languages tried, chain_n of them */
	size_t chain_n;
	struct column *columns;
	size_t columns_n;
	struct row *rows;
	size_t rows_n;
	size_t differing, same; /* rows, also those left out */
	struct words brand, title, lead, corner, missing;
	struct str note_differs, note_same, note_language; /* templates: {mark}; {rows} */
	struct str release, release_date, commit; /* as in the options */
	struct str accessed, url, permalink; /* absent when not configured */
	struct str citation, citation_line;
};

/* What a comparison in one language shows beside its rows. */
struct compare_words {
	struct words brand, title, lead, corner, missing;
	struct str note_differs, note_same, note_language; /* templates: {mark}; {rows} */
	/* Templates: between names; {title} {names} {date} {url}; {brand} {citation} */
	struct str separator, citation, citation_line;
	struct str url, permalink; /* templates: {lang} {ids}; absent: not configured */
	struct str page_lang; /* {lang} in them */
};

struct compare_options {
	struct str lang; /* absent: the dataset's default language */
	struct str accessed; /* the access date, YYYY-MM-DD */
	bool only_differences; /* leave out the rows that do not differ */
	/* The release that all of it is from; absent: none. */
	struct str release, release_date, commit;
};

/*
 * Set ENTRIES (n of them, in this order) side by side.
 * Lives: as long as ARENA and LIBRARY
 * Fails: ERR_CONFIG when the rows of stemma.yaml contradict themselves; ERR_LIMIT when it has
 *        none and the entries have more than LIMIT_COMPARE_ROWS keys
 */
bool compare(struct comparison *out, const struct library *library,
             const struct entry *entries, size_t n, const struct compare_options *opt,
             struct arena *arena, struct err *err) MUST_CHECK;
/*
 * Complete OUT, whose chain, columns and rows (keys, cells with their keys) are there, however
 * they were come by: what differs, what is shared, the words, the citation.
 * Lives: as long as ARENA, W and what OUT has
 */
void compare_complete(struct comparison *out, const struct compare_words *w,
                      const struct compare_options *opt, struct arena *arena);
/* "none", "value", "set", "text", "missing". */
const char *difference_name(enum difference d);
