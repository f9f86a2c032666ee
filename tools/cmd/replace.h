/*
 * replace.h - files written anew, all of them or none
 *
 *     struct replacing all;
 *     replacing_begin(&all, arena);
 *     ok = replacing_add(&all, ...) && ... && replacing_finish(&all, &err);
 *     replacing_release(&all);
 *
 * Each new text is a hidden file beside the old one until all of them are on the disk; then
 * they change places. SIGINT, SIGTERM and SIGHUP wait from the beginning to the release, so
 * that none of these files is left behind.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <signal.h>

struct replacement {
	struct str path; /* terminated */
	struct str temp; /* the hidden file: the new text, then the old one */
	const char *digest; /* sha256_text() of the old text */
	bool there, swapped;
};

struct replacing {
	struct arena *arena;
	struct replacement *items;
	size_t n, cap;
	sigset_t held, before;
};

void replacing_begin(struct replacing *r, struct arena *arena);
/*
 * Write TEXT into a hidden file beside PATH, with the mode of PATH.
 * DIGEST  sha256_text() of what PATH held when TEXT was made from it
 * Lives:  PATH and DIGEST as long as R
 * Fails:  ERR_IO: a link or no regular file, changed meanwhile, the disk is full, a signal
 */
bool replacing_add(struct replacing *r, struct str path, const char *digest,
                   struct str text, struct err *err) MUST_CHECK;
/*
 * Put all of them in their places. Fails: ERR_IO; then all files are as they were, unless the
 * file system cannot let two files change places and ERR says which ones are written
 */
bool replacing_finish(struct replacing *r, struct err *err) MUST_CHECK;
/* Remove what is left of the hidden files and let signals through. */
void replacing_release(struct replacing *r);
