/*
 * internal.h - what the files of doc/ share: the builder of trees and the readers' parts
 */
#pragma once

#include "base/limits.h"
#include "doc/doc.h"

/* ---- encoding.c: what the bytes of a file are, before any grammar ---- */

enum { SCAN_SEPARATORS = 1, SCAN_C1 = 2 };

/*
 * Check bytes FROM to TO of SOURCE: UTF-8, no NUL, no control characters; with
 * SCAN_SEPARATORS no raw NEL, LS and PS; with SCAN_C1 nothing YAML forbids besides.
 * *ASCII tells whether all bytes are below 0x80. False after a finding.
 */
bool scan_bytes(const struct source *source, size_t from, size_t to, int flags,
                bool *ascii, struct diag_list *diags);
/* Bytes of the UTF-8 byte order mark at the start of S: 3 or 0. */
size_t bom_length(struct str s);

/* ---- build.c: a tree grows from events ---- */

/* An anchored node: what its aliases copy. */
struct anchor {
	struct doc_node node;
	struct str text; /* of a scalar, as written: for aliases used as keys */
	uint64_t nodes; /* it and all below it, aliases expanded */
	uint64_t bytes; /* of source it takes, aliases expanded */
	uint32_t height; /* levels of lists and maps in it */
	bool open; /* its list or map is not closed yet */
};

/* An open list or map. It is at stack[base - 1], its children from stack[base] on. */
struct frame {
	size_t base;
	uint64_t nodes, repeated; /* the builder's counts before it */
	uint32_t height; /* levels below it */
	uint32_t merge; /* index of its `<<` member + 1, or 0 */
	bool map;
	bool has_key; /* a map: the key is there, its value is awaited */
	struct anchor *anchor;
};

struct build {
	const struct source *source;
	struct arena *arena;
	struct diag_list *diags;
	struct doc_member
	        *stack; /* children of all open containers; lists leave the key */
	size_t n, cap;
	struct frame *frames;
	size_t depth, frames_cap;
	uint64_t nodes; /* of this document, aliases expanded */
	uint64_t repeated; /* bytes that stand in this document by aliases */
	uint64_t max_nodes;
	size_t max_depth;
	bool merge_keys;
	bool failed; /* there was a finding that makes the document unusable */
	struct doc *docs;
	size_t docs_n, docs_cap;
};

void build_init(struct build *b, const struct source *source,
                const struct doc_options *opt, struct arena *arena,
                struct diag_list *diags);
void build_release(struct build *b);

/* Note a finding after which the file does not count as read. */
#define build_fail(b, rule, span, ...) \
	((b)->failed = true, diag_add((b)->diags, (rule), (span), __VA_ARGS__))

struct span marks_span(struct doc_mark start, struct doc_mark end);
/*
 * The JSON pointer of the open container's child at stack[TOP], in the findings' arena;
 * of what it lies in when it would be longer than LIMIT_POINTER_BYTES.
 */
struct str build_pointer(const struct build *b, size_t top);
/* Whether the next thing is a key. */
static inline bool build_wants_key(const struct build *b)
{
	const struct frame *f = b->depth ? &b->frames[b->depth - 1] : NULL;

	return f && f->map && !f->has_key;
}
/*
 * The key of the next value, or the next value: the caller sets its place and then its
 * content. Good until the next call. NULL past the limit of nodes: see build_full().
 */
struct doc_member *build_key(struct build *b);
struct doc_node *build_value(struct build *b);
/* KEY must live as long as the tree. */
void build_key_set(struct build *b, struct doc_member *m, struct str key);
/* The finding when the next value, at AT, would be one too many. Always false. */
bool build_full(struct build *b, struct doc_mark at);
/* An alias at AT puts N bytes in once more. False past the limit, with a finding. */
bool build_repeat(struct build *b, uint64_t n, struct doc_mark at);
/* The next value is the expansion of A. False past a limit, with a finding. */
bool build_alias(struct build *b, const struct anchor *a, struct doc_mark start,
                 struct doc_mark end);
/* A list or map begins. False past a limit, with a finding. */
bool build_open(struct build *b, enum doc_kind kind, bool flow, struct doc_mark start,
                struct anchor *anchor);
/* It ends at END; behind its last child when END is NULL. */
void build_close(struct build *b, const struct doc_mark *end);
/* A document starts: findings are about it, counts start again. */
bool build_document_start(struct build *b, struct doc_mark at);
void build_document_end(struct build *b, enum doc_format format);

/*
 * merge.c: the members of MAP with those of its `<<` member merged in. YAML 1.1 merge
 * type.
 */
void merge_members(struct build *b, struct doc_node *map, size_t at);

/* ---- members.c ---- */

/* The N members sorted by hash and key, in malloc'ed memory: the caller frees it. */
const struct doc_member **members_sorted(const struct doc_member *members, size_t n);
/* Order of the result: members of the same key are equal. */
int members_cmp(const struct doc_member *a, const struct doc_member *b);
void members_free(const struct doc_member ***sorted);

/* ---- yaml.c, yaml_error.c, scalar.c, json.c, front.c ---- */

/*
 * Read bytes FROM to TO (no byte order mark) of the builder's source; FROM is at the
 * start of line LINE (0-based).
 */
bool yaml_read(struct build *b, size_t from, size_t to, int line, bool ascii,
               enum doc_format format);
bool json_read(struct build *b, size_t from);
/* Where the YAML of front matter lies. False after a finding. */
bool front_matter(const struct source *source, size_t *from, size_t *to,
                  struct diag_list *diags);

/* What libyaml says about a file it cannot read; its marks are converted. */
struct yaml_problem {
	const char *problem, *context; /* its words; either may be NULL */
	struct doc_mark at, context_at;
};

void yaml_problem_report(struct build *b, const struct yaml_problem *p, size_t end);
/*
 * Whether bytes FROM to TO have few enough %TAG lines; a finding when not. libyaml
 * compares each one with all before it, in one step that cannot be stopped.
 */
bool yaml_directives_fit(struct build *b, size_t from, size_t to);

/* Fill NODE (its place is set) from a plain scalar without a tag. YAML 1.2.2, 10.3.2. */
void scalar_plain(struct build *b, struct doc_node *node, struct str text);
/* The same for a scalar with the tag TAG of the core schema. */
void scalar_tagged(struct build *b, struct doc_node *node, struct str tag,
                   struct str text);
bool scalar_is_null(struct str text);
/* The finding when TAG is none of ours, or is one but does not fit WHAT ("a list"). */
void tag_refuse(struct build *b, const struct doc_node *node, struct str tag);
void tag_mismatch(struct build *b, const struct doc_node *node, struct str tag,
                  const char *what);
/* Whether TAG may stand before the list or map NODE; a finding when not. */
void tag_check_container(struct build *b, const struct doc_node *node, struct str tag);

/* ---- number.c ---- */

/* |value| is 0.D1D2D3... x 10^point, D1 and the last digit not 0; n is 0 for zero. */
struct decimal {
	struct str whole, fraction;
	size_t first; /* leading zeros of whole and fraction together */
	size_t n;
	int64_t point;
	bool negative;
};

/* TEXT matches the JSON number grammar. Exponents are taken as at most 10^18. */
struct decimal decimal_of(struct str text);
char decimal_digit(const struct decimal *d, size_t i);
