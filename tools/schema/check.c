#include "schema/eval.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is described: annotations as bits ---- */

void seen_init(struct seen *s, size_t n)
{
	*s = (struct seen){.n = n};
	s->bits = s->small;
	if (n <= sizeof(s->small) * 8)
		return;
	s->bits = mem_alloc((n + 63) / 64 * sizeof(*s->bits));
	memset(s->bits, 0, (n + 63) / 64 * sizeof(*s->bits));
}

void seen_release(struct seen *s)
{
	if (s->bits != s->small)
		free(s->bits);
}

void seen_merge(struct seen *into, const struct seen *from)
{
	into->all |= from->all;
	for (size_t i = 0; i < (into->n + 63) / 64; i++)
		into->bits[i] |= from->bits[i];
}

bool seen_has(const struct seen *s, size_t i)
{
	return s->all || s->bits[i / 64] >> i % 64 & 1;
}

/* ---- limits ---- */

/* End the evaluation: from here on every answer is false, and it is told why once. */
static bool stop(struct eval *e, const struct rule *rule, const struct place *p,
                 const char *text)
{
	const struct keyword_at at = {.rule = rule};
	struct diag_list *out = e->out;

	if (e->stopped)
		return false;
	e->out = e->caller;
	e->told = 0; /* this is told in any case */
	tell(e, &at, p, "%s", text);
	e->out = out;
	e->stopped = true;
	e->steps = LIMIT_SCHEMA_STEPS;
	return false;
}

bool eval_charge(struct eval *e, const struct place *p, uint64_t n)
{
	if (e->stopped)
		return false;
	e->steps += n;
	if (e->steps <= LIMIT_SCHEMA_STEPS)
		return true;
	return stop(e, &rule_schema_effort, p,
	            "takes too many steps to be checked: the schema tries too many "
	            "combinations");
}

enum pattern_result eval_match(struct eval *e, const struct keyword_at *at,
                               const struct place *p, const struct pattern *pattern,
                               struct str text)
{
	enum pattern_result result = pattern_match(pattern, text, &e->scratch->match);
	struct keyword_at limit = *at;
	struct diag_list *out = e->out;
	struct diag *told;

	if (result != PATTERN_EXPLODED)
		return result;
	limit.rule = &rule_schema_pattern_limit;
	e->undecided = true;
	e->out = e->caller;
	told = tell(e, &limit, p, "cannot be matched by its pattern within the limits");
	if (told)
		told->suggestion = STR("simplify the pattern: repetition inside of "
		                       "repetition, as in (a+)+, takes too long");
	e->out = out;
	eval_charge(e, p, LIMIT_PATTERN_STEPS);
	return result;
}

/* ---- evaluation ---- */

const struct doc_member *eval_member(const struct doc_node *node, struct str key,
                                     uint64_t hash)
{
	for (size_t i = 0; i < node->n; i++)
		if (node->members[i].hash == hash && str_eq(node->members[i].key, key))
			return &node->members[i];
	return NULL;
}

static bool tell_refused(struct eval *e, const struct subschema *s, const struct place *p)
{
	struct keyword_at at = {.rule = &rule_schema_false, .owner = s};

	if (!e->out || e->stopped)
		return false;
	if (s->never) {
		tell(e, &at, p, "is not allowed here");
		return false;
	}
	at.rule = &rule_schema_type;
	at.keyword = STR("type");
	tell_type(e, &at, p, s->types);
	return false;
}

/* All keywords of S, in order; with findings wanted, also those after the first failure. */
static bool run(struct eval *e, const struct subschema *s, const struct place *p,
                struct seen *seen)
{
	unsigned bits = kind_bits(p->node);
	bool ok = true;

	for (size_t i = 0; i < s->instrs_n; i++) {
		const struct instr *in = &s->instrs[i];

		if (!(in->kinds & bits))
			continue;
		ok = in->check(e, in, p, seen) && ok;
		if (!ok && !e->out)
			return false;
	}
	return ok;
}

/* unevaluated* see what their own schema describes, and nothing from around it. */
static bool run_unevaluated(struct eval *e, const struct subschema *s,
                            const struct place *p, struct seen *outer)
{
	CLEANUP(seen_release) struct seen own;
	bool ok;

	seen_init(&own, p->node->n);
	ok = run(e, s, p, &own);
	if (outer)
		seen_merge(outer, &own);
	return ok;
}

