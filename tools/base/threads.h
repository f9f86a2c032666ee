/*
 * threads.h - the same work done by several threads
 *
 * Each thread has a struct of its own and takes pieces of the work from a counter that all of
 * them share, until none is left; what they found is put in order afterwards.
 */
#pragma once

#include "base/err.h"

#include <stddef.h>

/*
 * How many threads PIECES of work are worth: JOBS, or one a core when that is 0; at most
 * LIMIT_JOBS, and no more than find something to do.
 */
size_t threads_for(int jobs, size_t pieces);
/*
 * Call RUN for each of ARGS (N of them, SIZE bytes each) in a thread of its own, all with the
 * same large stack, and wait until all have ended. When fewer threads can be had, those that
 * run do all the work, so the results of the others' ARGS stay as they were.
 * Fails: ERR_IO when there is not even one
 */
bool threads_run(void *(*run)(void *arg), void *args, size_t size, size_t n,
                 struct err *err) MUST_CHECK;
