/*
 * reference.h - a three-way merge of plain values, to compare the real one with
 */
#pragma once

#include "model.h"

struct reference {
	struct arena *arena;
	bool conflict;
};

static inline struct model *reference_merge(struct reference *r, const struct model *b,
                                            const struct model *o, const struct model *t,
                                            struct str key);

/* A list's items by name: NULL when an item has none, or two have the same. */
static inline struct str *names_by(struct reference *r, const struct model *list,
                                   const char *key)
{
	struct str *names = arena_array(r->arena, struct str, MODEL_KIDS + 1);

	for (size_t i = 0; i < list->n; i++) {
		const struct model *item = list->kids[i].value;
		const struct model *name = key ? model_get(item, str_of(key)) : item;

		if (!name || !is_scalar_model(name))
			return NULL;
		names[i] = arena_fmt(r->arena, "%d" STR_FMT, name->kind == MODEL_NUMBER,
		                     STR_ARG(name->text));
		for (size_t k = 0; k < i; k++)
			if (str_eq(names[k], names[i]))
				return NULL;
	}
	return names;
}

static inline size_t find(const struct str *names, size_t n, struct str name)
{
	size_t i = 0;

	while (i < n && !str_eq(names[i], name))
		i++;
	return i;
}

/* Three lists and the names of their items. */
struct listing {
	const struct model *list[3];
	struct str *names[3];
};

static inline bool has(const struct listing *l, int side, struct str name)
{
	return find(l->names[side], l->list[side]->n, name) < l->list[side]->n;
}

static inline struct model *item_of(const struct listing *l, int side, struct str name)
{
	size_t at = find(l->names[side], l->list[side]->n, name);

	return at < l->list[side]->n ? l->list[side]->kids[at].value : NULL;
}

/* Whether the names that all three have stand in the same order on sides A and B. */
static inline bool same_order(const struct listing *l, int a, int b)
{
	size_t at = 0;

	for (size_t i = 0; i < l->list[a]->n; i++) {
		struct str name = l->names[a][i];

		if (!has(l, 0, name) || !has(l, 1, name) || !has(l, 2, name))
			continue;
		while (at < l->list[b]->n && !str_eq(l->names[b][at], name))
			at++;
		if (at == l->list[b]->n)
			return false;
	}
	return true;
}

static inline bool name_all(struct reference *r, struct listing *l, struct str key)
{
	static const char *const keys[] = {NULL, "id", "key", "name", "text"};
	bool sources = str_eqz(key, "sources");

	for (size_t k = sources ? 2 : 0; k < (sources ? 3 : ARRAY_LEN(keys)); k++) {
		bool all = true;

		for (int s = 0; s < 3; s++) {
			l->names[s] = names_by(r, l->list[s], keys[k]);
			all = all && l->names[s];
		}
		if (all)
			return true;
	}
	return false;
}

static inline struct model *merge_lists(struct reference *r, struct listing *l,
                                        struct str key)
{
	struct model *out = model_copy(r->arena, l->list[1]);
	struct str order[2 * MODEL_KIDS], before = STR_NONE;
	int first = 1, second = 2;
	size_t n = 0;

	if (!name_all(r, l, key) ||
	    (!same_order(l, 1, 0) && !same_order(l, 2, 0) && !same_order(l, 1, 2))) {
		r->conflict = true;
		return out;
	}
	if (same_order(l, 1, 0) && !same_order(l, 2, 0)) {
		first = 2;
		second = 1;
	}
	for (; n < l->list[first]->n; n++)
		order[n] = l->names[first][n];
	for (size_t i = 0; i < l->list[second]->n; i++) {
		struct str name = l->names[second][i];
		size_t at = before.s ? find(order, n, before) + 1 : 0;

		before = name;
		if (find(order, n, name) < n)
			continue;
		while (at < n && !has(l, 0, order[at]) && !has(l, second, order[at]))
			at++;
		memmove(&order[at + 1], &order[at], (n - at) * sizeof(order[0]));
		order[at] = name;
		n++;
	}
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct model *item = reference_merge(r, item_of(l, 0, order[i]),
		                                     item_of(l, 1, order[i]),
		                                     item_of(l, 2, order[i]), STR_NONE);