static bool has_members(const struct doc_node *node)
{
	return node->kind == DOC_MAP || node->kind == DOC_LIST;
}

static bool run_scoped(struct eval *e, const struct subschema *s, const struct place *p,
                       struct seen *seen)
{
	const struct scope scope = {s->resource, e->scope}, *before = e->scope;
	bool ok;

	if (s->resource->dynamic && (!before || before->resource != s->resource))
		e->scope = &scope;
	if (s->unevaluated && has_members(p->node))
		ok = run_unevaluated(e, s, p, seen);
	else
		ok = run(e, s, p, seen);
	e->scope = before;
	return ok;
}

bool eval_schema(struct eval *e, const struct subschema *s, const struct place *p,
                 struct seen *seen)
{
	bool ok;

	if (s->alias)
		s = s->alias;
	e->steps += s->instrs_n + 1;
	if (e->steps > LIMIT_SCHEMA_STEPS && !eval_charge(e, p, 0))
		return false;
	if (!(kind_bits(p->node) & s->types))
		return tell_refused(e, s, p);
	if (!s->instrs_n)
		return true;
	if (e->depth == LIMIT_SCHEMA_DEPTH)
		return stop(e, &rule_schema_recursion, p,
		            "cannot be checked: the references of the schema run in a "
		            "circle");
	e->depth++;
	if (s->scoped)
		ok = run_scoped(e, s, p, seen);
	else
		ok = run(e, s, p, seen);
	e->depth--;
	return ok && !e->stopped;
}

static bool probe_seen(struct eval *e, const struct subschema *s, const struct place *p,
                       struct seen *seen)
{
	CLEANUP(seen_release) struct seen own;
	bool ok;

	seen_init(&own, seen->n);
	ok = eval_schema(e, s, p, &own);
	if (ok)
		seen_merge(seen, &own);
	return ok;
}

bool eval_probe(struct eval *e, const struct subschema *s, const struct place *p,
                struct seen *seen)
{
	struct diag_list *out = e->out;
	bool ok;

	e->out = NULL;
	ok = seen ? probe_seen(e, s, p, seen) : eval_schema(e, s, p, NULL);
	e->out = out;
	return ok;
}

/* ---- the whole document ---- */

static bool same_finding(const struct diag *a, const struct diag *b)
{
	return a->rule == b->rule && a->span.line == b->span.line &&
	       a->span.column == b->span.column && str_eq(a->pointer, b->pointer) &&
	       str_eq(a->text, b->text);
}

/* Two ways through the schema may come to one finding: it is told once. */
static void drop_repeated(struct diag_list *out, size_t from)
{
	size_t n = from;

	for (size_t i = from; i < out->n; i++) {
		size_t j = from;

		while (j < n && !same_finding(&out->items[i], &out->items[j]))
			j++;
		if (j == n)
			out->items[n++] = out->items[i];
	}
	out->n = n;
}

bool eval_root(const struct schema *schema, const struct doc_node *root, const char *name,
               struct schema_scratch *scratch, struct diag_list *out)
{
	const struct scope scope = {schema->root->resource, NULL};
	const struct place p = {.node = root};
	struct eval e = {.scratch = scratch,
	                 .out = out,
	                 .caller = out,
	                 .scope = &scope,
	                 .root = name};
	size_t before = out->n;
	bool ok;

	scratch->pointer.max = LIMIT_FILE_BYTES;
	ok = eval_schema(&e, schema->root, &p, NULL) && !e.stopped && !e.undecided;
	arena_reset(&scratch->arena);
	if (!ok)
		drop_repeated(out, before);
	return ok;
}

bool schema_check(const struct schema *schema, const struct doc *doc,
                  struct schema_scratch *scratch, struct diag_list *out)
{
	return eval_root(schema, &doc->root, "the document", scratch, out);
}

void schema_scratch_release(struct schema_scratch *s)
{
	arena_release(&s->arena);
	buf_release(&s->pointer);
	pattern_match_release(&s->match);
}
