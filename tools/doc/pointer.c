#include "doc/internal.h"

#include <string.h>

struct span doc_span(const struct doc_node *node)
{
	return marks_span(node->start, node->end);
}

struct span doc_key_span(const struct doc_member *m)
{
	return marks_span(m->start, m->end);
}

const struct doc_member *doc_member(const struct doc_node *node, struct str key)
{
	uint64_t hash;

	if (!node || node->kind != DOC_MAP || !node->n)
		return NULL;
	hash = str_hash(key);
	for (uint32_t i = 0; i < node->n; i++) {
		const struct doc_member *m = &node->members[i];

		if (m->hash == hash && str_eq(m->key, key))
			return m;
	}
	return NULL;
}

const struct doc_node *doc_get(const struct doc_node *node, const char *key)
{
	const struct doc_member *m = doc_member(node, str_of(key));

	return m ? &m->value : NULL;
}

bool doc_is_true(const struct doc_node *node)
{
	return node && node->kind == DOC_BOOL && node->truth;
}

struct str doc_text(const struct doc_node *node)
{
	return node && node->kind == DOC_STRING ? node->text : STR_NONE;
}

/* Cut "/step" off *P; the step is still escaped. */
static bool cut(struct str *step, struct str *p)
{
	struct str rest;

	if (!p->n || p->s[0] != '/')
		return false;
	rest = str_sub(*p, 1, p->n);
	*step = str_sub(rest, 0, str_find(rest, '/'));
	*p = str_sub(rest, step->n, rest.n);
	return true;
}

/* The character at *AT of an escaped step. */
static char step_next(struct str step, size_t *at)
{
	char c = step.s[(*at)++];

	if (c != '~' || *at == step.n)
		return c;
	if (step.s[*at] == '0' || step.s[*at] == '1')
		return step.s[(*at)++] == '0' ? '~' : '/';
	return c;
}

static bool step_is(struct str step, struct str key)
{
	size_t at = 0, n = 0;

	while (at < step.n) {
		char c = step_next(step, &at);

		if (n == key.n || key.s[n++] != c)
			return false;
	}
	return n == key.n;
}

static const struct doc_node *item_at(const struct doc_node *list, struct str step)
{
	size_t i = 0;

	if (!step.n || step.n > 10 || (step.n > 1 && step.s[0] == '0'))
		return NULL;
	for (size_t k = 0; k < step.n; k++) {
		if (step.s[k] < '0' || step.s[k] > '9')
			return NULL;
		i = i * 10 + (size_t)(step.s[k] - '0');
	}
	return i < list->n ? &list->items[i] : NULL;
}

static const struct doc_node *member_at(const struct doc_node *map, struct str step)
{
	const struct doc_member *m = NULL;

	if (str_find(step, '~') == step.n) {
		m = doc_member(map, step);
		return m ? &m->value : NULL;
	}
	for (uint32_t i = 0; i < map->n; i++)
		if (step_is(step, map->members[i].key))
			return &map->members[i].value;
	return NULL;
}

const struct doc_node *doc_at(const struct doc_node *node, struct str p)
{
	struct str step;

	while (node && cut(&step, &p)) {
		if (node->kind == DOC_MAP)
			node = member_at(node, step);
		else
			node = node->kind == DOC_LIST ? item_at(node, step) : NULL;
	}
	return p.n ? NULL : node;
}

void doc_pointer_key(struct buf *pointer, struct str key)
{
	buf_addc(pointer, '/');
	for (size_t i = 0; i < key.n; i++) {
		if (key.s[i] == '~')
			buf_addz(pointer, "~0");
		else if (key.s[i] == '/')
			buf_addz(pointer, "~1");
		else
			buf_addc(pointer, key.s[i]);
	}
}

void doc_pointer_index(struct buf *pointer, size_t index)
{
	buf_addf(pointer, "/%zu", index);
}

bool doc_pointer_step(struct str *out, struct str *p, struct arena *a)
{
	struct str step;
	size_t n = 0;
	char *s;

	if (!cut(&step, p))
		return false;
	*out = step;
	if (str_find(step, '~') == step.n)
		return true;
	s = arena_alloc(a, step.n + 1, 1);
	for (size_t at = 0; at < step.n;)
		s[n++] = step_next(step, &at);
	*out = (struct str){s, n};
	return true;
}

const char *doc_kind_name(const struct doc_node *node)
{
	static const char *const names[] = {"null", "true/false", "number",
	                                    "text", "list",       "map"};

	return names[node->kind];
}
