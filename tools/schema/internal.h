/*
 * internal.h - how a schema is loaded and what it is compiled to
 *
 * Loading (struct loader) reads documents, finds the subschemas in them (scan), binds them to
 * resources and dialects, and compiles each into a row of instructions. Checking (eval.h)
 * only reads the compiled form, so threads share it.
 */
#pragma once

#include "base/limits.h"
#include "base/map.h"
#include "schema/format.h"
#include "schema/pattern.h"
#include "schema/schema.h"

/* Kinds of values as bits: 1 << enum doc_kind, and one for whole numbers. */
#define KIND(kind) (1u << (kind))
#define KIND_INTEGER (1u << 6)
#define KIND_ANY 0x7Fu
#define KIND_SCHEMA (KIND(DOC_MAP) | KIND(DOC_BOOL))

static inline unsigned kind_bits(const struct doc_node *node)
{
	return 1u << node->kind | (unsigned)node->is_integer << 6;
}

struct eval;
struct loader;
struct place;
struct seen;
struct subschema;

/* ---- dialects ---- */

/* Drafts as bits, so that one row of a table can belong to several. */
enum {
	DRAFT_04 = 1,
	DRAFT_06 = 2,
	DRAFT_07 = 4,
	DRAFT_2019_09 = 8,
	DRAFT_2020_12 = 16,
	DRAFT_ANY = 31,
};
#define SINCE(draft) (DRAFT_ANY & ~((draft)-1))
#define BEFORE(draft) ((draft)-1)

/* A published version of JSON Schema: in what its scanning differs from the others'. */
struct draft {
	const char *name, *uri; /* URI of its meta-schema, without a fragment */
	const char *id; /* the keyword that gives a subschema its URI */
	uint8_t bit;
	bool id_anchors; /* a fragment in it is an anchor */
	bool ref_alone; /* keywords beside $ref are ignored */
	bool contains_describes; /* unevaluatedItems knows what contains has found */
};

/* What scanning finds in a keyword's value; bits. */
enum shape {
	SHAPE_NONE = 0,
	SHAPE_SCHEMA = 1, /* a subschema */
	SHAPE_LIST = 2, /* a list of them */
	SHAPE_MAP = 4, /* a map of them; values of other kinds are skipped */
	SHAPE_ANCHOR = 8, /* a name for its subschema */
	SHAPE_DYNAMIC = 16, /* the same, for $dynamicRef */
	SHAPE_RECURSIVE = 32, /* whether $recursiveRef may end here */
};

/* Order of evaluation: what costs least first; unevaluated* needs all others done. */
enum phase { PHASE_ASSERT, PHASE_CHILD, PHASE_APPLY, PHASE_LAST };

struct keyword {
	const char *name;
	const struct rule *rule; /* of its findings, or NULL */
	bool (*compile)(struct loader *l, struct subschema *s, const struct keyword *k,
	                const struct doc_node *value); /* NULL: nothing to evaluate */
	uint8_t drafts; /* that have it so */
	uint8_t value; /* kinds its value may have */
	uint8_t applies; /* kinds of data it has an effect on */
	uint8_t shape, phase;
	bool in_place; /* its subschemas apply to the same value */
};

/* When a vocabulary that a meta-schema lists has `format` checked whatever the options say. */
enum format_use { FORMAT_OPTION, FORMAT_WHEN_REQUIRED, FORMAT_ALWAYS };

struct vocabulary {
	const char *uri; /* NULL before 2019-09: all of the draft's keywords are one */
	const struct keyword *keywords;
	size_t n;
	uint8_t drafts; /* whose keywords are taken from the table */
	enum format_use format;
};

/* A set of vocabularies under the URI of its meta-schema. */
struct dialect {
	struct str uri;
	const struct draft *draft;
	struct map keywords; /* name -> struct keyword const ** */
	const struct schema
	        *meta; /* NULL until the first document is checked against it */
	bool asserts_format;
};

/* ---- what is loaded ---- */

struct document {
	struct str uri; /* where it was retrieved from, absolute, without a fragment */
	struct str shown; /* as messages name it */
	struct source source;
	struct doc doc;
	bool local; /* a file: locations are told as path and pointer from its root */
	bool builtin;
	bool mixed; /* resources in it are of another dialect than what is around them */
	struct resource *root; /* NULL until scanned */
	struct resource *unchecked; /* of MIXED: still to see their own meta-schema */
};

