/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "snapshot/compare.h"
#include "snapshot/template.h"
#include "snapshot/view.h"

struct cell_kind;
struct comparator;
struct related;

/* How works are written out. */
struct work_style {
	struct str text, author, between, last, more;
	size_t most;
};

/* What making cells needs to know. */
struct maker {
	const struct dataset *dataset;
	const struct library *library;
	const struct labels *labels;
	const struct str *chain;
	size_t chain_n;
	struct work_style style;
	struct related *related; /* for related_name() */
	const struct cell *same; /* the cell in another language, or NULL */
	struct arena *arena;
};

/* One row of the configuration. */
struct plan {
	struct str key;
	const struct doc_node *label; /* NULL: the label row.<key> */
	struct path value;
	const struct cell_kind *as;
	const struct comparator *comparator; /* NULL: as the kind of cell suggests */
	const struct vocabulary *vocabulary;
	struct str show, item, join; /* absent: the kind's own */
};

struct view {
	struct maker maker; /* its arena is that of the view */
	struct compare_words words;
	struct plan *plans; /* plans_n of them; none when stemma.yaml has no rows */
	size_t plans_n;
	struct view_row *rows; /* one a plan */
};

/* What the row of P is called, in the arena of M. */
struct view_row view_row_of(const struct view *v, const struct maker *m,
                            const struct plan *p);
void view_column(struct column *c, const struct maker *m, const struct entry *e);

/* One kind of cell: the values of `as`. */
struct cell_kind {
	const char *name, *comparator;
	void (*make)(struct cell *out, const struct maker *m, const struct plan *p,
	             const struct entry *e);
};

const struct cell_kind *cell_kind_find(struct str name);

/* When two cells are the same: the values of `comparator`. */
struct comparator {
	const char *name;
	bool set; /* order and repetition do not matter */
	bool off; /* never differs */
	enum difference difference; /* what a difference is called */
};

const struct comparator *comparator_find(struct str name);
/* Fill CELL's keys. */
void comparator_keys(const struct comparator *c, struct cell *cell, const struct maker *m,
                     const struct entry *e);
/* Fill ROW's difference and what its cells share; the cells' keys are there. */
void comparator_row(const struct comparator *c, struct row *row, size_t cells,
                    struct arena *a);

/* The rows of stemma.yaml; N is 0 when it has none. Fails: ERR_CONFIG */
bool plans_read(struct plan **out, size_t *n, const struct maker *m,
                struct err *err) MUST_CHECK;
/* One a key of the entries. Fails: ERR_LIMIT past LIMIT_COMPARE_ROWS keys */
bool plans_of_keys(struct plan **out, size_t *n, const struct maker *m,
                   const struct entry *entries, size_t entries_n,
                   struct err *err) MUST_CHECK;
struct work_style work_style_read(const struct dataset *d);

/* SOURCE of entry E as one text in the dataset's style, without its link. */
struct str work_text(const struct maker *m, const struct entry *e,
                     const struct doc_node *source);
/* The link of a source: its DOI's, else its URL. False when it has none. */
bool work_link(struct link *out, const struct maker *m, const struct entry *e,
               const struct doc_node *source);

/* What related_name() knows, in the arena of M, which lives as long; nothing yet. */
struct related *related_new(const struct maker *m);
/* The name of the entry ID of C, as whose ids relations are checked; ID when it has none. */
struct words related_name(const struct maker *m, const struct collection *c,
                          struct str id);

/* The text of NODE in the languages of M; numbers, true and false as written. */
struct words words_of(const struct maker *m, const struct doc_node *node);
/* Whether NODE is a map of language tags to texts, one of the dataset's languages among them. */
bool is_localised(const struct maker *m, const struct doc_node *node);
/* Text in the language that was found; marked when that is not the first of M's chain. */
struct words words_in(const struct maker *m, struct str text, struct str lang);
/* Numbers as written, true, false, text; a list or map as compact JSON. */
struct str plain_text(const struct doc_node *node, struct arena *a);
struct status_value status_of(const struct entry *e, struct str *date);
