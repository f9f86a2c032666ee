/*
 * shards.h - the objects of a snapshot in files of a few entries each; private to this folder
 *
 *     entries/index.json           which shard has which ids
 *     entries/LANG/SHARD.jsonl     one object a line: each entry, then its versions
 *
 * Where a shard begins is said by the id of its first entry, so a new entry moves few others, and
 * most files of a snapshot are those of the one before.
 */
#pragma once

#include "export/form.h"

#define SHARD_NAME_DIGITS \
	32 /* of SHA-256: so many that nobody finds two ids of one name */

struct shards;

/* Divide the entries of X. Lives: as long as ARENA, until shards_release() */
struct shards *shards_open(const struct edition *x, struct arena *arena);
/* Open the index, and take all files over that the folder before has. Fails: ERR_IO */
bool shards_begin(struct shards *s, struct err *err) MUST_CHECK;
/* Whether the lines of ENTRY are still to be written. From any thread. */
bool shards_want(const struct shards *s, size_t entry);
/*
 * Take the next entry of the edition: LINES are packed, a text for each language; they may be
 * absent when they are not wanted. Fails: ERR_IO
 */
bool shards_take(struct shards *s, struct str lines, struct err *err) MUST_CHECK;
bool shards_end(struct shards *s, struct err *err) MUST_CHECK;
void shards_release(struct shards *s);
