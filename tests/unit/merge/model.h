/*
 * model.h - an entry as plain values with a layout, for the random merges
 *
 * Every value and comment that a change makes has a number of its own, so that it can be
 * looked for in the text of a merge.
 */
#pragma once

#include "merging.h"

enum model_kind { MODEL_TEXT, MODEL_NUMBER, MODEL_BLOCK, MODEL_MAP, MODEL_LIST };

#define MODEL_KIDS 24

struct model {
	enum model_kind kind;
	struct str text; /* of a scalar, as it is written */
	char quote; /* ' or " around a text, or 0 */
	bool flow, inset; /* a list's items are indented */
	size_t n;
	struct model_kid {
		struct str key, lead, trail; /* comments without "# " */
		struct model *value;
	} kids[MODEL_KIDS];
};

static inline bool is_scalar_model(const struct model *m)
{
	return m->kind != MODEL_MAP && m->kind != MODEL_LIST;
}

static inline struct model *model_new(struct arena *a, enum model_kind kind,
                                      struct str text)
{
	struct model *m = arena_new(a, struct model);

	m->kind = kind;
	m->text = text;
	return m;
}

static inline struct model *model_copy(struct arena *a, const struct model *from)
{
	struct model *m = arena_new(a, struct model);

	*m = *from;
	for (size_t i = 0; i < m->n; i++)
		m->kids[i].value = model_copy(a, m->kids[i].value);
	return m;
}

/* KEY is absent in a list. False: there is no room. */
static inline bool model_add(struct model *m, size_t at, struct str key,
                             struct model *value)
{
	if (m->n == MODEL_KIDS)
		return false;
	memmove(&m->kids[at + 1], &m->kids[at], (m->n - at) * sizeof(m->kids[0]));
	m->kids[at] = (struct model_kid){.key = key, .value = value};
	m->n++;
	return true;
}

static inline void model_remove(struct model *m, size_t at)
{
	m->n--;
	memmove(&m->kids[at], &m->kids[at + 1], (m->n - at) * sizeof(m->kids[0]));
}

static inline struct model *model_get(const struct model *m, struct str key)
{
	for (size_t i = 0; m && m->kind == MODEL_MAP && i < m->n; i++)
		if (str_eq(m->kids[i].key, key))
			return m->kids[i].value;
	return NULL;
}

static inline bool models_equal(const struct model *a, const struct model *b)
{
	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->n != b->n || !str_eq(a->text, b->text))
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct model *other = a->kind == MODEL_LIST
		                                    ? b->kids[i].value
		                                    : model_get(b, a->kids[i].key);

		if (!other || !models_equal(a->kids[i].value, other))
			return false;
	}
	return true;
}

/* ---- as JSON: flow style is a part of YAML that needs no layout ---- */

static inline void model_json(struct buf *out, const struct model *m)
{
	if (m->kind == MODEL_NUMBER) {
		buf_add(out, m->text);
		return;
	}
	if (is_scalar_model(m)) {
		doc_json_string(out, m->text);
		return;
	}
	buf_addc(out, m->kind == MODEL_MAP ? '{' : '[');
	for (size_t i = 0; i < m->n; i++) {
		if (i)
			buf_addc(out, ',');
		if (m->kind == MODEL_MAP) {
			doc_json_string(out, m->kids[i].key);
			buf_addc(out, ':');
		}
		model_json(out, m->kids[i].value);
	}
	buf_addc(out, m->kind == MODEL_MAP ? '}' : ']');
}

/* ---- as YAML ---- */

static inline void yaml_flow(struct buf *out, const struct model *m)
{
	if (is_scalar_model(m)) {
		char quote[] = {m->quote, '\0'};

		buf_addf(out, "%s" STR_FMT "%s", quote, STR_ARG(m->text), quote);
		return;
	}
	buf_addc(out, m->kind == MODEL_MAP ? '{' : '[');
	for (size_t i = 0; i < m->n; i++) {
		if (i)
			buf_addz(out, ", ");
		if (m->kind == MODEL_MAP)
			buf_addf(out, STR_FMT ": ", STR_ARG(m->kids[i].key));
		yaml_flow(out, m->kids[i].value);
	}
	buf_addc(out, m->kind == MODEL_MAP ? '}' : ']');
}

static inline bool in_flow(const struct model *m)
{
	return is_scalar_model(m) ? m->kind != MODEL_BLOCK : m->flow || !m->n;
}

static inline void yaml_comment(struct buf *out, struct str text, size_t indent)
{
	if (!text.n)
		return;
	buf_fill(out, ' ', indent);
	buf_addf(out, "# " STR_FMT "\n", STR_ARG(text));
}

static inline void yaml_trail(struct buf *out, const struct model_kid *kid)
{
	if (kid->trail.n)
		buf_addf(out, " # " STR_FMT, STR_ARG(kid->trail));
	buf_addc(out, '\n');
}

static inline void yaml_block(struct buf *out, const struct model *m, size_t indent,
                              bool joined);

/* What stands behind a key or dash, to the end of its last line. */
static inline void yaml_value(struct buf *out, const struct model_kid *kid, size_t indent,
                              bool item)
{
	const struct model *m = kid->value;

	if (in_flow(m)) {
		buf_addc(out, ' ');
		yaml_flow(out, m);
		yaml_trail(out, kid);
	} else if (m->kind == MODEL_BLOCK) {
		buf_addz(out, " |\n");
		for (struct str rest = m->text, line; str_split(&rest, '\n', &line);) {
			buf_fill(out, ' ', indent + 2);
			buf_addf(out, STR_FMT "\n", STR_ARG(line));
		}
	} else if (item && m->kind == MODEL_MAP) {
		buf_addc(out, ' ');
		yaml_block(out, m, indent + 2, true);
	} else {
		yaml_trail(out, kid);
		yaml_block(out, m,
		           indent + (m->kind == MODEL_MAP || m->inset || item ? 2 : 0),
		           false);
	}
}

/* JOINED: the first line stands behind a dash. */
static inline void yaml_block(struct buf *out, const struct model *m, size_t indent,
                              bool joined)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct model_kid *kid = &m->kids[i];

		if (!joined || i) {
			yaml_comment(out, kid->lead, indent);
			buf_fill(out, ' ', indent);
		}
		if (m->kind == MODEL_MAP)
			buf_addf(out, STR_FMT ":", STR_ARG(kid->key));
		else
			buf_addc(out, '-');
		yaml_value(out, kid, indent, m->kind == MODEL_LIST);
	}
}
