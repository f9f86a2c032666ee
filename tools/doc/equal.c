#include "doc/internal.h"

static bool lists_equal(const struct doc_node *a, const struct doc_node *b)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (!doc_equal(&a->items[i], &b->items[i]))
			return false;
	return true;
}

static bool same_order(const struct doc_node *a, const struct doc_node *b)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (members_cmp(&a->members[i], &b->members[i]))
			return false;
	return true;
}

static bool members_equal(const struct doc_node *a, const struct doc_node *b)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (!doc_equal(&a->members[i].value, &b->members[i].value))
			return false;
	return true;
}

static bool maps_equal(const struct doc_node *a, const struct doc_node *b)
{
	CLEANUP(members_free) const struct doc_member **x = NULL;
	CLEANUP(members_free) const struct doc_member **y = NULL;

	if (same_order(a, b))
		return members_equal(a, b);
	x = members_sorted(a->members, a->n);
	y = members_sorted(b->members, b->n);
	for (uint32_t i = 0; i < a->n; i++)
		if (members_cmp(x[i], y[i]))
			return false;
	for (uint32_t i = 0; i < a->n; i++)
		if (!doc_equal(&x[i]->value, &y[i]->value))
			return false;
	return true;
}

/* Recursion is bounded by the depth of documents. */
bool doc_equal(const struct doc_node *a, const struct doc_node *b)
{
	if (a->kind != b->kind)
		return false;
	switch ((enum doc_kind)a->kind) {
	case DOC_NULL:
		return true;
	case DOC_BOOL:
		return a->truth == b->truth;
	case DOC_NUMBER:
		return doc_number_cmp(a, b) == 0;
	case DOC_STRING:
		return str_eq(a->text, b->text);
	case DOC_LIST:
		return a->n == b->n && (a->items == b->items || lists_equal(a, b));
	case DOC_MAP:
		return a->n == b->n && (a->members == b->members || maps_equal(a, b));
	}
	return false;
}
