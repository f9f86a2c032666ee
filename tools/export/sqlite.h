/*
 * sqlite.h - what the SQLite form is made of; private to this folder
 */
#pragma once

#include "export/form.h"

#define SQLITE_APPLICATION_ID 0x73746d61 /* "stma", in the file's header */
#define SQLITE_USER_VERSION 1 /* of the tables */

/* The tables that an entry adds rows to. Their first column is the entry's number. */
enum sqlite_table {
	SQLITE_ENTRIES,
	SQLITE_NAMES,
	SQLITE_ALIASES,
	SQLITE_SOURCES,
	SQLITE_VERSIONS,
	SQLITE_RELATED,
	SQLITE_SEARCH,
	SQLITE_TABLES_N
};

/* Append the statements that make all tables, and what indexes grow with them. */
void sqlite_tables(struct buf *out, const struct edition *x);
/* How many columns the widest table has behind the entry's number. */
size_t sqlite_width(const struct edition *x);
/*
 * Append the statement that adds rows: all that are given (store_give()), or for the words one,
 * with the parameters ?1, ...
 */
void sqlite_insert(struct buf *out, const struct edition *x, enum sqlite_table table);
/*
 * Append the rows of E: for each, the table, how many cells follow the entry's number, and these
 * as texts.
 */
void sqlite_rows(struct buf *out, const struct edition *x, const struct export_entry *e);
