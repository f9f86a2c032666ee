/*
 * check.c - the rules between two revisions of an entry, and of the configuration
 */
#include "guard/internal.h"

#include "base/limits.h"

bool read_entry(struct doc **out, const struct dataset *d, const struct collection *k,
                struct str path, struct arena *arena)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct source *source = arena_new(arena, struct source);
	struct diag_list unused;
	struct docs docs;
	const char *why;

	diag_init(&unused, arena);
	if (d->tree->read(d->tree, source, &bytes, path, &why) != SOURCE_OK)
		return false;
	source->bytes = arena_str(arena, source->bytes);
	if (!doc_read(&docs, source, &k->read, arena, &unused) || docs.n != 1)
		return false;
	*out = &docs.items[0];
	return true;
}

static bool is_withdrawn(const struct history *h)
{
	struct standing s = history_standing(h, h->n);

	return s.public_state == STATE_WITHDRAWN;
}

/* An entry that has come with this change has said nothing before. */
static void check_between(struct change *c, const struct pair *p,
                          const struct roles *roles, const struct doc *old,
                          const struct doc *new, struct arena *scratch)
{
	static const struct doc_node nothing = {.kind = DOC_MAP};

	if (!c->old.dataset || !new)
		return;
	if (p->old && !old)
		return; /* what could not be read before has no lines to keep */
	diag_file(c->out, p->new_path);
	history_check_between(roles, old ? &old->root : &nothing, &new->root, scratch,
	                      c->out);
}

/* The pair on both sides; the roles from before the change hold, for it might drop one. */
static void check_pair(struct change *c, const struct pair *p)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct collection *k = p->old && p->old->versioned ? p->old : p->new;
	struct doc *old = NULL, *new = NULL;
	struct history before = {0}, after = {0};

	if (!k || !k->versioned)
		return;
	if (p->old && read_entry(&old, c->old.dataset, p->old, p->old_path, &scratch))
		history_read(&before, &k->roles, &old->root, &scratch);
	if (p->new &&read_entry(&new, c->new.dataset, p->new, p->new_path, &scratch))
		history_read(&after, &k->roles, &new->root, &scratch);
	if (is_withdrawn(&after) && !is_withdrawn(&before))
		c->whole = true; /* whoever is related to it has to know */
	check_between(c, p, &k->roles, old, new, &scratch);
	check_published(c, p, old ? &before : NULL, new ? &after : NULL, &scratch);
}

/* ---- the configuration ---- */

static bool same(const struct doc_node *a, const struct doc_node *b)
{
	return a && b ? doc_equal(a, b) : a == b;
}

static const struct collection *of_name(const struct dataset *d, struct str name)
{
	for (size_t i = 0; i < d->collections_n; i++)
		if (str_eq(d->collections[i].name, name))
			return &d->collections[i];
	return NULL;
}

/* A collection that loses its history is no longer held to it. */
static void check_versioned(struct change *c)
{
	const struct dataset *old = c->old.dataset;

	for (size_t i = 0; i < old->collections_n; i++) {
		const struct collection *was = &old->collections[i];
		const struct collection *is = of_name(c->new.dataset, was->name);

		if (was->versioned && (!is || !is->versioned))
			diag_add(c->out, &rule_state_authority, (struct span){0},
			         "this change takes the collection " STR_FMT
			         " out of what has versions",
			         STR_ARG(was->name))
			        ->suggestion = STR("merge it only if that is meant");
	}
}

static void check_policy(struct change *c)
{
	static const struct {
		const char *key, *pointer;
	} rows[] = {{"rules", "/rules"}, {"release", "/release"}};
	const struct dataset *old = c->old.dataset, *new = c->new.dataset;

	if (!old)
		return;
	diag_file(c->out, new->config_path);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct doc_node *was = doc_get(old->config, rows[i].key);
		const struct doc_node *is = doc_get(new->config, rows[i].key);
		struct diag *d;

		if (same(was, is))
			continue;
		d = diag_add(c->out, &rule_state_authority,
		             is ? doc_span(is) : (struct span){0},
		             "this change %s `%s`, but is itself held to what was there "
		             "before",
		             !was  ? "adds"
		             : !is ? "removes"
		                   : "changes",
		             rows[i].key);
		d->pointer = str_of(rows[i].pointer);
		d->suggestion = STR("merge it only if that is meant");
	}
	check_versioned(c);
}

void change_check(struct change *c)
{
	for (size_t i = 0; i < c->pairs.n && !c->err->code; i++)
		check_pair(c, c->pairs.items[i].value);
	check_policy(c);
	if (c->whole)
		check_terms(c);
}
