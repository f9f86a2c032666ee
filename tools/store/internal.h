/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "store/store.h"

#include <sqlite3.h>

struct store {
	sqlite3 *db;
	char *path; /* for messages */
};

/* Tell what is wrong with S. Always returns false. */
bool store_fail(const struct store *s, const char *what, struct err *err);
