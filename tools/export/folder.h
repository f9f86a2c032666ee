/*
 * folder.h - a folder made as a whole: its files are streamed into a hidden one beside it
 *
 * The folder gets its name only when all of it is on the disk; until then, and after any
 * failure, what was there is as it was.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "export/cache_key.h"

/* A file that is finished. */
struct export_sum {
	struct str path; /* within the folder, with '/' */
	uint64_t bytes;
	unsigned char sha256[32];
	struct cache_key key; /* of what it was made of, and its path */
	uint64_t
	        mark; /* with a key: of its inode, size and time, and of who may read it */
};

/* The same of a file that an earlier run made. */
struct made_file {
	struct cache_key key; /* first: they are found by it */
	uint64_t mark, bytes;
	unsigned char sha256[32];
};

struct folder;
struct export_file;

/*
 * Begin a folder that is to be named DIR. REPLACE says that DIR may be there and be replaced.
 * Lives: OUT as long as ARENA, until folder_finish() or folder_abandon()
 * Fails: ERR_IO when DIR is there (or is no folder), or nothing can be made beside it
 */
bool folder_begin(struct folder **out, struct str dir, bool replace, struct arena *arena,
                  struct err *err) MUST_CHECK;
/* Put all of it on the disk, then in its place. Fails: ERR_IO; then it is abandoned */
bool folder_finish(struct folder *f, struct err *err) MUST_CHECK;
/* The name it is to have, from the root of the file system on. */
struct str folder_place(const struct folder *f);
/* Whether a signal waits: SIGINT, SIGTERM and SIGHUP wait until the folder is made or gone. */
bool folder_interrupted(const struct folder *f, struct err *err);
/* Remove what was made. F may be NULL or finished. */
void folder_abandon(struct folder *f);
/* The finished files, N of them, sorted by path (byte order). Good until the next file. */
const struct export_sum *folder_sums(struct folder *f, size_t *n);
/* That of the file PATH, or NULL. */
const struct export_sum *folder_sum(struct folder *f, struct str path);
/*
 * Where the file PATH is now, for a library that reads or writes files itself; folders above it
 * are made. In ARENA, terminated.
 */
struct str folder_path(struct folder *f, struct str path, struct arena *arena);
/* Take up the file PATH that such a library wrote. Fails: ERR_IO */
bool folder_adopt(struct folder *f, struct str path, struct err *err) MUST_CHECK;
/* Make the folder PATH, unless it is there; from any thread. Fails: ERR_IO */
bool folder_make(struct folder *f, struct str path, struct err *err) MUST_CHECK;
/*
 * Write a whole file at once; from any thread. KEY: what it is made of; NULL: unknown.
 * Fails: ERR_IO, also when it is there
 */
bool folder_put(struct folder *f, struct str path, const struct cache_key *key,
                struct str bytes, struct err *err) MUST_CHECK;
/*
 * From here on folder_link() looks for files in the folder DIR, which had FILES, N of them, when
 * it was made. They are good as long as F.
 */
void folder_follow(struct folder *f, struct str dir, const struct made_file *files,
                   size_t n);
bool folder_follows(const struct folder *f);
/*
 * Whether the file PATH of KEY is there, untouched since it was made; then it is in F as well, as
 * a hard link. From any thread, when the folder around PATH is made.
 */
bool folder_link(struct folder *f, struct str path, const struct cache_key *key);
/* What those of N SUMS that have a key are for a later run, into OUT; returns how many. */
size_t folder_made(struct made_file *out, const struct export_sum *sums, size_t n);
/* How many files are such links. */
size_t folder_linked(struct folder *f);

/*
 * A file written piece by piece, by one thread. PATH has folders of letters, digits and signs
 * that name no other place: no step of it is empty or begins with a dot.
 * Fails: ERR_IO, also when it is there
 */
bool file_open(struct export_file **out, struct folder *f, struct str path,
               struct err *err) MUST_CHECK;
bool file_write(struct export_file *file, struct str bytes, struct err *err) MUST_CHECK;
/* What it is made of, before it is closed. */
void file_set_key(struct export_file *file, const struct cache_key *key);
/* Bytes written so far. */
uint64_t file_tell(const struct export_file *file);
bool file_close(struct export_file *file, struct err *err) MUST_CHECK;