		if (item && !model_add(out, out->n, STR_NONE, item))
			r->conflict = true;
	}
	return out;
}

static inline struct model *merge_maps(struct reference *r, const struct model *b,
                                       const struct model *o, const struct model *t)
{
	struct model *out = model_new(r->arena, MODEL_MAP, STR_NONE);

	for (int s = 1; s <= 2; s++) {
		const struct model *from = s == 1 ? o : t;

		for (size_t i = 0; i < from->n; i++) {
			struct str key = from->kids[i].key;
			struct model *value;

			if (s == 2 && model_get(o, key))
				continue;
			value = reference_merge(r, model_get(b, key), model_get(o, key),
			                        model_get(t, key), key);
			if (value && !model_add(out, out->n, key, value))
				r->conflict = true;
		}
	}
	return out;
}

/* 1: about work on a version, 2: about its public status. */
static inline int event_class(const struct model *line)
{
	struct str event = model_get(line, STR("event"))->text;

	return str_eqz(event, "review") || str_eqz(event, "returned") ||
	                       str_eqz(event, "approved")
	               ? 1
	               : 2;
}

/* Whether the lines from FROM on, all about public status, leave the entry withdrawn. */
static inline bool ends_withdrawn(const struct model *list, size_t from)
{
	return list->n > from &&
	       str_eqz(model_get(list->kids[list->n - 1].value, STR("event"))->text,
	               "withdrawn");
}

static inline struct model *merge_history(struct reference *r, const struct model *b,
                                          const struct model *o, const struct model *t)
{
	static const struct model none = {.kind = MODEL_LIST};
	struct model *out;
	size_t shared, base = b ? b->n : 0;
	int classes[2] = {0, 0};

	if (models_equal(b, o) && models_equal(b, t))
		return o ? model_copy(r->arena, o) : NULL;
	if (b && (!o || !t)) {
		r->conflict = true;
		return NULL;
	}
	o = o ? o : &none;
	t = t ? t : &none;
	for (shared = 0; shared < o->n && shared < t->n; shared++)
		if (!models_equal(o->kids[shared].value, t->kids[shared].value))
			break;
	r->conflict = r->conflict || o->n < base || t->n < base;
	for (size_t i = 0; i < base && i < o->n && i < t->n; i++)
		if (!models_equal(b->kids[i].value, o->kids[i].value) ||
		    !models_equal(b->kids[i].value, t->kids[i].value))
			r->conflict = true;
	for (size_t i = shared; i < o->n; i++)
		classes[0] |= event_class(o->kids[i].value);
	for (size_t i = shared; i < t->n; i++)
		classes[1] |= event_class(t->kids[i].value);
	if ((classes[0] == 1 && classes[1] == 2 && ends_withdrawn(t, shared)) ||
	    (classes[0] == 2 && classes[1] == 1 && ends_withdrawn(o, shared)))
		r->conflict = true;
	/* Lines about public status come before work. */
	out = model_copy(r->arena, classes[1] == 2 ? t : o);
	for (size_t i = shared, n = classes[1] == 2 ? o->n : t->n; i < n; i++)
		if (!model_add(out, out->n, STR_NONE,
		               (classes[1] == 2 ? o : t)->kids[i].value))
			r->conflict = true;
	if (classes[0] && classes[1] && classes[0] + classes[1] != 3)
		r->conflict = true;
	if ((classes[0] == 3 && classes[1]) || (classes[1] == 3 && classes[0]))
		r->conflict = true;
	return out;
}

static inline struct model *reference_merge(struct reference *r, const struct model *b,
                                            const struct model *o, const struct model *t,
                                            struct str key)
{
	if (str_eqz(key, "history"))
		return merge_history(r, b, o, t);
	if (models_equal(o, t) || models_equal(t, b))
		return o ? model_copy(r->arena, o) : NULL;
	if (models_equal(o, b))
		return t ? model_copy(r->arena, t) : NULL;
	if (b && o && t && b->kind == o->kind && b->kind == t->kind) {
		struct listing l = {.list = {b, o, t}};

		if (b->kind == MODEL_MAP)
			return merge_maps(r, b, o, t);
		if (b->kind == MODEL_LIST)
			return merge_lists(r, &l, key);
	}
	r->conflict = true;
	return NULL;
}
