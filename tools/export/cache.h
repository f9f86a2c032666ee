/*
 * cache.h - pieces of earlier runs, kept in a file; private to this folder
 *
 * A file that is not there, is damaged, or is of another version, dataset or choice of forms
 * brings nothing; it never makes a run fail. What is new is written behind what is there, and
 * the file's head last: a run that ends early leaves it as it was. A file that cannot grow is made
 * anew beside it, with ".new" behind its name, by one run at a time.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "export/folder.h"

struct cache;

/*
 * Open the file PATH for a run with N pieces an entry; DIGEST is of all that pieces depend on
 * beside their entry.
 * Lives: OUT as long as ARENA, until cache_release()
 * Fails: ERR_IO when it cannot be read or made, or is another file than such a cache
 */
bool cache_open(struct cache **out, struct str path, const unsigned char digest[32],
                size_t n, struct arena *arena, struct err *err) MUST_CHECK;
/* The folder that the last run made, and its files: none when it is not known. */
struct cache_made {
	struct str dir;
	const struct made_file *files; /* n of them */
	size_t n;
};
struct cache_made cache_made(const struct cache *c);
/*
 * The pieces OUT[0..n-1] that the file has for KEY, as long as RECORD is not changed: false when it
 * has none. WHOLE: with the first one, which may be absent otherwise. From any thread.
 */
bool cache_take(const struct cache *c, const struct cache_key *key, bool whole,
                struct buf *record, struct str *out);
/* Keep PIECES for KEY; TAKEN: as cache_take() gave them. One call at a time. */
void cache_keep(struct cache *c, const struct cache_key *key, const struct str *pieces,
                bool taken);
/*
 * Make what was kept what the file has, and the folder DIR of FILES, N of them, the last one; of
 * each that has a key.
 * Fails: ERR_IO, also when another run is making it; then it is as it was
 */
bool cache_finish(struct cache *c, struct str dir, const struct export_sum *files,
                  size_t n, struct err *err) MUST_CHECK;
/* C may be NULL or finished. */
void cache_release(struct cache *c);
