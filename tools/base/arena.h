/*
 * arena.h - memory that is given back all at once
 *
 * Pieces are zeroed and never NULL: when memory runs out the program ends with status 3.
 * There are two kinds by use: the run arena (schemas, configuration, findings) and the entry
 * arena (reset after each file). An arena belongs to one thread at a time. The dev build
 * (STEMMA_ARENA_DEBUG) mallocs each piece so that AddressSanitizer sees overruns.
 */
#pragma once

#include "base/macro.h"
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	char *at, *end;
	size_t used; /* bytes handed out since the last reset */
};

/* {0} is a ready empty arena. */
void arena_release(struct arena *a);
/* Forget all pieces, keep one block for reuse. */
void arena_reset(struct arena *a);
void *arena_alloc(struct arena *a, size_t size, size_t align);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type), _Alignof(type)))
#define arena_array(a, type, n) \
	((type *)arena_alloc_array((a), (n), sizeof(type), _Alignof(type)))

/* N pieces of SIZE in a row; an overflowing product ends the program. */
void *arena_alloc_array(struct arena *a, size_t n, size_t size, size_t align);
/* A copy with a NUL after it (not counted in n). */
struct str arena_str(struct arena *a, struct str s);
/* The same with A to Z as small letters. */
struct str arena_lower(struct arena *a, struct str s);
/* The N pieces one behind the other, with a NUL after them (not counted in n). */
struct str arena_join(struct arena *a, const struct str *pieces, size_t n);
#define arena_cat(a, ...) \
	arena_join((a), (const struct str[]){__VA_ARGS__}, \
	           sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
/* N in decimal digits, with a NUL after them. */
struct str arena_number(struct arena *a, uint64_t n);
/* Formatted text with a NUL after it (not counted in n). */
struct str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF_FORMAT(2, 3);
struct str arena_vfmt(struct arena *a, const char *fmt, va_list ap) PRINTF_FORMAT(2, 0);
/*
 * Grow the array *ITEMS so that it has room for one more after N; CAP is its capacity.
 * Old items stay where they are in the arena; the copy moves.
 */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size,
                 size_t align);
#define arena_push(a, items, n, cap) \
	((items) = arena_grow((a), (items), (n), &(cap), sizeof(*(items)), \
	                      _Alignof(max_align_t)), \
	 &(items)[(n)++])

/* End the program: memory ran out. The one exit outside main. */
NORETURN void out_of_memory(void);
/* malloc, calloc and realloc that do not return NULL. */
void *mem_alloc(size_t size);
void *mem_realloc(void *p, size_t size);
