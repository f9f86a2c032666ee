#include "tarball/archive.h"

#include "base/late.h"
#include "base/macro.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

static struct archive_calls calls;

static void load(void)
{
#define CALL(name) "archive_" #name,
	static const char *const names[] = {ARCHIVE_CALLS(CALL)};
#undef CALL

	void *found[ARRAY_LEN(names)];

	static_assert(sizeof(calls) == sizeof(found), "one pointer a name");
	late_load(found, "libarchive.so.13", names, ARRAY_LEN(names));
	memcpy(&calls, found, sizeof(calls));
}

const struct archive_calls *archive(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, load);
	return &calls;
}
