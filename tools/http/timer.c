#include "http/internal.h"

/* A binary heap, the earliest time at its root. */

static void swap(struct timer *a, struct timer *b)
{
	struct timer t = *a;

	*a = *b;
	*b = t;
}

void timers_push(struct timers *t, struct timer item)
{
	size_t i = t->n;

	if (t->n == t->cap) {
		t->cap = t->cap ? 2 * t->cap : 64;
		t->heap = mem_realloc(t->heap, t->cap * sizeof(*t->heap));
	}
	t->heap[t->n++] = item;
	for (; i && t->heap[i].at < t->heap[(i - 1) / 2].at; i = (i - 1) / 2)
		swap(&t->heap[i], &t->heap[(i - 1) / 2]);
}

static void sink(struct timers *t)
{
	size_t i = 0;

	for (;;) {
		size_t least = i, left = 2 * i + 1, right = left + 1;

		if (left < t->n && t->heap[left].at < t->heap[least].at)
			least = left;
		if (right < t->n && t->heap[right].at < t->heap[least].at)
			least = right;
		if (least == i)
			return;
		swap(&t->heap[i], &t->heap[least]);
		i = least;
	}
}

bool timers_due(struct timers *t, long now, struct timer *out)
{
	if (!t->n || t->heap[0].at > now)
		return false;
	*out = t->heap[0];
	t->heap[0] = t->heap[--t->n];
	sink(t);
	return true;
}
