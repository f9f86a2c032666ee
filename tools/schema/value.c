#include "schema/eval.h"

#define MANY 8 /* values from which comparing hashes pays */

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 p =
	        (unsigned __int128)(a ^ 0x9e3779b97f4a7c15u) * (b ^ 0xd6e8feb86659fd93u);

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Digits without zeros at the ends, and the power of ten of the last one: equal for equal
 * numbers. The exponent wraps: then equal numbers still agree, and doc_equal() decides.
 */
static uint64_t number_hash(struct str text)
{
	uint64_t h = 0, power = 0, exponent = 0, zeros = 0, fraction = 0;
	bool minus = false, any = false, point = false;
	size_t i = 0;

	for (; i < text.n && text.s[i] != 'e' && text.s[i] != 'E'; i++) {
		char c = text.s[i];

		point |= c == '.';
		if (!is_digit(c))
			continue;
		fraction += point;
		if (c == '0') {
			zeros += any;
			power++;
			continue;
		}
		for (any = true; zeros; zeros--)
			h = mix(h, '0');
		h = mix(h, (uint64_t)c);
		power = 0;
	}
	if (!any)
		return mix(DOC_NUMBER, 0);
	for (i++; i < text.n; i++) {
		minus |= text.s[i] == '-';
		if (is_digit(text.s[i]))
			exponent = exponent * 10 + (uint64_t)(text.s[i] - '0');
	}
	power += (minus ? 0 - exponent : exponent) - fraction;
	return mix(mix(h, power), text.s[0] == '-');
}

uint64_t value_hash(const struct doc_node *node, uint64_t *nodes)
{
	uint64_t h = mix(node->kind, node->n);

	++*nodes;
	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		return h;
	case DOC_BOOL:
		return mix(h, node->truth);
	case DOC_NUMBER:
		return number_hash(node->text);
	case DOC_STRING:
		return mix(DOC_STRING, str_hash(node->text));
	case DOC_LIST:
		for (size_t i = 0; i < node->n; i++)
			h = mix(h, value_hash(&node->items[i], nodes));
		return h;
	case DOC_MAP:
		/* A sum, because the order of keys means nothing. */
		for (size_t i = 0; i < node->n; i++)
			h += mix(node->members[i].hash,
			         value_hash(&node->members[i].value, nodes));
		return h;
	}
	return h;
}

static bool all_texts(const struct doc_node *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].kind != DOC_STRING)
			return false;
	return list->n;
}

static void add_texts(struct value_set *set, struct arena *a)
{
	set->texts = arena_new(a, struct map);
	map_init(set->texts, a);
	for (size_t i = 0; i < set->list->n; i++)
		map_set(set->texts, set->list->items[i].text, &set->hashes);
}

struct value_set *value_set_new(const struct doc_node *list, struct arena *a)
{
	struct value_set *set = arena_new(a, struct value_set);
	uint64_t nodes = 0;

	set->list = list;
	if (all_texts(list)) {
		add_texts(set, a);
	} else if (list->n > MANY) {
		set->hashes = arena_array(a, uint64_t, list->n);
		for (size_t i = 0; i < list->n; i++)
			set->hashes[i] = value_hash(&list->items[i], &nodes);
	}
	return set;
}

bool value_set_has(const struct value_set *set, const struct doc_node *value)
{
	uint64_t nodes = 0, hash;
	bool hashed;

	if (set->texts)
		return value->kind == DOC_STRING && map_get(set->texts, value->text);
	/* A list or map may be large, and the first difference ends a comparison. */
	hashed = set->hashes && value->kind != DOC_LIST && value->kind != DOC_MAP;
	hash = hashed ? value_hash(value, &nodes) : 0;
	for (size_t i = 0; i < set->list->n; i++)
		if ((!hashed || set->hashes[i] == hash) &&
		    doc_equal(&set->list->items[i], value))
			return true;
	return false;
}