struct anchor {
	struct str name;
	struct subschema *schema;
	bool dynamic;
	struct anchor *next;
};

/* A schema with a URI of its own: a document's root, or a subschema with $id. */
struct resource {
	struct str uri; /* base of the references inside */
	struct document *document;
	const struct dialect *dialect;
	struct subschema *root;
	struct anchor *anchors;
	bool dynamic; /* at least one anchor is dynamic */
	struct resource *next; /* among the unchecked */
};

/* ---- what it is compiled to ---- */

/* The keyword a finding is about. */
struct keyword_at {
	const struct rule *rule;
	struct str keyword;
	const struct subschema *owner;
};

struct schemas {
	const struct subschema **items;
	size_t n;
};

struct property {
	struct str name;
	const struct subschema *schema; /* NULL: only required */
	bool required;
};

struct pattern_property {
	const struct pattern *pattern;
	const struct subschema *schema;
};

/* properties, patternProperties, additionalProperties and required in one pass. */
struct object_rules {
	struct map properties; /* name -> struct property */
	size_t required;
	struct pattern_property *patterns;
	size_t patterns_n, patterns_cap;
	const struct subschema *additional;
	struct keyword_at additional_at, required_at;
};

/* prefixItems and items. */
struct list_rules {
	struct schemas prefix;
	const struct subschema *rest;
	struct keyword_at rest_at;
};

struct contains_rules {
	const struct subschema *schema;
	uint64_t min, max;
	bool describes;
	struct keyword_at min_at, max_at;
};

struct condition {
	const struct subschema *test, *yes, *no;
};

/* One entry of dependentRequired, dependentSchemas or dependencies. */
struct dependent {
	struct str key;
	uint64_t hash;
	const struct doc_node *required; /* list of strings, or NULL */
	const struct subschema *schema;
};

struct dependents {
	struct dependent *items;
	size_t n, cap;
};

struct value_set {
	const struct doc_node *list;
	struct map *texts; /* when all values are strings */
	uint64_t *hashes; /* of the items, when they are many */
};

struct instr {
	bool (*check)(struct eval *e, const struct instr *in, const struct place *p,
	              struct seen *seen);
	unsigned kinds; /* of data it has an effect on */
	unsigned phase;
	struct keyword_at at;
	union {
		uint64_t count;
		const struct doc_node *value;
		const struct subschema *schema;
		struct value_set *set;
		const struct pattern *pattern;
		struct schemas *branches;
		struct object_rules *object;
		struct list_rules *list;
		struct contains_rules *contains;
		struct condition *condition;
		struct dependents *dependents;
		const struct format *format;
		const struct anchor
		        *anchor; /* $dynamicRef: where it points without scopes */
	};
	const struct subschema
	        *fallback; /* $dynamicRef: where it points without scopes */
};

struct subschema {
	/* What evaluation touches comes first, to stay in one cache line. */
	const struct subschema *alias; /* nothing but a $ref: evaluate this instead */
	struct instr *instrs;
	uint32_t instrs_n;
	uint8_t types; /* kinds that `type` allows; none for the schema `false` */
	bool never; /* the schema `false` */
	bool unevaluated; /* has unevaluatedProperties or unevaluatedItems */
	bool scoped; /* that, or its resource matters to $dynamicRef */
	bool ref_alone; /* has a $ref that hides what is beside it */
	struct resource *resource;
	/* Where it is. */
	const struct doc_node *node;
	const struct subschema *up; /* the subschema around it, or NULL */
	struct str step; /* JSON pointer from there */
	const struct subschema
	        *outer; /* the one around it that applies to the same value */
	/* While it is compiled. */
	struct subschema *next;
	bool queued;
	size_t instrs_cap;
	struct object_rules *object;
	struct list_rules *list;
};

struct schema {
	const struct subschema *root;
	struct pattern **patterns;
	size_t patterns_n;
	struct str *files; /* that it was read from: see schema_files() */
	size_t files_n;
};

/* ---- load.c, read.c, scan.c, resolve.c, dialect.c: documents, resources, references ---- */

