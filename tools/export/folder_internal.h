/*
 * folder_internal.h - a folder in the making; private to this folder
 */
#pragma once

#include "export/folder.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>

struct folder {
	struct arena *arena;
	struct str dir; /* the name it is to have, terminated */
	struct str parent; /* the folder around it */
	char *temp; /* where it is now */
	int fd; /* of temp; -1: finished or abandoned */
	bool replace;
	mode_t mode; /* of files */
	int before_fd; /* of the folder that is followed; -1: none */
	struct cache_table made; /* its files: struct made_file */
	atomic_size_t linked;
	pthread_mutex_t lock; /* of the rest */
	struct arena sums_arena;
	struct export_sum *sums; /* sums_n of them */
	size_t sums_n, sums_cap;
	bool sorted;
	sigset_t held, before; /* signals that wait until the folder is made or gone */
};

/* ---- folder.c ---- */

/* PATH, terminated, if it is one of this folder; else false with errno set. */
bool folder_set_path(char out[PATH_MAX], struct str path);
/* Take up a finished file; its path is copied. */
void folder_add_sum(struct folder *f, const struct export_sum *sum);

/* ---- folder_link.c ---- */

/* By what a file that is touched is told from one that is not. */
uint64_t folder_mark(const struct stat *st);
