/*
 * eval.h - how a compiled schema is evaluated, and how its findings are told
 *
 * Evaluation walks the value and the schema together on the C stack and allocates nothing
 * while all is well. Messages are formed in the scratch arena.
 */
#pragma once

#include "schema/internal.h"

/* ---- check.c ---- */

/* A value and the way to it from the root. */
struct place {
	const struct doc_node *node;
	const struct place *up; /* NULL at the root */
	const struct doc_member *member; /* when UP is a map */
	size_t index; /* among the items or members of UP */
};

/* Which members or items of one value some keyword has described (annotations). */
struct seen {
	uint64_t *bits;
	size_t n;
	bool all;
	uint64_t small[4];
};

/* The resources entered, innermost first: the dynamic scope. */
struct scope {
	const struct resource *resource;
	const struct scope *up;
};

struct eval {
	struct schema_scratch *scratch;
	struct diag_list *out; /* NULL while only the answer is asked for */
	const char *root; /* what messages call the root: "the document" */
	struct diag_list *caller; /* for findings about the check itself */
	const struct scope *scope;
	uint64_t steps;
	unsigned depth;
	unsigned attempts; /* branches being tried within branches being tried */
	size_t told; /* bytes of the findings formed so far, kept or not */
	bool stopped; /* a limit was reached: every answer is false */
	bool undecided; /* a keyword had no answer: the document is not valid */
	struct diag spare; /* what a finding past the limits is written to */
};

void seen_init(struct seen *s, size_t n);
void seen_release(struct seen *s);
void seen_merge(struct seen *into, const struct seen *from);
bool seen_has(const struct seen *s, size_t i);

static inline void seen_add(struct seen *s, size_t i)
{
	s->bits[i / 64] |= (uint64_t)1 << i % 64;
}

/* schema_check() for one node, which messages call NAME. */
bool eval_root(const struct schema *schema, const struct doc_node *root, const char *name,
               struct schema_scratch *scratch, struct diag_list *out);
/* Check the value at P against S; findings go to E->out; what is described, to SEEN. */
bool eval_schema(struct eval *e, const struct subschema *s, const struct place *p,
                 struct seen *seen);
/* eval_schema() for a member or item; most schemas of these are a type and nothing else. */
static inline bool eval_child(struct eval *e, const struct subschema *s,
                              const struct place *p)
{
	if (!s->instrs_n && kind_bits(p->node) & s->types)
		return true;
	return eval_schema(e, s, p, NULL);
}

/* The same as eval_schema for the answer only; SEEN is added to when it is true. */
bool eval_probe(struct eval *e, const struct subschema *s, const struct place *p,
                struct seen *seen);
/* Charge N steps for work inside a keyword; false when that was too much. */
bool eval_charge(struct eval *e, const struct place *p, uint64_t n);
/* Match PATTERN; an exploding match has been told. */
enum pattern_result eval_match(struct eval *e, const struct keyword_at *at,
                               const struct place *p, const struct pattern *pattern,
                               struct str text);
/* The member KEY of map NODE, or NULL. */
const struct doc_member *eval_member(const struct doc_node *node, struct str key,
                                     uint64_t hash);

/* ---- value.c: hashing by JSON Schema's equality ---- */

/* Equal values have equal hashes. *NODES counts the nodes visited. */
uint64_t value_hash(const struct doc_node *node, uint64_t *nodes);
struct value_set *value_set_new(const struct doc_node *list, struct arena *a);
bool value_set_has(const struct value_set *set, const struct doc_node *value);

/* ---- tell.c: messages ---- */

/*
 * A finding about the value at P: its subject ("year", item 3 of "aliases") and FMT after it.
 * Never NULL, so that fields can be set; only while E->out is not NULL.
 */
struct diag *tell(struct eval *e, const struct keyword_at *at, const struct place *p,
                  const char *fmt, ...) PRINTF_FORMAT(4, 5);
/* A finding without a subject, at SPAN. */
struct diag *tell_at(struct eval *e, const struct keyword_at *at, const struct place *p,
                     struct span span, const char *fmt, ...) PRINTF_FORMAT(5, 6);
/* The key of the member P, or the first key of the map P, or the whole of it. */
struct span tell_key_span(const struct place *p);
struct span tell_first_key_span(const struct place *p);
/* A value in words: "x" in quotes, 5, true, a list of 3 items. Lives in the scratch. */
const char *tell_value(struct eval *e, const struct doc_node *node);
/* Text in quotes, made safe. */
const char *tell_text(struct eval *e, struct str text);
/* At most eight of the N values: "a", "b" and 3 more. */
const char *tell_values(struct eval *e, const struct doc_node *const *values, size_t n);
/* Kinds in words: text or a list. */
const char *tell_kinds(struct eval *e, unsigned kinds);
/* "1 key", "2 keys". */
const char *tell_plural(struct eval *e, uint64_t n, const char *one, const char *many);
/*
 * True when one more finding would be over the limit for a file (it is counted): asked before
 * a message that is dear to make.
 */
bool tell_drops(struct eval *e);
/* "did you mean ...?" over N names, or absent; in the arena of E->out. */
struct str tell_nearest(struct eval *e, struct str word, const struct str *names,
                        size_t n);
/* A suggestion in the arena of E->out. */
struct str tell_keep(struct eval *e, const char *fmt, ...) PRINTF_FORMAT(2, 3);
/* "is X, but one of these is expected: ..." with did you mean. */
void tell_choice(struct eval *e, const struct keyword_at *at, const struct place *p,
                 const struct doc_node *const *values, size_t n);
void tell_type(struct eval *e, const struct keyword_at *at, const struct place *p,
               unsigned expected);
void tell_unknown_key(struct eval *e, const struct keyword_at *at, const struct place *p);
/* The same finding for another list: texts are copied. */
struct diag *tell_again(struct eval *e, struct diag_list *to, const struct diag *d);

/* ---- branch.c: which alternative was meant ---- */

#define SUGGEST_NAMES 256 /* names looked at for one "did you mean" */

/* No branch of anyOf or oneOf fits the value at P: tell why. Always false. */
bool branch_none(struct eval *e, const struct instr *in, const struct place *p,
                 struct seen *seen);

/* ---- describe.c: what a schema asks for, seen from outside ---- */

struct choice_list {
	const struct doc_node **items;
	size_t n, cap;
};

struct names {
	struct arena *arena;
	struct str *items;
	size_t n, cap;
	size_t visits;
	bool cut; /* there were too many to look at */
};

/* The values that const or enum leave to S: N in a row, or NULL. */
const struct doc_node *describe_choices(const struct subschema *s, size_t *n);
/* The same, appended to OUT in the scratch. */
void describe_add_choices(struct eval *e, struct choice_list *out,
                          const struct subschema *s);
/* The kinds of values that S is for. DEPTH 0. */
unsigned describe_kinds(const struct subschema *s, int depth);
/* The schema that S, its $ref and its allOf give to the property KEY, or NULL. DEPTH 0. */
const struct subschema *describe_property(const struct subschema *s,
                                          const struct doc_member *key, int depth);
/* Names of the properties that S and what it applies in place declare. */
void describe_names(struct names *out, const struct subschema *s);
/* How an alternative is called: its number, and its title or its name under $defs. */
const char *describe_branch(struct eval *e, const struct subschema *s, size_t index);
/* What S excludes under `not`, in words. */
const char *describe_excluded(struct eval *e, const struct subschema *s);
