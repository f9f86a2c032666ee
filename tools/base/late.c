#include "base/late.h"

#include "base/macro.h"

#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

/* The loader's status for the same would be 127; ours says that the job could not be done. */
static NORETURN void fail(const char *what, const char *why)
{
	const char *const parts[] = {"stemma: ", what,
	                             " cannot be loaded: ", why ? why : "it is not there",
	                             "\n"};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		ssize_t n = write(STDERR_FILENO, parts[i], strlen(parts[i]));

		(void)n;
	}
	_exit(3);
}

void late_load(void **out, const char *library, const char *const *names, size_t n)
{
	void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);

	if (!handle)
		fail(library, dlerror());
	for (size_t i = 0; i < n; i++) {
		out[i] = dlsym(handle, names[i]);
		if (!out[i])
			fail(library, dlerror());
	}
}
