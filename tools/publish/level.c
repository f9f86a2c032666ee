/*
 * level.c - what the change of a schema means for data that was valid under it
 */
#include "base/limits.h"
#include "publish/publish.h"

static enum release_level worse(enum release_level a, enum release_level b)
{
	return a > b ? a : b;
}

static bool is_one_of(struct str key, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(key, names[i]))
			return true;
	return false;
}

/* Keywords that say something to people only. */
static bool is_annotation(struct str key)
{
	static const char *const names[] = {"title",    "description", "$comment",
	                                    "examples", "default",     "deprecated"};

	return is_one_of(key, names, ARRAY_LEN(names));
}

/* Keywords whose members are schemas by name: more of them take nothing away. */
static bool is_by_name(struct str key)
{
	static const char *const names[] = {"properties", "$defs", "definitions"};

	return is_one_of(key, names, ARRAY_LEN(names));
}

static enum release_level level_of(const struct doc_node *old, const struct doc_node *new,
                                   bool by_name, int depth);

/* `enum`: values that were allowed still are. */
static enum release_level level_of_values(const struct doc_node *old,
                                          const struct doc_node *new)
{
	if (doc_equal(old, new))
		return LEVEL_PATCH;
	if (old->kind != DOC_LIST || new->kind != DOC_LIST)
		return LEVEL_MAJOR;
	for (uint32_t i = 0; i < old->n; i++) {
		uint32_t k = 0;

		while (k < new->n && !doc_equal(&old->items[i], &new->items[k]))
			k++;
		if (k == new->n)
			return LEVEL_MAJOR;
	}
	return LEVEL_MINOR;
}

/* One member of a schema; BY_NAME: its key is a name, no keyword. */
static enum release_level level_of_member(const struct doc_member *m,
                                          const struct doc_node *new, bool by_name,
                                          int depth)
{
	const struct doc_member *other = doc_member(new, m->key);

	if (!by_name && is_annotation(m->key))
		return LEVEL_PATCH;
	if (!other)
		return LEVEL_MAJOR;
	if (!by_name && str_eqz(m->key, "enum"))
		return level_of_values(&m->value, &other->value);
	return level_of(&m->value, &other->value, !by_name && is_by_name(m->key),
	                depth + 1);
}

/* Recursion is as deep as the document, which is bounded by LIMIT_DEPTH. */
static enum release_level level_of(const struct doc_node *old, const struct doc_node *new,
                                   bool by_name, int depth)
{
	enum release_level level = LEVEL_PATCH;

	if (old->kind != DOC_MAP || new->kind != DOC_MAP || depth > LIMIT_DEPTH)
		return doc_equal(old, new) ? LEVEL_PATCH : LEVEL_MAJOR;
	for (uint32_t i = 0; i < old->n && level < LEVEL_MAJOR; i++)
		level = worse(level,
		              level_of_member(&old->members[i], new, by_name, depth));
	for (uint32_t i = 0; i < new->n &&level < LEVEL_MAJOR; i++) {
		struct str key = new->members[i].key;

		if (doc_member(old, key) || (!by_name && is_annotation(key)))
			continue;
		level = worse(level,
		              by_name || is_by_name(key) ? LEVEL_MINOR : LEVEL_MAJOR);
	}
	return level;
}

enum release_level schema_level(const struct doc_node *old, const struct doc_node *new)
{
	if (!new)
		return LEVEL_MAJOR;
	return old ? level_of(old, new, false, 0) : LEVEL_MINOR;
}
