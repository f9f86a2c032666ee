#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_MIN (16u * 1024)
#define BLOCK_MAX (1024u * 1024)
#define FORMATTED_MOST 256 /* longer texts are formatted twice */

struct arena_block {
	struct arena_block *next;
	size_t size;
	max_align_t data[];
};

NORETURN void out_of_memory(void)
{
	static const char text[] = "stemma: out of memory\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)n;
	_exit(3);
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *mem_realloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

static void free_blocks(struct arena_block *b)
{
	while (b) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
}

void arena_release(struct arena *a)
{
	free_blocks(a->blocks);
	*a = (struct arena){0};
}

static void block_use(struct arena *a, struct arena_block *b)
{
	a->at = (char *)b->data;
	a->end = a->at + b->size;
}

static struct arena_block *block_push(struct arena *a, size_t size)
{
	struct arena_block *b = mem_alloc(sizeof(*b) + size);

	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
	return b;
}

#ifdef STEMMA_ARENA_DEBUG

void arena_reset(struct arena *a)
{
	arena_release(a);
}

static void *take(struct arena *a, size_t size, size_t align)
{
	struct arena_block *b = block_push(a, size);

	(void)align;
	(void)block_use;
	a->used += size;
	return b->data;
}

#else

void arena_reset(struct arena *a)
{
	struct arena_block *keep = a->blocks;

	a->used = 0;
	if (!keep)
		return;
	free_blocks(keep->next);
	keep->next = NULL;
	block_use(a, keep);
}

static void *take(struct arena *a, size_t size, size_t align)
{
	uintptr_t at = ((uintptr_t)a->at + align - 1) & ~(uintptr_t)(align - 1);
	size_t pad = at - (uintptr_t)a->at, room = (size_t)(a->end - a->at);
	char *p;

	if (!a->at || pad > room || size > room - pad) {
		size_t want = a->blocks ? a->blocks->size * 2 : BLOCK_MIN;

		if (want > BLOCK_MAX)
			want = BLOCK_MAX;
		if (want < size)
			want = size;
		block_use(a, block_push(a, want));
		pad = 0;
	}
	p = a->at + pad;
	a->at = p + size;
	a->used += size;
	return p;
}

#endif

void *arena_alloc(struct arena *a, size_t size, size_t align)
{
	return memset(take(a, size, align), 0, size);
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size, size_t align)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		out_of_memory();
	return arena_alloc(a, total, align);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = take(a, s.n + 1, 1);

	if (s.n)
		memcpy(p, s.s, s.n);
	p[s.n] = '\0';
	return (struct str){p, s.n};
}

struct str arena_join(struct arena *a, const struct str *pieces, size_t n)
{
	size_t length = 0;
	char *start, *p;

	for (size_t i = 0; i < n; i++)
		length += pieces[i].n;
	start = p = take(a, length + 1, 1);
	for (size_t i = 0; i < n; i++)
		if (pieces[i].n)
			p = (char *)memcpy(p, pieces[i].s, pieces[i].n) + pieces[i].n;
	*p = '\0';
	return (struct str){start, length};
}

struct str arena_number(struct arena *a, uint64_t n)
{
	char room[STR_DIGITS];

	return arena_str(a, str_number(room, n));
}

struct str arena_lower(struct arena *a, struct str s)
{
	char *p = take(a, s.n + 1, 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = ascii_lower(s.s[i]);
	p[s.n] = '\0';
	return (struct str){p, s.n};
}

struct str arena_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	char shortly[FORMATTED_MOST];
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(shortly, sizeof(shortly), fmt, again);
	va_end(again);
	if (n < 0)
		out_of_memory();
	if ((size_t)n < sizeof(shortly))
		return arena_str(a, (struct str){shortly, (size_t)n});
	p = arena_alloc(a, (size_t)n + 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (struct str){p, (size_t)n};
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	s = arena_vfmt(a, fmt, ap);
	va_end(ap);
	return s;
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size,
                 size_t align)
{
	void *bigger;

	if (n < *cap)
		return items;
	*cap = *cap ? *cap * 2 : 8;
	bigger = arena_alloc_array(a, *cap, size, align);
	if (n)
		memcpy(bigger, items, n * size);
	return bigger;
}
