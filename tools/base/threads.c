#include "base/threads.h"

#include "base/limits.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>

/* A document's nesting is bounded, and so is the depth of the schema's evaluation. */
#define STACK_BYTES (16u * 1024 * 1024)
#define PIECES_EACH 64 /* fewer are not worth a thread */

static int cores(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	return sched_getaffinity(0, sizeof(set), &set) ? 1 : CPU_COUNT(&set);
}

size_t threads_for(int jobs, size_t pieces)
{
	size_t n = (size_t)(jobs > 0 ? jobs : cores());
	size_t useful = pieces / PIECES_EACH + 1;

	if (n > LIMIT_JOBS)
		n = LIMIT_JOBS;
	return n < useful ? n : useful;
}

static bool start(pthread_t *thread, void *(*run)(void *arg), void *arg, struct err *err)
{
	pthread_attr_t attr;
	int rc;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	rc = pthread_create(thread, &attr, run, arg);
	pthread_attr_destroy(&attr);
	if (rc)
		return err_set(err, ERR_IO, "cannot start a thread: %s", strerror(rc));
	return true;
}

bool threads_run(void *(*run)(void *arg), void *args, size_t size, size_t n,
                 struct err *err)
{
	pthread_t threads[LIMIT_JOBS];
	struct err late = {0};
	size_t started = 0;

	while (started < n && started < LIMIT_JOBS &&
	       start(&threads[started], run, (char *)args + started * size, &late))
		started++;
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	return started || err_set(err, late.code, "%s", late.text);
}
