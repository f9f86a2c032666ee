/*
 * doc.h - documents: YAML, JSON and front matter as one tree of nodes with their places
 *
 * A node's values follow JSON's model. YAML scalars are read by the 1.2 core schema with
 * two exceptions: dates stay strings, and digits with a leading zero stay strings (with a
 * warning). `no`, `on` and `12:30:45` are strings.
 * Source: YAML 1.2.2, section 10.3; RFC 8259
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "doc/rules.def"
#undef RULE
/* All rules of this folder, and how many. */
extern const struct rule *const doc_rules[];
extern const size_t doc_rules_n;

enum doc_kind { DOC_NULL, DOC_BOOL, DOC_NUMBER, DOC_STRING, DOC_LIST, DOC_MAP };

/* A place: byte offset in the source (0-based), line and column (1-based, characters). */
struct doc_mark {
	uint32_t offset;
	int line, column;
};

struct doc_member;

/*
 * One value. Its place runs from the first byte to just behind the last: quotes,
 * brackets, an anchor and a tag are inside; a block list or map ends behind its last
 * value, a block scalar behind its last visible character. An expanded alias has the
 * place of the alias; nodes inside it have the places of the anchored original.
 */
struct doc_node {
	uint8_t kind; /* enum doc_kind */
	bool truth; /* DOC_BOOL */
	bool is_integer; /* DOC_NUMBER: a mathematical integer (1.0 and 1e3 are) */
	bool fits; /* DOC_NUMBER: an integer that `integer` holds */
	bool quoted; /* DOC_STRING: written in quotes or as a block scalar */
	bool flow; /* DOC_LIST, DOC_MAP: written in [] or {} (always in JSON) */
	uint32_t n; /* items or members */
	struct doc_mark start, end;
	int64_t integer;
	union {
		struct str text; /* DOC_STRING: the value; DOC_NUMBER: as a JSON number */
		struct doc_node *items; /* DOC_LIST: n in a row */
		struct doc_member
		        *members; /* DOC_MAP: n in a row, in the order of the file */
	};
};

struct doc_member {
	struct str key;
	uint64_t hash; /* str_hash(key) */
	struct doc_mark start, end; /* of the key */
	struct doc_node value;
};

enum doc_format { DOC_AUTO, DOC_YAML, DOC_JSON, DOC_MARKDOWN };

/* False when TEXT is none of "auto", "yaml", "json", "markdown". */
bool doc_format_parse(enum doc_format *out, struct str text);

/* How to read. {0} is the default everywhere: limits.h, format by the file's ending. */
struct doc_options {
	enum doc_format format;
	bool merge_keys; /* `<<` merges (YAML 1.1); otherwise it is a finding */
	uint32_t depth; /* 0: LIMIT_DEPTH */
	uint32_t nodes; /* 0: LIMIT_NODES */
};

struct doc {
	const struct source *source;
	enum doc_format format; /* never DOC_AUTO */
	int number; /* 1-based: which document of the file */
	struct doc_node root;
};

struct docs {
	struct doc *items;
	size_t n;
};

/*
 * Read all documents of SOURCE into nodes in ARENA.
 * OPT     NULL: defaults. DOC_AUTO: .json is JSON, .md and .markdown are front matter,
 *         all else is YAML
 * Lives:  as long as ARENA and SOURCE's bytes
 * Fails:  never; false when the file could not be read whole: then DIAGS says why and
 *         where, and OUT is empty. Findings of lower severity may come with true
 * Source: YAML 1.2.2; RFC 8259; front matter: "---" on line 1 to the next "---" line
 */
bool doc_read(struct docs *out, const struct source *source,
              const struct doc_options *opt, struct arena *arena,
              struct diag_list *diags);

/* The span of a node, of a member's key, or of the place between two marks. */
struct span doc_span(const struct doc_node *node);
struct span doc_key_span(const struct doc_member *m);
/* The span of S's bytes FROM to TO, for findings about raw bytes. */
struct span doc_byte_span(struct str s, size_t from, size_t to);

/* The member KEY of a map, or NULL; NULL also when NODE is NULL or no map. */
const struct doc_member *doc_member(const struct doc_node *node, struct str key);
/* Its value, or NULL. */
const struct doc_node *doc_get(const struct doc_node *node, const char *key);
/* The text of a string node; absent when NODE is NULL or of another kind. */
struct str doc_text(const struct doc_node *node);
/* Whether NODE, which may be NULL, is true. */
bool doc_is_true(const struct doc_node *node);
/*
 * The node at JSON pointer P ("" is NODE itself), or NULL.
 * Source: RFC 6901
 */
const struct doc_node *doc_at(const struct doc_node *node, struct str p);
/* Append "/KEY" (escaped) or "/INDEX" to a pointer being built. RFC 6901, section 3. */
void doc_pointer_key(struct buf *pointer, struct str key);
void doc_pointer_index(struct buf *pointer, size_t index);
/* Cut the first step off pointer *P and unescape it into OUT (in A); false at its end. */
bool doc_pointer_step(struct str *out, struct str *p, struct arena *a);
/* A kind as curators call it: "null", "true/false", "number", "text", "list", "map". */
const char *doc_kind_name(const struct doc_node *node);

/*
 * Equality of JSON Schema: numbers by value (1.0 equals 1, exactly), strings by code
 * points, maps without order.
 * Source: JSON Schema 2020-12, Core, section 4.2.2
 */
bool doc_equal(const struct doc_node *a, const struct doc_node *b);
/* A hash for tables in memory, the same for equal nodes; differs from run to run. */
uint64_t doc_hash(const struct doc_node *node);

/*
 * Exact decimal arithmetic on DOC_NUMBER nodes, never in doubles. [GMP for multiple_of]
 * doc_number_cmp: <0, 0, >0.
 * doc_number_multiple_of: VALUE is DIVISOR times an integer; DIVISOR is above 0.
 *         *TOO_LONG is set (and false returned) when writing a number out would take more
 *         than LIMIT_NUMBER_DIGITS digits.
 * doc_number_set: fill kind, text, is_integer, fits and integer of NODE from TEXT, which
 *         matches the JSON number grammar (RFC 8259, section 6).
 */
int doc_number_cmp(const struct doc_node *a, const struct doc_node *b);
bool doc_number_multiple_of(const struct doc_node *value, const struct doc_node *divisor,
                            bool *too_long);
void doc_number_set(struct doc_node *node, struct str text);

/*
 * Append NODE as canonical JSON; members named SKIP (when not absent) of the top map are
 * left out. Strings are written as they stand (no normalisation).
 * Returns false when a number cannot be carried by a double without loss; its node is in
 * *BAD and what was appended is not to be used.
 * Source: RFC 8785
 */
bool doc_canonical(struct buf *out, const struct doc_node *node, struct str skip,
                   const struct doc_node **bad);
/* Append S as a JSON string, quotes included. Ill-formed UTF-8 must not come in. */
void doc_json_string(struct buf *out, struct str s);
