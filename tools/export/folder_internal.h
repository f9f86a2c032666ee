/*
 * folder_internal.h - a folder in the making; private to this folder
 */
#pragma once

#include "export/folder.h"

#include <pthread.h>
#include <signal.h>

struct folder {
	struct arena *arena;
	struct str dir; /* the name it is to have, terminated */
	struct str parent; /* the folder around it */
	char *temp; /* where it is now */
	int fd; /* of temp; -1: finished or abandoned */
	bool replace;
	pthread_mutex_t lock; /* of the rest */
	struct arena sums_arena;
	struct export_sum *sums; /* sums_n of them */
	size_t sums_n, sums_cap;
	bool sorted;
	sigset_t held, before; /* signals that wait until the folder is made or gone */
};
