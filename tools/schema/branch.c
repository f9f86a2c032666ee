#include "schema/eval.h"

#include "base/text.h"

#define ATTEMPTS 4 /* levels of alternatives looked into */
#define SHOWN 4 /* alternatives named in one message */

/* ---- by a property whose value says which branch it is ---- */

enum verdict { NO_DISCRIMINATOR, ONE_BRANCH, NO_BRANCH };

static bool among(const struct doc_node *value, const struct doc_node *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (doc_equal(&values[i], value))
			return true;
	return false;
}

/* Whether all branches for maps leave only some values to KEY, and which allow this one. */
static enum verdict discriminates(const struct schemas *branches,
                                  const struct doc_member *key,
                                  const struct subschema **meant)
{
	size_t restricted = 0, fitting = 0;

	for (size_t i = 0; i < branches->n; i++) {
		const struct subschema *s = branches->items[i], *property;
		const struct doc_node *values;
		size_t n;

		if (!(describe_kinds(s, 0) & KIND(DOC_MAP)))
			continue;
		property = describe_property(s, key, 0);
		values = property ? describe_choices(property, &n) : NULL;
		if (!values)
			return NO_DISCRIMINATOR;
		restricted++;
		if (!among(&key->value, values, n))
			continue;
		fitting++;
		*meant = s;
	}
	if (restricted < 2 || fitting > 1)
		return NO_DISCRIMINATOR;
	return fitting ? ONE_BRANCH : NO_BRANCH;
}

static void tell_discriminator(struct eval *e, const struct instr *in,
                               const struct place *p, size_t member)
{
	const struct doc_member *m = &p->node->members[member];
	const struct place child = {&m->value, p, m, member};
	struct choice_list all = {0};

	for (size_t i = 0; i < in->branches->n; i++) {
		const struct subschema *s =
		        describe_property(in->branches->items[i], m, 0);

		if (s)
			describe_add_choices(e, &all, s);
	}
	tell_choice(e, &in->at, &child, all.items, all.n);
}

static bool by_discriminator(struct eval *e, const struct instr *in,
                             const struct place *p, struct seen *seen)
{
	const struct subschema *meant = NULL;

	if (p->node->kind != DOC_MAP)
		return false;
	for (size_t i = 0; i < p->node->n && i < SUGGEST_NAMES; i++) {
		switch (discriminates(in->branches, &p->node->members[i], &meant)) {
		case NO_DISCRIMINATOR:
			continue;
		case ONE_BRANCH:
			eval_schema(e, meant, p, seen);
			return true;
		case NO_BRANCH:
			tell_discriminator(e, in, p, i);
			return true;
		}
	}
	return false;
}

/* ---- by the kind of value, then by how near each branch comes ---- */

struct attempt {
	const struct subschema *schema;
	size_t index; /* among all branches */
	struct diag_list found;
	size_t depth; /* where the outermost finding is, in steps of its pointer */
	size_t known; /* keys of the value that the branch declares */
};

/* Findings about a key belong to the map around it. */
static size_t depth_of(const struct diag *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->pointer.n; i++)
		n += d->pointer.s[i] == '/';
	return n - (n && (d->rule == &rule_schema_additional_properties ||
	                  d->rule == &rule_schema_unevaluated_properties ||
	                  d->rule == &rule_schema_property_names));
}

static void attempt(struct eval *e, struct attempt *a, const struct place *p)
{
	struct diag_list *out = e->out;
	struct names names = {.arena = &e->scratch->arena};

	a->found = (struct diag_list){.arena = &e->scratch->arena, .document = 1};
	e->out = &a->found;
	eval_schema(e, a->schema, p, NULL);
	e->out = out;
	a->depth = SIZE_MAX;
	for (size_t i = 0; i < a->found.n; i++) {
		size_t depth = depth_of(&a->found.items[i]);

		a->depth = depth < a->depth ? depth : a->depth;
	}
	if (p->node->kind != DOC_MAP)
		return;
	describe_names(&names, a->schema);
	for (size_t i = 0; i < names.n && i < SUGGEST_NAMES; i++)
		a->known += eval_member(p->node, names.items[i],
		                        str_hash(names.items[i])) != NULL;
}