struct loader {
	struct arena *arena;
	const struct schema_options *opt;
	const struct tree *tree; /* that files are read from, but for mapped ones */
	struct diag_list *notes; /* or NULL */
	struct err *err;
	bool no_format;
	bool relative; /* the main file was named from the current folder on */
	int depth; /* meta-schemas of meta-schemas */
	size_t files;
	struct map documents; /* retrieval URI -> struct document */
	struct map resources; /* URI -> struct resource */
	struct map places; /* address of a node -> struct subschema */
	struct map dialects; /* URI -> struct dialect */
	struct map patterns; /* text -> struct pattern */
	struct map unknown; /* keywords told to be unknown: each once */
	struct map loaded; /* path -> nothing: the files read from the tree */
	struct subschema *queue, **queue_end;
	struct document *main;
	struct buf text; /* a step of a pointer while it is written */
	struct str shown_dir, given_dir,
	        real_dir; /* the main file's folder, three ways */
	struct str implied_prefix, implied_dir; /* from the main file's $id */
};

void load_init(struct loader *l, const struct schema_options *opt, struct arena *arena,
               struct err *err);
/* Give back the compiled patterns (after an error, or of a meta-schema). */
void load_release(struct loader *l);
/*
 * The bytes of file PATH into the arena; of a file beside the main one's target, when that is
 * a link and there is none beside the link. WHY as source_read()
 */
enum source_status load_read(struct loader *l, struct str path, bool mapped,
                             struct str *bytes, const char **why) MUST_CHECK;
/* The document at URI (absolute, no fragment), read but not scanned. NULL: err is set. */
struct document *load_document(struct loader *l, struct str uri,
                               const struct subschema *from);
/* Set ERR_SCHEMA "file:line:col: pointer: reason"; returns false. NODE NULL: S's own place. */
bool load_fail(struct loader *l, const struct subschema *s, const struct doc_node *node,
               const char *fmt, ...) PRINTF_FORMAT(4, 5);

/*
 * Find the resources and subschemas of D, and check it against its meta-schema, and resources
 * of other dialects in it against theirs. FALLBACK: the dialect when D names none; or NULL.
 */
bool scan_document(struct loader *l, struct document *d, const struct dialect *fallback);
/* The subschema at NODE, or NULL when scanning met none there. */
struct subschema *scan_find(const struct loader *l, const struct doc_node *node);
/* Make a subschema of NODE, where no keyword has one: STEP leads there from UP. */
struct subschema *scan_foreign(struct loader *l, const struct subschema *up,
                               const struct doc_node *node, struct str step);
/* The dynamic anchor NAME of R, or NULL. */
const struct anchor *scan_dynamic(const struct resource *r, struct str name);
/* Where S is: pointer from its document's root, or from its resource's. */
struct str scan_pointer(const struct subschema *s, bool of_document, struct arena *a);
/* Where S is, as findings tell it. */
struct str scan_location(const struct subschema *s, struct arena *a);
/* Whether keyword K of S is read, and not hidden by a $ref beside it. */
bool scan_reads(const struct subschema *s, const struct keyword *k);

/* The subschema that REF means inside FROM. *ANCHOR: the one it names. */
struct subschema *resolve_ref(struct loader *l, const struct subschema *from,
                              const struct doc_node *ref, const struct anchor **anchor);

/* The dialect of a document with $schema URI, or NULL with err set. */
const struct dialect *dialect_get(struct loader *l, struct str uri,
                                  const struct subschema *at,
                                  const struct doc_node *node);
const struct dialect *dialect_default(struct loader *l);
/* The keyword NAME, or NULL. */
const struct keyword *dialect_keyword(const struct dialect *d, struct str name);
/* Check S against the meta-schema of its dialect. False: err is set. */
bool dialect_check(struct loader *l, const struct subschema *s);

/* draft.c: the draft behind $schema URI, or NULL; the nth, the latest first, or NULL. */
const struct draft *draft_find(struct str uri);
const struct draft *draft_at(size_t n);
/* Whether URI means JSON Schema without saying which draft; then the latest is taken. */
bool draft_unnamed(struct str uri);
/* keywords.c: the nth vocabulary of the table, or NULL. */
const struct vocabulary *vocabulary_at(size_t n);
/* The keyword NAME as the first of DRAFTS has it, in any vocabulary; or NULL. */
const struct keyword *vocabulary_keyword(struct str name, unsigned drafts);
/* meta.c: the bytes of a built-in meta-schema, or absent. */
struct str meta_builtin(struct str uri);

