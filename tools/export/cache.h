/*
 * cache.h - pieces of the last run, kept in a file; private to this folder
 *
 * Read and written in the order of entries. A file that is not there, is damaged, or is of
 * another version, dataset or choice of forms brings nothing; it never makes a run fail.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct cache;

/*
 * Open the file PATH for a run with N forms; DIGEST is of all that pieces depend on beside
 * their entry. What is kept anew goes to a file beside it until cache_finish().
 * Fails: ERR_IO when that one cannot be made
 */
bool cache_open(struct cache **out, struct str path, const unsigned char digest[32],
                size_t n, struct arena *arena, struct err *err) MUST_CHECK;
/*
 * Append the pieces of the entry KEY to OUT[0..n-1] if the file has them for SUM. Keys are
 * asked for in ascending order.
 */
bool cache_take(struct cache *c, struct str key, const unsigned char sum[32],
                struct buf *out);
/* Keep the pieces of the entry KEY. */
void cache_keep(struct cache *c, struct str key, const unsigned char sum[32],
                const struct buf *pieces);
/* Put the new file in the old one's place. */
void cache_finish(struct cache *c);
/* C may be NULL or finished. */
void cache_release(struct cache *c);
