/*
 * write.h - bytes written out whole
 */
#pragma once

#include "base/macro.h"
#include "base/str.h"

/* Write all of BYTES to FD; false, with errno set, when not all of them could be written. */
bool write_all(int fd, struct str bytes) MUST_CHECK;
/* Close *FD unless it is negative; for CLEANUP. */
void fd_release(int *fd);
