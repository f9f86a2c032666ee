/*
 * err.h - why the tool could not do its job (bad data is never an err: see diag.h)
 *
 * The caller owns the struct, {0} is "no error", and the first error wins.
 */
#pragma once

#include "base/macro.h"

#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_USAGE, /* wrong arguments: exit status 2 */
	ERR_CONFIG, /* stemma.yaml, a vocabulary or a labels file: 2 */
	ERR_IO, /* a file or folder could not be read or written: 3 */
	ERR_SCHEMA, /* a schema that cannot be used: 3 */
	ERR_LIMIT, /* a limit of limits.h was reached: 3 */
	ERR_REPO, /* a git repository that cannot be used or lacks something: 3 */
	ERR_MOVED, /* somebody else was faster: a reference is not where it was: 3 */
};

struct err {
	enum err_code code;
	char text[400];
};

/* Note an error unless one is there already. Always returns false, for `return err_set(...)`. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...) PRINTF_FORMAT(3, 4);
