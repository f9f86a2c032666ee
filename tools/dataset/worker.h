/*
 * worker.h - one thread that reads and checks files; private to this folder
 */
#pragma once

#include "dataset/check.h"

#include <stdatomic.h>

struct worker {
	const struct check *check;
	atomic_size_t *next; /* index of the next file nobody has taken */
	struct arena entry; /* reset after each file */
	struct buf bytes;
	struct schema_scratch scratch;
	struct facts facts;
};

void worker_init(struct worker *w, const struct check *c, atomic_size_t *next);
/* Take files until none is left. The argument is a struct worker; returns NULL. */
void *worker_run(void *arg);
void worker_release(struct worker *w);