/* Whether A comes clearly nearer than B. */
static bool nearer(const struct attempt *a, const struct attempt *b)
{
	if (a->depth != b->depth)
		return a->depth > b->depth;
	if (a->known != b->known)
		return a->known > b->known;
	return a->found.n * 3 <= b->found.n;
}

static const struct attempt *nearest(const struct attempt *all, size_t n)
{
	const struct attempt *best = &all[0];

	for (size_t i = 1; i < n; i++)
		if (nearer(&all[i], best))
			best = &all[i];
	for (size_t i = 0; i < n; i++)
		if (&all[i] != best && !nearer(best, &all[i]))
			return NULL;
	return best;
}

static void tell_none(struct eval *e, const struct instr *in, const struct place *p,
                      const struct attempt *all, size_t n)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(16384);

	for (size_t i = 0; i < n && i < SHOWN; i++) {
		struct str why = all[i].found.n ? all[i].found.items[0].text : STR("");

		buf_addf(&b, "%s%s: " STR_FMT, i ? "; " : "",
		         describe_branch(e, all[i].schema, all[i].index), STR_ARG(why));
	}
	if (n > SHOWN)
		buf_addf(&b, "; and %zu more", n - SHOWN);
	tell(e, &in->at, p, "fits none of the %zu alternatives: %s", in->branches->n,
	     buf_z(&b));
}

static void by_attempts(struct eval *e, const struct instr *in, const struct place *p,
                        struct attempt *all, size_t n)
{
	const struct attempt *best;

	/* Trying all branches of all branches would take for ever on deep values. */
	if (e->attempts == ATTEMPTS) {
		tell(e, &in->at, p, "fits none of the %zu alternatives", in->branches->n);
		return;
	}
	e->attempts++;
	for (size_t i = 0; i < n; i++)
		attempt(e, &all[i], p);
	e->attempts--;
	best = nearest(all, n);
	if (!best)
		tell_none(e, in, p, all, n);
	for (size_t i = 0; best && i < best->found.n; i++)
		tell_again(e, e->out, &best->found.items[i]);
}

/* The branches that are for this kind of value; *KINDS: what all of them are for. */
static size_t fitting(const struct instr *in, const struct place *p, struct attempt *out,
                      unsigned *kinds)
{
	size_t n = 0;

	*kinds = 0;
	for (size_t i = 0; i < in->branches->n; i++) {
		unsigned own = describe_kinds(in->branches->items[i], 0);

		*kinds |= own;
		if (own & kind_bits(p->node))
			out[n++] = (struct attempt){.schema = in->branches->items[i],
			                            .index = i};
	}
	return n;
}

/* All branches are lists of values: together they are one. */
static bool by_values(struct eval *e, const struct instr *in, const struct place *p,
                      const struct attempt *all, size_t n)
{
	struct choice_list values = {0};
	size_t count;

	for (size_t i = 0; i < n; i++)
		if (!describe_choices(all[i].schema, &count))
			return false;
	for (size_t i = 0; i < n; i++)
		describe_add_choices(e, &values, all[i].schema);
	tell_choice(e, &in->at, p, values.items, values.n);
	return true;
}

bool branch_none(struct eval *e, const struct instr *in, const struct place *p,
                 struct seen *seen)
{
	struct attempt *all;
	unsigned kinds;
	size_t n;

	if (by_discriminator(e, in, p, seen))
		return false;
	all = arena_array(&e->scratch->arena, struct attempt, in->branches->n);
	n = fitting(in, p, all, &kinds);
	if (n == 1) {
		eval_schema(e, all[0].schema, p, seen);
		return false;
	}
	/* What no branch got right is not held against the keys of the value besides. */
	if (seen)
		seen->all = true;
	if (n == 0 && kinds)
		tell_type(e, &in->at, p, kinds);
	else if (n == 0)
		tell(e, &in->at, p, "is not allowed here");
	else if (!by_values(e, in, p, all, n))
		by_attempts(e, in, p, all, n);
	return false;
}
