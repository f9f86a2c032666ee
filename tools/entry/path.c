#include "entry/path.h"

#include "base/limits.h"

bool path_compile(struct path *out, struct str text, struct arena *arena, struct err *err)
{
	struct str rest = text, raw, key;

	*out = (struct path){.text = text};
	if (text.n && text.s[0] != '/')
		return err_set(err, ERR_CONFIG,
		               "\"" STR_FMT
		               "\" is no path: it must be empty or start with \"/\"",
		               STR_ARG(text));
	while (rest.n) {
		struct path_step *step = &out->steps[out->n];

		if (out->n == PATH_STEPS)
			return err_set(err, ERR_CONFIG,
			               "\"" STR_FMT "\" has more than %d steps",
			               STR_ARG(text), PATH_STEPS);
		raw = str_sub(rest, 1, rest.n);
		raw.n = str_find(raw, '/');
		doc_pointer_step(&key, &rest, arena);
		step->each = str_eqz(raw, "*");
		step->key = str_eqz(raw, "~2") ? STR("*") : key;
		step->hash = str_hash(step->key);
		out->n++;
	}
	return true;
}

bool path_many(const struct path *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->steps[i].each)
			return true;
	return false;
}

struct path_iter path_iter(const struct path *path, const struct doc_node *root)
{
	struct path_iter it;

	/* The rest is set when it is reached: most paths have few steps. */
	it.path = path;
	it.stack[0] = root;
	it.node = NULL;
	it.started = false;
	return it;
}

static const struct doc_node *child(const struct doc_node *node, uint32_t i)
{
	return node->kind == DOC_LIST ? &node->items[i] : &node->members[i].value;
}

static bool is_container(const struct doc_node *node)
{
	return node->kind == DOC_LIST || node->kind == DOC_MAP;
}

/* The place of a step's key or index in NODE, or node->n. */
static uint32_t step_place(const struct path_step *step, const struct doc_node *node)
{
	uint32_t i = 0;

	if (node->kind == DOC_MAP) {
		while (i < node->n && (node->members[i].hash != step->hash ||
		                       !str_eq(node->members[i].key, step->key)))
			i++;
		return i;
	}
	if (!step->key.n || step->key.n > 9 || (step->key.s[0] == '0' && step->key.n > 1))
		return node->n;
	for (size_t k = 0; k < step->key.n; k++) {
		if (step->key.s[k] < '0' || step->key.s[k] > '9')
			return node->n;
		i = i * 10 + (uint32_t)(step->key.s[k] - '0');
	}
	return i < node->n ? i : node->n;
}

/* Where a step without a star leads from NODE; NULL when it leads nowhere. */
static const struct doc_node *step_child(const struct path_step *step,
                                         const struct doc_node *node)
{
	uint32_t i = is_container(node) ? step_place(step, node) : 0;

	return is_container(node) && i < node->n ? child(node, i) : NULL;
}

/* Take step D for the first time; false when it leads nowhere. */
static bool enter(struct path_iter *it, size_t d)
{
	const struct path_step *step = &it->path->steps[d];
	const struct doc_node *node = it->stack[d];

	if (!is_container(node))
		return false;
	it->at[d] = step->each ? 0 : step_place(step, node);
	if (it->at[d] >= node->n)
		return false;
	it->stack[d + 1] = child(node, it->at[d]);
	return true;
}

/* Move on at the deepest `*` above D that has an item left; false when none has. */
static bool backtrack(struct path_iter *it, size_t *d)
{
	while (*d > 0) {
		size_t k = --*d;

		if (it->path->steps[k].each && it->at[k] + 1 < it->stack[k]->n) {
			it->stack[k + 1] = child(it->stack[k], ++it->at[k]);
			*d = k + 1;
			return true;
		}
	}
	return false;
}

/* From now on there is nothing, however often one asks. */
static bool finish(struct path_iter *it)
{
	it->stack[0] = NULL;
	return false;
}

bool path_next(struct path_iter *it)
{
	size_t d = 0;

	it->node = NULL;
	if (!it->stack[0])
		return false;
	if (it->started) {
		d = it->path->n;
		if (!backtrack(it, &d))
			return finish(it);
	}
	it->started = true;
	while (d < it->path->n) {
		if (enter(it, d))
			d++;
		else if (!backtrack(it, &d))
			return finish(it);
	}
	it->node = it->stack[d];
	return true;
}

const struct doc_member *path_key(const struct path_iter *it)
{
	size_t n = it->path->n;
	const struct doc_node *parent = n ? it->stack[n - 1] : NULL;

	return parent && parent->kind == DOC_MAP ? &parent->members[it->at[n - 1]] : NULL;
}

struct str path_pointer(const struct path_iter *it, struct arena *arena)
{
	struct buf b = BUF_INIT(LIMIT_POINTER_BYTES);
	struct str out;

	for (size_t d = 0; d < it->path->n && !b.overflow; d++) {
		size_t before = b.n;

		if (it->stack[d]->kind == DOC_MAP)
			doc_pointer_key(&b, it->stack[d]->members[it->at[d]].key);
		else
			doc_pointer_index(&b, it->at[d]);
		if (b.overflow)
			buf_truncate(&b, before);
	}
	out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return out;
}

const struct doc_node *path_first(const struct path *path, const struct doc_node *root)
{
	const struct doc_node *node = root;
	struct path_iter it;
	size_t d = 0;

	if (!path)
		return NULL;
	while (node && d < path->n && !path->steps[d].each)
		node = step_child(&path->steps[d++], node);
	if (!node || d == path->n)
		return node;
	it = path_iter(path, root);
	return path_next(&it) ? it.node : NULL;
}
