#include "doc/internal.h"

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 p =
	        (unsigned __int128)(a ^ 0xa0761d6478bd642fu) * (b ^ 0xe7037ed1a0b428dbu);

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/* 1, 1.0 and 10e-1 are one number: only sign, digits and the place of the point count. */
static uint64_t number_hash(struct str text)
{
	struct decimal d = decimal_of(text);
	uint64_t h = str_hash(d.negative && d.n ? STR("-") : STR("+"));

	for (size_t i = 0; i < d.n; i++)
		h = mix(h, (uint64_t)decimal_digit(&d, i));
	return mix(h, (uint64_t)d.point);
}

/* Recursion is bounded by the depth of documents. */
uint64_t doc_hash(const struct doc_node *node)
{
	uint64_t h = mix(node->kind, 1);

	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		return h;
	case DOC_BOOL:
		return mix(h, node->truth);
	case DOC_NUMBER:
		return mix(h, number_hash(node->text));
	case DOC_STRING:
		return mix(h, str_hash(node->text));
	case DOC_LIST:
		for (uint32_t i = 0; i < node->n; i++)
			h = mix(h, doc_hash(&node->items[i]));
		return h;
	case DOC_MAP:
		/* A sum: the order of members means nothing. */
		for (uint32_t i = 0; i < node->n; i++)
			h += mix(node->members[i].hash,
			         doc_hash(&node->members[i].value));
		return h;
	}
	return h;
}
