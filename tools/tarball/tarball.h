/*
 * tarball.h - compressed tar files whose bytes follow from what is in them [libarchive]
 *
 * Every member is a regular file of mode 0644 that belongs to nobody (0:0) and was changed at
 * the one moment given; nothing of the machine is in it. The compressed bytes are the same for
 * the same version of the library, the files in it always.
 */
#pragma once

#include "base/err.h"
#include "base/macro.h"
#include "base/str.h"

#include <stdint.h>

enum tarball_kind { TARBALL_GZIP, TARBALL_ZSTD };

struct tarball;

/*
 * Make the file PATH (terminated), which is not there yet. MTIME is in seconds since 1970.
 * Lives: until tarball_close() or tarball_abandon()
 * Fails: ERR_IO
 */
bool tarball_open(struct tarball **out, struct str path, enum tarball_kind kind,
                  int64_t mtime, struct err *err) MUST_CHECK;
/*
 * Append the file FROM (terminated) as the member NAME.
 * Fails: ERR_IO, also when it is not BYTES long
 * Source: GNU tar, its format of 1.12 and later: long names stand in members of their own
 */
bool tarball_add(struct tarball *t, struct str name, struct str from, uint64_t bytes,
                 struct err *err) MUST_CHECK;
/* Write out the rest; T is gone afterwards, also when it fails. Fails: ERR_IO */
bool tarball_close(struct tarball *t, struct err *err) MUST_CHECK;
/* Give it up: the file is good for nothing. T may be NULL. */
void tarball_abandon(struct tarball *t);
