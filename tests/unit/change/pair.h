/*
 * pair.h - two contents read side by side, for the tests of change
 */
#pragma once

#include "../doc/reading.h"
#include "../roles.h"

#include "change/change.h"

struct pair {
	struct reading old, new;
	struct roles roles;
	const struct doc_node *was, *is; /* NULL when the text was */
	struct arena arena;
	struct change_list list;
};

static inline const struct doc_node *pair_read(struct reading *r, const char *yaml)
{
	reading_open(r, "a.yaml", str_of(yaml ? yaml : "{}"), NULL);
	return yaml ? root_of(r) : NULL;
}

/* The fields that differ between OLD and NEW (YAML, or NULL), in p->list. */
static inline void pair_open(struct pair *p, const char *old, const char *new)
{
	*p = (struct pair){0};
	p->was = pair_read(&p->old, old);
	p->is = pair_read(&p->new, new);
	p->roles = plain_roles(&p->arena);
	p->roles.aliases = role(&p->arena, "/aliases/*");
	p->roles.alias_text = role(&p->arena, "/text");
	change_fields(&p->list, &p->roles, p->was, p->is, &p->arena);
	assert_int_equal(change_any(&p->roles, p->was, p->is), p->list.n != 0);
}

static inline void pair_release(struct pair *p)
{
	reading_release(&p->old);
	reading_release(&p->new);
	arena_release(&p->arena);
}
