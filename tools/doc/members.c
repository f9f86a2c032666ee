#include "doc/internal.h"

#include <stdlib.h>

int members_cmp(const struct doc_member *a, const struct doc_member *b)
{
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return str_cmp(a->key, b->key);
}

/* Members of one key stay in the order of the file: they lie in one array. */
static int compare(const void *x, const void *y)
{
	const struct doc_member *a = *(const struct doc_member *const *)x;
	const struct doc_member *b = *(const struct doc_member *const *)y;
	int c = members_cmp(a, b);

	if (c)
		return c;
	return a < b ? -1 : a > b;
}

const struct doc_member **members_sorted(const struct doc_member *members, size_t n)
{
	const struct doc_member **sorted = mem_alloc(n * sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		sorted[i] = &members[i];
	qsort(sorted, n, sizeof(*sorted), compare);
	return sorted;
}

void members_free(const struct doc_member ***sorted)
{
	free(*sorted);
}
