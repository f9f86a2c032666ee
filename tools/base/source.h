/*
 * source.h - the bytes of one input and where they came from
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct source {
	struct str name; /* as the user named it: for messages */
	struct str bytes;
};

enum source_status {
	SOURCE_OK,
	SOURCE_TOO_LARGE, /* more than `max` bytes; nothing was kept */
	SOURCE_UNREADABLE, /* missing, a folder, a device, no permission, a dangling link */
};

/*
 * Read the regular file PATH whole into BUF (reset first; its maximum is the size limit) and
 * point OUT at it. OUT lives until BUF changes. Symbolic links are followed.
 * Fails: SOURCE_UNREADABLE with the reason in WHY ("No such file or directory"),
 *        SOURCE_TOO_LARGE without reading further than the limit.
 */
enum source_status source_read(struct source *out, struct buf *buf, struct str path,
                               const char **why) MUST_CHECK;

/* The same of the open FD, such as standard input, from where it is to its end. */
enum source_status source_read_fd(struct buf *buf, int fd, const char **why) MUST_CHECK;

/* PATH (terminated) without links, in ARENA; absent when it is not there. */
struct str real_path(struct str path, struct arena *arena);
/* Whether REAL is the folder ROOT or below it; both are real paths. */
bool path_below(struct str root, struct str real);
