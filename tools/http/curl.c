#include "http/curl.h"

#include "base/late.h"
#include "base/macro.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

static struct curl_calls calls;

static void load(void)
{
#define CALL(name) "curl_" #name,
	static const char *const names[] = {CURL_CALLS(CALL)};
#undef CALL

	void *found[ARRAY_LEN(names)];

	static_assert(sizeof(calls) == sizeof(found), "one pointer a name");
	late_load(found, "libcurl.so.4", names, ARRAY_LEN(names));
	memcpy(&calls, found, sizeof(calls));
}

const struct curl_calls *curl(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, load);
	return &calls;
}