/* Whether TEXT starts with a scheme: RFC 3986, section 3.1. */
bool schema_uri_absolute(struct str text);
/*
 * Resolve REF (without fragment) against BASE; normalised. Characters that a URI cannot have
 * are escaped first. False when it is no URI reference.
 * Source: RFC 3986, sections 5.2 and 6.2.2
 */
bool schema_uri_resolve(struct str *out, struct str base, struct str ref,
                        struct arena *a) MUST_CHECK;
/* TEXT without http:// or https:// : the pages of the drafts are known by both. */
struct str schema_uri_page(struct str text);
/* Cut TEXT at its first '#'; FRAGMENT is absent when there is none. */
struct str schema_uri_split(struct str text, struct str *fragment);
/* TEXT with %XX decoded. */
struct str schema_uri_decode(struct str text, struct arena *a);
/* The file URI of an absolute path, and back (absent when URI is none). */
struct str schema_uri_of_path(struct str path, struct arena *a);
struct str schema_uri_path(struct str uri, struct arena *a);

/* ---- compile.c and the keyword files ---- */

/* Compile the document behind L->main and everything it refers to. */
bool compile_all(struct loader *l, struct schema **out, struct subschema *root);
/* Put S on the list of what is to be compiled; returns it. */
struct subschema *compile_queue(struct loader *l, struct subschema *s);
/* The subschema at NODE, a value of keyword K in S. NULL: err is set. */
struct subschema *compile_child(struct loader *l, const struct subschema *s,
                                const struct keyword *k, const struct doc_node *node);
/* A new instruction of S. Good until the next one. */
struct instr *compile_emit(struct loader *l, struct subschema *s, const struct keyword *k,
                           bool (*check)(struct eval *, const struct instr *,
                                         const struct place *, struct seen *));
/* The place of keyword K in S. */
struct keyword_at compile_at(const struct subschema *s, const struct keyword *k);
/* The value of the keyword NAME beside others in S, if its dialect has that keyword. */
const struct doc_node *compile_sibling(const struct subschema *s, const char *name,
                                       const struct keyword **k);
/* The compiled pattern TEXT; S and NODE are for the message. NULL: err is set. */
const struct pattern *compile_pattern(struct loader *l, const struct subschema *s,
                                      const struct doc_node *node, struct str text);
/* A whole number from 0 as a count; what is too large to count is UINT64_MAX. */
uint64_t compile_count(const struct doc_node *node);
bool compile_text_list(struct loader *l, const struct subschema *s,
                       const struct keyword *k, const struct doc_node *list);

#define COMPILE(name) \
	bool compile_##name(struct loader *l, struct subschema *s, \
	                    const struct keyword *k, const struct doc_node *value)
COMPILE(ref);
COMPILE(dynamic_ref);
COMPILE(recursive_ref);
COMPILE(defs);
COMPILE(all_of);
COMPILE(any_of);
COMPILE(one_of);
COMPILE(not );
COMPILE(if);
COMPILE(properties);
COMPILE(pattern_properties);
COMPILE(additional_properties);
COMPILE(required);
COMPILE(property_names);
COMPILE(dependents);
COMPILE(max_properties);
COMPILE(min_properties);
COMPILE(prefix_items);
COMPILE(items);
COMPILE(items_or_list);
COMPILE(additional_items);
COMPILE(contains);
COMPILE(max_items);
COMPILE(min_items);
COMPILE(unique_items);
COMPILE(unevaluated);
COMPILE(type);
COMPILE(enum);
COMPILE(const);
COMPILE(multiple_of);
COMPILE(maximum);
COMPILE(exclusive_maximum);
COMPILE(maximum_or_below);
COMPILE(minimum);
COMPILE(exclusive_minimum);
COMPILE(minimum_or_above);
COMPILE(max_length);
COMPILE(min_length);
COMPILE(pattern_keyword);
COMPILE(format);
#undef COMPILE

/* ---- lint.c ---- */

void lint_subschema(struct loader *l, const struct subschema *s);
