/*
 * worker.h - one thread that reads and checks files; private to this folder
 */
#pragma once

#include "dataset/check.h"

#include <stdatomic.h>

struct worker {
	struct check *check; /* only its `cited` is written to */
	atomic_size_t *next; /* index of the next file nobody has taken */
	struct arena entry; /* reset after each file */
	struct arena record; /* reset after each citation */
	size_t compared; /* bytes of records that the file was compared with */
	struct buf bytes;
	struct schema_scratch scratch;
	struct facts facts;
};

void worker_init(struct worker *w, struct check *c, atomic_size_t *next);
/* Take files until none is left. The argument is a struct worker; returns NULL. */
void *worker_run(void *arg);
void worker_release(struct worker *w);

/* references.c: findings about the kept record DOC of PATH. */
void references_check_file(struct worker *w, struct str path, const struct doc *doc);
/* The citations of the entry ROOT, compared with the kept records. */
void references_check_entry(struct worker *w, const struct roles *roles,
                            const struct doc_node *root);
