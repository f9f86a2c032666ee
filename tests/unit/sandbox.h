/*
 * sandbox.h - a folder to throw away, for tests that need files
 *
 * While it is open it is the current folder, so that paths in tests are short and the same
 * everywhere.
 */
#pragma once

#include "check.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct sandbox {
	char dir[32];
};

static inline void sandbox_open(struct sandbox *s)
{
	*s = (struct sandbox){"/tmp/stemma-unit-XXXXXX"};
	assert_non_null(mkdtemp(s->dir));
	assert_int_equal(chdir(s->dir), 0);
}

static inline int sandbox_remove(const char *path, const struct stat *st, int kind,
                                 struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static inline void sandbox_close(struct sandbox *s)
{
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(nftw(s->dir, sandbox_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* Make the folders that PATH lies in. */
static inline void sandbox_folders(const char *path)
{
	char dir[4096];

	for (size_t i = 0; path[i] && i < sizeof(dir) - 1; i++) {
		dir[i] = path[i];
		dir[i + 1] = '\0';
		if (path[i + 1] == '/')
			(void)mkdir(dir, 0777);
	}
}

/* Write TEXT to the file PATH, with the folders it lies in. */
static inline void sandbox_bytes(const char *path, struct str text)
{
	FILE *f;

	sandbox_folders(path);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text.s, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

static inline void sandbox_write(const char *path, const char *text)
{
	sandbox_bytes(path, str_of(text));
}
